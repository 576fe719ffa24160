"""How a large data folder opens, what it needs at rest and how quickly it is searched, beside another checkout's.

    python bench/opening.py LAWS.db [--times 1] [--homes FOLDER] [--baseline OTHER/CHECKOUT] [--rounds 3] [--ask 100] [--takings 24]

LAWS.db is the statute library; ``--times`` 10 takes it in ten times over, under other titles. What is measured does not
depend on what the vectors say, so they are drawn by lot instead of computed (``--homes`` keeps the folders). Each
figure is of a process of its own; the first one, which makes the index, is told apart. ``--takings``: so many small documents
are taken in, each with a search behind it. Seconds are the processor's, which other programs disturb least.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain import Document  # noqa: E402
from ingest.law_library import read_library  # noqa: E402
from store import load_embedder, open_knowledge  # noqa: E402
from store.records import LAYOUT  # noqa: E402
from weights import locate  # noqa: E402

ASKED = (
    "延期答复最长多少天",
    "排污许可证由谁核发",
    "公司的董事会怎么开",
    "离婚后孩子跟谁",
    "罚款不交怎么办",
    "土地承包期多少年",
)
_CHILD = r"""
import json, sys, time
from pathlib import Path
from settings import load_settings
from services import Gongkai

def memory():
    lines = Path("/proc/self/status").read_text().splitlines()
    told = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return [int(told[name]) / 1024 for name in ("VmRSS", "VmHWM")]

asked, ask, takings = json.loads(sys.stdin.readline())
services = Gongkai(load_settings())
clock, begun = time.perf_counter(), time.process_time()
knowledge = services.knowledge()
knowledge.article("民法典", 1)
told = {"opened": time.process_time() - begun, "opened by the clock": time.perf_counter() - clock}
services.lookup.search(asked[0], k=10)
told["first found"] = time.process_time() - begun
spent = []
for number in range(ask):
    at, clock = time.process_time(), time.perf_counter()
    services.lookup.search(f"{asked[number % len(asked)]}（{number}）", k=10)
    spent.append((time.perf_counter() - clock, time.process_time() - at))
if spent:
    for name, each in zip(("search by the clock", "search"), zip(*spent)):
        told[name + ", p95 ms"] = 1000 * sorted(each)[int(len(each) * 0.95) - 1]
        told[name + ", median ms"] = 1000 * sorted(each)[len(each) // 2]
told["MB at rest"], told["MB at the most"] = memory()
if takings:
    from domain import Document, Passage
    at = time.process_time()
    for number in range(takings):
        passages = tuple(Passage(f"第{number}号水井由村民共用，第{n}口井每年清淤。", f"第{n}条", n) for n in range(1, 6))
        knowledge.add(Document("regulation", f"水井第{number}号办法", "井.txt", f"{number}", passages))
        assert any(hit.title == f"水井第{number}号办法" for hit in knowledge.search(f"水井第{number}号办法第一条"))
    told["a taking-in with its search"] = (time.process_time() - at) / takings
    told["MB after takings-in"], told["MB at the most with takings-in"] = memory()
print(json.dumps(told))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--homes", type=Path)
    parser.add_argument("--baseline", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ask", type=int, default=100)
    parser.add_argument("--takings", type=int, default=0)
    options = parser.parse_args()
    builds = {"this": ROOT} | ({"baseline": options.baseline.resolve()} if options.baseline else {})
    with nullcontext(options.homes) if options.homes else tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"laws-{options.times}"
        if not made.exists():
            filled(made, options.laws, options.times)
        told: dict[str, dict[str, float]] = {}
        for name, build in builds.items():
            home = Path(folder) / f"{made.name}-{name}"
            if not home.exists():
                shutil.copytree(made, home)
                print(name, "making the index:", _line(_run(build, home, 0, 0)), flush=True)
            runs = [_run(build, home, options.ask, 0) for _ in range(options.rounds)]
            told[name] = {what: median(run[what] for run in runs) for what in runs[0]}
            if options.takings:
                told[name] |= _run(build, home, 1, options.takings)
            print(name, _line(told[name]), flush=True)
        if options.baseline:
            print("ratio", _line({what: told["this"][what] / told["baseline"][what] for what in told["this"]}))


def _line(told: dict[str, float]) -> str:
    return "; ".join(f"{what} {value:.2f}" for what, value in told.items())


def _run(build: Path, home: Path, ask: int, takings: int) -> dict[str, float]:
    own = {"PYTHONPATH": str(build), "GONGKAI_HOME": str(home), "GONGKAI_LLM": "none", "HF_HUB_OFFLINE": "1"}
    surroundings = {"GONGKAI_WEIGHTS": str(ROOT / "models"), "OMP_WAIT_POLICY": "PASSIVE", **os.environ, **own}
    command, given = [sys.executable, "-P", "-c", _CHILD], json.dumps([ASKED, ask, takings]) + "\n"
    run = subprocess.run(command, env=surroundings, cwd=build, input=given, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    return json.loads(run.stdout.splitlines()[-1])


class ByLot:
    """Vectors that depend on the texts and on nothing else, about as alike as those of a model."""

    name = "by lot"

    def __init__(self, fingerprint: str, size: int) -> None:
        self.fingerprint, self._size = fingerprint, size

    def embed_passages(self, texts: Any, advance: Any = None) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256("\n".join(texts).encode()).digest()[:8], "little")
        common = 2 * np.random.default_rng(1).standard_normal(self._size)
        rows = (np.random.default_rng(seed).standard_normal((len(texts), self._size)) + common).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]


def filled(home: Path, laws: Path, times: int) -> None:
    """A data folder of the library's laws, so many times over."""
    import chromadb

    real = load_embedder(str(locate.embedding(ROOT / "models")))
    by_lot = ByLot(real.fingerprint, len(real.embed_query("")))
    home.mkdir(parents=True)
    client = chromadb.PersistentClient(str(home / "chroma"))
    graph = {
        "space": "cosine",
        "ef_construction": 8,
        "max_neighbors": 4,
    }  # it is never searched: as few edges as may be
    for what in ("passages", "documents"):
        name = f"gongkai-{what}-{LAYOUT}-{real.fingerprint}"
        client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": graph})  # pyright: ignore
    del client
    knowledge = open_knowledge(home, by_lot, registry_file=ROOT / "knowledge" / "registry.toml")
    for _ in knowledge.add_all(_laws(laws, times), copying=True):
        pass
    print(knowledge.counts())


def _laws(laws: Path, times: int) -> Iterator[Document]:
    for number in range(times):
        for law in read_library(laws):
            yield replace(law, title=f"{law.title}{number}", full_title=f"{law.full_title}{number}") if number else law


if __name__ == "__main__":
    main()
