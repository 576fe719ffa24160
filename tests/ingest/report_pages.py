"""Pages as government portals publish them: one report's tables in several editors' styles.

Each style takes the figures and the form's own layout, and makes of them what a CMS, Word or Excel
makes: spans, spacers, broken words, comments, tables inside tables, tables cut at page ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from forms import Form
from report.layout import Cell, Grid, table_grids

NUMERALS = "二三四"


def page(tables: Mapping[str, Any], form: Form, style: str, draw) -> str:
    """A whole page in one of ``STYLES``; ``draw`` chooses (``random.Random``) how labels and numbers are written."""
    grids = table_grids(tables, form)
    parts = []
    for numeral, (_name, grid) in zip(NUMERALS, grids.items()):
        heading = f"{numeral}、{form.parts[NUMERALS.index(numeral) + 1]}"
        parts.append(_heading(heading, style, draw) + STYLES[style](grid, draw))
    year = form.first_report_year
    body = (
        f"<p>云川县教育局{year}年政府信息公开工作年度报告</p><p>一、总体情况</p><p>情况良好。</p>"
        + "".join(parts)
        + "<p>五、存在的主要问题及改进措施</p><p>一是更新不及时，已经按月核对。</p><p>六、其他需要报告的事项</p><p>无。</p>"
        + f"<p>云川县教育局</p><p>{year + 1}年1月16日</p>"
    )
    return _frame(body, style)


def _frame(body: str, style: str) -> str:
    head = "<html><head><title>云川县人民政府</title><style>td{color:red}</style></head><body>"
    if style == "nested":  # a page laid out by tables, the article three tables deep
        menu = "<td><table><tr><td>首页</td></tr><tr><td>政务公开</td></tr></table></td>"
        inner = f"<table><tr><td><div class='TRS_Editor'>{body}</div></td></tr></table>"
        return f"{head}<table><tr>{menu}<td><table><tr><td>{inner}</td></tr></table></td></tr></table></body></html>"
    return f"{head}<div id='zoom'>{body}</div><p>【打印】 【关闭】</p><div>扫一扫在手机打开</div></body></html>"


def _heading(text: str, style: str, draw) -> str:
    forms = (
        f"<p style='text-indent:2em'><strong><span>{text[:2]}</span><span>{text[2:]}</span></strong></p>",
        f"<div><b>{text}</b></div>",
        f"<h2>{text}</h2>",
        f"<p><span style='font-family:黑体'>{text}<br/></span></p>",
    )
    return draw.choice(forms)


def copied_text(tables: Mapping[str, Any], form: Form, draw) -> str:
    """The page as copied into a text file: rows as ``| a | b |``, some over several lines."""
    year = form.first_report_year
    lines = [f"云川县教育局{year}年政府信息公开工作年度报告", "一、总体情况", "情况良好。"]
    for numeral, (_name, grid) in zip(NUMERALS, table_grids(tables, form).items()):
        lines.append(f"{numeral}、{form.parts[NUMERALS.index(numeral) + 1]}")
        for row in grid.rows():
            texts = [cell.text if cell.heading else cell.text.strip() for cell in row]
            glue = [draw.choice((" | ", " | ", "\n | ", "\n\n   | ")) for _ in texts[1:]]
            broken = draw.random() < 0.2 and all(texts)
            joined = texts[0] + "".join(f"{gap if broken else ' | '}{text}" for gap, text in zip(glue, texts[1:]))
            lines += [f"   | {joined} | ", "  "]
    lines += [
        "五、存在的主要问题及改进措施",
        "一是更新不及时，已经按月核对。",
        "六、其他需要报告的事项",
        "无。",
        "云川县教育局",
        f"{year + 1}年1月16日",
    ]
    return "\n".join(lines)


# --- how one cell is written


def label(text: str, draw) -> str:
    """A label with blanks, breaks, half-width brackets or split elements, as editors leave them."""
    at = draw.randint(1, max(1, len(text) - 1))
    ways = (
        lambda: escape(text),
        lambda: f"{escape(text[:at])}<br/>{escape(text[at:])}",
        lambda: f"{escape(text[:at])}&nbsp;{escape(text[at:])}",
        lambda: f"{escape(text[:at])}　{escape(text[at:])}",
        lambda: f"<p>{escape(text[:at])}</p><p>{escape(text[at:])}</p>",
        lambda: f"<span>{escape(text[:at])}</span><span lang=EN-US>{escape(text[at:])}</span>",
        lambda: escape(text.replace("（", "(").replace("）", ")").replace("，", ",")),
    )
    return draw.choice(ways)()


def number(text: str, draw) -> str:
    """A number in any spelling that leaves no doubt; ``/``, ``-`` and blank as they are."""
    if not text.isdigit():
        return f"<p>{text}</p>" if text else draw.choice(("", "&nbsp;", "<p>　</p>", "<p><o:p>&nbsp;</o:p></p>"))
    ways = (
        text,
        f"<p align=center><span lang=EN-US>{text}</span></p>",
        f"<span>{text[:1]}</span><span>{text[1:]}</span>",
        f" {text}&nbsp;",
        f"{int(text):,}",
        text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"<!--[if !supportEmptyParas]-->{text}<!--[endif]--><o:p></o:p>",
    )
    return draw.choice(ways)


def _td(cell: Cell, draw, tag: str = "td") -> str:
    spans = (f" rowspan={cell.rowspan}" if cell.rowspan > 1 else "") + (
        f" colspan='{cell.colspan}'" if cell.colspan > 1 else ""
    )
    inner = label(cell.text, draw) if cell.heading else number(cell.text, draw)
    return f"<{tag}{spans}>{inner}</{tag}>"


# --- how one table is written


def _plain(grid: Grid, draw) -> str:
    return (
        "<table>" + "".join(f"<tr>{''.join(_td(cell, draw) for cell in row)}</tr>" for row in grid.rows()) + "</table>"
    )


def _sections(grid: Grid, draw) -> str:
    """thead and tbody, th where a heading stands."""
    rows = [
        f"<tr>{''.join(_td(cell, draw, 'th' if cell.heading else 'td') for cell in row)}</tr>" for row in grid.rows()
    ]
    top = grid.heading_rows
    return f"<table><thead>{''.join(rows[:top])}</thead><tbody>{''.join(rows[top:])}</tbody></table>"


def _word(grid: Grid, draw) -> str:
    """Pasted from Word: a class for everything, comments, spacer column of no width at the right."""
    rows = "".join(
        f"<tr style='mso-yfti-irow:{at}'>{''.join(_td(cell, draw) for cell in row)}<td width=0><p></p></td></tr>"
        for at, row in enumerate(grid.rows())
    )
    return f"<!--[if mso]><xml></xml><![endif]--><div align=center><table class=MsoNormalTable border=1>{rows}</table></div>"


def _spacers(grid: Grid, draw) -> str:
    """Pasted from Excel: columns and rows that hold nothing."""
    at = draw.randint(1, grid.width - 1)
    blank = "<tr>" + "<td></td>" * (grid.width + 1) + "</tr>"
    rows = _plain(with_column(grid, at), draw).removeprefix("<table>").removesuffix("</table>")
    return f"<table><colgroup><col width=72></colgroup>{blank}{rows}{blank}</table>"


def with_column(grid: Grid, at: int, texts: Mapping[int, str] = {}) -> Grid:
    """The grid with one more column before ``at``; ``texts`` by row, blank elsewhere."""
    cells, covered = [], set()
    for cell in grid.cells:
        right = cell.column + cell.colspan
        across = cell.column < at < right
        column = cell.column + (1 if cell.column >= at else 0)
        cells.append(Cell(cell.row, column, cell.text, cell.rowspan, cell.colspan + across, cell.heading))
        covered |= {cell.row + down for down in range(cell.rowspan)} if across else set()
    for row in (row for row in range(grid.height) if row not in covered):
        cells.append(Cell(row, at, texts.get(row, ""), heading=row in texts and not texts[row].isdigit()))
    return Grid(grid.caption, grid.width + 1, grid.height, grid.heading_rows, tuple(cells))


def _cut(grid: Grid, draw) -> str:
    """Cut in two at a page end, the headings repeated over the rest as a table of its own."""
    if grid.heading_rows < 3 or grid.height < 10:
        return _sections(grid, draw)
    at = draw.randint(grid.heading_rows + 1, grid.height - 2)
    repeated = draw.random() < 0.5
    upper = Grid(grid.caption, grid.width, at, grid.heading_rows, tuple(_upto(grid, at)))
    lower = list(_from(grid, at))
    head = [cell for cell in grid.cells if cell.row < grid.heading_rows] if repeated else []
    shift = at - (grid.heading_rows if repeated else 0)
    moved = [Cell(c.row - shift, c.column, c.text, c.rowspan, c.colspan, c.heading) for c in lower]
    rest = Grid(grid.caption, grid.width, grid.height - shift, 0, tuple(head + moved))
    return _plain(upper, draw) + "<p></p>" + _plain(rest, draw)


def _upto(grid: Grid, at: int) -> Iterator[Cell]:
    for cell in grid.cells:
        if cell.row < at:
            down = min(cell.rowspan, at - cell.row)
            yield Cell(cell.row, cell.column, cell.text, down, cell.colspan, cell.heading)


def _from(grid: Grid, at: int) -> Iterator[Cell]:
    for cell in grid.cells:
        end = cell.row + cell.rowspan
        if end > at:
            top = max(cell.row, at)
            yield Cell(top, cell.column, cell.text if cell.row >= at else "", end - top, cell.colspan, cell.heading)


def _no_spans(grid: Grid, draw) -> str:
    """An editor that dropped every span: each row only has the cells that begin in it."""
    rows = [
        "".join(f"<td>{label(c.text, draw) if c.heading else number(c.text, draw)}</td>" for c in row)
        for row in grid.rows()
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


STYLES = {
    "plain": _plain,
    "sections": _sections,
    "word": _word,
    "spacers": _spacers,
    "cut": _cut,
    "no spans": _no_spans,
    "nested": _plain,
}
