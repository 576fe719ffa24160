"""The three tables: gongkai and a script with pandas and openpyxl on the same ledgers."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import statutory
from bench.side import apart
from bench.tables import write_ledger
from domain import UnusableInput

EXAMPLE = apart.ROOT / "knowledge" / "examples" / "台账示例-2025.xlsx"
RIGHT = Path(__file__).with_name("right.toml")
RUNS = 3
GONGKAI = "import sys, json, pathlib, statutory\njson.dumps(statutory.compute(pathlib.Path(sys.argv[1])).as_json())"
CELLS = """import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names: book.get_sheet_by_name(name).to_python()"""


def measure(options: Any) -> None:
    """Speed and equality on two plain ledgers, then the messy ones."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "台账.xlsx"
        write_ledger(large, 15_000)
        for name, path in (("示例台账 2025", EXAMPLE), ("15,000 件申请、2,000 行其他", large)):
            speed(options, name, path)
    messy(options)


def speed(options: Any, name: str, path: Path) -> None:
    """Whole processes in turn, the median of their processor seconds; and whether the figures are the same."""
    ways: dict[str, Callable[[], object]] = {
        "gongkai（带出处、校验、问题）": lambda: alone(sys.executable, GONGKAI, path),
        "pandas + openpyxl 的脚本": lambda: apart.run(options.python, "nephew", {"ledgers": [str(path)]}),
        "下限：只读单元格（calamine）": lambda: alone(sys.executable, CELLS, path),
    }
    spent: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(RUNS):
        for way, act in ways.items():
            spent[way].append(taken(act))
    print(f"\n| {name}，整个进程，{RUNS} 次的中位 | 秒 | 处理器秒 |\n|---|---|---|")
    for way, times in spent.items():
        clock, busy = (sorted(values)[RUNS // 2] for values in zip(*times))
        print(f"| {way} | {clock:.2f} | {busy:.2f} |")
    ours = flat(statutory.compute(path).as_json())
    theirs = apart.run(options.python, "nephew", {"ledgers": [str(path)]})[0]
    if "problem" in theirs:
        print(f"\n脚本：{theirs['problem']}")
        return
    other = flat(theirs["tables"])
    differing = {key: (ours.get(key), value) for key, value in other.items() if ours.get(key) != value}
    print(f"\n两边都有的 {len(other)} 个数：不同的 {len(differing)} 个 {differing or ''}")


def taken(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processors, of the processes that ``act`` starts."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = time.perf_counter() - begun
    return clock, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def alone(program: str, code: str, path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(apart.ROOT)}
    subprocess.run([program, "-c", code, path], env=environment, check=True, stdout=subprocess.DEVNULL)


def messy(options: Any) -> None:
    """What becomes of each ledger as clerks hand it over."""
    right = tomllib.loads(RIGHT.read_text(encoding="utf-8"))
    folder = options.shared / "cases" / "ledgers"
    paths = [folder / name for name in right["files"]]
    theirs = apart.run(options.python, "nephew", {"ledgers": [str(path) for path in paths]})
    found = {"gongkai": [ours(path) for path in paths], "pandas + openpyxl 的脚本": theirs}
    print(
        f"\n| {len(paths)} 本台账 | 数对 | 提问或拒收 | 悄悄地错 | 该提问而没有问的 | 错在 |\n|---|---|---|---|---|---|"
    )
    for way, results in found.items():
        seen: dict[str, list[str]] = {"right": [], "asked": [], "wrong": [], "unasked": []}
        for path, result in zip(paths, results):
            seen[judged(result, right["base"], right["files"][path.name])].append(path.name.partition("-")[0])
        silent = seen["wrong"] + seen["unasked"]
        print(f"| {way} | {' | '.join(str(len(names)) for names in seen.values())} | {'、'.join(silent) or '—'} |")
        print(f"{way}: {json.dumps(seen)}", file=sys.stderr)


def ours(path: Path) -> dict[str, Any]:
    """As the script's answers: the tables, or what is asked or refused."""
    try:
        result = statutory.compute(path)
    except UnusableInput as error:
        return {"problem": str(error)}
    if not result.final:
        return {"problem": f"{len(result.open_questions)} 个问题"}
    figures = result.as_json()
    return {
        "tables": {key: figures[key] for key in ("table2", "table3", "table4")}
        | {"published": figures["facts"]["published_total"]}
    }


def judged(result: Mapping[str, Any], base: Mapping[str, Any], case: Mapping[str, Any]) -> str:
    """right, asked, wrong or unasked: the last two without a word."""
    if "problem" in result:
        return "asked"
    if case.get("asked"):
        return "unasked"
    tables = result["tables"]
    figures = {key: row["total"] for key, row in tables["table3"].items()} | {
        "published": tables["published"],
        "review": tables["table4"]["review"]["total"],
        "in_force": tables["table2"]["normative_documents"]["in_force"],
        **{key: tables["table2"][key] for key in ("licensing", "penalties", "fees_wan_yuan")},
    }
    wanted = {key: case.get(key, value) for key, value in base.items() if key not in case.get("any", ())}
    wanted = {key: value for key, value in wanted.items() if key in case.get("only", wanted)}
    return "right" if all(float(figures[key]) == value for key, value in wanted.items()) else "wrong"


def flat(figures: Mapping[str, Any]) -> dict[str, float]:
    """The figures of the three tables by key."""
    found: dict[str, float] = {}
    for table in ("table2", "table3", "table4"):
        for key, value in figures[table].items():
            cells = value.items() if isinstance(value, Mapping) else [("", value)]
            found |= {f"{table}.{key}.{cell}": float(number) for cell, number in cells}
    return found
