"""What no ledger knows, asked in ten short questions, and offered in last year's own sentences to be confirmed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain import SECTION_TITLES, PublishedReport
from drafting.material import TOPICS
from drafting.past import PastReport
from gates.numbers import find_numerals
from gates.sentences import split

BLANK = "〔　〕"
"""Stands for each number of last year's: it has to be filled in, or taken out with its sentence."""
_MOST = 2  # sentences of last year's that are offered for one question
_HEADED = re.compile(r"^(?:[（(][一二三四五六七八九十][）)]|\d{1,2}[.、]|[一二三四五六七八九十]是)")


@dataclass(frozen=True)
class OfficeQuestion:
    """``topic`` is the section, or the topic of part 一, that the answer stands in."""

    key: str
    ask: str
    topic: str
    seen: str

    @property
    def where(self) -> str:
        """The title under which the answer stands."""
        return TOPICS.get(self.topic) or SECTION_TITLES[self.topic]


@cache
def questions() -> tuple[OfficeQuestion, ...]:
    """All of them, in the order of the report."""
    data = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))
    return tuple(OfficeQuestion(one["key"], one["ask"], one["topic"], one["seen"]) for one in data["question"])


def suggested(past: PastReport | PublishedReport | None) -> dict[str, str]:
    """Last year's own sentences by the key of the question that they answer, each sentence once; its numbers left blank."""
    if past is None:
        return {}
    parts = (
        past.parts if isinstance(past, PastReport) else [(s.heading, "\n".join(s.paragraphs)) for s in past.sections]
    )
    told = [sentence.strip() for heading, text in parts if "问题" not in heading for sentence in split(text)]
    taken: set[str] = set()
    found: dict[str, str] = {}
    for question in questions():
        fits = [one for one in told if one not in taken and _answers(one, question)][:_MOST]
        taken.update(fits)
        if fits:
            found[question.key] = "".join(_blanked(one) for one in fits)
    return found


def _answers(sentence: str, question: OfficeQuestion) -> bool:
    """Whether a sentence tells of the work that is asked for: one that only counts, or cites, does not."""
    return (
        bool(re.search(question.seen, sentence))
        and sentence.endswith(("。", "；"))
        and "《" not in sentence
        and "【" not in sentence
        and len(find_numerals(sentence)) <= 2
    )


def _blanked(sentence: str) -> str:
    plain = _HEADED.sub("", sentence)
    for numeral in reversed(find_numerals(plain)):
        plain = f"{plain[: numeral.start]}{BLANK}{plain[numeral.end :]}"
    return plain


def as_notes(answers: Mapping[str, str], section: str) -> str:
    """The answers that stand in a section as lines of its notes; in the overview under the titles of their topics."""
    lines = []
    for question in questions():
        text = " ".join(answers.get(question.key, "").split())
        if text and section == "overview" and question.topic in TOPICS:
            lines.append(f"{TOPICS[question.topic]}：{text}")
        elif text and section == question.topic:
            lines.append(text)
    return "\n".join(lines)
