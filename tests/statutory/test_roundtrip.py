"""Whatever figures an organ has: written as a messy ledger, the same figures are read back."""

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from forms import form_for
from statutory import compute
from statutory.vocabulary import vocabularies
from tests.statutory.ledger_samples import HEADINGS, YEAR, application, minimal, posted, row, save

FORM = form_for(YEAR)
TERMS = vocabularies(FORM)
FULL_WIDTH = str.maketrans("0123456789()", "０１２３４５６７８９（）")
SPELLINGS = (
    lambda day: day,
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f" {day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y/%m/%d} ",
    lambda day: f"{day:%Y%m%d}".translate(FULL_WIDTH),
)
few = st.integers(0, 3)
in_year = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))


@st.composite
def organs(draw):
    """Applications by (applicant, outcome or open, carried in?), posted by category, decisions by kind."""
    columns = st.sampled_from([column.key for column in FORM.applicants])
    outcomes = st.sampled_from(["", *(row.key for row in FORM.outcomes)])
    return {
        "applications": draw(st.lists(st.tuples(columns, outcomes, st.booleans()), max_size=12)),
        "posted": draw(st.dictionaries(st.sampled_from(["行政许可", "政策解读", "环境质量信息（大气、水）"]), few)),
        "decided": draw(st.dictionaries(st.sampled_from(["licensing", "penalties", "coercion"]), few)),
        "cases": draw(st.lists(st.sampled_from([(c.key, r.key) for c in FORM.cases for r in FORM.results[:-1]]), max_size=4)),
        "fee": draw(st.decimals(0, 90_000, places=4)),
        "day": draw(in_year),
        "seed": draw(st.integers(0, 2**16)),
    }


def expected_table3(applications):
    table = {row.key: dict.fromkeys((column.key for column in FORM.columns), 0) for row in FORM.rows}
    for applicant, outcome, carried in applications:
        keys = ["carried_in" if carried else "new_received", outcome or "carried_out"]
        for key in keys + (["total_processed"] if outcome else []):
            table[key][applicant] += 1
            table[key]["total"] += 1
    return table


def messy(sheets, chance):
    """Columns shuffled, titles above, blank rows between, a 合计 row and strangers' rows below."""
    for name in HEADINGS:
        headings, *lines = sheets[name]
        order = chance.sample(range(len(headings)), len(headings))
        mixed = [[line[index] for index in order] for line in lines]
        chance.shuffle(mixed)
        for _ in range(chance.randrange(3)):
            mixed.insert(chance.randrange(len(mixed) + 1), [])
        sheets[name] = [[f"示例局{YEAR}年{name}台账"], ["填报单位：示例局", "填报人："], [headings[index] for index in order], *mixed]
    return sheets


@settings(max_examples=60, deadline=None)
@given(organs())
def test_figures_survive_a_messy_workbook(organ):
    chance = random.Random(organ["seed"])
    spelt = lambda day: chance.choice(SPELLINGS)(day)  # noqa: E731
    sheets = minimal()
    named = lambda column, key: TERMS[column].by_key[key]  # noqa: E731
    for applicant, outcome, carried in organ["applications"]:
        received = date(YEAR - 1, 12, 20) if carried else organ["day"]
        closed = spelt(min(max(organ["day"], received) + timedelta(days=9), date(YEAR, 12, 31))) if outcome else ""
        said = named("办理结果", outcome).replace("-", chance.choice(["-", "—", " - "])) if outcome else chance.choice(["", "办理中"])
        sheets["依申请公开"].append(application(spelt(received), closed, said, f"{named('申请人类型', applicant)} "))
    for category, number in organ["posted"].items():
        sheets["信息发布"] += [posted(spelt(organ["day"]), category.replace("（", "(").replace("）", ")")) for _ in range(number)]
    sheets["信息发布"].append(posted(date(YEAR - 1, 12, 31), "跨年"))
    for kind, number in organ["decided"].items():
        sheets["行政执法"] += [row("行政执法", 决定类型=named("决定类型", kind), 决定日期=spelt(organ["day"])) for _ in range(number)]
    for case, result in organ["cases"]:
        sheets["复议诉讼"].append(row("复议诉讼", 案件类型=named("案件类型", case), 结果=named("结果", result), 受理日期=spelt(organ["day"])))
    sheets["汇总数据"][1][1] = float(organ["fee"])
    with tempfile.TemporaryDirectory() as folder:
        result = compute(save(messy(sheets, chance), Path(folder) / "台账.xlsx"))
    figures = result.figures
    assert figures.table3 == expected_table3(organ["applications"])
    assert figures.facts["published_by_category"] == {name.replace("(", "（"): n for name, n in organ["posted"].items() if n}
    assert {key: figures.table2[key] for key in organ["decided"]} == organ["decided"]
    assert sum(figures.table4[case]["total"] for case in figures.table4) == len(organ["cases"])
    assert figures.table2["fees_wan_yuan"] == organ["fee"]
    assert {check.status for check in result.checks} == {"pass"}
