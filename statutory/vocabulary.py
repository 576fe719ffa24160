"""The words of the ledger: spellings folded together, and each value read into a term of the form.

Folding joins what only looks different (spaces, full-width digits, brackets, dashes, the form's own
numbering). Whatever needs knowledge (公民 for 自然人) stands in ``knowledge/aliases.toml`` and is
reported wherever it is used.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Mapping

from domain import UnusableInput
from forms import Form

ALIASES = Path(__file__).parent.parent / "knowledge" / "aliases.toml"
UNDER_WAY = "办理中"

_SPACES = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDTH |= {ord("("): "（", ord(")"): "）"}
_DASH = re.compile(r"[-－–—―‐‑−~～:：/／]+")
_QUOTES = re.compile(r"[“”\"'‘’「」『』＂＇、]")
_NUMBERING = re.compile(r"^(?:（?[一二三四五六七八九十]{1,2}[）、.．]|（?\d{1,2}[）、.．])+")


def fold(text: str) -> str:
    """Spaces dropped, full-width letters and digits narrowed, brackets widened to （）."""
    return _SPACES.sub("", text).translate(_WIDTH)


def comparable(text: str) -> str:
    """A value without the form's numbering, quotation marks and dash styles: for comparing only."""
    parts = _DASH.split(fold(text))
    return "-".join(_QUOTES.sub("", _NUMBERING.sub("", part)) for part in parts)


@dataclass(frozen=True)
class Term:
    """A value that was understood: ``key`` in the form ("" when it is known but not counted)."""

    key: str
    name: str
    alias: bool = False


class Vocabulary:
    """The values that one column may hold."""

    def __init__(self, column: str, names: Mapping[str, str], spellings: Mapping[str, str] = {}) -> None:
        """``names`` are key → name as offered; ``spellings`` further words → key, told as aliases."""
        known = aliases()
        self.by_key = dict(names)
        self.names = tuple(names.values())
        self._terms = {comparable(name): Term(key, name) for key, name in names.items()}
        by_name = {term.name: term for term in self._terms.values()}
        further = {word: names[key] for word, key in spellings.items()} | known["values"].get(column, {})
        for word, name in further.items():
            if name not in by_name:
                raise UnusableInput(f"{ALIASES.name} 的“{column}”把“{word}”对应到不存在的值“{name}”")
            self._terms.setdefault(comparable(word), Term(by_name[name].key, name, alias=True))
        for word in known["not_counted"].get(column, ()):
            self._terms.setdefault(comparable(word), Term("", word, alias=True))

    def read(self, text: str) -> Term | None:
        return self._terms.get(comparable(text))

    def advice(self, text: str) -> str:
        """What may have been meant, else the values that can be used."""
        if close := get_close_matches(comparable(text), [comparable(name) for name in self.names], 1, 0.6):
            return f"是否应为“{self._terms[close[0]].name}”？"
        return f"可用的值：{'、'.join(self.names)}" if len(self.names) <= 6 else "请从模板的下拉列表选择"


@cache
def aliases() -> Mapping[str, Any]:
    """``knowledge/aliases.toml``: sheets, headings, basics, values, categories, not_counted."""
    try:
        data = tomllib.loads(ALIASES.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"别名表 {ALIASES.name} 无法读取：{error}") from error
    sections = ("sheets", "headings", "basics", "values", "categories", "not_counted")
    return {section: data.get(section, {}) for section in sections}


@cache
def vocabularies(form: Form) -> Mapping[str, Vocabulary]:
    """The vocabulary of each column whose values go into a statutory table."""
    documents = {row.key: row for block in form.table2 if block.columns[0].key for row in block.rows}
    decisions = decision_rows(form)
    return {
        "申请人类型": Vocabulary("申请人类型", {column.key: column.label for column in form.applicants}),
        "办理结果": Vocabulary("办理结果", outcome_names(form), _bare_items(form)),
        "案件类型": Vocabulary("案件类型", {case.key: case.ledger for case in form.cases}),
        "结果": Vocabulary("结果", {result.key: result.label for result in form.results[:-1]}),
        "文件类型": Vocabulary(
            "文件类型",
            {key: row.label for key, row in documents.items()},
            {word: key for key, row in documents.items() for word in row.aliases},
        ),
        "决定类型": Vocabulary("决定类型", {row.key: row.label for row in decisions.values()}),
    }


def decision_rows(form: Form) -> dict[str, Any]:
    """The rows of table 2 that count decisions, by key: 行政许可, 行政处罚, 行政强制."""
    return {
        row.key: row for block in form.table2 if not block.columns[0].key for row in block.rows if not row.decimal
    }


def fee_row(form: Form) -> Any:
    """The row of table 2 that is an amount: 行政事业性收费."""
    return next(row for block in form.table2 for row in block.rows if row.decimal)


def outcome_names(form: Form) -> dict[str, str]:
    """办理结果 as the ledger writes it, by row key; the open states have the keys open.*"""
    names = {row.key: _outcome_name(row) for row in form.outcomes}
    carried_out = _NUMBERING.sub("", form.row("carried_out").label)
    return names | {"open.under_way": UNDER_WAY, "open.carried_out": carried_out}


def _outcome_name(row: Any) -> str:
    item = row.ledger or re.sub(r"（.*", "", _NUMBERING.sub("", row.label))
    return f"{_NUMBERING.sub('', row.group)}-{item}" if row.group else item


def _bare_items(form: Form) -> dict[str, str]:
    """An item without its group (属于国家秘密), and the form's own longer label: told, but accepted.

    其他 alone is left out: without its group it says nothing.
    """
    spellings: dict[str, str] = {}
    for row in form.outcomes:
        label, group = _NUMBERING.sub("", row.label), _NUMBERING.sub("", row.group)
        if group and label != "其他":
            spellings |= {label: row.key, f"{group}-{label}": row.key, (row.ledger or label): row.key}
    return spellings
