"""报告 in a browser: preview, downloads, the draft mark, findings confirmed and dismissed, any report checked."""

import json
from pathlib import Path

import openpyxl
import pytest
from docx import Document

import statutory
from ingest import read_report
from tests.annotating.word_files import faulty
from tests.ui.drafting import choose

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"
LEDGER = sorted(EXAMPLES.glob("*.xlsx"))[-1]
PUBLISHED = next(EXAMPLES.glob("*.md"))


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


def built(page, address, ledger=LEDGER):
    page.goto(address)
    page.get_by_role("tab", name="数据", exact=True).click()
    page.locator("#ledger input[type=file]").set_input_files(ledger)
    page.locator("#verdict .source", has_text=ledger.name).wait_for()
    return shown(page)


def shown(page):
    """报告 with the manuscript as it stands."""
    page.get_by_role("tab", name="报告", exact=True).click()
    page.locator("#build-state :is(.pass, .fail, .warn)").wait_for()
    page.locator("#findings [role=status]").wait_for()
    page.locator("#preview:not([data-stale])").wait_for()
    return page.frame_locator("#preview iframe")


def saved(page, label, folder):
    with page.expect_download() as download:
        page.locator("#files").get_by_role("button", name=label).click()
    download.value.save_as(folder / download.value.suggested_filename)
    return folder / download.value.suggested_filename


def test_the_preview_and_every_file_hold_the_ledgers_figures(workbench, page, tmp_path, no_serious_findings, tour):
    figures = statutory.compute(LEDGER).figures
    paper = built(page, workbench)
    assert f"{figures.org}{figures.year}年" in paper.locator("h1").inner_text()
    assert paper.locator("table").count() == 3
    no_serious_findings(page)
    tour(page, "05-reports")
    assert read_report(saved(page, "下载 Word", tmp_path)).tables["table3"] == figures.table3
    assert read_report(saved(page, "下载网页", tmp_path)).tables["table4"] == figures.table4
    assert read_report(saved(page, "下载 Markdown", tmp_path)).tables["table3"] == figures.table3
    assert (
        json.loads(saved(page, "下载数据", tmp_path).read_text(encoding="utf-8"))["table2"]
        == figures.as_json()["table2"]
    )
    if page.locator("#files").get_by_role("button", name="下载 PDF").count():
        assert saved(page, "下载 PDF", tmp_path).read_bytes().startswith(b"%PDF")
    named = f"{figures.org}{figures.year}年政府信息公开工作年度报告.docx"
    assert (tmp_path / named).exists()
    assert page.outside == []


def test_a_ledger_that_does_not_add_up_gives_a_draft_that_says_so(workbench, page, tmp_path):
    book = openpyxl.load_workbook(LEDGER)
    total = next(
        row for row in book["信息发布"].iter_rows() if any(str(cell.value).replace(" ", "") == "合计" for cell in row)
    )
    next(cell for cell in total if isinstance(cell.value, int)).value += 1
    book.save(tmp_path / "对不上.xlsx")
    paper = built(page, workbench, tmp_path / "对不上.xlsx")
    page.locator("#build-state .fail", has_text="草稿").wait_for()
    paper.get_by_text("草稿（数据未通过校验）").first.wait_for()
    document = Document(saved(page, "下载 Word", tmp_path))
    parts = [*document.paragraphs, *(line for one in document.sections for line in one.header.paragraphs)]
    assert any("草稿" in part.text for part in parts)


def test_a_finding_is_dismissed_with_a_reason_that_outlives_the_next_check(
    workbench, page, tmp_path, no_serious_findings
):
    page.goto(workbench)
    faulty = tmp_path / "报告.md"
    faulty.write_text(PUBLISHED.read_text(encoding="utf-8").replace("| 9 |", "| 11 |", 1), encoding="utf-8")
    check(page, faulty)
    findings = page.locator("#finished-findings li")
    finding = findings.first
    said = finding.locator(".said").inner_text()
    finding.get_by_role("button", name="不是问题").click()
    assert page.locator("#finished-findings .decided").count() == 0  # not without a reason
    finding.get_by_label("理由").fill("口径不同，<b>已核</b>")
    finding.get_by_role("button", name="不是问题").click()
    decided = page.locator("#finished-findings .decided")
    decided.wait_for()
    assert said in decided.inner_text() and "不是问题：口径不同，<b>已核</b>" in decided.inner_text()
    no_serious_findings(page)

    page.reload()
    check(page, faulty)
    decided.wait_for()
    decided.get_by_role("button", name="撤回").click()
    decided.wait_for(state="detached")
    findings.first.get_by_role("button", name="属实").click()
    decided.filter(has_text="属实").wait_for()


def check(page, report, previous=None):
    page.get_by_role("tab", name="报告", exact=True).click()
    page.get_by_role("tab", name="体检其他报告").click()
    page.locator("#finished-report input[type=file]").set_input_files(report)
    page.locator("#finished-report", has_text=report.name).wait_for()
    if previous:
        page.locator("#finished-previous input[type=file]").set_input_files(previous)
        page.locator("#finished-previous", has_text=previous.name).wait_for()
    page.locator("#check-finished").click()
    page.locator("#finished-findings [role=status]").wait_for()


