"""Look for wrong characters, wrong names and missing articles where there are none: in the texts of the laws.

    python bench/false_alarms.py LAWS.db [--show 10]

LAWS.db: the data file of the statute library (``./run --laws``). The laws are printed without mistakes, so
everything found is a false alarm, or a law that cites one long repealed. Citations are judged on the day on
which the list of national laws was drawn up.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import checks.rules.wrong_characters as wrong_characters  # noqa: E402
from checks.naming import likeness, printed_name  # noqa: E402
from checks.words import read_words  # noqa: E402
from gates.citations import find_references  # noqa: E402
from ingest import read_library  # noqa: E402
from services import REGISTRY  # noqa: E402
from store.cited import NATIONAL_LAWS, KnownLaw  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    started = time.perf_counter()
    texts = [passage.text for law in read_library(options.laws) for passage in law.passages]
    print(f"{len(texts)} passages, {sum(map(len, texts))} characters")
    for what, found in (("wrong characters", _characters(texts)), ("names and articles", _citations(texts))):
        told = list(found)
        alarms = [one for one in told if one]
        print(f"{what}: {len(told)} looked at, {len(alarms)} false alarms", *alarms[: options.show], sep="\n  ")
    print(f"{time.perf_counter() - started:.1f} s")


def _characters(texts: list[str]) -> Iterator[str]:
    """For each passage the first wrong word, "" for none."""
    patterns = read_words(str(wrong_characters.__file__)).group("wrong")
    for text in texts:
        found = (match for pattern in patterns.values() if (match := pattern.search(text)))
        match = next(found, None)
        yield text[max(0, match.start() - 8) : match.end() + 8] if match else ""


def _citations(texts: list[str]) -> Iterator[str]:
    """For each citation what would be said of it, "" for nothing."""
    law = KnownLaw(REGISTRY)
    day = tomllib.loads(REGISTRY.with_name(NATIONAL_LAWS).read_text(encoding="utf-8"))["drawn_up"]
    for text in texts:
        for reference in find_references(text):
            printed = text[reference.start : reference.end]
            missing = reference.article_no and law.article_exists(reference.title, reference.article_no, day) is False
            yield printed if missing or likeness(printed_name(printed), law.titles) else ""


if __name__ == "__main__":
    main()
