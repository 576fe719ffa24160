"""Figures in plain text for the command line: beside last year's, and with the rows they count."""

from __future__ import annotations

from domain import Comparison
from statutory import Explanation, state_change
from statutory.comparing import written


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
