"""One planted defect of each kind that a check must find, on a report that is otherwise clean.

Each function changes a sample and returns the rules of which one must be found, or None where the
sample has no place for the defect. The numbers are those by which the results are printed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from check_samples import APPLICANTS, FORM, MAKES_REGULATIONS, Sample, percent
from check_wordings import MEASURES, WORDINGS

Rules = tuple[str, ...] | None
Defect = Callable[[Sample, random.Random], Rules]


def row_total(sample: Sample, chance: random.Random) -> Rules:
    sample.tables["table3"][chance.choice(FORM.rows).key]["total"] += chance.randint(1, 9)
    return ("T3-ROW",)


def column_sum(sample: Sample, chance: random.Random) -> Rules:
    """The column's total and what is carried out move together: rows and balance still hold."""
    column, by = chance.choice(APPLICANTS), chance.randint(1, 3)
    for row, change in (("total_processed", by), ("new_received", by)):
        for key in (column, "total"):
            sample.tables["table3"][row][key] += change
    return ("T3-SUM",)


def balance(sample: Sample, chance: random.Random) -> Rules:
    column, by = chance.choice(APPLICANTS), chance.randint(1, 5)
    for key in (column, "total"):
        sample.tables["table3"]["carried_out"][key] += by
    return ("T3-BAL",)


def dispute_sum(sample: Sample, chance: random.Random) -> Rules:
    sample.tables["table4"][chance.choice(FORM.cases).key]["total"] += chance.randint(1, 3)
    return ("T4-SUM",)


def one_cell(sample: Sample, chance: random.Random) -> Rules:
    row, column = chance.choice(FORM.outcomes).key, chance.choice(APPLICANTS)
    sample.tables["table3"][row][column] += chance.randint(1, 9)
    return ("T3-CELL",)


def carried_over(sample: Sample, chance: random.Random) -> Rules:
    column = chance.choice(APPLICANTS)
    for row in ("carried_out", "new_received"):
        for key in (column, "total"):
            sample.previous["table3"][row][key] += 2
    return ("X-CARRY",)


def stock(sample: Sample, chance: random.Random) -> Rules:
    if sample.year == 2021:  # the year before has the trial format, which tells no stock and no fee
        return None
    sample.previous["table2"]["normative_documents"]["in_force"] += chance.randint(1, 9)
    return ("X-STOCK",)


def frame(sample: Sample, chance: random.Random) -> Rules:
    place = chance.choice((0, 1, 2, 3, 4, 5))
    sample.removed.append(f"{'一二三四五六'[place]}、{FORM.parts[place]}")
    return ("FORMAT-HEADING",)


def cell(sample: Sample, chance: random.Random) -> Rules:
    row, column = chance.choice(FORM.rows).key, chance.choice(APPLICANTS)
    sample.tables["table3"][row][column] = chance.choice((None, "/", "-", "无", Decimal("1.5"), -1))
    return ("CELL",)


def parts(sample: Sample, chance: random.Random) -> Rules:
    if sample.wordings["posted"] == 3:
        return None
    sample.stated["b"] += chance.randint(1, 20)
    return ("PARTS",)


def applications(sample: Sample, chance: random.Random) -> Rules:
    stated, by = sample.stated, chance.randint(1, 9)
    if not stated["new"]:
        return None
    name = ("new", "handled", "new", "done", "done")[sample.wordings["received"]]
    stated[name] += by
    return ("NARRATIVE-T3",)


def disputes(sample: Sample, chance: random.Random) -> Rules:
    if sample.wordings["disputes"] == 3 or not sample.stated["new"]:
        return None
    sample.stated["review"] += 40
    sample.stated["review_closed"] += 40
    return ("NARRATIVE-T4",)


def none_received(sample: Sample, chance: random.Random) -> Rules:
    if not sample.stated["new"]:
        return None
    sample.stated["new"] = sample.stated["carried_in"] = 0
    return ("NO-APPLICATIONS", "NARRATIVE-T3")


def all_upheld(sample: Sample, chance: random.Random) -> Rules:
    row = sample.tables["table4"]["review"]
    if not row["corrected"] or sample.wordings["disputes"] == 0:
        return None
    sample.extra["overview"] = ["政府信息公开行政复议案件均获维持。"]
    return ("ALL-UPHELD", "NARRATIVE-T4")


def rate(sample: Sample, chance: random.Random) -> Rules:
    stated = sample.stated
    if not stated["last_new"] or not stated["new"] or sample.wordings["compared"] not in (0, 1):
        return None
    wrong = Decimal(percent(stated["difference"], stated["last_new"])) + Decimal("3.17")
    stated["rate"] = str(wrong)
    return ("RATE",)


def posted(sample: Sample, chance: random.Random) -> Rules:
    sample.wordings["decided"] = 3
    decided = sample.tables["table2"]["licensing"]
    sample.extra["overview"] = [f"全年公开行政许可信息{decided + 7}条。"]
    return ("POSTED",)


def fee_statement(sample: Sample, chance: random.Random) -> Rules:
    said = ("本年度无其他需要报告的事项。", "本年度未收取信息处理费。", "本年度发出信息处理费收费通知0件。")
    pattern = WORDINGS["fees"][sample.wordings["fees"]].format_map(sample.stated)
    sample.replaced.append((pattern, chance.choice(said)))
    return ("FEES",)


