"""What an answer may rest on: the passages in force that bear on the question, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answering.knowledge import Knowledge
from answering.law.asked import asked_for, held, terms_of
from answering.law.first import ELEMENTS
from answering.law.govern import governing_articles
from answering.law.question import Question
from answering.law.relevance import (
    CONTINUES,
    LIKELY,
    POSSIBLE,
    act_named,
    answers,
    bears_on,
    may_answer,
    speaks_of,
)
from domain import Hit, Note

FOUND = 20
MOST_EVIDENCE = 3
MOST_NAMED = 4
SAME_MATTER = 1.3
"""By how much a passage counts more where the question before was answered from its regulation."""
_NUMBERS = frozenset(("howlong", "cost", "penalty"))
_OF_WHOM = re.compile("谁|哪个|哪家|归")
_PERIOD_OR_DAY = re.compile(f"{ELEMENTS['howlong'].pattern}|{ELEMENTS['when'].pattern}|(?<![规限指法约固])定期(?!限)")
DEEPEST, STILL = 3, 0.8
"""How far down, and how much less sure, an article may stand that holds the kind of thing asked for where the first ones do not."""
OF_PART, SURE = 0.6, 0.8
"""The share of the words of one of several questions from which an article answers it; how sure another one must be."""
_PARTS = re.compile("[，,。；;？?]")
ENDED = ("已废止", "已被修订")
IN_FORCE = "现行有效"
_OF_REPORTS = re.compile(r"年报|年度报告|[本我]局|我们局|本单位|20\d\d年")
_QUOTED = re.compile(r"《([^《》]{2,40})》")


@dataclass(frozen=True)
class Grounds:
    """The evidence, best first; empty where the knowledge base does not hold the answer.

    ``searched`` are the nearest passages, whether or not they bear on the question; ``notes`` tell
    of repealed or not yet effective regulations; ``named``: the question names the articles. ``nearest``:
    whether the evidence answers is doubtful. ``ended``: the best match, where it is not in force on the day;
    it comes first in the evidence.
    """

    evidence: tuple[Hit, ...]
    searched: tuple[Hit, ...]
    notes: tuple[Note, ...] = ()
    named: bool = False
    nearest: bool = False
    ended: Hit | None = None


def grounds_for(question: Question, knowledge: Knowledge, as_of: date | None = None) -> Grounds:
    """The evidence for a question on a date (today when ``None``)."""
    named = knowledge.resolve(question.search, as_of)
    found = _of_the_matter(question, knowledge.search(question.search, k=FOUND, as_of=as_of))
    worth = [hit for hit in (*named, *found) if _worth_a_note(hit, named, question)]
    notes = tuple(dict.fromkeys(Note("validity", _validity(hit)) for hit in worth))
    known = tuple(hit.text for hit in knowledge.only_known(question.asked, as_of))
    notes += tuple(Note("validity", text) for text in known)
    if named:
        return Grounds(tuple(_distinct(named)[:MOST_NAMED]), tuple(found), notes, named=True)
    ended = _best_but_ended(found, question)
    usable = _without_reports([hit for hit in found if hit.status == IN_FORCE or _is_named(hit, question)])
    best = _that_name_the_act(question, [ended, *usable] if ended else usable)
    if ended not in best:
        ended = None
    usable = [hit for hit in best if hit != ended]
    if not may_answer(question, best) or not _continued(question, best, knowledge, as_of):
        return Grounds((), tuple(found), notes)
    if not answers(question, best):
        near = best if _OF_REPORTS.search(question.search) else [hit for hit in best if hit.kind != "report"]
        if not near or near[0].score < POSSIBLE:  # a passage of a report that merely sounds alike
            return Grounds((), tuple(found), notes)
        return Grounds((near[0],), tuple(found), notes, nearest=True, ended=ended)
    if ended:
        notes = tuple(dict.fromkeys((*notes, Note("validity", _validity(ended)))))
    if not question.wants_articles and not question.item and (element := _element(question)):
        with_it = [hit for hit in best[:DEEPEST] if element.search(hit.text)]
        if not any(bears_on(hit, best) for hit in with_it):
            with_it = [hit for hit in with_it if hit.score >= max(LIKELY, STILL * best[0].score) and hit != ended]
            if not with_it and ended:  # a rule that is no more, and did not hold what is asked for
                return Grounds((), tuple(found), notes)
            if not with_it and best[0].kind == "report" and not _OF_REPORTS.search(question.search):
                return Grounds((), tuple(found), notes)
            if not with_it:
                return Grounds((best[0],), tuple(found), notes, nearest=True, ended=ended)
            return Grounds(tuple(_distinct(with_it)[:1]), tuple(found), notes)
    if question.wants_articles:
        evidence = governing_articles(question, knowledge, usable, as_of)
    else:
        evidence = _distinct([hit for hit in usable if bears_on(hit, best)])[:MOST_EVIDENCE]
        evidence = _distinct([*evidence, *_of_other_parts(question, evidence, knowledge, as_of)])[:MOST_EVIDENCE]
    return Grounds((*([ended] if ended else ()), *evidence), tuple(found), notes, ended=ended)


def _that_name_the_act(question: Question, best: list[Hit]) -> list[Hit]:
    """What is found; of the act that is asked for by name, what names it, while that is as near as the best."""
    act = act_named(question.asked) if question.search == question.asked else ""
    if not act or not best:
        return best
    return [hit for hit in best if speaks_of(act, hit) and bears_on(hit, best)]


def _of_other_parts(question: Question, evidence: Sequence[Hit], knowledge: Knowledge, as_of: date | None) -> list[Hit]:
    """The articles of the further questions of one text (几天之内交，交不起能不能分期), where those found do not hold them."""
    asking = [part for part in _PARTS.split(question.asked) if asked_for(part).kind]
    if len(asking) < 2 or not evidence or question.search != question.asked:
        return []
    found = []
    for part in asking:
        element = ELEMENTS.get(asked_for(part).kind)
        if any(
            held(terms_of(part), hit.text) >= OF_PART and (not element or element.search(hit.text)) for hit in evidence
        ):
            continue
        best = knowledge.search(part, k=1, kind="regulation", as_of=as_of)
        if (
            best
            and best[0].status == IN_FORCE
            and best[0].score >= SURE
            and (not element or element.search(best[0].text))
        ):
            found.append(best[0])
    return found


def _element(question: Question) -> re.Pattern[str] | None:
    """What an article must hold to answer a question for a number, a day or a penalty; None for other questions."""
    kind = asked_for(question.asked).kind or asked_for(question.search).kind
    if kind not in _NUMBERS or _OF_WHOM.search(question.asked):
        return None
    return _PERIOD_OR_DAY if kind == "howlong" else ELEMENTS[kind]


def _without_reports(usable: list[Hit]) -> list[Hit]:
    """Without the reports that are found beside the law, where the question is not for what a report says.

    A year in the question (披露上一年的环境信息) brings reports to the top; where none of them answers and the law does,
    the law is asked. Where the law does not answer, a report does that surely holds the answer; one that might lends no
    likelihood.
    """
    law = [hit for hit in usable if hit.kind == "regulation"]
    for_law = bool(usable) and usable[0].score < POSSIBLE and any(hit.score >= LIKELY for hit in law)
    if not usable or usable[0].kind == "report" and not for_law:
        return usable
    sure = [hit for hit in usable if hit.kind == "report" and hit.score >= LIKELY]
    return sure if sure and not any(hit.score >= POSSIBLE for hit in law) else law


def _best_but_ended(found: Sequence[Hit], question: Question) -> Hit | None:
    """The best match of the law where it is not in force, and the question does not name it."""
    law = [hit for hit in found if hit.kind == "regulation"]
    if not law or law[0].status not in ENDED or _is_named(law[0], question):
        return None
    in_force = max((hit.score for hit in law if hit.status == IN_FORCE), default=0.0)
    return law[0] if law[0].score > in_force else None


def ended_within(cited: Sequence[Hit], knowledge: Knowledge, as_of: date | None = None) -> tuple[Note, ...]:
    """What a reader must know of repealed regulations that articles in force still name (依照《…法》处罚)."""
    text = "\n".join(hit.text for hit in cited if hit.kind == "regulation" and hit.status == IN_FORCE)
    held = [hit for name in dict.fromkeys(_QUOTED.findall(text)) for hit in knowledge.articles(name, as_of)[:1]]
    known = [(hit, hit.text) for hit in knowledge.only_known(text, as_of)] if text else []
    told = [*((hit, _validity(hit)) for hit in held), *known]
    ended = [words for hit, words in told if hit.status == "已废止"]
    return tuple(dict.fromkeys(Note("validity", f"所引条文提到的{words}") for words in ended))


def _of_the_matter(question: Question, found: list[Hit]) -> list[Hit]:
    """What is found, the regulations first that the question before was answered from, where it is as near."""
    if not question.matter or question.search == question.asked and question.goes_on:
        return found
    weighed = [
        replace(hit, score=min(1.0, hit.score * SAME_MATTER)) if hit.title in question.matter else hit for hit in found
    ]
    return sorted(weighed, key=lambda hit: -hit.score)


def _continued(question: Question, best: Sequence[Hit], knowledge: Knowledge, as_of: date | None) -> bool:
    """Whether a follow-up stays with the matter, so that the earlier question may speak for it.

    It does where what is found for both holds a word of its own, or where it is near to something by itself.
    """
    if question.search == question.asked or question.leans or not question.own_terms:
        return True
    texts = [hit.text for hit in best[:MOST_EVIDENCE]]
    if any(_holds(text, term) for text in texts for term in question.own_terms):
        return True
    if question.goes_on and best and best[0].title in question.matter and best[0].score >= LIKELY:
        return True
    nearest = knowledge.search(question.own, k=1, as_of=as_of)
    return bool(nearest) and nearest[0].score >= CONTINUES


def _holds(text: str, term: str) -> bool:
    """Whether the text holds a word, or two neighbouring characters of it."""
    return term in text if len(term) < 3 else any(term[at : at + 2] in text for at in range(len(term) - 1))


def _is_named(hit: Hit, question: Question) -> bool:
    return bool(hit.title) and hit.title in question.search


def _worth_a_note(hit: Hit, named: list[Hit], question: Question) -> bool:
    return hit.status != IN_FORCE and (hit in named or _is_named(hit, question))


def told_ended(hit: Hit, alone: bool = False) -> str:
    """The sentence that stands before an article which is no longer in force; ``alone``: other sentences follow."""
    if alone:
        return _validity(hit)
    return f"{_validity(hit)}：以下是它{'废止' if hit.status == '已废止' else '修订'}以前的规定"


def _validity(hit: Hit) -> str:
    """What a reader must know of a regulation's validity on the date asked about."""
    if hit.status == IN_FORCE:
        return f"《{hit.title}》现行有效"
    if hit.status == "尚未施行":
        since = f"，自{_day(hit.effective_from)}起施行" if hit.effective_from else ""
        return f"《{hit.title}》尚未施行{since}"
    until = f"自{_day(hit.effective_to)}起" if hit.effective_to else ""
    successor = f"，由《{hit.replaced_by.strip('《》')}》取代" if hit.replaced_by else ""
    return f"《{hit.title}》{until}{hit.status}{successor}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _distinct(hits: list[Hit]) -> list[Hit]:
    return list({(hit.title, hit.article_no, hit.article_sub, hit.text): hit for hit in hits}.values())
