"""Questions over all organs: sixty of them, each with the answer computed here, apart from the program's own way."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal

import pytest

from collecting.asking import answer_over_organs
from domain import Figures, YearFigures
from tests.collecting.county import FORM, ORGANS, PLACE, random_tables, tables

TOWNS = ("城关镇人民政府", "临河乡人民政府", "东关街道办事处")
EVERYONE = (*ORGANS, *TOWNS)
DEPARTMENTS = ORGANS  # 部门: neither towns nor streets
YEARS = (2023, 2024, 2025)
TODAY = date(2026, 11, 29)
GOVERNMENT = f"{PLACE}人民政府"
J, Z, C, M, S, N, SC, B = ORGANS


def made_up():
    """The tables of every organ and year; one organ was never applied to."""
    chance = random.Random(11)
    found = {}
    for year in YEARS:
        for org in EVERYONE:
            found[org, year] = tables(licensing=5) if org == TOWNS[2] else random_tables(chance)
    return found


DATA = made_up()


def cell(org, year, *keys):
    """The sum of cells of the tables by their dotted keys, looked up without the program's own readers."""
    total = 0
    for key in keys:
        table, _, rest = key.partition(".")
        held = DATA[org, year][table]
        if table == "table2":
            first, _, second = rest.partition(".")
            total += held[first][second] if second else held[first]
        else:
            row, _, column = rest.rpartition(".")
            total += held[row][column]
    return total


def held():
    years = [
        YearFigures(
            org,
            year,
            f"{org}{year}年政府信息公开工作年度报告",
            False,
            Figures(org, year, "", "", facts={}, **its).flat(),
        )
        for (org, year), its in DATA.items()
    ]
    whole = Figures(GOVERNMENT, 2025, "", "", facts={}, **tables({"granted": 9999}))
    return [*years, YearFigures(GOVERNMENT, 2025, "政府报告", False, whole.flat())]


HELD = held()
NEW = ("table3.new_received.total",)
LICENSING, PENALTIES, FEES = ("table2.licensing",), ("table2.penalties",), ("table2.fees_wan_yuan",)
SUITS = ("table4.litigation_direct.total", "table4.litigation_after_review.total")
REVIEWS, CORRECTED = ("table4.review.total",), ("table4.review.corrected",)
DENIED = tuple(f"table3.{row.key}.total" for row in FORM.rows if row.key.startswith("denied."))
GRANTED, DONE, LEFT = ("table3.granted.total",), ("table3.total_processed.total",), ("table3.carried_out.total",)
PERSONS = ("table3.new_received.natural_person",)


def ask(question, earlier=(), own=()):
    return answer_over_organs(question, HELD, own, earlier, TODAY)


def said(answer):
    """The sentence that answers, without the reading above it and the table below."""
    return answer.answer.split("\n")[2]


def named(text):
    return [org for _, org in sorted((text.find(org), org) for org in EVERYONE if org in text)]


def plain(number):
    return f"{Decimal(number):f}".rstrip("0").rstrip(".") if Decimal(number) % 1 else str(int(number))


def top(keys, year=2025, most=1, least=False, organs=EVERYONE):
    """The organs with the largest (or smallest) numbers, ties at the end included, and the numbers."""
    values = sorted(((cell(org, year, *keys), org) for org in organs), key=lambda one: one[0], reverse=not least)
    last = values[most - 1][0]
    kept = [(value, org) for at, (value, org) in enumerate(values) if at < most or value == last]
    return {org for _, org in kept}, {plain(value) for value, _ in kept}


def where(condition, organs=EVERYONE):
    return {org for org in organs if condition(org)}


