"""What is asked: a usable question, made to stand alone, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

from answering.terms import content_terms
from domain import UnusableInput

LONGEST = 2000
"""Characters; a question is not a document."""

Turn = tuple[str, str]
"""``("user" | "assistant", text)``, oldest first."""

_ARTICLES = re.compile(
    r"(哪些|哪几|哪|什么|何种)(个|条|部)?(法律|法规|法|条款|条文|法条|规定|规章|办法|条例|依据|条)"
    r"|(法律|法规|政策)?依据(是|有|在|为)|依据(什么|哪)|(根据|按照|依照)(什么|哪)|有(什么|何)规定|第几条|出自哪"
)
_FOLLOWS = re.compile(r"^(那么?|这|它们?|其|该|此|还有|另外|再|上述|前述|以及|如果|要是|然后|又)|(这个|那个|这些|那些|它们?|上述|前面)")
_LEADING = re.compile(r"^(那么?|还有|另外|再|然后|又)[，,、\s]*")
FEW_TERMS = 1


@dataclass(frozen=True)
class Question:
    """``asked`` as typed; ``search`` stands alone; ``own_terms`` are those of the last turn only."""

    asked: str
    search: str
    wants_articles: bool
    own_terms: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that carry the question, with those taken over from an earlier turn."""
        return content_terms(self.search)


def read(text: str, history: Sequence[Turn] = ()) -> Question:
    """The question of ``text``; UnusableInput where it is empty or too long."""
    asked = " ".join(text.split())
    if not asked:
        raise UnusableInput("问题是空的，请输入要查询的内容")
    if len(asked) > LONGEST:
        raise UnusableInput(f"问题有 {len(asked)} 个字，超过了 {LONGEST} 个字的上限，请缩短后再问")
    return Question(asked, _standing_alone(asked, history), bool(_ARTICLES.search(asked)), content_terms(asked))


def _standing_alone(asked: str, history: Sequence[Turn]) -> str:
    """A follow-up (那什么时候公布？) with the questions it continues put before it."""
    parts = [asked]
    earlier = [" ".join(content.split()) for role, content in history if role == "user" and content.strip()]
    while earlier and _continues(parts[0]):
        parts[0] = _LEADING.sub("", parts[0]) or parts[0]
        parts.insert(0, earlier.pop()[:LONGEST])
    return " ".join(parts)


def _continues(asked: str) -> bool:
    return bool(_FOLLOWS.search(asked)) or len(content_terms(asked)) <= FEW_TERMS and len(asked) <= 12
