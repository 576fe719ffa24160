"""From a ledger to its figures, checks and signals: the one road through the engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from domain import Figures, LedgerResult, UnusableInput
from forms import Form, all_forms
from statutory.account import close_account
from statutory.aliases import load_aliases
from statutory.amounts import read_count
from statutory.checks import check_identities
from statutory.comparing import compare
from statutory.counting import count_figures
from statutory.dates import CHINESE_DIGITS, read_date, written_date
from statutory.derived import derive_facts, due_dates
from statutory.doubles import one_for_one, settle_repeated_sheets
from statutory.doubts import Doubts
from statutory.entries import read_entries
from statutory.last_year import LAST_YEAR
from statutory.layout import CONTACT_KEYS
from statutory.ledger import read_ledger
from statutory.misdated import without_misdated
from statutory.pending import check_pending
from statutory.reconciling import check_ledger, outside_year
from statutory.remarks import Remarks
from statutory.rows import is_blank
from statutory.signals import derive_signals
from statutory.spelling import fold, written
from statutory.tally import Tally

# 条例 has been in force since 1 May 2008; a later bound than this is a slip of the keyboard.
_YEARS = range(2008, 2100)
# With it the rest of a ledger is still read, so that all of its problems are found at once.
_UNKNOWN_YEAR = 1


def compute(
    path: Path, aliases: Path | None = None, answers: Mapping[str, str] = {}, beside: bool = True
) -> LedgerResult:
    """The figures of a workbook, or of a folder of workbooks and CSV files.

    ``aliases`` is the office's own alias file, which need not exist; ``answers`` are those to earlier
    questions, question id → choice key. ``beside``: compare with last year's figures where the workbook
    holds them. UnusableInput where any cell cannot be read: its message is the
    first problem, ``problems`` all.
    """
    path = Path(path)
    words, remarks = load_aliases(aliases), Remarks(path.name, Doubts(answers))
    ledger = read_ledger(path, words, remarks)
    year = _report_year(ledger.basics, remarks)
    form = _form(year, remarks)
    settle_repeated_sheets(ledger, remarks)
    entries = read_entries(ledger, form, year, words, remarks)
    entries = replace(entries, applications=one_for_one(entries.applications, form, remarks))
    published = _publish_day(ledger.basics.get("发布日期"))
    entries = without_misdated(entries, year, published, remarks) if year != _UNKNOWN_YEAR else entries
    tally = count_figures(entries, form, year, remarks, ledger.pending)
    figures = _figures(ledger.basics, tally, year, remarks, ledger.pending)
    remarks.raise_problems()
    remarks.warnings += outside_year(entries, year)
    derived, unsaid = derive_facts(entries, tally, form, year)
    remarks.warnings += unsaid
    checks = _identities(figures, form) + check_ledger(ledger, entries, tally, form, year)
    checks += check_pending(ledger.pending)
    signals = derive_signals(derived, tally, form)
    result = LedgerResult(figures, tally.provenance, checks, signals, remarks.all_warnings(), path.name, derived)
    account = close_account(remarks, entries, tally, year)
    result = replace(
        result,
        account=account,
        questions=remarks.doubts.questions(),
        due=due_dates(entries.applications, year),
        private=frozenset(remarks.names),
    )
    return _beside(result, ledger.before, aliases) if beside and ledger.before else result


def _beside(result: LedgerResult, before: Mapping[str, Any], aliases: Path | None) -> LedgerResult:
    source = str(before.get("source") or LAST_YEAR)
    try:
        return compare(result, before, source, aliases)
    except UnusableInput as error:
        return replace(result, warnings=(*result.warnings, f"工作表“{LAST_YEAR}”没有用来比较：{error}"))


def _form(year: int, remarks: Remarks) -> Form:
    """The year's form; where the ledger cannot fill it in, a problem, and the newest form to go on with."""
    fillable = [form for form in all_forms() if _fills(form)]
    if of_year := [form for form in fillable if form.covers(year)]:
        return of_year[0]
    if year != _UNKNOWN_YEAR:
        first = fillable[-1]
        remarks.problem(
            f"“报告年度”是{year}：台账按{first.document}的格式登记，只能计算{first.first_report_year}年度及以后的报告"
        )
    return fillable[0]


def _fills(form: Form) -> bool:
    """Whether a ledger tells table 2: a stock of documents, and numbers that stand alone, but no projects."""
    return all(block.stock or [column.key for column in block.columns] == [""] for block in form.table2)


def _identities(figures: Figures, form: Form) -> tuple:
    tables = {"table2": figures.table2, "table3": figures.table3, "table4": figures.table4}
    return check_identities(tables, form, year=figures.year)


def _report_year(basics: Mapping[str, object], remarks: Remarks) -> int:
    """报告年度 in figures, text (2023年度) or Chinese numerals (二〇二三年); a problem where it is none."""
    cell = basics.get("报告年度")
    if is_blank(cell):
        remarks.problem("工作表“基本信息”没有填写“报告年度”")
        return _UNKNOWN_YEAR
    word = re.sub(r"年度?$", "", fold(str(cell)) if isinstance(cell, str) else f"{cell:g}年")
    try:
        year = read_count("".join(CHINESE_DIGITS.get(char, char) for char in word))
    except ValueError:
        year = 0
    if year in _YEARS:
        return year
    remarks.problem(f"工作表“基本信息”的“报告年度”填的是“{str(cell).strip()[:20]}”，应为四位年份，如 2025")
    return _UNKNOWN_YEAR


def _figures(
    basics: Mapping[str, object], tally: Tally, year: int, remarks: Remarks, pending: Mapping[str, str] = {}
) -> Figures:
    org = fold(str(basics.get("单位名称") or ""))
    if not org and "单位名称" not in pending:
        remarks.problem("工作表“基本信息”没有填写“单位名称”")
    facts = {"published_total": 0, "published_by_category": {}, "media_submitted": 0, "media_adopted": {}}
    return Figures(
        org=org,
        year=year,
        publish_date=_publish_date(basics.get("发布日期"), remarks),
        platform=str(basics.get("发布平台") or "").strip(),
        table2=tally.table("table2"),
        table3=tally.table("table3"),
        table4=tally.table("table4"),
        facts=facts | tally.table("facts"),
        contact=_contact(basics),
    )


def _contact(basics: Mapping[str, object]) -> dict[str, str]:
    """What 基本信息 says of address and telephone, as it is written there; a number without decimals."""
    cells = {name: basics.get(key) for key, name in CONTACT_KEYS.items()}
    return {name: written(cell) for name, cell in cells.items() if not is_blank(cell)}


def _publish_day(cell: object) -> date | None:
    try:
        return read_date(cell)
    except ValueError:  # told by ``_publish_date``
        return None


def _publish_date(cell: object, remarks: Remarks) -> str:
    """The date of publication as reports write it; "" with a warning where it is not known yet."""
    if is_blank(cell):
        remarks.warning("工作表“基本信息”没有填写“发布日期”")
        return ""
    try:
        day = read_date(cell)
        return written_date(day) if day else ""
    except ValueError:
        remarks.problem(f"工作表“基本信息”的“发布日期”“{str(cell).strip()[:20]}”无法识别为日期")
        return ""
