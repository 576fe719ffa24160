"""An answer made of the passages' own sentences: which article, and what it says."""

from __future__ import annotations

from typing import Sequence

from answering.question import Question
from answering.trim import best_runs
from domain import Hit

MOST_QUOTED = 3
SHOWN = 160  # characters of one passage
WHOLE = 1200  # of a passage that the question names
LINE = 70  # of one article in a list
NOT_VERBATIM = "要点（非原文）"


def quote(question: Question, evidence: Sequence[Hit], longest: int = SHOWN) -> str:
    """One paragraph a passage, best first; what stands in “” is an exact substring of its passage.

    ``[k]`` is the passage's place; ``longest`` is the most characters of one passage.
    """
    return "\n".join(
        f"{name(hit)}{_says(hit)}{_quoted(hit, best_runs(hit.text, question.terms, longest))}[{marker}]"
        for marker, hit in enumerate(evidence, start=1)
    )


def listing(evidence: Sequence[Hit]) -> str:
    """The governing articles, one line each, under the name of their regulation."""
    lines: list[str] = []
    title = None
    for marker, hit in enumerate(evidence, start=1):
        if hit.title != title:
            title = hit.title
            digest = "" if hit.verbatim else f"，{NOT_VERBATIM}"
            lines.append(f"《{title}》{digest}：")
        lines.append(f"- {hit.article or hit.heading}：{_gist(hit)} [{marker}]")
    return "\n".join(lines)


def lead(evidence: Sequence[Hit]) -> str:
    """The sentence above a list: which regulations it is in."""
    main, *others = dict.fromkeys(hit.title for hit in evidence)
    also = "，另见" + "、".join(f"《{title}》" for title in others) if others else ""
    return f"这方面的规定主要在《{main}》{also}，相关条款如下。"


def name(hit: Hit) -> str:
    """《title》第…条, or the report's title and heading."""
    return f"《{hit.title}》{hit.article or hit.heading}"


def _says(hit: Hit) -> str:
    return "规定：" if hit.verbatim and hit.kind == "regulation" else "：" if hit.verbatim else f"{NOT_VERBATIM}："


def _quoted(hit: Hit, runs: Sequence[str]) -> str:
    if hit.verbatim:
        return "……".join(f"“{run}”" for run in runs)
    return "……".join(runs).replace("\n", "")


def _gist(hit: Hit) -> str:
    """The beginning of a passage, up to a sentence's end, or cut at a comma."""
    text = "".join(hit.text.split())
    if len(text) <= LINE:
        return text.rstrip("。；")
    for ends in ("。", "；：", "，、"):
        places = [at for at, letter in enumerate(text[:LINE]) if letter in ends]
        if places and places[-1] >= LINE // 3:
            return text[: places[-1]] + ("" if ends == "。" else "……")
    return text[:LINE] + "……"
