"""What is lost by 59 kills: ``python bench/kills.py [--seed 1] [--only KIND] [--program FOLDER]``.

Real processes (``killed.py``) on throwaway data folders, killed at seeded moments:

ingest   20 times while regulations are taken in, each time in another edition: every document is whole
         and in the edition that was acknowledged last, or in the one that was being taken in
serve    15 times while three threads write questions, answers, drafts, notes and ledgers to an open data
         folder: whatever was acknowledged is there
restore  12 times during ``gongkai restore``: the next start shows the content of before or the backup's, no
         mixture, with that of before set aside; another restore comes to its end
build    12 times during ``gongkai build`` into a folder with last year's report: its files are of one report, or
         a visible file says that they are not whole; the next build leaves a whole report and nothing else

A kill comes by the clock (ingest, serve), or before a change of the folder (restore, build; two thirds of these
after the first rename, where a set is replaced). Documents are embedded by the tests' stand-in: what is measured is the
keeping, not the weights. Prints kills and losses of each kind; exit code 1 where anything was lost.
``--program`` measures another gongkai, in FOLDER.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from killed import ARTICLES, DOCUMENTS, ORG, YEAR, regulation

if TYPE_CHECKING:
    from services import Gongkai

ROOT = Path(__file__).resolve().parent.parent
MARK = "报告未完成.txt"
SET = ("report.docx", "report.html", "report.md", "figures.json", "report.pdf")
OWN = [
    part for section in ("overview", "problems", "other") for part in ("--section", f"{section}=本年度公开了各类信息。")
]
Losses = list[str]
"""What one kill lost, each in a few words; nothing where all held."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds: dict[str, tuple[str, int, Callable[..., Iterator[Losses]]]] = {
        "ingest": ("收入资料", 20, ingest),
        "serve": ("工作台写入", 15, serve),
        "restore": ("恢复备份", 12, restore),
        "build": ("生成报告", 12, build),
    }
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(kinds))
    parser.add_argument("--program", type=Path, default=ROOT)
    options = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", ANONYMIZED_TELEMETRY="False", GONGKAI_LLM="none")
    sys.path.insert(0, str(options.program.resolve()))
    lost = 0
    for kind in [options.only] if options.only else kinds:
        name, kills, measure = kinds[kind]
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


def killed(program: Path, seconds: float, *arguments: Any) -> list[list[Any]]:
    """Start one of the programs, kill it so long after it is ready, and return what it had acknowledged."""
    command = [sys.executable, Path(__file__).with_name("killed.py"), program, *map(str, arguments)]
    with subprocess.Popen(command, cwd=program, stdout=subprocess.PIPE, text=True, encoding="utf-8") as started:
        said = started.stdout or ()
        if next(iter(said), "").strip() != "ready":
            raise SystemExit("the program to be killed did not start")
        time.sleep(seconds)
        started.kill()
        return [json.loads(line) for line in said if line.endswith("\n")]


# --- killed before a change -------------------------------------------------------------------------


def restore(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    for name in ("甲", "乙"):
        fill(folder / name, name).safekeeping.backup(folder / f"{name}.zip")
    arguments = ["restore", str(folder / "乙.zip")]

    def at(place: Path, moment: int = 0) -> list[int]:
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


def fill(home: Path, name: str) -> Gongkai:
    """A data folder all of whose parts say ``name``."""
    from domain import Draft
    from store import open_knowledge
    from tests.store.conftest import PairEmbedder, regulation

    services = gongkai(home)
    office, user = services.office(), services.office().users.local()
    office.conversations.ask(user, office.conversations.start(user).id, name)
    office.drafts.save(ORG, YEAR, Draft("other", name, "composed"), user)
    ledger = home.with_suffix(".xlsx")
    ledger.write_text(name, encoding="utf-8")
    office.ledgers.keep(user, ledger, ORG, YEAR)
    (home / "settings.toml").write_text(f'llm_model = "{name}"\n', encoding="utf-8")
    open_knowledge(home, PairEmbedder()).add(regulation(name, (name,)))
    office.close()
    return services


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


def gongkai(home: Path) -> Gongkai:
    from services import Gongkai
    from settings import Settings

    return Gongkai(Settings(home=home, llm="none"))


def build(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    earlier, this = sorted((program / "knowledge" / "examples").glob("*.xlsx"))

    def at(place: Path, moment: int = 0, ledger: Path = this, pdf: str = "--no-pdf") -> list[int]:
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


def files(folder: Path) -> dict[str, str]:
    return {name: digest(folder / name) for name in SET if (folder / name).exists()}


def moments(
    folder: Path, before: Path, at: Callable[[Path], list[int]], kills: int, chance: random.Random
) -> Iterator[tuple[Path, int]]:
    """A copy of ``before`` and when to kill what changes it, so many times; most of them after its first rename."""
    changes, renamed, *_ = at(copied(before, folder))
    drawn = chance.sample(range(1, renamed + 1), kills // 3)
    for moment in drawn + chance.sample(range(renamed + 1, changes + 1), kills - len(drawn)):
        yield copied(before, folder), moment


def command(program: Path, home: Path, place: Path, moment: int, arguments: list[str]) -> list[int]:
    """Run a command of gongkai that dies before its ``moment``-th change of ``place``.

    What it says of its changes where it comes to its end, else [].
    """
    line = [sys.executable, Path(__file__).with_name("killed.py"), program, "command", place, str(moment), *arguments]
    environment = os.environ | {"GONGKAI_HOME": str(home)}
    ended = subprocess.run(line, cwd=program, env=environment, capture_output=True, text=True, encoding="utf-8")
    if moment and ended.returncode == 0:
        raise SystemExit(f"{arguments[0]} came to its end before change {moment}")
    if not moment and ended.returncode:
        print(ended.stderr, file=sys.stderr)
    return json.loads(ended.stdout.splitlines()[-1]) if ended.returncode == 0 else []


def copied(place: Path, folder: Path) -> Path:
    copy = Path(tempfile.mkdtemp(dir=folder)) / "副本"
    return Path(shutil.copytree(place, copy))


def digits(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
