"""Fits the likelihoods of store/evidence.toml, and measures who is refused.

    python bench/refusal.py HOME [--library] [--asks FILE …] [--weights models] [--samples FILE] [--fit FILE …]

Prints how many questions of each set the product answers and refuses as it stands. HOME is the data
folder of a knowledge base: the built-in cards, or (``--library``) the statute library beside them,
where the questions ``beside`` the field are answered and are not counted.
``--asks``: further questions, of ``bench/asks``, for a knowledge base that holds the regulations they are of;
those that name a day are left out. ``--samples`` keeps the measures of this knowledge base; ``--fit`` fits the
two logistic curves to several such files, prints their coefficients and tells how a curve of one half of the
questions decides the other.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answering.law.grounds import grounds_for  # noqa: E402
from answering.law.question import read  # noqa: E402
from bench.retrieval import finder_of  # noqa: E402
from ingest import load_aliases  # noqa: E402
from store import KnowledgeBase, load_embedder, open_knowledge  # noqa: E402
from store.retrieval import ANCHORS  # noqa: E402
from weights import locate  # noqa: E402

NAMES = {"coefficients": ("near", "turned", "held"), "asked": ("near", "held", "like", "stands", "away")}
"""The measures of each curve."""
Sets = list[tuple[str, list[str], bool]]
"""(name, questions, whether they can be answered) of each set of questions."""
SEEN = ("first", "second", "third", "fifth")
"""Of these sets of ``bench/asks`` the answerable questions have lent their words to the ways to ask: they look nearer
than what people will ask, and only the unanswerable ones are fitted to."""
RIDGE = 0.02
"""Keeps the few coefficients small where few questions speak for them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--library", action="store_true")
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--fit", type=Path, nargs="*")
    parser.add_argument("--asks", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    if options.home:
        embedder = load_embedder(str(locate.embedding(options.weights)))
        registry = ROOT / "knowledge" / "registry.toml"
        knowledge = open_knowledge(options.home, embedder, registry_file=registry, aliases=load_aliases())
        asked = sets(options.library) + asks(options.asks)
        decide(knowledge, asked)
        if options.samples:
            samples = measured(knowledge, asked)
            options.samples.write_text(json.dumps(samples, ensure_ascii=False), encoding="utf-8")
    if options.fit:
        files = [json.loads(path.read_text(encoding="utf-8")) for path in options.fit]
        for curve in NAMES:
            fit(files, curve)


def decide(knowledge: KnowledgeBase, asked: Sets) -> None:
    """Print, for each set, how many questions are decided rightly, and those that are not."""
    for name, questions, wanted in asked:
        wrong = [
            question for question in questions if bool(grounds_for(read(question), knowledge).evidence) is not wanted
        ]
        said = "answered" if wanted else "refused"
        print(f"{name:10} {said}: {len(questions) - len(wrong)}/{len(questions)}", *wrong)


def sets(library: bool) -> Sets:
    """The questions of ``questions.toml``."""
    held = tomllib.loads((ROOT / "bench" / "questions.toml").read_text(encoding="utf-8"))
    asked = {
        name: [entry if isinstance(entry, str) else entry[0] for entry in entries] for name, entries in held.items()
    }
    answerable = [
        ("answerable", asked["answerable"], True),
        *([("library", asked["library"], True)] if library else []),
    ]
    others = ("off_topic", "local", *(() if library else ("beside",)))
    return answerable + [(name, asked[name], False) for name in others]


def asks(files: Sequence[Path]) -> Sets:
    """The questions of ``bench/asks`` that stand alone and name no day."""
    found: Sets = []
    for path in files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        alone = [row for row in rows if not row.get("after") and not row.get("as_of")]
        for kind, wanted in (("main", True), ("near", False), ("off", False)):
            if wanted and path.stem in SEEN:
                continue
            found.append((f"{path.stem} {kind}", [row["q"] for row in alone if row["kind"] == kind], wanted))
    return found


def measured(knowledge: KnowledgeBase, asked: Sets) -> list[dict[str, Any]]:
    """Each question with its set, its place, whether it is answerable, and the best hits' measures."""
    rows = []
    for wanted in (True, False):
        chosen = [question for _, questions, answer in asked if answer is wanted for question in questions]
        for place, question in enumerate(chosen):
            rows.append(
                {"question": question, "half": place % 2, "wanted": int(wanted), "best": features(knowledge, question)}
            )
    return rows


def features(knowledge: KnowledgeBase, question: str) -> list[dict[str, Any]]:
    """Of the few best hits, as the search itself judges them."""
    finder = finder_of(knowledge)
    signals = finder.signals(question, knowledge.embedder.embed_query(question))
    number = {finder.shelf.id(at): at for at in range(len(finder.shelf))}
    hits = knowledge.search(question, ANCHORS, "regulation", date.today())
    found = [finder.features(question, signals, number[hit.passage_id]) for hit in hits]
    return [{"curve": one.curve, **one.measures} for one in found]


def fit(every: Sequence[list[dict[str, Any]]], curve: str) -> None:
    """Print the coefficients of all questions of a curve, and what those of one half decide of the other."""
    files = [[row for row in file if any(best["curve"] == curve for best in row["best"])] for file in every]
    if not all({row["wanted"] for row in file} == {0, 1} for file in files):
        return
    weights = fitted(files, (0, 1), curve)
    print(
        f"[{curve}]",
        f"intercept = {weights[0]:.2f}",
        *(f"{n} = {w:.2f}" for n, w in zip(NAMES[curve], weights[1:])),
        sep="\n",
    )
    others = [fitted(files, (1 - half,), curve) for half in (0, 1)]
    for at, file in enumerate(files):
        said = {row["question"]: _speaking(row, others[row["half"]], curve) @ others[row["half"]] > 0 for row in file}
        for answer, what in ((1, "answerable answered"), (0, "others refused")):
            asked = [row["question"] for row in file if row["wanted"] == answer]
            wrong = [question for question in asked if said[question] != bool(answer)]
            print(f"file {at} held out {what}: {len(asked) - len(wrong)}/{len(asked)}", *wrong)


def fitted(files: Sequence[list[dict[str, Any]]], halves: Sequence[int], curve: str) -> np.ndarray:
    """The coefficients of the questions of some halves, each file and each answer weighing the same."""
    weights = np.zeros(len(NAMES[curve]) + 1)
    for _ in range(6):  # the hit that speaks depends on the coefficients, these on the hit
        rows, wanted, share = [], [], []
        for file in files:
            for answer in (0, 1):
                chosen = [row for row in file if row["half"] in halves and row["wanted"] == answer]
                rows += [_speaking(row, weights, curve) for row in chosen]
                wanted += [answer] * len(chosen)
                share += [1 / len(chosen)] * len(chosen)
        weights = _logistic(np.array(rows), np.array(wanted), np.array(share) / sum(share))
    return weights


def _speaking(row: dict[str, Any], weights: np.ndarray, curve: str) -> np.ndarray:
    """The measures, after a 1, of the hit that the coefficients think most likely."""
    own = [best for best in row["best"] if best["curve"] == curve]
    vectors = [np.array([1.0, *(best[name] for name in NAMES[curve])]) for best in own]
    return max(vectors, key=lambda vector: float(vector @ weights))


def _logistic(rows: np.ndarray, wanted: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Newton's method, with a ridge on everything but the intercept (measures brought to unit spread)."""
    mean, spread = rows[:, 1:].mean(axis=0), rows[:, 1:].std(axis=0)
    standard = np.column_stack([rows[:, 0], (rows[:, 1:] - mean) / spread])
    ridge = RIDGE * np.diag([0.0] + [1.0] * (rows.shape[1] - 1))
    weights = np.zeros(standard.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-standard @ weights))
        slope = standard.T @ (share * (chance - wanted)) + ridge @ weights
        weights -= np.linalg.solve((standard.T * (share * chance * (1 - chance))) @ standard + ridge, slope)
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


if __name__ == "__main__":
    main()
