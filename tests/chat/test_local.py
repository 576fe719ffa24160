"""The local model: faults in words; with real weights, the grammar holds and it can be stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from chat.local import LocalModel
from domain import ModelUnavailable

ASK = [("user", "用一句话说明二〇二三年公开了多少条信息，写出数字")]


def test_missing_and_damaged_weights(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(b"no weights" * 50)
    for gguf, words in [(None, "GONGKAI_LLM_GGUF"), (tmp_path / "gone.gguf", "找不到"), (damaged, "无法载入")]:
        with pytest.raises(ModelUnavailable, match=words):
            list(LocalModel(gguf).stream(ASK))


@pytest.mark.model
def test_grammar_cancel_and_restart(small_model_path: Path) -> None:
    model = LocalModel(small_model_path)
    try:
        text = "".join(model.stream(ASK, grammar='root ::= [^0-9\\n]{4,40} "。"', max_tokens=60))
        assert text and not any(letter.isdigit() for letter in text)
        begun = time.monotonic()
        for _ in model.stream([("user", "写一篇长文。")], cancelled=lambda: time.monotonic() - begun > 1):
            pass
        assert time.monotonic() - begun < 5
        model.close()
        assert "".join(model.stream(ASK, max_tokens=5))
    finally:
        model.close()


@pytest.mark.model
def test_the_weights_are_let_go_at_rest_and_loaded_again(small_model_path: Path) -> None:
    model = LocalModel(small_model_path, rest=1.0)
    try:
        assert not model.loaded
        writing = model.stream([("user", "写一篇长文。")], max_tokens=200)
        for _ in zip(writing, range(3)):
            assert model.loaded
        writing.close()
        until = time.monotonic() + 60
        while model.loaded and time.monotonic() < until:
            time.sleep(0.1)
        assert not model.loaded
        assert "".join(model.stream(ASK, max_tokens=5)) and model.loaded
    finally:
        model.close()
    assert not model.loaded