BUREAUS = tuple(org for org in EVERYONE if org.endswith("局"))
# question → the organs that are the answer, and numbers that must stand in it
RANKED = [
    ("哪个部门收到的申请最多", *top(NEW, organs=DEPARTMENTS)),
    ("2025年哪个单位新收的政府信息公开申请最少？", *top(NEW, least=True)),
    ("2024年申请最多的单位是哪家", *top(NEW, 2024)),
    ("申请量排名前三的部门是哪些", *top(NEW, most=3, organs=DEPARTMENTS)),
    ("收到申请最多的五个部门", *top(NEW, most=5, organs=DEPARTMENTS)),
    ("行政处罚最多的是哪个局", *top(PENALTIES, organs=BUREAUS)),
    ("哪个部门的行政诉讼最多", *top(SUITS, organs=DEPARTMENTS)),
    ("哪个乡镇收到的申请最多", *top(NEW, organs=TOWNS)),
    ("收费最多的是哪个部门", *top(FEES, organs=DEPARTMENTS)),
    ("结转下年度最多的是谁", *top(LEFT)),
    ("自然人申请最多的部门", *top(PERSONS, organs=DEPARTMENTS)),
    ("谁的行政许可最多", *top(LICENSING)),
    ("2023年行政许可最少的三个单位", *top(LICENSING, 2023, 3, True)),
    ("不予公开最多的部门是哪个", *top(DENIED, organs=DEPARTMENTS)),
    ("哪个部门制发的规范性文件最多", *top(("table2.normative_documents.issued",), organs=DEPARTMENTS)),
    ("各部门行政处罚从高到低排名", set(DEPARTMENTS), {plain(cell(org, 2025, *PENALTIES)) for org in DEPARTMENTS}),
    ("哪个部门收到的政府信息公开申请数量最多？", *top(NEW, organs=DEPARTMENTS)),
    ("帮我按行政许可数量给各部门排个名", set(DEPARTMENTS), {plain(cell(org, 2025, *LICENSING)) for org in DEPARTMENTS}),
    ("行政复议倒数三名的单位", *top(REVIEWS, most=3, least=True)),
]
FILTERED = [
    ("哪些部门有行政复议被纠正", where(lambda org: cell(org, 2025, *CORRECTED), DEPARTMENTS)),
    ("哪些部门有纠正的行政复议", where(lambda org: cell(org, 2025, *CORRECTED), DEPARTMENTS)),
    ("哪些局三年没有收到申请", where(lambda org: not any(cell(org, y, *NEW) for y in YEARS), BUREAUS)),
    ("三年都没有收到申请的单位有哪些", where(lambda org: not any(cell(org, y, *NEW) for y in YEARS))),
    ("收到申请超过30件的部门有哪些", where(lambda org: cell(org, 2025, *NEW) > 30, DEPARTMENTS)),
    ("申请在20到35件之间的部门", where(lambda org: 20 <= cell(org, 2025, *NEW) <= 35, DEPARTMENTS)),
    ("行政许可不足300件的单位", where(lambda org: cell(org, 2025, *LICENSING) < 300)),
    ("2024年行政处罚不少于五十件的是哪些部门", where(lambda org: cell(org, 2024, *PENALTIES) >= 50, DEPARTMENTS)),
    ("哪些部门有结转", where(lambda org: cell(org, 2025, *LEFT), DEPARTMENTS)),
    ("哪些单位没有行政诉讼", where(lambda org: not cell(org, 2025, *SUITS))),
    (
        "哪些部门有申请但没有予以公开",
        where(lambda org: cell(org, 2025, *NEW) and not cell(org, 2025, *GRANTED), DEPARTMENTS),
    ),
    ("哪些单位既有行政复议又有行政诉讼", where(lambda org: cell(org, 2025, *REVIEWS) and cell(org, 2025, *SUITS))),
    (
        "哪些部门以国家秘密为由不予公开过",
        where(lambda org: cell(org, 2025, "table3.denied.state_secret.total"), DEPARTMENTS),
    ),
    (
        "哪些部门没有收到申请，也没有行政处罚",
        where(lambda org: not cell(org, 2025, *NEW) and not cell(org, 2025, *PENALTIES), DEPARTMENTS),
    ),
    ("哪些部门上年结转的申请不为零", where(lambda org: cell(org, 2025, "table3.carried_in.total"), DEPARTMENTS)),
    ("申请件数在10件以上的部门有几个", where(lambda org: cell(org, 2025, *NEW) >= 10, DEPARTMENTS)),
    ("有没有部门没有收到申请", where(lambda org: not cell(org, 2025, *NEW), DEPARTMENTS)),
    ("哪些部门的申请比上年减少了", where(lambda org: cell(org, 2025, *NEW) < cell(org, 2024, *NEW), DEPARTMENTS)),
    ("哪些部门今年收到的申请比去年多", where(lambda org: cell(org, 2025, *NEW) > cell(org, 2024, *NEW), DEPARTMENTS)),
    ("申请量同比下降的部门", where(lambda org: cell(org, 2025, *NEW) < cell(org, 2024, *NEW), DEPARTMENTS)),
    (
        "行政处罚逐年增加的单位",
        where(lambda org: cell(org, 2023, *PENALTIES) < cell(org, 2024, *PENALTIES) < cell(org, 2025, *PENALTIES)),
    ),
    (
        "申请连续两年下降的部门有哪些",
        where(lambda org: cell(org, 2023, *NEW) > cell(org, 2024, *NEW) > cell(org, 2025, *NEW)),
    ),
]


