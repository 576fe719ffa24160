"""Each setting is declared once, documented in the README, and read from the environment or the file."""

from pathlib import Path

import pytest

from domain import UnusableInput
from settings import ROOT, Settings, chosen, load_settings

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


@pytest.mark.parametrize(
    "content", [b'\xef\xbb\xbfllm = "none"\n', b'\xef\xbb\xbf# \xe8\xaf\xb4\r\nllm = "none"\r\n', b'llm = "none"\r\n']
)
def test_a_file_that_notepad_has_saved_is_read(tmp_path, monkeypatch, content):
    (tmp_path / "gongkai.toml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert load_settings().llm == "none"
    home = tmp_path / "data"
    home.mkdir()
    (home / "settings.toml").write_bytes(content)
    assert chosen(home) == {"llm": "none"}


WRONG_LINES = [
    ('llm = "none"\nllm_model\n', "第 2 行没有等号"),
    ("llm = none\n", "第 1 行（llm）的值不能读.*引号"),
    ("# 说明\n\nllm_model = qwen3 32b\n", "第 3 行（llm_model）"),
    ("llm = “none”\n", "第 1 行（llm）用了中文引号"),
    ('llm = "none\n', "第 1 行（llm）的引号没有成对"),
    ('llm = "none" 不用\n', "第 1 行（llm）的引号没有成对"),
    ('llm_gguf = "D:\\models\\q.gguf"\n', "第 1 行（llm_gguf）的反斜杠"),
    ('llm = "none"\nllm = "local"\n', "第 2 行.*写了两次"),
    ("不用模型\n", "第 1 行没有等号"),
    ('\nllm_api_key = "sk-secret\n', "第 2 行（llm_api_key）"),
    ('llm ＝ "none"\n', r"第 1 行.*U\+FF1D"),
    ('\u3000llm = "none"\nllm_model =\n', r"第 1 行.*U\+3000"),
    ('llm\u00a0= "none"\n', r"第 1 行.*U\+00A0"),
    ('\ufeff\ufeffllm = "none"\n', r"第 1 行.*U\+FEFF"),
    ("\0" * 40, r"第 1 行.*U\+0000"),
    ("llm: none\n", "第 1 行没有等号"),
]


@pytest.mark.parametrize(("text", "told"), WRONG_LINES)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path, monkeypatch, text, told):
    (tmp_path / "gongkai.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInput, match=f"gongkai.toml {told}") as refused:
        load_settings()
    assert "secret" not in str(refused.value)


WRONG_VALUES = [
    ("llm = " + "[" * 100_000, "括号太多"),
    ("llm = " + "[" * 3000 + "]" * 3000, "括号太多"),
    ("llm = " + "{a=" * 2000 + "1" + "}" * 2000, "括号太多"),
    ("llm = " + "9" * 5000, "数，不能读"),
    ("home = 3", "home 无法使用"),
    ('home = ["a"]', "home 无法使用"),
    ('home = "a\\u0000b"', "home 无法使用"),
    ('weights = "a\\u0000b"', "weights 无法使用"),
    ('llm_model = "a\\u0000b"', "llm_model 无法使用"),
    ("users = 7", "users 无法使用"),
    ("llm_api_key = 2026-01-01", "llm_api_key 无法使用"),
    ('llm = "none"\nLLM = "none"', "llm 写了两次"),
    ("# 说明\n" * 100_000, "太大"),
    ('llm = "sk-secret"', "GONGKAI_LLM"),
    ('llm = "https://u:secret@[::1/v1"', "GONGKAI_LLM"),
]


@pytest.mark.parametrize(("text", "told"), WRONG_VALUES, ids=[told for _, told in WRONG_VALUES])
@pytest.mark.parametrize("chosen_one", [False, True], ids=["gongkai.toml", "settings.toml"])
def test_a_value_that_cannot_be_read_is_told_and_not_shown(tmp_path, monkeypatch, text, told, chosen_one):
    (tmp_path / "data").mkdir()
    place = tmp_path / "data" / "settings.toml" if chosen_one else tmp_path / "gongkai.toml"
    place.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", "" if text.startswith("home") and not chosen_one else str(tmp_path / "data"))
    monkeypatch.delenv("GONGKAI_WEIGHTS", raising=False)
    with pytest.raises(UnusableInput, match=None if chosen_one else told) as refused:
        load_settings()
    assert "secret" not in str(refused.value) and len(str(refused.value)) < 400


def test_an_empty_value_in_the_file_counts_as_unset(tmp_path, monkeypatch):
    (tmp_path / "gongkai.toml").write_text('home = ""\nusers = ""\nLLM_MODEL = "x"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_HOME", raising=False)
    settings = load_settings()
    assert settings.home == ROOT / "data" and settings.users is None and settings.llm_model == "x"


def test_a_file_in_another_encoding_names_the_line(tmp_path, monkeypatch):
    (tmp_path / "gongkai.toml").write_bytes('llm = "none"\n# 说明\n'.encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInput, match="第 2 行不是 UTF-8"):
        load_settings()


def test_a_name_that_is_no_setting_lists_those_that_are(tmp_path, monkeypatch):
    (tmp_path / "gongkai.toml").write_text('modle = "x"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInput, match="modle 不是设置项.*llm_model"):
        load_settings()
