"""Each table of the form is there, with each of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checks.examples import Example
from checks.rule import Rule, Severity, looks_for
from checks.subject import NUMERALS, Subject
from domain import Finding, Note
from forms import Form, value_at

_MISSING = object()
_ABSENT: Severity = "error"
_UNREAD: Severity = "warning"  # it is there but could not be lined up: a question to the reader of the file
_UNREAD_ROWS = frozenset({"row-unread", "row-strange"})
_OPEN = "rows-open"  # READING asks about them, all of a table at once
_KEYS = ("table2", "table3", "table4")
_OFFICE_FILE = re.compile(
    r"\.(?:docx?|wps|pdf)$", re.IGNORECASE
)  # not a copy of a page's text, which can lose its tables
_COPY = "用网页或 Word 原文再核对一次；原文也没有表格的，按格式补上"
_FEW_ROWS = 3  # more than these missing rows of a table are named together
_APPLICATIONS = "收到和处理政府信息公开申请情况"
_PICTURE = Note("table-is-picture", f"“{_APPLICATIONS}”的表格是图片", _APPLICATIONS)
_NOT_READ = Note("row-unread", "“行政复议”的数字没有读入", "行政复议")
_OPEN_ROW = Note("rows-open", "表四“行政复议”的数字分不出各是哪一格，没有读入", "行政复议")

TABLE = Rule(
    id="FORMAT-TABLE",
    title="三张法定表格都在，是文字表格",
    severities=("error", "warning"),
    source="{form}",
    advice="按格式补上这张表",
    speaks=(
        Example(missing=("table4",)),
        Example(missing=("table3",), notes=(_PICTURE,)),
        Example(missing=_KEYS, source="报告.txt"),
    ),
    silent=(
        Example(),
        Example(year=2020, parts={5: "没有其他事项。"}),
        Example(missing=("table4.review",), beside=("FORMAT-ROW",)),
        Example(missing=("table4",), notes=(_OPEN_ROW,)),
    ),
)
ROW = Rule(
    id="FORMAT-ROW",
    title="表格的行、格齐全",
    severities=("error", "warning"),
    source="{form}",
    advice="按格式补上，没有发生的填 0",
    speaks=(
        Example(missing=("table3.denied.state_secret",)),
        Example(missing=("table2.licensing",)),
        Example(missing=("table4.review",), notes=(_NOT_READ,)),
    ),
    silent=(
        Example(),
        Example(missing=("table4",), beside=("FORMAT-TABLE",)),
        Example(missing=("table4.review",), notes=(_OPEN_ROW,)),
    ),
)


@looks_for(TABLE, ROW, order=40)
def tables(subject: Subject) -> Iterator[Finding]:
    """The tables that are not there, the rows that are not there in the others."""
    form, published = subject.form, subject.published
    if not any(published.tables.get(key) for key in _KEYS) and not _OFFICE_FILE.search(published.source):
        if not any(note.code == "table-is-picture" or note.code == _OPEN for note in published.notes):
            yield TABLE.finding(
                subject, "三张表都没有读出，抄本可能没有带上表格", "全文", severity="warning", advice=_COPY
            )
            return
    for at, key in enumerate(_KEYS, start=1):
        name = form.parts[at]
        if published.tables.get(key):
            yield from _rows(subject, key, name)
            continue
        if _is_open(published.notes, form, key):
            continue
        picture = any(note.code == "table-is-picture" and note.about == name for note in published.notes)
        yield TABLE.finding(
            subject,
            f"“{name}”的表格{'是图片，读不出数字' if picture else '没有找到'}",
            f"第{NUMERALS[at]}部分",
            advice="改为可以选中的文字表格" if picture else None,
        )


def _rows(subject: Subject, table: str, name: str) -> Iterator[Finding]:
    """The rows (of table 2 also the cells) of a table that are not there, those with the same fault together."""
    for (columns, severity), rows in _faults(subject, table).items():
        for some in [rows] if len(rows) > _FEW_ROWS else [[row] for row in rows]:
            more = f"等 {len(some)} 行" if len(some) > _FEW_ROWS else "一行"
            named = f"{'、'.join(some[:_FEW_ROWS])}{more}"
            missing = f"缺少{named}" if severity == "error" else f"没有读出{named}的数字"
            said = f"表格{named}没有{columns}" if columns else f"表格{missing}"
            yield ROW.finding(subject, said, name, f"{'、'.join(some)}{columns}", severity=severity)


def _faults(subject: Subject, table: str) -> dict[tuple[str, Severity], list[str]]:
    """(columns that are not there, "" for all; severity) → the rows, as they are to be named."""
    faults: dict[tuple[str, Severity], list[str]] = {}
    for label, keys in _leaves_by_row(subject.form, table).items():
        missing = [key for key in keys if value_at(subject.published.tables, key, _MISSING) is _MISSING]
        if not missing or any(_is_of(note, label) for note in subject.published.notes):
            continue
        columns, severity = "", _ABSENT
        if len(missing) < len(keys):
            columns = "、".join(f"“{subject.form.where(key).split('”')[-1]}”" for key in missing)
        elif any(note.code in _UNREAD_ROWS and _names(note, label) for note in subject.published.notes):
            severity = _UNREAD
        faults.setdefault((columns, severity), []).append(f"“{label}”")
    return faults


def _is_open(notes: Iterable[Note], form: Form, table: str) -> bool:
    """Whether a table's figures are there, but could not be told apart."""
    labels = _leaves_by_row(form, table)
    return any(_is_of(note, label) for note in notes for label in labels)


def _is_of(note: Note, label: str) -> bool:
    """Whether a note tells that the figures of that row could not be told apart."""
    return note.code == _OPEN and any(label.rstrip("）").endswith(one.rstrip("）")) for one in note.about.split("\n"))


def _names(note: Note, label: str) -> bool:
    """Whether a note is about the row of that label: 表三“3.要求提供公开出版物”."""
    name = note.about.split("“")[-1].rstrip("”")
    return bool(name) and (label.endswith(name) or label.split("）")[-1] in note.about)


def _leaves_by_row(form: Form, table: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    if table == "table2":
        for block in form.table2:
            for row in block.rows:
                rows[row.label] = rows.get(row.label, []) + [f"table2.{block.key(row, c)}" for c in block.columns]
    elif table == "table3":
        for row in form.rows:
            rows[f"{row.group}{row.label}"] = [f"table3.{row.key}.{column.key}" for column in form.columns]
    else:
        for case in form.cases:
            rows[case.ledger] = [f"table4.{case.key}.{result.key}" for result in form.results]
    return rows
