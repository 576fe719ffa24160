"""Thoughts are taken out however the stream is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.thinking import thinks_first, without_thoughts


@pytest.mark.parametrize(
    ("pieces", "hold", "left"),
    [
        (["答案"], False, "答案"),
        (["<think>想</think>答案"], False, "答案"),
        (["甲<th", "ink>想", "</thi", "nk>乙"], False, "甲乙"),
        (["甲<think>没有写完"], False, "甲"),
        (["小于号 < 与 <th 都留下"], False, "小于号 < 与 <th 都留下"),
        (["结尾是<thi"], False, "结尾是<thi"),
        (["<think>一</think>甲<think>二</think>乙"], False, "甲乙"),
        (["没有开头的想法", "</think>答案"], True, "答案"),
        (["没有想法的答案"], True, "没有想法的答案"),
        (["<think>没有写完"], True, ""),
        (["<Thinking>想", "</thinking>答案"], False, "答案"),
        (["<reason", "ing>想</reason", "ing>答案<thought>又想"], False, "答案"),
        (["没有开头</THINK>答案"], True, "答案"),
    ],
)
def test_without_thoughts(pieces: list[str], hold: bool, left: str) -> None:
    assert "".join(without_thoughts(pieces, hold)) == left


@given(st.text("答<think>/", max_size=6), st.text("想<k>", max_size=8), st.integers(1, 5))
def test_the_cut_makes_no_difference(before: str, thought: str, size: int) -> None:
    text = f"{before}<think>{thought}</think>后"
    cut = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(without_thoughts(cut)) == "".join(without_thoughts([text]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("deepseek-r1:7b", True),
        ("DeepSeek-R1-Distill-Qwen-7B", True),
        ("QwQ-32B", True),
        ("qwen3-thinking", True),
        ("qwen2.5-7b-instruct", False),
        ("solar10.7b", False),
    ],
)
def test_models_that_begin_inside_a_thought(name: str, expected: bool) -> None:
    assert thinks_first(name) is expected
