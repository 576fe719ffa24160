"""Bar charts of a ledger as SVG: saved as a picture from the page, with the same figures as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from domain import LedgerResult, Number, YearFigures, plain_numbers
from forms import Form, form_for
from matters import by_main_figure, matter
from services import Gongkai

BLUE, INK, LINE = "#2558a8", "#1f2937", "#cbd5e1"
WIDTH, BAR, GAP, LABELS, TOP = 720, 20, 12, 250, 46  # pixels of the picture


@dataclass(frozen=True)
class Chart:
    """Bars of one colour, from top to bottom."""

    title: str
    unit: str
    bars: tuple[tuple[str, Number], ...]


def charts(services: Gongkai, ledger: LedgerResult, path: Path) -> list[Chart]:
    """Publications by month and by category, applications by outcome, three years side by side."""
    figures, form = ledger.figures, form_for(ledger.figures.year)
    year = f"{figures.year}年"
    months = services.ledgers.publications_by_month(path, ledger)
    categories = figures.facts.get("published_by_category", {})
    outcomes = [(matter(f"table3.{row.key}", form).name, figures.table3[row.key]["total"]) for row in form.outcomes]
    drawn = [
        Chart(f"{year}各月主动公开信息", "条", tuple((f"{month}月", count) for month, count in months.items())),
        Chart(f"{year}各类别主动公开信息", "条", tuple(sorted(categories.items(), key=lambda one: -one[1]))),
        Chart(f"{year}政府信息公开申请办理结果", "件", tuple(one for one in outcomes if one[1])),
        *over_years(figures.org, form, services.answers.figures_held(ledger)),
    ]
    return [chart for chart in drawn if any(value for _, value in chart.bars)]


def over_years(org: str, form: Form, held: Iterable[YearFigures]) -> list[Chart]:
    """The last three years of an organ, a chart for each figure that two of them have."""
    years = {one.year: one for one in sorted(held, key=lambda one: one.computed) if one.org == org}
    last = [years[year] for year in sorted(years)[-3:]]
    drawn = []
    for key, one in by_main_figure(form).items():
        bars = tuple((f"{held.year}年", held.figures[key]) for held in last if key in held.figures)
        drawn += [Chart(f"近年{one.chart}", one.unit, bars)] if one.chart and len(bars) > 1 else []
    return drawn


def rendered(drawn: Iterable[Chart]) -> str:
    """Every chart with a button to save it, and its figures as a table."""
    return f'<div class="charts">{"".join(map(_figure, drawn))}</div>'


def _figure(chart: Chart) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(label)}</th><td>{plain_numbers(value)}</td></tr>" for label, value in chart.bars
    )
    return (
        f'<figure class="chart">{svg(chart)}<figcaption><button type="button" data-save="{escape(chart.title)}">保存为图片</button>'
        f"<details><summary>以表格查看</summary><table aria-label='{escape(chart.title)}'>"
        f"<thead><tr><th scope='col'>项目</th><th scope='col'>{escape(chart.unit)}</th></tr></thead><tbody>{rows}</tbody></table>"
        "</details></figcaption></figure>"
    )


def svg(chart: Chart) -> str:
    """The chart on white ground, fit for a document; figures stand beside the bars."""
    height = TOP + len(chart.bars) * (BAR + GAP) + 8
    longest = max(float(value) for _, value in chart.bars) or 1.0
    room = WIDTH - LABELS - 90
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(chart.title)}（{escape(chart.unit)}）" '
        'font-family="Microsoft YaHei,PingFang SC,Noto Sans CJK SC,sans-serif" font-size="14">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="600" fill="{INK}">{escape(chart.title)}（{escape(chart.unit)}）</text>',
        f'<line x1="{LABELS}" y1="{TOP - 6}" x2="{LABELS}" y2="{height - 8}" stroke="{LINE}"/>',
    ]
    for place, (label, value) in enumerate(chart.bars):
        top, wide = TOP + place * (BAR + GAP), room * float(value) / longest
        parts.append(
            f'<text x="{LABELS - 10}" y="{top + 15}" text-anchor="end" fill="{INK}">{escape(_short(label))}</text>'
        )
        parts.append(f'<rect x="{LABELS}" y="{top}" width="{wide:.1f}" height="{BAR}" fill="{BLUE}"/>')
        parts.append(f'<text x="{LABELS + wide + 8:.1f}" y="{top + 15}" fill="{INK}">{plain_numbers(value)}</text>')
    return "".join(parts) + "</svg>"


def _short(label: str, most: int = 16) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
