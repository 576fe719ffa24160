"""What reading a ledger has to say: problems that stop it, and warnings that do not.

Problems are gathered rather than raised one by one, so that an office mends its workbook in one
round. No remark carries personal data: values of 依申请公开 are never repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain import UnusableInput
from statutory.doubts import Doubts
from statutory.places import Place as Place
from statutory.places import describe as describe
from statutory.places import row_list as row_list

_SHOWN_DUPLICATES = 20


@dataclass
class SheetNotes:
    """What becomes of the rows of one sheet while it is read; ``records`` are the rows that are records so far."""

    part: str
    taken_as: str
    unknown: tuple[str, ...] = ()
    read: int = 0
    records: set[int] = field(default_factory=set)
    aside: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def set_aside(self, why: str, row: int) -> None:
        self.records.discard(row)
        self.aside[why].append(row)


@dataclass
class Remarks:
    """Gathers problems, warnings and questions about one ledger, whose name begins each problem.

    ``files`` names the file of a part, where the ledger is a folder; ``sheets`` are the sheets read so
    far by part, ``unread`` those that are not read, with the reason; ``names`` the applicants' cells, which
    no sentence repeats.
    """

    source: str
    doubts: Doubts = field(default_factory=Doubts)
    files: Mapping[str, str] = field(default_factory=dict)
    problems: list[tuple[str, Place | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sheets: dict[str, SheetNotes] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set, repr=False)
    _aside: list[Place] = field(default_factory=list)
    _readings: dict[tuple[str, str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def problem(self, text: str, place: Place | None = None) -> None:
        self.problems.append((text, place))

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    def read_as(self, column: str, said: str, meant: str, place: Place) -> None:
        """Note that an alias was used: ``said`` comes from the alias file, so it may be shown."""
        self._readings[column, said, meant].append(place)

    def reading(self, notes: SheetNotes) -> SheetNotes:
        """The notes of a sheet that is being read."""
        return self.sheets.setdefault(notes.part, notes)

    def leave_out(self, why: str, place: Place) -> None:
        """A record turns out not to count: told in the account of its sheet."""
        self.sheets[place.part].set_aside(why, place.row)

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
