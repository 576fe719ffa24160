"""A program of its own that damages copies of a data folder and looks what comes of it: run by test_damage.py.

Arguments: the data folder, the seed and the number of damages. Each is looked at in a child process,
for what is written in other languages may end the program. Prints a JSON list of what was damaged, the
exit code (0: right or wrong, as told; 2: a sentence; else a traceback or a signal), and what was said.
"""

import json
import os
import random
import shutil
import sys
from pathlib import Path

import chromadb  # noqa: F401  (read here once, not in every child)
import jieba  # noqa: F401
import torch  # noqa: F401

from domain import UnusableInput
from store import open_knowledge
from tests.store.conftest import PairEmbedder

QUESTIONS = ("晒谷场", "水井 村民", "第二条")


def looked_through(home):
    """Everything that a reader may be shown; of articles equally near it does not matter which comes first."""
    knowledge = open_knowledge(home, PairEmbedder())
    found = [
        sorted((hit.title, hit.article, hit.text) for hit in knowledge.search(question, k=20)) for question in QUESTIONS
    ]
    return found, sorted(repr(knowledge.document(held.id)) for held in knowledge.documents())


def damages(database, chance, count):
    """(what, offset, byte): in the header, wherever an article and a marker stand, and anywhere."""
    content = database.read_bytes()
    yield "header", 0, content[0] ^ 0x20
    for what, words in (("article", "第2村村民共用"), ("marker", "第2号办法.txt")):
        places = [at for at in range(len(content)) if content.startswith(words.encode(), at)]
        yield from ((what, at, content[at] ^ 0x04) for at in places)
    for _ in range(count):
        at = chance.randrange(len(content))
        yield "anywhere", at, content[at] ^ 1 << chance.randrange(8)


def outcome(home, said):
    """Exit code of a child that looks the folder through; what it says or finds is left in ``said``."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with said.open("w", encoding="utf-8") as out:
        os.dup2(out.fileno(), 2)
        try:
            out.write(json.dumps(looked_through(home), ensure_ascii=False))
            code = 0
        except UnusableInput as error:
            out.write(str(error))
            code = 2
        except BaseException as error:  # a panic is no Exception
            out.write(f"{type(error).__name__}: {error}")
            code = 1
    os._exit(code)


def main(home, seed, count):
    chance, results = random.Random(int(seed)), []
    copy, said = Path(home).with_name("damaged"), Path(home).with_name("said.txt")
    plan = list(damages(Path(home) / "chroma" / "chroma.sqlite3", chance, int(count)))
    for what, at, byte in [("nothing", 0, None), *plan]:
        shutil.copytree(home, copy)
        if byte is not None:
            with (copy / "chroma" / "chroma.sqlite3").open("r+b") as file:
                file.seek(at)
                file.write(bytes([byte]))
        results.append((f"{what} at {at}", outcome(copy, said), said.read_text(encoding="utf-8", errors="replace")))
        shutil.rmtree(copy)
    print(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
