"""The statutory forms: rows, columns, labels, keys, layout and identities, read from data files.

Legal sources: 国办公开办函〔2021〕30号 (reports for 2021 and later), 国办公开办函〔2019〕60号 (the trial
format, 2019 and 2020). A future format is a new file in ``knowledge/forms``, explained at the head of
``2021.toml``; computing, reading, checking and rendering all go by these definitions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from domain import UnusableInput

FORMS = Path(__file__).parent / "knowledge" / "forms"
_MISSING = object()


@dataclass(frozen=True)
class Column:
    """A value column; ``role`` is applicant, result or total, "" in table 2.

    ``organisation`` marks those under 法人或其他组织.
    """

    key: str
    label: str
    organisation: bool = False
    role: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    decimal: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Row:
    """A row; ``role`` is received, carried_in, outcome, processed, carried_out, or "" in table 2.

    ``ledger`` is the ledger's name for it where that differs from the label; ``summed_as`` the key
    under which another format has this row together with others.
    """

    key: str
    label: str
    group: str = ""
    role: str = ""
    ledger: str = ""
    aliases: tuple[str, ...] = ()
    decimal: bool = False
    summed_as: str = ""


@dataclass(frozen=True)
class Stock:
    """Columns of a block with closing(Y) = closing(Y−1) + added(Y) − removed(Y)."""

    closing: str
    added: str
    removed: str


@dataclass(frozen=True)
class Block:
    """One item of 条例第二十条 in table 2."""

    item: str
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    stock: Stock | None = None

    def key(self, row: Row, column: Column) -> str:
        """Dotted key without ``table2.``: ``regulations.issued``, ``licensing``, ``licensing_change``."""
        joint = "" if not column.key or column.key.startswith("_") else "."
        return f"{row.key}{joint}{column.key}"

    def keys(self) -> list[str]:
        return [self.key(row, column) for row in self.rows for column in self.columns]


@dataclass(frozen=True)
class Case:
    """A kind of case in table 4; ``ledger`` is its name in the ledger's 案件类型."""

    key: str
    label: str
    ledger: str
    litigation: bool
    role: str = "case"


@dataclass(frozen=True)
class Sum:
    """An identity: for each row (or column), the cells of the roles ``left`` sum to those of ``right``."""

    rule: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_name: str
    right_name: str


@dataclass(frozen=True)
class Leaf:
    """What one cell of a table holds: its place in words, its unit, whether decimal or signed."""

    where: str
    unit: str = ""
    decimal: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Form:
    """One format of the report. ``label_columns`` is the number of label columns of table 3."""

    year: str
    first_report_year: int
    last_report_year: int | None
    document: str
    parts: tuple[str, ...]
    overview_topics: tuple[str, ...]
    table2: tuple[Block, ...]
    note: str
    label_columns: int
    outcome_heading: str
    outcome_roles: tuple[str, ...]
    applicants_heading: str
    organisations_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    litigation_heading: str
    cases: tuple[Case, ...]
    results: tuple[Column, ...]
    identities: tuple[Sum, ...]

    @property
    def outcomes(self) -> tuple[Row, ...]:
        """The outcome rows that 总计 sums."""
        return tuple(row for row in self.rows if row.role == "outcome")

    @property
    def applicants(self) -> tuple[Column, ...]:
        """The applicant columns that 总计 sums."""
        return tuple(column for column in self.columns if column.role == "applicant")

    def row(self, role: str) -> Row:
        """The one row of a role: received, carried_in, processed or carried_out."""
        return next(row for row in self.rows if row.role == role)

    def headings(self, row: Row) -> tuple[str, ...]:
        """The labels of table 3 to the left of a row's own: 三、本年度办理结果, （三）不予公开."""
        part = self.outcome_heading if row.role in self.outcome_roles else ""
        return tuple(heading for heading in (part, row.group) if heading)

    def leaf(self, key: str) -> Leaf | None:
        """What the dotted key (``table3.granted.total``) stands for; None for a key of no table."""
        return _leaves(self).get(key)

    def figures(self) -> tuple[str, ...]:
        """The dotted key of every cell of the tables."""
        return tuple(_leaves(self))

    def where(self, key: str) -> str:
        """A figure's place in words: ``table3.granted.total`` → ``表三“（一）予以公开”总计``."""
        leaf = self.leaf(key)
        return leaf.where if leaf else key

    def covers(self, report_year: int) -> bool:
        """Whether reports of that year use this form."""
        return self.first_report_year <= report_year <= (self.last_report_year or report_year)


@cache
def all_forms(folder: Path = FORMS) -> tuple[Form, ...]:
    """Every form that has a definition file, the latest first."""
    forms = [read_form(path) for path in folder.glob("*.toml")]
    return tuple(sorted(forms, key=lambda form: form.first_report_year, reverse=True))


@cache
def load_form(year: str) -> Form:
    """The definition file ``knowledge/forms/{year}.toml`` as a Form."""
    return read_form(FORMS / f"{year}.toml")


def form_for(report_year: int) -> Form:
    """The form that a report of that year uses; UnusableInput for a year before any known form."""
    for form in all_forms():
        if form.covers(report_year):
            return form
    first = all_forms()[-1].first_report_year
    raise UnusableInput(f"没有{report_year}年度报告的格式定义，已有格式自{first}年度起")


