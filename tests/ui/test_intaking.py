"""数据 → 用自己的文件 in a browser: three files nobody here designed become tables, in a handful of clicks."""

import random
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from statutory import compute

pytestmark = pytest.mark.browser
MOST_CLICKS = 15


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


@pytest.fixture
def files(tmp_path):
    """A register in two heading rows, a website's export in GB18030, counts of decisions by month."""
    book = Workbook()
    sheet = book.active
    sheet.append(["云岫县生态环境局信息公开申请登记簿"])
    sheet.append(["序号", "登记编号", "收件日期", "申请人信息", "", "办理情况", ""])
    sheet.append(["", "", "", "姓名", "性质", "答复日期", "答复类型"])
    sheet.append([1, "25-1", "2025.3.3", "甲某", "公民", "2025.3.20", "信息不存在"])
    sheet.append([2, "25-2", "2025.4.7", "某公司", "企业", "2025.4.25", "非本机关公开"])
    sheet.append([3, "25-3", "2025.6.9", "乙某", "公民", "2025.6.19", "同意公开"])
    sheet.append([4, "25-4", "2025.12.22", "丙某", "公民", None, "办理中"])
    sheet.merge_cells("D2:E2")
    sheet.merge_cells("F2:G2")
    register = tmp_path / "登记簿.xlsx"
    book.save(register)
    export = tmp_path / "内容导出.csv"
    chance = random.Random(1)
    lines = ["标题,所属栏目,发布时间,状态"]
    lines += [
        f"信息{n},{chance.choice(['环境质量', '政策解读'])},2025-{n % 12 + 1:02}-05 10:00:00,已发布" for n in range(24)
    ]
    lines.append("撤下的,环境质量,2025-02-03 10:00:00,已撤稿")
    export.write_bytes("\r\n".join(lines).encode("gb18030"))
    counts = Workbook()
    sheet = counts.active
    sheet.title = "执法统计"
    sheet.append(["月份", "行政许可", "行政处罚", "行政强制"])
    for month in range(1, 13):
        sheet.append([f"{month}月", 2, 1, 0])
    decisions = tmp_path / "执法数量.xlsx"
    counts.save(decisions)
    return [register, export, decisions]


def test_three_strange_files_become_tables(workbench, page, files, tmp_path, no_serious_findings):
    clicks = 0

    def click(target):
        nonlocal clicks
        clicks += 1
        target.click()

    page.goto(workbench)
    click(page.get_by_role("tab", name="数据", exact=True))
    click(page.get_by_role("tab", name="用自己的文件"))
    clicks += 1  # the files are chosen in one dialog
    page.locator("#intake-files input[type=file]").set_input_files(files)
    page.locator("#intake select").first.wait_for()
    asked = page.locator("#intake").inner_text()
    assert "信息不存在" in asked and "第三十六条" in asked and "甲某" not in asked
    assert page.locator("#tables .table").count() == 0  # nothing is claimed yet
    no_serious_findings(page)
    if (organ := page.locator("[name='填/单位名称']")).count():
        organ.fill("云岫县生态环境局")
        clicks += 1
    page.locator("[name='填/行政事业性收费']").fill("0")
    clicks += 1
    click(page.locator("[name=rest]"))
    click(page.locator("#intake .main"))
    page.locator("#intake .pass").wait_for()
    assert clicks <= MOST_CLICKS
    page.locator("#verdict .pass").wait_for()
    click(page.get_by_role("tab", name="三张表"))
    page.locator("#tables .table").nth(2).wait_for()
    shown = lambda key: page.locator(f"[data-send='{key}']").first.inner_text()  # noqa: E731
    assert shown("table3.new_received.total") == "4"
    assert shown("table3.unavailable.not_held.total") == "2"
    assert shown("table3.carried_out.total") == "1"
    assert (shown("table2.licensing"), shown("table2.penalties")) == ("24", "12")
    with page.expect_download() as download:
        page.get_by_role("tab", name="用自己的文件").click()
        page.locator("#intake-ledger a[download]").first.click()
    download.value.save_as(tmp_path / "得到.xlsx")
    assert "依申请公开" in load_workbook(tmp_path / "得到.xlsx").sheetnames
    assert compute(tmp_path / "得到.xlsx").figures.facts["published_total"] == 24
    assert date.today().isoformat() in str(
        [[cell.value for cell in row] for row in load_workbook(tmp_path / "得到.xlsx")["汇总数据"]]
    )
