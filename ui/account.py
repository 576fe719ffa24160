"""The account of a ledger and the questions that it leaves open, as HTML."""

from __future__ import annotations

from html import escape

from domain import Doubt, LedgerResult, SheetAccount
from report.plain import aside_in_words


def account(ledger: LedgerResult) -> str:
    """Questions first, then what became of every row of every sheet, then the days by which to answer."""
    return f'<div class="account">{_questions(ledger)}{_sheets(ledger)}{_due(ledger)}</div>'


def _questions(ledger: LedgerResult) -> str:
    waiting = ledger.open_questions
    settled = [question for question in ledger.questions if question.answer]
    parts = []
    if waiting:
        parts.append(
            f'<section class="questions" aria-label="要您答复的问题"><h3>有 {len(waiting)} 个问题要您答复'
            "<small>答复以前，数字暂按标出的一项计算，报告只出草稿；答复随台账保存</small></h3>"
            f"<ol>{''.join(map(_asked, waiting))}</ol></section>"
        )
    if settled:
        parts.append(
            f'<details class="settled"><summary>已答复 {len(settled)} 个问题</summary>'
            f"<ol>{''.join(map(_asked, settled))}</ol></details>"
        )
    return "".join(parts)


def _asked(question: Doubt) -> str:
    chosen = question.answer or question.assumed
    buttons = []
    for choice in question.choices:
        marked = "" if choice.key != chosen else "（已选）" if question.answer else "（暂按）"
        pressed = "true" if choice.key == question.answer else "false"
        buttons.append(
            f'<button type="button" data-send="{escape(question.id)} {escape(choice.key)}" aria-pressed="{pressed}">'
            f"{escape(choice.label)}{marked}</button>"
        )
    if question.answer:
        buttons.append(f'<button type="button" data-send="{escape(question.id)} ">撤回答复</button>')
    return f'<li><p>{escape(question.text)}</p><div class="choices">{"".join(buttons)}</div></li>'


def _sheets(ledger: LedgerResult) -> str:
    read = [sheet for sheet in ledger.account if not sheet.why]
    aside = sum(len(rows) for sheet in read for rows in sheet.aside.values())
    totals = (sum(sheet.read for sheet in read), sum(sheet.counted for sheet in read), aside)
    outside = sum(sheet.outside for sheet in read)
    told = f"读到 {totals[0]} 行：计入 {totals[1]} 行，不计 {totals[2]} 行，其他年度 {outside} 行"
    head = "".join(f'<th scope="col">{word}</th>' for word in _COLUMNS)
    rows = "".join(map(_row, ledger.account))
    opened = " open" if ledger.open_questions else ""
    return (
        f'<details class="rows"{opened}><summary>台账的账：{told}</summary><div class="table" role="region" tabindex="0" '
        f'aria-label="台账的账"><table aria-label="台账的账"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


_COLUMNS = ("工作表", "读到", "计入", "不计", "其他年度", "没有用到的列")


def _row(sheet: SheetAccount) -> str:
    name = f'<th scope="row">{escape(sheet.sheet)}</th>'
    if sheet.why:
        return f'<tr>{name}<td colspan="5">没有读取：{escape(sheet.why)}</td></tr>'
    aside = sum(map(len, sheet.aside.values()))
    why = f"（{escape(aside_in_words(sheet))}）" if aside else ""
    cells = (str(sheet.read), str(sheet.counted), f"{aside}{why}", str(sheet.outside), escape("、".join(sheet.unknown)))
    return f"<tr>{name}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _due(ledger: LedgerResult) -> str:
    if not ledger.due:
        return ""
    lines = [
        f"工作表“{one.sheet}”第{one.row}行：" + (f"{one.due:%Y-%m-%d} 到期" if one.due else one.why)
        for one in ledger.due
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<details class="due"><summary>没有办结的申请 {len(lines)} 件的到期日</summary><ul class="remarks">{items}</ul></details>'
