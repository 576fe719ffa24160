"""How fast statutes are taken in, embedding included, and what they need on disk and in memory.

    python bench/ingest.py LAWS [--home FOLDER] [--first 40] [--weights models]

LAWS: the data file of the statute library (laws.db), or a file of lines {"id": …, "text": "title
第…条 text"}. ``--home`` keeps the knowledge base for other measurements. The processor's own seconds
are told beside the clock's, which on a loaded machine count other programs too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.question_map import lines, split  # noqa: E402
from domain import Document, Passage  # noqa: E402
from ingest import load_aliases  # noqa: E402
from ingest.law_library import read_library  # noqa: E402
from ingest.numerals import to_int  # noqa: E402
from store import load_embedder, open_knowledge  # noqa: E402
from weights import locate  # noqa: E402

REGISTRY = ROOT / "knowledge" / "registry.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--first", type=int, help="only so many laws")
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    options = parser.parse_args()
    read = read_library(options.laws) if options.laws.suffix == ".db" else of_lines(options.laws)
    with nullcontext(options.home) if options.home else tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        embedder = load_embedder(str(locate.embedding(options.weights)))
        embedder.embed_passages(["第一条"])  # loading the model is no part of the speed
        knowledge = open_knowledge(Path(home), embedder, registry_file=REGISTRY, aliases=load_aliases())
        clock, processor = time.perf_counter(), time.process_time()
        for _ in knowledge.add_all(islice(read, options.first)):
            pass
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        held = knowledge.counts()
        print(
            f"{held['passages']} articles of {held['regulations']} laws in {clock:.0f} s: "
            f"{held['passages'] / clock:.0f} a second, {1000 * processor / held['passages']:.1f} ms of processor each"
        )
        disk = sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file())
        print(f"{disk / 2**20:.0f} MB on disk, {resident():.0f} MB resident at the most")


def of_lines(path: Path) -> Iterator[Document]:
    """The laws of a file of articles; what is not numbered counts as article 0."""
    rows = sorted((split(row["text"]) for row in lines(path)), key=lambda parts: parts[0])
    for title, articles in groupby(rows, key=lambda parts: parts[0]):
        passages = tuple(_passage(label, text) for _, label, text in articles)
        short = title.removeprefix("中华人民共和国")
        yield Document("regulation", short, path.name, f"{path.name} {title}", passages, full_title=title)


def _passage(label: str, text: str) -> Passage:
    number, _, sub = label.removeprefix("第").partition("条")
    return Passage(text, label, to_int(number) if number else 0, to_int(sub.removeprefix("之")) if sub else 0)


def resident() -> float:
    """The most memory that this process has held, in MB; nan where the system does not tell."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return float("nan")
    return getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