def test_last_years_file_is_compared_with(workbench, page, tmp_path):
    page.goto(workbench)
    check(page, PUBLISHED, LEDGER)  # of the year after: said, not compared with
    page.locator("#finished-findings li", has_text="上年的文件").wait_for()


def test_a_word_report_comes_back_with_its_findings_in_it(workbench, page, tmp_path, no_serious_findings):
    """Comments and revisions in the file that was put in; what is dismissed on the page is no longer in it."""
    page.goto(workbench)
    report = tmp_path / "年度报告.docx"
    faulty(report)
    check(page, report)
    button = page.locator("#finished-findings-annotated")
    button.filter(has_text="修订").wait_for()

    def annotated(name):
        with page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / name)
        assert download.value.suggested_filename.endswith(".docx")
        return [one.text for one in Document(str(tmp_path / name)).comments]

    before = annotated("批注.docx")
    assert len(before) == page.locator("#finished-findings li").count()
    assert any("“布署”应为“部署”" in text for text in before)
    no_serious_findings(page)

    finding = page.locator("#finished-findings li", has_text="“布署”应为“部署”")
    finding.get_by_label("理由").fill("引文如此")
    finding.get_by_role("button", name="不是问题").click()
    page.locator("#finished-findings .decided").wait_for()
    button.filter(has_text=f"批注 {len(before) - 1} 条").wait_for()
    assert not any("“布署”应为“部署”" in text for text in annotated("批注二.docx"))


def test_what_could_not_be_judged_is_said(workbench, page, tmp_path):
    page.goto(workbench)
    path = tmp_path / "报告.md"
    text = PUBLISHED.read_text(encoding="utf-8")
    cited = "依据《云岫县生态环境保护办法》第九十条处理。"
    path.write_text(text.replace("（五）监督保障", f"（五）监督保障\n\n{cited}\n", 1), encoding="utf-8")
    check(page, path)
    page.get_by_text("没有核对的引用 1 处").click()
    page.get_by_text("没有这部法规的资料").wait_for()
    assert not page.locator("#finished-findings-annotated").is_visible()


def test_a_phone_reads_the_report(workbench, new_page, no_serious_findings):
    phone = new_page(390, 844, color_scheme="dark")
    paper = built(phone, workbench)
    paper.locator("h1").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_findings(phone)


def test_a_reload_comes_back_to_the_page_and_what_it_showed(workbench, page):
    built(page, workbench)
    page.reload()
    page.locator("#build-state :is(.pass, .fail, .warn)").wait_for()
    page.frame_locator("#preview iframe").locator("h1").wait_for()
    page.get_by_role("tab", name="起草", exact=True).click()
    choose(page, "监督保障")
    page.locator("#draft-text .paper[aria-label*='监督保障']").wait_for()
    page.reload()
    page.locator("#draft-text .paper[aria-label*='监督保障']").wait_for()


def test_what_is_edited_is_on_the_sheet_and_in_the_next_file(workbench, page, tmp_path):
    paper = built(page, workbench)
    paper.locator("p[data-part=organisation]").first.click()
    page.locator("#draft-text .paper[aria-label*='监督保障']").wait_for()
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("年末召开总结会。")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    shown(page)
    paper.get_by_text("年末召开总结会。").first.wait_for()
    text = saved(page, "下载 Markdown", tmp_path).read_text(encoding="utf-8")
    assert "年末召开总结会。" in text


def test_a_finding_and_the_margin_lead_to_their_places(workbench, page):
    paper = built(page, workbench)
    page.locator("#margin button[data-part=other]", has_text="有问题").click()
    page.locator("#findings .place").first.click()
    marked = "[...document.querySelector('#preview iframe').contentWindow.CSS.highlights.get('place')].map(String)"
    quoted = page.locator("#findings blockquote").first.inner_text()
    assert page.evaluate(marked)[0][:20] in quoted.replace("\n", "")
    assert paper.locator("p[data-part=other]").first.is_visible()


def test_a_typed_number_is_the_offices_own_once_somebody_says_so(workbench, page, tmp_path):
    built(page, workbench)
    page.frame_locator("#preview iframe").locator("p[data-part=platform]").first.click()
    page.locator("#draft-text .paper[aria-label*='平台建设']").wait_for()
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("六五环境日开放参观，接待群众86人次。")
    vouch = page.get_by_role("button", name="本单位已核实：86人次")
    vouch.wait_for()
    page.get_by_role("tab", name="报告", exact=True).click()
    page.locator("#build-state .warn", has_text="86人次").wait_for()
    page.get_by_role("tab", name="起草", exact=True).click()
    vouch.click()
    page.locator("#draft-remarks", has_text="本单位已核实（").wait_for()
    vouch.wait_for(state="detached")
    page.get_by_role("tab", name="报告", exact=True).click()
    page.wait_for_function("!document.querySelector('#build-state')?.innerText.includes('86人次')")
    data = json.loads(saved(page, "下载数据", tmp_path).read_text(encoding="utf-8"))
    assert [(one["text"], bool(one["by"] and one["at"])) for one in data["own"]] == [("86人次", True)]
    assert [one["kind"] for one in data["numerals"] if one["text"] == "86人次"] == ["own"]
