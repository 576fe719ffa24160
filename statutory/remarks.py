"""What reading a ledger has to say: problems that stop it, and warnings that do not.

Problems are gathered rather than raised one by one, so that an office mends its workbook in one
round. No remark carries personal data: values of 依申请公开 are never repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain import UnusableInput

_SHOWN_ROWS = 8
_SHOWN_DUPLICATES = 20


@dataclass(frozen=True, order=True)
class Place:
    """A row as the user sees it: ``part`` is the sheet (with its file, where several hold it)."""

    part: str
    row: int


@dataclass
class Remarks:
    """Gathers problems and warnings about one ledger, whose name begins each problem.

    ``files`` names the file of a part, where the ledger is a folder.
    """

    source: str
    files: Mapping[str, str] = field(default_factory=dict)
    problems: list[tuple[str, Place | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _aside: list[Place] = field(default_factory=list)
    _readings: dict[tuple[str, str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def problem(self, text: str, place: Place | None = None) -> None:
        self.problems.append((text, place))

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    def read_as(self, column: str, said: str, meant: str, place: Place) -> None:
        """Note that an alias was used: ``said`` comes from the alias file, so it may be shown."""
        self._readings[column, said, meant].append(place)

    def set_aside(self, place: Place) -> None:
        """Note a row below the records that was taken for a signature, a note or a subtotal."""
        self._aside.append(place)

    def duplicates(self, groups: Iterable[tuple[str, list[Place]]]) -> None:
        """Warn of rows that may have been entered twice; each group names what they share."""
        found = list(groups)
        for what, places in found[:_SHOWN_DUPLICATES]:
            self.warning(f"{describe(places)}{what}，请核对是否重复登记；各行均已计入")
        if len(found) > _SHOWN_DUPLICATES:
            self.warning(f"另有{len(found) - _SHOWN_DUPLICATES}组可能重复的行未逐一列出")

    def raise_problems(self) -> None:
        """UnusableInput with every problem, where there is one; its message is the first."""
        problems = self._sentences()
        if problems:
            first, *others = problems
            more = f"；另有{len(others)}处问题" if others else ""
            raise UnusableInput(first + more, problems)

    def _sentences(self) -> tuple[str, ...]:
        """One sentence for each problem, with all rows of a sheet that share it, sheet by sheet."""
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for text, place in self.problems:
            rows[text, place.part if place else ""] += [place.row] if place else []
        parts = list(dict.fromkeys(part for _, part in rows))
        return tuple(
            f"{self.files.get(part, self.source)} 工作表“{part}”第{row_list(numbers)}行：{text}"
            if part
            else f"{self.source}：{text}"
            for (text, part), numbers in sorted(rows.items(), key=lambda item: (parts.index(item[0][1]), item[1][:1]))
        )

    def all_warnings(self) -> tuple[str, ...]:
        readings = [
            f"{describe(places)}：{column}“{said}”按“{meant}”处理"
            for (column, said, meant), places in self._readings.items()
        ]
        aside = [f"{describe(self._aside)}像是签字、说明或小计，没有计入"] if self._aside else []
        return (*self.warnings, *aside, *readings)


def describe(places: Iterable[Place]) -> str:
    """工作表“信息发布”第19、229行; long lists are cut short."""
    by_part: dict[str, list[int]] = defaultdict(list)
    for place in places:
        by_part[place.part].append(place.row)
    return "；".join(f"工作表“{part}”第{row_list(rows)}行" for part, rows in by_part.items())


def row_list(rows: Iterable[int]) -> str:
    """19、229, or the first few and 等…: the rows of one sheet in a sentence."""
    ordered = sorted(rows)
    shown = "、".join(str(row) for row in ordered[:_SHOWN_ROWS])
    return shown if len(ordered) <= _SHOWN_ROWS else f"{shown}等{len(ordered)}"
