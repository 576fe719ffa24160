"""What people rely on when they type ./run or ./test: every console, any folder, an interrupted set-up."""

import ast
import itertools
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parent.parent
SCRIPTS = ("run", "test")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder of its own with a completed environment that holds nothing."""
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "INSTALLED", tmp_path / ".venv" / "gongkai.json")
    monkeypatch.setattr(bootstrap, "UNFINISHED", tmp_path / ".venv" / "gongkai.unfinished")
    bootstrap.venv_python().parent.mkdir(parents=True)
    bootstrap.venv_python().touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.11\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "_runs", lambda python: python.exists())
    monkeypatch.setattr(bootstrap, "_start_compiling", lambda: None)
    return tmp_path


@pytest.fixture
def installs(project, monkeypatch):
    """The extras of each installation asked for, and how often the environment was made from nothing."""
    asked = []
    monkeypatch.setattr(bootstrap, "_install", lambda extras: asked.append(tuple(extras)))
    monkeypatch.setattr(bootstrap, "_create_venv", lambda: asked.append("created"))
    return asked


def test_nothing_is_installed_twice(installs):
    bootstrap.prepare_environment()
    bootstrap.prepare_environment()
    assert installs == [()]


def test_the_tests_need_more_than_the_program(installs):
    bootstrap.prepare_environment()
    bootstrap.prepare_environment(extras=("test",))
    bootstrap.prepare_environment()
    assert installs == [(), ("test",)]


@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements.lock", ".venv/pyvenv.cfg"])
def test_a_change_of_packages_or_python_installs_again(project, installs, changed):
    bootstrap.prepare_environment()
    with (project / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    bootstrap.prepare_environment()
    assert installs == [(), ()]


def test_line_ends_of_the_checkout_change_nothing(project, installs):
    bootstrap.prepare_environment()
    lock = project / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert bootstrap.is_installed()


def test_an_interrupted_installation_is_made_anew(project, installs, monkeypatch):
    def interrupted(extras):
        raise KeyboardInterrupt

    with monkeypatch.context() as once, pytest.raises(KeyboardInterrupt):
        once.setattr(bootstrap, "_install", interrupted)
        bootstrap.prepare_environment()
    assert not bootstrap.is_installed()
    bootstrap.prepare_environment()
    assert installs == ["created", ()] and bootstrap.is_installed()


def test_a_damaged_environment_is_made_anew(installs):
    bootstrap.prepare_environment()
    bootstrap.venv_python().unlink()
    bootstrap.prepare_environment()
    assert installs == [(), "created", ()]


def test_every_direct_dependency_is_pinned_as_in_the_lock():
    lock = set((ROOT / "requirements.lock").read_text(encoding="utf-8").split())
    asked = [package for package in bootstrap._packages(("test", "dev")) if package != "setuptools"]
    assert asked and {re.sub(r"\[.*?\]", "", package) for package in asked} <= lock


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-k", "identities"], True),
        (["-m", "nightly"], True),
        (["--lf"], True),
        (["tests/gates"], True),
        (["tests/test_setup.py::test_nothing_is_installed_twice"], True),
        (["-x", "-q", "--durations=60"], False),
        (["-n", "4"], False),
        ([], False),
    ],
)
def test_a_selection_of_tests_runs_without_waiting_for_two_processes(monkeypatch, words, expected):
    monkeypatch.chdir(ROOT)
    script = runpy.run_path(str(ROOT / "test"))
    assert script["is_selection"](words) is expected


@pytest.mark.parametrize(("codes", "expected"), [((0, 0, 0), 0), ((1, 0, 0), 1), ((0, 0, 2), 2)])
def test_everything_runs_each_test_once_and_goes_on_after_a_failure(monkeypatch, codes, expected):
    called, left = [], list(codes)
    script = runpy.run_path(str(ROOT / "test"))
    monkeypatch.setattr(subprocess, "call", lambda command: called.append(command[2:]) or left.pop(0))
    assert script["everything"](["-x"]) == expected and not left
    parts = [command[command.index("-m", 1) + 1] for command in called]
    for markers in itertools.product((False, True), repeat=3):
        held = dict(zip(("browser", "model", "nightly"), markers))
        chosen = [part for part in parts if eval(part, {}, held)]
        assert len(chosen) == (0 if held["nightly"] else 1), held
    assert all(command[-1] == "-x" for command in called)


def test_lint_says_all_that_is_wrong(monkeypatch):
    called = []
    script = runpy.run_path(str(ROOT / "test"))
    monkeypatch.setattr(bootstrap, "prepare_environment", lambda extras: called.append(extras))
    monkeypatch.setattr(bootstrap, "finish_compiling", lambda compiling: None)
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: called.append(command[2:]) or len(called) == 2)
    assert script["lint"]() == 1
    assert called == [("county", "dev", "test"), ["ruff", "check", "."], ["ruff", "format", "--check", "."], ["pyright"]]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["embedding", "chat"]),
        ({"GONGKAI_LLM": "none"}, ["embedding"]),
        ({"GONGKAI_LLM": "http://127.0.0.1:8000/v1"}, ["embedding"]),
        ({"GONGKAI_LLM_GGUF": "D:/model.gguf"}, ["embedding"]),
        ({"GONGKAI_EMBEDDING": "BAAI/bge-small-zh-v1.5"}, ["chat"]),
    ],
)
def test_weights_that_the_settings_replace_are_not_fetched(monkeypatch, settings, expected):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.wanted_weights(with_model=True) == expected
    assert bootstrap.wanted_weights(with_model=False) == [name for name in expected if name != "chat"]


@pytest.mark.parametrize("name", [*SCRIPTS, "bootstrap.py"])
def test_an_old_python_can_read_the_scripts(name):
    ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(bootstrap, "NEWER", ())
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit, match="需要 Python 3.11.*当前是 3.8"):
        bootstrap.require_python(ROOT / "run")


@pytest.mark.parametrize("encoding", ["gb18030", "ascii", "cp437", "utf-8"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_speak_on_every_console_and_from_any_folder(tmp_path, script, encoding):
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, str(ROOT / script), "--help"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0 and b"--help" in done.stdout and not done.stderr


@pytest.mark.parametrize(("fault", "code"), [(bootstrap.SetupFailed("没有装好"), 1), (KeyboardInterrupt(), 130)])
def test_faults_end_in_a_sentence(capsys, fault, code):
    def main():
        raise fault

    assert bootstrap.guard(main) == code
    said = capsys.readouterr().err
    assert said.strip() and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such mark")
@pytest.mark.parametrize("script", [*SCRIPTS, ".ci/run"])
def test_the_scripts_can_be_started(script):
    assert os.access(ROOT / script, os.X_OK)
    assert b"\r" not in (ROOT / script).read_bytes()
