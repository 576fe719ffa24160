"""Whether each question finds the same passages in the same order as in another checkout, exactly and with the first rough look.

    python bench/same_hits.py HOME QUESTIONS.jsonl... --baseline OTHER/CHECKOUT [--ask 300]

HOME: a data folder; it is copied, as each checkout may make an index of its own. QUESTIONS: lines with ``q``; so many
are drawn by lot. The other checkout searches exactly, this one exactly and with the rough look (``store.rough``) that
otherwise only a large library takes. Told are the questions of which the first ten are the same, in order, as a set
and the first alone; the largest difference of a score; and milliseconds of the processor, the question's vector left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--baseline", type=Path, required=True)
    parser.add_argument("--ask", type=int, default=300)
    options = parser.parse_args()
    asked = [
        json.loads(line)["q"] for file in options.questions for line in file.read_text(encoding="utf-8").splitlines()
    ]
    random.Random(1).shuffle(asked)
    asked = asked[: options.ask]
    with tempfile.TemporaryDirectory() as folder:
        before = _run(options.baseline.resolve(), options.home, Path(folder) / "before", asked, 10**9)
        for name, large in (("exactly", 10**9), ("with the rough look", 1)):
            now = _run(ROOT, options.home, Path(folder) / "now", asked, large)
            _tell(name, asked, before, now)


def _tell(name: str, asked: list[str], before: dict[str, Any], now: dict[str, Any]) -> None:
    pairs = list(zip(before["found"], now["found"]))
    order = [[id for id, _ in one] == [id for id, _ in other] for one, other in pairs]
    sets = sum({id for id, _ in one} == {id for id, _ in other} for one, other in pairs)
    first = sum([id for id, _ in one[:1]] == [id for id, _ in other[:1]] for one, other in pairs)
    apart = max(abs(a - b) for one, other in pairs for (_, a), (_, b) in zip(one, other))
    print(
        f"{name}: of {len(asked)} the same order {sum(order)}, the same ten {sets}, the same first {first}; scores at "
        f"most {apart:.6f} apart; {now['passages']} passages; ms {before['ms']:.1f} before, {now['ms']:.1f} now"
    )
    for question, same, (one, other) in zip(asked, order, pairs):
        for place, (a, b) in enumerate(zip(one, other), 1):
            if not same and a[0] != b[0]:
                print(f"  {question} {place}: {a} {b}")


def _run(build: Path, home: Path, copy: Path, asked: list[str], large: int) -> dict[str, Any]:
    if not copy.exists():
        shutil.copytree(home, copy)
    own = {"PYTHONPATH": str(build), "GONGKAI_HOME": str(copy), "GONGKAI_LLM": "none", "HF_HUB_OFFLINE": "1"}
    surroundings = {"GONGKAI_WEIGHTS": str(ROOT / "models"), **os.environ, **own}
    command = [sys.executable, "-P", __file__, "--child"]
    given = json.dumps({"asked": asked, "large": large})
    run = subprocess.run(command, env=surroundings, cwd=build, input=given, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    return json.loads(run.stdout.splitlines()[-1])


def _child() -> None:
    """In a process of its own, with the modules of the checkout that PYTHONPATH names."""
    import torch

    from services import Gongkai
    from settings import load_settings
    from store import retrieval

    torch.set_num_threads(1)
    given = json.loads(sys.stdin.read())
    retrieval.LARGE = given["large"]
    knowledge = Gongkai(load_settings()).knowledge()
    knowledge.search("第一次检索")
    finder, found, spent = knowledge._found(), [], []
    assert finder
    for question in given["asked"]:
        vector = knowledge.embedder.embed_query(question)
        begun = time.process_time()
        hits = finder.find(question, vector, 10, date.today())
        spent.append(1000 * (time.process_time() - begun))
        found.append([(hit.passage_id, hit.score) for hit in hits])
    print(json.dumps({"found": found, "ms": median(spent), "passages": len(finder.shelf)}))


if __name__ == "__main__":
    _child() if "--child" in sys.argv else main()
