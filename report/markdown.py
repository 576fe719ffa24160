"""The report as Markdown, for reading: tables with every label written out on its own row."""

from __future__ import annotations

from domain import FinishedReport
from forms import form_for
from report.layout import Grid, grids
from report.outline import outline, preface


def render(report: FinishedReport) -> str:
    """The whole report as one Markdown text."""
    tables = grids(report.figures, form_for(report.figures.year))
    lines = [f"# {report.title}", ""]
    if report.draft_mark:
        lines += [f"**{report.draft_mark}**", ""]
    for text in preface(report):
        lines += [text, ""]
    for block in outline(report):
        if block.kind == "table":
            lines += [render_table(tables[block.text]), ""]
        elif block.kind == "paragraph":
            lines += [block.text, ""]
        else:
            lines += [f"{'#' * (1 + block.level)} {block.text}", ""]
    lines += [report.signature, "", report.date_line, ""]
    return "\n".join(lines)


def render_table(grid: Grid) -> str:
    """A Markdown table; a spanning label is repeated, since Markdown has no spans."""
    places = [["" for _ in range(grid.width)] for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                places[row][column] = cell.text.replace("|", "｜")
    lines = [f"| {' | '.join(row)} |" for row in places]
    return "\n".join([lines[0], "|" + " --- |" * grid.width, *lines[1:]])
