"""A byte that has changed in a file of the data folder is told, with the file's name and the way back."""

import re
import shutil
from pathlib import Path

import pytest

from domain import UnusableInput
from services import Gongkai
from settings import load_settings

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory):
    """A data folder with a ledger, what an office may write itself, and a kept text."""
    import ingest
    from store.kept import SOURCES, KeptSources

    home = tmp_path_factory.mktemp("worked") / "data"
    services = Gongkai(load_settings(home=home, llm="none"))
    services.ledgers.take(services.people.local(), LEDGER)
    services.office().close()
    (home / "ledger_aliases.toml").write_text('[sheets]\n"登记表" = "依申请公开"\n', encoding="utf-8")
    (home / "deleted-examples.txt").write_text("年度报告示例-2024.md\n", encoding="utf-8")
    KeptSources(home / SOURCES).put(next(iter(ingest.load_cards())))
    return home


@pytest.fixture
def home(worked_in, tmp_path):
    return shutil.copytree(worked_in, tmp_path / "home")


def damage(home):
    services = Gongkai(load_settings(home=home, llm="none"))
    try:
        return services.safekeeping.damage()
    except UnusableInput as error:
        return [str(error)]


def flip(path, at):
    content = bytearray(path.read_bytes())
    place = int(len(content) * at)
    content[place] ^= 0x80
    path.write_bytes(bytes(content))


def test_nothing_is_told_of_a_sound_folder(home):
    assert damage(home) == []


WAYS = [
    ("ledgers/*.xlsx", "重新上传.*restore"),
    ("sources/*.json", "重新收入"),
    ("ledger_aliases.toml", "ledger_aliases.toml"),
    ("deleted-examples.txt", "删去它"),
]


@pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.9])
@pytest.mark.parametrize(("pattern", "way"), WAYS, ids=[pattern for pattern, _ in WAYS])
def test_a_changed_byte_is_told_with_the_way_back(home, pattern, way, at):
    (path,) = home.glob(pattern)
    flip(path, at)
    (told,) = damage(home)
    assert path.name in told and re.search(way, told)


def test_a_ledger_that_is_gone_is_told(home):
    (path,) = home.glob("ledgers/*.xlsx")
    path.unlink()
    (told,) = damage(home)
    assert path.name in told and "不见了" in told


def test_pages_of_the_database_that_do_not_hold_together_are_told(home):
    path = home / "office.db"
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):  # the heads of all pages but the first
        content[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    path.write_bytes(bytes(content))
    (told,) = damage(home)
    assert "office.db" in told and "restore" in told
