"""The article beside the chat: what an answer cites, opened at the cited words; its copy for documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape

from domain import Answer, Citation, Hit
from ui.days import in_words
from ui.panels import empty

MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_ONE = re.compile(r"\[(\d+)\]")
_SENTENCE_ENDS = "。！？；\n"
_MARK = {"现行有效": "●", "已被修订": "◐", "已废止": "○", "尚未施行": "◌", "效力未知": "?"}
SHORTEST = 4
"""Characters that a sentence and an article must share in one run to be shown as cited words."""
_LONG = 8
"""A run that is plainly taken from the article: beside one, runs shorter than a third of it are chance."""


def name(hit: Hit) -> str:
    """As official documents cite: 《政府信息公开条例》第五十条."""
    place = hit.article or hit.heading
    return f"《{hit.title}》{place if hit.kind == 'regulation' else f'“{place}”部分' if place else ''}"


# --- copying --------------------------------------------------------------------------------------


def official(answer: Answer) -> str:
    """The answer as plain text, each marker written out as the article unless the line names it already."""
    hits = {citation.marker: citation.hit for citation in answer.citations}
    lines = [_line_for_documents(line, hits) for line in answer.answer.split("\n")]
    text = "\n".join(lines)
    if any(not hit.verbatim for hit in hits.values()) and "要点" not in text:
        text += "\n（以上依据条文要点写成，引用原文前请核对法规文本。）"
    return text


def _line_for_documents(line: str, hits: dict[int, Hit]) -> str:
    said, at = "", 0
    for group in MARKERS.finditer(line):
        said += line[at : group.start()]
        cited = [hits[int(n)] for n in _ONE.findall(group.group()) if int(n) in hits]
        missing = [hit for hit in cited if (hit.article or hit.title) not in said]
        if missing:
            end = len(said.rstrip("".join(_SENTENCE_ENDS)))
            said = f"{said[:end]}（{_joined(missing)}）{said[end:]}"
        at = group.end()
    return said + line[at:]


def _joined(hits: Sequence[Hit]) -> str:
    """《甲》第一条、第二条；《乙》第三条."""
    by_title: dict[str, list[str]] = {}
    for hit in hits:
        places = by_title.setdefault(hit.title, [])
        if (place := name(hit).removeprefix(f"《{hit.title}》")) not in places:
            places.append(place)
    return "；".join(f"《{title}》{'、'.join(filter(None, places))}" for title, places in by_title.items())


def numbers(text: str) -> list[str]:
    """The markers of an answer, in order."""
    return _ONE.findall(text)


# --- the cited words ------------------------------------------------------------------------------


def sentence_at(text: str, place: int) -> str:
    """What the ``place``-th marker (0-based) of an answer stands for: its paragraph since the marker before.

    A quotation that the marker follows counts whole, over as many paragraphs as it has.
    """
    found = list(_ONE.finditer(text))
    if not 0 <= place < len(found):
        return ""
    before = MARKERS.sub("[]", text[: found[place].start()]).removesuffix("[]").rstrip()
    opening = before.rfind("“") if before.endswith("”") else -1
    if opening >= 0:
        return before[opening + 1 :]
    return before.rpartition("\n")[2].rpartition("[]")[2].lstrip(_SENTENCE_ENDS)


def runs(text: str, said: str, shortest: int = SHORTEST) -> list[tuple[int, int]]:
    """The longest runs of ``text`` that ``said`` has too, in order, none shorter than ``shortest``."""
    found, at = [], 0
    while at + shortest <= len(text):
        end = at + shortest
        if text[at:end] not in said:
            at += 1
            continue
        while end < len(text) and text[at : end + 1] in said:
            end += 1
        found.append((at, end))
        at = end
    longest = max((end - start for start, end in found), default=0)
    return [(start, end) for start, end in found if end - start >= min(longest // 3, _LONG)]


def quotes(text: str, said: str) -> bool:
    """Whether ``said`` plainly takes words from ``text``."""
    return any(end - start >= _LONG for start, end in runs(text, said))


def marked(text: str, said: str, shortest: int = SHORTEST) -> str:
    """``text`` as HTML with the words that ``said`` shares in ``<mark>``."""
    parts, at = [], 0
    for start, end in runs(text, said, shortest):
        parts.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    return "".join(parts) + escape(text[at:])


# --- as HTML --------------------------------------------------------------------------------------


def validity(hit: Hit) -> str:
    """Status, days and successor; a sign and words, never colour alone."""
    if hit.kind == "report":
        return '<span class="status">报告</span>'
    state = "in-force" if hit.status == "现行有效" else "ended"
    since = f"{in_words(hit.effective_from)}起施行" if hit.effective_from else ""
    until = f"，{in_words(hit.effective_to)}起失效" if hit.effective_to and hit.status in ("已废止", "已被修订") else ""
    by = f"，由《{escape(hit.replaced_by)}》取代" if hit.replaced_by and hit.status == "已废止" else ""
    text = (
        "要点，非原文" if hit.article or hit.heading else "只有版本信息，未收录条文"
    )  # the registry alone tells of it
    kind = "" if hit.verbatim else f'<span class="digest">{text}</span>'
    return (
        f'<span class="status {state}">{_MARK[hit.status]} {hit.status}</span>{kind}'
        f'<span class="since">{since}{until}{by}</span>'
    )


def listed(message: int, cited: Sequence[Citation]) -> str:
    """The articles that one answer cites, each a button that opens it."""
    if not cited:
        return empty("回答引用的条文会列在这里；点回答里的 [1] 可以打开条文。")
    cards = "".join(
        f'<article><header><button type="button" data-pick="cite:{message}:{each.marker}:-1">'
        f"[{each.marker}] {escape(name(each.hit))}</button></header>"
        f'<div class="about">{validity(each.hit)}</div><p class="short">{escape(each.hit.text)}</p></article>'
        for each in cited
    )
    return f'<h3>引用条文 <small>{len(cited)} 条</small></h3><div class="evidence">{cards}</div>'


def opened(
    hit: Hit,
    day: date,
    around: Sequence[Hit | None],
    said: str = "",
    back: str = "",
    other: Hit | None = None,
    returning: str = "回到对话",
    below: str = "",
    shortest: int = SHORTEST,
) -> str:
    """One article with the cited words marked, its validity on ``day``, and the way to its neighbours.

    ``back``: what the button to the list picks. ``other``: the article in the version that applied on
    ``day``, where that is another one. ``returning``: the name of the way back to where it was picked
    from. ``below``: HTML that stands under the article. ``shortest``: characters of a run worth a mark.
    """
    listed_all = f'<button type="button" class="back" data-pick="{escape(back)}">← 全部引用</button>' if back else ""
    which = f"<h4>{escape(hit.heading.replace('/', ' · '))}</h4>" if hit.heading and hit.heading != hit.article else ""
    applied = (
        f'<p class="other">{in_words(day)}适用的是另一版本。<button type="button" data-pick="{escape(_pick(other))}">'
        "看当日适用的文本</button></p>"
        if other
        else ""
    )
    judged = f"<p class='day'>效力按 {in_words(day)} 判断</p>" if hit.kind == "regulation" else ""
    return (
        f'<section class="opened-article" aria-label="{escape(name(hit))}" tabindex="-1">{listed_all}'
        f'<h3>{escape(name(hit))}</h3><div class="about">{validity(hit)}</div>{judged}{applied}{which}'
        f'<p class="text">{marked(hit.text, said, shortest)}</p>{_neighbours(*around)}'
        f'{below}<p class="source">来源：{escape(hit.source)}</p>'
        f'<button type="button" class="return" data-return>{returning}</button></section>'
    )


def _neighbours(previous: Hit | None, following: Hit | None) -> str:
    buttons = [
        f'<button type="button" data-pick="{escape(_pick(hit))}">{before}{escape(hit.article or hit.heading)}{after}</button>'
        for hit, before, after in ((previous, "← 上一条：", ""), (following, "下一条：", " →"))
        if hit and hit.article_no
    ]
    return f'<nav class="neighbours" aria-label="相邻条文">{"".join(buttons)}</nav>' if buttons else ""


def _pick(hit: Hit) -> str:
    return f"article:{hit.article_no}:{hit.article_sub}:{hit.title}"
