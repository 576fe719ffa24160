"""The office as the services open it: users' file, settings of the workbench, backup by command."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import pytest

from domain import UnusableInput
from services import Gongkai
from settings import CHOICES, chosen, fixed, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def services():
    return Gongkai(load_settings())


def test_threads_get_one_office(services):
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: services.office(), range(8)))
    assert len(set(map(id, opened))) == 1 and opened[0].single_user


def test_a_file_of_users_ends_the_desk_without_sign_in(tmp_path, monkeypatch):
    hashed = bcrypt.hashpw(b"wang-2026", bcrypt.gensalt(4)).decode()
    (tmp_path / "users").write_text(f"wang:{hashed}\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_USERS", str(tmp_path / "users"))
    office = Gongkai(load_settings()).office()
    assert not office.single_user and office.users.sign_in("wang", "wang-2026").administers


def test_a_choice_lasts_and_can_be_taken_back(services):
    services.choices.choose({"llm": "http://10.0.0.8:8000/v1", "llm_model": "qwen3", "llm_api_key": '钥"匙'})
    assert services.choices.settings.llm_model == "qwen3"
    settings = load_settings()
    assert (settings.llm, settings.llm_api_key) == ("http://10.0.0.8:8000/v1", '钥"匙')
    services.choices.choose({"llm": "none", "llm_model": ""})
    assert load_settings().llm == "none" and set(chosen(settings.home)) == {"llm", "llm_api_key"}
    assert services.models.model is None
    if os.name == "posix":
        assert (settings.home / "settings.toml").stat().st_mode & 0o077 == 0


def test_what_is_fixed_elsewhere_wins_and_is_named(services, tmp_path, monkeypatch):
    services.choices.choose({"llm": "none", "embedding": "chosen"})
    (tmp_path / "gongkai.toml").write_text('embedding = "from the file"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_LLM", "local")
    settings = load_settings()
    assert (settings.llm, settings.embedding) == ("local", "from the file")
    assert set(fixed()) == {"llm", "embedding"} and fixed()["llm"] == "环境变量 GONGKAI_LLM"
    with pytest.raises(UnusableInput, match="gongkai.toml"):
        services.choices.choose({"embedding": "another"})


def test_the_home_named_in_a_file_is_where_choices_are_read(tmp_path, monkeypatch):
    monkeypatch.delenv("GONGKAI_HOME")
    (tmp_path / "gongkai.toml").write_text("home = 'elsewhere'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "settings.toml").write_text('llm_model = "kept"\n', encoding="utf-8")
    assert load_settings().llm_model == "kept"


@pytest.mark.parametrize("text", ["llm = ", 'home = "x"', "llm = 1", 'llm = "gpt"'])
def test_choices_that_cannot_be_used_are_named(services, text):
    home = services.choices.settings.home
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput, match="settings.toml|GONGKAI_LLM"):
        load_settings()


def test_a_choice_that_cannot_be_used_is_not_kept(services):
    with pytest.raises(UnusableInput, match="GONGKAI_LLM"):
        services.choices.choose({"llm": "gpt"})
    with pytest.raises(ValueError):
        services.choices.choose({"home": "x"})
    assert chosen(services.choices.settings.home) == {} and "home" not in CHOICES


def gongkai(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "app.py", *arguments], capture_output=True, text=True, encoding="utf-8"
    )


def test_backup_and_restore_by_command(services, tmp_path):
    user = services.office().users.local()
    services.office().conversations.start(user, "先前的")
    file = tmp_path / "b.zip"
    assert gongkai("backup", str(file)).returncode == 0
    services.office().conversations.start(user, "后来的")
    refused = gongkai("restore", str(file))
    assert refused.returncode == 2 and "先把它停下" in refused.stderr
    assert not services.safekeeping.finish_restore()
    services.office().close()
    assert gongkai("restore", str(file)).returncode == 0
    office = Gongkai(load_settings()).office()
    assert [held.title for held in office.conversations.all(office.users.local())] == ["先前的"]


def test_restoring_something_else_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "x.zip").write_text("x", encoding="utf-8")
    run = gongkai("restore", str(tmp_path / "x.zip"))
    assert run.returncode == 2 and len(run.stderr.strip().splitlines()) == 1


def test_an_uploaded_ledger_is_there_after_a_restart(services):
    user = services.office().users.local()
    examples = sorted((ROOT / "knowledge" / "examples").glob("*.xlsx"))
    for path in examples:
        result = services.ledgers.take(user, path)
    restarted = Gongkai(load_settings())
    again = restarted.ledgers.on_desk(user)
    assert again.figures == result.figures and again.source == examples[-1].name
    assert again.comparison.source == examples[0].name
    assert [known.year for known in restarted.office().year_figures()] == [2025, 2024]
    assert restarted.office().audit.entries(user)[0].action == "upload"
