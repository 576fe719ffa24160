"""From files and answers to the rows of a ledger: what each sheet is, what is asked, what is open.

``propose`` can be called again with more answers; nothing is kept between two calls but the profile that
the caller saves. While a question about a table is open, its rows count nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain import UnusableInput
from intake.asking import Asking, IntakeQuestion
from intake.counts import AREAS as COUNT_AREAS
from intake.counts import CountTable, as_counts
from intake.grids import CellGrid, is_empty
from intake.missing import ORGAN, Area, missing, read_typed
from intake.overlaps import without_doubles
from intake.profile import KnownSheet, Profile
from intake.recognising import UNUSED, Reading, names_of, read_as, recognise, with_columns
from intake.settling import LedgerRow, Open, Settler
from intake.sources import LastYear, Sources
from intake.stating import StatedLine, stated_lines
from intake.tables import Table, find_tables
from intake.values import propose as propose_meaning
from intake.words import heading_word, kinds, strength
from statutory.dates import CHINESE_DIGITS
from statutory.layout import BASIC_KEYS
from statutory.remarks import row_list
from statutory.spelling import fold, written
from working_days import is_arranged

COUNT_PREFIX = "统计数："
_NO_COLUMN = "没有这一列"
_ALL_ONE = "都属于一类的，回答“都是某某类”；"
_LEAST_SCORE = 1.15
_CLEARLY = 0.8  # of the dated rows lie in one year: that is the report's
_ORGAN = re.compile(
    r"([一-鿿]{2,14}?(?:县|市|区|州|省|旗|盟)[一-鿿]{0,14}?(?:分局|局|委员会|委|厅|办公室|中心|人民政府))"
)
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
        self.typed_basics, self.typed = read_typed(given, by, today)
        self.today = today
        self.basics: dict[str, object] = {}
        self.problems, self.notes = list(sources.problems), list(sources.notes)
        self.year = year

    def run(self) -> Proposal:
        tables = [table for grid in self.sources.grids for table in self._tables(grid)]
        self.basics |= self.typed_basics
        sheets = [self._sheet(table) for table in tables]
        self._settle_basics(sheets)
        settler = Settler(self.asking, self.year)
        used = [sheet for sheet in sheets if sheet.reading is not None]
        for sheet in used:
            self._ask_columns(sheet)
            sheet.apart = self._set_aside(sheet)
            settler.gather(sheet.table, sheet.reading, sheet.apart)  # type: ignore[arg-type]
        settler.ask_values()
        rows: dict[str, list[LedgerRow]] = {}
        for sheet in used:
            reading = sheet.reading
            if reading is None or reading.rivals or reading.lacking:
                continue  # which column is which comes before what stands in its rows
            settled = settler.rows(sheet.table, reading, sheet.apart)
            if sheet.confirmed:
                rows.setdefault(reading.sheet, []).extend(settled)
        rows = {name: without_doubles(name, found, self.asking, settler.open) for name, found in rows.items()}
        lines = stated_lines(
            [sheet.counts for sheet in sheets if sheet.counts and sheet.confirmed], settler, self.asking, self.notes
        )
        lines = self._with_typed(lines)
        self._learn(sheets)
        self._note_years(rows)
        for id in self.asking.unknown_answers():
            self.notes.append(f"没有“{id}”这个问题，回答没有用到")
        self._note_holidays(rows.get("依申请公开", []))
        present = self._present(sheets, rows, lines)
        last = self._last_year()
        if last and not any(sheet.is_ == "依申请公开" and not sheet.confirmed for sheet in sheets):
            self.notes += self._carried(last, rows.get("依申请公开", []))
        return Proposal(
            sheets,
            self.asking.questions(),
            list(settler.open.values()),
            [*self._lacks_organ(), *missing(present, self.typed)],
            rows,
            lines,
            self.basics,
            self.problems,
            self.notes,
            self.learnt,
            last,
        )

    # --- what each table is -----------------------------------------------------------------------

    def _tables(self, grid: CellGrid) -> list[Table]:
        if basics := _basics_of(grid):
            self.basics |= {key: value for key, value in basics.items() if key not in self.basics}
            return []
        if grid.sheet in ("填写说明", "选项", "待核实"):
            return []
        tables = [table for table in find_tables(grid) if table.records or table.totals or len(table.headings) > 2]
        if not tables:
            self.notes.append(f"{grid.name}里没有找到表格，没有读入")
        return tables

    def _sheet(self, table: Table) -> Sheet:
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
        said = f"{table.name}（{len(table.records)}行）"
        if best and proposal == best.sheet:
            kind = kinds()[best.sheet]
            pairs = "，".join(
                f"{table.headings[at]}→{name}"
                for name, at in best.columns.items()
                if kind.columns[name].filled != "personal"
            )
            fixed = "".join(f"，{name}都是“{value}”" for name, value in best.constants.items())
            rest = [
                heading
                for at, heading in enumerate(table.headings)
                if at not in best.columns.values() and heading not in ("序号", "序")
            ]
            unused = f"；没有用到：{'、'.join(rest)}" if rest else ""
            text = f"{said}是“{kind.said}”吗？各列：{pairs}{fixed}{unused}"
        elif counts and proposal != UNUSED:
            text = f"{said}是“{counts.area}”的统计数（{'分月，' if counts.has_months else ''}共{sum(cell.value for cell in counts.cells)}）吗？"
        else:
            text = f"{said}看不出是什么，要用吗？表头：{'、'.join(table.headings[:12])}"
        return IntakeQuestion(
            id=f"表/{table.id}",
            text=text,
            proposal=proposal,
            choices=(*kinds(), *(COUNT_PREFIX + area for area in COUNT_AREAS), UNUSED),
            examples=tuple(table.headings[:12]),
            count=len(table.records),
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

    def _ask_columns(self, sheet: Sheet) -> None:
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
                    proposal=table.headings[rivals[0]] if rivals else "",
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

    def _set_aside(self, sheet: Sheet) -> frozenset[int]:
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
                    text=f"{grid.name}第{row_list(grid.row(record) for record in found)}行{said}，计入吗？",
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

    # --- the report that it is for ----------------------------------------------------------------

    def _settle_basics(self, sheets: Sequence[Sheet]) -> None:
        self._settle_year(sheets)
        self._settle_organ(sheets)

    def _settle_year(self, sheets: Sequence[Sheet]) -> None:
        if self.year:
            self.basics["报告年度"] = self.year
        if told := _year_in(str(self.basics.get("报告年度", ""))):
            self.year = self.basics["报告年度"] = told
            return
        settler = Settler(self.asking, 0)
        years = Counter(year for sheet in sheets if sheet.reading for year in settler.years(sheet.table, sheet.reading))
        years += Counter({report.year + 1: 1 for report in self.sources.reports if report.year})
        likely = max(years, key=lambda one: (years[one], one)) if years else self.today.year - 1
        if not years:
            years = Counter(
                int(year)
                for sheet in sheets
                for name in names_of(sheet.table)
                for year in set(re.findall(r"20\d\d", name))
            )
            likely = max(years, key=lambda one: (years[one], one)) if years else likely
        following = {report.year + 1 for report in self.sources.reports if report.year}
        if (
            "报告年度" not in self.asking.answers
            and years[likely] >= 5
            and years[likely] >= _CLEARLY * years.total()
            and following <= {likely}
        ):
            self.year = self.basics["报告年度"] = likely
            self.notes.append(f"按{likely}年度的报告计（有日期的行大多是{likely}年的）；不是的请写明报告年度")
            return
        around = range(likely - 1, likely + 2)
        answer = self.asking.ask(
            IntakeQuestion(
                "报告年度",
                f"这是哪一年度的报告？（像是{likely}年）" if years else "这是哪一年度的报告？",
                str(likely),
                tuple(map(str, around)),
                count=years[likely],
                free=True,
            )
        )
        self.year = _year_in(answer) if answer else likely
        if not self.year:
            raise UnusableInput(f"问题“报告年度”的回答“{str(answer)[:40]}”不是年度，请写成 2025 的样子")
        if answer:
            self.basics["报告年度"] = self.year

    def _settle_organ(self, sheets: Sequence[Sheet]) -> None:
        names = [report.org for report in self.sources.reports if report.org]
        titles = [(sheet, found) for sheet in sheets if (found := _organ_of(sheet.table))]
        if not self.basics.get("单位名称"):
            likely = next(iter(names), "") or next((organ for _, organ in titles if "某" not in organ), "")
            choices = tuple(dict.fromkeys([*names, *(organ for _, organ in titles)]))
            key = "值/基本信息/单位名称/本单位"
            if likely or key in self.known.values or "单位名称" in self.asking.answers:
                text = f"报告是“{likely}”的吗？不是的请写全称" if likely else "报告是哪个机关的？请写全称"
                answer = self.asking.ask(IntakeQuestion("单位名称", text, likely, choices, free=True, key=key))
                self.basics |= {"单位名称": answer} if answer else {}
        own = str(self.basics.get("单位名称") or next(iter(names), ""))
        for sheet, organ in titles:
            if own and "某" not in organ and not _same_organ(own, organ) and sheet.is_ != UNUSED:
                self._ask_organ(sheet, organ, own)

    def _ask_organ(self, sheet: Sheet, organ: str, own: str) -> None:
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"单位/{sheet.table.id}",
                text=f"{sheet.table.name}的标题写的是“{organ}”，报告是“{own}”的；这张表是本单位的吗？",
                proposal="",
                choices=("是本单位的", UNUSED),
                count=len(sheet.table.records),
            )
        )
        if answer is None:
            sheet.confirmed = False
        elif answer == UNUSED:
            sheet.is_, sheet.reading, sheet.counts = UNUSED, None, None

    def _last_year(self) -> LastYear | None:
        return next((report for report in self.sources.reports if report.year == self.year - 1), None)

    def _carried(self, last: LastYear, rows: Sequence[LedgerRow]) -> list[str]:
        from intake.carrying import compare_carried

        return compare_carried(last, rows, self.year)

    # --- what there is ----------------------------------------------------------------------------

    def _with_typed(self, lines: list[StatedLine]) -> list[StatedLine]:
        """Typed figures beside what files state; a figure that both give stands twice under its name, and is asked."""
        held = {line.name: line for line in lines}
        for one in self.typed:
            other = held.get(one.name)
            if other and other.value == one.value:
                continue
            if other:
                answer = self.asking.ask(
                    IntakeQuestion(
                        id=f"并存/{one.name}",
                        text=f"“{one.name}”：文件里是{other.value}（{other.note}），填写的是{one.value}，用哪一个？",
                        proposal="",
                        choices=(f"文件里的{other.value}", f"填写的{one.value}"),
                    )
                )
                if answer != f"填写的{one.value}":
                    continue
                lines.remove(other)
                lines.append(
                    StatedLine(one.name, one.value, one.unit, f"{one.note}；文件里是{other.value}（{other.note}）")
                )
            else:
                lines.append(StatedLine(one.name, one.value, one.unit, one.note))
        return lines

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
            if not target or name in ("依申请公开", "制度文件"):
                continue
            other = [row for row in found if isinstance(day := row.cells.get(target), date) and day.year != self.year]
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


def _year_in(text: str) -> int:
    """The year that is written: 2025, 2025年度, 二〇二五年; 0 where there is none."""
    digits = "".join(CHINESE_DIGITS.get(char, char) for char in unicodedata.normalize("NFKC", text))
    found = re.search(r"(?<!\d)20\d\d(?!\d)", digits)
    return int(found[0]) if found else 0


def _runs_into(row: LedgerRow, year: int) -> bool:
    """Whether an application of late in the year before is answered, or due, in ``year``."""
    received, closed = row.cells["收到日期"], row.cells.get("办结日期")
    late = isinstance(received, date) and received.year == year - 1 and received.month >= 12
    return late and (closed is None or (isinstance(closed, date) and closed.year >= year))


def _parts(sheet: str) -> tuple[str, ...]:
    return {
        "行政执法": ("行政许可", "行政处罚", "行政强制"),
        "制度文件": ("规章", "行政规范性文件"),
        "工作记录": ("听取汇报", "业务培训"),
    }.get(sheet, ())


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


def _constant_choices(sheet: str, target: str) -> tuple[str, ...]:
    from intake.values import choices

    column = kinds()[sheet].columns[target]
    return (
        tuple(f"都是{name}" for name in choices(target))
        if column.filled == "choice" and column.optional
        else ("都是未分类",)
        if target == "信息类别"
        else ()
    )


def _basics_of(grid: CellGrid) -> dict[str, object]:
    """单位名称, 报告年度 and so on from a sheet of keys and values; nothing of any other sheet."""
    found: dict[str, object] = {}
    for row in grid.rows[:40]:
        cells = [cell for cell in row if not is_empty(cell)]
        if len(cells) >= 2 and isinstance(cells[0], str) and (key := fold(cells[0]).strip("：:")) in BASIC_KEYS:
            found.setdefault(key, int(cells[1]) if isinstance(cells[1], float) and cells[1].is_integer() else cells[1])
    return found if {"单位名称", "报告年度"} <= found.keys() else {}


def _organ_of(table: Table) -> str:
    found = _ORGAN.search(heading_word(re.sub(r"20\d\d年?度?", "", table.title)).replace("填报单位", ""))
    return found[1] if found else ""


def _same_organ(own: str, other: str) -> bool:
    return other in own or own in other or own.endswith(other[-6:]) and len(other) <= 6
