"""Decoding grammars (GBNF): Chinese prose without any numeral, and only the section's placeholders.

The model cannot write a digit, a Chinese numeral (but 一, which 统一 and 进一步 need), 《 or a brace of
its own; what still slips through is caught by ``screen``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMERALS = "〇零二三四五六七八九十百千万亿两几半倍番廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
PUNCTUATION = "，、“”"
_FIRST, _LAST = "\u4e00", "\u9fa5"
_LEAD = re.compile(r"[一-龥]{0,4}[（，。；、]?$")
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def prose(template: str, spare: int = 8) -> str:
    """The placeholders of ``template`` in its order, each behind the word that leads to it there.

    Between them the model is free; spare: characters by which its words may outgrow the template's.
    """
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(template):
        words = template[end : match.start()]
        lead = _LEAD.search(words)
        free = lead.start() if lead else 0
        if free:
            parts.append(f"char{{0,{free + spare}}}")
        end = match.end() + (template[match.end() : match.end() + 1] == "）")  # no bracket stays open
        parts.append(literal(words[free:] + template[match.start() : end]))
    return _grammar(" ".join([*parts, f"char{{0,{len(template) - end + spare}}}", "end"]))


def problem(detail: str, longest: int = 70) -> str:
    """The figures that show a problem, as they stand in ``detail``, then 改进措施：…."""
    fact = literal(f"{detail}。") + " " if detail else ""
    return _grammar(f'{fact}"改进措施：" char{{16,{longest}}} end')


def literal(text: str) -> str:
    """``text`` as a GBNF literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _grammar(root: str) -> str:
    return "\n".join(
        (
            f"root ::= {root}",
            'end ::= "。"',
            f"char ::= [{_ranges(PUNCTUATION)}]",
        )
    )


def _ranges(also: Iterable[str]) -> str:
    """The Chinese characters without the numerals, as ranges of a character class."""
    parts, start = [], ord(_FIRST)
    for stop in sorted(ord(char) for char in NUMERALS if _FIRST <= char <= _LAST):
        if stop > start:
            parts.append(f"{chr(start)}-{chr(stop - 1)}")
        start = stop + 1
    parts.append(f"{chr(start)}-{_LAST}")
    return "".join(parts) + "".join(also)
