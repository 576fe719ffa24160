"""What an office published, exported by its website in one layout after another, and counted by month."""

from __future__ import annotations

import html
from pathlib import Path

from tests.intake.files import book, text
from tests.intake.offices import YEAR


def export_csv(office, folder):
    state = lambda: office.chance.choice(["已撤稿", "草稿", "压着没发"])  # noqa: E731
    rows = [[title, category, f"{day:%Y-%m-%d} 10:20:33", "已发布", 12] for day, category, title in office.posted]
    rows += [
        [f"撤下的{n}", "工作动态", f"{YEAR}-05-0{n + 1} 09:00:00", state(), 3]
        for n in range(office.chance.randrange(3))
    ]
    return text(
        folder / "信息列表导出.csv", [["标题", "所属栏目", "发布时间", "状态", "点击量"], *rows], "gb18030", ","
    ), "信息发布"


def export_html(office, folder):
    cells = lambda row, tag: "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row)  # noqa: E731
    lines = [f"<tr>{cells(['序号', '信息标题', '栏目名称', '发布日期', '作者'], 'th')}</tr>"]
    lines += [
        f"<tr>{cells([n, title, category, f'{day:%Y-%m-%d}', '办公室'], 'td')}</tr>"
        for n, (day, category, title) in enumerate(office.posted, 1)
    ]
    path = folder / "网站信息.xls"
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body><table border=1>{''.join(lines)}</table></body></html>",
        encoding="utf-8",
    )
    return path, "信息发布"


def export_by_sheet(office, folder):
    sheets: dict[str, list[list]] = {}
    for day, category, title in office.posted:
        sheets.setdefault(category, [["序号", "标题", "发布日期"]]).append(
            [len(sheets[category]) if category in sheets else 1, title, office.spelt(day)]
        )
    return book(folder / "公开信息分栏目.xlsx", sheets or {"信息": [["标题", "发布日期", "栏目"]]}), "信息发布"


def export_sections(office, folder):
    body = [["主动公开信息清单"], ["序号", "信息标题", "发布时间", "网址"]]
    for category in dict.fromkeys(category for _, category, _ in office.posted):
        body.append([category])
        body += [
            [n, title, office.spelt(day), "http://x/"]
            for n, (day, one, title) in enumerate(office.posted, 1)
            if one == category
        ]
    return book(folder / "主动公开清单.xlsx", {"清单": body}), "信息发布"


def counts_by_month(office, folder):
    return _pivot(office, folder, months_across=True), "统计数：信息发布"


def counts_by_category(office, folder):
    return _pivot(office, folder, months_across=False), "统计数：信息发布"


def _pivot(office, folder, months_across: bool) -> Path:
    categories = list(dict.fromkeys(category for _, category, _ in office.posted))
    number = lambda category, month: sum(one == category and day.month == month for day, one, _ in office.posted)  # noqa: E731
    if months_across:
        head = ["栏目", *(f"{month}月" for month in range(1, 13)), "合计"]
        rows = [
            [category, *(numbers := [number(category, month) for month in range(1, 13)]), sum(numbers)]
            for category in categories
        ]
        total = [
            "合计",
            *(sum(number(category, month) for category in categories) for month in range(1, 13)),
            len(office.posted),
        ]
    else:
        head = ["月份", *categories, "小计"]
        rows = [
            [
                f"{month}月",
                *(numbers := [number(category, month) or "" for category in categories]),
                sum(one or 0 for one in numbers),
            ]
            for month in range(1, 13)
        ]
        total = [
            "全年合计",
            *(sum(number(category, month) for month in range(1, 13)) for category in categories),
            len(office.posted),
        ]
    return book(
        folder / "信息发布统计.xlsx", {"统计": [[f"{YEAR}年网站信息发布统计表"], ["单位：条"], head, *rows, total]}
    )


def counts_long(office, folder):
    sums: dict[tuple[int, str], int] = {}
    for day, category, _ in office.posted:
        sums[day.month, category] = sums.get((day.month, category), 0) + 1
    rows = [[f"{YEAR}年{month}月", category, number] for (month, category), number in sorted(sums.items())]
    return book(
        folder / "各月信息公开数量.xlsx",
        {"数量": [["月份", "栏目", "发布数量"], *rows, ["合计", "", len(office.posted)]]},
    ), "统计数：信息发布"


EXPORTS = (export_csv, export_html, export_by_sheet, export_sections, counts_by_month, counts_by_category, counts_long)
