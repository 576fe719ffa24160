"""The counting rules, on ledgers in the mess that real ones are in."""

import json
from datetime import date
from decimal import Decimal

import pytest

from statutory import compute
from tests.statutory.ledger_samples import HEADINGS, YEAR, application, minimal, posted, row, save, save_csv


@pytest.fixture
def computed(tmp_path):
    return lambda sheets: compute(save(sheets, tmp_path / "台账.xlsx"))


def by_rule(result, rule):
    return [check for check in result.checks if check.rule == rule]


def test_the_ledger_of_lufeng(shared):
    result = compute(shared / "ledgers" / "lufeng-2023.xlsx")
    expected = json.loads((shared / "ledgers" / "lufeng-2023.expected.json").read_text(encoding="utf-8"))
    assert result.figures.as_json() == expected
    assert next(iter(result.figures.facts["published_by_category"])) == "环评公示信息", "ordered by first appearance"
    assert {check.status for check in result.checks} == {"pass"}
    rows = result.provenance["facts.published_by_category.行政处罚"].rows
    assert len(rows) == 13 and rows[0] == 8
    assert set(result.provenance) == set(result.figures.flat())
    json.dumps(result.as_json(), ensure_ascii=False)


def test_every_figure_has_the_rows_it_counts(computed):
    sheets = minimal()
    sheets["依申请公开"] += [
        application("2025-01-06", "2025-01-20", "予以公开"),
        application("2025-02-06", "", "办理中"),
        application("2024-12-06", "2025-01-20", "予以公开", "科研机构"),
    ]
    result = computed(sheets)
    rows = lambda key: result.provenance[f"table3.{key}"].rows  # noqa: E731
    assert rows("new_received.natural_person") == (2, 3)
    assert rows("carried_in.research_institution") == (4,)
    assert rows("granted.total") == (2, 4)
    assert rows("total_processed.total") == (2, 4)
    assert rows("carried_out.total") == (3,)
    assert result.provenance["table3.granted.natural_person"].sheet == "依申请公开"


@pytest.mark.parametrize(
    ("received", "closed", "outcome", "counted"),
    [
        ("2025-01-01", "2025-12-31", "予以公开", {"new_received", "granted"}),
        ("2025-12-31", "", "", {"new_received", "carried_out"}),
        ("2025-12-31", "", "结转下年度继续办理", {"new_received", "carried_out"}),
        ("2025-12-20", "2026-01-05", "予以公开", {"new_received", "carried_out"}),
        ("2025-12-20", "2026-01-05", "结转下年度继续办理", {"new_received", "carried_out"}),
        ("2024-12-31", "2025-01-01", "部分公开", {"carried_in", "partially_granted"}),
        ("2024-12-31", "", "办理中", {"carried_in", "carried_out"}),
        ("2024-12-20", "2024-12-31", "予以公开", set()),
        ("2026-01-01", "", "", set()),
        ("2025-05-05", "2025-05-20", "其他处理-其他", {"new_received", "other.other"}),
        ("2025-05-05", "2025-05-20", "不予公开—属于国家秘密", {"new_received", "denied.state_secret"}),
        ("2025-05-05", "2025-05-20", '（三）不予公开-3.危及"三安全一稳定"', {"new_received", "denied.public_safety"}),
        ("2025-05-05", "2025-05-20", "其他处理-申请人无正当理由逾期不补正", {"new_received", "other.no_correction"}),
        ("2025-05-05", "2025-05-20", "无法提供 - 本机关不掌握相关政府信息 ", {"new_received", "unavailable.not_held"}),
    ],
)
def test_where_an_application_counts(computed, received, closed, outcome, counted):
    sheets = minimal()
    sheets["依申请公开"].append(application(received, closed, outcome, "法律服务机构"))
    table = computed(sheets).figures.table3
    assert {key for key, cells in table.items() if cells["legal_service_org"]} - {"total_processed"} == counted
    assert all(cells["total"] == cells["legal_service_org"] for cells in table.values())


