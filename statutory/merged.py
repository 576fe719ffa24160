"""Rows whose dates are merged with the row above: one application with several results, or several applications.

条例第三十七条: what can be separated is provided in part. The form counts such an application once, as 部分公开.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from statutory.doubts import ASIDE
from statutory.layout import SheetLayout
from statutory.lines import Line
from statutory.marked import content_of
from statutory.places import Place
from statutory.remarks import Remarks
from statutory.rows import is_blank

RESULT, CLOSED, PARTLY = "办理结果", "办结日期", "部分公开"
FURTHER = "同一件申请的另一种处理"
_AS_ONE, _SEVERAL = "partly", "several"
_CHOICES = {
    _AS_ONE: f"是一件申请，计为“{PARTLY}”",
    _SEVERAL: "是两件申请，各计一件",
    ASIDE: "是一件申请，只计上一行的结果",
}


def settle_merged(
    row: Sequence[object],
    here: Place,
    lines: list[Line],
    columns: Mapping[str, int],
    layout: SheetLayout,
    covered: Mapping[tuple[int, int], bool],
    remarks: Remarks,
) -> list[object] | None:
    """The row as one of its own, with what the merged cells say; None where it is part of the line above, the last."""
    above = lines[-1]
    said = "收到日期等与上一行合并在一起：是一件申请有几种处理，还是两件申请？"
    about = f"{above.digest}|{content_of(row, None)}"
    answer = remarks.doubts.ask("merged", about, said, [here], _CHOICES, _AS_ONE)
    if answer == _SEVERAL:
        filled = list(row)
        for name in layout.needed:
            at = columns[name]
            if covered.get((here.row, at)) and is_blank(filled[at]):
                filled[at] = above.cells.get(name, "")
        return filled
    cells = dict(above.cells)
    result = row[columns[RESULT]]
    if answer == _AS_ONE and not is_blank(result) and result != cells.get(RESULT):
        cells[RESULT] = PARTLY
    if is_blank(cells.get(CLOSED)) and CLOSED in columns:
        cells[CLOSED] = row[columns[CLOSED]]
    lines[-1] = replace(above, cells=cells)
    return None
