"""A county's desk: ``python bench/collecting.py [REPORTS] [ORGANS]`` (100 and 3000 unless told).

REPORTS made-up reports (html and docx by turns, last year's beside them) collected, checked and added up by as many
processes as there are cores, beside running ``gongkai check`` once for each of a sample: reports a second, the most
memory of one process, and how many times faster the whole is, by the clock and in seconds of a core, which other
programs do not lengthen. Then questions over 100 organs and five years, kept by the office, and over ORGANS organs and
five years: milliseconds a question.
"""

from __future__ import annotations

import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from check_samples import make

from domain import Figures, YearFigures
from report import docx, html
from services import Gongkai
from settings import load_settings

ROOT = Path(__file__).parent.parent
YEAR = 2025
_SAMPLED = 10  # reports checked one by one
QUESTIONS = (
    "哪个部门收到的申请最多",
    "各部门共收到多少件申请",
    "依申请公开增长最快的五个部门",
    "哪些部门有行政复议被纠正",
    "哪些局三年没有收到申请",
    "各部门行政许可数量排名",
    "全县予以公开的比例是多少",
    "哪些部门的行政处罚超过行政许可",
    "申请第二多的部门",
    "哪些部门收到的申请高于平均数",
    "收到申请最多的部门比最少的部门多几件",
)


def name(at: int) -> str:
    parts = "教育 财政 民政 水务 农业 林业 交通 住建 应急 统计".split()
    return f"青石县{parts[at % 10]}{'甲乙丙丁戊己庚辛壬癸'[at // 10 % 10]}{'东西南北中上下左右前'[at // 100 % 10]}{at // 1000 or ''}局"


def county(folder: Path, reports: int) -> None:
    """So many reports of this year, and last year's."""
    for at in range(reports):
        sample = make(at)
        sample.org, sample.year, sample.publisher = name(at), YEAR, ""
        sample.date_line = f"{YEAR + 1}年1月{5 + at % 26}日"
        sample.stated |= {"year": YEAR, "last": YEAR - 1}
        now, before = folder / "now", folder / "before"
        now.mkdir(parents=True, exist_ok=True)
        before.mkdir(exist_ok=True)
        if at % 2:
            docx.render(sample.finished(), now / f"{sample.org}.docx")
        else:
            (now / f"{sample.org}.html").write_text(html.render(sample.finished()), encoding="utf-8")
        (before / f"{sample.org}.html").write_text(html.render(sample.finished_before()), encoding="utf-8")


def watch(mark: str, most: dict[int, int], spent: dict[int, float]) -> None:
    """Keep the largest resident size (KB) and the seconds of a core of each process that has the mark in its environment."""
    while True:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"GONGKAI_BENCH={mark}".encode() in (process / "environ").read_bytes():
                    size = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
                    most[int(process.name)] = int(size[1]) if size else 0
                    ticks = (process / "stat").read_text().rpartition(")")[2].split()[11:13]
                    spent[int(process.name)] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        time.sleep(0.1)


def collect(folder: Path, reports: int) -> None:
    services = Gongkai(load_settings(home=folder / "data", llm="none"))
    os.environ["GONGKAI_BENCH"] = mark = str(os.getpid())  # by which its processes are known
    watched: dict[int, int] = {}
    spent: dict[int, float] = {}
    threading.Thread(target=watch, args=(mark, watched, spent), daemon=True).start()
    before = time.process_time()
    start = time.perf_counter()
    result = services.collections.collect(folder / "now", YEAR, previous=folder / "before")
    whole = time.perf_counter() - start
    most = max(watched.values(), default=0) / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cores = sum(spent.values()) + time.process_time() - before
    print(
        f"{cores / reports:.2f} seconds of a core for a report and last year's, so {2 * reports / cores:.1f} a second on two idle cores"
    )
    counted = sum(bool(one.report) for one in result.organs)
    print(f"collected {counted} of {reports} reports, and as many of last year, in {whole:.1f} s")
    print(f"  {reports / whole:.1f} reports a second; most memory of a process {most:.0f} MB, of this one {own:.0f} MB")
    command = [sys.executable, "-P", str(ROOT / "app.py"), "check", "--json"]
    environment = {
        "GONGKAI_HOME": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "GONGKAI_LLM": "none",
        "PATH": "/usr/bin:/bin",
    }
    before_checks = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    for path in sorted((folder / "now").iterdir())[:_SAMPLED]:
        before = folder / "before" / f"{path.stem}.html"
        subprocess.run(
            [*command, str(path), "--previous", str(before)], env=environment, capture_output=True, check=False
        )
    each = (time.perf_counter() - start) / _SAMPLED
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = (after.ru_utime + after.ru_stime - before_checks.ru_utime - before_checks.ru_stime) / _SAMPLED
    print(
        f"  gongkai check one by one ({_SAMPLED} of them): {each:.2f} s each, {each * reports:.0f} s for all: {each * reports / whole:.1f} times as long"
    )
    print(f"  {core:.2f} seconds of a core each: {core * reports / cores:.1f} times as many")


def figures(organs: int, years: int = 5) -> list[YearFigures]:
    chance, found = random.Random(1), []
    samples = [make(seed).tables for seed in range(40)]
    for year in range(YEAR - years + 1, YEAR + 1):
        for at in range(organs):
            flat = Figures(name(at), year, "", "", facts={}, **chance.choice(samples)).flat()
            found.append(YearFigures(name(at), year, f"{name(at)}{year}年报告", False, flat))
    return found


def ask(organs: int, home: Path | None = None) -> None:
    """Time the questions; with ``home`` the figures are read from the office's database for each of them."""
    from collecting.asking import answer_over_organs

    held = figures(organs)
    answer_over_organs(QUESTIONS[0], held, ())  # words are read once
    office = kept(home, held) if home else None
    spent, cores = [], []
    for question in QUESTIONS:
        start, core = time.perf_counter(), time.process_time()
        answer = answer_over_organs(question, office.collected.years() if office else held, ())
        spent.append((time.perf_counter() - start) * 1000)
        cores.append((time.process_time() - core) * 1000)
        if answer is None or answer.refused:
            raise SystemExit(f"not answered: {question}")
    where = ", read from the database" if office else ""
    print(
        f"questions over {organs} organs × 5 years{where}: {statistics.median(spent):.0f} ms, at most {max(spent):.0f} ms"
        f" ({statistics.median(cores):.0f} and {max(cores):.0f} ms of a core)"
    )


def kept(home: Path, held: list[YearFigures]):
    """The figures as an office keeps what it collected."""
    from office import Office
    from office.collected import CollectedReport

    office = Office(home)
    for year in {one.year for one in held}:
        of_year = [one for one in held if one.year == year]
        office.collected.add(
            [
                CollectedReport(one.org, one.year, f"{one.org}.html", "0" * 64, one.source, dict(one.figures))
                for one in of_year
            ]
        )
    return office


def main() -> None:
    told = [int(one) for one in sys.argv[1:3]]
    reports, organs = told + [100, 3000][len(told) :]
    with tempfile.TemporaryDirectory() as folder:
        county(Path(folder), reports)
        collect(Path(folder), reports)
        ask(100, Path(folder) / "office")
    for number in (100, 1000, organs):
        ask(number)


if __name__ == "__main__":
    main()
