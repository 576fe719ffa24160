"""What one process needs to open a data folder and to search in it; ``bench/opening.py`` starts it, of this checkout or another.

It reads one line of JSON (``asked``, ``ask``, ``takings``, ``times``, ``large``) and prints one: the figures, and
the memory after each taking-in. Memory is in MB, seconds and milliseconds are the processor's where it is not said
otherwise. Everything but this file comes from the checkout that PYTHONPATH names.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from domain import Document, Passage
from services import Gongkai
from settings import load_settings
from store.columns import kept_columns
from store.mapped import Parts
from store.references import Names
from store.retrieval import Finder
from store.shelf import Shelf

Told = dict[str, float]


def main() -> None:
    given = json.loads(sys.stdin.readline())
    asked = given["asked"]
    _as_the_workbench()
    services = Gongkai(load_settings())
    clock, begun = time.perf_counter(), time.process_time()
    knowledge = services.knowledge()
    knowledge.article("民法典", 1)
    told = {"opened": time.process_time() - begun, "opened by the clock": time.perf_counter() - clock}
    services.lookup.search(asked[0], k=10)
    told["first found"] = time.process_time() - begun
    search: Callable[[str], Any] = lambda question: services.lookup.search(question, k=10)  # noqa: E731
    if given["times"] > 1:
        finder = _grown(knowledge, given["times"], Path(given["large"]))
        told["passages"] = len(finder.shelf)
        search = lambda question: finder.find(question, knowledge.embedder.embed_query(question), 10, date.today())  # noqa: E731
        search(asked[0])
    told |= _searched(search, asked, given["ask"])
    told["MB at rest"], told["MB at the most"] = _memory()
    after = _taken_in(knowledge, given["takings"], told) if given["takings"] else []
    print(json.dumps([told, after]))


def _as_the_workbench() -> None:
    """Keep the memory that is given back as ``gongkai serve`` does; an older checkout has nothing of the kind."""
    try:
        from commands.memory import keep_few_heaps
    except ImportError:
        return
    keep_few_heaps()


def _searched(search: Callable[[str], Any], asked: Sequence[str], ask: int) -> Told:
    spent = []
    for number in range(ask):
        at, clock = time.process_time(), time.perf_counter()
        search(f"{asked[number % len(asked)]}（{number}）")
        spent.append((time.perf_counter() - clock, time.process_time() - at))
    told = {}
    for name, each in zip(("search by the clock", "search"), zip(*spent)):
        told[name + ", p95 ms"] = 1000 * sorted(each)[int(len(each) * 0.95) - 1]
        told[name + ", median ms"] = 1000 * sorted(each)[len(each) // 2]
    return told


def _taken_in(knowledge: Any, takings: int, told: Told) -> list[float]:
    """The memory after each of so many small documents, with a search for it."""
    at, after = time.process_time(), []
    for number in range(takings):
        passages = tuple(
            Passage(f"第{number}号水井由村民共用，第{n}口井每年清淤。", f"第{n}条", n) for n in range(1, 6)
        )
        title = f"水井第{number}号办法"
        knowledge.add(Document("regulation", title, "井.txt", f"{number}", passages))
        assert any(hit.title == title for hit in knowledge.search(f"{title}第一条"))
        after.append(_memory()[0])
    told["a taking-in with its search"] = (time.process_time() - at) / takings
    told["MB after the first taking-in"], told["MB after the last"] = after[0], after[-1]
    told["the last to the first"] = after[-1] / after[0]
    told["MB at the most with takings-in"] = _memory()[1]
    return after


def _grown(knowledge: Any, times: int, large: Path) -> Finder:
    """The same passages so many times over, as regulations of other titles; what was held before goes."""
    from bench.library import _repeated

    finder, listed = knowledge._found(), knowledge._summaries().values()
    more = [
        replace(
            one,
            id=f"{one.id}x{n}",
            edition=f"{one.edition}x{n}",
            document=replace(one.document, title=f"{one.title}{n or ''}"),
        )
        for n in range(times)
        for one in listed
    ]
    if not large.exists():
        columns = finder.shelf.columns
        parts = Parts(large.with_suffix(".unfinished"))
        _repeated(parts, columns, [f"{edition}x{n}" for edition in columns.editions for n in range(times)], times)
        parts.keep(large)
    columns = kept_columns(large)
    assert columns
    shelf = Shelf(more, columns, knowledge.registry)
    names = Names(knowledge._all_names(shelf), shelf.titles())
    knowledge._finder = knowledge._columns = None
    words, embedder = finder.words, finder.embedder
    del finder, listed
    gc.collect()
    return Finder(shelf, words, columns.postings, names, embedder)


def _memory() -> tuple[float, float]:
    """This process's, now and at the most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    told = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return int(told["VmRSS"]) / 1024, int(told["VmHWM"]) / 1024


if __name__ == "__main__":
    main()
