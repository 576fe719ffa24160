"""A published report → the passages under which it is found: its sections, and its tables in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain import Cell, Document, Passage, PublishedReport, plain_numbers
from forms import Form, load_form, value_at
from ingest.reports import subsections

LONGEST = 500
TABLE_MARK = "（表格数据）"
_ABSENT = object()


def report_document(report: PublishedReport) -> Document:
    """The report as a document of the knowledge base; ``heading`` is the path of the section.

    ``tables`` has the keys ``form`` ("2021"), ``table2``, ``table3`` and ``table4`` in the shapes of the
    figures, fit for JSON: numbers, text such as ``/``, None where blank; {} where no table was found.
    """
    title = report.title or report.source.rsplit(".", 1)[0]
    return Document(
        kind="report",
        title=title,
        full_title=title,
        source=report.source,
        digest=report.digest,
        passages=(*_prose(report), *_tables(report)),
        issuer=report.org,
        org=report.org,
        year=report.year,
        notes=report.notes,
        tables={"form": report.form, **plain_numbers(report.tables)} if report.form else {},
    )


def _prose(report: PublishedReport) -> Iterator[Passage]:
    for section in report.sections:
        for heading, paragraphs in subsections(section):
            path = "/".join(part for part in (section.heading, heading) if part)
            for text in pieces(paragraphs):
                yield Passage(text, heading=path)


def pieces(paragraphs: tuple[str, ...]) -> list[str]:
    """Paragraphs in portions of at most about ``LONGEST`` characters, cut between paragraphs.

    A paragraph longer than that is cut after a sentence; no character is changed.
    """
    portions: list[str] = []
    for paragraph in paragraphs:
        for part in _sentences(paragraph) if len(paragraph) > LONGEST else [paragraph]:
            if portions and len(portions[-1]) + len(part) < LONGEST and part is paragraph:
                portions[-1] += "\n" + part
            else:
                portions.append(part)
    return portions


def _sentences(paragraph: str) -> list[str]:
    parts = [""]
    for sentence in re.split(r"(?<=[。；！？])", paragraph):
        if parts[-1] and len(parts[-1]) + len(sentence) > LONGEST:
            parts.append("")
        parts[-1] += sentence
    return [part for part in parts if part]


def _tables(report: PublishedReport) -> Iterator[Passage]:
    if not report.form:
        return
    form = load_form(report.form)
    makers = ((2, "table2", _table2), (3, "table3", _table3), (4, "table4", _table4))
    for part, name, words in makers:
        if report.tables.get(name):
            heading = f"{'一二三四五六'[part - 1]}、{form.parts[part - 1]}{TABLE_MARK}"
            lines = tuple(f"{line}。" for line in words(report.tables, form))
            for text in pieces(lines):
                yield Passage(text, heading=heading, verbatim=False)


def _said(value: Cell, unit: str = "") -> str:
    """A cell in words: blank and / are said as such, never as 0."""
    if value is None:
        return "未填"
    return f"“{value}”" if isinstance(value, str) else f"{value}{unit}"


def _table2(tables, form: Form) -> Iterator[str]:
    for block in form.table2:
        for row in block.rows:
            cells = [
                (column, value_at(tables, f"table2.{block.key(row, column)}", _ABSENT)) for column in block.columns
            ]
            parts = [f"{column.label}{_said(value)}" for column, value in cells if value is not _ABSENT]
            if parts:
                yield f"{row.label}：{'，'.join(parts)}"


def _table3(tables, form: Form) -> Iterator[str]:
    zero = []
    *applicants, total = form.columns
    for row in form.rows:
        cells = tables["table3"].get(row.key)
        if cells is None:
            continue
        if row.role == "outcome" and all(cell == 0 for cell in cells.values()):
            zero.append(row)
            continue
        parts = [f"{column.label}{_said(cells[column.key])}" for column in applicants if cells[column.key] != 0]
        inner = f"（{'，'.join(parts)}）" if parts else ""
        yield f"{row.group}{row.label}：{total.label}{_said(cells[total.key], '件')}{inner}"
    if zero:
        yield f"其余{len(zero)}项办理结果均为0件" if len(zero) < len(form.outcomes) else "各项办理结果均为0件"


def _table4(tables, form: Form) -> Iterator[str]:
    for case in form.cases:
        cells = tables["table4"].get(case.key, {})
        parts = "，".join(f"{result.label}{_said(cells[result.key])}" for result in form.results if result.key in cells)
        yield f"{case.ledger}：{parts}"
