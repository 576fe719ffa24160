"""Each setting is declared once, documented in the README, and read from the environment or the file."""

from pathlib import Path

import pytest

from domain import UnusableInput
from settings import ROOT, Settings, load_settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


def row(name):
    field = Settings.model_fields[name]
    default = field.default
    if isinstance(default, Path):
        default = f"`{default.relative_to(ROOT).as_posix()}`"
    return f"| `GONGKAI_{name.upper()}` | {default or '—'} | {field.description} |"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_readme(name):
    assert row(name) in README


def test_an_empty_variable_counts_as_unset(monkeypatch):
    for name in ("LLM_GGUF", "USERS", "HOME"):
        monkeypatch.setenv(f"GONGKAI_{name}", "")
    settings = load_settings()
    assert settings.llm_gguf is None and settings.users is None and settings.home.name == "data"


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "gongkai.toml").write_text('llm = "none"\nllm_model = "file"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_LLM_MODEL", "environment")
    settings = load_settings()
    assert (settings.llm, settings.llm_model) == ("none", "environment")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("llm = ", "gongkai.toml"),
        ('llm = "http://[::1/v1"', "GONGKAI_LLM"),
        ('no_such_key = "x"', "no_such_key"),
        ('llm = "gpt"', "GONGKAI_LLM"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, monkeypatch, text, named):
    (tmp_path / "gongkai.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInput, match=named):
        load_settings()
