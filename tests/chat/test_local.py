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