def total(keys, year=2025, organs=EVERYONE):
    return sum(cell(org, year, *keys) for org in organs)


def share(part, whole):
    return f"{Decimal(part) * 100 / Decimal(whole):.2f}%"


def change(org, now=2025, then=2024):
    return cell(org, now, *NEW) - cell(org, then, *NEW)


NUMBERS = [
    ("各部门共收到多少件申请", [total(NEW, organs=DEPARTMENTS)]),
    ("各部门共收到多少件", [total(NEW, organs=DEPARTMENTS)]),
    ("全县2025年行政处罚总数是多少", [total(PENALTIES)]),
    ("2024年各部门行政处罚合计", [total(PENALTIES, 2024, DEPARTMENTS)]),
    ("乡镇街道共收到多少件申请", [total(NEW, organs=TOWNS)]),
    ("教育体育局和财政局一共收到多少件申请", [cell(J, 2025, *NEW) + cell(C, 2025, *NEW)]),
    ("全县行政复议维持多少件", [total(("table4.review.upheld",))]),
    (
        "2023年到2025年全县收到的申请逐年是多少",
        [total(NEW, year) for year in YEARS] + [sum(total(NEW, y) for y in YEARS)],
    ),
    ("全县收费一共多少万元", [total(FEES)]),
    (
        "全县平均每个部门收到多少件申请",
        [f"{Decimal(total(NEW, organs=DEPARTMENTS)) / len(DEPARTMENTS):.2f}".rstrip("0").rstrip(".")],
    ),
    ("教育体育局比自然资源局多几件申请", [abs(cell(J, 2025, *NEW) - cell(Z, 2025, *NEW))]),
    ("财政局的行政许可比民政局少多少", [abs(cell(C, 2025, *LICENSING) - cell(M, 2025, *LICENSING))]),
    ("民政局和水务局的申请相差多少", [abs(cell(M, 2025, *NEW) - cell(S, 2025, *NEW))]),
    ("教育体育局比自然资源局多几件", [abs(cell(J, 2025, *NEW) - cell(Z, 2025, *NEW))]),
    ("民政局、水务局、财政局三家共收到多少件申请", [sum(cell(org, 2025, *NEW) for org in (M, S, C))]),
    ("教育体育局2025年比2024年多收到多少件申请", [abs(cell(J, 2025, *NEW) - cell(J, 2024, *NEW))]),
    ("教体局和市监局谁的申请多", [cell(J, 2025, *NEW), cell(SC, 2025, *NEW)]),
    ("教育体育局收到的申请占全县的比例", [share(cell(J, 2025, *NEW), total(NEW))]),
    ("全县予以公开的比例是多少", [share(total(GRANTED), total(DONE))]),
    ("全县申请比上年增长多少", [total(NEW), total(NEW, 2024), abs(total(NEW) - total(NEW, 2024))]),
    ("青石县农业农村局2024年新收了多少件申请", [cell(N, 2024, *NEW)]),
    ("县政府办公室的行政许可有多少件", [cell(B, 2025, *LICENSING)]),
    ("有多少个部门收到了申请", [sum(cell(org, 2025, *NEW) > 0 for org in DEPARTMENTS)]),
    ("几个部门没有行政诉讼", [sum(cell(org, 2025, *SUITS) == 0 for org in DEPARTMENTS)]),
]


