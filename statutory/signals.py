"""Signals: facts of the ledger that a problem in part 五 can rest on, each with its measure.

They derive from the figures and the derived facts, and share their provenance. A message carries no
numeral, so that it can be put before a model; the exact numbers stand in the provenance. Nothing is
said that the rows do not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain import DerivedFact, Provenance, Signal
from forms import Form
from matters import work
from statutory.remarks import Place
from statutory.tally import Tally, traced
from statutory.vocabulary import decision_rows

# Below these, something was done but little of it; common sense, not law.
FEW_EXPLANATIONS, FEW_MEETINGS, LOW_ADOPTION_PERCENT = 3, 1, 50


def derive_signals(derived: Iterable[DerivedFact], tally: Tally, form: Form) -> tuple[Signal, ...]:
    """The signals of the year."""
    facts = {fact.key.removeprefix("derived."): fact for fact in derived}
    return (
        *_publication(facts, tally),
        *_posted_against_decided(tally, form),
        *_media(facts),
        *_meetings(facts),
        *_late_answers(facts),
        *_carried_out(facts, tally, form),
        *_corrected(tally, form),
    )


def of_tables(tally: Tally, form: Form) -> tuple[Signal, ...]:
    """The signals that the tables alone show, where there is no ledger behind them."""
    return (*_carried_out({}, tally, form), *_corrected(tally, form))


def fallen_categories_signal(fact: DerivedFact) -> Signal:
    """Categories that were published in last year and not in this one."""
    return Signal(
        "categories_fallen_to_zero",
        "部分上年有发布的信息类别，本年没有发布",
        "对照公开目录逐类核对应公开信息，落实责任股室并及时补发",
        fact.provenance,
    )


def _publication(facts: dict[str, DerivedFact], tally: Tally) -> Iterator[Signal]:
    months = facts.get("months_without_publication")  # not told where a year's counts are not by month
    if not tally.values["facts", "published_total"]:
        yield Signal(
            "no_publication",
            "全年没有发布信息的记录",
            "建立信息发布台账，按月核对应公开事项的发布情况",
            months.provenance if months else tally.provenance["facts.published_total"],
        )
        return
    if months and months.value:
        yield Signal(
            "months_without_publication",
            "部分月份没有发布信息，更新不够均衡",
            "按月制定信息发布计划，明确责任股室，每月末核对发布情况",
            months.provenance,
        )
    explained = facts.get("policy_explanations")
    if explained and explained.value < FEW_EXPLANATIONS:
        message = "政策解读类信息发布较少" if explained.value else "没有发布政策解读类信息"
        yield Signal(
            "few_policy_explanations", message, "政策文件与解读材料同步起草、同步审核、同步发布", _counted(explained)
        )


def _posted_against_decided(tally: Tally, form: Form) -> Iterator[Signal]:
    """Items posted (条) and decisions made (件) differ in kind; fewer items than decisions asks why."""
    for key, row in decision_rows(form).items():
        posted = tally.values.get(("facts", "published_by_category", row.label))
        decided = tally.values["table2", key]
        if posted is not None and posted < decided:
            places = tally.places["facts", "published_by_category", row.label]
            yield _signal(
                f"posted_below_decided.{key}",
                f"{row.label}信息的发布条数少于{row.label}决定件数，公开可能不够全面",
                f"逐件核对{row.label}决定的公开情况，及时补齐应公开的信息",
                f"信息类别“{row.label}”{posted}条，处理决定{decided}件",
                "信息发布",
                places,
            )


def _media(facts: dict[str, DerivedFact]) -> Iterator[Signal]:
    rate = facts.get("adoption_rate")
    if rate and rate.value < LOW_ADOPTION_PERCENT:
        yield Signal(
            "low_media_adoption",
            "报送信息被媒体采用的比例不高",
            "围绕重点工作和群众关切提高信息报送的质量和针对性",
            rate.provenance,
        )


def _meetings(facts: dict[str, DerivedFact]) -> Iterator[Signal]:
    """Work done too seldom; that none was done is said only where the ledger says so, by a line of its own."""
    for one in work().values():
        held = facts[one.path]
        if one.few and held.value <= FEW_MEETINGS and held.provenance.rows:
            what, measure = one.few
            message = f"{what}的次数偏少" if held.value else f"没有{what}的记录"
            yield Signal(f"few_{one.path}", message, measure, _counted(held))


def _late_answers(facts: dict[str, DerivedFact]) -> Iterator[Signal]:
    """Applications answered, or open at the end of the year, beyond the working days of 条例第三十三条."""
    counts = [facts[key] for key in ("answered_beyond_20_days", "open_beyond_20_days") if key in facts]
    late = [fact for fact in counts if fact.value]
    if not late:
        return
    message = "部分申请的答复用时超过法定的通常期限"
    if facts["answered_beyond_40_days"].value:
        message += "，个别超过依法延长后的最长期限"
    formula = "；".join(f"{fact.label}{fact.value}件：{fact.provenance.formula}" for fact in late)
    rows = tuple(sorted(row for fact in late for row in fact.provenance.rows))
    yield Signal(
        "late_answers",
        message,
        "对申请登记、转办、答复各环节设置期限提醒，确需延长的依法告知申请人",
        Provenance(formula, late[0].provenance.sheet, rows),
    )


def _carried_out(facts: dict[str, DerivedFact], tally: Tally, form: Form) -> Iterator[Signal]:
    """Open at the end of the year is a problem only where the usual period is over, or cannot be reckoned."""
    total = ("table3", form.row("carried_out").key, form.columns[-1].key)
    overdue = facts.get("open_beyond_20_days")
    if not tally.values[total] or overdue and not overdue.value:
        return
    message = "年底仍有超过通常期限的申请没有办结" if overdue else "年底仍有申请没有办结"
    yield _signal(
        "carried_out",
        f"{message}，结转下年度继续办理",
        "建立申请办理进度提醒，对临近期限的申请逐件督办",
        f"结转下年度继续办理{tally.values[total]}件",
        "依申请公开",
        tally.places[total],
    )


def _corrected(tally: Tally, form: Form) -> Iterator[Signal]:
    for case in form.cases:
        path = ("table4", case.key, "corrected")
        if tally.values.get(path):
            yield _signal(
                f"corrected.{case.key}",
                f"有{case.ledger}案件的结果为纠正，答复的规范性有待提高",
                "对被纠正的案件逐件分析原因，加强答复文书的法制审核",
                f"{case.ledger}结果纠正{tally.values[path]}件",
                "复议诉讼",
                tally.places[path],
            )


def _counted(fact: DerivedFact) -> Provenance:
    """The fact's provenance with its number at the end."""
    return replace(fact.provenance, formula=f"{fact.provenance.formula}：{fact.value}{fact.unit}")


def _signal(key: str, message: str, measure: str, formula: str, sheet: str, places: Iterable[Place]) -> Signal:
    return Signal(key, message, measure, traced(formula, sheet, tuple(places)))
