"""Every figure that can be asked about, and the words by which a question names it.

The words come from the records of ``matters``, those of categories and indicators from the ledgers and
reports held; ``asking.toml`` has the words that stand beside them in a question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from answering.terms import content_terms
from domain import Document, Figures, LedgerResult, Remembered, YearFigures
from forms import Form
from matters import Spotted, Word, facts, matters, plain

WORDS = Path(__file__).parent / "asking.toml"
TABLES = ("table2", "table3", "table4")
_BRACKETS = re.compile(r"（[^（）]*）")
_TAIL = re.compile(r"(?:公示)?信息$")
# What the words of a record are in a question, by its table.
_SLOTS = {
    "facts": "facts",
    "derived": "derived",
    "table2": "table2",
    "table2_columns": "table2_column",
    "table3": "row",
    "applicants": "column",
    "table4": "case",
    "results": "result",
}


@dataclass(frozen=True)
class Figure:
    """Something that can be asked for: the sum of the figures ``keys``, e.g. 予以公开 of one column.

    ``whole`` are the keys of what it is a part of (for a share); ``told`` and ``told_zero`` are the
    patterns by which a report's narrative states it.
    """

    label: str
    unit: str
    keys: tuple[str, ...]
    whole: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    told_zero: tuple[str, ...] = ()


@cache
def definitions() -> Mapping[str, Any]:
    """``asking.toml`` as it is."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def vocabulary(form: Form, held: Sequence[YearFigures] = ()) -> list[Word]:
    """The words of a form and of everything that ``held`` counts."""
    return [*_form_words(form), *_held.of((form, *held), "", lambda: _held_words(form, held))]


_held = Remembered(64)


@cache
def _form_words(form: Form) -> tuple[Word, ...]:
    return tuple(
        Word(_SLOTS[one.table], one.path, one.asked, one.rank, one.unit)
        for one in matters(form).values()
        if one.table in _SLOTS and one.asked
    )


def _held_words(form: Form, held: Sequence[YearFigures]) -> list[Word]:
    """Categories, adopters, other kinds of work and indicators, and derived facts, by their own names."""
    known, derived = set(facts()), {word.key for word in _form_words(form) if word.slot == "derived"}
    names: dict[str, Word] = {}
    for year in held:
        for key in year.figures:
            _, _, path = key.partition(".")
            if not key.startswith("facts.") or path in known:
                continue
            name = path.partition(".")[2] or path
            names[key] = Word("fact", key, _variants(name), unit=unit_of(key, year))
        for fact in year.derived:
            if fact.key.removeprefix("derived.") not in {*known, *derived}:
                names[fact.key] = Word("fact", fact.key, (fact.label,), unit=fact.unit)
    return [*names.values(), *_in_part(form, names)]


def _in_part(form: Form, words: Mapping[str, Word]) -> list[Word]:
    """The same words by what only they hold (督察 for 生态环境保护督察信息), beside a word for what they count."""
    known = {*definitions()["beside"].split(), *_named_already(form)}
    found = []
    for key, word in words.items():
        terms = content_terms(word.names[0])
        others = " ".join(name for other in words if other != key for name in words[other].names)
        telling = [term for term in terms if len(term) > 1 and term not in known and term not in others]
        counted = definitions()["counted"].get(key.split(".")[1], "").split() or [""]
        names = tuple(f"{term} {one}".strip() for term in telling for one in counted)
        found.append(replace(word, names=names, rank=2, beside=terms))
    return found


@cache
def _named_already(form: Form) -> frozenset[str]:
    """The names of the form's own figures, which no category takes from them."""
    return frozenset(name for word in _form_words(form) for name in word.names)


def unit_of(key: str, year: YearFigures) -> str:
    """条 for what was posted or adopted; of an indicator the unit beside it in the ledger, else 次."""
    if key.startswith(("facts.published_by_category.", "facts.media_adopted.")):
        return "条"
    provenance = year.provenance.get(key)
    if provenance and provenance.sheet == "汇总数据":
        unit = re.search(r"（([^（）]{1,4})）$", provenance.formula)
        return unit[1] if unit else ""
    return "次" if provenance else ""


def _variants(name: str) -> tuple[str, ...]:
    """环评公示信息 is also asked for as 环评公示 and 环评; what stands in brackets may be left out."""
    bare = _BRACKETS.sub("", name)
    names = [name, bare, bare.removesuffix("信息"), _TAIL.sub("", bare), bare.removeprefix("行政")]
    return tuple(dict.fromkeys(one for one in names if len(one) > 1))


# --- from words to figures ----------------------------------------------------------------------


def figure(spotted: Sequence[Spotted], main: Word, form: Form) -> list[Figure]:
    """The figures of a form that ``main`` names, qualified by the columns and results spotted beside it."""
    slots = {
        slot: [one.word.key for one in spotted if one.word.slot == slot]
        for slot in ("column", "result", "table2_column")
    }
    if main.slot == "row":
        return [_row(main.key, column, form) for column in slots["column"] or ["total"]]
    if main.slot == "case":
        return [_case(main.key, result, form) for result in slots["result"] or ["total"]]
    if main.slot == "table2":
        return _table2(main.key, slots["table2_column"], form)
    if main.slot == "fact":
        return [_fact(main)]
    one = matters(form)[f"{main.slot}.{main.key}"]
    return [Figure(one.label, one.unit, (f"{one.key}.*" if one.members else one.key,), (), one.told, one.told_zero)]


