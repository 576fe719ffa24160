"""One report of a made-up office, printed in every format that offices publish in.

Every number differs from its neighbours, so that a shifted row or column shows.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape
from pathlib import Path

from forms import load_form

ORG = "云川县林业和草原局"
YEAR = 2024
TITLE = f"{ORG}{YEAR}年政府信息公开工作年度报告"
SIGNATURE = "2025年1月16日"
FORM = load_form("2021")

PARTS = {
    "一、总体情况": [
        "本年度工作依照条例开展，现将情况报告如下。",
        "（一）主动公开",
        "全年在县政府门户网站发布信息216条，其中林地审批公示31条。",
        "（二）依申请公开",
        "全年收到申请12件，均在期限内答复。",
        "（三）政府信息管理",
        "公文在拟制时即明确公开属性，对不公开的说明理由。",
        "（四）政府信息公开平台建设",
        "专栏每月检查一次。",
        "（五）监督保障",
        "听取汇报3次，开展培训2次。",
    ],
    "二、主动公开政府信息情况": [],
    "三、收到和处理政府信息公开申请情况": [],
    "四、政府信息公开行政复议、行政诉讼情况": [],
    "五、存在的主要问题及改进情况": [
        "一是解读形式单一，下一步每季度制作一次图解。",
        "二是更新不够及时，下一步按月核对目录。",
    ],
    "六、其他需要报告的事项": ["本年度没有发出收费通知，未收取信息处理费。"],
}

TABLE2 = {
    "regulations": {"issued": 0, "repealed": 1, "in_force": 2},
    "normative_documents": {"issued": 13, "repealed": 4, "in_force": 25},
    "licensing": 1808595,
    "penalties": 47,
    "coercion": 0,
    "fees_wan_yuan": Decimal("592.2449"),
}
TABLE3 = {
    row.key: {column.key: (at * 7 + place) * 3 % 1009 for place, column in enumerate(FORM.columns)}
    for at, row in enumerate(FORM.rows, start=1)
}
TABLE4 = {
    case.key: {result.key: at * 5 + place + 1 for place, result in enumerate(FORM.results)}
    for at, case in enumerate(FORM.cases)
}
TABLES = {"table2": TABLE2, "table3": TABLE3, "table4": TABLE4}

# A cell with its spans: (text, rows down, columns across).
Spanned = tuple[str, int, int]


def spanned_tables() -> dict[str, list[list[Spanned]]]:
    """The three tables as they are laid out in print, cells with their spans."""
    return {"二": _layout2(), "三": _layout3(), "四": _layout4()}


def _layout2() -> list[list[Spanned]]:
    rows: list[list[Spanned]] = []
    for block in FORM.table2:
        across = 3 // len(block.columns)
        rows.append([(block.item, 1, 4)])
        rows.append([("信息内容", 1, 1)] + [(column.label, 1, across) for column in block.columns])
        for row in block.rows:
            value = TABLE2[row.key]
            values = value.values() if isinstance(value, dict) else [value]
            rows.append([(row.label, 1, 1)] + [(str(number), 1, across) for number in values])
    return rows


def _layout3() -> list[list[Spanned]]:
    organisations = [column.label for column in FORM.columns if column.organisation]
    rows: list[list[Spanned]] = [
        [(FORM.note, 3, 3), (FORM.applicants_heading, 1, 7)],
        [("自然人", 2, 1), (FORM.organisations_heading, 1, len(organisations)), ("总计", 2, 1)],
        [(label.replace("商业企业", "商业\n企业"), 1, 1) for label in organisations],
    ]
    results = [row for row in FORM.rows if row.role in ("outcome", "processed")]
    group = ""
    for row in FORM.rows:
        cells: list[Spanned] = []
        if row is results[0]:
            cells.append((FORM.outcome_heading, len(results), 1))
        if row not in results:
            cells.append((row.label, 1, 3))
        elif not row.group:
            cells.append((row.label, 1, 2))
        else:
            if row.group != group:
                cells.append((row.group, sum(other.group == row.group for other in results), 1))
            cells.append((row.label, 1, 1))
        group = row.group
        rows.append(cells + [(str(number), 1, 1) for number in TABLE3[row.key].values()])
    return rows


def _layout4() -> list[list[Spanned]]:
    results = [(result.label, 1, 1) for result in FORM.results]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [(text, 2, 1) for text, _, _ in results] + [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        results * 2,
        [(str(number), 1, 1) for case in TABLE4.values() for number in case.values()],
    ]


def lines_and_tables():
    """The report in order: a text line, or the numeral of the part whose table stands there."""
    yield TITLE
    for heading, paragraphs in PARTS.items():
        yield heading
        yield from paragraphs
        if heading[0] in "二三四":
            yield heading[0], spanned_tables()[heading[0]]
    yield ORG
    yield SIGNATURE


def as_web_copy() -> str:
    """Text as copied from a page: bars, blank lines between rows, a merged label on its first row only."""
    out = []
    for item in lines_and_tables():
        if isinstance(item, str):
            out.append(item)
        else:
            for row in item[1]:
                out.append("   | " + " | ".join(text.replace("\n", " ") for text, _, _ in row) + " | ")
                out.append("  ")
    return "\n".join(out)


def as_markdown() -> str:
    """Markdown with spans repeated in every cell, as converters write them."""
    out = []
    for item in lines_and_tables():
        if isinstance(item, str):
            level = "# " if item == TITLE else "## " if item in PARTS else ""
            out += [level + item, ""]
        else:
            rows = expand(item[1])
            out += ["| " + " | ".join(row).replace("\n", "<br>") + " |" for row in rows[:1]]
            out.append("|" + "---|" * len(rows[0]))
            out += ["| " + " | ".join(row).replace("\n", "<br>") + " |" for row in rows[1:]] + [""]
    return "\n".join(out)


def as_html() -> str:
    out = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>首页</title><script>var a='第一条 假';</script></head><body>",
        "<nav><a href='/'>首页</a></nav><div class='content'>",
    ]
    for item in lines_and_tables():
        if isinstance(item, str):
            tag = "h1" if item == TITLE else "p"
            out.append(f"<{tag}>{escape(item)}</{tag}>")
        else:
            out.append("<table>")
            for row in item[1]:
                cells = (
                    f"<td rowspan='{down}' colspan='{across}'><p>{escape(text)}</p></td>" for text, down, across in row
                )
                out.append("<tr>" + "".join(cells) + "</tr>")
            out.append("</table>")
    return "".join(out) + "</div><footer>主办单位</footer></body></html>"


def write_docx(path: Path) -> None:
    """A Word file with merged cells."""
    import docx

    document = docx.Document()
    for item in lines_and_tables():
        if isinstance(item, str):
            document.add_paragraph(item, style="Title" if item == TITLE else None)
            continue
        rows = item[1]
        places = positions(rows)
        table = document.add_table(len(rows), max(column for _, column in places) + 1, style="Table Grid")
        grid = [list(row.cells) for row in table.rows]
        for (at, column), (text, down, across) in places.items():
            cell = grid[at][column]
            if down > 1 or across > 1:
                cell = cell.merge(grid[at + down - 1][column + across - 1])
            cell.text = text
    document.save(str(path))


def positions(rows: list[list[Spanned]]) -> dict[tuple[int, int], Spanned]:
    """Where each cell's upper left corner stands once spans are laid out."""
    taken: set[tuple[int, int]] = set()
    found = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            found[at, column] = cell
            taken |= {(at + below, column + right) for below in range(cell[1]) for right in range(cell[2])}
    return found


def expand(rows: list[list[Spanned]]) -> list[list[str]]:
    grid: dict[tuple[int, int], str] = {}
    for (at, column), (text, down, across) in positions(rows).items():
        grid |= {(at + below, column + right): text for below in range(down) for right in range(across)}
    width = max(column for _, column in grid) + 1
    return [[grid[at, column] for column in range(width)] for at in range(len(rows))]
