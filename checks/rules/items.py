"""The trial format counts projects and decisions apart; their sum is no number of decisions."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

_PREVIOUS, _CHANGE = "_previous_items", "_change"

ITEMS = Rule(
    id="T2-ITEMS",
    title="试行格式表二：处理决定数量不是上一年项目数量加本年增减",
    severities=("warning",),
    source="{form}",
    advice="“上一年项目数量”和“本年增/减”填事项目录的项目数，“处理决定数量”填本年作出的决定件数",
    speaks=(
        Example(
            year=2020,
            parts={5: "无。"},
            cells={"table2.licensing_previous_items": 66, "table2.licensing_change": 126, "table2.licensing": 192},
        ),
        Example(
            year=2020,
            parts={5: "无。"},
            cells={"table2.penalties_previous_items": 31, "table2.penalties_change": -12, "table2.penalties": 19},
        ),
    ),
    silent=(
        Example(year=2020, parts={5: "无。"}),
        Example(
            year=2020,
            parts={5: "无。"},
            cells={"table2.licensing_previous_items": 66, "table2.licensing_change": 0, "table2.licensing": 66},
        ),
        Example(
            year=2020,
            parts={5: "无。"},
            cells={"table2.licensing_previous_items": 66, "table2.licensing_change": 2, "table2.licensing": 192},
        ),
    ),
)


@looks_for(ITEMS, order=95)
def decisions_counted_as_items(subject: Subject) -> Iterator[Finding]:
    """A row whose three numbers are one sum."""
    for block in subject.form.table2:
        if [column.key for column in block.columns] != [_PREVIOUS, _CHANGE, ""]:
            continue
        for row in block.rows:
            previous, change, decided = (subject.number(f"table2.{block.key(row, c)}") for c in block.columns)
            if previous and change and decided is not None and previous + change == decided:
                where = f"表二“{row.label}”"
                said = f"{where}处理决定数量 {decided} 正好是上一年项目数量 {previous} 加本年增减 {change}：项目数与决定件数像是混填了"
                yield ITEMS.finding(subject, said, where, said)
