"""The records, by the dotted keys of the figures: ``facts.trainings``, ``table3.denied.state_secret``.

Keys without a figure of their own: ``table3.denied`` (all rows of a group), ``table4.litigation`` (both
kinds of lawsuit), ``applicants.*``, ``results.*`` and ``table2_columns.*`` (the columns), ``together.*``
(words for several rows).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from forms import Form

FOLDER = Path(__file__).parent
FILES = ("facts.toml", "derived.toml", "tables.toml")
SPECIFIC = 3
_TELLS_NOTHING = ("其他", "总计")
_OUTSIDE = ("facts.", "derived.", "together.")  # what is in no table
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]+")
_BRACKETS = re.compile(r"（[^（）]*）")


class Phrasing(NamedTuple):
    """A figure in a draft: the phrase's name, its words with the number as {}, its words for zero."""

    name: str
    words: str
    zero: str


@dataclass(frozen=True)
class Matter:
    """One thing that is counted, or a group of such; the fields are explained in the TOML files."""

    key: str
    label: str = ""
    name: str = ""
    group: str = ""
    unit: str = ""
    rank: int = SPECIFIC
    asked: tuple[str, ...] = ()
    stated: str = ""
    meaning: tuple[tuple[str, ...], ...] = ()
    told: tuple[str, ...] = ()
    told_zero: tuple[str, ...] = ()
    phrase: Phrasing | None = None
    whole: str = ""
    change: str = ""
    sheet: str = ""
    ledger: str = ""
    short: str = ""
    compared: str = ""
    few: tuple[str, ...] = ()
    chart: str = ""
    members: bool = False

    @property
    def table(self) -> str:
        """The first part of the key: facts, derived, table2, …"""
        return self.key.partition(".")[0]

    @property
    def path(self) -> str:
        """The key without its table: ``denied.state_secret``."""
        return self.key.partition(".")[2]


@cache
def matters(form: Form) -> Mapping[str, Matter]:
    """Every matter of a form by its key: facts, derived figures, then the tables in the form's order."""
    words = _words()
    outside = (Matter(key) for key in words if key.startswith(_OUTSIDE))
    return {one.key: _joined(one, words.get(one.key, {})) for one in (*outside, *_of_form(form))}


def _joined(by_form: Matter, words: Mapping[str, Any]) -> Matter:
    """A row of table 3 can always be asked for by its label, beside the words of its record."""
    one = replace(by_form, **words)
    label = by_form.asked if one.table == "table3" and by_form.label not in _TELLS_NOTHING else ()
    return replace(one, asked=tuple(dict.fromkeys((*one.asked, *label))))


def main_figure(one: Matter, form: Form) -> str:
    """The key of the figure that stands for a matter: a row's total, what is in force of documents, a fact itself."""
    if one.table in ("table3", "table4"):
        return f"{one.key}.total"
    stock = next(
        (block.stock for block in form.table2 if block.stock and one.path in {row.key for row in block.rows}), None
    )
    return f"{one.key}.{stock.closing}" if stock and one.table == "table2" else one.key


@cache
def by_main_figure(form: Form) -> Mapping[str, Matter]:
    """Every matter by the key of the figure that stands for it."""
    return {main_figure(one, form): one for one in matters(form).values()}


def matter(key: str, form: Form) -> Matter:
    """The matter of a key; KeyError where the form has no such row."""
    return matters(form)[key]


@cache
def facts() -> Mapping[str, Matter]:
    """The facts that every ledger counts, by their names: ``published_total``."""
    found = (Matter(key, **words) for key, words in _words().items() if key.startswith("facts."))
    return {one.path: one for one in found}


@cache
def together() -> Mapping[str, Matter]:
    """The words for several rows of table 3 at once, by their names: ``received``, ``granted_in_full_or_part``."""
    found = (Matter(key, **words) for key, words in _words().items() if key.startswith("together."))
    return {one.path: one for one in found}


@cache
def work() -> Mapping[str, Matter]:
    """The facts counted from 工作记录, by their 类型 there: 听取汇报."""
    return {one.ledger: one for one in facts().values() if one.sheet == "工作记录"}


def in_words(label: str) -> str:
    """A label of the form without its numbering and what it has in brackets."""
    return _BRACKETS.sub("", _NUMBERING.sub("", label)) or label


def plain(label: str) -> str:
    """A label in words, without its quotation marks."""
    return re.sub(r"[“”]", "", in_words(label))


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    """The fields that the files give, by key."""
    tables = [tomllib.loads((FOLDER / name).read_text(encoding="utf-8")) for name in FILES]
    return {
        f"{table}.{path}": {name: _frozen(name, value) for name, value in record.items()}
        for data in tables
        for table, records in data.items()
        for path, record in records.items()
    }


def _frozen(name: str, value: Any) -> Any:
    if name == "phrase":
        return Phrasing(*value)
    return tuple(_frozen("", one) for one in value) if isinstance(value, list) else value


def _of_form(form: Form) -> Iterator[Matter]:
    """Every row, group and column of a form, by the form's own words alone."""
    for block in form.table2:
        yield from (Matter(f"table2.{row.key}", row.label, row.label, asked=(row.label,)) for row in block.rows)
        yield from (_named("table2_columns", column.key, column.label) for column in block.columns if column.key)
    yield from _of_table3(form)
    yield from (_named("applicants", column.key, column.label) for column in form.applicants)
    yield _named("applicants", "organisations", form.organisations_heading)
    yield from (replace(_named("table4", case.key, case.label), ledger=case.ledger) for case in form.cases)
    yield _named("table4", "litigation", form.litigation_heading)
    yield from (_named("results", result.key, result.label) for result in form.results if result.role != "total")


def _of_table3(form: Form) -> Iterator[Matter]:
    before: set[str] = set()
    for row in form.rows:
        group, item = row.key.partition(".")[::2]
        if item and group not in before:
            before.add(group)
            yield replace(_named("table3", group, plain(row.group)), meaning=((f"{group}.",),))
        one, word = _named("table3", row.key, plain(row.label)), in_words(row.ledger or row.label)
        yield replace(
            one, name=word, ledger=word, group=in_words(row.group), stated=re.escape(word), meaning=((row.key,),)
        )


def _named(table: str, path: str, label: str) -> Matter:
    unit = "件" if table in ("table3", "table4", "applicants", "results") else ""
    return Matter(f"{table}.{path}", label, label, unit=unit, asked=(label,), stated=re.escape(label))
