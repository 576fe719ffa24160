"""How well and how fast articles are found: hits in the first 1, 5 and 10, and milliseconds a query.

    python bench/retrieval.py QUESTIONS.jsonl REGULATIONS/ [--weights models] [--no-cards]

A question is a line {"q": …, "gold": ["title#article", …]}; any of the gold articles is a hit.
Compares the words alone, the vectors alone, both added, and the search of the product.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import ingest
from ingest.cards import carry_keywords, load_aliases, load_cards
from store import KnowledgeBase, load_embedder, open_knowledge
from store.products import products
from store.retrieval import LEXICAL, NEAR, TURNED, Finder
from weights import locate

REGISTRY = Path(__file__).resolve().parent.parent / "knowledge" / "registry.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("regulations", type=Path)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--no-cards", action="store_true", help="without the words that cards lend to official texts")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    options = parser.parse_args()
    questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        knowledge = load(Path(home), options)
        for name, ask in ways(knowledge, options.as_of).items():
            print(measured(name, ask, questions))


def load(home: Path, options: argparse.Namespace) -> KnowledgeBase:
    """A new knowledge base of all files in the folder of regulations."""
    embedder = load_embedder(str(locate.embedding(options.weights)))
    knowledge = open_knowledge(home, embedder, registry_file=REGISTRY, aliases=load_aliases())
    cards = () if options.no_cards else load_cards()
    started = time.perf_counter()
    for path in ingest.files([options.regulations]):
        knowledge.add(carry_keywords(ingest.read(path), cards))
    spent, passages = time.perf_counter() - started, knowledge.counts()["passages"]
    print(f"{passages} passages kept in {spent:.1f} s ({passages / spent:.0f} a second)")
    started = time.perf_counter()
    knowledge.search("第一次检索")
    print(f"first search {time.perf_counter() - started:.2f} s")
    return knowledge


def finder_of(knowledge: KnowledgeBase) -> Finder:
    """What its search is made of; the folder must hold something."""
    finder = knowledge._found()
    if finder is None:
        raise SystemExit("知识库是空的")
    return finder


def ways(knowledge: KnowledgeBase, day: date) -> dict[str, Callable[[str], list[str]]]:
    """Name of a way to search → question → the articles found, best first."""
    finder = finder_of(knowledge)
    shelf, shown = finder.shelf, finder.shelf.on(day).shown

    def best(scores: np.ndarray) -> list[str]:
        order = np.argsort(-np.where(shown[shelf.owner], scores, -np.inf), kind="stable")[:10]
        return [_name(shelf.hit(int(number), day, 0)) for number in order]

    def words(question: str) -> np.ndarray:
        return finder.index.scores(finder.words.query(question))

    def vectors(question: str) -> np.ndarray:
        return products(finder.shelf.vectors, knowledge.embedder.embed_query(question))[0]

    def fused(question: str) -> np.ndarray:
        signals = finder.signals(question, knowledge.embedder.embed_query(question))
        parts = ((NEAR, signals.near), (TURNED, signals.turned), (LEXICAL, signals.lexical))
        return np.sum([weight * (values - values.mean()) / (values.std() + 1e-9) for weight, values in parts], axis=0)

    return {
        "BM25": lambda question: best(words(question)),
        "dense": lambda question: best(vectors(question)),
        "fused": lambda question: best(fused(question)),
        "search": lambda question: [_name(hit) for hit in knowledge.search(question, 10, "regulation", day)],
    }


def measured(name: str, ask: Callable[[str], list[str]], questions: list[dict[str, Any]]) -> str:
    """One line of results; the places (from 1) of what was not found first."""
    places, spent = [], []
    for question in questions:
        started = time.perf_counter()
        found = ask(question["q"])
        spent.append(1000 * (time.perf_counter() - started))
        places.append(next((at for at, article in enumerate(found, start=1) if article in question["gold"]), 0))
    hits = "  ".join(f"hit@{k} {mean(0 < place <= k for place in places):.2f}" for k in (1, 5, 10))
    return f"{name:8} {hits}  {mean(spent):5.1f} ms (p95 {quantiles(spent, n=20)[-1]:.1f})  {places}"


def _name(hit: Any) -> str:
    return f"{hit.title}#{hit.article_no}"


if __name__ == "__main__":
    main()
