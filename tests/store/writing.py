"""A program of its own that fills a knowledge base: run by test_crashes.py, killed at any moment.

Arguments: the home folder, the first and the last document to add, and what its texts are called.
"""

import sys
import time
from pathlib import Path

from store import open_knowledge
from tests.store.conftest import PairEmbedder, regulation

ARTICLES = 10


class SlowEmbedder(PairEmbedder):
    """Takes its time, so that a signal can come between any two steps."""

    def embed_passages(self, texts, advance=None):
        time.sleep(0.01)
        return super().embed_passages(texts, advance)


def document(number: int, edition: str):
    return regulation(f"第{number}号办法", tuple(f"{edition}本第{at}项内容。" for at in range(ARTICLES)))


def main(home: str, first: str, last: str, edition: str) -> None:
    knowledge = open_knowledge(Path(home), SlowEmbedder())
    print("ready", flush=True)
    for number in range(int(first), int(last)):
        knowledge.add(document(number, edition))


if __name__ == "__main__":
    main(*sys.argv[1:])