def fee_tariff(sample: Sample, chance: random.Random) -> Rules:
    due = chance.choice((155, 1234, 68))
    sample.stated |= {"fee_notices": 1, "fee_due": due, "fee_received": due}
    if chance.random() < 0.4:
        sample.stated |= {"fee_due": 900_000, "fee_received": 900_000, "fee_notices": 9}
        sample.tables["table2"]["fees_wan_yuan"] = Decimal("1.5")
        return ("FEE-TABLE",)
    sample.tables["table2"]["fees_wan_yuan"] = Decimal(5)
    return ("FEE-TARIFF",)


def fee_unit(sample: Sample, chance: random.Random) -> Rules:
    if chance.random() < 0.5:
        sample.tables["table2"]["fees_wan_yuan"] = Decimal("723.12345678")
    else:
        if sample.year == 2021:
            return None
        sample.previous["table2"]["fees_wan_yuan"] = Decimal("31.5012")
        sample.tables["table2"]["fees_wan_yuan"] = Decimal(315012 + chance.randint(0, 9000))
    return ("FEE-UNIT",)


def closing(sample: Sample, chance: random.Random) -> Rules:
    kind = chance.randrange(3)
    if kind == 0:
        sample.date_line = f"{sample.year + 1}年{'4' if sample.government else '2'}月{chance.randint(1, 28)}日"
        return ("DEADLINE",)
    if kind == 1:
        sample.publisher = "白塔市商务局"
        return ("PUBLISHER",)
    sample.date_line = f"{sample.year}年1月15日"
    return ("DEADLINE",)


def topics(sample: Sample, chance: random.Random) -> Rules:
    if sample.wordings["overview"] not in (0, 3):
        return None
    lead, name = chance.choice(
        (
            ("（三）政府信息管理", "management"),
            ("（四）政府信息公开平台建设", "platform"),
            ("（五）监督保障", "organisation"),
        )
    )
    spoken = {"management": "在政府信息管理方面，", "platform": "在平台建设方面，", "organisation": "在监督保障方面，"}[
        name
    ]
    said = WORDINGS[name][sample.wordings[name]].format_map(sample.stated)
    sample.replaced += [(lead, ""), (spoken, ""), (said, "")]
    sample.wordings |= {"posted": 0, "decided": 1}
    if name == "management":
        sample.wordings["results"] = 0
    return ("OVERVIEW",)


def measures(sample: Sample, chance: random.Random) -> Rules:
    if chance.random() < 0.3:
        sample.replaced.append((sample.sections()["problems"], "无。"))
        return ("MEASURES",)
    _problem, measure = MEASURES[sample.problems[-1]]
    sample.replaced.append((f"；{'一二三'[len(sample.problems) - 1]}是{measure}", ""))
    return ("MEASURES",)


def period(sample: Sample, chance: random.Random) -> Rules:
    kind = chance.randrange(3)
    if kind == 0:
        sample.extra["overview"] = [f"截至{sample.year}年11月30日，共公开执法信息26条。"]
    elif kind == 1:
        sample.extra["overview"] = ["上级网站采用信息34条（1月至11月）。"]
    else:
        sample.extra["overview"] = [f"{sample.year - 3}年，共公开环境执法信息26条。"]
    return ("PERIOD", "YEAR")


def likeness(sample: Sample, chance: random.Random) -> Rules:
    if chance.random() < 0.5:
        sample.last_wordings = dict(sample.wordings)
        return ("SIMILAR",)
    sample.tables["table2"]["coercion"] = 60
    sample.previous["table2"]["coercion"] = chance.choice((8, 900))
    return ("JUMP",)


def law(sample: Sample, chance: random.Random) -> Rules:
    kind = chance.randrange(5)
    if kind == 2 and sample.year <= 2022:  # that one ended in the course of 2022
        return None
    if kind == 0:
        if sample.org in MAKES_REGULATIONS or sample.org in ("青州市水务局",):
            return None
        sample.tables["table2"]["regulations"]["in_force"] = 2
        sample.previous["table2"]["regulations"]["in_force"] = 2
        return ("REGULATIONS",)
    words = {
        1: "按照《政府信息公开条例》第六十八条的规定，完善公开指南。",
        2: "依据《企业事业单位环境信息公开办法》，公开企业环境信息。",
        3: "不断规范公开公开流程，更新更新目录。",
        4: "依据《生态环境法典》第三条，公开环境信息。",
    }
    sample.extra["overview"] = [words[kind]]
    return {1: ("ARTICLE",), 2: ("LAW",), 3: ("WORDING",), 4: ("LAW",)}[kind]


DEFECTS: tuple[Defect, ...] = (
    row_total,
    column_sum,
    balance,
    dispute_sum,
    one_cell,
    carried_over,
    stock,
    frame,
    cell,
    parts,
    applications,
    disputes,
    none_received,
    all_upheld,
    rate,
    posted,
    fee_statement,
    fee_tariff,
    fee_unit,
    closing,
    topics,
    measures,
    period,
    likeness,
    law,
)
