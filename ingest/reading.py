"""Which kind of document a file is, and the document that it becomes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from domain import Document, PublishedReport, UnusableInput
from ingest.blocks import Source, TableGrid, TextParagraph
from ingest.notices import notice_title, parse_notice
from ingest.readers import read_source
from ingest.report_passages import report_document
from ingest.report_tables import read_tables
from ingest.reports import parse_report, report_evidence
from ingest.statutes import article_starts, parse_statute, statute_lines

_LEAST_ARTICLES = 2
_LEAST_EVIDENCE = 2  # of an annual report: headings of its parts, its title, its tables


def read(path: Path, kind: Literal["auto", "regulation", "report"] = "auto") -> Document:
    """The document in a file; UnusableInput where it cannot be read or is neither kind."""
    source = read_source(path)
    chosen = _kind(source) if kind == "auto" else kind
    if chosen == "report":
        return report_document(_report(source))
    lines = statute_lines(source)
    if len(article_starts(lines)) < _LEAST_ARTICLES and notice_title(lines)[0]:
        return parse_notice(source.name, source.digest, lines, source.notes)
    return parse_statute(source)


def read_report(path: Path) -> PublishedReport:
    """The published annual report in a file (docx, html, pdf, txt, md, doc, wps)."""
    return _report(read_source(path))


def _report(source: Source) -> PublishedReport:
    report = parse_report(source.blocks, source.name, source.digest)
    return replace(report, notes=source.notes + report.notes)


def _kind(source: Source) -> str:
    lines = [line for block in source.blocks if isinstance(block, TextParagraph) for line in block.text.split("\n")]
    is_notice = bool(notice_title(statute_lines(source))[0])  # the format itself has all headings of a report
    evidence = 0 if is_notice else report_evidence(source.blocks)
    if evidence < _LEAST_EVIDENCE and not is_notice:
        tables, _, _ = read_tables(block for block in source.blocks if isinstance(block, TableGrid))
        evidence += sum(bool(table) for table in tables.values())
    if evidence >= _LEAST_EVIDENCE:
        return "report"
    if is_notice or len(article_starts(lines)) >= _LEAST_ARTICLES:
        return "regulation"
    raise UnusableInput(
        f"文件 {source.name} 既不像法规（没有“第一条”这样的条文，也不是有文号的通知、意见），也不像政府信息公开工作年度报告，没有读入"
    )
