"""Figures in plain text for the command line: beside last year's, and with the rows they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain import Comparison, LedgerResult, SheetAccount
from statutory import Explanation, state_change
from statutory.comparing import written

_FEW = 8  # rows that are named one by one


def render_comparison(comparison: Comparison) -> str:
    """The changes as a Markdown table; of table 3 the 总计 column, and no line that is 0 in both years."""
    lines = [
        f"与上年比较（{comparison.year}年：{comparison.source}）",
        "",
        "| 项目 | 上年 | 本年 | 变化 |",
        "|---|---|---|---|",
    ]
    for change in comparison.changes:
        shown = not change.key.startswith("table3.") or change.key.endswith(".total")
        if shown and (change.current or change.previous):
            numbers = f"{written(change.previous)} | {written(change.current)}"
            lines.append(f"| {change.label} | {numbers} | {state_change(change)} |")
    return "\n".join(lines)


def render_explanation(explanation: Explanation) -> str:
    """The figure, how it was computed, and each row that it counts on one line."""
    provenance = explanation.provenance
    lines = [f"{explanation.key} = {written(explanation.value)}", provenance.formula]
    lines.append(f"工作表“{provenance.sheet}”，共 {len(explanation.rows)} 行")
    for row in explanation.rows:
        cells = "；".join(f"{heading}：{text}" for heading, text in row.cells.items() if text)
        lines.append(f"{f'“{row.sheet}”' if provenance.parts else ''}第{row.row}行  {cells}")
    return "\n".join(lines)


def render_proposal(proposal: Mapping[str, Any]) -> str:
    """What an office's files were taken for, what is asked and what is missing (the JSON of ``gongkai intake``)."""
    lines = []
    for sheet in proposal["sheets"]:
        name = f"“{sheet['file']}”" + (f"工作表“{sheet['sheet']}”" if sheet["sheet"] else "")
        used = "，".join(f"{one['heading']}→{one['is']}" for one in sheet["columns"] if one["is"])
        state = "" if sheet["confirmed"] else "（待确认）"
        lines.append(f"{name}：{sheet['is']}{state}，{sheet['rows']}行{f'；{used}' if used else ''}")
    for number, question in enumerate(proposal["questions"], start=1):
        proposed = f"建议：{question['proposal']}" if question["proposal"] else "没有建议，请选择"
        lines += [f"{number}. {question['text']}", f"   {proposed}　编号：{question['id']}"]
        if not question["proposal"]:
            lines.append(f"   可选：{'、'.join(question['choices'])}")
    lines += [f"没有计入 {said}" for said in proposal["open"]]
    if proposal["missing"]:
        listed = "、".join(f"{area['name']}（{area['text']}）" for area in proposal["missing"])
        lines.append(f"文件里没有，请用 --set 填写（没有的填“没有”）：{listed}")
    asked = len(proposal["questions"])
    lines.append(f"还有{asked}个问题要确认。" if asked else "全部确认完毕。")
    return "\n".join(lines)


def render_account(result: LedgerResult) -> str:
    """What became of the rows of each sheet, as a Markdown table; then the last day for each open application."""
    lines = [
        "台账的账：读到 ＝ 计入 ＋ 不计 ＋ 其他年度",
        "",
        "| 工作表 | 读到 | 计入 | 不计 | 其他年度 | 没有用到的列 |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for sheet in result.account:
        if sheet.why:
            lines.append(f"| {sheet.sheet} | 没有读取：{sheet.why} | | | | |")
            continue
        aside = f"{sum(map(len, sheet.aside.values()))}（{aside_in_words(sheet)}）" if sheet.aside else "0"
        numbers = f"{sheet.read} | {sheet.counted} | {aside} | {sheet.outside}"
        lines.append(f"| {sheet.sheet} | {numbers} | {'、'.join(sheet.unknown)} |")
    if result.due:
        lines += ["", "没有办结的申请："]
        lines += [
            f"- 工作表“{one.sheet}”第{one.row}行：{f'{one.due:%Y-%m-%d}到期' if one.due else one.why}"
            for one in result.due
        ]
    return "\n".join(lines)


def aside_in_words(sheet: SheetAccount) -> str:
    """合计行：第9行；只有序号：3行."""
    return "；".join(
        f"{why}：第{'、'.join(map(str, rows))}行" if len(rows) <= _FEW else f"{why}：{len(rows)}行"
        for why, rows in sheet.aside.items()
    )
