"""Rules on a published report's frame: format, headings, tables, rows, what could be read, publisher, date.

Legal sources: the format 国办公开办函〔2021〕30号 (before it 〔2019〕60号), 条例第四十九条 (who publishes when).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checks.subject import NUMERALS, Subject, part_by_words, part_of, same_organ
from domain import Finding
from forms import Form, value_at

_DEADLINE_LAW = "《政府信息公开条例》第四十九条"
_MISSING = object()
_FEW_ROWS = 3  # more than these missing rows of a table are named together
# What the reader says of a file that is no fault of the report, or that other rules say better.
_NO_FINDING = re.compile(
    r"^落款之后还有|缺少“|的表格没有找到|的表格是图片|^没有找到编制机关|^没有找到报告年度|上方没有列标题|按“.*”读入"
)
_GOVERNMENT = re.compile(r"人民政府$|^(?:[\u4e00-\u9fff]{2,8}(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道))$")


def unread(subject: Subject) -> Iterator[Finding]:
    """What of the file could not be read, and why: two reports, pictures, a broken download."""
    for note in subject.published.notes:
        if not _NO_FINDING.search(note):
            yield Finding("READING", "warning", note, "全文", "", "核对文件是否完整；能读出的部分已经核对", note)


def version(subject: Subject) -> Iterator[Finding]:
    """Rule 8: the tables are those of the format of the report's year."""
    used, year = subject.published.form, subject.published.year
    if not used or used == subject.form.year and subject.form.covers(year):
        return
    wanted = "2021" if year >= 2021 else "2019"
    if year and used != wanted:
        severity = "error" if wanted == "2021" else "warning"
        yield Finding(
            "FORMAT-VERSION",
            severity,
            f"{year}年度报告的表格用的是{used}年的格式，应当用{wanted}年的格式",
            "全文",
            "国办公开办函〔2021〕30号",
            "按本年度的格式重新编制三张表",
            f"{used}年格式",
        )


def headings(subject: Subject) -> Iterator[Finding]:
    """Rule 8: the six parts stand under their headings, each once and in order."""
    printed = [section.heading for section in subject.published.sections if section.heading]
    places = [place for place in map(part_of, printed) if place is not None]
    worded = {part_by_words(heading) for heading in printed}
    law = subject.form.document
    for place, part in enumerate(subject.form.parts):
        where, official = f"第{NUMERALS[place]}部分", f"{NUMERALS[place]}、{part}"
        if place not in places:
            yield Finding("FORMAT-HEADING", "error", f"没有找到标题“{official}”", where, law, "按格式补上标题")
        elif place not in worded:
            other = next(heading for heading in printed if part_of(heading) == place)
            yield Finding(
                "FORMAT-HEADING", "warning", f"标题写作“{other}”，格式为“{official}”", where, law, "按格式改标题", other
            )
    firsts = list(dict.fromkeys(places))
    if firsts != sorted(firsts):
        order = "、".join(NUMERALS[place] for place in firsts)
        yield Finding(
            "FORMAT-HEADING", "error", f"六个部分的顺序是{order}，与格式不符", "全文", law, "按格式的顺序编排", order
        )


def tables(subject: Subject) -> Iterator[Finding]:
    """Rule 8: each table of the form is there with each of its rows."""
    form, published = subject.form, subject.published
    for at, key in enumerate(("table2", "table3", "table4"), start=1):
        name = form.parts[at]
        if published.tables.get(key):
            yield from _rows(subject, key, name)
            continue
        picture = any(name in note and "图片" in note for note in published.notes)
        why = "是图片，读不出数字" if picture else "没有找到"
        yield Finding(
            "FORMAT-TABLE",
            "error",
            f"“{name}”的表格{why}",
            f"第{NUMERALS[at]}部分",
            form.document,
            "改为可以选中的文字表格" if picture else "按格式补上这张表",
        )


