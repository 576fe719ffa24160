"""What a row says of itself beside its values: withdrawn, void, struck through, hidden, or many in one.

Such a row is neither counted nor left out in silence: each is a question, grouped where one answer fits
all (the 状态 of a column), else row by row. The words stand in ``marked.toml`` with their examples.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from statutory.amounts import read_count
from statutory.doubts import AS_NUMBER, ASIDE, COUNTED
from statutory.headings import Headings
from statutory.layout import SERIAL, SheetLayout
from statutory.lines import Line
from statutory.places import Place
from statutory.remarks import Remarks
from statutory.rows import is_blank
from statutory.spelling import fold, written
from statutory.workbook import RawSheet

_WORDS = tomllib.loads((Path(__file__).parent / "marked.toml").read_text(encoding="utf-8"))
DITTO = frozenset(_WORDS["ditto"]["words"])
_USUAL, _VOID = frozenset(_WORDS["status"]["usual"]), frozenset(_WORDS["status"]["void"])
_STATUS = frozenset(_WORDS["status"]["headings"])
_IF_VOID, _IF_VALID = frozenset(_WORDS["whether"]["void"]), frozenset(_WORDS["whether"]["valid"])
_YES, _NO = frozenset(_WORDS["whether"]["yes"]), frozenset(_WORDS["whether"]["no"])
_REMARK = frozenset(_WORDS["remark"]["headings"])
VOID_REMARK, VOID_TITLE = re.compile(_WORDS["remark"]["void"]), re.compile(_WORDS["title"]["void"])
_ALONE = frozenset(("作废", "已作废", "撤稿", "已撤稿", "错登", "误登", "误录", "重复登记"))
_COUNT, _COUNT_UNIT = frozenset(_WORDS["count"]["headings"]), re.compile(_WORDS["count"]["unit"])
_TITLES = ("信息标题", "文件名称", "内容")
_OF_PERSONS = ("依申请公开", "复议诉讼")  # what stands there may name a person, and is not repeated
_ENDED, _DONE = ("废止", "已废止", "失效", "已失效"), ("已办结", "办结", "已答复", "已结案", "结案", "已办")
_NUMBER = re.compile(r"(\d+)[件条份篇次宗个起期场]?")
_MOST = 100_000  # no row of an office stands for more
_EACH = 12  # rows that are asked about one by one
SETTLED = "见问题，不计入"


class _Mark(NamedTuple):
    """A row that says something of itself: what is asked, and what one answer goes for."""

    row: int
    kind: str
    about: str
    text: str
    assumed: str
    single: bool


def content_of(row: Sequence[object], serial: int | None) -> str:
    """A short name of a row's contents, the same wherever the row stands."""
    cells = [written(cell) for index, cell in enumerate(row) if index != serial and not is_blank(cell)]
    return hashlib.blake2b("|".join(cells).encode(), digest_size=8).hexdigest()


def settle(
    raw: RawSheet, headings: Headings, layout: SheetLayout, lines: Sequence[Line], remarks: Remarks
) -> list[Line]:
    """The lines that count, with the number of entries that each stands for; what is open is asked."""
    marks = sorted(_marks(raw, headings, layout, lines), key=lambda mark: (mark.row, mark.kind != "status"))
    aside = _asked(raw, headings, layout, marks, remarks) if marks else set()
    for row in sorted(aside):
        remarks.leave_out(SETTLED, Place(raw.part, row))
    left = [line for line in lines if line.place.row not in aside] if aside else list(lines)
    return _weighted(raw, headings, layout, left, remarks)


def _asked(
    raw: RawSheet, headings: Headings, layout: SheetLayout, marks: Iterable[_Mark], remarks: Remarks
) -> set[int]:
    """Rows that do not count by the answers, or as it is assumed until they come. A row is asked about once."""
    groups: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    taken: set[int] = set()
    single: set[tuple[str, str, str, str]] = set()
    for mark in marks:
        if mark.row not in taken:
            taken.add(mark.row)
            key = (mark.kind, mark.about, mark.text, mark.assumed)
            groups[key].append(mark.row)
            single |= {key} if mark.single else set()
    aside: set[int] = set()
    for key, rows in groups.items():
        kind, about, text, assumed = key
        each = [[row] for row in rows] if key in single and len(rows) <= _EACH else [rows]
        for together in each:
            contents = [content_of(raw.grid[row - raw.first_row], headings.columns.get(SERIAL)) for row in together]
            bound = f"{layout.name}|{about or ','.join(contents)}"
            places = [Place(raw.part, row) for row in together]
            if remarks.doubts.ask(kind, bound, text, places, assumed=assumed) == ASIDE:
                aside |= set(together)
    return aside


def _marks(raw: RawSheet, headings: Headings, layout: SheetLayout, lines: Sequence[Line]) -> Iterator[_Mark]:
    rows = [(line.place.row, raw.grid[line.place.row - raw.first_row]) for line in lines]
    for column, heading in headings.words.items():
        word = _COUNT_UNIT.sub("", heading)
        cells = [(row, cells[column]) for row, cells in rows if column < len(cells) and cells[column] not in ("", None)]
        if not cells:
            continue
        if word in _STATUS:
            yield from _by_status(word, cells, layout, {line.place.row: line for line in lines})
        elif word in _IF_VOID or word in _IF_VALID:
            yield from _by_whether(word, cells)
        elif word in _REMARK or heading == SERIAL or headings.columns.get("登记号") == column:
            yield from _by_words(word, cells, VOID_REMARK)
        elif any(headings.columns.get(title) == column for title in _TITLES):
            yield from _by_words(word, cells, VOID_TITLE)
        else:
            for row, cell in cells:
                if isinstance(cell, str) and cell.strip() in _ALONE:
                    yield _Mark(row, "remark", "", f"“{word}”写着“{cell.strip()}”，是否计入？", ASIDE, True)
    yield from _beside(raw, {row for row, _ in rows})