def test_documents_cases_decisions_and_work(computed):
    sheets = minimal()
    document = lambda kind, issued, repealed="": row("制度文件", 文件类型=kind, 制发日期=issued, 废止日期=repealed)  # noqa: E731
    sheets["制度文件"] += [
        document("规范性文件", "2020-01-01"),
        document("行政规范性文件", "2025-01-01", "2025-12-31"),
        document("行政规范性文件", "2024-05-01", "2026-01-01"),
        document("行政规范性文件", "2026-01-01"),
        document("一般文件", "2025-03-03"),
    ]
    case = lambda kind, day, result: row("复议诉讼", 案件类型=kind, 受理日期=day, 结果=result)  # noqa: E731
    sheets["复议诉讼"] += [
        case("行政诉讼(复议后起诉)", "2025-02-02", "尚未审结"),
        case("行政复议", "2025.3.3", "结果纠正"),
        case("行政复议", "2024.3.3", "结果维持"),
    ]
    sheets["行政执法"] += [
        row("行政执法", 决定类型="行政处罚", 决定日期=date(2025, 5, 5), 文号=str(n)) for n in range(3)
    ]
    sheets["工作记录"] += [
        row("工作记录", 日期="2025-01-01", 类型=kind) for kind in ("听取汇报", "业务培训", "政府开放日")
    ]
    sheets["汇总数据"] += [["行政强制", 7, "件", ""], ["网站访问量", "12.5", "万次", ""]]
    result = computed(sheets)
    table2, facts = result.figures.table2, result.figures.facts
    assert table2["normative_documents"] == {"issued": 1, "repealed": 1, "in_force": 2}
    assert (table2["licensing"], table2["penalties"], table2["coercion"]) == (0, 3, 7)
    assert result.provenance["table2.coercion"].sheet == "汇总数据"
    assert result.figures.table4["litigation_after_review"]["pending"] == 1
    assert result.figures.table4["review"] == {"upheld": 0, "corrected": 1, "other": 0, "pending": 0, "total": 1}
    assert (facts["briefings_heard"], facts["trainings"], facts["政府开放日"]) == (1, 1, 1)
    assert facts["网站访问量"] == Decimal("12.5")
    assert any("规范性文件" in warning for warning in result.warnings)
    assert any("一般文件" in warning and "不计入" in warning for warning in result.warnings)


def test_rows_and_summary_that_differ_fail(computed):
    sheets = minimal()
    sheets["行政执法"].append(row("行政执法", 决定类型="行政许可", 决定日期="2025-05-05"))
    sheets["汇总数据"].append(["行政许可", 2, "件", ""])
    result = computed(sheets)
    assert result.figures.table2["licensing"] == 1
    assert [check.status for check in by_rule(result, "LEDGER-SUMMARY")] == ["fail"]
    sheets["汇总数据"][-1][1] = 1
    assert [check.status for check in by_rule(computed(sheets), "LEDGER-SUMMARY")] == ["pass"]


def test_work_that_only_the_summary_knows_of_is_asked_about(computed):
    sheets = minimal()
    sheets["汇总数据"].append(["听取汇报", 2, "次", ""])
    result = computed(sheets)
    assert result.figures.facts["briefings_heard"] == 0 and result.figures.facts["听取汇报"] == 2
    assert [check.status for check in by_rule(result, "LEDGER-SUMMARY")] == ["uncertain"]


@pytest.mark.parametrize(
    ("total", "status"),
    [
        (["合计", 2], "pass"),
        (["合计", 3], "fail"),
        (["合计：2条"], "pass"),
        (["总 计", "", "３"], "fail"),
        (["合计", "共2条"], "pass"),
        (["汇总", 2], "pass"),
        (["合计"], "uncertain"),
    ],
)
def test_the_total_row_is_compared_and_never_counted(computed, total, status):
    sheets = minimal()
    sheets["信息发布"] += [posted("2025-01-01"), posted("2025-02-02"), posted("2024-02-02"), total]
    result = computed(sheets)
    assert result.figures.facts["published_total"] == 2
    assert [check.status for check in by_rule(result, "LEDGER-TOTAL")] == [status]


def test_a_remark_that_says_total_makes_no_total_row(computed):
    sheets = minimal()
    sheets["汇总数据"].append(["行政许可", 38, "件", "合计"])
    assert computed(sheets).figures.table2["licensing"] == 38


def test_headings_anywhere_in_any_order_with_anything_around(computed):
    sheets = minimal()
    sheets["信息发布"] = [
        ["示例局2025年信息发布台账"],
        ["填报单位：示例局", "", "填报人："],
        [],
        ["自用列", " 信息 类别", "序号", "发布时间", "备注"],
        ["x", "行政许可 ", "１", "２０２５年３月１５日", ""],
        [],
        ["", "", "2", "", ""],
        ["x", "环境质量信息(大气、水)", 3, 45731, ""],
        ["x", "环境质量信息（大气、水）", 4, date(2025, 3, 16), ""],
        ["自用列", " 信息 类别", "序号", "发布时间", "备注"],
        ["", "", "示例", "2025-01-01", ""],
        ["合计", "", "", "3", ""],
        ["审核人：", "", "", "日期：", ""],
    ]
    result = computed(sheets)
    assert result.figures.facts["published_by_category"] == {"行政许可": 1, "环境质量信息（大气、水）": 2}
    assert result.provenance["facts.published_total"].rows == (5, 8, 9)
    assert any("“发布时间”按“发布日期”" in warning for warning in result.warnings)
    assert {check.status for check in result.checks} == {"pass"}


