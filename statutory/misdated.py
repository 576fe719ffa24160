"""Dates that can hardly be meant: after the report, after today, long ago, or nearly all of another year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from statutory.doubts import ASIDE
from statutory.entries import Entries
from statutory.places import Place
from statutory.remarks import Remarks

AS_IS = "as_is"
NOT_MEANT = "日期有误，按答复不计入"
# 条例 has been in force since 1 May 2008: no application, decision or item of this kind is older.
_FIRST = date(2008, 5, 1)
_FEW = 3  # rows of a sheet that say nothing yet of its year
_WHOLE = ("信息发布", "媒体采用", "行政执法", "工作记录")


def without_misdated(entries: Entries, year: int, published: date | None, remarks: Remarks) -> Entries:
    """The entries without those whose dates the office says are wrong; every such date is asked about.

    ``published`` is the day on which the report came out or will come out, None where it is not known.
    """
    gone: set[Place] = set()
    end, what = min((day, what) for day, what in ((published or date.max, "报告的发布日期"), (date.today(), "今天")))
    for sheet, dates in _dates(entries).items():
        for heading, items in dates.items():
            late = [(place, day) for place, day in items if day > end]
            early = [(place, day) for place, day in items if day < _FIRST and sheet != "制度文件"]
            gone |= _asked(sheet, heading, late, f"晚于{what}（{end:%Y-%m-%d}）", remarks)
            gone |= _asked(sheet, heading, early, f"早于{_FIRST:%Y-%m-%d}条例施行", remarks)
    for place in gone:
        remarks.leave_out(NOT_MEANT, place)
    kept = _without(entries, gone) if gone else entries
    _ask_about_year(kept, year, remarks)
    return kept


def _asked(sheet: str, heading: str, found: list[tuple[Place, date]], why: str, remarks: Remarks) -> set[Place]:
    if not found:
        return set()
    days = sorted({f"{day:%Y-%m-%d}" for _, day in found})
    listed = "、".join(days[:5]) + ("等" if len(days) > 5 else "")
    places = list(dict.fromkeys(place for place, _ in found))
    said = f"“{heading}”{listed}{why}，请核对是不是年份或月份写错了"
    choices = {AS_IS: "日期没有错，照此计算", ASIDE: "日期错了，暂不计入这些行（请在台账中改正）"}
    answer = remarks.doubts.ask("misdated", f"{sheet}|{heading}|{','.join(days)}", said, places, choices, AS_IS)
    return set(places) if answer == ASIDE else set()


def _dates(entries: Entries) -> Mapping[str, Mapping[str, list[tuple[Place, date]]]]:
    """Sheet → heading → its dates with their rows."""
    found: dict[str, dict[str, list[tuple[Place, date]]]] = defaultdict(dict)
    single = {
        ("信息发布", "发布日期"): entries.publications,
        ("媒体采用", "报送日期"): entries.submissions,
        ("复议诉讼", "受理日期"): entries.cases,
        ("行政执法", "决定日期"): entries.decisions,
        ("工作记录", "日期"): entries.work,
    }
    for (sheet, heading), items in single.items():
        found[sheet][heading] = [(item.place, item.day) for item in items]
    found["依申请公开"]["收到日期"] = [(item.place, item.received) for item in entries.applications]
    found["依申请公开"]["办结日期"] = [(item.place, item.closed) for item in entries.applications if item.closed]
    found["制度文件"]["制发日期"] = [(item.place, item.issued) for item in entries.documents]
    found["制度文件"]["废止日期"] = [(item.place, item.repealed) for item in entries.documents if item.repealed]
    return found


def _without(entries: Entries, gone: set[Place]) -> Entries:
    sheets = ("publications", "submissions", "applications", "cases", "documents", "decisions", "work")
    return replace(
        entries, **{name: tuple(item for item in getattr(entries, name) if item.place not in gone) for name in sheets}
    )


def _ask_about_year(entries: Entries, year: int, remarks: Remarks) -> None:
    """Ask whether 报告年度 is right where most rows are of another year, or all of a sheet that every year fills."""
    years = {
        sheet: Counter(day.year for _, day in next(iter(dates.values()))) for sheet, dates in _dates(entries).items()
    }
    del years["制度文件"]
    total = sum(years.values(), Counter())
    most, often = max(total.items(), key=lambda item: item[1], default=(year, 0))
    choices = {AS_IS: f"没有错，就是{year}年度"}
    if total.total() >= _FEW and most != year and total[year] * 2 < total.total():
        said = (
            f"“报告年度”是{year}，而各表{total.total()}行中只有{total[year]}行是{year}年的，{often}行是{most}年的。"
            f"报告年度对不对？如不对，请改正“基本信息”的报告年度"
        )
        remarks.doubts.ask("year", f"{year}|{sorted(total.items())}", said, [Place("基本信息", 0)], choices, AS_IS)
        return
    for sheet in _WHOLE:
        rows = years[sheet]
        if rows.total() >= _FEW and not rows[year]:
            said = f"{rows.total()}行都不是{year}年的，是不是沿用了往年的表？如是，请补上{year}年的行"
            about = f"{sheet}|{year}|{sorted(rows.items())}"
            choices = {AS_IS: f"没有错，{year}年没有"}
            remarks.doubts.ask("sheet-year", about, said, [Place(sheet, 0)], choices, AS_IS)
