"""Reports printed to PDF by a real browser are read again: characters, and tables with and without lines."""

import random

import pytest

from ingest import read_report
from report.layout import table_grids
from tests.ingest.test_report_layouts import FORMS, true_tables, unread, wrong

pytestmark = pytest.mark.browser
STYLES = {
    "lines": "td{border:1px solid #000}",
    "no lines": "",
    "horizontal lines": "td{border-bottom:1px solid #000}",
    "stripes": "tr:nth-child(even) td{background:#ddd}",
}


def page(tables, form, style):
    parts = []
    for numeral, (_, grid) in zip("二三四", table_grids(tables, form).items()):
        rows = "".join(
            "<tr>" + "".join(f"<td rowspan={c.rowspan} colspan={c.colspan}>{c.text}</td>" for c in row) + "</tr>"
            for row in grid.rows()
        )
        parts.append(f"<h2>{numeral}、{form.parts['二三四'.index(numeral) + 1]}</h2><table>{rows}</table>")
    css = f"body{{font-size:11px}}table{{border-collapse:collapse;width:100%}}{style}"
    return (
        f"<html><head><meta charset=utf-8><style>{css}</style></head><body>"
        "<h1>云川县生态环境局2024年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>人民政府门户网站长期运行。</p>"
        f"{''.join(parts)}<h2>五、{form.parts[4]}</h2><p>一是更新不及时，已经按月核对。</p>"
        f"<h2>六、{form.parts[5]}</h2><p>无。</p><p>云川县生态环境局</p><p>2025年1月16日</p></body></html>"
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("scale", [9, 4000])
def test_a_printed_report_is_read_cell_by_cell(chromium, tmp_path, style, scale):
    form = FORMS["2021"]
    tables = true_tables(form, random.Random(f"{style}{scale}"), scale)
    printed = chromium.new_page()
    printed.set_content(page(tables, form, STYLES[style]))
    printed.pdf(path=tmp_path / "报告.pdf", format="A4")
    printed.close()
    report = read_report(tmp_path / "报告.pdf")
    assert wrong(report.tables, tables, form) == {} and unread(report.tables, tables, form) == []
    assert (report.org, report.year) == ("云川县生态环境局", 2024)
    assert any("人民政府门户网站长期运行" in text for part in report.sections for text in part.paragraphs)
