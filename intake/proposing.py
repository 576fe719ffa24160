"""From files and answers to the rows of a ledger: what each sheet is, what is asked, what is open.

``propose`` can be called again with more answers; nothing is kept between two calls but the profile that
the caller saves. While a question about a table is open, its rows count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.asking import Asking, IntakeQuestion
from intake.assigning import COUNT_PREFIX, Assigner, Sheet
from intake.basics import Basics, basics_of
from intake.beside import Beside
from intake.carrying import compare_carried
from intake.day_columns import join_days
from intake.grids import CellGrid
from intake.joining import join_parts
from intake.missing import ORGAN, Area, missing, read_typed
from intake.overlaps import without_doubles
from intake.profile import KnownSheet, Profile
from intake.rows import LedgerRow, Open
from intake.settling import Settler
from intake.slips import gather_slips
from intake.sources import LastYear, Sources
from intake.stating import StatedLine, stated_lines
from intake.tables import Table, find_tables
from intake.values import propose as propose_meaning
from intake.words import kinds
from statutory.spelling import written
from working_days import is_arranged


@dataclass
class Proposal:
    """What the files become: ``rows`` by the ledger's sheet, ``lines`` of 汇总数据, ``basics``; and what is open."""

    sheets: list[Sheet]
    questions: list[IntakeQuestion]
    open: list[Open]
    missing: list[Area]
    rows: dict[str, list[LedgerRow]]
    lines: list[StatedLine]
    basics: dict[str, object]
    problems: list[str]
    notes: list[str]
    profile: Profile
    last_year: LastYear | None = None

    @property
    def settled(self) -> bool:
        """Whether every question is answered; what is missing may still be."""
        return not self.questions and not self.problems

    def as_json(self) -> dict[str, Any]:
        return {
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "questions": [question.as_json() for question in self.questions],
            "missing": [{"name": area.name, "text": area.said, "unit": area.unit} for area in self.missing],
            "open": [one.said for one in self.open],
            "problems": list(self.problems),
            "notes": list(self.notes),
        }


def propose(
    sources: Sources,
    answers: Mapping[str, str] = {},
    profile: Profile | None = None,
    accept: bool = False,
    typed: Mapping[str, str] = {},
    year: int = 0,
    by: str = "",
    today: date | None = None,
) -> Proposal:
    """The proposal for what the files hold; UnusableInput for answers and figures that cannot be used."""
    return _Intake(sources, answers, profile or Profile(), accept, typed, year, by, today or date.today()).run()


