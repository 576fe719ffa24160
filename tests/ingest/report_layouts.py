"""One report in each of the layouts in which copies of reports come down: lines, bars, blanks, torn rows.

Each layout takes the rows of a table (label cells and figures, spans written once) and gives the lines
of text that an office's page, saved, copied or converted, has in its place.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from forms import Form, axes
from report.layout import Grid, table_grids

NUMERALS = "二三四"
Rows = list[list[str]]
Layout = Callable[[Rows, random.Random], list[str]]


def report(tables: Mapping[str, Any], form: Form, layout: str, draw: random.Random, **texts: Any) -> str:
    """The text of a report with its three tables in one of ``LAYOUTS``.

    ``texts``: org, year, overview (paragraphs), problems, other, signed (a date line, "" for none).
    """
    org, year = texts.get("org", "云川县教育局"), texts.get("year", form.first_report_year)
    lines = [f"{org}{year}年政府信息公开工作年度报告", "一、总体情况", *texts.get("overview", ["情况良好。"])]
    for numeral, (name, grid) in zip(NUMERALS, table_grids(tables, form).items()):
        if layout == "one_table":
            lines.append(f"| {numeral}、{form.parts[NUMERALS.index(numeral) + 1]} | |")
        elif layout != "two_in_one" or name != "table3":
            lines.append(f"{numeral}、{form.parts[NUMERALS.index(numeral) + 1]}")
        lines += _table(name, grid, tables, form, layout, draw)
    lines += [f"五、{form.parts[4]}", *texts.get("problems", ["一是更新不及时，已经按月核对。"])]
    lines += [f"六、{form.parts[5]}", *texts.get("other", ["无。"]), org]
    return "\n".join([*lines, texts.get("signed", f"{year + 1}年1月16日")])


def _table(name: str, grid: Grid, tables: Mapping, form: Form, layout: str, draw: random.Random) -> list[str]:
    rows = [[cell.text for cell in row] for row in grid.rows()]
    if layout == "three_pieces" and name == "table4":
        return _three_pieces(tables, form)
    if layout == "bare_fifteen" and name == "table4":
        return _lead([rows[-1]], draw)
    if layout == "headers_again" and name == "table3":
        top = rows[: grid.heading_rows or 3]
        at = draw.randint(5, len(rows) - 3)
        return _lead(rows[:at] + top + rows[at:], draw)
    if layout == "headings_torn" and name == "table3":
        heads = ["商业企科研机社会公法律服", "业构益组织务机构"]
        return heads + _lead(rows[grid.heading_rows or 3 :], draw)
    return LAYOUTS[layout](rows, draw)


def _three_pieces(tables: Mapping[str, Any], form: Form) -> list[str]:
    cases, results = axes(form, "table4")
    lines = []
    for case in cases:
        cells = [str(tables["table4"][case.key][result.key]) for result in results]
        heads = [result.label for result in results]
        lines += [
            f"### {case.ledger}",
            "| " + " | ".join(heads) + " |",
            "|---" * 5 + "|",
            "| " + " | ".join(cells) + " |",
            "",
        ]
    return lines


def _lead(rows: Rows, draw: random.Random) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


def _trail(rows: Rows, draw: random.Random) -> list[str]:
    return [f"{' | '.join(row)} |" for row in rows]


def _inner(rows: Rows, draw: random.Random) -> list[str]:
    return [" | ".join(row) for row in rows]


def _offset(rows: Rows, draw: random.Random) -> list[str]:
    return [f"| | {' | '.join(row)} |" for row in rows]


def _padded(rows: Rows, draw: random.Random) -> list[str]:
    return [f"| {' | '.join(row)} | {'|' * draw.randint(0, 2)}" for row in rows]


def _wide_bars(rows: Rows, draw: random.Random) -> list[str]:
    return [f"｜{'｜'.join(row)}｜" for row in rows]


def _box(rows: Rows, draw: random.Random) -> list[str]:
    lines = ["┌──────┬──────┐"]
    for row in rows:
        lines += [f"│ {' │ '.join(row)} │", "├──────┼──────┤"]
    return lines[:-1] + ["└──────┴──────┘"]


def _cell_bars(rows: Rows, draw: random.Random) -> list[str]:
    return [line for row in rows for line in (*(f"{cell} |".strip() for cell in row), "||")]


def _bar_lines(rows: Rows, draw: random.Random) -> list[str]:
    lines = []
    for row in rows:
        lines.append("|")
        for cell in row:
            lines += [cell, "|"]
    return lines


def _cell_lines(rows: Rows, draw: random.Random) -> list[str]:
    return [line for row in rows for cell in row for line in (cell, "")]


def _tight_lines(rows: Rows, draw: random.Random) -> list[str]:
    return [cell for row in rows for cell in row]


def _indented_lines(rows: Rows, draw: random.Random) -> list[str]:
    return [f"{' ' * draw.randint(2, 20)}{cell}" for row in rows for cell in row]


def _blanks(rows: Rows, draw: random.Random) -> list[str]:
    return [" ".join(cell.replace(" ", "") for cell in row) for row in rows]


def _gaps(rows: Rows, draw: random.Random) -> list[str]:
    return [(" " * draw.randint(2, 9)).join(row) for row in rows]


def _ideographic(rows: Rows, draw: random.Random) -> list[str]:
    return ["　".join(row) for row in rows]


def _tabs(rows: Rows, draw: random.Random) -> list[str]:
    return ["\t".join(row) for row in rows]


def _tabs_ahead(rows: Rows, draw: random.Random) -> list[str]:
    return ["\t" * draw.randint(1, 3) + "\t".join(row) for row in rows]


def _torn(rows: Rows, draw: random.Random) -> list[str]:
    """As text drawn out of a PDF: a long label goes over two lines, and the figures stand on the first or the second."""
    lines = []
    for row in rows:
        figures = [at for at, cell in enumerate(row) if cell.isdigit()]
        if not figures or len(row[figures[0] - 1]) < 12:
            lines.append(" ".join(row))
            continue
        label, cells = row[figures[0] - 1], row[figures[0] :]
        ahead = " ".join(row[: figures[0] - 1])
        cut = draw.randint(6, len(label) - 4)
        figures_above = draw.random() < 0.5
        lines.append(" ".join(filter(None, [ahead, label[:cut], *(cells if figures_above else [])])))
        lines.append(" ".join([label[cut:], *([] if figures_above else cells)]))
    return lines


def _torn_rows(rows: Rows, draw: random.Random) -> list[str]:
    """Markdown made from a PDF: the rest of a label is a row of its own, its other cells blank."""
    lines = []
    for row in rows:
        figures = [at for at, cell in enumerate(row) if cell.isdigit()]
        label = row[figures[0] - 1] if figures and figures[0] else ""
        if len(label) < 12:
            lines.append(row)
            continue
        cut = draw.randint(6, len(label) - 4)
        lines.append([*row[: figures[0] - 1], label[:cut], *row[figures[0] :]])
        lines.append([label[cut:], *[""] * (len(row) - figures[0])])
    return _lead(lines, draw)


def _labels_alone(rows: Rows, draw: random.Random) -> list[str]:
    """A label, and on the next line its figures."""
    lines = []
    for row in rows:
        figures = [at for at, cell in enumerate(row) if cell.isdigit()]
        lines += [" ".join(row)] if not figures else [*row[: figures[0]], "  ".join(row[figures[0] :])]
    return lines


def _pages(rows: Rows, draw: random.Random) -> list[str]:
    """A page ends within the table: its number stands between two rows."""
    lines = _blanks(rows, draw)
    at = draw.randint(1, len(lines) - 1)
    return lines[:at] + [draw.choice(("- 3 -", "第 3 页", "— 12 —", "第3页 共9页"))] + lines[at:]


LAYOUTS: dict[str, Layout] = {
    "lead": _lead,
    "trail": _trail,
    "inner": _inner,
    "offset": _offset,
    "padded": _padded,
    "wide_bars": _wide_bars,
    "box": _box,
    "cell_bars": _cell_bars,
    "bar_lines": _bar_lines,
    "cell_lines": _cell_lines,
    "tight_lines": _tight_lines,
    "indented_lines": _indented_lines,
    "blanks": _blanks,
    "gaps": _gaps,
    "ideographic": _ideographic,
    "tabs": _tabs,
    "tabs_ahead": _tabs_ahead,
    "torn": _torn,
    "torn_rows": _torn_rows,
    "labels_alone": _labels_alone,
    "pages": _pages,
    "one_table": _lead,
    "two_in_one": _lead,
    "three_pieces": _lead,
    "bare_fifteen": _lead,
    "headers_again": _lead,
    "headings_torn": _lead,
}
