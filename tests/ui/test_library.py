"""资料库 in a browser: documents in, opened, replaced, deleted; the statute library; another embedding model."""

import os
import re
import shutil
import zipfile

import pytest

from settings import choose

pytestmark = pytest.mark.browser

TITLE = "云岫县环境信息登记办法"
SUBJECTS = ("登记", "受理", "补正", "答复", "送达", "归档", "统计", "监督")


def regulation(path, title=TITLE, articles=8):
    """A made-up set of rules with as many articles as wanted."""
    lines = [title, "（2023年5月1日云岫县人民政府公布，自2023年6月1日起施行）"]
    lines += [
        f"第{_numeral(n)}条　办理机关在第{n}个环节负责{SUBJECTS[n % len(SUBJECTS)]}，并在{n % 20 + 1}个工作日内办结。"
        for n in range(1, articles + 1)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _numeral(n):
    digits = "〇一二三四五六七八九"
    thousands, hundreds, tens, ones = n // 1000, n // 100 % 10, n // 10 % 10, n % 10
    text = f"{digits[thousands]}千" if thousands else ""
    text += f"{digits[hundreds]}百" if hundreds else "零" if thousands and (tens or ones) else ""
    text += (
        ("" if tens == 1 and n < 20 else digits[tens]) + "十"
        if tens
        else "零"
        if n > 100 and ones and not text.endswith("零")
        else ""
    )
    return text + (digits[ones] if ones else "")


@pytest.fixture(scope="module")
def homes(tmp_path_factory, filled_home):
    """``homes()``: a data folder with the built-in knowledge whose settings are free to choose."""

    def new():
        home = tmp_path_factory.mktemp("library") / "data"
        shutil.copytree(filled_home, home)
        choose(home, {"llm": "none"})
        return home

    return new


@pytest.fixture(scope="module")
def library(serve, homes):
    return serve(GONGKAI_HOME=str(homes()))


def open_library(page, address):
    page.goto(address)
    page.get_by_role("tab", name="资料库", exact=True).click()
    page.locator("#held table").wait_for()


def give(page, *paths):
    page.locator("#documents input[type=file]").set_input_files(list(paths))


def open_document(page, title):
    page.locator("#held").get_by_role("button", name=title, exact=True).click()
    page.locator("#opened h3", has_text=title).wait_for()


def test_upload_open_replace_delete(page, library, tmp_path, no_serious_findings, tour):
    broken = tmp_path / "扫描件.docx"
    broken.write_bytes(b"no word document")
    packed = tmp_path / "往年.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(regulation(tmp_path / "second.txt", "云岫县环境信息统计办法", 5), "统计办法.txt")
    open_library(page, library)
    give(page, regulation(tmp_path / "登记办法.txt"), broken, packed)
    outcomes = page.locator("#outcomes li")
    outcomes.nth(2).wait_for()
    said = outcomes.all_inner_texts()
    assert TITLE in said[0] and "新增" in said[0] and "（8 段）" in said[0]
    assert "拒收" in said[1] and "扫描件.docx" in said[1]
    assert "统计办法" in said[2] and "新增" in said[2]

    page.locator("#held-words textarea, #held-words input").fill("云岫 登记")
    page.locator("#held .count", has_text="共 1 份").wait_for()
    open_document(page, TITLE)
    text = page.locator("#opened").inner_text()
    assert "现行有效" in text and "2023-06-01" in text and "第八条" in text
    page.locator("#held-words textarea, #held-words input").fill("")
    page.locator("#held .count", has_text="共 8 份").wait_for()
    no_serious_findings(page)
    tour(page, "06-library")

    with page.expect_file_chooser() as chooser:
        page.locator("#replace-document").click()
    chooser.value.set_files(regulation(tmp_path / "登记办法（新）.txt", articles=11))
    page.locator("#opened", has_text=f"已换成《{TITLE}》（11 段）").wait_for()
    open_document(page, TITLE)
    page.locator("#opened", has_text="第十一条").wait_for()

    page.locator("#delete-document").click()
    page.get_by_role("button", name="不删除").click()
    assert page.locator("#held").get_by_role("button", name=TITLE).count() == 1
    page.locator("#delete-document").click()
    page.locator("#delete-sure").click()
    page.locator("#opened", has_text=f"已删除《{TITLE}》").wait_for()
    assert page.locator("#held").get_by_role("button", name=TITLE).count() == 0
    assert page.outside == []


def test_a_damaged_regulation_is_refused_and_kept_beside_when_told_to(page, library, tmp_path, no_serious_findings):
    title = "云岫县环境信息核对办法"
    whole, damaged = regulation(tmp_path / "核对办法.txt", title, 12), regulation(tmp_path / "残本.txt", title, 7)
    outcome, listed = page.locator("#outcomes li"), page.locator("#held").get_by_role("button", name=title, exact=True)
    open_library(page, library)
    give(page, whole)
    outcome.filter(has_text="（12 段）").wait_for()
    give(page, damaged)
    outcome.filter(has_text="拒收").wait_for()
    assert "缺少第八条至第十二条，共5条" in outcome.inner_text() and listed.count() == 1
    open_document(page, title)
    with page.expect_file_chooser() as chooser:
        page.locator("#replace-document").click()
    chooser.value.set_files(damaged)
    page.get_by_text("缺少第八条至第十二条，共5条").last.wait_for()

    page.get_by_label("条文有缺的文本也收入").check()
    give(page, damaged)
    outcome.filter(has_text="与已有的并存").wait_for()
    assert listed.count() == 2
    page.locator("#held tr", has_text="并存，有缺条").get_by_role("button").click()
    page.locator("#opened li", has_text="缺少第八条至第十二条").wait_for()
    assert "第七条" in page.locator("#opened").inner_text()
    no_serious_findings(page)
    listed.first.click()
    page.locator("#opened", has_text="第十二条").wait_for()
    assert page.outside == []


def test_adding_the_statute_library_can_be_stopped(page, library, weights_folder):
    if not (weights_folder / "laws.db").exists():
        pytest.skip("no statute library; ./run fetches it when it is asked for")
    open_library(page, library)
    before = _documents(page)
    page.locator("#indexing > button").click()
    page.locator("#laws").click()
    page.locator("#indexing-progress", has_text=re.compile(r"\[\d+/\d+\]")).wait_for()
    page.locator("#stop-indexing").click()
    said = page.locator("#indexing-progress", has_text="已停止")
    said.wait_for()
    added = int(re.findall(r"收入 (\d+) 部", said.inner_text())[0])
    assert added > 0
    page.locator("#held .count", has_text=f"共 {before + added} 份").wait_for()
    page.locator("#stop-indexing").wait_for(state="hidden")


def _documents(page):
    return int(re.findall(r"共 (\d+) 份", page.locator("#held .count").inner_text())[0])


def test_another_embedding_model_gets_an_index_of_its_own(new_page, serve, homes, embedding_folder, tmp_path):
    other = tmp_path / "另一个模型"
    shutil.copytree(embedding_folder, other, copy_function=os.link)
    config = (other / "config.json").read_text(encoding="utf-8")
    (other / "config.json").unlink()  # the link, not the weights' own file
    (other / "config.json").write_text(f"{config}\n", encoding="utf-8")
    page, colleague = new_page(), new_page()
    address = serve(GONGKAI_HOME=str(homes()))
    colleague.goto(address)
    open_library(page, address)
    held = _documents(page)
    page.locator("#indexing > button").click()
    page.locator("#embedding", has_text="multilingual-e5-small").wait_for()
    progress = page.locator("#indexing-progress")

    page.locator("#embedding textarea, #embedding input").fill(str(tmp_path / "没有这个模型"))
    page.locator("#rebuild").click()
    progress.get_by_text("没有重建，仍使用原来的索引").wait_for()

    page.locator("#embedding textarea, #embedding input").fill(str(other))
    page.locator("#rebuild").click()
    progress.get_by_text("检索仍用原来的索引").wait_for()
    colleague.locator("#question textarea, #question input").fill("哪些条款管企业环境信息披露？")
    colleague.locator("#send").click()
    colleague.locator("#cited .evidence").wait_for()
    progress.get_by_text("索引已重建").wait_for()
    page.locator("#embedding", has_text="另一个模型").wait_for()
    assert _documents(page) == held


def test_a_server_killed_while_it_takes_documents_in(page, serve, homes, tmp_path):
    home = str(homes())
    first, second = (
        regulation(tmp_path / "登记办法.txt"),
        regulation(tmp_path / "长办法.txt", "云岫县环境信息长办法", 500),
    )
    address = serve(GONGKAI_HOME=home)
    open_library(page, address)
    before = _documents(page)
    give(page, first, second)
    page.locator("#outcomes", has_text="正在收入第 2 份").wait_for()
    serve.kill(address)

    address = serve(GONGKAI_HOME=home)
    open_library(page, address)
    assert _documents(page) == before + 1
    assert page.locator("#held").get_by_role("button", name="长办法").count() == 0
    give(page, first, second)
    page.locator("#outcomes li").nth(1).wait_for(timeout=120_000)
    said = page.locator("#outcomes li").all_inner_texts()
    assert "未变" in said[0] and "（8 段）" in said[0]
    assert "新增" in said[1] and "（500 段）" in said[1]
