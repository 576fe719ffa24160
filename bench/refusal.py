"""Fits the likelihood of store/evidence.toml, and measures who is refused.

    python bench/refusal.py HOME [--library] [--weights models] [--samples FILE] [--fit FILE …]

HOME is the data folder of a knowledge base: the built-in cards, or (``--library``) the statute
library beside them, where the questions ``beside`` the field are answered and are not counted.
``--samples`` keeps the measures of this knowledge base; ``--fit`` fits one logistic curve to the
even questions of several such files, each file and each answer weighing the same, prints its
coefficients and tells, for each file, how many of the odd questions it decides rightly.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Sequence

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import load_aliases  # noqa: E402
from store import KnowledgeBase, load_embedder, open_knowledge  # noqa: E402
from store.retrieval import ANCHORS  # noqa: E402
from weights import locate  # noqa: E402

NAMES = ("near", "turned", "held")
RIDGE = 0.02
"""Keeps the few coefficients small where few questions speak for them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--library", action="store_true")
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--fit", type=Path, nargs="*")
    options = parser.parse_args()
    if options.home:
        embedder = load_embedder(str(locate.embedding(options.weights)))
        registry = ROOT / "knowledge" / "registry.toml"
        knowledge = open_knowledge(options.home, embedder, registry_file=registry, aliases=load_aliases())
        samples = measured(knowledge, options.library)
        options.samples.write_text(json.dumps(samples, ensure_ascii=False), encoding="utf-8")
    if options.fit:
        fit([json.loads(path.read_text(encoding="utf-8")) for path in options.fit])


def measured(knowledge: KnowledgeBase, library: bool) -> list[dict[str, Any]]:
    """Each question with its set, its place, whether it is answerable, and the best hits' measures."""
    questions = tomllib.loads((ROOT / "bench" / "questions.toml").read_text(encoding="utf-8"))
    answerable = [entry[0] for entry in questions["answerable"]] + (questions["library"] if library else [])
    others = questions["off_topic"] + questions["local"] + ([] if library else questions["beside"])
    rows = []
    for asked, wanted in ((answerable, 1), (others, 0)):
        for place, question in enumerate(asked):
            rows.append({"question": question, "half": place % 2, "wanted": wanted, "best": features(knowledge, question)})
    return rows


def features(knowledge: KnowledgeBase, question: str) -> list[dict[str, float]]:
    """Of the few best hits, as the search itself judges them."""
    finder = knowledge._found()
    signals = finder.signals(question, knowledge.embedder.embed_query(question))
    number = {id: at for at, id in enumerate(finder.shelf.ids)}
    hits = knowledge.search(question, ANCHORS, "regulation", date.today())
    return [asdict(finder.features(question, signals, number[hit.passage_id])) for hit in hits]


def fit(files: Sequence[list[dict[str, Any]]]) -> None:
    """Print the coefficients and what they decide."""
    weights = np.zeros(len(NAMES) + 1)
    for _ in range(6):  # the hit that speaks depends on the coefficients, these on the hit
        rows, wanted, share = [], [], []
        for file in files:
            for answer in (0, 1):
                chosen = [row for row in file if row["half"] == 0 and row["wanted"] == answer]
                rows += [_speaking(row, weights) for row in chosen]
                wanted += [answer] * len(chosen)
                share += [1 / len(chosen)] * len(chosen)
        weights = _logistic(np.array(rows), np.array(wanted), np.array(share) / sum(share))
    print("[coefficients]", f"intercept = {weights[0]:.2f}", *(f"{n} = {w:.2f}" for n, w in zip(NAMES, weights[1:])), sep="\n")
    for at, file in enumerate(files):
        for half, name in ((0, "fitted"), (1, "held out")):
            own = [row for row in file if row["half"] == half]
            said = {row["question"]: _speaking(row, weights) @ weights > 0 for row in own}
            for answer, what in ((1, "answerable answered"), (0, "others refused")):
                asked = [row["question"] for row in own if row["wanted"] == answer]
                wrong = [question for question in asked if said[question] != bool(answer)]
                print(f"file {at} {name:8} {what}: {len(asked) - len(wrong)}/{len(asked)}", *wrong)


def _speaking(row: dict[str, Any], weights: np.ndarray) -> np.ndarray:
    """The measures, after a 1, of the hit that the coefficients think most likely."""
    vectors = [np.array([1.0, *(best[name] for name in NAMES)]) for best in row["best"]]
    return max(vectors, key=lambda vector: float(vector @ weights))


def _logistic(rows: np.ndarray, wanted: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Newton's method, with a ridge on everything but the intercept (measures brought to unit spread)."""
    mean, spread = rows[:, 1:].mean(axis=0), rows[:, 1:].std(axis=0)
    standard = np.column_stack([rows[:, 0], (rows[:, 1:] - mean) / spread])
    ridge = RIDGE * np.diag([0.0] + [1.0] * len(NAMES))
    weights = np.zeros(standard.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-standard @ weights))
        slope = standard.T @ (share * (chance - wanted)) + ridge @ weights
        weights -= np.linalg.solve((standard.T * (share * chance * (1 - chance))) @ standard + ridge, slope)
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


if __name__ == "__main__":
    main()
