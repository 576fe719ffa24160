"""Fits the weights of answering/law/nearby.toml: which article of the matter at hand a follow-up asks for.

    python bench/follow_ups.py HOME QUESTIONS.jsonl… [--kept FILE …] [--weights models]

HOME: a data folder that holds the regulations the questions are of. QUESTIONS: as ``bench/finding.py`` takes them, of
which those of kind follow count whose article is one of the regulations that the turn before was answered from.
A choice among these articles (softmax) with a ridge. Prints the weights, how often today's and theirs choose rightly,
for each file with weights fitted to the other files, and for the files ``--kept`` out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answering.law.nearby import _weights, measures  # noqa: E402
from answering.law.question import Turn, read  # noqa: E402
from services import Gongkai  # noqa: E402
from services.trial import _last  # noqa: E402
from settings import Settings  # noqa: E402
from weights import locate  # noqa: E402

NAMES = tuple(_weights())
RIDGE, STEPS, RATE = 0.02, 600, 0.05
Choice = tuple[np.ndarray, np.ndarray]
"""The measures of each article, and whether it is right."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--kept", nargs="*", type=Path, default=[])
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    options = parser.parse_args()
    services = Gongkai(Settings(home=options.home, weights=options.weights, llm="none"))
    files = {path.stem: choices(services, path) for path in options.questions}
    now = np.array([_weights()[name] for name in NAMES])
    for left, own in files.items():
        others = [choice for name, found in files.items() if name != left for choice in found]
        print(f"{left}: {len(own)}, today {right(own, now):.3f}, by the others {right(own, fitted(others)):.3f}")
    weights = fitted([choice for found in files.values() for choice in found])
    for path in options.kept:
        own = choices(services, path)
        print(f"kept out {path.stem}: {len(own)}, today {right(own, now):.3f}, fitted {right(own, weights):.3f}")
    print(*(f"{name} = {weight:.1f}" for name, weight in zip(NAMES, weights)), sep="\n")


def choices(services: Gongkai, path: Path) -> list[Choice]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("after") and row.get("gold") and (choice := _choice(services, row)):
            found.append(choice)
    return found


def _choice(services: Gongkai, row: dict) -> Choice | None:
    """The articles that the last earlier question was answered from, measured; None where the right one is not of them."""
    history: list[Turn] = []
    for earlier in row["after"]:
        answer = _last(services.answers.ask(earlier, history=tuple(history))).answer
        history += [("user", earlier), ("assistant", answer)]
    measured = measures(read(row["q"], tuple(history)), services.knowledge())
    gold = {article.replace("《", "").replace("》", "") for article in row["gold"]}
    values = np.array([[found[name] for name in NAMES] for _, found, _, _ in measured])
    is_right = np.array([f"{hit.title}#{hit.article_no}" in gold for hit, *_ in measured], dtype=bool)
    return (values, is_right) if is_right.any() else None


def fitted(every: list[Choice]) -> np.ndarray:
    """Adam on the mean log-likelihood of the right articles."""
    spread = np.concatenate([values for values, _ in every]).std(axis=0) + 1e-9
    weights, first, second = np.zeros(len(NAMES)), np.zeros(len(NAMES)), np.zeros(len(NAMES))
    scaled = [(values / spread, is_right) for values, is_right in every]
    for step in range(1, STEPS + 1):
        slope = RIDGE * weights
        for values, is_right in scaled:
            chance = np.exp(values @ weights - np.max(values @ weights))
            wanted = chance * is_right
            slope += (chance / chance.sum() - wanted / wanted.sum()) @ values / len(scaled)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return weights / spread


def right(every: list[Choice], weights: np.ndarray) -> float:
    """The share of the follow-ups of which the best article is a right one."""
    return sum(bool(is_right[int(np.argmax(values @ weights))]) for values, is_right in every) / max(len(every), 1)


if __name__ == "__main__":
    main()
