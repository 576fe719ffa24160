"""The three tables, their checks, and the rows behind a figure, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from domain import Change, Check, Comparison, LedgerResult, plain_numbers
from forms import form_for
from matters import Matter, facts
from report.layout import Cell, grids, table_grids
from ui import panels

MOST_ROWS = 200  # shown of those behind one figure


def statutory_tables(ledger: LedgerResult) -> str:
    """The three tables exactly as in the official form, each figure a button that asks for its rows."""
    figures, form = ledger.figures, form_for(ledger.figures.year)
    tables = {"table2": figures.table2, "table3": figures.table3, "table4": figures.table4}
    keyed = table_grids({name: _keys(name, table) for name, table in tables.items()}, form)
    parts = []
    for name, grid in grids(figures, form).items():
        keys = {(cell.row, cell.column): cell.text for cell in keyed[name].cells if not cell.heading}
        rows = "".join(f"<tr>{''.join(_cell(cell, keys) for cell in row)}</tr>" for row in grid.rows())
        parts.append(
            f'<h3>{escape(grid.caption)}</h3><div class="table" role="region" tabindex="0" aria-label="{escape(grid.caption)}">'
            f'<table aria-label="{escape(grid.caption)}">{rows}</table></div>'
        )
    return f'<div class="statutory">{"".join(parts)}{_facts(ledger)}</div>'


def _keys(name: str, table: Any) -> Any:
    """The table with each figure's own dotted key in its place."""
    if isinstance(table, Mapping):
        return {key: _keys(f"{name}.{key}", value) for key, value in table.items()}
    return name


def _cell(cell: Cell, keys: Mapping[tuple[int, int], str]) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    if cell.heading:
        return f"<th{spans}>{escape(cell.text)}</th>"
    return f"<td{spans}>{_button(cell.text, keys.get((cell.row, cell.column), ''))}</td>"


def _button(text: str, key: str) -> str:
    if not text or not key:
        return escape(text)
    return f'<button type="button" data-send="{escape(key)}" title="查看来源">{escape(text)}</button>'


def _facts(ledger: LedgerResult) -> str:
    """What the narrative rests on beyond the tables; the same buttons."""
    flat = {key: value for key, value in ledger.figures.flat().items() if key.startswith("facts.")}
    labelled = {"published_by_category": "主动公开", "media_adopted": "采用"}
    labelled |= {name: _label(one) for name, one in facts().items() if one.short}
    lines = [
        ("·".join(labelled.get(part, part) for part in key.split(".", 2)[1:]), _button(str(plain_numbers(value)), key))
        for key, value in flat.items()
    ]
    lines += [(fact.label, _button(f"{plain_numbers(fact.value)}{fact.unit}", fact.key)) for fact in ledger.derived]
    rows = "".join(f"<tr><th scope='row'>{escape(label)}</th><td>{value}</td></tr>" for label, value in lines)
    return f'<details class="facts"><summary>表格以外的数字（{len(lines)}项）</summary><table aria-label="表格以外的数字">{rows}</table></details>'


def _label(one: Matter) -> str:
    return f"{one.short}（{one.unit}）" if one.unit == "元" else one.short


def verdict(ledger: LedgerResult) -> str:
    """Whose figures, whether they hold, what the reader remarked."""
    figures, failed = ledger.figures, ledger.failed
    passed = [check for check in ledger.checks if check.status == "pass"]
    unsure = [check for check in ledger.checks if check.status == "uncertain"]
    said = (
        f'<strong class="fail">✗ 有 {len(failed)} 项校验未通过</strong>'
        if failed
        else f'<strong class="pass">✓ 全部校验通过（{len(passed)} 项）</strong>'
    )
    if waiting := len(ledger.open_questions):
        said += f' <strong class="fail">？有 {waiting} 个问题没有答复，报告只出草稿</strong>'
    parts = [
        f'<div class="verdict" role="status"><strong>{escape(figures.org)} {figures.year} 年度</strong> {said} <span class="source">{escape(ledger.source)}</span></div>',
        _checks(failed, "fail"),
        _checks(unsure, ""),
        _remarks(ledger.warnings),
        f"<details><summary>查看通过的 {len(passed)} 项校验</summary>{_checks(passed, '')}</details>" if passed else "",
    ]
    return "".join(parts)