def form_of(stated: str, report_year: int) -> Form:
    """The form that tables are said to be in ("2021"), else that of their year, else the newest."""
    known = [form for form in all_forms() if form.year == stated]
    return next(iter(known or [form for form in all_forms() if form.covers(report_year)] or all_forms()))


def comparable_figures(tables: Mapping[str, Any], form: Form, other: Form) -> dict[str, Any]:
    """The cells of ``tables`` (in ``form``) by dotted key that can be set beside those of ``other``.

    Rows that ``other`` has as one are summed under its key; a cell among them that is not a number
    makes the sum None. Cells that ``other`` does not have are left out.
    """
    found: dict[str, Any] = {}
    target = _leaves(other)
    summed = {f"table3.{row.key}.": f"table3.{row.summed_as}." for row in form.rows if row.summed_as}
    for key in _leaves(form):
        value = value_at(tables, key)
        row, column = key[: key.rfind(".") + 1], key[key.rfind(".") + 1 :]
        if key in target:
            if value is not _MISSING:
                found[key] = value
        elif row in summed and f"{summed[row]}{column}" in target:
            whole = f"{summed[row]}{column}"
            numeric = not isinstance(value, str) and value is not None and value is not _MISSING
            before = found.get(whole, 0)
            found[whole] = before + value if numeric and before is not None else None
    return found


def value_at(tables: Mapping[str, Any], key: str, default: Any = _MISSING) -> Any:
    """The cell of a dotted key in nested tables, whose own keys may hold dots (``other.fee_unpaid``)."""
    if key in tables and not isinstance(tables[key], Mapping):
        return tables[key]
    for at, char in enumerate(key):
        if char == "." and isinstance(inner := tables.get(key[:at]), Mapping):
            value = value_at(inner, key[at + 1 :])
            if value is not _MISSING:
                return value
    return default


def read_form(path: Path) -> Form:
    """A definition file as a Form; UnusableInput names the file and what it lacks or has too much of."""
    try:
        return _form(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableInput(f"格式定义文件 {path.name} 无法读取：{error}") from error
    except KeyError as error:
        raise UnusableInput(f"格式定义文件 {path.name} 缺少“{error.args[0]}”") from error
    except (TypeError, ValueError) as error:
        raise UnusableInput(f"格式定义文件 {path.name} 的内容不合规定：{error}") from error


def _form(data: dict) -> Form:
    three, four = data["table3"], data["table4"]
    form = Form(
        year=data["year"],
        first_report_year=data["first_report_year"],
        last_report_year=data.get("last_report_year"),
        document=data["document"],
        parts=tuple(data["parts"]),
        overview_topics=tuple(data["overview_topics"]),
        table2=tuple(_block(block) for block in data["table2"]),
        note=three["note"],
        label_columns=three["label_columns"],
        outcome_heading=three["outcome_heading"],
        outcome_roles=tuple(three["outcome_roles"]),
        applicants_heading=three["applicants_heading"],
        organisations_heading=three["organisations_heading"],
        columns=_records(Column, three["columns"]),
        rows=_records(Row, three["rows"]),
        litigation_heading=four["litigation_heading"],
        cases=_records(Case, four["cases"]),
        results=_records(Column, four["results"]),
        identities=_records(Sum, data["identities"]),
    )
    _check_roles(form)
    return form


def _block(data: dict) -> Block:
    stock = Stock(**data["stock"]) if "stock" in data else None
    return Block(data["item"], data["heading"], _records(Column, data["columns"]), _records(Row, data["rows"]), stock)


def _records(kind: type, items: list[dict]) -> tuple:
    names = {field.name for field in fields(kind)}
    for item in items:
        if unknown := item.keys() - names:
            raise ValueError(f"“{'、'.join(sorted(unknown))}”不是可用的项")
    return tuple(
        kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in item.items()})
        for item in items
    )


def _check_roles(form: Form) -> None:
    """Every role that an identity names exists in its table: a slip of the pen must not check nothing."""
    for item in form.identities:
        rows, columns = axes(form, item.table)
        known = {entry.role for entry in (columns if item.each == "row" else rows)}
        if unknown := {*item.left, *item.right} - known:
            raise ValueError(f"勾稽关系 {item.rule} 用了不存在的类别“{'、'.join(sorted(unknown))}”")


def axes(form: Form, table: str) -> tuple[tuple, tuple]:
    """The rows and columns of table3 or table4 (whose rows are its kinds of case)."""
    return {"table3": (form.rows, form.columns), "table4": (form.cases, form.results)}[table]


@cache
def _leaves(form: Form) -> dict[str, Leaf]:
    return dict(_each_leaf(form))


def _each_leaf(form: Form) -> Iterator[tuple[str, Leaf]]:
    for block in form.table2:
        for row in block.rows:
            for column in block.columns:
                decimal = row.decimal or column.decimal
                leaf = Leaf(f"表二“{row.label}”{column.label}", column.unit, decimal, column.signed)
                yield f"table2.{block.key(row, column)}", leaf
    for row in form.rows:
        for column in form.columns:
            yield f"table3.{row.key}.{column.key}", Leaf(f"表三“{row.group}{row.label}”{column.label}", "件")
    for case in form.cases:
        for result in form.results:
            yield f"table4.{case.key}.{result.key}", Leaf(f"表四“{case.label}”{result.label}", "件")
