"""The words of the ledger: each value read into a term of the form.

What only looks different (spaces, full-width digits, brackets, dashes, the form's own numbering) is
the same word. Whatever needs knowledge (公民 for 自然人) is an alias and reported wherever it is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain import UnusableInput
from forms import Form, Row
from matters import matter
from statutory.aliases import FILE_NAME, Aliases
from statutory.spelling import comparable, without_numbering

UNDER_WAY = "办理中"
_WITH_ITEM = re.compile(r"([^-（]+)(?:-|（)(.+?)）?")
_SEVERAL = re.compile(r"[、，,；;+/\n]|和|及")
_NEGATIONS = "不未无非拒驳"


@dataclass(frozen=True)
class Term:
    """A value that was understood: ``key`` in the form ("" when it is known but not counted), ``ground`` the law."""

    key: str
    name: str
    alias: bool = False
    ground: str = ""


class Vocabulary:
    """The values that one column may hold."""

    def __init__(
        self, column: str, names: Mapping[str, str], aliases: Aliases, spellings: Mapping[str, str] = {}
    ) -> None:
        """``names`` are key → name as offered; ``spellings`` further words → key, told as aliases."""
        self.by_key = dict(names)
        self.names = tuple(names.values())
        self._terms = {comparable(name): Term(key, name) for key, name in names.items()}
        for word, key in spellings.items():
            self._terms.setdefault(comparable(word), Term(key, names[key], alias=True))
        grounds = aliases.grounds.get(column, {})
        for word, name in aliases.values.get(column, {}).items():
            meant = self._terms.get(comparable(name))
            if meant is None or meant.alias:
                raise UnusableInput(f"别名表 {FILE_NAME} 的[values.{column}]把“{word}”对应到不存在的值“{name}”")
            term = Term(meant.key, meant.name, alias=True, ground=grounds.get(word, ""))
            self._terms.setdefault(comparable(word), term)
        for word in aliases.not_counted.get(column, ()):
            self._terms.setdefault(comparable(word), Term("", word, alias=True))

    def read(self, text: str) -> Term | None:
        """What a text means; also where an item stands after its group, or in brackets behind it."""
        word = comparable(text)
        if (term := self._terms.get(word)) is not None:
            return term
        if match := _WITH_ITEM.fullmatch(word):
            group, item = match[1], self._terms.get(match[2])
            if item is not None and item.name.startswith(f"{group}-"):
                return Term(item.key, item.name, alias=True, ground=item.ground)
        return None

    def advice(self, text: str) -> str:
        """What may have been meant, else the values that can be used.

        Never a value of another meaning: a slip of the pen in a word leaves its group and whether
        something was granted as they are, and what is one sign off is the other word (不予公开 is no
        slip for 予以公开, 社会组织 none for the narrower 社会公益组织).
        """
        word = comparable(text)
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        if len(parts) > 1 and all(self.read(part) or comparable(part) in self._groups for part in parts):
            partly = "；一件申请有几种处理的，填“部分公开”" if "部分公开" in self.names else ""
            return f"一格只能填一个值{partly}"
        group = next((name for name in self._groups if word.startswith(name)), self._denied(word))
        offered = [name for name in self.names if name.startswith(f"{group}-")] if group else list(self.names)
        if group and word == group:
            return f"请写明是哪一项：{'、'.join(offered)}"
        close = [name for name in offered if _is_slip(word, comparable(name))]
        if len(close) == 1:
            return f"是否应为“{close[0]}”？"
        if group or len(offered) <= 6:
            return f"可用的值：{'、'.join(offered)}"
        return "请从模板的下拉列表选择"

    def _denied(self, word: str) -> str:
        """The group that a denial in other words (不公开, 拒绝提供) can only belong to."""
        denied = any(sign in word for sign in _NEGATIONS)
        return next((name for name in self._groups if denied and name[2:] in word and name[0] in "不无"), "")

    @property
    def _groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.partition("-")[0] for name in self.names if "-" in name))


def _is_slip(word: str, name: str) -> bool:
    """Whether one sign (of a long word two) is wrong, missing or too much, and no negation among them."""
    if any((sign in word) != (sign in name) for sign in _NEGATIONS) or abs(len(word) - len(name)) > 2:
        return False
    return 0 < _distance(word, name) <= (2 if len(name) > 8 else 1)


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        now = [row]
        for column, compared in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (sign != compared)))
        before = now
    return before[-1]


def vocabularies(form: Form, aliases: Aliases = Aliases()) -> Mapping[str, Vocabulary]:
    """The vocabulary of each column whose values go into a statutory table."""
    documents = {row.key: row for block in form.table2 if block.columns[0].key for row in block.rows}
    decisions = decision_rows(form)
    return {
        "申请人类型": Vocabulary("申请人类型", {column.key: column.label for column in form.applicants}, aliases),
        "办理结果": Vocabulary("办理结果", outcome_names(form), aliases, _bare_items(form)),
        "案件类型": Vocabulary("案件类型", {case.key: case.ledger for case in form.cases}, aliases),
        "结果": Vocabulary("结果", {result.key: result.label for result in form.results[:-1]}, aliases),
        "文件类型": Vocabulary(
            "文件类型",
            {key: row.label for key, row in documents.items()},
            aliases,
            {word: key for key, row in documents.items() for word in row.aliases},
        ),
        "决定类型": Vocabulary("决定类型", {row.key: row.label for row in decisions.values()}, aliases),
    }


def decision_rows(form: Form) -> dict[str, Row]:
    """The rows of table 2 that count decisions, by key: 行政许可, 行政处罚, 行政强制."""
    return {row.key: row for block in form.table2 if not block.columns[0].key for row in block.rows if not row.decimal}


def fee_row(form: Form) -> Row:
    """The row of table 2 that is an amount: 行政事业性收费."""
    return next(row for block in form.table2 for row in block.rows if row.decimal)


def outcome_names(form: Form) -> dict[str, str]:
    """办理结果 as the ledger writes it, by row key; the open states have the keys open.*"""
    rows = {row.key: matter(f"table3.{row.key}", form) for row in (*form.outcomes, form.row("carried_out"))}
    names = {key: f"{one.group}-{one.ledger}" if one.group else one.ledger for key, one in rows.items()}
    return names | {"open.under_way": UNDER_WAY, "open.carried_out": names.pop(form.row("carried_out").key)}


def _bare_items(form: Form) -> dict[str, str]:
    """An item without its group (属于国家秘密), and the form's own longer label: told, but accepted.

    其他 alone is left out: without its group it says nothing.
    """
    spellings: dict[str, str] = {}
    for row in form.outcomes:
        one, label = matter(f"table3.{row.key}", form), without_numbering(row.label)
        if one.group and label != "其他":
            spellings |= {label: row.key, f"{one.group}-{label}": row.key, one.ledger: row.key}
    return spellings
