"""What an office's own files cost: ``python bench/intake.py [APPLICATIONS]`` (15,000 unless told).

A register of that many applications under an office's headings and words, half of the dates as text, and a
website's export of a tenth as many items. In processes of their own, the interpreter's start included:
the first proposal; the proposal with the kept profile and the tables of the ledger written from it;
and beside it the tables of the nine-sheet workbook with the same rows. Prints seconds, peak memory
and the ratio to the nine-sheet workbook.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402

from bench.tables import PEAK  # noqa: E402

YEAR = 2025
KINDS = ("公民", "企业", "律师事务所", "科研院所", "其他组织")
RESULTS = (
    "同意公开",
    "信息不存在",
    "非本机关公开",
    "部分提供",
    "不予公开（过程性信息）",
    "信访事项",
    "撤回申请",
    "重复件",
)
RUNS = {
    "first proposal": "p = intake.propose(intake.read_sources(paths), year=2025); rows = sum(len(s.table.records) for s in p.sheets)",
    "with the profile": "p = intake.propose(intake.read_sources(paths), {}, intake.load_profile(profile), year=2025)\n"
    "assert not p.questions; rows = sum(map(len, p.rows.values()))",
    "nine sheets": "import statutory; r = statutory.compute(ledger); rows = len(r.provenance['table3.new_received.total'].rows)",
}


def write_files(folder: Path, applications: int) -> list[Path]:
    chance, start = random.Random(applications), date(YEAR, 1, 1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记")
    sheet.append(["某县生态环境局信息公开申请登记簿"])
    sheet.append(
        [
            "序号",
            "登记编号",
            "收件日期",
            "申请人姓名",
            "申请人性质",
            "联系方式",
            "申请内容描述",
            "答复类型",
            "答复日期",
            "备注",
        ]
    )
    for number in range(applications):
        received = start + timedelta(days=chance.randrange(330))
        closed = received + timedelta(days=chance.randrange(1, 25))
        days = [day if chance.random() < 0.5 else f"{day:%Y.%m.%d}" for day in (received, closed)]
        sheet.append(
            [
                number + 1,
                f"依{number:05}",
                days[0],
                "某某",
                chance.choice(KINDS),
                "138****0000",
                "某项目批复",
                chance.choice(RESULTS),
                days[1],
                "",
            ]
        )
    register = folder / "登记簿.xlsx"
    book.save(register)
    lines = ["标题,所属栏目,发布时间,状态,点击量"]
    for number in range(applications // 10):
        day = start + timedelta(days=chance.randrange(360))
        lines.append(
            f"标题{number},{chance.choice(['环境质量', '行政许可', '政策解读'])},{day} 10:00:00,{chance.choice(['已发布', '已发布', '已撤稿'])},3"
        )
    export = folder / "导出.csv"
    export.write_bytes("\r\n".join(lines).encode("gb18030"))
    return [register, export]


def measure(name: str, paths: list[Path], profile: Path, ledger: Path) -> tuple[float, float, int]:
    code = (
        f"import sys, time; started = time.perf_counter(); sys.path.insert(0, {str(ROOT)!r})\n{PEAK}\n"
        f"import pathlib, intake\npaths = [pathlib.Path(p) for p in {list(map(str, paths))!r}]\n"
        f"profile, ledger = pathlib.Path({str(profile)!r}), pathlib.Path({str(ledger)!r})\n{RUNS[name]}\n"
        "import json; print(json.dumps([time.perf_counter() - started, peak(), rows]))"
    )
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    return min(run[0] for run in runs), max(run[1] for run in runs), runs[0][2]


def main() -> None:
    applications = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    import intake

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_files(folder, applications)
        typed = {"单位名称": "某县生态环境局"} | dict.fromkeys(
            (
                "行政许可",
                "行政处罚",
                "行政强制",
                "行政事业性收费",
                "信息处理费",
                "复议诉讼",
                "规章",
                "行政规范性文件",
                "媒体采用",
                "听取汇报",
                "业务培训",
            ),
            "没有",
        )
        proposal = intake.propose(intake.read_sources(paths), accept=True, typed=typed, year=YEAR)
        profile, ledger = folder / "profile.toml", folder / "台账.xlsx"
        intake.save_profile(proposal.profile, profile)
        intake.write_ledger(proposal, ledger)
        measured = {run: measure(run, paths, profile, ledger) for run in RUNS}
    base = measured["nine sheets"][0]
    print(f"{applications} applications, {applications // 10} items")
    for run, (seconds, megabytes, rows) in measured.items():
        print(f"{run:18} {seconds:6.2f} s {megabytes:6.0f} MB {rows:7} rows  {seconds / base:5.2f} of nine sheets")


if __name__ == "__main__":
    main()