def _by_status(
    heading: str, cells: Iterable[tuple[int, object]], layout: SheetLayout, lines: Mapping[int, Line]
) -> Iterator[_Mark]:
    for row, cell in cells:
        word = fold(written(cell))
        if layout.name == "制度文件" and word in _ENDED and is_blank(lines[row].cells.get("废止日期")):
            text = f"“{heading}”是“{word}”，而“废止日期”是空白，是否算作现行有效？"
            yield _Mark(row, "ended", "", text, COUNTED, True)
        elif layout.name == "依申请公开" and word in _DONE and is_blank(lines[row].cells.get("办结日期")):
            text = f"“{heading}”是“{word}”，而“办结日期”是空白，是否按没有办结计入？请在台账中补填"
            yield _Mark(row, "done", "", text, COUNTED, True)
        elif word not in _USUAL:
            shown = f"是“{word[:20]}”" if word in _VOID or layout.name not in _OF_PERSONS else "不是常见的状态"
            assumed = ASIDE if word in _VOID else COUNTED
            yield _Mark(row, "status", f"{heading}|{word}", f"“{heading}”{shown}，是否计入？", assumed, False)


def _by_whether(heading: str, cells: Iterable[tuple[int, object]]) -> Iterator[_Mark]:
    sound, void = (_NO, _YES) if heading in _IF_VOID else (_YES, _NO)
    for row, cell in cells:
        word = fold(written(cell))
        if word not in sound:
            text = f"“{heading}”一列的值说明它可能不算数，是否计入？"
            yield _Mark(row, "status", f"{heading}|{word}", text, ASIDE if word in void else COUNTED, False)


def _by_words(heading: str, cells: Iterable[tuple[int, object]], void: re.Pattern[str]) -> Iterator[_Mark]:
    for row, cell in cells:
        if isinstance(cell, str) and (match := void.search(cell)):
            yield _Mark(row, "remark", "", f"“{heading}”写着“{match[0]}”，是否计入？", ASIDE, True)


def _beside(raw: RawSheet, rows: set[int]) -> Iterator[_Mark]:
    marks = raw.marks
    for row in marks.struck & rows:
        yield _Mark(row, "struck", "", "有单元格画了删除线，是否计入？", ASIDE, True)
    for row in marks.comments.keys() & rows:
        if match := VOID_REMARK.search(marks.comments[row]):
            yield _Mark(row, "comment", "", f"批注里写着“{match[0]}”，是否计入？", ASIDE, True)
    for row in marks.hidden & rows:
        yield _Mark(row, "hidden", "", "这些行是隐藏的，是否计入？", COUNTED, False)
    if marks.concealed and rows:
        for row in rows:
            yield _Mark(row, "concealed", "", "这张工作表是隐藏的，其中的行是否计入？", COUNTED, False)


def _weighted(
    raw: RawSheet, headings: Headings, layout: SheetLayout, lines: list[Line], remarks: Remarks
) -> list[Line]:
    """Each line with what its 件数 says, where the office wants it: a row may stand for many."""
    if layout.name == "汇总数据":
        return lines
    for column, heading in headings.unknown.items():
        word = _COUNT_UNIT.sub("", heading)
        if word not in _COUNT:
            continue
        cells = {line.place: (raw.grid[line.place.row - raw.first_row] + [""] * column)[column] for line in lines}
        numbers = {place: _number(cell) for place, cell in cells.items() if not is_blank(cell)}
        if all(number == 1 for number in numbers.values()):
            continue
        total = sum(number or 0 for number in numbers.values())
        said = f"有一列“{heading}”，合计{total}，而数据有{len(lines)}行。一行算一件，还是按“{heading}”的数目计？"
        choices = {COUNTED: "一行算一件", AS_NUMBER: f"按“{heading}”的数目计"}
        assumed = COUNTED if layout.name == "制度文件" or None in numbers.values() else AS_NUMBER
        about = f"{layout.name}|{heading}"
        if remarks.doubts.ask("count", about, said, [Place(raw.part, 0)], choices, assumed) == AS_NUMBER:
            return list(_by_number(lines, numbers, heading, remarks))
    return lines


def _by_number(
    lines: Iterable[Line], numbers: Mapping[Place, int | None], heading: str, remarks: Remarks
) -> Iterator[Line]:
    for line in lines:
        number = numbers.get(line.place)
        if number is None:
            remarks.problem(f"“{heading}”不是整数，不能按它计数", line.place)
        elif number == 0:
            remarks.leave_out(f"“{heading}”是0", line.place)
        else:
            yield replace(line, weight=number)


def _number(cell: object) -> int | None:
    """The whole number in a cell, None where it holds none."""
    try:
        number = read_count(match[1] if isinstance(cell, str) and (match := _NUMBER.fullmatch(fold(cell))) else cell)
    except ValueError:
        return None
    return number if number <= _MOST else None
