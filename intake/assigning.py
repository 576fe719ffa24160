"""What each table is and which column is which: proposed, known from before, or as a person says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from intake.asking import Asking, IntakeQuestion
from intake.counts import AREAS as COUNT_AREAS
from intake.counts import CountTable, as_counts
from intake.grids import is_empty
from intake.profile import KnownSheet, Profile
from intake.recognising import UNUSED, Reading, names_of, read_as, recognise, with_columns
from intake.tables import Table
from intake.values import choices
from intake.values import propose as propose_meaning
from intake.words import kinds, strength
from statutory.spelling import fold, written

COUNT_PREFIX = "统计数："
_NO_COLUMN, _ALL_UNSORTED = "没有这一列", "都是未分类"
_ALL_ONE = "都属于一类的，回答“都是某某类”；"
_LEAST_SCORE = 1.15
_SHOWN_EXAMPLES = 3


@dataclass
class Sheet:
    """A table with its reading, or its counts; ``is_`` what it is taken for, ``confirmed`` whether that is settled."""

    table: Table
    is_: str
    reading: Reading | None = None
    counts: CountTable | None = None
    confirmed: bool = False
    apart: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        table = self.table
        return {
            "file": table.grid.file,
            "sheet": table.grid.sheet,
            "is": self.is_,
            "columns": [self._column(at) for at in range(len(table.headings))],
            "rows": len(table.records),
            "id": table.id,
            "confirmed": self.confirmed,
        }

    def _column(self, at: int) -> dict[str, Any]:
        target = self.target(at)
        personal = (
            bool(target)
            and self.reading is not None
            and kinds()[self.reading.sheet].columns[target].filled == "personal"
        )
        examples = []
        for cell in self.table.values(at):
            if not is_empty(cell) and (word := _shown(cell)) not in examples:
                examples.append(word)
            if len(examples) == _SHOWN_EXAMPLES:
                break
        return {
            "heading": self.table.headings[at],
            "is": target,
            "examples": [] if personal or not target else examples,
        }

    def target(self, at: int) -> str:
        columns = self.reading.columns if self.reading else {}
        return next((name for name, column in columns.items() if column == at), "")


def _shown(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return cell.strip()[:24] if isinstance(cell, str) else written(cell)[:24]


class Assigner:
    """Assigns the tables of one ledger; ``problems`` gets what cannot be as a person said."""

    def __init__(self, asking: Asking, known: Profile, problems: list[str]) -> None:
        self.asking, self.known, self.problems = asking, known, problems

    def sheet(self, table: Table) -> Sheet:
        readings = recognise(table)
        best = readings[0] if readings else None
        if best and best.own:
            return Sheet(table, best.sheet, best, confirmed=True)
        known = self.known.sheet(table.headings)
        if known and (found := self._as_known(table, known)):
            return found
        counts = as_counts(table)
        if best and best.sheet == "汇总数据" and counts and not _are_key_figures(table, best):
            best = readings[1] if len(readings) > 1 and readings[1].score > 2.2 else None
        elif best and counts and best.sheet != "汇总数据" and (best.score < 2.2 or not _has_days(best)):
            best = None
        elif best:
            counts = None
        proposal = (
            best.sheet if best and best.score >= _LEAST_SCORE else COUNT_PREFIX + counts.area if counts else UNUSED
        )
        answer = self.asking.ask(self._sheet_question(table, best, counts, proposal))
        return self._chosen(table, answer or proposal, best, counts, answer is not None)

    def _chosen(
        self, table: Table, is_: str, best: Reading | None, counts: CountTable | None, confirmed: bool
    ) -> Sheet:
        if is_ == UNUSED:
            return Sheet(table, is_, confirmed=confirmed)
        if is_.startswith(COUNT_PREFIX):
            counts = counts or as_counts(table)
            if counts is None:
                self.problems.append(f"{table.name}里没有按标签排列的数字，不能作为“{is_}”")
                return Sheet(table, UNUSED, confirmed=confirmed)
            counts.area = is_.removeprefix(COUNT_PREFIX)
            return Sheet(table, is_, counts=counts, confirmed=confirmed)
        reading = best if best and best.sheet == is_ else read_as(table, kinds()[is_])
        return Sheet(table, is_, reading, confirmed=confirmed)

    def _sheet_question(
        self, table: Table, best: Reading | None, counts: CountTable | None, proposal: str
    ) -> IntakeQuestion:
        said, constants = f"{table.name}（{len(table.records)}行）", ""
        if best and proposal == best.sheet:
            kind = kinds()[best.sheet]
            pairs = "，".join(
                f"{table.headings[at]}→{name}"
                for name, at in best.columns.items()
                if kind.columns[name].filled != "personal"
            )
            fixed = "".join(f"，{name}都是“{value}”" for name, value in best.constants.items())
            constants = f"（{fixed[1:]}）" if fixed else ""
            rest = [
                heading
                for at, heading in enumerate(table.headings)
                if at not in best.columns.values() and heading not in ("序号", "序")
            ]
            unused = f"；没有用到：{'、'.join(rest)}" if rest else ""
            text = f"{said}是“{kind.said}”吗？各列：{pairs}{fixed}{unused}"
        elif counts and proposal != UNUSED:
            text = f"{said}是“{counts.area}”的统计数（{'分月，' if counts.has_months else ''}共{sum(cell.value for cell in counts.cells)}）吗？"
            text += f"不计的列：{'、'.join(counts.left)}" if counts.left else ""
        else:
            text = f"{said}看不出是什么，要用吗？表头：{'、'.join(table.headings[:12])}"
        return IntakeQuestion(
            id=f"表/{table.id}",
            text=text,
            proposal=proposal,
            choices=(*kinds(), *(COUNT_PREFIX + area for area in COUNT_AREAS), UNUSED),
            examples=tuple(table.headings[:12]),
            count=len(table.records),
            group=f"合并/表/{table.grid.file}/{proposal}/{'、'.join(table.headings)}",
            about=(table.grid.sheet or table.name) + constants,
            alike=not table.headless,
        )

    def _as_known(self, table: Table, known: KnownSheet) -> Sheet | None:
        """A table that the office confirmed before; a heading that is new asks only about itself."""
        if known.is_ == UNUSED:
            return Sheet(table, UNUSED, confirmed=True) if known.headings == tuple(table.headings) else None
        if known.is_.startswith(COUNT_PREFIX):
            counts = as_counts(table)
            if counts is None:
                return None
            counts.area = known.is_.removeprefix(COUNT_PREFIX)
            return Sheet(table, known.is_, counts=counts, confirmed=True)
        if not _can_be(known):
            return None
        reading = read_as(table, kinds()[known.is_])
        columns = {name: at for name, at in reading.columns.items() if table.columns[at] < 0}
        columns |= {
            name: table.headings.index(heading) for name, heading in known.columns.items() if heading in table.headings
        }
        for heading in table.headings:
            if heading in known.headings or not (target := _could_be(known.is_, heading, columns)):
                continue
            answer = self.asking.ask(
                IntakeQuestion(
                    id=f"列/{table.id}/{heading}",
                    text=f"{table.name}多了一列“{heading}”，是“{target}”吗？",
                    proposal=target,
                    choices=(target, UNUSED),
                    count=len(table.records),
                )
            )
            if answer == target:
                columns[target] = table.headings.index(heading)
        constants = dict(known.constants)
        if known.constants and (own := reading.constants):
            constants = dict(own)
        return Sheet(
            table,
            known.is_,
            replace(reading, columns=columns, constants=constants, rivals={}, lacking=()),
            confirmed=True,
        )

    def ask_columns(self, sheet: Sheet) -> None:
        """Ask for what is needed and not there, or where two columns claim to be it."""
        reading, table = sheet.reading, sheet.table
        if reading is None or reading.own:
            return
        chosen: dict[str, str] = {}
        for name in (*reading.rivals, *reading.lacking):
            rivals = reading.rivals.get(name, ())
            constants = _constant_choices(reading.sheet, name)
            answer = self.asking.ask(
                IntakeQuestion(
                    id=f"列/{table.id}/{name}",
                    text=f"{table.name}里哪一列是“{name}”？{_ALL_ONE if name == '信息类别' else ''}"
                    + (f"（{'、'.join(table.headings[at] for at in rivals)}都像）" if rivals else "（没有找到）"),
                    proposal=table.headings[rivals[0]] if rivals else _ALL_UNSORTED * (name == "信息类别"),
                    choices=(*table.headings, *constants, _NO_COLUMN),
                    count=len(table.records),
                    free=name == "信息类别",
                )
            )
            if answer in constants or (answer and answer.startswith("都是") and name == "信息类别"):
                reading = replace(reading, constants={**reading.constants, name: answer.removeprefix("都是")})
                chosen[name] = ""
            elif answer is not None:
                chosen[name] = "" if answer == _NO_COLUMN else answer
        sheet.reading = with_columns(table, reading, chosen)

    def set_aside(self, sheet: Sheet) -> frozenset[int]:
        """Records in hidden or struck rows that a person does not count."""
        grid, apart = sheet.table.grid, frozenset()
        for kind, said, rows, proposal in (
            ("隐藏", "是隐藏的", grid.hidden, "计入"),
            ("划掉", "用删除线划掉了", grid.struck, "不计入"),
        ):
            found = [record for record in sheet.table.records if record in rows]
            if not found:
                continue
            answer = self.asking.ask(
                IntakeQuestion(
                    id=f"{kind}/{sheet.table.id}",
                    text=f"{grid.name}{grid.where(grid.row(record) for record in found)}{said}，计入吗？",
                    proposal=proposal,
                    choices=("计入", "不计入"),
                    count=len(found),
                )
            )
            if answer is None:
                sheet.confirmed = False
            if answer == "不计入":
                apart |= frozenset(found)
        return apart


def _has_days(reading: Reading) -> bool:
    return any(kinds()[reading.sheet].columns[name].filled == "date" for name in reading.columns)


def _are_key_figures(table: Table, reading: Reading) -> bool:
    """Whether the lines are figures of different kinds, each in its unit, and no categories or months."""
    if any("指标" in heading for heading in table.headings):
        return True
    labels = (
        [fold(written(cell)) for cell in table.values(reading.columns["指标"])] if "指标" in reading.columns else []
    )
    units = {written(cell) for cell in table.values(reading.columns["单位"])} if "单位" in reading.columns else set()
    known = sum(bool(propose_meaning("指标", label).is_) for label in labels)
    return bool(labels) and (len(units) > 1 or known * 2 > len(labels)) and "发布" not in "".join(names_of(table))


def _could_be(sheet: str, heading: str, columns: Mapping[str, int]) -> str:
    """The column of a kind that a new heading could be, among those that nothing is used for yet."""
    kind = kinds()[sheet]
    claims = [
        (strength(sheet, name, heading), name)
        for name in kind.columns
        if name not in columns and kind.columns[name].filled != "personal"
    ]
    best = max(claims, default=(0.0, ""))
    return best[1] if best[0] > 0 else ""


def _can_be(known: KnownSheet) -> bool:
    """Whether kind, columns and values are ours: the file can be changed by hand, and what is not ours is asked again."""
    kind = kinds().get(known.is_)
    return (
        kind is not None
        and {*known.columns, *known.constants} <= set(kind.columns)
        and all(
            value in choices(name) for name, value in known.constants.items() if kind.columns[name].filled == "choice"
        )
    )


def _constant_choices(sheet: str, target: str) -> tuple[str, ...]:
    column = kinds()[sheet].columns[target]
    return (
        tuple(f"都是{name}" for name in choices(target))
        if column.filled == "choice" and column.optional
        else (_ALL_UNSORTED,)
        if target == "信息类别"
        else ()
    )