def test_an_alias_is_used_and_told(computed):
    sheets = minimal()
    sheets["依申请公开"] += [application("2025-03-03", "2025-03-10", "撤回", "公民")]
    sheets["信息发布"] += [
        posted("2025-01-01", "环评公示"),
        posted("2025-01-02", "环评公示信息"),
        posted("2025-01-03", "工作动态"),
    ]
    result = computed(sheets)
    assert result.figures.table3["other.other"]["natural_person"] == 1
    assert result.figures.facts["published_by_category"] == {"环评公示信息": 2, "工作动态": 1}
    said = "".join(result.warnings)
    assert "“公民”按“自然人”" in said and "“撤回”按“其他处理-其他”" in said and "“环评公示”按“环评公示信息”" in said
    assert "工作动态" not in said, "joined only where both spellings are used"


def test_repeated_rows_are_counted_and_told(computed):
    sheets = minimal()
    sheets["信息发布"] += [
        posted("2025-01-01", 信息标题="甲"),
        posted("2025-01-01", 信息标题="乙"),
        posted("2025-01-01", 信息标题="甲"),
    ]
    sheets["依申请公开"] += [application("2025-03-03", 登记号="1"), application("2025-03-04", 登记号="1")]
    result = computed(sheets)
    assert result.figures.facts["published_total"] == 3
    assert any("第2、4行内容完全相同" in warning for warning in result.warnings)
    assert [question.text for question in result.open_questions] == [
        "工作表“依申请公开”第2、3行：“登记号”相同，是不是同一件申请？"
    ]


def test_rows_of_another_year_are_told(computed):
    sheets = minimal()
    sheets["信息发布"] += [posted("2024-12-31"), posted("2025-01-01"), posted("2026-01-01")]
    result = computed(sheets)
    assert result.figures.facts["published_total"] == 1
    assert any("第2、4行不属于2025年度" in warning for warning in result.warnings)


def test_media_without_adopter_is_only_submitted(computed):
    sheets = minimal()
    sheets["媒体采用"] += [
        row("媒体采用", 报送日期="2025-01-01", 采用单位=by) for by in ("日报", "", "日报 ", "未采用")
    ]
    facts = computed(sheets).figures.facts
    assert (facts["media_submitted"], facts["media_adopted"]) == (4, {"日报": 2})


@pytest.mark.parametrize(
    ("unit", "value"), [("万元", Decimal("3.6125")), ("", Decimal("3.6125")), ("元", Decimal("0.00036125"))]
)
def test_the_fee_and_its_unit(computed, unit, value):
    sheets = minimal()
    sheets["汇总数据"][1] = ["行政事业性收费", 3.6125, unit, ""]
    result = computed(sheets)
    assert result.figures.table2["fees_wan_yuan"] == value
    assert any("折算" in warning for warning in result.warnings) == (unit == "元")


@pytest.mark.parametrize(("fee", "status"), [(20_000, "pass"), (20_001, "fail")])
def test_the_processing_fee_is_within_the_fees(computed, fee, status):
    sheets = minimal()
    sheets["汇总数据"][1:] = [["行政事业性收费", 2, "万元", ""], ["信息处理费", fee, "元", ""]]
    assert [check.status for check in by_rule(computed(sheets), "FEE")] == [status]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_folder_of_csv_files(tmp_path, encoding):
    sheets = minimal()
    sheets["信息发布"] += [posted("2025年1月1日"), [], posted("45731")]
    result = compute(save_csv(sheets, tmp_path / "台账", encoding))
    assert result.figures.org == "示例局"
    assert result.provenance["facts.published_total"].rows == (2, 4)
    assert result.provenance["facts.published_total"].sheet == "信息发布"


def test_a_folder_with_one_sheet_in_two_workbooks(tmp_path):
    rest = minimal()
    first, second = ({"信息发布": [HEADINGS["信息发布"], posted(day)]} for day in ("2025-01-01", "2025-07-01"))
    del rest["信息发布"]
    for name, sheets in (("其他", rest), ("上半年", first), ("下半年", second)):
        save(sheets, tmp_path / f"{name}.xlsx")
    (tmp_path / "~$其他.xlsx").write_bytes(b"lock")
    result = compute(tmp_path)
    assert result.figures.facts["published_total"] == 2
    provenance = result.provenance["facts.published_total"]
    assert provenance.sheet == "上半年.xlsx/信息发布、下半年.xlsx/信息发布"
    assert "下半年.xlsx/信息发布 第2行" in provenance.formula


@pytest.mark.parametrize("year", [2025, "2025", "2025年", "２０２５年度", "二〇二五年"])
def test_the_report_year_in_any_spelling(computed, year):
    sheets = minimal()
    sheets["基本信息"][1][1] = year
    assert computed(sheets).figures.year == YEAR


def test_personal_data_goes_nowhere(computed):
    sheets = minimal()
    sheets["依申请公开"] += [
        application(
            "2025-03-03", "2025-03-10", "予以公开", 申请人="测试甲", 联系电话="000-12345678", 申请内容="秘密的请求"
        ),
        application(
            "2025-03-03", "2025-03-10", "予以公开", 申请人="测试甲", 联系电话="000-12345678", 申请内容="秘密的请求"
        ),
    ]
    text = repr(computed(sheets))
    assert not any(word in text for word in ("测试甲", "12345678", "秘密的请求"))
