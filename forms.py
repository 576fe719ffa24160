"""The statutory form: rows, columns, labels and keys of the three tables, read from data files.

Legal source of the 2021 form: 国办公开办函〔2021〕30号. A future format is a new file in
``knowledge/forms``; computing, reading, checking and rendering all go by these definitions.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain import UnusableInput

FORMS = Path(__file__).parent / "knowledge" / "forms"


@dataclass(frozen=True)
class Column:
    """A value column; ``organisation`` marks those under 法人或其他组织. ``key`` may be ""."""

    key: str
    label: str
    organisation: bool = False


@dataclass(frozen=True)
class Row:
    """A row; ``role`` is received, carried_in, outcome, processed, carried_out, or "" in table 2."""

    key: str
    label: str
    group: str = ""
    role: str = ""
    ledger: str = ""
    aliases: tuple[str, ...] = ()
    decimal: bool = False


@dataclass(frozen=True)
class Block:
    """One item of 条例第二十条 in table 2."""

    item: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def keys(self) -> list[str]:
        """Dotted keys without ``table2.``: ``regulations.issued`` or ``licensing``."""
        return [f"{row.key}.{column.key}".rstrip(".") for row in self.rows for column in self.columns]


@dataclass(frozen=True)
class Case:
    """A kind of case in table 4; ``ledger`` is its name in the ledger's 案件类型."""

    key: str
    label: str
    ledger: str
    litigation: bool


@dataclass(frozen=True)
class Form:
    """One year's format of the report."""

    year: str
    first_report_year: int
    document: str
    parts: tuple[str, ...]
    overview_topics: tuple[str, ...]
    table2: tuple[Block, ...]
    note: str
    outcome_heading: str
    applicants_heading: str
    organisations_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    litigation_heading: str
    cases: tuple[Case, ...]
    results: tuple[Column, ...]

    @property
    def outcomes(self) -> tuple[Row, ...]:
        """The outcome rows that （七）总计 sums."""
        return tuple(row for row in self.rows if row.role == "outcome")

    @property
    def applicants(self) -> tuple[Column, ...]:
        """The applicant columns that 总计 sums."""
        return self.columns[:-1]

    def where(self, key: str) -> str:
        """A figure's place in words: ``table3.granted.total`` → ``表三“（一）予以公开”总计``."""
        table, _, rest = key.partition(".")
        row_key, _, column_key = rest.rpartition(".")
        if table == "table3":
            row = next((row for row in self.rows if row.key == row_key), None)
            column = next((column for column in self.columns if column.key == column_key), None)
            return f"表三“{row.group}{row.label}”{column.label}" if row and column else key
        if table == "table4":
            case = next((case for case in self.cases if case.key == row_key), None)
            result = next((result for result in self.results if result.key == column_key), None)
            return f"表四“{case.label}”{result.label}" if case and result else key
        for block in self.table2:
            for row in block.rows:
                for column in block.columns:
                    if f"{row.key}.{column.key}".rstrip(".") == rest:
                        return f"表二“{row.label}”{column.label}"
        return key

    def row(self, role: str) -> Row:
        """The one row of a role: received, carried_in, processed or carried_out."""
        return next(row for row in self.rows if row.role == role)


@cache
def load_form(year: str = "2021") -> Form:
    """The definition file ``knowledge/forms/{year}.toml`` as a Form."""
    data = tomllib.loads((FORMS / f"{year}.toml").read_text(encoding="utf-8"))
    three, four = data["table3"], data["table4"]
    return Form(
        year=data["year"],
        first_report_year=data["first_report_year"],
        document=data["document"],
        parts=tuple(data["parts"]),
        overview_topics=tuple(data["overview_topics"]),
        table2=tuple(
            Block(
                block["item"],
                tuple(Column(**column) for column in block["columns"]),
                tuple(_row(row) for row in block["rows"]),
            )
            for block in data["table2"]
        ),
        note=three["note"],
        outcome_heading=three["outcome_heading"],
        applicants_heading=three["applicants_heading"],
        organisations_heading=three["organisations_heading"],
        columns=tuple(Column(**column) for column in three["columns"]),
        rows=tuple(_row(row) for row in three["rows"]),
        litigation_heading=four["litigation_heading"],
        cases=tuple(Case(**case) for case in four["cases"]),
        results=tuple(Column(**result) for result in four["results"]),
    )


def form_for(report_year: int) -> Form:
    """The form that a report of that year uses; UnusableInput for a year before any known form."""
    known = [load_form(path.stem) for path in sorted(FORMS.glob("*.toml"), reverse=True)]
    for form in known:
        if report_year >= form.first_report_year:
            return form
    raise UnusableInput(f"没有{report_year}年度报告的格式定义，已有格式自{known[-1].first_report_year}年度起")


def _row(data: dict) -> Row:
    return Row(**(data | {"aliases": tuple(data.get("aliases", ()))}))