def _row(key: str, column: str, form: Form) -> Figure:
    rows = [row.key for row in form.rows if row.key == key or row.key.startswith(f"{key}.")]
    columns = [one.key for one in form.columns if one.organisation] if column == "organisations" else [column]
    who = "" if column == "total" else _column_label(form, column)
    one = matters(form)[f"table3.{key}"]
    if "{who}" in one.label:
        label = one.label.format(who=f"{who}的" if who else "")
        whole = [f"table3.{key}.total"]
    else:
        row = next((row for row in form.rows if row.key == key), None)
        group = f"{plain(row.group)}：" if row and row.group else ""
        label = f"办结的{who}申请中，“{group}{one.label}”"
        whole = (
            [f"table3.{form.row('processed').key}.total"]
            if column == "total"
            else [f"table3.{row}.total" for row in rows]
        )
    keys = tuple(f"table3.{row}.{column}" for row in rows for column in columns)
    return Figure(label, "件", keys, tuple(whole) if tuple(whole) != keys else ())


def _column_label(form: Form, column: str) -> str:
    return matters(form)[f"applicants.{column}"].name


def _case(key: str, result: str, form: Form) -> Figure:
    cases = [case.key for case in form.cases if case.litigation] if key == "litigation" else [key]
    name = matters(form)[f"table4.{key}"].label
    label = name if result == "total" else f"{name}{next(one.label for one in form.results if one.key == result)}"
    whole = () if result == "total" else tuple(f"table4.{case}.total" for case in cases)
    return Figure(label, "件", tuple(f"table4.{case}.{result}" for case in cases), whole)


def _table2(key: str, columns: Sequence[str], form: Form) -> list[Figure]:
    """A row of table 2: its own figure where it has one, else each column, unless one is asked for."""
    one = matters(form)[f"table2.{key}"]
    block, row = next((block, row) for block in form.table2 for row in block.rows if row.key == key)
    if not all(column.key for column in block.columns):
        return [Figure(one.label, one.unit, (f"table2.{key}",))]
    labels = {column.key: column.label.removeprefix("本年").removesuffix("件数") for column in block.columns}
    asked = [column for column in block.columns if column.key in columns] or block.columns
    return [
        Figure(f"{labels[column.key]}{one.label}", one.unit or column.unit, (f"table2.{block.key(row, column)}",))
        for column in asked
    ]


def _fact(word: Word) -> Figure:
    _, kind, *rest = word.key.split(".", 2)
    name = rest[0] if rest else kind
    if kind == "published_by_category":
        return Figure(
            f"公开“{name}”{'' if name.endswith('信息') else '类信息'}", "条", (word.key,), ("facts.published_total",)
        )
    if kind == "media_adopted":
        return Figure(f"“{name}”采用信息", "条", (word.key,), ("facts.media_adopted.*",))
    return Figure(word.names[0] if word.key.startswith("derived.") else name, word.unit, (word.key,))


def part_names(keys: Sequence[str], form: Form) -> list[str]:
    """What each of several figures added up is called: its row, case, column or member, whichever differ."""
    places = [key.partition(".")[2].rpartition(".") for key in keys]
    rows, columns = ({place[at] for place in places} for at in (0, 2))
    names = []
    for key, (head, _, tail) in zip(keys, places, strict=True):
        row = _row_name(key.partition(".")[0], head, form) if len(rows) > 1 else ""
        column = _column_name(key.partition(".")[0], tail, form) if len(columns) > 1 else ""
        names.append(f"{column}{row}")
    return names


def _row_name(table: str, key: str, form: Form) -> str:
    if table == "table4":
        return next(one.ledger for one in form.cases if one.key == key).removeprefix("行政诉讼").strip("（）")
    return next((plain(row.label) for row in form.rows if row.key == key), key)


def _column_name(table: str, key: str, form: Form) -> str:
    return _column_label(form, key) if table == "table3" else key


def units_agree(asked: str, word: Word) -> bool:
    """Whether what is counted in ``asked`` may be the figure: 条 is not 件, 份 and 项 are as good as 件."""
    return not word.unit or asked == word.unit or word.unit in definitions()["units"].get(asked, "").split()


# --- figures as they are held -------------------------------------------------------------------


def of_report(document: Document) -> YearFigures:
    """A published report's tables; a cell without a number is left out."""
    flat = Figures(
        document.org, document.year, "", "", facts={}, **{name: document.tables.get(name, {}) for name in TABLES}
    ).flat()
    # What a store kept as JSON comes back as a float: 2.4 万元 is written as it was printed.
    numbers = {
        key: Decimal(str(value)) if isinstance(value, float) else value
        for key, value in flat.items()
        if isinstance(value, (int, float, Decimal))
    }
    return YearFigures(document.org, document.year, document.title, False, numbers)


def of_ledger(result: LedgerResult) -> YearFigures:
    """A ledger's figures, each with its rows."""
    figures = result.figures
    name = Path(result.source).name
    return YearFigures(figures.org, figures.year, name, True, figures.flat(), result.provenance, result.derived)
