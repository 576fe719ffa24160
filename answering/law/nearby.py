"""Which article of the matter at hand a follow-up asks for: one near the article that answered before, which its own words point at."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from answering.knowledge import Knowledge
from answering.law.asked import asked_for, held, terms_of
from answering.law.first import ELEMENTS
from answering.law.question import Question
from domain import Hit

EACH = 200
"""Articles of one regulation that are weighed."""
LEAST, FARTHEST = 1e-3, -6.0
"""The lowest score that is told apart, and the logarithm at which an article is as far as it can be."""
IN_FORCE = "现行有效"
_ASKS_WHAT_FOLLOWS = re.compile("罚|追责|后果|怎么处理|怎样处理|会(?:怎么?样|怎样)")
_BREACH = re.compile(
    "(?:没有?|未|不)(?:按期|按时|按规定|及时|如实)|逾期|超期|晚交|迟交|晚了|造假|篡改|伪造|拒不|(?:继续|照样|还在|接着|擅自)(?:排|生产|施工|使用|经营|建)"
    "|(?:没有?|未|不)(?:交|报|办|缴|披露|提交|公布|公开|缴纳|改正|整改|保存)"
)
"""Of a breach in few words (没按期提交呢) it is likely that one asks what follows."""
LIKELY_SO = 0.8
_FOLLOWS = re.compile("处[^。；]{0,40}罚款|处分|拘留|加处罚款|强制执行")


@dataclass(frozen=True)
class Candidate:
    """An article with how well it fits (comparable within one follow-up), and its scores for the turn before joined
    to the follow-up (``whole``) and for the follow-up alone (``own``), in [0, 1]."""

    hit: Hit
    fits: float
    whole: float
    own: float


def candidates(question: Question, knowledge: Knowledge, as_of: date | None = None) -> list[Candidate]:
    """The articles of the regulations that the last answer cites (those in force where there are any), the best first; [] where it cites none."""
    found = []
    for hit, measured, whole, own in measures(question, knowledge, as_of):
        fits = sum(_weights()[name] * value for name, value in measured.items())
        found.append(Candidate(hit, fits, whole, own))
    return sorted(found, key=lambda one: -one.fits)


def measures(
    question: Question, knowledge: Knowledge, as_of: date | None = None
) -> list[tuple[Hit, dict[str, float], float, float]]:
    """Each article with its measures by name (``nearby.toml``) and the two scores of ``Candidate``."""
    kind = asked_for(question.own).kind or asked_for(question.before).kind
    breach = _is_breach(question)
    then = "怎么处罚" if breach else ""
    found = []
    for title in dict.fromkeys(title for title, _ in question.cited):
        whole, joined, own = (
            _scores(knowledge, text, title, as_of) for text in (question.whole, question.search + then, question.own)
        )
        nearest = max((score for _, score in own.values()), default=LEAST)
        for key, (hit, score) in whole.items():
            scores = (score, *(by[key][1] if key in by else 0.0 for by in (joined, own)))
            if breach and _FOLLOWS.search(hit.text):
                scores = (max(scores[:2]), *scores[1:])
            place = _place(hit, question.cited)
            found.append((hit, {**_near(scores, nearest), **_says(question, kind, hit), **place}, score, scores[2]))
    return found


def _scores(
    knowledge: Knowledge, text: str, title: str, as_of: date | None
) -> Mapping[tuple[int, int], tuple[Hit, float]]:
    hits = knowledge.search(text, k=EACH, as_of=as_of, title=title)
    kept: dict[tuple[int, int], tuple[Hit, float]] = {}
    law = [hit for hit in hits if hit.kind == "regulation" and hit.article_no]
    in_force = [hit for hit in law if hit.status == IN_FORCE]
    for hit in in_force or law:  # a matter answered from a regulation that has ended stays with it
        kept.setdefault((hit.article_no, hit.article_sub), (hit, hit.score))
    return kept


def _near(scores: Sequence[float], nearest: float) -> dict[str, float]:
    whole, joined, own = (max(math.log(max(score, LEAST)), FARTHEST) for score in scores)
    among = max(own - math.log(max(nearest, LEAST)), FARTHEST)
    return {"whole": whole, "joined": joined, "own": among}


def _says(question: Question, kind: str, hit: Hit) -> dict[str, float]:
    """What the article says of the follow-up's own words, and whether it holds the kind of thing asked for."""
    element = ELEMENTS.get(kind)
    follows = bool(_FOLLOWS.search(hit.text))
    asks = bool(_ASKS_WHAT_FOLLOWS.search(question.own))
    return {
        "held": held(terms_of(question.own), hit.text),
        "element": float(bool(element and kind != "penalty" and element.search(hit.text))),
        "together": held(question.naming_terms, _sentences_with(element, hit.text)) if element else 0.0,
        "follows": (1.0 if follows else -1.0) if asks else LIKELY_SO * float(follows and _is_breach(question)),
    }


def _sentences_with(element: re.Pattern[str], text: str) -> str:
    """The sentences that hold the kind of thing asked for."""
    return "".join(one for one in re.split("(?<=[。；\n])", text) if element.search(one))


def _is_breach(question: Question) -> bool:
    return not asked_for(question.own).kind and bool(_BREACH.search(question.own))


def _place(hit: Hit, cited: Sequence[tuple[str, int]]) -> dict[str, float]:
    """How far the article stands behind the first of its regulation that was cited."""
    first = next(number for title, number in cited if title == hit.title)
    behind = (hit.article_no or 0) - first
    return {
        "same": float(behind == 0),
        "next": float(behind == 1),
        "soon": float(behind in (2, 3)),
        "around": float(3 < abs(behind) <= 6),
        "before": float(behind in (-1, -2)),
        "beside": float(behind != 0 and (hit.title, hit.article_no) in cited),
    }


@cache
def _weights() -> dict[str, float]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["weights"]
