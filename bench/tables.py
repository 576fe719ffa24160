"""What a large ledger costs: ``python bench/tables.py [APPLICATIONS …]`` (15,000 and 150,000 unless told).

Each ledger has that many applications and 2,000 other rows for every 15,000, half of the dates as text
in several spellings. For each, in a process of its own and the interpreter's start included: tables,
checks and provenance as JSON; and beside it, the bare reading of the same cells by calamine and by
openpyxl. Prints seconds, peak memory, and the ratio to the bare readings.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402

from forms import load_form  # noqa: E402
from statutory.layout import SERIAL, SHEETS  # noqa: E402
from statutory.vocabulary import vocabularies  # noqa: E402

YEAR = 2025
SPELLINGS = ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y/%m/%d ")
OTHERS = {"信息发布": 0.6, "媒体采用": 0.1, "行政执法": 0.25, "复议诉讼": 0.02, "制度文件": 0.02, "工作记录": 0.01}
# The peak is the process's own: getrusage would count the parent's memory before the child's start.
PEAK = """
def peak():
    try:
        lines = open("/proc/self/status", encoding="utf-8").read().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024
    except (OSError, StopIteration):
        return 0.0
"""
READERS = {
    "gongkai": "import json, pathlib, statutory; result = statutory.compute(pathlib.Path(path)); text = json.dumps(result.as_json())\n"
    "rows = len(result.provenance['table3.new_received.total'].rows)",
    "calamine": "from python_calamine import CalamineWorkbook; book = CalamineWorkbook.from_path(path)\n"
    "rows = max(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)",
    "openpyxl": "from openpyxl import load_workbook; book = load_workbook(path, read_only=True)\n"
    "rows = max(sum(1 for row in sheet.iter_rows(values_only=True)) for sheet in book)",
}


def write_ledger(path: Path, applications: int) -> None:
    """A ledger with applicants, outcomes and dates drawn at random, the same for the same number."""
    chance = random.Random(applications)
    terms = {column: vocabulary.names for column, vocabulary in vocabularies(load_form("2021")).items()}
    outcomes = [name for name in terms["办理结果"] if name not in ("办理中", "结转下年度继续办理")]
    book = Workbook(write_only=True)
    basics = book.create_sheet("基本信息")
    for pair in (("单位名称", "示例局"), ("报告年度", YEAR), ("发布日期", "2026-01-10"), ("发布平台", "门户网站")):
        basics.append(pair)
    others = applications * 2 // 15
    for layout in SHEETS:
        sheet = book.create_sheet(layout.name)
        sheet.append([SERIAL, *(heading.name for heading in layout.headings)])
        if layout.name == "汇总数据":
            sheet.append([1, "行政事业性收费", 0, "万元", ""])
            sheet.append([2, "信息处理费", 0, "元", ""])
            continue
        rows = applications if layout.name == "依申请公开" else int(others * OTHERS[layout.name])
        for number in range(1, rows + 1):
            day = date(YEAR, 1, 1) + timedelta(days=chance.randrange(340))
            cells = {heading.name: _cell(heading, number, day, terms, outcomes, chance) for heading in layout.headings}
            cells |= {"废止日期": ""} if layout.name == "制度文件" else {}
            sheet.append([number, *cells.values()])
    book.save(path)


def _cell(heading, number: int, day: date, terms, outcomes, chance: random.Random):
    if heading.filled == "date":
        day += timedelta(days=chance.randrange(25)) if heading.name == "办结日期" else timedelta()
        return day if chance.random() < 0.5 else day.strftime(chance.choice(SPELLINGS))
    if heading.name == "办理结果":
        return chance.choice(outcomes)
    if heading.filled == "choice":
        return chance.choice(terms[heading.name])
    return f"{heading.name}{number % 20 if heading.needed else number}"


def measure(path: Path, code: str) -> tuple[float, float, int]:
    """Seconds of the whole process, its peak memory in MB, and the rows that it says it read."""
    program = f"{PEAK}\npath = {str(path)!r}\n{code}\nimport json; print(json.dumps([peak(), rows]))"
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    memory, rows = json.loads(run.stdout)
    return time.perf_counter() - start, memory, rows


def main() -> None:
    for applications in [int(word) for word in sys.argv[1:]] or [15_000, 150_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "台账.xlsx"
            write_ledger(path, applications)
            measured = {name: measure(path, code) for name, code in READERS.items()}
        seconds, memory, rows = measured["gongkai"]
        assert rows == applications, f"{rows} of {applications} applications counted"
        print(
            f"{applications} 件申请、{applications * 2 // 15} 行其他：{seconds:.2f} 秒，{memory:.0f} MB"
            f"（每千件 {seconds / applications * 1000:.3f} 秒）"
        )
        for name in ("calamine", "openpyxl"):
            bare, bare_memory, _ = measured[name]
            print(f"  只读单元格（{name}）：{bare:.2f} 秒，{bare_memory:.0f} MB；gongkai 是其 {seconds / bare:.1f} 倍")


if __name__ == "__main__":
    main()
