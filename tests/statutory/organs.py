"""Made-up organs: figures that hold together, and a messy workbook that tells them row by row."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from forms import load_form
from statutory.vocabulary import vocabularies
from tests.statutory.ledger_samples import HEADINGS, YEAR, application, minimal, posted, row, save

FORM = load_form("2021")
TERMS = vocabularies(FORM)
HEADING_AT = 2  # index of the heading row in a messy sheet: a title and 填报单位 stand above it
BEFORE, LATE, END = date(YEAR - 1, 12, 20), date(YEAR, 12, 28), date(YEAR, 12, 31)
FULL_WIDTH = str.maketrans("0123456789()", "０１２３４５６７８９（）")
SPELLINGS = (
    lambda day: day,
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f" {day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y/%m/%d} ",
    lambda day: f"{day:%Y%m%d}".translate(FULL_WIDTH),
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: f"{day.year}年 {day.month} 月{day.day}号".translate(FULL_WIDTH),
)
ALIASES = {
    "自然人": ["公民", "个人"],
    "商业企业": ["企业"],
    "予以公开": ["全部公开"],
    "其他处理-其他": ["撤回"],
    "行政复议": ["复议"],
    "结果维持": ["维持"],
    "行政许可": ["许可"],
    "行政规范性文件": ["规范性文件"],
}
few = st.integers(0, 3)


@st.composite
def organs(draw):
    """What an organ did: applications as (applicant, outcome or "" while open, carried in?), and counts."""
    applicants = st.sampled_from([column.key for column in FORM.applicants])
    outcomes = st.sampled_from(["", *(outcome.key for outcome in FORM.outcomes)])
    cases = [(case.key, result.key) for case in FORM.cases for result in FORM.results[:-1]]
    return {
        "applications": draw(st.lists(st.tuples(applicants, outcomes, st.booleans()), max_size=12)),
        "posted": draw(st.dictionaries(st.sampled_from(["行政许可", "政策解读", "环境质量信息（大气、水）"]), few)),
        "media": draw(st.dictionaries(st.sampled_from(["", "日报", "县融媒体中心"]), few)),
        "decided": draw(st.fixed_dictionaries(dict.fromkeys(("licensing", "penalties", "coercion"), few))),
        "documents": draw(
            st.lists(
                st.tuples(st.booleans(), st.sampled_from(["issued", "repealed", "both", "old", "gone"])), max_size=5
            )
        ),
        "cases": draw(st.lists(st.sampled_from(cases), max_size=4)),
        "work": draw(st.dictionaries(st.sampled_from(["听取汇报", "业务培训", "政府开放日"]), few)),
        "fee": draw(st.decimals(0, 90_000, places=4)),
        "day": draw(st.dates(date(YEAR, 1, 1), date(YEAR, 12, 1))),
        "seed": draw(st.integers(0, 2**16)),
    }


def expected(organ):
    """The figures that the workbook must yield: (table2, table3, table4, facts)."""
    columns = [column.key for column in FORM.columns]
    table3 = {line.key: dict.fromkeys(columns, 0) for line in FORM.rows}
    for applicant, outcome, carried in organ["applications"]:
        keys = ["carried_in" if carried else "new_received", outcome or "carried_out"]
        for key in keys + (["total_processed"] if outcome else []):
            table3[key][applicant] += 1
            table3[key]["total"] += 1
    table4 = {case.key: {result.key: 0 for result in FORM.results} for case in FORM.cases}
    for case, result in organ["cases"]:
        table4[case][result] += 1
        table4[case]["total"] += 1
    table2 = {key: {"issued": 0, "repealed": 0, "in_force": 0} for key in ("regulations", "normative_documents")}
    for regulation, life in organ["documents"]:
        cell = table2["regulations" if regulation else "normative_documents"]
        cell["issued"] += life in ("issued", "both")
        cell["repealed"] += life in ("repealed", "both")
        cell["in_force"] += life in ("issued", "old")
    facts = {
        "published_total": sum(organ["posted"].values()),
        "published_by_category": {name: number for name, number in organ["posted"].items() if number},
        "media_submitted": sum(organ["media"].values()),
        "media_adopted": {name: number for name, number in organ["media"].items() if name and number},
        "briefings_heard": organ["work"].get("听取汇报", 0),
        "trainings": organ["work"].get("业务培训", 0),
        "info_processing_fee_yuan": 0,
    }
    if organ["work"].get("政府开放日"):
        facts["政府开放日"] = organ["work"]["政府开放日"]
    return table2 | organ["decided"] | {"fees_wan_yuan": organ["fee"]}, table3, table4, facts


def tell(organ, chance: random.Random) -> dict[str, list[list]]:
    """The organ's year as rows under headings, dates and values in whatever spelling."""
    sheets, day = minimal(), organ["day"]
    spelt = lambda moment: chance.choice(SPELLINGS)(moment)  # noqa: E731

    def named(column, key):
        name = TERMS[column].by_key[key]
        name = chance.choice([name, name, *ALIASES.get(name, [])])
        return chance.choice([name, f" {name}", name.replace("（", "(").replace("）", ")"), name.replace("-", " — ")])

    for number, (applicant, outcome, carried) in enumerate(organ["applications"]):
        received = BEFORE if carried else day
        closed = spelt(min(max(day, received) + timedelta(days=chance.randrange(20)), END)) if outcome else ""
        said = named("办理结果", outcome) if outcome else chance.choice(["", "办理中", "结转下年度继续办理", "未办结"])
        if not outcome and said == "" and chance.random() < 0.3:
            closed, said = spelt(date(YEAR + 1, 1, 9)), "予以公开"
        sheets["依申请公开"].append(
            application(spelt(received), closed, said, named("申请人类型", applicant), 登记号=f"甲{number}")
        )
    for category, number in organ["posted"].items():
        word = category.replace("（", "(").replace("环境", "环 境") if chance.random() < 0.5 else category
        sheets["信息发布"] += [posted(spelt(day), word, 信息标题=f"{category}{n}") for n in range(number)]
    for adopter, number in organ["media"].items():
        sheets["媒体采用"] += [
            row("媒体采用", 报送日期=spelt(day), 采用单位=adopter and f"{adopter} ", 信息标题=f"{adopter}{n}")
            for n in range(number)
        ]
    for kind, number in organ["decided"].items():
        sheets["行政执法"] += [
            row("行政执法", 决定类型=named("决定类型", kind), 决定日期=spelt(day), 文号=f"{kind}{n}")
            for n in range(number)
        ]
        if chance.random() < 0.3:
            sheets["汇总数据"].append(
                [TERMS["决定类型"].by_key[kind], chance.choice([number, f" {number}".translate(FULL_WIDTH)]), "件", ""]
            )
    lives = {
        "issued": (day, ""),
        "repealed": (BEFORE, day),
        "both": (day, LATE),
        "old": (BEFORE, ""),
        "gone": (date(2019, 1, 1), BEFORE),
    }
    for number, (regulation, life) in enumerate(organ["documents"]):
        kind = named("文件类型", "regulations" if regulation else "normative_documents")
        issued, repealed = (moment and spelt(moment) for moment in lives[life])
        sheets["制度文件"].append(
            row("制度文件", 文件名称=f"文件{number}", 文件类型=kind, 制发日期=issued, 废止日期=repealed)
        )
    for case, result in organ["cases"]:
        sheets["复议诉讼"].append(
            row("复议诉讼", 案件类型=named("案件类型", case), 结果=named("结果", result), 受理日期=spelt(day))
        )
    for kind, number in organ["work"].items():
        sheets["工作记录"] += [row("工作记录", 日期=spelt(day), 类型=kind, 内容=f"第{n}次") for n in range(number)]
    sheets["汇总数据"][1][1] = float(organ["fee"])
    return sheets


