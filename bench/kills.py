"""What is lost by 200 kills: ``python bench/kills.py [--seed 1] [--only KIND …] [--kills N] [--program FOLDER]``.

Real processes (``killed.py``) on throwaway data folders, killed at seeded moments, 25 of each kind:

ingest      while regulations are taken in, each time in another edition: every document is whole and in the
            edition that was acknowledged last, or in the one that was being taken in
restore     during ``gongkai restore``: the next start shows the content of before or the backup's, no mixture, with
            that of before set aside; another restore comes to its end
build       during ``gongkai build`` into a folder with last year's report: its files are of one report, or a visible
            file says that they are not whole; the next build leaves a whole report and nothing else
drafting, review, intake, collection, backup
            as ``kills_office.py`` says of each
serve       15 times more, while three threads write questions, answers, drafts, notes and ledgers to an open data
            folder: whatever was acknowledged is there

A kill comes by the clock (ingest, serve, drafting, review), or before a change of the folder or a few steps after one
(``killing.moments``). Documents are embedded by the tests' stand-in: what is measured is the keeping, not the
weights. Prints kills and losses of each kind; exit code 1 where anything was lost. ``--program`` measures another
gongkai, in FOLDER.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import kills_office
from killed import ARTICLES, DOCUMENTS, ORG, YEAR, regulation
from killing import SET, Losses, command, copied, digest, digits, files, fill, gongkai, killed, moments

if TYPE_CHECKING:
    pass

ROOT = Path(__file__).resolve().parent.parent
MARK = "报告未完成.txt"
EACH = 25
OWN = [
    part for section in ("overview", "problems", "other") for part in ("--section", f"{section}=本年度公开了各类信息。")
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds: dict[str, tuple[str, int, Callable[..., Iterator[Losses]]]] = {
        "ingest": ("收入资料", EACH, ingest),
        "build": ("生成报告", EACH, build),
        "drafting": ("起草", EACH, kills_office.drafting),
        "review": ("审核", EACH, kills_office.review),
        "intake": ("用自己的文件", EACH, kills_office.intake),
        "collection": ("年度汇集", EACH, kills_office.collection),
        "restore": ("恢复备份", EACH, restore),
        "backup": ("备份", EACH, kills_office.backup),
        "serve": ("工作台写入", 15, serve),
    }
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(kinds), nargs="+")
    parser.add_argument("--kills", type=int, help="so many of each kind instead")
    parser.add_argument("--program", type=Path, default=ROOT)
    options = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", ANONYMIZED_TELEMETRY="False", GONGKAI_LLM="none")
    sys.path.insert(0, str(options.program.resolve()))
    lost = 0
    for kind in options.only or kinds:
        name, kills, measure = kinds[kind]
        kills = options.kills or kills
        begun, found = time.perf_counter(), Counter()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for losses in measure(
                Path(folder), kills, random.Random(f"{kind} {options.seed}"), options.program.resolve()
            ):
                found.update(losses)
        said = "，".join(f"{what} {times} 次" for what, times in sorted(found.items())) or "没有损失"
        print(f"{name}：杀死 {kills} 次，{said}（{time.perf_counter() - begun:.0f} 秒）", flush=True)
        lost += found.total()
    return 1 if lost else 0


# --- killed by the clock ----------------------------------------------------------------------------


def ingest(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    home, files = folder / "home", folder / "files"
    files.mkdir()
    kept: dict[str, int] = {}
    edition = 0
    for _ in range(kills):
        first = edition + 1
        edition, under_way = first, (regulation(0, 0)[0], first)
        for title, edition, _status in killed(program, chance.uniform(0, 1.2), "ingest", home, files, first):
            kept[title] = edition
            last = int(title[1]) + 1 == DOCUMENTS
            under_way = (regulation(0, 0)[0], edition + 1) if last else (regulation(int(title[1]) + 1, 0)[0], edition)
        held, left = editions(home)
        losses = ["半份文件"] * (None in held.values()) + ["残留的条文"] * left
        for title, one in kept.items():
            if held.get(title, 0) not in (one, None) and (title, held.get(title)) != under_way:
                losses.append("确认过的文件不在")
        kept |= {title: one for title, one in held.items() if one is not None}
        yield losses


def editions(home: Path) -> tuple[dict[str, int | None], bool]:
    """The edition of each document held, None where it is not whole; whether anything is left beside them."""
    from store import open_knowledge
    from tests.store.conftest import PairEmbedder

    knowledge = open_knowledge(home, PairEmbedder())
    held: dict[str, int | None] = {}
    for document in knowledge.documents():
        texts = [digits(hit.text) for hit in knowledge.articles(document.title)]
        whole = len(texts) == ARTICLES == document.passages and len(set(texts)) == 1
        held[document.title] = texts[0] if whole else None
    return held, knowledge._collections.count() != sum(each.records for each in knowledge.documents())


def serve(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    home, acknowledged = folder / "home", defaultdict(list)
    for number in range(kills):
        for what, *about in killed(program, chance.uniform(0, 1.5), "serve", home, number * 10_000):
            acknowledged[what].append(tuple(about))
        yield [f"确认过的{what}不在" for what in missing(home, acknowledged)]


def missing(home: Path, acknowledged: dict[str, list[tuple[Any, ...]]]) -> Iterator[str]:
    from services import Gongkai
    from settings import Settings

    office = Gongkai(Settings(home=home, llm="none")).office()
    with closing(office):
        user = office.users.local()
        messages = [
            each for held in office.conversations.all(user) for each in office.conversations.messages(user, held.id)
        ]
        if not {number for (number,) in acknowledged["question"]} <= {digits(each.question) for each in messages}:
            yield "问题"
        if not {number for (number,) in acknowledged["answer"]} <= {
            digits(each.answer.answer) for each in messages if each.answer
        }:
            yield "答复"
        drafts = {section: digits(version.draft.text) for section, version in office.drafts.current(ORG, YEAR).items()}
        if any(drafts.get(section, -1) < number for section, number in acknowledged["draft"]):
            yield "草稿"
        notes = {section: digits(text) for section, text in office.drafts.notes(ORG, YEAR).items()}
        if any(notes.get(section, -1) < number for section, number in acknowledged["note"]):
            yield "补充说明"
        ledgers = {held.name: held.path for held in office.ledgers.all()}
        if not all(path.exists() for path in ledgers.values()):
            yield "台账文件"
        if any(name not in ledgers or digest(ledgers[name]) != one for name, one in acknowledged["ledger"]):
            yield "台账"


# --- killed before a change -------------------------------------------------------------------------


def restore(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    for name in ("甲", "乙"):
        fill(folder / name, name).safekeeping.backup(folder / f"{name}.zip")
    arguments = ["restore", str(folder / "乙.zip")]

    def at(place: Path, moment: str = "") -> list[int]:
        return command(program, place, place, moment, arguments)

    for place, moment in moments(folder, folder / "甲", at, kills, chance):
        at(place, moment)
        losses = []
        gongkai(place).safekeeping.finish_restore()
        if (there := content(place, folder)) not in (["甲"] * 5, ["乙"] * 5):
            losses.append("内容混杂或不全")
        elif there[0] == "乙" and content(place / "before-restore", folder) != ["甲"] * 5:
            losses.append("原来的内容没有留下")
        if not at(place) or content(place, folder) != ["乙"] * 5 or any(place.glob("restore-*")):
            losses.append("再次恢复没有完成")
        yield losses


def content(home: Path, folder: Path) -> list[str]:
    """What each of the five parts of a data folder says, looked at in a copy of it."""
    from store import open_knowledge
    from tests.store.conftest import PairEmbedder

    look = copied(home, folder)
    office = gongkai(look).office()
    with closing(office):
        user = office.users.local()
        said = [held.title for held in office.conversations.all(user)]
        said += [version.draft.text for version in office.drafts.current(ORG, YEAR).values()]
        said += [held.path.read_text(encoding="utf-8") for held in office.ledgers.all() if held.path.exists()]
    said += [path.read_text(encoding="utf-8")[13:-2] for path in look.glob("settings.toml")]
    return said + [held.title for held in open_knowledge(look, PairEmbedder()).documents()]


def build(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    earlier, this = sorted((program / "knowledge" / "examples").glob("*.xlsx"))

    def at(place: Path, moment: str = "", ledger: Path = this, pdf: str = "--no-pdf") -> list[int]:
        return command(program, folder / "data", place, moment, ["build", str(ledger), "--out", str(place), pdf, *OWN])

    last_year = folder / "去年"
    at(last_year, ledger=earlier, pdf="--pdf")
    before = files(last_year)
    for place, moment in moments(folder, last_year, at, kills, chance):
        at(place, moment)
        there = files(place)
        old = [name for name in there if there[name] == before.get(name)]
        losses = ["两年的文件混在一起"] * (0 < len(old) < len(there))
        if len(there) < (len(before) if old else 4) and not (place / MARK).exists():
            losses.append("文件不全而没有说明")
        at(place)
        names = {path.name for path in place.iterdir()}
        if names != set(SET[:4]) or any(there == before[name] for name, there in files(place).items()):
            losses.append("再次生成没有补齐或留有残余")
        yield losses


if __name__ == "__main__":
    sys.exit(main())
