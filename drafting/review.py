"""What the gates say about a text that somebody edited: for live marks while typing, and for chips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from domain import Draft, LedgerResult, OwnFigure, Placed, Remark
from drafting.basis import ArticleSource
from drafting.phrases import catalogue
from gates.citations import Reference, find_references
from gates.numbers import find_numerals
from gates.placing import known, place
from gates.quoted import of_the_law
from gates.sentences import clause

_GAP = re.compile(r"【请补充[^】\n]*】")
_PLACEHOLDER = re.compile(r"[{｛][^{}｛｝\n]*[}｝]?|[}｝]")


def spans(text: str, ledger: LedgerResult, notes: str = "", kept: Draft | None = None) -> tuple[Placed, ...]:
    """Each figure phrase in ``text``, in order; those of ``kept``, the draft that it was made from, stay what they were."""
    return place(text, catalogue(ledger, notes).every_single(), known(kept) if kept else None).placed


def inspect(
    text: str,
    ledger: LedgerResult,
    knowledge: ArticleSource | None = None,
    as_of: date | None = None,
    notes: str = "",
    kept: Draft | None = None,
    vouched: Sequence[OwnFigure] = (),
) -> tuple[Remark, ...]:
    """What is against ``text``, in its order; nothing is changed.

    A numeral must lie in a figure phrase of the ledger, a reference or a name, or be said by the article that
    is cited before it; a cited article must be in the store and in force on ``as_of`` (the last day of the report's year when unset). Without a
    knowledge base citations are not judged. Figures of ``notes`` are the office's own and only marked.
    ``kept`` is the draft that the text was made from; ``vouched`` are the numerals that the office vouches for.
    """
    figures, placed = ledger.figures, spans(text, ledger, notes, kept)
    bound = [(start, end) for start, end, phrase in placed if phrase.key != "notes"]
    own = [(start, end) for start, end, phrase in placed if phrase.key == "notes"]
    free = [(r.start, r.end) for r in find_references(text)]
    day = as_of or date(figures.year, 12, 31)
    free += of_the_law(text, lambda one: _said(knowledge, one, day)) if knowledge else []
    for name in (figures.org, figures.platform, f"{figures.year}年"):
        free += [match.span() for match in re.finditer(re.escape(name), text)] if name else []
    gaps = [Remark("gap", *match.span(), match.group(), "这里要由办公室补充") for match in _GAP.finditer(text)]
    free += [(gap.start, gap.end) for gap in gaps]
    remarks = [
        *gaps,
        *_numerals(text, bound + free, own, vouched),
        *_placeholders(text),
        *(_citations(text, knowledge, day) if knowledge else ()),
    ]
    return tuple(sorted(remarks, key=lambda remark: (remark.start, remark.end)))


def numeral_at(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The numeral that stands at a place and the clause that it stands in; None where none does."""
    found = next((one for one in find_numerals(text) if (one.start, one.end) == (start, end)), None)
    return (found.text, clause(text, start, end)) if found else None


def _numerals(
    text: str, bound: list[tuple[int, int]], own: list[tuple[int, int]], vouched: Sequence[OwnFigure]
) -> Iterator[Remark]:
    by_place = {(one.text, one.clause): one for one in vouched}
    for numeral in find_numerals(text):
        if any(start <= numeral.start and numeral.end <= end for start, end in bound):
            continue
        place = (numeral.start, numeral.end, numeral.text)
        if any(start <= numeral.start and numeral.end <= end for start, end in own):
            yield Remark("note", *place, "这个数字出自填报人的补充说明，台账中没有对应的行")
        elif by_place and (one := by_place.get((numeral.text, clause(text, numeral.start, numeral.end)))):
            yield Remark("own", *place, f"本单位已核实（{one.by or '本机用户'}，{one.at.astimezone():%m月%d日}）")
        else:
            yield Remark("numeral", *place, "这个数字不是台账算出的：核对无误的点“本单位已核实”，否则删去")


def _said(knowledge: ArticleSource, cited: Reference, day: date) -> str:
    hit = knowledge.article(cited.title, cited.article_no, cited.sub, day)
    return hit.text if hit else ""


def _placeholders(text: str) -> Iterator[Remark]:
    for match in _PLACEHOLDER.finditer(text):
        yield Remark("placeholder", *match.span(), match.group(), "占位符没有换成数字，请删去或重新起草这一段")


def _citations(text: str, knowledge: ArticleSource, as_of: date) -> Iterator[Remark]:
    for found in find_references(text):
        if not found.article_no or not found.title:
            continue
        quote = text[found.start : found.end]
        hit = knowledge.article(found.title, found.article_no, found.sub, as_of)
        if hit is None:
            yield Remark("citation", found.start, found.end, quote, "知识库中没有这一条，请核对法规名称和条号")
        elif hit.status != "现行有效":
            successor = f"，由《{hit.replaced_by}》取代" if hit.replaced_by else ""
            message = f"这一条在{as_of:%Y-%m-%d}{hit.status}{successor}，不能作为依据"
            yield Remark("citation", found.start, found.end, quote, message)
