"""An answer made of the passages' own sentences: which article, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answering.law.excerpt import best_runs
from answering.law.places import part
from answering.law.question import Question
from domain import Hit

MOST_QUOTED = 3
SHOWN = 160  # characters of one passage
WHOLE = 1200  # of a passage that the question names
LINE = 70  # of one article in a list
NOT_VERBATIM = "要点（非原文）"
_PURPOSE = re.compile(r"目的|制定本|根据.{2,60}制定|^为了?")
_WHY_MADE = re.compile(r"目的|为什么|为何|依据|根据|制定")
_BRACKETED = re.compile(r"\[\d{1,3}\]")


def quote(question: Question, evidence: Sequence[Hit], longest: int = SHOWN) -> str:
    """Which articles say it, then a line for each, best first.

    What stands in “” is an exact substring of its passage. ``[k]`` is the passage's place;
    ``longest`` is the most characters of one passage.
    """
    if len(evidence) == 1:
        return whole(evidence[0], 1, _runs(question, evidence[0], longest))
    one_title = len({hit.title for hit in evidence}) == 1
    digest = f"，以下是{NOT_VERBATIM}" if not any(hit.verbatim for hit in evidence) else ""
    lines = [f"{_holds(evidence)}{digest}："]
    for marker, hit in enumerate(evidence, start=1):
        told = "" if hit.verbatim or digest else "（要点，非原文）"
        label = place(hit) or name(hit) if one_title else name(hit)
        lines.append(
            f"- {label}{bracketed(standing(hit))}{told}：{_quoted(hit, _runs(question, hit, longest))}[{marker}]"
        )
    return "\n".join(lines)


def without_purpose(question: Question, evidence: Sequence[Hit]) -> Sequence[Hit]:
    """Without the articles that say why a regulation was made, unless that is asked or they are all there is."""
    if _WHY_MADE.search(question.asked):
        return evidence
    kept = [hit for hit in evidence if hit.kind != "regulation" or hit.article_no != 1 or not _PURPOSE.search(hit.text)]
    return kept or evidence


def whole(hit: Hit, marker: int, runs: Sequence[str] = ()) -> str:
    """One article in a sentence of its own: its name and its words, all of them unless ``runs`` are given."""
    return f"{name(hit)}{bracketed(standing(hit))}{_says(hit)}{_quoted(hit, runs or [hit.text[:WHOLE]])}[{marker}]"


def _runs(question: Question, hit: Hit, longest: int) -> list[str]:
    """The place that is asked for (第二项), else the sentences that cover the question best."""
    return (question.item and part(hit.text, question.item)) or best_runs(hit.text, question.terms, longest)


def _without_brackets(runs: Sequence[str]) -> list[str]:
    """Runs that hold no [n] of the passage's own: a reader would take it for a citation."""
    return [piece for run in runs for piece in _BRACKETED.split(run) if piece.strip()]


def _holds(evidence: Sequence[Hit]) -> str:
    """《A》第三条、第五条和《B》第一条对此有规定; what a report tells is no rule."""
    said = []
    for kind, holds in (("regulation", "对此有规定"), ("report", "有记载")):
        by_title: dict[str, list[str]] = {}
        for marker, hit in enumerate(evidence, start=1):
            if hit.kind == kind:
                by_title.setdefault(hit.title, []).append(f"{place(hit)}[{marker}]")
        *others, last = [f"《{title}》{'、'.join(labels)}" for title, labels in by_title.items()] or [""]
        if last:
            said.append(f"{'、'.join(others)}{'和' if others else ''}{last}{holds}")
    return "，".join(said)


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
