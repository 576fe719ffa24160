"""Placeholders become whole phrases, or their sentence is left out and reported."""

from __future__ import annotations

import pytest

from domain import Phrase
from gates import expand

PHRASES = {
    phrase.name: phrase
    for phrase in (
        Phrase("行政许可决定", "table2.licensing", "行政许可38件", 38, "件", ""),
        Phrase("各类信息", "facts.published_total", "各类信息311条", 311, "条", ""),
        Phrase("新收申请", "table3.new_received.total", "未收到政府信息公开申请", 0, "件", ""),
    )
}

FILLED = [
    ("全年作出{行政许可决定}。", "全年作出行政许可38件。"),
    ("全年作出{行政许可决定}件。", "全年作出行政许可38件。"),
    ("全年作出{行政许可决定}件行政许可。", "全年作出行政许可38件。"),
    ("全年作出行政许可{行政许可决定}，均已公开。", "全年作出行政许可38件，均已公开。"),
    ("发布{各类信息}信息。", "发布各类信息311条。"),
    ("公开{行政许可决定}{各类信息}。", "公开行政许可38件、各类信息311条。"),
    ("全年{新收申请}。", "全年未收到政府信息公开申请。"),
    ("公开｛行政许可决定｝。", "公开行政许可38件。"),
]

REJECTED = [
    ("公开{行政处罚}。", "没有这个占位符"),
    ("公开{行政许可决定。", "占位符的括号不完整"),
    ("公开行政许可决定}。", "占位符的括号不完整"),
    ("公开{{行政许可决定}}。", "占位符的括号不完整"),
    ("公开{行政许可决定}件申请。", "占位符后多出单位或名词"),
]


@pytest.mark.parametrize(("text", "expected"), FILLED)
def test_a_placeholder_becomes_its_phrase(text: str, expected: str) -> None:
    filled, rejections = expand(text, PHRASES)
    assert (filled.text, rejections) == (expected, ())
    assert filled.placed and all(filled.text[start:end] == phrase.text for start, end, phrase in filled.placed)


@pytest.mark.parametrize(("sentence", "reason"), REJECTED)
def test_a_sentence_that_cannot_be_filled_is_left_out_and_reported(sentence: str, reason: str) -> None:
    filled, (rejection,) = expand("前句。" + sentence + "后句。", PHRASES)
    assert filled.text == "前句。后句。"
    assert filled.placed == ()
    assert (rejection.reason, rejection.sentence) == (reason, sentence)