class _Intake:
    def __init__(
        self,
        sources: Sources,
        answers: Mapping[str, str],
        profile: Profile,
        accept: bool,
        typed: Mapping[str, str],
        year: int,
        by: str,
        today: date,
    ) -> None:
        self.sources, self.known = sources, profile
        self.learnt = Profile(list(profile.sheets), dict(profile.values))
        self.asking = Asking(answers, profile.values, accept)
        told = {**{key: value for key, value in answers.items() if key.startswith("填/")}}
        given = {key.removeprefix("填/"): value for key, value in told.items()} | dict(typed)
        typed_basics, self.typed = read_typed(given, by, today)
        self.problems, self.notes = list(sources.problems), list(sources.notes)
        self.basics = Basics(self.asking, profile, sources, year, today)
        self.typed_basics = typed_basics
        self.beside = Beside(self.asking, self.typed)

    @property
    def year(self) -> int:
        return self.basics.year

    def run(self) -> Proposal:
        tables = [table for grid in gather_slips(self.sources.grids) for table in self._tables(grid)]
        tables, unjoined = join_parts(tables, self.asking)
        self.basics |= self.typed_basics
        assigner = Assigner(self.asking, self.known, self.problems)
        sheets = [assigner.sheet(table) for table in tables]
        self.basics.settle(sheets)
        self.notes += self.basics.notes
        settler = Settler(self.asking, self.year)
        used = [sheet for sheet in sheets if sheet.reading is not None]
        for sheet in used:
            assigner.ask_columns(sheet)
            sheet.confirmed &= sheet.table.id not in unjoined
            sheet.apart = assigner.set_aside(sheet)
            settler.meanings.gather(sheet.table, sheet.reading, sheet.apart)  # type: ignore[arg-type]
        settler.meanings.ask_values()
        rows: dict[str, list[LedgerRow]] = {}
        for sheet in used:
            reading = sheet.reading
            if reading is None or reading.rivals or reading.lacking:
                continue  # which column is which comes before what stands in its rows
            settled = settler.rows(sheet.table, reading, sheet.apart)
            if sheet.confirmed:
                rows.setdefault(reading.sheet, []).extend(settled)
        rows = {name: without_doubles(name, found, self.asking, settler.open) for name, found in rows.items()}
        counts = [sheet.counts for sheet in sheets if sheet.counts and sheet.confirmed]
        lines = stated_lines(counts, settler, self.asking, self.notes)
        lines = self.beside.lines(lines, rows, counts)
        self._learn(sheets)
        self._note_years(rows)
        for id in self.asking.unknown_answers():
            self.notes.append(f"没有“{id}”这个问题，回答没有用到")
        self._note_holidays(rows.get("依申请公开", []))
        present = self._present(sheets, rows, lines)
        last = self._last_year()
        if last and not any(sheet.is_ == "依申请公开" and not sheet.confirmed for sheet in sheets):
            self.notes += compare_carried(last, rows.get("依申请公开", []), self.year)
        return Proposal(
            sheets,
            self.asking.questions(),
            list(settler.open.values()),
            [
                *self._lacks_organ(),
                *missing(present, [one for one in self.typed if one.name not in self.beside.denied]),
            ],
            rows,
            lines,
            dict(self.basics),
            self.problems,
            self.notes,
            self.learnt,
            last,
        )

    # --- what each table is -----------------------------------------------------------------------

    def _tables(self, grid: CellGrid) -> list[Table]:
        if basics := basics_of(grid):
            self.basics |= {key: value for key, value in basics.items() if key not in self.basics}
            return []
        if grid.sheet in ("填写说明", "选项", "待核实"):
            return []
        tables = [table for table in find_tables(grid) if table.records or table.totals or len(table.headings) > 2]
        for table in tables:
            join_days(table)
        if not tables:
            self.notes.append(f"{grid.name}里没有找到表格，没有读入")
        return tables

    def _last_year(self) -> LastYear | None:
        return next((report for report in self.sources.reports if report.year == self.year - 1), None)

    # --- what there is ----------------------------------------------------------------------------

    def _present(
        self, sheets: Sequence[Sheet], rows: Mapping[str, Sequence[LedgerRow]], lines: Sequence[StatedLine]
    ) -> set[str]:
        """The names of areas and sheets that something is told of; an empty register tells nothing."""
        present = {line.name.split("：")[0] for line in lines} | {line.name for line in lines}
        for sheet in sheets:
            if sheet.reading and sheet.reading.own:
                present |= {sheet.is_, *_parts(sheet.is_)}
            if not sheet.confirmed and sheet.table.records:  # proposed: asked about as a table, not as a figure
                present |= {
                    sheet.is_.removeprefix(COUNT_PREFIX),
                    *(sheet.reading.constants.values() if sheet.reading else ()),
                    *_told_by(sheet),
                }
        for name, found in rows.items():
            for row in found:
                present.add(name)
                present |= {
                    str(row.cells[column])
                    for column in ("决定类型", "文件类型", "类型", "指标")
                    if row.cells.get(column)
                }
        return present

    def _lacks_organ(self) -> list[Area]:
        return [] if self.basics.get("单位名称") or "单位名称" in self.asking.open else [ORGAN]

    def _note_years(self, rows: Mapping[str, Sequence[LedgerRow]]) -> None:
        for name, found in rows.items():
            target = next(
                (one.name for one in kinds()[name].columns.values() if one.filled == "date" and one.needed), ""
            )
            if not target or name == "制度文件":
                continue
            if name == "依申请公开":
                other = [row for row in found if _of_another_year(row, self.year)]
            else:
                other = [
                    row for row in found if isinstance(day := row.cells.get(target), date) and day.year != self.year
                ]
            if other:
                self.notes.append(
                    f"“{name}”有{len(other)}行不是{self.year}年的（如{other[0].source}），保留在台账里，不计入{self.year}年度"
                )

    def _note_holidays(self, rows: Sequence[LedgerRow]) -> None:
        """Say once what cannot be told without next year's holidays, where an application runs into it."""
        after = self.year + 1
        held = {arrangement.year for _, arrangement in self.sources.notices}
        late = [row for row in rows if _runs_into(row, after)]
        if late and after not in held and not is_arranged(after):
            self.notes.append(
                f"{self.year}年底前收到、期限到{after}年的申请有{len(late)}件（如{late[0].source}）：程序没有{after}年的放假安排，"
                f"说不出它们的到期日和是否超期；把国务院办公厅关于{after}年节假日安排的通知存成文本或 Word，和这些文件一起放进来就行"
            )

    def _learn(self, sheets: Sequence[Sheet]) -> None:
        """Add to the profile what was confirmed now."""
        for key, answer in self.asking.confirmed.items():
            if key.startswith("值/"):
                self.learnt.values[key] = answer
        for sheet in sheets:
            if (
                not sheet.confirmed
                or sheet.reading
                and (sheet.reading.own or sheet.reading.lacking or sheet.reading.rivals)
            ):
                continue
            table, reading = sheet.table, sheet.reading
            columns = {name: table.headings[at] for name, at in reading.columns.items()} if reading else {}
            used = {name: heading for name, heading in columns.items() if not heading.startswith("（")}
            headings = tuple(heading for heading in table.headings if not heading.startswith("（"))
            if table.headless:
                continue
            self.learnt.learn(KnownSheet(headings, sheet.is_, used, dict(reading.constants) if reading else {}))


def _of_another_year(row: LedgerRow, year: int) -> bool:
    """Whether an application was answered before the year, or came after it."""
    received, closed = row.cells["收到日期"], row.cells.get("办结日期")
    return isinstance(closed, date) and closed.year < year or isinstance(received, date) and received.year > year


def _runs_into(row: LedgerRow, year: int) -> bool:
    """Whether an application of late in the year before is answered, or due, in ``year``."""
    received, closed = row.cells["收到日期"], row.cells.get("办结日期")
    late = isinstance(received, date) and received.year == year - 1 and received.month >= 12
    return late and (closed is None or (isinstance(closed, date) and closed.year >= year))


def _told_by(sheet: Sheet) -> set[str]:
    """The figures that an unconfirmed sheet of key figures, or of decisions, tells of."""
    if sheet.counts and sheet.counts.area == "行政执法":
        words = {word for cell in sheet.counts.cells for word in (cell.label, cell.beside) if word}
        return {propose_meaning("决定类型", word).is_ or word for word in words}
    if sheet.is_ != "汇总数据" or sheet.reading is None or (at := sheet.reading.columns.get("指标")) is None:
        return set()
    return {propose_meaning("指标", written(cell)).is_ or written(cell) for cell in sheet.table.values(at)}


def _parts(sheet: str) -> tuple[str, ...]:
    return {
        "行政执法": ("行政许可", "行政处罚", "行政强制"),
        "制度文件": ("规章", "行政规范性文件"),
        "工作记录": ("听取汇报", "业务培训"),
    }.get(sheet, ())
