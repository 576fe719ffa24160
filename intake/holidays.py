"""The holiday arrangement of a year from the State Council's notice, as an office can add it.

It is announced each autumn for the year after; the built-in one ends where the library's does. The
notice's own words are read (2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班) and checked: the days
of the week, the number of days, the seven holidays. It is kept in the data folder and holds there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import durable
import working_days
from domain import UnusableInput

FOLDER = "holidays"
NAMES = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_NOTICE = re.compile(r"(20\d\d)年(?:部分)?节假日(?:放假)?(?:安排|调休)")
_DAY = r"(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^（）()]*)[）)])?"
_SPAN = re.compile(f"{_DAY}(?:至{_DAY})?")
_HOW_MANY = re.compile(r"共(\d{1,2})天")
_WEEKDAYS = "一二三四五六日"
_BACK = "没有按它算工作日：请把那一年的放假通知再交给 gongkai intake 一次"


@dataclass(frozen=True)
class Arrangement:
    """Of one year: the days off, and the Saturdays and Sundays that are worked."""

    year: int
    off: frozenset[date]
    worked: frozenset[date]


def is_notice(text: str) -> bool:
    """Whether a text is such a notice."""
    return bool(_NOTICE.search(re.sub(r"\s", "", text))) and "放假" in text


def read_notice(text: str, name: str) -> Arrangement:
    """The arrangement in a notice's text; UnusableInput names everything in it that does not hold."""
    plain = re.sub(r"[ \t\u3000]", "", text)
    found = _NOTICE.search(re.sub(r"\s", "", text))
    if not found:
        raise UnusableInput(f"“{name}”里没有“某年部分节假日安排”的字样，不能作为放假通知")
    year, problems = int(found[1]), []
    off: set[date] = set()
    worked: set[date] = set()
    told = set()
    for line in re.split(r"\n+", plain):
        if "放假" not in line or not (named := [one for one in NAMES if one in line]):
            continue
        told |= set(named)
        before, _, after = line.partition("放假")
        days = [day for span in _spans(before, year, name, problems) for day in span]
        if (number := _HOW_MANY.search(line)) and int(number[1]) != len(days):
            problems.append(f"“{name}”：{named[0]}写共{number[1]}天，起止日期之间是{len(days)}天")
        off |= set(days)
        for part in re.findall(r"[^。；]*上班", after):
            worked |= {day for span in _spans(part, year, name, problems) for day in span}
    if lacking := [one for one in NAMES if one not in told]:
        problems.append(f"“{name}”里没有读到{'、'.join(lacking)}的安排")
    problems += [f"“{name}”：{day:%m月%d日}写上班，可那天不是周六、周日" for day in sorted(worked) if day.weekday() < 5]
    if problems:
        raise UnusableInput(problems[0], tuple(problems))
    return Arrangement(year, frozenset(off), frozenset(worked))


def _spans(text: str, year: int, name: str, problems: list[str]) -> Iterator[list[date]]:
    month = 0
    for match in _SPAN.finditer(text):
        y1, m1, d1, w1, y2, m2, d2, w2 = match.groups()
        month = int(m1 or month)
        try:
            first = date(int(y1 or year), month, int(d1))
            last = date(int(y2 or y1 or year), int(m2 or month), int(d2)) if d2 else first
        except ValueError:
            problems.append(f"“{name}”：“{match[0][:20]}”不是日期")
            continue
        if y1 and not y2 and last < first:
            last = last.replace(year=last.year + 1)
        for day, said in ((first, w1), (last, w2)):
            if (
                said
                and (week := re.search(r"(?:周|星期)([一二三四五六日])", said))
                and _WEEKDAYS[day.weekday()] != week[1]
            ):
                problems.append(f"“{name}”：{day.month}月{day.day}日是周{_WEEKDAYS[day.weekday()]}，写的是周{week[1]}")
        month = last.month
        yield [first + timedelta(days=at) for at in range((last - first).days + 1)]


def hold(arrangement: Arrangement) -> None:
    """Count working days of that year by it from now on."""
    working_days.arrange(arrangement.year, arrangement.off, arrangement.worked)


def keep(text: str, arrangement: Arrangement, home: Path) -> None:
    """Keep the notice in the data folder, and count by it."""
    try:
        (home / FOLDER).mkdir(parents=True, exist_ok=True)
        durable.write(home / FOLDER / f"{arrangement.year}.txt", text.encode("utf-8"))
    except OSError as error:
        raise UnusableInput(f"放假安排没有存成：{durable.cause(error)}") from error
    hold(arrangement)


def load(home: Path) -> list[str]:
    """Count by every notice kept in the data folder that holds; a sentence for each that does not, with the way back.

    What is damaged stops nothing: days of a year that no notice tells are asked for where one is counted.
    """
    troubles = []
    for path in sorted((home / FOLDER).glob("*.txt")) if (home / FOLDER).is_dir() else ():
        try:
            hold(read_notice(path.read_text(encoding="utf-8-sig"), path.name))
        except (OSError, UnicodeDecodeError):
            troubles.append(f"存下的放假安排 {path} 无法读取，{_BACK}")
        except UnusableInput as error:
            troubles.append(f"存下的放假安排 {path} 已损坏（{error}），{_BACK}")
    return troubles
