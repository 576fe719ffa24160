"""What a capable model may word: neither the opposite of its article, nor half of it, nor half a sentence."""

from __future__ import annotations

import pytest

from answering.law.faithful import cuts_a_word, fluent, lack
from answering.law.write import sentences

FEES = (
    "机关依申请提供信息，不收取费用。但是，申请的数量明显超过合理范围的，机关可以收取信息处理费。\n"
    "收取信息处理费的具体办法由价格主管部门制定。"
)
TIME = (
    "能够当场答复的，应当当场答复。\n不能当场答复的，应当自收到申请之日起20个工作日内予以答复；需要延长答复期限的，"
    "应当经负责人同意并告知申请人，延长的期限最长不得超过20个工作日。"
)
MANY = (
    "申请的数量明显超过合理范围的，机关可以要求申请人说明理由。认为理由不合理的，告知申请人不予处理；认为理由合理，"
    "但是无法按期答复的，可以确定延迟答复的合理期限。"
)
SECRETS = "涉及商业秘密的信息，机关不得公开。但是，权利人同意公开的，予以公开。"
FINE = "单位不公开信息的，由主管部门责令改正，处二万元以上二十万元以下的罚款；拒不改正的，责令停产整治。"


@pytest.mark.parametrize(
    ("sentence", "text", "question"),
    [
        ("不能延期，最多延20个工作日，需要经负责人同意。", TIME, "能不能延期，最多延多久？"),
        ("不可以不处理，理由不合理的告知申请人不予处理。", MANY, "有人提了上百件申请，能不能不处理？"),
        ("商业秘密可以公开。", SECRETS, "商业秘密能公开吗"),
        ("应当自收到申请之日起30个工作日内予以答复。", TIME, "几天内答复"),
        ("延长答复期限不用告知申请人。", TIME, "延长要告知吗"),
    ],
)
def test_the_opposite_of_the_article(sentence: str, text: str, question: str) -> None:
    found = lack(sentence, text, question)
    assert found is not None and found.turned


@pytest.mark.parametrize(
    ("sentence", "text", "question"),
    [
        ("机关依申请提供信息，不收取费用。", FEES, "可以收费吗"),
        ("涉及商业秘密的信息，机关不得公开。", SECRETS, "涉及商业秘密怎么处理"),
        ("单位不公开信息的，由主管部门责令改正并罚款。", FINE, "不公开怎么处罚"),
    ],
)
def test_half_of_the_article(sentence: str, text: str, question: str) -> None:
    found = lack(sentence, text, question)
    assert found is not None and not found.turned


@pytest.mark.parametrize(
    ("sentence", "text", "question"),
    [
        ("机关依申请提供信息不收取费用，但申请数量明显超过合理范围的，可以收取信息处理费。", FEES, "可以收费吗"),
        ("涉及商业秘密的信息不得公开，但权利人同意公开的，予以公开。", SECRETS, "涉及商业秘密怎么处理"),
        ("不能当场答复的，应当自收到申请之日起20个工作日内予以答复。", TIME, "几天内答复"),
        ("单位不公开信息的，由主管部门责令改正，处二万元以上二十万元以下的罚款。", FINE, "不公开怎么处罚"),
    ],
)
def test_what_may_stand(sentence: str, text: str, question: str) -> None:
    assert lack(sentence, text, question) is None


def test_an_exception_may_be_told_in_a_sentence_of_its_own() -> None:
    assert lack("涉及商业秘密的信息，机关不得公开。", SECRETS, "怎么处理", "但是，权利人同意公开的，予以公开。") is None


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("答复期限从收到申请之日起算。", True),
        ("的期限从收到申请之日起算。", False),
        ("，期限从收到申请之日起算。", False),
        ("答复期限由。", False),
        ("应当公开的信息包括。", False),
        ("申请人应当向", False),
    ],
)
def test_whole_sentences(sentence: str, whole: bool) -> None:
    assert fluent(sentence) is whole


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("答复期限从收到申请之日起算。[1]", "答复期限从收到申请之日起算。[1]"),
        ("答复申请人应当书面。[1]", "答复申请人应当书面。[1]"),
        ("答案由单位公布。[1]", "答案由单位公布。[1]"),
        ("答：应当在20日内答复。[1]", "应当在20日内答复。[1]"),
        ("因此，应当公开。[1]", "应当公开。[1]"),
        ("回答申请应当及时。[1]", "回答申请应当及时。[1]"),
    ],
)
def test_a_cleaning_cuts_no_word(said: str, left: str) -> None:
    assert list(sentences([said, "完"])) == [left]


@pytest.mark.parametrize(
    ("before", "after", "cut"), [("答复期限", "复期限", True), ("因此应当", "应当", False), ("答复", "答复", False)]
)
def test_cuts(before: str, after: str, cut: bool) -> None:
    assert cuts_a_word(before, after) is cut


@pytest.mark.parametrize(
    ("sentence", "text", "question"),
    [
        ("可以延期，应当经负责人同意并告知申请人，最长不得超过20个工作日。", TIME, "能不能延期"),
        ("单位不公开信息的，由上级机关责令改正，处二万元以上二十万元以下的罚款。", FINE, "不公开怎么处罚"),
        ("处二万元以上二十万元以下的罚款。", FINE, "怎么处罚"),
    ],
)
def test_what_strays_from_the_wording_is_given_in_the_articles_words(sentence: str, text: str, question: str) -> None:
    found = lack(sentence, text, question)
    assert found is not None and not found.turned
