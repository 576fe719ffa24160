"""Signals: facts of the ledger that a problem in part 五 can rest on, each with its measure.

A message carries no numeral, so that it can be put before a model; the exact numbers stand in the
provenance. Nothing is said that the rows do not show.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Callable, Iterable, Iterator, Mapping

import chinese_calendar

from domain import Provenance, Signal
from forms import Form
from statutory.counting import WORK_FACTS
from statutory.entries import Application, Entries
from statutory.remarks import Place
from statutory.tally import Tally
from statutory.vocabulary import decision_rows

# 条例第三十三条: an answer is due within 20 working days from the day of receipt.
ANSWER_WORKING_DAYS = 20
# Below these, something was done but little of it; common sense, not law.
FEW_EXPLANATIONS, FEW_MEETINGS, LOW_ADOPTION = 3, 1, 0.5


def derive_signals(entries: Entries, tally: Tally, form: Form, year: int) -> tuple[tuple[Signal, ...], tuple[str, ...]]:
    """The signals of the year, and warnings where a signal could not be derived."""
    late, warnings = _late_answers(entries.applications, year)
    found = (
        *_publication(entries, year),
        *_posted_against_decided(tally, form),
        *_media(tally),
        *_meetings(tally),
        *late,
        *_outcomes(tally, form),
    )
    return tuple(found), warnings


def _publication(entries: Entries, year: int) -> Iterator[Signal]:
    posted = [item for item in entries.publications if item.day.year == year]
    months = [month for month in range(1, 13) if not any(item.day.month == month for item in posted)]
    if not posted:
        yield _signal("no_publication", "全年没有发布信息的记录", "建立信息发布台账，按月核对应公开事项的发布情况",
                      f"{year}年没有发布日期在年内的行", "信息发布")  # fmt: skip
        return
    if months:
        yield _signal("months_without_publication", "部分月份没有发布信息，更新不够均衡",
                      "按月制定信息发布计划，明确责任股室，每月末核对发布情况",
                      f"{year}年没有发布记录的月份：{'、'.join(f'{month}月' for month in months)}", "信息发布")  # fmt: skip
    explained = [item.place for item in posted if "解读" in item.category]
    if len(explained) < FEW_EXPLANATIONS:
        message = "政策解读类信息发布较少" if explained else "没有发布政策解读类信息"
        yield _signal("few_policy_explanations", message, "政策文件与解读材料同步起草、同步审核、同步发布",
                      f"信息类别含“解读”的共{len(explained)}条", "信息发布", explained)  # fmt: skip


def _posted_against_decided(tally: Tally, form: Form) -> Iterator[Signal]:
    """Items posted (条) and decisions made (件) differ in kind; fewer items than decisions asks why."""
    for key, row in decision_rows(form).items():
        posted = tally.values.get(("facts", "published_by_category", row.label))
        decided = tally.values["table2", key]
        if posted is not None and posted < decided:
            places = tally.places["facts", "published_by_category", row.label]
            yield _signal(f"posted_below_decided.{key}", f"{row.label}信息的发布条数少于{row.label}决定件数，公开可能不够全面",
                          f"逐件核对{row.label}决定的公开情况，及时补齐应公开的信息",
                          f"信息类别“{row.label}”{posted}条，处理决定{decided}件", "信息发布", places)  # fmt: skip


def _media(tally: Tally) -> Iterator[Signal]:
    submitted = tally.values["facts", "media_submitted"]
    adopted = sum(value for path, value in tally.values.items() if path[:2] == ("facts", "media_adopted"))
    if submitted and adopted / submitted < LOW_ADOPTION:
        yield _signal("low_media_adoption", "报送信息被媒体采用的比例不高", "围绕重点工作和群众关切提高信息报送的质量和针对性",
                      f"采用{adopted}条÷报送{submitted}条", "媒体采用", tally.places["facts", "media_submitted"])  # fmt: skip


def _meetings(tally: Tally) -> Iterator[Signal]:
    said = {
        "听取汇报": ("主要负责人听取政务公开工作汇报", "将政务公开工作纳入单位会议议题，定期听取汇报、研究解决问题"),
        "业务培训": ("政务公开业务培训", "制定培训计划，面向各股室组织政务公开业务培训"),
    }
    for kind, (what, measure) in said.items():
        path = ("facts", WORK_FACTS[kind])
        held = tally.values[path]
        if held <= FEW_MEETINGS:
            message = f"{what}的次数偏少" if held else f"没有{what}的记录"
            yield _signal(f"few_{path[1]}", message, measure, f"类型为“{kind}”的共{held}次", "工作记录", tally.places[path])


def _outcomes(tally: Tally, form: Form) -> Iterator[Signal]:
    total = ("table3", form.row("carried_out").key, form.columns[-1].key)
    if tally.values[total]:
        yield _signal("carried_out", "年底仍有申请没有办结，结转下年度继续办理", "建立申请办理进度提醒，对临近期限的申请逐件督办",
                      f"结转下年度继续办理{tally.values[total]}件", "依申请公开", tally.places[total])  # fmt: skip
    for case in form.cases:
        path = ("table4", case.key, "corrected")
        if tally.values.get(path):
            yield _signal(f"corrected.{case.key}", f"有{case.ledger}案件的结果为纠正，答复的规范性有待提高",
                          "对被纠正的案件逐件分析原因，加强答复文书的法制审核",
                          f"{case.ledger}结果纠正{tally.values[path]}件", "复议诉讼", tally.places[path])  # fmt: skip


def _late_answers(applications: Iterable[Application], year: int) -> tuple[list[Signal], tuple[str, ...]]:
    """Applications closed in the year, or open at its end, beyond the working days of 条例第三十三条."""
    end, late = date(year, 12, 31), []
    handled = [a for a in applications if a.received <= end and not (a.closed and a.closed.year < year)]
    try:
        for item in handled:
            until = min(item.closed or end, end)
            if working_days(item.received, until) > ANSWER_WORKING_DAYS:
                late.append(item.place)
    except NotImplementedError:
        return [], (f"没有{year}年前后的法定节假日安排，未核对依申请公开的答复期限",)
    if not late:
        return [], ()
    formula = f"自收到次日起到办结（未办结的到年底）超过{ANSWER_WORKING_DAYS}个工作日，未扣除依法延长和征求意见的时间"
    return [_signal("late_answers", "部分申请的答复用时超过法定的通常期限", "对申请登记、转办、答复各环节设置期限提醒，确需延长的依法告知申请人",
                    formula, "依申请公开", late)], ()  # fmt: skip


def working_days(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; NotImplementedError beyond the calendar."""
    days = [day for year in range(start.year, end.year + 1) for day in _working_days_of(year)]
    return bisect_right(days, end) - bisect_right(days, start)


@cache
def _working_days_of(year: int) -> tuple[date, ...]:
    """The working days of a year by the State Council's holiday arrangement."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days))
    is_workday: Callable[[date], bool] = chinese_calendar.is_workday
    return tuple(day for day in days if is_workday(day))


def _signal(key: str, message: str, measure: str, formula: str, sheet: str, places: Iterable[Place] = ()) -> Signal:
    rows = tuple(sorted(place.row for place in places))
    return Signal(key, message, measure, Provenance(formula, sheet, rows))
