"""What is asked: a usable question, made to stand alone, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

from answering.terms import content_terms
from domain import UnusableInput
from gates.citations import Reference, find_references

LONGEST = 2000
"""Characters; a question is not a document."""
REMEMBERED = 8
"""Turns that a follow-up can reach back over; older ones are dropped."""
REMEMBERED_CHARACTERS = 4000

Turn = tuple[str, str]
"""``("user" | "assistant", text)``, oldest first."""

_ARTICLES = re.compile(
    r"(哪些|哪几|哪|什么|何种)(个|条|部)?(法律|法规|法|条款|条文|法条|规定|规章|办法|条例|依据|条)"
    r"|(法律|法规|政策)?依据(是|有|在|为)|依据(什么|哪)|(根据|按照|依照)(什么|哪)|有(什么|何)规定|第几条|出自哪"
)
_FOLLOWS = re.compile(r"^(那么?|这|它们?|其|该|此|还有|另外|再|上述|前述|以及|如果|要是|然后|又)|(这个|那个|这些|那些|它们?|上述|前面)")
_OF_ITS_OWN = re.compile(r"(?:哪|什么|何).{0,6}?(?:管|规范|规定|涉及|适用于?|关于)[一-龥]{2}")
_LEADING = re.compile(r"^(那么?|还有|另外|再|然后|又)[，,、\s]*")
_PRONOUN = re.compile(r"^(?:这个|那个|这些|那些|这|它们?|其|该|此|上述|前述)(?:[一-龥]{0,4}?(?=[由是要在报向什怎何能应可多几有]))?")
_PLACE = re.compile(r"^(第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九])?)?(第[一二三四五六七八九十\d]+款)?(第[（(]?[一二三四五六七八九十\d]+[）)]?项)?(?:的|又)?(?:呢|内容|规定|怎么说|怎么规定|是什么|说了什么|说的是什么|有什么规定|怎么规定的)*$")
_BETWEEN = re.compile(r"[的和与及或不对、]?")
_WHO = re.compile(r"由谁|谁|什么|怎|哪|多少")  # 由谁来 is one word to the dictionary
FEW_TERMS = 1
SHORTEST_TOPIC = 4


@dataclass(frozen=True)
class Question:
    """``asked`` as typed; ``search`` stands alone; ``own_terms`` are those of the last turn only.

    ``item`` is the place within an article that is asked for (第二项), "" where none is.
    """

    asked: str
    search: str
    wants_articles: bool
    own_terms: tuple[str, ...]
    item: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that carry the question, with those taken over from an earlier turn."""
        return content_terms(self.search)

    @property
    def standalone(self) -> str:
        """The question as it was understood, where it continues an earlier one, else ""."""
        return "" if self.search == self.asked else self.search


def read(text: str, history: Sequence[Turn] = ()) -> Question:
    """The question of ``text``; UnusableInput where it is empty or too long."""
    asked = " ".join(text.split())
    if not asked:
        raise UnusableInput("问题是空的，请输入要查询的内容")
    if len(asked) > LONGEST:
        raise UnusableInput(f"问题有 {len(asked)} 个字，超过了 {LONGEST} 个字的上限，请缩短后再问")
    search = _standing_alone(asked, recent(history))
    item = re.search(r"条(?:之[一二三四五六七八九])?(?:第[一二三四五六七八九十\d]+款)?(第[（(]?[一二三四五六七八九十\d]+[）)]?[项款])", search)
    if not item:
        item = re.search(r"条(?:之[一二三四五六七八九])?(第[一二三四五六七八九十\d]+款)", search)
    return Question(asked, search, bool(_ARTICLES.search(asked)), content_terms(asked), item[1] if item else "")


def recent(history: Sequence[Turn]) -> list[Turn]:
    """The last turns within the budget, oldest first; the oldest are dropped."""
    kept: list[Turn] = []
    room = REMEMBERED_CHARACTERS
    for role, content in reversed(history[-2 * REMEMBERED :]):
        plain = " ".join(content.split())
        room -= len(plain)
        if room < 0:
            break
        if plain:
            kept.append((role, plain))
    return kept[::-1]


def _standing_alone(asked: str, history: Sequence[Turn]) -> str:
    """A follow-up joined to what it continues: 那什么时候公布？ takes the topic of the question before it."""
    if not history:
        return asked
    bare = _LEADING.sub("", asked).rstrip("？?。") or asked
    if (place := _PLACE.match(bare)) and any(place.groups()):
        return _at_place(place, history) or asked
    earlier = [content for role, content in history if role == "user"]
    if not earlier or not _continues(asked):
        return asked
    before = _standing_alone(earlier[-1], _up_to(history, earlier[-1]))
    rest = _PRONOUN.sub("", _LEADING.sub("", asked)) or asked
    return f"{topic(before)}，{rest}"


def _up_to(history: Sequence[Turn], question: str) -> Sequence[Turn]:
    at = max(index for index, turn in enumerate(history) if turn == ("user", question))
    return history[:at]


def topic(question: str) -> str:
    """What a question is about: its longest run of words that carry meaning, else the whole of it."""
    runs: list[str] = []
    end = 0
    for term in content_terms(question):
        at = question.find(term, end)
        if at < 0:
            continue
        joined = runs and _BETWEEN.fullmatch(question[end:at])
        if joined:
            runs[-1] += question[end:at] + term
        else:
            runs.append(term)
        end = at + len(term)
    longest = max((_WHO.split(run)[0] for run in runs), key=len, default="")
    return longest if len(longest) >= SHORTEST_TOPIC else question.rstrip("？?。")


def _at_place(place: re.Match[str], history: Sequence[Turn]) -> str:
    """第二项呢 and 第十三条呢: a place in the article, or the regulation, spoken of last."""
    article, paragraph, item = (part or "" for part in place.groups())
    spoken = next((found for _, content in reversed(history) if (found := _named(content))), None)
    if spoken is None:
        return ""
    title, label = spoken
    return f"《{title}》{article or label}{paragraph}{item}怎么规定？"


def _named(text: str) -> tuple[str, str] | None:
    """The first article that a text names with its regulation: (title, label)."""
    for reference in find_references(text):
        if reference.title and reference.article_no:
            return reference.title, _label(text, reference)
    return None


def _label(text: str, reference: Reference) -> str:
    words = text[reference.start : reference.end]
    match = re.search(r"第\s*[^第条\s]+条(?:之[一二三四五六七八九])?", words)
    return match.group() if match else f"第{reference.article_no}条"


def _continues(asked: str) -> bool:
    """Whether a question leans on the one before it: it says so, or it names no matter of its own."""
    if _FOLLOWS.search(asked):
        return True
    terms = content_terms(asked)
    own = bool(_OF_ITS_OWN.search(asked)) or any(len(term) >= SHORTEST_TOPIC for term in terms)
    return len(terms) <= FEW_TERMS and len(asked) <= 12 and not own
