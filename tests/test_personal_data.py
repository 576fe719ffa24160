"""Personal data end to end: a prompt, the store, the log and every export, looked into byte by byte.

个人信息保护法 第四条: applicants' names, identity numbers and phone numbers serve none of the product's ends.
"""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

import app
from tests.openai_server import serve, words

ROOT = Path(__file__).parent.parent
LEDGER = ROOT / "knowledge" / "examples" / "台账示例-2025.xlsx"
NAME, IDENTITY, MOBILE = "欧阳测试人", "532331198001011234", "13987654321"
PRIVATE = (NAME, IDENTITY, MOBILE)


@pytest.fixture
def ledger(tmp_path):
    """The example ledger with one applicant's data where people do put it: also into free text."""
    book = load_workbook(LEDGER)
    sheet = book["依申请公开"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "申请人" for cell in row))
    place = {cell.value: cell.column for cell in heading}
    sheet.cell(heading[0].row + 1, place["申请人"]).value = NAME
    sheet.cell(heading[0].row + 1, place["联系电话"]).value = MOBILE
    for row in sheet.iter_rows(min_row=heading[0].row + 1, max_row=heading[0].row + 3):
        for cell in row:
            if cell.column not in place.values():
                continue
            if "内容" in str(heading[cell.column - 1].value):
                cell.value = f"身份证{IDENTITY}，电话{MOBILE}"
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def contents(folder: Path) -> bytes:
    """Every byte of a folder's files, archives unpacked."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            parts.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    parts += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts)


def found(data: bytes | str) -> list[str]:
    data = data.encode() if isinstance(data, str) else data
    forms = {
        private: (private.encode(), private.encode("utf-16-le"), json.dumps(private).strip('"').encode())
        for private in PRIVATE
    }
    return [private for private, spellings in forms.items() if any(form in data for form in spellings)]


@pytest.mark.embedding
def test_personal_data_reach_no_prompt_no_store_no_log_and_no_export(ledger, filled_home, tmp_path, monkeypatch, capfd):
    home, out = Path(shutil.copytree(filled_home, tmp_path / "home")), tmp_path / "成稿"
    note = tmp_path / "往来.txt"
    # The name is known as soon as the ledger has been read, wherever it is typed.
    asked = tmp_path / "问题.jsonl"
    asked.write_text(json.dumps({"q": f"{NAME}的申请可以延期吗？"}, ensure_ascii=False), encoding="utf-8")
    note.write_text(
        f"群众来信办理办法\n第一条 来信人电话{MOBILE}，身份证号{IDENTITY}，应当登记。\n第二条 本办法自公布之日起施行。\n",
        encoding="utf-8",
    )
    with serve(words("按照要求办理。")) as server:
        monkeypatch.setenv("GONGKAI_HOME", str(home))
        monkeypatch.setenv("GONGKAI_LLM", server.address)
        for arguments in (
            ["ingest", note],
            ["ask", f"电话{MOBILE}的申请人反复大量提交申请怎么办？", "--json"],
            ["ask", "来信人的电话要登记吗？", "--json"],
            ["ask", f"{NAME}的申请可以延期吗？", "--ledger", ledger, "--json"],
            ["ask", "--file", asked, "--ledger", ledger, "--json"],
            [
                "draft",
                "problems",
                "--ledger",
                ledger,
                "--notes",
                f"群众{NAME[:2]} {NAME[2:]}（{MOBILE}）反映公开不及时",
                "--json",
            ],
            ["build", ledger, "--out", tmp_path / "自己写的", "--section", f"other={NAME}反映的问题已办结。"],
            ["tables", ledger, "--explain", "table3.new_received.total"],
            ["build", ledger, "--out", out],
        ):
            code = app.cli.main([str(argument) for argument in arguments], standalone_mode=False)
            assert not code, arguments
        prompts = json.dumps(server.asked, ensure_ascii=False)
    assert server.asked and "***" in prompts
    assert found(prompts) == []
    assert found("".join(capfd.readouterr())) == []
    assert found(contents(home)) == []
    assert len(list(out.iterdir())) >= 4
    assert found(contents(out)) == [] and found(contents(tmp_path / "自己写的")) == []


def test_what_the_office_keeps_of_a_question_is_masked(tmp_path):
    from ingest.masking import mask
    from office import Office

    office = Office(tmp_path, mask, rounds=4)
    user = office.users.local()
    conversation = office.conversations.start(user)
    kept = office.conversations.ask(user, conversation.id, f"身份证{IDENTITY}、电话{MOBILE}能公开吗？")
    office.conversations.rate(user, kept.id, 1, f"请打{MOBILE}")
    office.drafts.note("某局", 2025, "problems", f"联系{MOBILE}")
    office.close()
    assert found(contents(tmp_path)) == []


CELLS = {
    "张小三、李小四（代理人）": ["张小三", "李小四"], "欧阳 测试": ["欧阳测试"], "云山化工有限公司": ["云山化工有限公司"],
    "王一；赵二": ["王一", "赵二"], "John Smith": ["JohnSmith"], "自然人": [], "匿名": [], "张某": [], "李某某": [], "王*": [],
    "买买提·吐尔逊": ["买买提·吐尔逊"], "张三·": ["张三"], "申请人：王五": ["王五"], "王五 13987654321": ["王五"], "王五先生": ["王五"],
    "王五（身份证号532331198001011234）": ["王五"], "公民张三": ["张三"], "张三丰等5人": ["张三丰"], "张三、李四等三人": ["张三", "李四"],
    "1.张三 2.李四": ["张三", "李四"], "张三|李四": ["张三", "李四"], "张三1": ["张三"], "张伟和李娜": ["张伟和李娜", "张伟", "李娜"],
    "李和平": ["李和平"], "欧阳和平": ["欧阳和平"], "王小名": ["王小名"], "䶮小明": ["䶮小明"], "𠮷田太郎": ["𠮷田太郎"],
    "云山县阳光化工有限公司": ["云山县阳光化工有限公司", "阳光化工有限公司", "云山县阳光化工"], "阳光有限公司": ["阳光有限公司"],
    "第3建筑公司": ["第3建筑公司"], "***": [], "无": [], "同上": [], "123": [], "李": [], "": [], "公民、企业": [],
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_which_names_a_cell_of_applicants_holds(cell):
    from services.private import names_in

    assert names_in(cell) == CELLS[cell]


def test_names_are_masked_and_nothing_else_is():
    from services.private import Private

    private = Private()
    text = "王小明和王小明明、王 小 明来问；云山县生态环境局的公民、自然人和小明的办法不动，第四十条也不动。"
    assert private.mask(text) == text
    private.learn(["王小明", "王小明明", "自然人", "云山县生态环境局"], org="云山县生态环境局")
    assert private.mask(text) == text.replace("王小明明", "***").replace("王小明", "***").replace("王 小 明", "***")


WRITTEN = [  # as a name may be written elsewhere, and the text once it is masked
    ("买买提•吐尔逊来问", "***来问"), ("买买提・吐尔逊来问", "***来问"), ("买买提吐尔逊来问", "***来问"), ("买买提· 吐尔逊", "***"),
    ("欧 阳\t修远", "***"), ("欧阳\u200b修远", "***"), ("欧阳\u00a0修 远说", "***说"), ("阳光化工有限公司申请", "***申请"),
    ("云山县阳光化工的申请", "***的申请"), ("阳光下的化工厂", "阳光下的化工厂"), ("安全生产许可要公开吗", "安全生产许可要公开吗"),
    ("申请人安全问", "申请人***问"), ("申请人：安全", "申请人：***"), ("安全先生来信", "***先生来信"), ("安全反映", "***反映"),
    ("群众高明对施工方案有意见", "群众***对施工方案有意见"), ("施工方法高明", "施工方法高明"), ("公民申请公开", "公民申请公开"),
    ("有关文件和安全、高明的办法", "有关文件和安全、高明的办法"), ("张伟和李娜", "***"), ("李娜来问", "***来问"), ("王五1", "***1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), WRITTEN)
def test_a_name_is_known_however_it_is_written_and_a_word_stays_one(text, masked):
    from services.private import Private

    private = Private()
    cells = [
        "买买提·吐尔逊",
        "欧阳修远",
        "云山县阳光化工有限公司",
        "安全",
        "高明",
        "张伟和李娜",
        "王五先生 13987654321",
    ]
    private.learn(cells, org="云山县生态环境局")
    assert private.mask(text) == masked


HEADINGS = {
    "申请人姓名": True, "申请人名称": True, "申请人（单位）": True, "申请者": True, "申请单位": True, "投诉人": True, "来信人": True,
    "委托代理人": True, "法定代表人姓名": True, "第三人": True, "联系人": True, "申请人类型": False, "申请人电话": False, "被申请人": False,
    "联系人手机": False, "代理人证件号码": False, "申请人数": False, "是否第三人": False, "申请内容": False, "办理人员": False,
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_which_columns_name_applicants(heading):
    from statutory.ledger import _NAMES_PERSONS

    assert bool(_NAMES_PERSONS.search(heading)) is HEADINGS[heading]


def test_the_title_of_a_conversation_is_masked(tmp_path):
    from ingest.masking import mask
    from office import Office

    office = Office(tmp_path, mask, rounds=4)
    user = office.users.local()
    conversation = office.conversations.start(user, f"{MOBILE}来电")
    office.conversations.rename(user, conversation.id, f"回复{MOBILE}")
    office.close()
    assert found(contents(tmp_path)) == []


def test_what_the_desk_holds_is_known_before_anything_is_asked(ledger, filled_home, tmp_path):
    from services import Gongkai
    from settings import load_settings

    home = Path(shutil.copytree(filled_home, tmp_path / "home"))
    first = Gongkai(load_settings(home=home, llm="none"))
    first.ledgers.take(first.people.local(), ledger, "台账.xlsx")
    again = Gongkai(load_settings(home=home, llm="none"))  # at once, before anything else is opened
    user = again.people.local()
    conversation = again.office().conversations.start(user)
    again.office().conversations.ask(user, conversation.id, f"{NAME}的申请可以延期吗？")
    again.journal.record(user, "export", f"{NAME}.docx")
    again.office().drafts.note("某局", 2025, "problems", f"{NAME}反映")
    again.office().close()
    first.office().close()
    databases = b"".join(path.read_bytes() for path in home.glob("office.db*"))
    assert found(databases) == []


def test_whoever_masks_while_the_kept_ledgers_are_read_waits_for_their_names():
    from services.private import Private

    reading, go_on, masked = threading.Event(), threading.Event(), []

    def kept():
        reading.set()
        assert private.mask("王小明") == "王小明"  # on the thread that reads, nothing waits for itself
        assert go_on.wait(60)
        private.learn(["王小明"])

    private = Private(kept)
    threads = [threading.Thread(target=lambda: masked.append(private.mask("王小明来问"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert reading.wait(60) and masked == []
    go_on.set()
    for thread in threads:
        thread.join()
    assert masked == ["***来问"] * 4


def test_a_folder_that_nobody_works_in_or_that_is_damaged_hinders_no_mask(tmp_path):
    from services import Gongkai
    from settings import load_settings

    services = Gongkai(load_settings(home=tmp_path / "new", llm="none"))
    assert (
        services.ledgers._private.mask(f"电话{MOBILE}") == "电话***" and not (tmp_path / "new" / "office.db").exists()
    )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "office.db").write_bytes(b"no database at all" * 99)
    services = Gongkai(load_settings(home=tmp_path / "broken", llm="none"))
    assert services.ledgers._private.mask(f"电话{MOBILE}") == "电话***"
