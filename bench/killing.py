"""How ``kills.py`` kills: programs (``killed.py``) by the clock, commands before a change of a folder or a little after one."""

from __future__ import annotations

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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from killed import ORG, YEAR

if TYPE_CHECKING:
    from services import Gongkai

SET = ("report.docx", "report.html", "report.md", "figures.json", "report.pdf")
Losses = list[str]
"""What one kill lost, each in a few words; nothing where all held."""


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


def gongkai(home: Path) -> Gongkai:
    from services import Gongkai
    from settings import Settings

    return Gongkai(Settings(home=home, llm="none"))


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


def files(folder: Path) -> dict[str, str]:
    return {name: digest(folder / name) for name in SET if (folder / name).exists()}


def moments(
    folder: Path, before: Path, at: Callable[..., list[int]], kills: int, chance: random.Random
) -> Iterator[tuple[Path, str]]:
    """A copy of ``before`` and when to kill what changes it, so many times.

    Before each change that it makes, in an order that is drawn, most of them after its first rename; where there are
    fewer changes than kills, the others come so many steps of any kind after one (``3+17``).
    """
    changes, *renamed = at(copied(before, folder))
    first = renamed[0] if renamed else changes
    drawn = chance.sample(range(1, first + 1), min(first, kills // 3))
    drawn += chance.sample(range(first + 1, changes + 1), min(changes - first, kills - len(drawn)))
    exact = [str(each) for each in drawn]
    between = [f"{chance.randint(1, changes)}+{chance.randint(1, 60)}" for _ in range(kills - len(exact))]
    for moment in exact + between:
        yield copied(before, folder), moment


def command(program: Path, home: Path, place: Path, moment: str, arguments: list[str]) -> list[int]:
    """Run a command of gongkai that dies at ``moment`` (see ``moments``) of its changes of ``place``; "" lets it end.

    What it says of its changes where it comes to its end, else [].
    """
    line = [sys.executable, Path(__file__).with_name("killed.py"), program, "command", place, moment, *arguments]
    environment = os.environ | {"GONGKAI_HOME": str(home)}
    ended = subprocess.run(line, cwd=program, env=environment, capture_output=True, text=True, encoding="utf-8")
    ended_well = ended.returncode in (0, 1)  # 1: it says of its input what is wrong
    if moment and "+" not in moment and ended_well:
        raise SystemExit(f"{arguments[0]} came to its end before change {moment}")
    if not moment and not ended_well:
        print(ended.stderr, file=sys.stderr)
    return json.loads(ended.stdout.splitlines()[-1]) if ended_well else []


def copied(place: Path, folder: Path) -> Path:
    copy = Path(tempfile.mkdtemp(dir=folder)) / "副本"
    return Path(shutil.copytree(place, copy))


def digits(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
