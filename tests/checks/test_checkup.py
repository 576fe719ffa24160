"""体检 of published reports: the real one's oddities, planted defects, and no false alarm."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checks import check
from domain import PublishedReport, Section
from forms import load_form
from ingest import read_report
from statutory import compute

FORM = load_form("2021")


def tables():
    table2 = {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": 1, "repealed": 0, "in_force": 3},
        "licensing": 8,
        "penalties": 2,
        "coercion": 0,
        "fees_wan_yuan": 0,
    }
    table3 = {row.key: dict.fromkeys((c.key for c in FORM.columns), 0) for row in FORM.rows}
    for row, count in (("new_received", 4), ("granted", 3), ("total_processed", 3), ("carried_out", 1)):
        table3[row] |= {"natural_person": count, "total": count}
    table4 = {case.key: dict.fromkeys((r.key for r in FORM.results), 0) for case in FORM.cases}
    return {"table2": table2, "table3": table3, "table4": table4}


def report(**changes):
    texts = {
        0: (
            "依照《中华人民共和国政府信息公开条例》编制。",
            "主动公开：全年共发布信息20条，其中通知6条，环评4条，行政许可8条，行政处罚2条。",
            "依申请公开：全年收到政府信息公开申请4件。",
            "政府信息管理：规范流程。",
            "平台建设：维护网站。",
            "监督保障：定期检查。",
        ),
        4: ("政策解读形式单一。", "下一步，丰富政策解读形式。"),
        5: ("全年发出信息处理费收费通知0件，总金额0元，实际收取0元。",),
    }
    sections = tuple(
        Section(f"{number}、{part}", texts.get(place, ()))
        for place, (number, part) in enumerate(zip("一二三四五六", FORM.parts))
    )
    base = PublishedReport(
        "云溪县生态环境分局", 2024, "年度报告", "报告.docx", "", sections, tables(), "2021", date(2025, 1, 10)
    )
    return replace(base, **changes)


def rules(findings):
    return {finding.rule for finding in findings}


def with_cell(table, row, column, value):
    changed = tables()
    if row:
        changed[table][row][column] = value
    else:
        changed[table][column] = value
    return report(tables=changed)


def with_text(old, new):
    sections = tuple(
        Section(s.heading.replace(old, new), tuple(p.replace(old, new) for p in s.paragraphs))
        for s in report().sections
    )
    return report(sections=sections)


def test_a_clean_report_has_no_finding():
    assert check(report()) == ()


def test_what_a_word_means_elsewhere_asks_for_no_measure_of_its_own():
    problem = with_text("政策解读形式单一。", "许可决定的公开与办理衔接不够。")
    assert (
        check(
            replace(
                problem,
                sections=tuple(
                    replace(
                        each,
                        paragraphs=tuple(
                            text.replace("丰富政策解读形式", "许可决定送达后同步公开") for text in each.paragraphs
                        ),
                    )
                    for each in problem.sections
                ),
            )
        )
        == ()
    )


@pytest.mark.parametrize(
    ("published", "rule"),
    [
        (with_cell("table3", "granted", "total", 5), "T3-ROW"),
        (with_cell("table3", "total_processed", "natural_person", 9), "T3-SUM"),
        (with_cell("table3", "carried_out", "natural_person", 7), "T3-BAL"),
        (with_cell("table3", "granted", "natural_person", 4), "T3-CELL"),
        (with_cell("table4", "review", "total", 1), "T4-SUM"),
        (with_cell("table4", "review", "pending", None), "CELL"),
        (with_cell("table4", "review", "pending", "/"), "CELL"),
        (with_cell("table2", "regulations", "in_force", 1), "REGULATIONS"),
        (report(tables=tables() | {"table4": {}}), "FORMAT-TABLE"),
        (with_text("其他需要报告的事项", "附"), "FORMAT-HEADING"),
        (with_text("申请4件", "申请6件"), "NARRATIVE-T3"),
        (with_text("全年收到政府信息公开申请4件", "全年没有收到政府信息公开申请"), "NO-APPLICATIONS"),
        (with_text("通知6条", "通知9条"), "PARTS"),
        (with_text("行政许可8条", "行政许可6条"), "POSTED"),
        (with_text("全年发出信息处理费收费通知0件，总金额0元，实际收取0元。", "没有其他事项。"), "FEES"),
        (with_text("，总金额0元", ""), "FEES"),
        (with_text("下一步，丰富政策解读形式。", "下一步，加强学习。"), "MEASURES"),
        (with_text("全年收到", "截至11月30日收到"), "PERIOD"),
        (with_text("政府信息管理", "文件归档"), "OVERVIEW"),
        (with_text("政府信息公开条例", "有关规定"), "BASIS"),
        (with_text("规范流程", "规范了了流程"), "WORDING"),
        (report(signature_date=date(2025, 2, 20)), "DEADLINE"),
        (report(form="2019"), "FORMAT-VERSION"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_planted_defect_is_found(published, rule):
    assert rule in rules(check(published))


def test_a_county_government_may_publish_until_march():
    assert check(report(org="云溪县人民政府", signature_date=date(2025, 3, 20))) == ()


@pytest.mark.parametrize(
    ("title", "org", "day", "late"),
    [
        ("云溪县人民政府2024年政府信息公开工作年度报告", "云溪县人民政府办公室", date(2025, 3, 20), False),
        ("2024年云溪县人民政府信息公开工作年度报告", "云溪县人民政府办公室", date(2025, 3, 20), False),
        ("云溪县人民政府办公室2024年政府信息公开工作年度报告", "云溪县人民政府办公室", date(2025, 3, 20), True),
        ("云溪县教育局2024年政府信息公开工作年度报告", "云溪县教育局", date(2025, 3, 20), True),
        ("青川市2024年政府信息公开工作年度报告", "青川市人民政府", date(2025, 4, 2), True),
    ],
)
def test_whose_report_it_is_decides_the_last_day(title, org, day, late):
    assert ("DEADLINE" in rules(check(report(title=title, org=org, signature_date=day)))) == late
    assert "PUBLISHER" not in rules(check(report(title=title, org=org)))


def test_carried_over_figures_are_compared_with_last_year():
    previous = tables()
    previous["table3"]["carried_out"] = dict(previous["table3"]["carried_out"])
    assert ("X-CARRY", "error") in {(found.rule, found.severity) for found in check(report(), previous=previous)}
    other = check(report(), previous=previous | {"org": "青川市水务局"})
    assert {(found.rule, found.severity) for found in other} >= {("X-CARRY", "warning"), ("PREVIOUS", "warning")}
    assert not any(found.severity == "error" for found in other)


def trial_format(year=2020, **cells):
    """A report in the format of 2019, zero in every cell but ``cells`` (table3: 4 new, 3 granted, 1 carried out)."""
    form, found = load_form("2019"), {"table2": {}, "table3": {}, "table4": {}}
    keys = [f"table2.{key}" for block in form.table2 for key in block.keys()]
    keys += [f"table3.{row.key}.{column.key}" for row in form.rows for column in form.columns]
    keys += [f"table4.{case.key}.{result.key}" for case in form.cases for result in form.results]
    given = {"new_received": 4, "granted": 3, "total_processed": 3, "carried_out": 1} | cells
    for key in keys:
        table, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        counted = table == "table3" and column in ("natural_person", "total")
        (found[table].setdefault(row, {}) if row else found[table])[column] = given.get(row, 0) if counted else 0
    first, *middle, last = report().sections
    told = tuple(text.replace("，行政许可8条，行政处罚2条", "，动态10条") for text in first.paragraphs)
    sections = (replace(first, paragraphs=told), *middle, replace(last, paragraphs=("无其他需要报告的事项。",)))
    return report(year=year, form="2019", tables=found, sections=sections, signature_date=date(year + 1, 1, 12))


def test_a_report_in_the_trial_format_is_judged_by_it():
    assert check(trial_format()) == ()  # 信息处理费 was not yet asked for
    assert rules(check(trial_format(granted=2))) >= {"T3-SUM"}
    assert "FORMAT-VERSION" in rules(check(trial_format(2022)))


def test_carried_over_figures_are_compared_across_formats():
    last = trial_format()
    previous = {"year": 2020, "org": last.org, "form": "2019"} | dict(last.tables)
    assert "X-CARRY" in rules(check(report(year=2021, signature_date=date(2022, 1, 12)), previous=previous))


ODDITIES = [
    ("FORMAT-HEADING", "没有找到标题“一、总体情况”"),
    ("FORMAT-HEADING", "标题写作"),
    ("OVERVIEW", "总体情况没有写到“政府信息管理”"),
    ("OVERVIEW", "总体情况没有写到“监督保障”"),
    ("BASIS", "全文没有引用《政府信息公开条例》"),
    ("POSTED", "正文公开行政许可 15 条，表二“行政许可”本年处理决定 38 件"),
    ("POSTED", "正文公开行政处罚 13 条，表二“行政处罚”本年处理决定 10 件"),
    ("PERIOD", "“截至12月28日”"),
    ("PERIOD", "“1月至11月”"),
    ("PERIOD", "全文的统计截止时间不一致"),
    ("WORDING", "“条13条”"),
    ("WORDING", "“股(室)室”"),
    ("MEASURES", "“政策解读”列为问题"),
    ("FEES", "信息处理费的说明不完整"),
]


@pytest.fixture(scope="module")
def lufeng(shared):
    return check(
        read_report(shared / "reports" / "lufeng-2023.txt"), compute(shared / "ledgers" / "lufeng-2023.xlsx").figures
    )


@pytest.mark.parametrize(("rule", "said"), ODDITIES)
def test_the_real_report_shows_each_of_its_oddities(lufeng, rule, said):
    assert [finding for finding in lufeng if finding.rule == rule and said in finding.message]


def test_the_real_report_shows_nothing_else(lufeng):
    """Its 19 categories do add up to 311, and its tables are the ledger's."""
    assert len(lufeng) == len(ODDITIES)
    assert [finding.rule for finding in lufeng if finding.severity == "error"] == []  # it is a plain copy


