"""Sentences of Chinese text, without losing a character."""

from __future__ import annotations

import re

_SENTENCE = re.compile(
    r"""[^。！？!?；;\n]*                     # the words
        (?:[。！？!?；;]+["”’'』」）)】〕》\]]*\n*   # an end mark, what it closes, and line ends
          |\n+                               # or the line ends without a mark
          |$)""",
    re.VERBOSE,
)


def split(text: str) -> list[str]:
    """The sentences of ``text`` with their end marks and line ends: ``"".join(split(t)) == t``."""
    return [match.group() for match in _SENTENCE.finditer(text) if match.group()]