@pytest.mark.parametrize(("question", "organs", "numbers"), RANKED, ids=[one[0] for one in RANKED])
def test_who_is_first(question, organs, numbers):
    answer = ask(question)
    assert not answer.refused and answer.mode == "figures"
    assert set(named(said(answer))) == organs
    assert numbers <= set(re.findall(r"\d+(?:\.\d+)?", said(answer)))


@pytest.mark.parametrize(("question", "organs"), FILTERED, ids=[one[0] for one in FILTERED])
def test_who_meets_a_condition(question, organs):
    answer = ask(question)
    assert not answer.refused
    assert set(named(said(answer))) == organs
    assert f"{len(organs)}个" in said(answer)


@pytest.mark.parametrize(("question", "numbers"), NUMBERS, ids=[one[0] for one in NUMBERS])
def test_how_many(question, numbers):
    answer = ask(question)
    assert not answer.refused
    found = re.findall(r"\d+(?:\.\d+)?%?", said(answer))
    assert {plain(one) if not isinstance(one, str) else one for one in numbers} <= set(found)


def growth(org):
    before = cell(org, 2024, *NEW)
    return Decimal(change(org)) / before if before else None


def test_growth_is_ranked_by_its_rate_or_by_its_number():
    rising = sorted((org for org in DEPARTMENTS if growth(org) and growth(org) > 0), key=growth, reverse=True)
    assert named(said(ask("依申请公开增长最快的五个部门"))) == rising[:5]
    most = max(DEPARTMENTS, key=change)
    assert named(said(ask("哪个部门申请量增加最多"))) == [most]
    assert str(change(most)) in said(ask("哪个部门申请量增加最多"))
    changed = max(DEPARTMENTS, key=lambda org: abs(change(org)))
    assert named(said(ask("申请数量变化最大的部门"))) == [changed]
    falling = min(DEPARTMENTS, key=lambda org: cell(org, 2025, *LICENSING) - cell(org, 2024, *LICENSING))
    assert named(said(ask("行政许可下降最多的部门"))) == [falling]


def test_shares_are_ranked():
    def rate(org):
        return Decimal(cell(org, 2025, *DENIED)) / cell(org, 2025, *DONE) if cell(org, 2025, *DONE) else Decimal(-1)

    assert named(said(ask("哪个部门不予公开的比例最高"))) == [max(EVERYONE, key=rate)]
    assert share(max(map(rate, EVERYONE)), 1) in said(ask("哪个部门不予公开的比例最高"))
    first = max(EVERYONE, key=lambda org: cell(org, 2025, *NEW))
    answer = said(ask("哪个部门占全县申请的比重最大"))
    assert named(answer) == [first] and share(cell(first, 2025, *NEW), total(NEW)) in answer


def test_every_organ_stands_in_a_list_with_its_number():
    for question, keys in (("各部门分别收到多少件申请", NEW), ("列出各单位的行政许可、行政处罚", LICENSING)):
        rows = [line for line in ask(question).answer.split("\n") if line.startswith("| ")][2:]
        organs = list(DEPARTMENTS if "部门" in question else EVERYONE)
        assert [row.split(" | ")[0].strip("| ") for row in rows] == organs
        assert [row.split(" | ")[1].strip("| ") for row in rows] == [plain(cell(org, 2025, *keys)) for org in organs]


def test_years_are_ranked_too():
    best = max(YEARS, key=lambda year: total(NEW, year))
    assert said(ask("哪一年全县收到的申请最多")) == f"{best}年最多，{total(NEW, best)}件。"


def test_an_answer_shows_how_the_question_was_read_and_where_the_numbers_stand():
    answer = ask("收到申请最多的五个部门")
    assert answer.answer.startswith(
        "按：2025年，新收政府信息公开申请（表三“一、本年新收政府信息公开申请数量”总计），"
        "全部8个部门（不含乡镇街道3个），最大的5个。"
    )
    assert "来源：《" in answer.answer and [note.code for note in answer.notes] == ["by-program"]


