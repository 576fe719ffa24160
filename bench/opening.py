"""How a large data folder opens, what it needs at rest and how quickly it is searched, beside another checkout's.

    python bench/opening.py LAWS.db [--times 10] [--homes FOLDER] [--baseline OTHER/CHECKOUT] [--rounds 3] [--ask 100] [--takings 24]

LAWS.db is the statute library. What is measured does not depend on what the vectors say, so they are drawn by lot
instead of computed (``--homes`` keeps the folders). Each figure is of a process of its own; the first one, which makes
the index, is told apart. ``--takings``: so many small documents are taken in, each with a search behind it; the memory
after each is told. ``--times`` 10 searches in the index ten times over, under other titles (the database would take
hours to fill). Seconds are the processor's, which other programs disturb least; a search has its question's vector made.
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
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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
        made = Path(folder) / "laws"
        if not made.exists():
            filled(made, options.laws)
        told: dict[str, dict[str, float]] = {}
        for name, build in builds.items():
            home = Path(folder) / f"{made.name}-{name}"
            ask = {"times": options.times, "large": str(Path(folder) / f"large-{options.times}")}
            if not home.exists():
                shutil.copytree(made, home)
                print(name, "making the index:", _line(_run(build, home, {})[0]), flush=True)
            if options.times > 1 and not Path(ask["large"]).exists():
                _run(build, home, ask)
            runs = [_run(build, home, ask | {"ask": options.ask})[0] for _ in range(options.rounds)]
            told[name] = {what: median(run[what] for run in runs) for what in runs[0]}
            if options.takings:
                fresh = home.with_name(f"{home.name}-takings")
                shutil.rmtree(fresh, ignore_errors=True)
                shutil.copytree(home, fresh)
                found, after = _run(build, fresh, {"takings": options.takings})
                told[name] |= {what: value for what, value in found.items() if "tak" in what or "last" in what}
                print(name, "MB after each taking-in:", *map(round, after))
            print(name, _line(told[name]), flush=True)
        if options.baseline:
            print("ratio", _line({what: told["this"][what] / told["baseline"][what] for what in told["this"]}))


def _line(told: dict[str, float]) -> str:
    return "; ".join(f"{what} {value:.2f}" for what, value in told.items())


def _run(build: Path, home: Path, ask: dict[str, Any]) -> tuple[dict[str, float], list[float]]:
    """Of a process of its own: its figures, and its memory after each taking-in."""
    own = {"PYTHONPATH": str(build), "GONGKAI_HOME": str(home), "GONGKAI_LLM": "none", "HF_HUB_OFFLINE": "1"}
    surroundings = {"GONGKAI_WEIGHTS": str(ROOT / "models"), "OMP_WAIT_POLICY": "PASSIVE", **os.environ, **own}
    command = [sys.executable, "-P", str(ROOT / "bench" / "opened.py")]
    given = json.dumps({"asked": ASKED, "ask": 0, "takings": 0, "times": 1} | ask) + "\n"
    run = subprocess.run(command, env=surroundings, cwd=build, input=given, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    return tuple(json.loads(run.stdout.splitlines()[-1]))


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


def filled(home: Path, laws: Path) -> None:
    """A data folder of the library's laws."""
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
    for _ in knowledge.add_all(read_library(laws), copying=True):
        pass
    print(knowledge.counts())


if __name__ == "__main__":
    main()
