"""An answer made of the passages' own sentences: which article, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answering.law.first import First, best_unit, first_sentence
from answering.law.places import part
from answering.law.question import Question
from answering.law.units import Unit, bound, units
from domain import Hit

MOST_QUOTED = 3
SHORT = 420
"""Characters up to which an article is shown whole; of a longer one, the paragraphs that bear on the question."""
WHOLE = 1200  # of a passage that the question names
_SAME = 12
"""Characters by which a passage may be longer than what is quoted of it, to be shown once."""
LINE = 70  # of one article in a list
NOT_VERBATIM = "要点（非原文）"
_PURPOSE = re.compile(r"目的|制定本|根据.{2,60}制定|^为了?")
_WHY_MADE = re.compile(r"目的|为什么|为何|依据|根据|制定")
_BRACKETED = re.compile(r"\[\d{1,3}\]")


def quote(question: Question, evidence: Sequence[Hit], longest: int = 0, lead: str = "") -> str:
    """What decides the question in a sentence, then the rules that it is taken from, whole, and what stands beside.

    What stands in “” is an exact part of its passage. ``[k]`` is the passage's place. ``longest``: show
    passages whole up to so many characters (of an article that the question names). ``lead``: what the first
    passage is known to say in a word.
    """
    first = None if question.item else first_sentence(question.asked, question.search, evidence)
    if first and lead:
        first = replace(first, lead=lead)
    if first is None:
        order = list(range(len(evidence)))
        lines = [whole(evidence[order[0]], order[0] + 1, _shown(question, evidence[order[0]], longest))]
    else:
        order = [first.hit, *(at for at in range(len(evidence)) if at != first.hit)]
        lines = _leading(question, first, evidence[first.hit], longest)
    beside = [
        f"- {name(evidence[at])}{bracketed(standing(evidence[at]))}{'' if evidence[at].verbatim else '（要点，非原文）'}："
        f"{_quoted(evidence[at], _shown(question, evidence[at], longest))}[{at + 1}]"
        for at in order[1:]
    ]
    return "\n".join([*lines, *(["", "另见：", *beside] if beside else [])])


def _leading(question: Question, first: First, hit: Hit, longest: int) -> list[str]:
    """The sentence that answers, and the whole rule under it where it says more."""
    mark = f"[{first.hit + 1}]"
    lead = f"{first.lead}：" if first.lead else ""
    says = f"{name(hit)}{bracketed(standing(hit))}{_says(hit)}"
    shown = _shown(question, hit, longest, first.units)
    if not hit.verbatim:
        return [f"{lead}{says}{_quoted(hit, shown)}{mark}"]
    line = f"{lead}{says}{_quoted(hit, first.runs)}{mark}"
    if sum(map(len, shown)) <= sum(map(len, first.runs)) + _SAME:
        return [f"{lead}{says}{_quoted(hit, shown)}{mark}"]
    all_of_it = "全文" if len(shown) == 1 and len(shown[0]) == len(hit.text.strip()) else "有关各款"
    return [line, "", f"{place(hit) or name(hit)}{all_of_it}：{_quoted(hit, shown)}{mark}"]


def named_once(hits: Sequence[Hit]) -> str:
    """What each passage says, a line for each, whole."""
    return "\n".join(whole(hit, place) for place, hit in enumerate(hits, start=1))


def without_purpose(question: Question, evidence: Sequence[Hit]) -> Sequence[Hit]:
    """Without the articles that say why a regulation was made, unless that is asked or they are all there is."""
    if _WHY_MADE.search(question.asked):
        return evidence
    kept = [hit for hit in evidence if hit.kind != "regulation" or hit.article_no != 1 or not _PURPOSE.search(hit.text)]
    return kept or evidence


def whole(hit: Hit, marker: int, runs: Sequence[str] = ()) -> str:
    """One article in a sentence of its own: its name and its words, all of them unless ``runs`` are given."""
    return f"{name(hit)}{bracketed(standing(hit))}{_says(hit)}{_quoted(hit, runs or [hit.text.strip()])}[{marker}]"


def _shown(question: Question, hit: Hit, longest: int = 0, chosen: Sequence[Unit] = ()) -> list[str]:
    """The place that is asked for (第二项), the whole of a short passage, else its rules that bear on the question.

    A rule is never cut: a list keeps its lead and all of its items, a paragraph what limits it.
    """
    if question.item and (asked := part(hit.text, question.item)):
        return asked
    text = hit.text.strip()
    if len(text) <= max(longest, SHORT):
        return [text]
    found = units(text)
    family = list(chosen) or bound([best_unit(question.asked, question.search, hit)], found)
    runs: list[list[str]] = []
    before = -2
    for unit in family:
        if unit.place == before + 1:
            runs[-1].append(unit.text)
        else:
            runs.append([unit.text])
        before = unit.place
    return ["\n".join(run) for run in runs]


def _without_brackets(runs: Sequence[str]) -> list[str]:
    """Runs that hold no [n] of the passage's own: a reader would take it for a citation."""
    return [piece for run in runs for piece in _BRACKETED.split(run) if piece.strip()]


def listing(evidence: Sequence[Hit]) -> str:
    """The governing articles, one line each, under the name of their regulation."""
    lines: list[str] = []
    title = None
    for marker, hit in enumerate(evidence, start=1):
        if hit.title != title:
            title = hit.title
            digest = "" if hit.verbatim else f"，{NOT_VERBATIM}"
            lines.append(f"《{title}》{digest}：")
        lines.append(f"- {place(hit) or name(hit)}：{_gist(hit)} [{marker}]")
    return "\n".join(lines)


def lead(evidence: Sequence[Hit]) -> str:
    """The sentence above a list: which regulations it is in."""
    main, *others = dict.fromkeys(hit.title for hit in evidence)
    also = "，另见" + "、".join(f"《{title}》" for title in others) if others else ""
    return f"这方面的规定主要在《{main}》{also}，相关条款如下。"


def standing(hit: Hit) -> str:
    """What the article is where it is not in force (已废止), so that no answer shows it as if it were."""
    return "" if hit.status == "现行有效" else hit.status


def bracketed(words: str) -> str:
    return f"（{words}）" if words else ""


def name(hit: Hit) -> str:
    """《title》第…条, or the report's title and heading."""
    return f"《{hit.title}》{place(hit)}"


def place(hit: Hit) -> str:
    """The article, or a heading; a colon within it would read as the end of it (办理结果：不予公开)."""
    first, _, second = (hit.article or hit.heading).strip().partition("：")
    return f"{first}（{second.replace('（', '，').replace('）', '')}）" if second else first


def _says(hit: Hit) -> str:
    rule = hit.kind == "regulation"
    if hit.verbatim:
        return "规定：" if rule else "写道："
    return f"对此{'有规定' if rule else '有记载'}，以下是{NOT_VERBATIM}："


def _quoted(hit: Hit, runs: Sequence[str]) -> str:
    runs = _without_brackets(runs)
    if hit.verbatim:
        return "……".join(f"“{run}”" for run in runs)
    return re.sub("[；，、]$", "。", "……".join(runs).replace("\n", ""))


def _gist(hit: Hit) -> str:
    """The beginning of a passage, up to a sentence's end, or cut at a comma."""
    text = _BRACKETED.sub("", "".join(hit.text.split()))
    if len(text) <= LINE:
        return text.rstrip("。；")
    for ends in ("。", "；：", "，、"):
        places = [at for at, letter in enumerate(text[:LINE]) if letter in ends]
        if places and places[-1] >= LINE // 3:
            return text[: places[-1]] + ("" if ends == "。" else "……")
    return text[:LINE] + "……"