def _rows(subject: Subject, table: str, name: str) -> Iterator[Finding]:
    """The rows (of table 2 also the cells) of a table that are not there, those with the same fault together."""
    faults: dict[tuple[str, str], list[str]] = {}
    for label, keys in _leaves_by_row(subject.form, table).items():
        missing = [key for key in keys if value_at(subject.published.tables, key, _MISSING) is _MISSING]
        if not missing:
            continue
        said, severity = "", "error"
        if len(missing) < len(keys):
            said = "、".join(f"“{subject.form.where(key).split('”')[-1]}”" for key in missing)
        elif any("没有读入" in note and label.split("）")[-1] in note for note in subject.published.notes):
            severity = "warning"  # it is there but could not be lined up: a question to the reader of the file
        faults.setdefault((said, severity), []).append(f"“{label}”")
    for (columns, severity), rows in faults.items():
        for some in [rows] if len(rows) > _FEW_ROWS else [[row] for row in rows]:
            more = f"等 {len(some)} 行" if len(some) > _FEW_ROWS else "一行"
            named = f"{'、'.join(some[:_FEW_ROWS])}{more}"
            said = (
                f"{named}没有{columns}"
                if columns
                else f"缺少{named}"
                if severity == "error"
                else f"没有读出{named}的数字"
            )
            yield Finding(
                "FORMAT-ROW",
                severity,
                f"表格{said}",
                name,
                subject.form.document,
                "按格式补上，没有发生的填 0",
                f"{'、'.join(some)}{columns}",
            )


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


def identity(subject: Subject) -> Iterator[Finding]:
    """Rule 20: the report says whose it is, of which year, and when it was signed."""
    published = subject.published
    known = {"编制机关": published.org, "报告年度": published.year, "落款日期": published.signature_date}
    for name, value in known.items():
        if not value:
            severity = "warning" if name == "落款日期" else "error"  # web pages print the date above the text
            yield Finding(
                "CLOSING", severity, f"没有找到{name}", "标题和落款", _DEADLINE_LAW, f"在标题和落款中写明{name}", name
            )


def publisher(subject: Subject) -> Iterator[Finding]:
    """Rule 20: the organ of the title is the one that signs."""
    published = subject.published
    named, signed = _named(published.title), published.org
    if named and signed and not same_organ(named, signed):
        yield Finding(
            "PUBLISHER",
            "warning",
            f"标题的机关是“{named}”，落款是“{signed}”",
            "标题和落款",
            _DEADLINE_LAW,
            "核对编制机关，标题与落款用同一名称",
            f"{named}/{signed}",
        )


def deadline(subject: Subject) -> Iterator[Finding]:
    """Rule 20: departments publish by 31 January, governments by 31 March (条例第四十九条).

    Where the name does not tell whether it is a government, a date in February or March is a question.
    """
    signed, year = subject.published.signature_date, subject.published.year
    if not signed or not year:
        return
    org = subject.published.org
    # a government's own report is often signed by its office, which publishes it
    named = _named(subject.published.title) if re.search("办公[室厅]$", org) else org
    last = date(year + 1, 3, 31) if _GOVERNMENT.search(named) or not org else date(year + 1, 1, 31)
    excerpt = f"落款 {signed}"
    if signed <= date(year, 12, 31):
        yield Finding(
            "DEADLINE",
            "error",
            f"落款日期 {signed} 早于{year}年度结束（{year}-12-31）",
            "落款",
            _DEADLINE_LAW,
            "核对年度和落款日期",
            excerpt,
        )
    elif signed > last:
        yield Finding(
            "DEADLINE",
            "error",
            f"落款日期 {signed} 晚于应公布的最后一天 {last}",
            "落款",
            _DEADLINE_LAW,
            "核对落款日期",
            excerpt,
        )


def _named(title: str) -> str:
    """The organ that a title names before the year or behind it, "" where it names none."""
    year = r"(?:[12]\d{3}|二[〇○零一二三四五六七八九]{3})年度?"
    match = re.match(
        rf"^(?P<before>.{{2,40}}?)(?:关于)?{year}|^{year}(?P<behind>.{{2,40}}?)(?:政府信息公开|政务公开|信息公开)",
        title,
    )
    return (match["before"] or re.sub("人民$", "人民政府", match["behind"])) if match else ""


RULES = (unread, version, headings, tables, identity, publisher, deadline)
