"""What a finished report costs: ``python bench/build.py [RUNS]`` (5 unless told).

The example ledger with its three sections supplied, so that nothing is drafted: the whole command in
a process of its own, interpreter and LibreOffice's PDF included, and each file made by itself. Then
the same report drafted by rule from a filled data folder. Prints the median and the slowest, in seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import statutory  # noqa: E402
from domain import Draft  # noqa: E402
from report import docx, html, markdown, pdf  # noqa: E402
from report.assemble import NARRATIVE, assemble  # noqa: E402
from report.trace import trace  # noqa: E402

LEDGER = ROOT / "knowledge" / "examples" / "台账示例-2025.xlsx"
OWN = {
    "overview": "（一）主动公开\n全年主动公开各类信息342条。\n（二）依申请公开\n新收政府信息公开申请24件。",
    "problems": "一是业务培训开展不足。改进措施：制定培训计划。",
    "other": "本年度没有其他需要报告的事项。",
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        supplied = [part for section, text in OWN.items() for part in ("--section", f"{section}={text}")]
        show("gongkai build，三个部分自备（整个进程）", runs, lambda: build(folder, supplied))
        show("同上，不生成 PDF", runs, lambda: build(folder, [*supplied, "--no-pdf"]))
        ledger = statutory.compute(LEDGER)
        report = assemble(ledger, {section: Draft(section, OWN[section], "supplied") for section in NARRATIVE})
        show("台账计算", runs, lambda: statutory.compute(LEDGER))
        show("report.docx", runs, lambda: docx.render(report, folder / "report.docx"))
        show("report.html", runs, lambda: html.render(report))
        show("report.md", runs, lambda: markdown.render(report))
        show("逐个数字溯源", runs, lambda: trace(report))
        note = pdf.render(folder / "report.docx", folder / "report.pdf")
        if note:
            print(note)
        else:
            show("report.pdf", runs, lambda: pdf.render(folder / "report.docx", folder / "report.pdf"))
        build(folder, [])  # fills the data folder
        show(
            "gongkai build，按台账起草（整个进程，数据文件夹已有内置法规）",
            max(1, runs // 2),
            lambda: build(folder, []),
        )


def build(folder: Path, options: list[str]) -> None:
    environment = os.environ | {"GONGKAI_HOME": str(folder / "home"), "GONGKAI_LLM": "none"}
    command = [sys.executable, ROOT / "app.py", "build", LEDGER, "--out", folder / "out", *options]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def show(what: str, runs: int, action: Callable[[], object]) -> None:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    print(f"{what}：中位 {statistics.median(taken):.2f} 秒，最慢 {max(taken):.2f} 秒", flush=True)


if __name__ == "__main__":
    main()
