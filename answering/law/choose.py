"""A small model chooses: which articles answer, in which order, or none. It writes numbers and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import prompts
from answering.law.extract import name
from answering.law.first import best_unit
from answering.law.grounds import IN_FORCE, Grounds
from answering.law.question import Question
from chat import ChatModel
from domain import Hit

MOST_OFFERED = 4
LONGEST = 90
"""Characters of each article that the model reads: what it is about, not what it says."""
MOST_TOKENS = 12


def choose(
    question: Question, basis: Grounds, model: ChatModel, cancelled: Callable[[], bool] | None = None
) -> Grounds:
    """The grounds with their evidence as the model chose it; unchanged where it chose nothing usable.

    Raises ModelUnavailable.
    """
    offered = _offered(basis)
    if len(offered) < 2 or basis.named:
        return basis
    passages = [
        {"marker": place, "text": f"{name(hit)}：{best_unit(question.asked, question.search, hit).text[:LONGEST]}"}
        for place, hit in enumerate(offered, start=1)
    ]
    asked = prompts.render("choose_articles", question=question.search, passages=passages)
    said = "".join(
        model.stream(
            [("user", asked)],
            grammar=_numbers(len(offered)),
            max_tokens=MOST_TOKENS,
            temperature=0.0,
            cancelled=cancelled,
        )
    )
    places = [int(number) for number in re.findall(r"\d+", said)]
    chosen = [offered[place - 1] for place in dict.fromkeys(places) if 0 < place <= len(offered)]
    return replace(basis, evidence=tuple(chosen)) if chosen else basis


def _offered(basis: Grounds) -> list[Hit]:
    """The evidence, and the next articles found that are in force, up to ``MOST_OFFERED``."""
    more = [
        hit
        for hit in basis.searched
        if hit.status == IN_FORCE and hit.kind == "regulation" and hit not in basis.evidence
    ]
    return [*basis.evidence, *more][: max(MOST_OFFERED, len(basis.evidence))]


def _numbers(count: int) -> str:
    """A grammar of 0, or of up to three numbers from 1 to ``count``."""
    one = " | ".join(f'"{number}"' for number in range(1, count + 1))
    return f'root ::= "0" | n ("," n){{0,2}}\nn ::= {one}\n'