def published_figures(shared, year):
    figures = json.loads(
        (shared / "reports" / f"suqian-{year}.figures.json").read_text(encoding="utf-8"), parse_float=Decimal
    )
    return {name: figures[name] for name in ("table2", "table3", "table4")} | {"org": figures["org"], "year": year}


def of_suqian(shared, *lines):
    figures = published_figures(shared, 2024)
    tables = {name: figures[name] for name in ("table2", "table3", "table4")}
    first, *rest = report().sections
    first = replace(first, paragraphs=(*first.paragraphs[:2], *lines, *first.paragraphs[3:]))
    first = replace(
        first, paragraphs=tuple(re.sub("，行政许可8条，行政处罚2条", "，动态10条", text) for text in first.paragraphs)
    )
    return report(org="宿迁市人民政府", tables=tables, sections=(first, *rest), signature_date=date(2025, 3, 20))


def test_the_figures_of_a_city_hold_together_in_both_years(shared):
    found = check(
        of_suqian(shared, "依申请公开：规范办理。"),
        previous=published_figures(shared, 2023) | {"org": "宿迁市人民政府"},
    )
    assert rules(found) == {"JUMP"}  # three cells are a fifth of last year's, which is a question


def test_the_rate_of_a_city_is_recomputed_and_its_concluded_cases_are_no_error(shared):
    lines = (
        "2024年，共收办政府信息公开申请3646件，上年为3607件，同比增长1.05%。",
        "全年办理涉及政府信息公开的行政复议134件、行政诉讼57件。",
    )
    found = check(of_suqian(shared, *lines), previous=published_figures(shared, 2023) | {"org": "宿迁市人民政府"})
    assert [finding.severity for finding in found if finding.severity == "error"] == []
    assert ["1.08%" in finding.message for finding in found if finding.rule == "RATE"] == [True]
    assert {finding.severity for finding in found if finding.rule == "NARRATIVE-T4"} <= {"notice"}