def _checks(checks: Iterable[Check], name: str) -> str:
    lines = [f'<li class="{name}">{escape(f"{one.where} {one.message}".strip())}</li>' for one in checks]
    return f'<ul class="remarks">{"".join(lines)}</ul>' if lines else ""


def _remarks(warnings: Iterable[str]) -> str:
    lines = "".join(f"<li>{escape(one)}</li>" for one in warnings)
    return f"<p><strong>读入时的提示</strong></p><ul class='remarks'>{lines}</ul>" if lines else ""


def problems(name: str, sentences: tuple[str, ...]) -> str:
    """Why a ledger cannot be used: every problem with its sheet and row."""
    lines = "".join(f'<li class="fail">{escape(one)}</li>' for one in sentences)
    return (
        f'<div class="problems" role="alert"><strong class="fail">✗ “{escape(name)}”有 {len(sentences)} 处要改</strong>'
        f"<ol class='remarks'>{lines}</ol><p>在 Excel 里改好、保存，再把文件拖进来。原来的台账没有变动。</p></div>"
    )


def explained(explanation: Any) -> str:
    """How a figure was computed, and the rows that it counts; personal data are masked."""
    shown = explanation.rows[:MOST_ROWS]
    headings = list(dict.fromkeys(heading for row in shown for heading in row.cells))
    head = "".join(f"<th scope='col'>{escape(heading)}</th>" for heading in ["行", *headings])
    lines = [[f"{row.sheet} {row.row}", *(row.cells.get(one, "") for one in headings)] for row in shown]
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    more = f"<p>只显示前 {MOST_ROWS} 行。</p>" if len(explanation.rows) > MOST_ROWS else ""
    table = (
        f'<div class="table" role="region" tabindex="0" aria-label="所计的行"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'
        if shown
        else "<p>没有逐行的来源。</p>"
    )
    return (
        '<section class="explained" aria-label="数字的来源"><button type="button" class="shut" data-send="">关闭</button>'
        f"<h3>{plain_numbers(explanation.value)}<small>怎么来的</small></h3>"
        f"<p>{escape(explanation.provenance.formula)}</p><p>工作表“{escape(explanation.provenance.sheet)}”，共 {len(explanation.rows)} 行</p>{table}</section>"
    )


def compared(comparison: Comparison | None) -> str:
    """Each figure that changed since last year; those that are nothing in both years are left out."""
    if comparison is None:
        return panels.empty("没有上年数据。放入上年的台账或已公布的报告，就能逐项对照。")
    told = [change for change in comparison.changes if change.current or change.previous]
    rows = "".join(_change(change) for change in told)
    return (
        f"<p>与《{escape(comparison.source)}》（{comparison.year} 年度）对照，{len(told)} 项</p>"
        '<div class="table" role="region" tabindex="0" aria-label="与上年对照"><table aria-label="与上年对照"><thead><tr><th scope="col">项目</th>'
        '<th scope="col">本年</th><th scope="col">上年</th><th scope="col">增减</th><th scope="col">幅度</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _change(change: Change) -> str:
    difference = plain_numbers(change.difference)
    moved = f"{difference:+}" if difference else "持平"
    rate = "—" if change.rate is None or not difference else f"{change.rate:+}%"
    return (
        f"<tr><th scope='row'>{escape(change.label)}（{escape(change.unit)}）</th><td>{plain_numbers(change.current)}</td>"
        f"<td>{plain_numbers(change.previous)}</td><td>{moved}</td><td>{rate}</td></tr>"
    )
