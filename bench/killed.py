"""The programs that ``kills.py`` kills: ``python bench/killed.py PROGRAM WHAT …``, PROGRAM being the folder of a gongkai.

ingest HOME FOLDER EDITION   takes in the same regulations again and again, each time in another edition
serve HOME FIRST             holds a data folder open and writes to it from three threads, as three browsers would
draft HOME FIRST             drafts sections and types on them, sentence by sentence
review HOME FIRST            hands a report over, comments, returns, approves and opens it again
command FOLDER MOMENT …      a command of gongkai that is gone before its MOMENT-th change of FOLDER, or with 3+17
                             seventeen steps of any kind after the third

The first four say ``ready``, then print a line of JSON for each thing that was acknowledged to whoever asked for it.
The last prints, where it comes to its end, how many changes it made, and how many of them before its first rename.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENTS, ARTICLES = 8, 10
ORG, YEAR = "清河县生态环境分局", 2025
SECTIONS = ("disclosure", "overview", "problems", "other")
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"}
_saying = threading.Lock()


def say(*acknowledged: Any) -> None:
    with _saying:
        print(json.dumps(acknowledged, ensure_ascii=False), flush=True)


def regulation(number: int, edition: int) -> tuple[str, str]:
    """A title and an official text, every article of which names its edition."""
    title = f"第{number}号办法"
    articles = (f"第{numeral}条　第{edition}版规定的内容。" for numeral in "一二三四五六七八九十"[:ARTICLES])
    return title, "\n".join([title, *articles])


def take_in(home: str, folder: str, edition: str) -> None:
    from services import Gongkai
    from settings import Settings
    from store import open_knowledge
    from tests.store.writing import SlowEmbedder

    services = Gongkai(Settings(home=Path(home), llm="none"))
    services.knowledge.hold(open_knowledge(Path(home), SlowEmbedder()))
    print("ready", flush=True)
    for later in itertools.count(int(edition)):
        for number in range(DOCUMENTS):
            title, text = regulation(number, later)
            file = Path(folder, f"{title}.txt")
            file.write_text(text, encoding="utf-8")
            for outcome in services.library.ingest([file], "regulation"):
                say(title, later, outcome.status)


def serve(home: str, first: str) -> None:
    from services import EXAMPLES, Gongkai
    from settings import Settings

    services = Gongkai(Settings(home=Path(home), llm="none"))
    user, numbers = services.office().users.local(), itertools.count(int(first))
    ledger, place = sorted(EXAMPLES.glob("*.xlsx"))[-1].read_bytes(), Path(home).parent / "上传.xlsx"

    def chat() -> Iterator[tuple[Any, ...]]:
        from domain import Answer

        held = services.office().conversations.start(user)
        for number in numbers:
            asked = services.office().conversations.ask(user, held.id, f"第{number}个问题")
            yield "question", number
            services.office().conversations.answered(user, asked.id, Answer(f"第{number}个答复", "extractive", False))
            yield "answer", number

    def draft() -> Iterator[tuple[Any, ...]]:
        from domain import Draft

        for number in numbers:
            section = ("problems", "other")[number % 2]
            services.office().drafts.save(ORG, YEAR, Draft(section, f"第{number}稿。", "composed"), user, "edited")
            yield "draft", section, number
            services.office().drafts.note(ORG, YEAR, section, f"第{number}次补充")
            yield "note", section, number

    def upload() -> Iterator[tuple[Any, ...]]:
        for number in numbers:
            place.write_bytes(ledger + str(number).encode())  # what follows a workbook is not read
            services.ledgers.take(user, place, f"{number}.xlsx")
            yield "ledger", f"{number}.xlsx", hashlib.sha256(place.read_bytes()).hexdigest()

    def work(doing: Iterator[tuple[Any, ...]]) -> None:
        for done in doing:
            say(*done)

    print("ready", flush=True)
    for doing in (chat(), draft(), upload()):
        threading.Thread(target=work, args=(doing,)).start()


def draft(home: str, first: str) -> None:
    from services import EXAMPLES, Gongkai, last_result
    from settings import Settings

    services = Gongkai(Settings(home=Path(home), llm="none"))
    user, ledger = services.office().users.local(), services.ledgers.compute(sorted(EXAMPLES.glob("*.xlsx"))[-1])
    print("ready", flush=True)
    for number in itertools.count(int(first)):
        section = SECTIONS[number % len(SECTIONS)]
        if not services.sheets.sheet(section, ledger):
            services.sheets.keep_draft(user, ledger, last_result(services.writing.draft(section, ledger)))
            say("drafted", section)
        now = services.sheets.sheet(section, ledger)
        text = now.text if now else ""
        services.sheets.keep_text(user, ledger, section, f"{text}补写第{number}句。", [text])
        say("typed", section, number)


def review(home: str, first: str) -> None:
    from office.handover import State
    from services import EXAMPLES, Gongkai
    from settings import Settings

    services = Gongkai(Settings(home=Path(home), llm="none"))
    user, ledger = services.office().users.local(), services.ledgers.compute(sorted(EXAMPLES.glob("*.xlsx"))[-1])
    follows: dict[str, State] = {
        "": "submitted",
        "returned": "submitted",
        "reopened": "submitted",
        "approved": "reopened",
    }
    print("ready", flush=True)
    for number in itertools.count(int(first)):
        steps = services.handover.steps(ledger)
        state: State = follows.get(steps[-1].state if steps else "") or ("approved" if number % 2 else "returned")
        if state == "submitted":
            now = services.sheets.sheet("other", ledger)
            services.sheets.keep_text(user, ledger, "other", f"审核前的第{number}稿。", [now.text if now else ""])
        remark = services.handover.comment(user, ledger, "other", "一句。", f"第{number}条批注")
        say("comment", number)
        if number % 3 == 0:
            services.handover.settle(user, ledger, remark.id)
            say("settled", number)
        step = services.handover.take(user, ledger, state, f"第{number}次办理")
        say("step", number, step.state, step.number)


def command(folder: str, moment: str, *arguments: str) -> None:
    from app import main

    made, after, renamed = itertools.count(1), itertools.count(1), []
    inside = str(Path(folder).resolve())
    wanted, _, further = moment.partition("+")
    counting = False

    def watched(event: str, about: tuple[Any, ...]) -> None:
        nonlocal counting
        if counting and next(after) == int(further):
            die()
        if event == "open":
            changes = isinstance(about[0], str) and bool(about[2] & (os.O_WRONLY | os.O_RDWR))
        else:
            changes = event in _CHANGES
        relative = (
            event != "open" and isinstance(about[-1], int) and about[-1] >= 0
        )  # to a folder that is being taken away
        if not changes or not (relative or any(str(each).startswith(inside) for each in about[:2])):
            return
        if (number := next(made)) == int(wanted or 0):
            if not further:
                die()
            counting = True
        if event == "os.rename" and not renamed:
            renamed.append(number)

    sys.addaudithook(watched)
    sys.argv = ["gongkai", *arguments]
    try:
        main()
    finally:
        print(json.dumps([next(made) - 1, *renamed]), flush=True)


def die() -> None:
    """No handler runs, and nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    {"ingest": take_in, "serve": serve, "draft": draft, "review": review, "command": command}[sys.argv[2]](
        *sys.argv[3:]
    )
