"""The documents of the knowledge base as HTML: the list of them, and one opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from domain import Hit
from ui.panels import empty

_UNTOLD = {"regulation": "位阶未知", "report": "报告"}
_SHOWN = 200  # rows; more would make the page slow, and nobody reads them
_MARKS = {"现行有效": "●", "已被修订": "◐", "已废止": "○", "尚未施行": "◌", "效力未知": "?"}


def held(documents: Sequence[dict[str, Any]], words: str = "", kind: str = "", state: str = "") -> str:
    """A table of the documents that match; each title is a button that picks its id."""
    found = [document for document in documents if _matches(document, words, kind, state)]
    passages = sum(document["passages"] for document in found)
    rows = "".join(_row(document) for document in found[:_SHOWN])
    more = f"（只列出前 {_SHOWN} 份，请筛选）" if len(found) > _SHOWN else ""
    if not found:
        return empty("没有符合条件的资料。" if documents else "资料库是空的。")
    return (
        f'<p class="count" role="status">共 {len(found)} 份、{passages} 段{more}</p><div class="scroll" tabindex="0" '
        'role="region" aria-label="资料"><table class="held documents"><thead><tr><th scope="col">名称</th><th scope="col">类别</th>'
        '<th scope="col">效力</th><th scope="col">日期</th><th scope="col">篇幅</th><th scope="col">来自</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def opened(document: dict[str, Any], passages: Sequence[Hit]) -> str:
    """A document from beginning to end, under what is known of it."""
    known = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _facts(document) if value)
    notes = "".join(f"<li>{escape(note)}</li>" for note in document["notes"])
    text, heading = [], ""
    for passage in passages:
        if passage.heading != heading:
            heading = passage.heading
            text.append(f"<h4>{escape(heading.replace('/', ' · '))}</h4>")
        label = f"<b>{escape(passage.article)}</b>　" if passage.article else ""
        text.append(f"<p>{label}{escape(passage.text)}</p>")
    return (
        f'<article class="opened" tabindex="-1"><h3>《{escape(document["title"])}》</h3><dl>{known}</dl>'
        f'{f"<ul>{notes}</ul>" if notes else ""}<div class="text" tabindex="0" role="region" aria-label="全文">{"".join(text)}</div></article>'
    )


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    until = f"至 {document['effective_to']}" if document["effective_to"] else ""
    by = (
        f"，由《{document['replaced_by']}》取代" if document["replaced_by"] and document["status"] != "现行有效" else ""
    )
    regulation = document["kind"] == "regulation"
    return [
        ("效力", f"{_mark(document['status'])}{by}" if regulation else ""),
        ("施行", " ".join(filter(None, (str(document["effective_from"] or ""), until))) if regulation else ""),
        ("公布", str(document["promulgated"] or "")),
        ("文号", document["number"]),
        ("机关", document["issuer"] or document["org"] or ("未知" if regulation else "")),
        ("位阶", document["level"] or ("未知" if regulation else "")),
        ("文本", "" if document["verbatim"] else "要点（非原文）"),
        ("来源", document["source"]),
    ]


def _row(document: dict[str, Any]) -> str:
    regulation = document["kind"] == "regulation"
    day = (
        str(document["effective_from"] or "") if regulation else f"{document['year']} 年度" if document["year"] else ""
    )
    return (
        f'<tr><td><button type="button" data-pick="{escape(document["id"])}">{escape(document["title"])}</button></td>'
        f"<td>{escape(document['level'] or _UNTOLD[document['kind']])}</td>"
        f"<td>{_mark(document['status']) if regulation else ''}</td><td>{escape(day)}</td>"
        f"<td>{document['passages']} 段</td><td>{escape(document['origin'])}</td></tr>"
    )


def _mark(status: str) -> str:
    """A status with a sign of its own, so that colour is not needed."""
    return f"{_MARKS.get(status, '')} {status}"


def _matches(document: dict[str, Any], words: str, kind: str, state: str) -> bool:
    text = " ".join(str(document[name]) for name in ("title", "number", "issuer", "org", "source", "level", "year"))
    alike = all(word.casefold() in text.casefold() for word in words.split())
    return (
        alike
        and kind in ("", document["kind"])
        and (not state or (document["kind"], document["status"]) == ("regulation", state))
    )
