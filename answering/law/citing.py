"""Whether what a text cites exists, is in force on a day, and keeps the exception of the rule that it tells.

Every finding is certain or says that it is not: a regulation that is neither held nor registered is
not called invented, and a sentence that resembles no rule of its article is not called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answering.knowledge import Knowledge
from answering.law.missing import numeral
from answering.law.units import bonded, bound, limits, units
from domain import Hit
from gates.citations import Reference, find_references
from gates.sentences import split
from gates.support import overlap
from store.validity import Period, version_on

SAYS = 0.35
"""Of a sentence so much must stand in a rule for it to tell that rule."""
KEEPS = 0.45
"""Of an exception so much must stand in a sentence for it to be kept."""
TELLS = 0.5
"""Of a clause so much must stand in an exception for it to tell of that."""
_CLAUSE = re.compile("[，；。、：]")
_CLAUSES = re.compile("[^，；]*[，；]?")
_ALONE = re.compile("除外|除[^，]*外")
_TURNS = re.compile("但|不过|除(?!尘|臭|磷|污|害|草|雪)|例外|另有|不适用|可以不|不受")
"""Words with which an exception may be told otherwise than the article tells it."""
_SHORTEST = 4
_FEWEST = 8  # characters; less beside a citation tells no rule
_IN_FORCE = "现行有效"


@dataclass(frozen=True)
class CheckedCitation:
    """One citation of a text. ``exists`` and ``keeps_exception`` are None where that cannot be told, or there is no exception.

    ``exceptions`` are the limiting sentences, verbatim, of the rule that the sentence tells, or of the
    article where it tells none; ``dropped`` those of them that it leaves out. ``message`` says it all
    in Chinese.
    """

    written: str
    title: str
    article: str
    exists: bool | None
    status: str
    effective_from: date | None
    effective_to: date | None
    replaced_by: str
    text: str
    verbatim: bool
    exceptions: tuple[str, ...]
    keeps_exception: bool | None
    dropped: tuple[str, ...]
    message: str

    def as_json(self) -> dict[str, Any]:
        """The JSON of docs/contract.md."""
        days = {
            name: day.isoformat() if (day := getattr(self, name)) else None
            for name in ("effective_from", "effective_to")
        }
        lists = {name: list(getattr(self, name)) for name in ("exceptions", "dropped")}
        return {**self.__dict__, **days, **lists}


def check_citations(text: str, knowledge: Knowledge, as_of: date | None = None) -> list[CheckedCitation]:
    """Every citation of the text, in order; an article that is named bare is that of the regulation named before."""
    day = as_of or date.today()
    found, title = [], ""
    for sentence in split(text):
        references = find_references(sentence)
        said = _without(sentence, references)
        for reference in references:
            title = reference.title or title
            found.append(_checked(sentence[reference.start : reference.end], title, reference, said, knowledge, day))
    return found


def _checked(
    written: str, title: str, reference: Reference, said: str, knowledge: Knowledge, day: date
) -> CheckedCitation:
    if not title:
        return _unknown(written, "", reference, "没有写明是哪一部法规，不能核对")
    name = f"《{title}》"
    meant = knowledge.standing(name)
    if len(meant) != 1:
        why = (
            "可能指几部法规，请写全称"
            if meant
            else "知识库没有收入，版本表里也没有，不能核对；请先确认名称，或收入原文"
        )
        return _unknown(written, title, reference, f"{name}{why}")
    standing = meant[0]
    articles = knowledge.articles(standing.title, day)
    if not reference.article_no:
        return _regulation(written, standing.title, articles, [each.period for each in standing.versions], day)
    same = (reference.article_no, reference.sub)
    hit = next((each for each in articles if (each.article_no, each.article_sub) == same), None)
    if hit is not None:
        return _article(written, title, hit, said)
    label, numbers = _label(reference), {each.article_no for each in articles}
    if not articles:
        whole = _regulation(written, standing.title, articles, [each.period for each in standing.versions], day)
        return _unknown(
            written, standing.title, reference, f"{whole.message}；没有收入条文，不能核对{label}是否存在", whole
        )
    whole = _regulation(written, standing.title, articles, [each.period for each in standing.versions], day)
    if numbers != set(range(1, len(numbers) + 1)):
        return _unknown(
            written, standing.title, reference, f"知识库只收入了《{standing.title}》的一部分，其中没有{label}", whole
        )
    message = f"《{standing.title}》共{numeral(len(numbers))}条，没有{label}"
    return CheckedCitation(
        written, standing.title, label, False, whole.status, whole.effective_from, whole.effective_to,
        whole.replaced_by, "", False, (), None, (), message,
    )  # fmt: skip


def _regulation(
    written: str, title: str, articles: Sequence[Hit], periods: Sequence[Period], day: date
) -> CheckedCitation:
    """A regulation as a whole: what is held of it tells its days, else the registry."""
    if articles:
        first = articles[0]
        days = first.effective_from, first.effective_to
        status, successor = first.status, first.replaced_by
    else:
        period = periods[version_on(periods, day)]
        days, status, successor = (period.start, period.end), period.status(day), period.replaced_by
    message = _standing_told(f"《{title}》", status, days[0], days[1], successor)
    return CheckedCitation(written, title, "", True, status, *days, successor, "", False, (), None, (), message)


def _article(written: str, name: str, hit: Hit, said: str) -> CheckedCitation:
    exceptions, kept, dropped = exceptions_kept(hit.text, said) if hit.verbatim else ((), None, ())
    named = "" if hit.title in (name, f"中华人民共和国{name}") else f"“{name}”按《{hit.title}》核对："
    message = named + _standing_told(
        f"《{hit.title}》{hit.article}存在，", hit.status, hit.effective_from, hit.effective_to, hit.replaced_by
    )
    if dropped:
        message += f"；这句话漏了例外：{'；'.join(dropped)}"
    elif exceptions and kept is None:
        message += f"；这一条有例外，请核对引用时是否需要写上：{'；'.join(exceptions)}"
    elif not hit.verbatim:
        message += "；知识库里是要点（非原文），例外没有核对"
    return CheckedCitation(
        written, hit.title, hit.article, True, hit.status, hit.effective_from, hit.effective_to,
        hit.replaced_by, hit.text, hit.verbatim, exceptions, kept, dropped, message,
    )  # fmt: skip


def exceptions_kept(rule: str, said: str) -> tuple[tuple[str, ...], bool | None, tuple[str, ...]]:
    """What limits the rule of an article that is told, whether all of it is kept, and what is dropped.

    None where no rule is recognised in what is said, where it has no exception, or where part of one is told.
    """
    whole = units(rule)
    every = tuple(one for unit in whole for one in unit.sentences if limits(one))
    told = max(whole, key=lambda unit: overlap(said, unit.text), default=None)
    if len(said) < _FEWEST or told is None or overlap(said, told.text) < SAYS:
        return every, None, ()
    ruling = list(told.sentences)
    at = max(range(len(ruling)), key=lambda place: overlap(said, ruling[place]))
    first, last = bonded(ruling, at)
    near = [*ruling[first : last + 1], *told.items]
    near += [one for unit in bound([told], whole) if unit is not told for one in unit.sentences]
    exceptions = tuple(one for one in near if limits(one))
    if not exceptions:
        return (), None, ()
    parts = [_limiting(one) for one in exceptions]
    plain = "".join(near)
    for part in parts:
        plain = plain.replace(part, "，")
    kept = [_kept(part, said, plain) for part in parts]
    dropped = tuple(one for one, whether in zip(exceptions, kept) if whether is False)
    return exceptions, False if dropped else True if all(kept) else None, dropped


def _limiting(sentence: str) -> str:
    """The part of a sentence that limits: 但是… to its end, …除外 or 除…外 the clause alone, else from there on."""
    clauses = [match for match in _CLAUSES.finditer(sentence) if match.group()]
    at = next((place for place, clause in enumerate(clauses) if limits(clause.group())), None)
    if at is None:  # 除A、B，以及C外 goes over several
        return sentence
    alone = not clauses[at].group().startswith("但") and _ALONE.search(clauses[at].group())
    return sentence[clauses[at].start() : clauses[at].end() if alone else len(sentence)]


def _kept(exception: str, said: str, rule: str) -> bool | None:
    """Whether an exception stands in what is said; None where only a part of it does, or it may be in other words.

    A clause tells of the exception where its words are those of the exception and not of the rule.
    """
    if overlap(exception, said) >= KEEPS:
        return True
    clauses = [each for each in _CLAUSE.split(said) if len(each) >= _SHORTEST]
    own = [
        each for each in clauses if overlap(each, exception) >= TELLS and overlap(each, exception) > overlap(each, rule)
    ]
    return None if own or _TURNS.search(said) else False


def _unknown(
    written: str, title: str, reference: Reference, message: str, whole: CheckedCitation | None = None
) -> CheckedCitation:
    label = _label(reference) if reference.article_no else ""
    if whole is None:
        return CheckedCitation(written, title, label, None, "", None, None, "", "", False, (), None, (), message)
    return CheckedCitation(
        written, title, label, None, whole.status, whole.effective_from, whole.effective_to,
        whole.replaced_by, "", False, (), None, (), message,
    )  # fmt: skip


def _standing_told(name: str, status: str, begins: date | None, ends: date | None, successor: str) -> str:
    if status == _IN_FORCE:
        return f"{name}{status}" + (f"（自{_day(begins)}起施行）" if begins else "")
    if status == "尚未施行":
        return f"{name}尚未施行" + (f"，自{_day(begins)}起施行" if begins else "")
    return (
        f"{name}{status}"
        + (f"（自{_day(ends)}起）" if ends else "")
        + (f"，由《{successor}》取代" if successor else "")
    )


def _label(reference: Reference) -> str:
    return f"第{numeral(reference.article_no)}条" + (f"之{numeral(reference.sub)}" if reference.sub else "")


def _without(sentence: str, references: Sequence[Reference]) -> str:
    """What a sentence says beside its citations."""
    kept = list(sentence)
    for reference in references:
        kept[reference.start : reference.end] = "\0" * (reference.end - reference.start)
    return "".join(kept).replace("\0", "").strip("（）()，。；： \n")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