@pytest.mark.parametrize(
    ("turns", "question", "organs"),
    [
        (["哪个部门收到的申请最多"], "2024年呢", top(NEW, 2024, organs=DEPARTMENTS)[0]),
        (["哪个部门收到的申请最多"], "最少的呢", top(NEW, least=True, organs=DEPARTMENTS)[0]),
        (["哪个部门收到的申请最多"], "那行政许可呢", top(LICENSING, organs=DEPARTMENTS)[0]),
        (["哪个部门收到的申请最多", "那行政许可呢"], "前三名呢", top(LICENSING, most=3, organs=DEPARTMENTS)[0]),
        (["收到申请超过30件的部门有哪些"], "2023年呢", where(lambda org: cell(org, 2023, *NEW) > 30, DEPARTMENTS)),
    ],
)
def test_a_reading_is_corrected_by_the_next_question(turns, question, organs):
    answer = ask(question, turns)
    assert set(named(said(answer))) == organs and answer.standalone


def test_two_questions_in_one_are_both_answered():
    told = ask("哪个部门申请最多，哪个部门最少").answer
    both = top(NEW, organs=DEPARTMENTS)[0] | top(NEW, least=True, organs=DEPARTMENTS)[0]
    assert both <= set(named(told))
    assert "最多" in told and "最少" in told


@pytest.mark.parametrize(
    "question",
    [
        "哪个部门上半年收到的申请最多",
        "哪个部门收到的网络申请最多",
        "哪个部门的满意度最高的申请",
        "教育体育局比气象局多几件申请",
    ],
)
def test_what_is_not_understood_is_refused_and_never_guessed(question):
    answer = ask(question)
    assert answer is None or answer.refused
    assert answer is None or not re.search(r"\d+件", answer.answer)


@pytest.mark.parametrize(
    "question",
    [
        "哪些部门应当公开行政许可",
        "各部门应当在多少天内答复申请",
        "谁有权申请政府信息公开",
        "哪个部门负责受理行政复议",
        "强制措施有哪些",
        "所有申请都要收费吗",
        "不予公开的理由有哪些",
        "能不能延期",
        "哪些机关能自己强制",
        "几个部门的处罚权能集中给一个单位吗",
        "县里谁来承办复议",
        "起诉该告哪个单位",
        "处罚由哪个机关定",
        "信访条例管哪些单位",
        "发现规章违法转给哪个机关",
        "普通处罚案归县里吗",
        "县里哪些单位得受理公开申请",
        "各机关都有信访的责任吗",
    ],
)
def test_a_question_of_law_is_left_to_the_law(question):
    assert ask(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "能列出各部门的行政处罚件数吗",
        "能告诉我哪个局被告得最多吗",
        "能给个各部门新收申请的排名吗",
        "全县各单位收到的申请能算个总数吗",
    ],
)
def test_a_polite_question_for_figures_is_none_of_law(question):
    assert ask(question) is not None


def test_a_question_about_the_offices_own_organ_alone_is_left_to_its_own_figures():
    assert ask("教育体育局2025年收到多少件申请", own=[J]) is None
    assert ask("教育体育局比财政局多几件申请", own=[J]) is not None


def test_what_is_missing_is_named_and_not_nought():
    without = [one for one in HELD if (one.org, one.year) != (C, 2025)]
    answer = answer_over_organs("各部门共收到多少件申请", without, (), (), TODAY)
    assert str(total(NEW, organs=DEPARTMENTS) - cell(C, 2025, *NEW)) in said(answer)
    assert f"没有2025年数字的{C}" in answer.answer


def test_the_governments_own_report_is_not_added_to_its_organs():
    assert str(total(NEW)) in said(ask("全县一共收到多少件申请"))
    assert "9999" in said(ask(f"{GOVERNMENT}收到多少件申请"))


def test_one_organ_under_two_names_counts_once():
    short = YearFigures("教体局", 2025, "台账", True, {"table3.new_received.total": 1000})
    answer = answer_over_organs("各部门共收到多少件申请", [*HELD, short], (), (), TODAY)
    assert str(total(NEW, organs=DEPARTMENTS)) in said(answer)
