"""One sentence of a model's, held to the facts that it was written from."""

from __future__ import annotations

import pytest

from domain import Phrase
from drafting.screen import Screen

APPLICATIONS = Phrase(
    "新收政府信息公开申请", "table3.new_received.total", "新收政府信息公开申请15件", 15, "件", "依申请公开"
)
REVIEWS = Phrase("行政复议", "table4.reconsideration.total", "发生行政复议3件", 3, "件", "复议诉讼")
FACTS = "事实：全年{新收政府信息公开申请}，因政府信息公开工作{行政复议}。"
MATERIAL = "全年，因政府信息公开工作"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("全年{新收政府信息公开申请}。", "全年新收政府信息公开申请15件。"),
        ("因政府信息公开工作{行政复议}。", "因政府信息公开工作发生行政复议3件。"),
        ("因政府信息公开工作{行政复议}。。", "因政府信息公开工作发生行政复议3件。"),
        ("全年新收政府信息工作{行政复议}。", ""),  # a piece of another figure's name
        ("全年新收政府信息公开申请，{行政复议}。", ""),
        ("全年新收政府信息公开申请16件。", ""),
        ("全年{新收申请}。", ""),
        ("{新收政府信息公开申请}，{行政复议}。", "新收政府信息公开申请15件，发生行政复议3件。"),  # figures alone
        ("天气晴好，大家心情愉快。", ""),
        ("全年{新收政府信息公开申请}", ""),
        ("全年{新收政府信息公开申请}，均已办结。", ""),
        ("全年{新收政府信息公开申请}，得到上级充分肯定。", ""),
        ("全年{新收政府信息公开申请}，由县长王伟负责。", ""),
        ("全年{新收政府信息公开申请}，较上年逐年递增。", ""),
        ("全年未收到政府信息公开工作申请。", ""),
        ("因政府信息公开工作没有{行政复议}。", ""),
        ("全年{新收政府信息公开申请}，按照环境保护法办理。", ""),
        ("全年{新收政府信息公开申请}（三十八）。", ""),
        ("全年{新收政府信息公开申请}，设三栏目。", ""),
        ("全年{新收政府信息公开申请}，位居第七名。", ""),
        ("全年{新收政府信息公开申请}倍。", ""),
        ("全年{新收政府信息公开申请}以上。", ""),
        ("全年{新收政府信息公开申请}，其中{新收政府信息公开申请}。", ""),
        ("《全年{新收政府信息公开申请}》。", ""),
        ("“全年{新收政府信息公开申请}”。", ""),
        ("全年{新收政府信息公开申请}……。", ""),
        ("<b>全年{新收政府信息公开申请}</b>。", ""),
        ("全年{新收政府信息公开申请}[点此](x)。", ""),
    ],
)
def test_what_is_shown_of_a_sentence(sentence: str, shown: str) -> None:
    screen = Screen({phrase.name: phrase for phrase in (APPLICATIONS, REVIEWS)}, MATERIAL, leads={"行政复议": {"工作"}})
    verdict = screen.judge(sentence, FACTS)
    assert verdict.sentence.text == shown
    assert bool(verdict.rejections) is not bool(shown)
