"""Questions to a person, each with a proposal and its choices; and the answers that are there already.

An answer comes from the person, from the office's kept profile, or from accepting every proposal. Until
one is there, what the question is about counts nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain import UnusableInput

ALL_RIGHT, ONE_BY_ONE = "都对", "逐个确认"
_GUESSED = "推测"
MOST_QUESTIONS = 12
"""From here on, meanings of one column are put together in one confirmation, the sure ones first."""


@dataclass(frozen=True)
class IntakeQuestion:
    """What a person is asked. ``key`` is what the answer is kept under for next year, "" where it is not kept.

    ``free``: any other text is an answer too. ``sure``: the proposal rests on a whole known word, so that
    it may be confirmed together with others of its ``group``. ``parts`` are the questions put together here.
    What is ``alike`` (sheets of the months under the same headings) is always asked in one.
    """

    id: str
    text: str
    proposal: str
    choices: tuple[str, ...]
    examples: tuple[str, ...] = ()
    count: int = 0
    key: str = ""
    free: bool = False
    sure: bool = False
    group: str = ""
    about: str = ""
    why: str = ""
    alike: bool = False
    parts: tuple[IntakeQuestion, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text,
            "proposal": self.proposal or None,
            "choices": list(self.choices),
            "examples": list(self.examples),
            "count": self.count,
            "parts": [part.as_json() for part in self.parts],
        }


@dataclass
class Asking:
    """Asks, and remembers what was asked, answered and confirmed.

    ``answers`` are this person's by id, ``kept`` the profile's by key; ``accept`` takes every proposal.
    """

    answers: Mapping[str, str]
    kept: Mapping[str, str]
    accept: bool = False
    open: dict[str, IntakeQuestion] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def ask(self, question: IntakeQuestion) -> str | None:
        """The answer to a question; None while there is none. UnusableInput for an answer that is no choice."""
        self.asked.add(question.id)
        answer = self._answer(question)
        if answer is None:
            self.open.setdefault(question.id, question)
            return None
        if answer not in question.choices and not question.free:
            raise UnusableInput(
                f"问题“{question.id}”的回答“{answer[:40]}”不在可选的答案中：{'、'.join(question.choices[:12])}"
            )
        if question.key:
            self.confirmed[question.key] = answer
        return answer

    def _answer(self, question: IntakeQuestion) -> str | None:
        if question.id in self.answers:
            return self.answers[question.id]
        if question.proposal and self._together(question) == ALL_RIGHT:
            return question.proposal
        if question.key in self.kept and (question.free or self.kept[question.key] in question.choices):
            return self.kept[question.key]
        return question.proposal if self.accept and question.proposal else None

    def _together(self, question: IntakeQuestion) -> str | None:
        """What was said of a group that the question was shown in; a group of guesses names its members."""
        if not question.group:
            return None
        if question.sure:
            return self.answers.get(question.group)
        own = _mark(question)
        shown = (id for id in self.answers if id.startswith(f"{question.group}/{_GUESSED}"))
        return next((self.answers[id] for id in shown if own in id.rpartition(_GUESSED)[2].split(".")), None)

    def unknown_answers(self) -> list[str]:
        """Ids that were answered and never asked: of a file that is not there, or misspelt."""
        return [id for id in self.answers if id not in self.asked and not id.startswith(("合并/", "填/"))]

    def questions(self) -> list[IntakeQuestion]:
        """The open questions; what is alike stands together as one, where they are many, also the meanings of a column."""
        listed = list(self.open.values())
        groups: dict[tuple[int, str], list[IntakeQuestion]] = {}
        for question in listed:
            if question.group and question.proposal and self._together(question) != ONE_BY_ONE:
                rank = 0 if question.alike else 1 if question.sure else 2
                groups.setdefault((rank, question.group), []).append(question)
        for (rank, group), parts in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]))):
            if rank and len(listed) <= MOST_QUESTIONS:
                break
            if len(parts) > 1:
                listed = _put_together(listed, group, parts)
        return listed


def _mark(question: IntakeQuestion) -> str:
    return hashlib.sha256(question.id.encode()).hexdigest()[:6]


def _put_together(
    listed: Sequence[IntakeQuestion], group: str, parts: Sequence[IntakeQuestion]
) -> list[IntakeQuestion]:
    first = parts[0]
    if first.alike:
        said = f"{len(parts)}张表都是这样吗（{'、'.join(part.about for part in parts)}）？以第一张为例：{first.text}"
    else:
        said = f"{group.removeprefix('合并/').replace('/', '的“', 1)}”一列，下列说法的含义对吗？" + "；".join(
            f"“{part.about}”→“{part.proposal}”（{part.why}，{part.count}行）" for part in parts
        )
    whole = replace(
        first,
        id=group if first.sure else f"{group}/{_GUESSED}{'.'.join(map(_mark, parts))}",
        text=said,
        proposal=ALL_RIGHT,
        choices=(ALL_RIGHT, ONE_BY_ONE),
        examples=tuple(part.about for part in parts),
        count=sum(part.count for part in parts),
        key="",
        parts=tuple(parts),
    )
    at = next(index for index, question in enumerate(listed) if question is first)
    rest = [question for question in listed if question not in parts]
    rest.insert(min(at, len(rest)), whole)
    return rest
