"""The forms as data: what they hold, for which years, what compares, and that a new one is a new file."""

import re

import pytest

from domain import UnusableInput
from forms import FORMS, all_forms, comparable_figures, form_for, load_form, read_form
from ingest.report_tables import read_tables
from ingest.web_pages import blocks
from report.html import render_table
from report.layout import table_grids
from statutory.checks import check_identities


@pytest.mark.parametrize(("year", "form"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")])
def test_the_form_of_a_year(year, form):
    assert form_for(year).year == form


def test_a_year_before_any_form_is_refused():
    with pytest.raises(UnusableInput, match="没有2018年度报告的格式定义，已有格式自2019年度起"):
        form_for(2018)


@pytest.mark.parametrize(
    ("year", "cells2", "rows", "outcomes", "identities"),
    [("2021", 10, 25, 21, 25 + 7 + 7 + 3), ("2019", 22, 23, 19, 23 + 7 + 7 + 3)],
)
def test_what_a_form_holds(year, cells2, rows, outcomes, identities):
    form = load_form(year)
    assert len([key for block in form.table2 for key in block.keys()]) == cells2
    assert (len(form.rows), len(form.columns), len(form.outcomes)) == (rows, 7, outcomes)
    assert len(form.cases) * len(form.results) == 15
    assert len(check_identities({}, form)) == identities
    keys = [key for name in ("table2", "table3", "table4") for key in _keys(form, name)]
    assert len(set(keys)) == len(keys) and all(form.leaf(key) for key in keys)


def _keys(form, name):
    if name == "table2":
        return [f"table2.{key}" for block in form.table2 for key in block.keys()]
    rows, columns = (form.rows, form.columns) if name == "table3" else (form.cases, form.results)
    return [f"{name}.{row.key}.{column.key}" for row in rows for column in columns]


def test_places_in_words():
    form = load_form("2021")
    assert form.where("table3.denied.state_secret.total") == "表三“（三）不予公开1.属于国家秘密”总计"
    assert form.where("table2.licensing") == "表二“行政许可”本年处理决定数量"
    assert load_form("2019").leaf("table2.licensing_change").signed
    assert form.leaf("table2.fees_wan_yuan").decimal


def test_only_what_means_the_same_compares():
    old, new = load_form("2019"), load_form("2021")
    tables = {
        "table2": {"licensing": 3, "fees_wan_yuan": 9, "regulations": {"in_force": 2}},
        "table3": {
            f"other.{item}": {"total": value} for item, value in (("no_correction", 1), ("fee_unpaid", 2), ("other", 4))
        }
        | {"granted": {"total": 5}},
        "table4": {"review": {"total": 1}},
    }
    assert comparable_figures(tables, new, old) == {
        "table2.licensing": 3,
        "table3.granted.total": 5,
        "table3.other.total": 7,
        "table4.review.total": 1,
        **{f"table3.other.{column.key}": None for column in new.applicants},
    }
    old_tables = {"table2": {"regulations": {"disclosed_total": 9}, "licensing_previous_items": 4, "licensing": 2}}
    assert comparable_figures(old_tables, old, new) == {"table2.licensing": 2}


def third_form(folder):
    """A future format: other labels and keys, two applicant columns, three outcomes, two results, one kind of case more."""
    (folder / "2031.toml").write_text(FUTURE, encoding="utf-8")
    return read_form(folder / "2031.toml")


FUTURE = """
year = "2031"
first_report_year = 2031
document = "未来格式"
parts = ["概况", "主动公开", "申请办理", "争议", "问题", "其他"]
overview_topics = ["主动公开"]

[[table2]]
heading = "事项"
item = "第二十一条第（二）项"
columns = [{ key = "made", label = "当年印发份数" }, { key = "left", label = "年末有效份数" }]
rows = [{ key = "orders", label = "政府令" }]

[table3]
note = "（前两行之和等于后两行之和）"
label_columns = 2
outcome_heading = "丙、办理情况"
outcome_roles = ["outcome", "processed"]
applicants_heading = "申请主体"
organisations_heading = "单位"
columns = [
  { key = "people", label = "个人", role = "applicant" },
  { key = "firms", label = "经营主体", role = "applicant", organisation = true },
  { key = "all", label = "全部", role = "total" },
]
rows = [
  { key = "new", role = "received", label = "甲、当年收到的申请" },
  { key = "old", role = "carried_in", label = "乙、以前年度转来的申请" },
  { key = "yes", role = "outcome", label = "给予公开" },
  { key = "no", role = "outcome", label = "没有给予公开" },
  { key = "done", role = "processed", label = "办理小结" },
  { key = "open", role = "carried_out", label = "丁、转入以后年度的申请" },
]

[table4]
litigation_heading = "诉讼"
cases = [
  { key = "mediation", label = "调解", ledger = "调解", litigation = false },
  { key = "court", label = "一审", ledger = "一审", litigation = true },
]
results = [
  { key = "kept", label = "予以维持", role = "result" },
  { key = "changed", label = "予以改变", role = "result" },
  { key = "sum", label = "件数小结", role = "total" },
]

[[identities]]
rule = "T3-ROW"
table = "table3"
each = "row"
left = ["applicant"]
right = ["total"]
left_name = "两类之和"
right_name = "全部"

[[identities]]
rule = "T3-BAL"
table = "table3"
each = "column"
left = ["received", "carried_in"]
right = ["processed", "carried_out"]
left_name = "前两行"
right_name = "后两行"

[[identities]]
rule = "T4-SUM"
table = "table4"
each = "row"
left = ["result"]
right = ["total"]
left_name = "两种结果之和"
right_name = "小结"
"""


def test_a_future_format_is_a_new_file(tmp_path):
    form = third_form(tmp_path)
    row = lambda people, firms: {"people": people, "firms": firms, "all": people + firms}  # noqa: E731
    tables = {
        "table2": {"orders": {"made": 3, "left": 21}},
        "table3": {
            "new": row(8, 3),
            "old": row(1, 0),
            "yes": row(4, 2),
            "no": row(3, 0),
            "done": row(7, 2),
            "open": row(2, 1),
        },
        "table4": {"mediation": {"kept": 1, "changed": 2, "sum": 3}, "court": {"kept": 4, "changed": 0, "sum": 4}},
    }
    page = "".join(render_table(grid, plain=True) for grid in table_grids(tables, form).values())
    assert re.search(r'<th scope="col" rowspan="3" colspan="2">（前两行之和等于后两行之和）</th>', page)
    assert (
        '<th scope="row" rowspan="3">丙、办理情况</th>' in page
        and '<th scope="col" rowspan="2" colspan="3">调解</th>' in page
    )
    assert read_tables(blocks(page), forms=(*all_forms(), form)) == (tables, "2031", ())
    checks = check_identities(tables, form)
    assert len(checks) == 6 + 3 + 2 and {check.status for check in checks} == {"pass"}
    tables["table3"]["yes"]["all"] += 1
    broken = [check for check in check_identities(tables, form) if check.status == "fail"]
    assert [(check.rule, check.where) for check in broken] == [("T3-ROW", "表三“给予公开”行")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("note = ", "nota = "), "缺少“note”"),
        (('left = ["applicant"]', 'left = ["applicants"]'), "勾稽关系 T3-ROW 用了不存在的类别“applicants”"),
        (('label = "个人", role', 'label = "个人", roll'), "“roll”不是可用的项"),
        (('year = "2031"', "year = "), "无法读取"),
    ],
)
def test_a_wrong_definition_is_told(tmp_path, change, said):
    (tmp_path / "x.toml").write_text(FUTURE.replace(*change, 1), encoding="utf-8")
    with pytest.raises(UnusableInput, match=f"格式定义文件 x.toml .*{said}"):
        read_form(tmp_path / "x.toml")


def test_every_definition_file_is_read():
    assert {path.stem for path in FORMS.glob("*.toml")} == {form.year for form in all_forms()}
