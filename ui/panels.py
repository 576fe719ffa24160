"""Records as HTML for the page; every text that comes from a document or a model is escaped."""

from __future__ import annotations

from html import escape
from typing import Iterable

from domain import Citation, Draft, Finding, Hit, LedgerResult, Outcome
from forms import form_for
from report.html import render_table
from report.layout import grids

_SEVERITY = {"error": "错误", "warning": "警告", "notice": "提示"}
_OUTCOME = {"added": "新增", "unchanged": "未变", "replaced": "替换", "rejected": "拒收"}


def empty(sentence: str) -> str:
    return f'<div class="empty">{escape(sentence)}</div>'


def citations(cited: Iterable[Citation]) -> str:
    """The cited articles with marker, validity and full text."""
    articles = [_article(f"[{citation.marker}] ", citation.hit) for citation in cited]
    if not articles:
        return empty("回答引用的条文会列在这里。")
    return f'<div class="evidence" aria-label="引用条文">{"".join(articles)}</div>'


def _article(marker: str, hit: Hit) -> str:
    ended = " ended" if hit.status != "现行有效" else ""
    successor = f"，由《{hit.replaced_by}》取代" if hit.replaced_by and ended else ""
    kind = "" if hit.verbatim else " · 要点（非原文）"
    return (
        f"<article><header>{escape(marker)}《{escape(hit.title)}》{escape(hit.article or hit.heading)} "
        f'<span class="status{ended}">{escape(hit.status + successor)}{kind}</span></header>'
        f"<p>{escape(hit.text)}</p></article>"
    )


def statutory_tables(ledger: LedgerResult) -> str:
    """The three tables exactly as in the official form."""
    form = form_for(ledger.figures.year)
    tables = grids(ledger.figures, form).values()
    parts = [f"<h3>{escape(grid.caption)}</h3>{render_table(grid, plain=True)}" for grid in tables]
    return f'<div class="statutory">{"".join(parts)}</div>'


def checks(ledger: LedgerResult) -> str:
    """Identities that fail, warnings of the reader, and how many identities hold."""
    passed = sum(1 for check in ledger.checks if check.status == "pass")
    lines = [f'<li class="fail">{escape(f"{c.where} {c.message}")}</li>' for c in ledger.failed]
    lines += [f"<li>{escape(warning)}</li>" for warning in ledger.warnings]
    verdict = (
        f'<span class="fail">有 {len(ledger.failed)} 项校验未通过</span>'
        if ledger.failed
        else '<span class="pass">全部校验通过</span>'
    )
    figures = ledger.figures
    return (
        f"<div><strong>{escape(figures.org)} {figures.year} 年度</strong>："
        f"{verdict}（通过 {passed} 项）</div>" + _list(lines)
    )


def drafted(draft: Draft) -> str:
    """What the draft rests on: how it was written, signals, articles, and what was taken out."""
    how = "由模型起草，数字由系统填入" if draft.mode == "model" else "由系统按台账直接写成"
    lines = [f"<li>{escape(note)}</li>" for note in draft.notes]
    lines += [f"<li>线索：{escape(signal.message)}</li>" for signal in draft.signals]
    lines += [
        f'<li class="fail">已删去“{escape(r.text)}”：{escape(r.reason)}</li>' for r in draft.rejected
    ]
    figures = "、".join(phrase.text for phrase in draft.figures)
    used = f"<p>所用数字：{escape(figures)}</p>" if figures else ""
    articles = "".join(_article(f"[{c.marker}] ", c.hit) for c in draft.citations)
    return f"<div><strong>{how}</strong>{_list(lines)}{used}</div><div class='evidence'>{articles}</div>"


def findings(found: Iterable[Finding]) -> str:
    lines = [
        f"<li><strong>{_SEVERITY[f.severity]}</strong> {escape(f.where)}：{escape(f.message)}"
        f"{f'（{escape(f.law)}）' if f.law else ''}{f'<br>建议：{escape(f.advice)}' if f.advice else ''}</li>"
        for f in found
    ]
    return _list(lines) or '<div class="pass">没有发现问题。</div>'


def outcomes(done: Iterable[Outcome]) -> str:
    lines = [
        f"<li><strong>{_OUTCOME[o.status]}</strong> {escape(o.title or o.path.replace(chr(92), '/').split('/')[-1])}"
        f"{f'（{o.passages} 段）' if o.passages else ''} {escape(o.reason)}</li>"
        for o in done
    ]
    return _list(lines)


def problems(sentences: Iterable[str]) -> str:
    """All problems of an input at once."""
    return _list([f'<li class="fail">{escape(sentence)}</li>' for sentence in sentences])


def _list(lines: list[str]) -> str:
    return f'<ul class="remarks">{"".join(lines)}</ul>' if lines else ""