def add_strangers(sheets, chance: random.Random) -> None:
    """Rows of other years, which no figure counts."""
    spelt = lambda moment: chance.choice(SPELLINGS)(moment)  # noqa: E731
    for year in (YEAR - 1, YEAR + 1):
        sheets["信息发布"].append(posted(spelt(date(year, 12, 31)), "跨年"))
        sheets["媒体采用"].append(row("媒体采用", 报送日期=spelt(date(year, 1, 1)), 采用单位="跨年报"))
        sheets["复议诉讼"].append(
            row("复议诉讼", 受理日期=spelt(date(year, 6, 1)), 案件类型="行政复议", 结果="结果纠正")
        )
        sheets["行政执法"].append(row("行政执法", 决定日期=spelt(date(year, 6, 1)), 决定类型="行政处罚"))
        sheets["工作记录"].append(row("工作记录", 日期=spelt(date(year, 6, 1)), 类型="业务培训"))
    sheets["依申请公开"].append(application(spelt(date(YEAR - 1, 3, 1)), spelt(date(YEAR - 1, 3, 20)), "予以公开"))
    sheets["依申请公开"].append(application(spelt(date(YEAR + 1, 1, 1))))


def mess(sheets, chance: random.Random, totals: dict[str, int]) -> dict[str, list[list]]:
    """Titles above, columns shuffled among strange ones, blank rows between, 合计 and signatures below."""
    messed = {"基本信息": sheets["基本信息"]}
    for name in HEADINGS:
        headings, *lines = sheets[name]
        chance.shuffle(lines)
        serials = [[number, *line, "自用"] for number, line in enumerate(lines, start=1)]
        headings = ["序号", *headings, "本单位自用列"]
        order = chance.sample(range(len(headings)), len(headings))
        mixed = [[line[index] for index in order] for line in serials]
        for _ in range(chance.randrange(3)):
            mixed.insert(chance.randrange(len(mixed) + 1), [])
        if name in totals and chance.random() < 0.7:
            written = f"{totals[name]}条".translate(FULL_WIDTH)
            number_in = next(column for column in (1, 2) if order[column] != 0)  # not under 序号
            beside = ["合计", "", ""][:number_in]
            mixed.append(
                chance.choice([[*beside, totals[name]], ["", f"合计：{totals[name]}"], ["总 计", *beside[1:], written]])
            )
        if chance.random() < 0.5:
            mixed.append([f"填表人：张某　审核人：李某　日期：{YEAR}年12月31日"])
        words = [chance.choice([headings[index], f" {headings[index][0]} {headings[index][1:]}"]) for index in order]
        messed[name] = [[f"示例局{YEAR}年{name}台账"], ["填报单位：示例局", "填报人："], words, *mixed]
    return messed


def ledger(organ, path: Path) -> tuple[Path, dict[str, list[list]]]:
    """The organ's messy workbook, and its sheets as they stand there."""
    chance = random.Random(organ["seed"])
    sheets = tell(organ, chance)
    totals = {
        "信息发布": sum(organ["posted"].values()),
        "媒体采用": sum(organ["media"].values()),
        "行政执法": sum(organ["decided"].values()),
        "复议诉讼": len(organ["cases"]),
    }
    add_strangers(sheets, chance)
    sheets = mess(sheets, chance, totals)
    return save(sheets, path, merged="A1:D1"), sheets
