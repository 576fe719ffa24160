"""Examples that a rule declares: a faultless report but for what the example says of it.

The report is one that nothing is found in: zeros in the tables, a few words in each narrative part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from checks.layout import Layout
from checks.subject import NUMERALS, Numbered, Subject
from domain import Figures, Note, PublishedReport, Section
from forms import Form, axes, form_for, form_of

YEAR = 2024
ORGAN = "云溪县生态环境局"
OVERVIEW = (
    "依照《中华人民共和国政府信息公开条例》编制。\n主动公开：及时发布信息。\n依申请公开：规范办理。\n"
    "政府信息管理：明确流程。\n平台建设：维护网站。\n监督保障：定期检查。"
)
PROBLEMS = "政策解读形式单一。\n下一步，丰富政策解读形式。"
OTHER = "全年发出信息处理费收费通知0件，总金额0元，实际收取0元。"


@dataclass(frozen=True)
class Law:
    """A regulation as an example knows it: from when to when (ISO days), by what replaced, how many articles."""

    begins: str
    ends: str = "9999-12-31"
    successor: str = ""
    articles: int = 0

    def status(self, day: date) -> tuple[str, str]:
        if day < date.fromisoformat(self.begins):
            return "尚未施行", ""
        return ("已废止", self.successor) if day >= date.fromisoformat(self.ends) else ("现行有效", "")


@dataclass(frozen=True)
class Example:
    """What differs from the faultless report.

    text: paragraphs at the head of ``part`` (0 is 一); parts: the whole text of parts. cells: cells of the
    tables by dotted key; missing: tables and rows that are not there. source: the file's name. last_text, last_cells, last_year,
    last_org: last year's report, and its tables. ledger: figures of the ledger. headings: other words for
    the headings of parts, "" for none. stale: what was given to compare with, but is of another year
    (see Subject). layout: of its pages. beside: other errors that the same fault must bring with it.
    """

    text: str = ""
    part: int = 0
    parts: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    source: str = "报告.docx"
    org: str = ORGAN
    year: int = YEAR
    form: str = ""
    title: str = ""
    signed: str = ""
    unsigned: bool = False
    posted: str = ""
    headings: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    last_text: str = ""
    last_cells: Mapping[str, Any] | None = None
    last_org: str = ""
    ledger: Mapping[str, Any] | None = None
    laws: Mapping[str, Law] = field(default_factory=dict)
    numbers: Mapping[str, Numbered] = field(default_factory=dict)
    layout: Layout | None = None
    stale: tuple[tuple[str, int, int], ...] = ()
    beside: tuple[str, ...] = ()

    def subject(self) -> Subject:
        """The report of the example as the rules get it."""
        published = self._published()
        form = form_of(published.form, published.year)
        last = self.last_cells if self.last_cells is not None else {} if self.last_text or self.last_org else None
        found = Subject(
            published,
            form,
            figures=None if self.ledger is None else _figures(self, form),
            previous=None if last is None else tables(form, last) | {"year": self.year - 1, "org": self.last_org},
            previous_report=replace(self, text=self.last_text)._published() if self.last_text else None,
            stale=self.stale,
            layout=self.layout,
            numbers=self.numbers,
        )
        known: dict[str, Any] = {
            "validity": self._validity,
            "article_exists": self._article_exists,
            "titles": {title: title for title in self.laws},
        }
        return replace(found, **known) if self.laws else found

    def _published(self) -> PublishedReport:
        form = form_of(self.form, self.year)
        texts = {0: OVERVIEW, 4: PROBLEMS, 5: OTHER} | dict(self.parts)
        texts[self.part] = f"{self.text}\n{texts.get(self.part, '')}".strip()
        headings = [f"{numeral}、{part}" for numeral, part in zip(NUMERALS, form.parts)]
        sections = [
            Section(self.headings.get(place, heading), tuple(texts.get(place, "").splitlines()))
            for place, heading in enumerate(headings)
        ]
        return PublishedReport(
            self.org,
            self.year,
            self.title or f"{self.org}{self.year}年政府信息公开工作年度报告",
            self.source,
            "",
            tuple(sections),
            tables(form, self.cells, self.missing),
            form.year,
            None if self.unsigned else date.fromisoformat(self.signed or f"{self.year + 1}-01-10"),
            self.notes,
            date.fromisoformat(self.posted) if self.posted else None,
        )

    def _validity(self, title: str, day: date) -> tuple[str, str] | None:
        return self.laws[title].status(day) if title in self.laws else None

    def _article_exists(self, title: str, number: int, day: date) -> bool | None:
        return number <= self.laws[title].articles if title in self.laws else None


def texts(*given: str, **common: Any) -> tuple[Example, ...]:
    """An example for each text, the rest common to all."""
    return tuple(Example(text, **common) for text in given)


def applications(**counts: int) -> dict[str, int]:
    """Cells of table 3 that hold together, all applicants natural persons: ``applications(new_received=4, granted=3)``.

    ``denied__state_secret`` is the row denied.state_secret. 总计 and what is carried out follow from the rest.
    """
    form, rows = form_for(YEAR), {name.replace("__", "."): count for name, count in counts.items()}
    done = sum(rows.get(row.key, 0) for row in form.outcomes)
    left = rows.get("new_received", 0) + rows.get("carried_in", 0) - done
    rows |= {"total_processed": done, "carried_out": left}
    return {f"table3.{row}.{column}": count for row, count in rows.items() for column in ("natural_person", "total")}


def cases(kind: str, **results: int) -> dict[str, int]:
    """Cells of a row of table 4 with their total: ``cases("review", upheld=5, corrected=1)``."""
    cells = {f"table4.{kind}.{result}": count for result, count in results.items()}
    return cells | {f"table4.{kind}.total": sum(results.values())}


def tables(form: Form, cells: Mapping[str, Any], missing: tuple[str, ...] = ()) -> dict[str, Any]:
    """The three tables of a form: zeros, and ``cells``; without the tables and rows in ``missing``."""
    found: dict[str, Any] = {"table2": {}}
    for block in form.table2:
        for row in block.rows:
            for column in block.columns:
                _put(found["table2"], block.key(row, column), 0)
    for name in ("table3", "table4"):
        rows, columns = axes(form, name)
        found[name] = {row.key: dict.fromkeys((column.key for column in columns), 0) for row in rows}
    for key, value in cells.items():
        table, _, place = key.partition(".")
        _put(found[table], place, value)
    for key in missing:
        table, _, row = key.partition(".")
        if row:
            del found[table][row]
        else:
            found[table] = {}
    return found


def _put(table: dict[str, Any], place: str, value: Any) -> None:
    row, _, column = place.rpartition(".")
    (table.setdefault(row, {}) if row else table)[column] = value


def _figures(example: Example, form: Form) -> Figures:
    counted = tables(form, example.ledger or {})
    return Figures(example.org, example.year, "", "", **counted, facts={})
