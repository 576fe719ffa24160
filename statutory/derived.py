"""Derived facts: figures that no statutory table holds but part 一 or part 五 can state.

Each has its formula and its rows. Percentages are exact, rounded half-up to two places; where there
is nothing to divide by, or no holiday arrangement to count working days by, there is no fact.
Labels carry no numeral, so that they can be put before a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain import DerivedFact, DueDate, Number
from forms import Form
from matters import work
from statutory.clock import due_date, taken
from statutory.entries import Application, Entries
from statutory.remarks import Place, describe
from statutory.tally import Tally, traced
from working_days import ANSWER_DAYS, EXTENDED_DAYS

# 收办 in reports: what was received in the year and what was carried into it.
HANDLED, HANDLED_LABEL = "applications_handled", "收办的政府信息公开申请"
FROM_RECEIPT = (
    "自收到（补正的自收到补正）次日起按工作日（法定节假日除外、调休上班日计入）算到办结当日，"
    "扣除台账记载的征求第三方意见、转办的时间"
)


def derive_facts(
    entries: Entries, tally: Tally, form: Form, year: int
) -> tuple[tuple[DerivedFact, ...], tuple[str, ...]]:
    """The facts of one ledger, and a warning where answering times could not be measured."""
    by_count = tally.stated is not None and any(path[0] == "table3" for path in tally.stated.figures)
    times, warnings = ([], ()) if by_count else _answering_times(entries.applications, year)
    found = (
        *_publication(entries, tally, year),
        *_adoption(entries, tally, year),
        *_work(entries, tally, year),
        *_applications(tally, form),
        *times,
    )
    return found, (*warnings, *_unrecorded(tally))


def _unrecorded(tally: Tally) -> Iterator[str]:
    """Work of which the ledger says nothing: neither that it was done nor that it was not."""
    paths = {kind: ("facts", one.path) for kind, one in work().items()}
    silent = [kind for kind, path in paths.items() if not tally.places[path]]
    if silent:
        listed = "、".join(f"“{kind}”" for kind in silent)
        yield f"台账没有{listed}的记录，报告不写有没有开展；确实没有的，请在“汇总数据”加一行填0"


def half_up(value: Fraction) -> Decimal:
    """Rounded to two places, halves away from zero; exact, as no binary or truncated division is."""
    hundredths = int(abs(value) * 100 + Fraction(1, 2))
    return Decimal(hundredths if value >= 0 else -hundredths).scaleb(-2)


def percentage(part: Number, whole: Number) -> Decimal:
    """``part`` of ``whole`` in per cent; ``whole`` is not 0."""
    return half_up(Fraction(part) * 100 / Fraction(whole))


def _publication(entries: Entries, tally: Tally, year: int) -> Iterator[DerivedFact]:
    posted = [item for item in entries.publications if item.day.year == year]
    places = [item.place for item in posted]
    by_month: Mapping[int, int] | None = Counter(item.day.month for item in posted)
    sheet = "信息发布"
    if tally.stated and ("facts", "published_total") in tally.stated.figures:
        by_month, sheet = tally.stated.months, "汇总数据"
        places = list(tally.places["facts", "published_total"])
    if by_month is not None:
        months = [month for month in range(1, 13) if not by_month.get(month)]
        listed = "、".join(f"{month}月" for month in months)
        trace = replace(traced("", sheet, tuple(places)), formula=f"{year}年没有发布记录的月份：{listed or '无'}")
        yield DerivedFact(
            "derived.months_without_publication", "没有发布信息的月份", len(months), "个月", trace, listed
        )
    if sheet != "信息发布":
        return
    explained = [item.place for item in posted if "解读" in item.category]
    yield _fact(
        "policy_explanations",
        "政策解读类信息",
        len(explained),
        "条",
        f"发布日期在{year}年内、信息类别含“解读”的行数",
        "信息发布",
        explained,
    )
    by_category = {
        path[2]: value for path, value in tally.values.items() if path[:2] == ("facts", "published_by_category")
    }
    if by_category:
        largest = max(by_category, key=by_category.__getitem__)  # the first of equals, as the ledger lists them
        most = by_category[largest]
        yield _fact(
            "largest_category_share",
            "发布最多的信息类别所占比例",
            percentage(most, len(posted)),
            "%",
            f"“{largest}”{most}条÷全年发布{len(posted)}条，四舍五入到两位小数",
            "信息发布",
            tally.places["facts", "published_by_category", largest],
            largest,
        )


def _adoption(entries: Entries, tally: Tally, year: int) -> Iterator[DerivedFact]:
    submitted = tally.values["facts", "media_submitted"]
    adopted = sum(bool(item.adopters) for item in entries.submissions if item.day.year == year)
    if submitted:
        yield _fact(
            "adoption_rate",
            "报送信息采用率",
            percentage(adopted, submitted),
            "%",
            f"采用{adopted}条÷报送{submitted}条，四舍五入到两位小数",
            "媒体采用",
            tally.places["facts", "media_submitted"],
        )


def _work(entries: Entries, tally: Tally, year: int) -> Iterator[DerivedFact]:
    """Briefings and trainings with the days on which they were held."""
    for kind, one in work().items():
        held = sorted(
            (item for item in entries.work if item.kind == kind and item.day.year == year), key=lambda i: i.day
        )
        days = "、".join(f"{item.day.month}月{item.day.day}日" for item in held)
        if not held and (said := tally.provenance[f"facts.{one.path}"]).rows:
            yield DerivedFact(f"derived.{one.path}", kind, 0, one.unit, said)
            continue
        yield _fact(
            one.path,
            kind,
            tally.values["facts", one.path],
            one.unit,
            tally.provenance[f"facts.{one.path}"].formula,
            tally.provenance[f"facts.{one.path}"].sheet,
            tally.places["facts", one.path],
            days,
        )


def _applications(tally: Tally, form: Form) -> Iterator[DerivedFact]:
    total = form.columns[-1].key
    paths = [("table3", form.row(role).key, total) for role in ("received", "carried_in")]
    new, carried = (tally.values[path] for path in paths)
    yield _fact(
        HANDLED,
        HANDLED_LABEL,
        new + carried,
        "件",
        f"本年新收{new}件＋上年结转{carried}件",
        "依申请公开",
        (place for path in paths for place in tally.places[path]),
    )
    processed = tally.values["table3", form.row("processed").key, total]
    granted = ("table3", "granted", total)
    if processed and granted in tally.values:
        yield _fact(
            "granted_share",
            "予以公开所占比例",
            percentage(tally.values[granted], processed),
            "%",
            f"予以公开{tally.values[granted]}件÷办结{processed}件，四舍五入到两位小数",
            "依申请公开",
            tally.places[granted],
        )


def _answering_times(applications: Iterable[Application], year: int) -> tuple[list[DerivedFact], tuple[str, ...]]:
    """How long the year's answers took, and which applications still open at its end wait too long.

    What stops or lengthens the time is taken from the ledger (``clock``). Where a cell of it was not
    understood, nobody is called late: there are no facts, and the warning names the rows.
    """
    end = date(year, 12, 31)
    handled = [a for a in applications if a.received <= end and not (a.closed and a.closed.year < year)]
    if unread := [item for item in handled if item.clock.unknown]:
        said = "、".join(f"“{heading}”" for heading in dict.fromkeys(item.clock.unknown for item in unread))
        where = describe(item.place for item in unread)
        return [], (
            f"{where}：{said}可能说的是延期、补正、征求意见或转办，看不懂，因此不计算答复用时，也不判断是否超期",
        )
    measured = [(item, taken(item.received, min(item.closed or end, end), item.clock)) for item in handled]
    if unknown := {item.received.year for item, days in measured if days is None}:
        years = "、".join(str(year) for year in sorted(unknown | {year}))
        return [], (f"程序没有{years}年全部的法定节假日安排，未核对依申请公开的答复期限，也不计算答复用时",)
    known = [(item, days) for item, days in measured if days is not None]
    answered = [(item, days) for item, days in known if item.closed and item.closed.year == year]
    waiting = [(item, days) for item, days in known if not (item.closed and item.closed.year == year)]
    return [
        *_answered(answered),
        _beyond("open_beyond_20_days", "到年底仍未办结且超过通常期限的申请", waiting, ANSWER_DAYS),
    ], ()


def _answered(answered: list[tuple[Application, int]]) -> Iterator[DerivedFact]:
    yield _beyond("answered_beyond_20_days", "超过通常期限办结的申请", answered, ANSWER_DAYS)
    yield _beyond("answered_beyond_40_days", "超过延长后最长期限办结的申请", answered, EXTENDED_DAYS)
    if not answered:
        return
    extended = [item.place for item, days in answered if days > ANSWER_DAYS and not _late(item, days, ANSWER_DAYS)]
    if extended:
        formula = f"用时超过{ANSWER_DAYS}个工作日、在依法延长的期限内办结的行数；{FROM_RECEIPT}"
        label = "依法延长后按期办结的申请"
        yield _fact("answered_extended", label, len(extended), "件", formula, "依申请公开", extended)
    places, days = [item.place for item, _ in answered], [days for _, days in answered]
    within = [item.place for item, days in answered if days <= ANSWER_DAYS]
    yield _fact(
        "answered_within_20_days_rate",
        "在通常期限内办结的比例",
        percentage(len(within), len(answered)),
        "%",
        f"{ANSWER_DAYS}个工作日内办结{len(within)}件÷办结{len(answered)}件，四舍五入到两位小数；{FROM_RECEIPT}",
        "依申请公开",
        within,
    )
    longest = max(days)
    yield _fact(
        "longest_answer_days",
        "办结用时最长的申请",
        longest,
        "个工作日",
        f"办结用时的最大值；{FROM_RECEIPT}",
        "依申请公开",
        (item.place for item, days in answered if days == longest),
    )
    yield _fact(
        "average_answer_days",
        "平均办结用时",
        half_up(Fraction(sum(days), len(days))),
        "个工作日",
        f"各件办结用时之和{sum(days)}÷办结{len(days)}件，四舍五入到两位小数；{FROM_RECEIPT}",
        "依申请公开",
        places,
    )


def _beyond(key: str, label: str, measured: list[tuple[Application, int]], limit: int) -> DerivedFact:
    """Those that took longer than ``limit``; one that was extended by law has its own limit."""
    late = [item.place for item, days in measured if _late(item, days, limit)]
    until = "（未办结的算到年底）" if key.startswith("open") else ""
    longer = f"（依法延长的为{EXTENDED_DAYS}个）" if any(item.clock.extended for item, _ in measured) else ""
    return _fact(
        key,
        label,
        len(late),
        "件",
        f"用时超过{limit}个工作日{longer}的行数{until}；{FROM_RECEIPT}",
        "依申请公开",
        late,
        f"超过{limit}个工作日",
    )


def _late(item: Application, days: int, limit: int) -> bool:
    return days > max(limit, item.clock.limit) and not _in_time(item)


def _in_time(item: Application) -> bool:
    """Whether it was answered by the last day that the office had set when it extended the time."""
    return bool(item.clock.until and item.closed and item.closed <= item.clock.until)


def due_dates(applications: Iterable[Application], year: int) -> tuple[DueDate, ...]:
    """The last day to answer each application that is open, in the order of the days; unknown ones last."""
    waiting = [item for item in applications if item.closed is None and item.received.year <= year]
    found = [DueDate(item.place.part, item.place.row, *due_date(item.received, item.clock)) for item in waiting]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.sheet, one.row)))


def _fact(
    key: str, label: str, value: Number, unit: str, formula: str, sheet: str, places: Iterable[Place], detail: str = ""
) -> DerivedFact:
    return DerivedFact(f"derived.{key}", label, value, unit, traced(formula, sheet, tuple(places)), detail)
