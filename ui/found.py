"""What 法规检索 shows, as HTML: passages found, the versions of a law, what past reports cite that has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from domain import Hit
from ui.citations import marked, name, validity
from ui.days import in_words
from ui.panels import empty

SHORTEST = 2  # characters of the words searched for that are worth a mark
START = "输入要找的词，或第五十条、711号这样的条号、文号。"


def hits(found: Sequence[Hit], words: str) -> str:
    """Each passage with its validity and the words searched for marked; its name is a button."""
    if not words.strip():
        return empty(START)
    if not found:
        return empty("没有找到。可以换一个说法，或放宽筛选条件。")
    rows = "".join(
        f'<article><header><button type="button" data-pick="found:{place}">{escape(name(hit))}</button></header>'
        f'<div class="about">{validity(hit)}</div><p class="short">{marked(hit.text, words, SHORTEST)}</p></article>'
        for place, hit in enumerate(found)
    )
    return f'<p class="count" role="status">找到 {len(found)} 段，最相近的在前。</p><div class="evidence">{rows}</div>'


def versions(title: str, held: Sequence[Any]) -> str:
    """The versions of a law, the latest first, with a button to compare where two texts are held."""
    if len(held) < 2:
        return ""
    rows = "".join(f"<li>{_version(each)}</li>" for each in held)
    compare = (
        f'<button type="button" data-pick="compare:{escape(title)}">两个版本对照</button>'
        if sum(bool(v.id) for v in held) > 1
        else ""
    )
    return f'<section class="versions" aria-label="各版本"><h4>各版本</h4><ul>{rows}</ul>{compare}</section>'


def since(held: Any) -> str:
    """A version's name: 2019年4月23日起（现行有效）."""
    start = f"{in_words(held.period.start)}起" if held.period.start else "施行日期不详"
    return f"{start}（{held.period.status(date.today())}）"


def _version(held: Any) -> str:
    period, number = held.period, held.document.number
    until = f"，{in_words(period.end)}{period.ended or '失效'}" if period.end else ""
    text = "收录全文" if held.id and held.verbatim else "收录要点" if held.id else "未收录文本"
    return escape(f"{since(held)}{f'，{number}' if number else ''}{until}，{text}")


def review(found: Any, article: Callable[[Any], str]) -> str:
    """Which regulations that the reports cite have ended: a table, and what could not be judged.

    ``article`` names the article of a citation, as 第十七条.
    """
    if not found.reports:
        return empty("资料库里还没有往年报告。在“资料库”页上传后再看。")
    ended = f"其中 {len(found.ended)} 处今天已经废止或修订" if found.ended else "今天都还有效"
    counted = f"资料库里的 {found.reports} 份报告引用了 {found.cited} 处知道效力的法规或条文，{ended}。"
    unknown = (
        f'<p class="count">不知道效力、没有判断的名称：{escape("、".join(found.unknown))}</p>' if found.unknown else ""
    )
    if not found.ended:
        return f'<p class="pass">✓ {counted}</p>{unknown}'
    rows = "".join(_ended(each, article(each)) for each in found.ended)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("引用的法规", "今天", "由什么代替", "报告和原句"))
    return (
        f'<p class="count">{counted}</p><div class="scroll"><table class="held past-cited"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{unknown}"
    )


def _ended(past: Any, article: str) -> str:
    said = f"{past.heading}：{past.sentence}" if past.heading else past.sentence
    on = f"<br>自 {in_words(past.ended_on)}" if past.ended_on else ""
    then = "" if past.then == "现行有效" else f"<br><b>报告当年已是{past.then}</b>"
    by = f"《{escape(past.replaced_by)}》" if past.replaced_by else "没有记载"
    return (
        f"<tr><td>《{escape(past.title)}》{article}</td><td><span class='fail'>{past.status}</span>{on}{then}</td><td>{by}</td>"
        f"<td>{escape(past.report)}<br><small>{escape(said)}</small></td></tr>"
    )
