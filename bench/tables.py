"""How long a large ledger takes: ``python bench/tables.py [ROWS]`` (15,000 rows unless told).

Four fifths of the rows are 信息发布, the rest 依申请公开, all with dates as text in several
spellings, which are slower to read than date cells. Prints the seconds and the rows a second.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from openpyxl import Workbook  # noqa: E402

from statutory import compute  # noqa: E402
from statutory.layout import SERIAL, SHEETS  # noqa: E402

YEAR = 2025
SPELLINGS = ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y/%m/%d ")


def write_ledger(path: Path, rows: int) -> None:
    """A ledger of that many rows; what is in them does not matter, only that all of it is read."""
    chance = random.Random(rows)
    book = Workbook(write_only=True)
    basics = book.create_sheet("基本信息")
    for pair in (("单位名称", "示例局"), ("报告年度", YEAR), ("发布日期", "2026-01-10"), ("发布平台", "门户网站")):
        basics.append(pair)
    for layout in SHEETS:
        sheet = book.create_sheet(layout.name)
        sheet.append([SERIAL, *(heading.name for heading in layout.headings)])
        if layout.name == "信息发布":
            for number in range(rows * 4 // 5):
                sheet.append([number + 1, _day(chance), f"第{number}条", f"类别{number % 20}", "门户网站", "", ""])
        elif layout.name == "依申请公开":
            for number in range(rows - rows * 4 // 5):
                sheet.append([number + 1, number, _day(chance), "自然人", "", "", "", f"{YEAR}-12-31", "予以公开"])
        elif layout.name == "汇总数据":
            sheet.append([1, "行政事业性收费", 0, "万元", ""])
            sheet.append([2, "信息处理费", 0, "元", ""])
    book.save(path)


def _day(chance: random.Random) -> str:
    return (date(YEAR, 1, 1) + timedelta(days=chance.randrange(365))).strftime(chance.choice(SPELLINGS))


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        write_ledger(path, rows)
        start = time.perf_counter()
        result = compute(path)
        seconds = time.perf_counter() - start
    counted = result.figures.facts["published_total"] + result.figures.table3["new_received"]["total"]
    print(f"{counted} 行，{seconds:.2f} 秒，每秒 {counted / seconds:.0f} 行")


if __name__ == "__main__":
    main()
