"""A cold search and a cold answer: seconds, processor seconds and memory, beside another checkout's in the same run.

    python bench/cold.py REGULATIONS/ [--questions QUESTIONS.jsonl] [--baseline OTHER/CHECKOUT] [--rounds 3]

Each command is a process of its own over one data folder, without a chat model. With --questions (lines
{"q": …}) the first ten hits of both are compared, in their order, for the first hundred.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ASKED = "延期答复最长多少天"
COMMANDS = (("search", ASKED), ("ask", ASKED))
_MOST = 100
_HITS = """
import json, sys
from settings import load_settings
from services import Gongkai
services = Gongkai(load_settings())
for line in sys.stdin:
    hits = services.lookup.search(json.loads(line), k=10)
    print(json.dumps([(hit.title, hit.article, hit.text[:40]) for hit in hits]), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("regulations", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--baseline", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    builds = {"this": ROOT} | ({"baseline": options.baseline.resolve()} if options.baseline else {})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        surroundings = {name: _surroundings(build, Path(folder) / name) for name, build in builds.items()}
        for name, build in builds.items():
            command = [sys.executable, "-P", str(build / "app.py"), "ingest", str(options.regulations)]
            subprocess.run(command, env=surroundings[name], check=True, capture_output=True)
        for command in COMMANDS:
            told = {
                name: _measured(build, command, surroundings[name], options.rounds) for name, build in builds.items()
            }
            for name, (seconds, processor, memory) in told.items():
                print(f"{command[0]:7} {name:9} {seconds:6.2f} s {processor:6.2f} s of processor {memory:6.0f} MB")
            if "baseline" in told:
                ratios = [own / other for own, other in zip(told["this"], told["baseline"])]
                print(f"{command[0]:7} ratio     {ratios[0]:6.2f}   {ratios[1]:6.2f}                {ratios[2]:6.2f}")
        if options.questions and "baseline" in builds:
            _compare(options.questions, builds, surroundings)


def _surroundings(build: Path, home: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(build), "GONGKAI_HOME": str(home), "GONGKAI_LLM": "none", "HF_HUB_OFFLINE": "1"}
    return {"GONGKAI_WEIGHTS": str(ROOT / "models"), **os.environ, **own}


def _measured(build: Path, command: tuple[str, ...], surroundings: dict[str, str], rounds: int) -> tuple[float, ...]:
    """Medians of seconds, processor seconds, and megabytes at the most; the first run is not counted."""
    runs = [_run([sys.executable, "-P", str(build / "app.py"), *command], surroundings) for _ in range(rounds + 1)]
    return tuple(median(values) for values in zip(*runs[1:]))


def _run(command: list[str], surroundings: dict[str, str]) -> tuple[float, float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _compare(file: Path, builds: dict[str, Path], surroundings: dict[str, dict[str, str]]) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    questions = [json.loads(line)["q"] for line in lines][:_MOST]
    own, other = (list(_hits(builds[name], questions, surroundings[name])) for name in ("this", "baseline"))
    same = sum(one == two for one, two in zip(own, other))
    first = sum(one[:1] == two[:1] for one, two in zip(own, other))
    print(f"the first ten the same, in order: {same} of {len(questions)}; the first: {first}")


def _hits(build: Path, questions: list[str], surroundings: dict[str, str]) -> Iterator[list[list[str]]]:
    asked = "".join(json.dumps(question) + "\n" for question in questions)
    command = [sys.executable, "-P", "-c", _HITS]
    run = subprocess.run(command, env=surroundings, input=asked, capture_output=True, text=True, check=True, cwd=build)
    yield from (json.loads(line) for line in run.stdout.splitlines())


if __name__ == "__main__":
    main()
