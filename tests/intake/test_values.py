"""What an office's words mean: the examples of each meaning, and the words that it must not take."""

import tomllib

import pytest

from intake.applicants import by_name, proposed
from intake.values import choices, own_meaning, propose
from intake.words import FOLDER

MEANINGS = tomllib.loads((FOLDER / "values.toml").read_text(encoding="utf-8"))
CASES = [(column, one) for column, entries in MEANINGS.items() for one in entries["meaning"]]


def meant(column, word):
    return own_meaning(column, word) or propose(column, word).is_


@pytest.mark.parametrize(
    ("column", "one"), CASES, ids=lambda value: value if isinstance(value, str) else value["is"] or "（不定）"
)
def test_every_meaning_takes_its_words_and_examples_and_leaves_the_others(column, one):
    for word in (*one["words"], *one["means"]):
        assert meant(column, word) == one["is"], word
    for word in one["not"]:
        assert meant(column, word) != one["is"] or not one["is"], word
    if one["is"] and choices(column) and column not in ("类型", "指标"):
        assert one["is"] in choices(column)


@pytest.mark.parametrize(
    ("word", "is_"),
    [
        ("信息不存在", "无法提供-本机关不掌握相关政府信息"),
        ("非本机关公开", "无法提供-本机关不掌握相关政府信息"),
        ("不予公开（过程性信息）", "不予公开-属于四类过程性信息"),
        ("不予公开-涉及商业秘密", "不予公开-保护第三方合法权益"),
        ("部分公开，其余属商业秘密不予公开", "部分公开"),
        ("不予公开", ""),
        ("未主动公开", ""),
        ("不同意公开", ""),
        ("不予公开（信访）", ""),  # the group says one thing, the item another: a person decides
        ("同意公开", "予以公开"),
        ("答复", ""),
        ("转办", ""),
    ],
)
def test_a_meaning_never_crosses_from_one_group_to_another(word, is_):
    assert propose("办理结果", word).is_ == is_


def test_the_reason_names_the_article():
    assert "第三十六条第（五）项" in propose("办理结果", "非本机关公开").why
    assert "第三十六条第（四）项" in propose("办理结果", "政府信息不存在").why


@pytest.mark.parametrize("word", ["公民", "自然人", " 自然 人"])
def test_the_form_s_own_words_need_nobody(word):
    assert own_meaning("申请人类型", word) == "自然人"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("张三", "自然人"),
        ("欧阳某某", "自然人"),
        ("某某科技有限公司", "商业企业"),
        ("某某律师事务所", "法律服务机构"),
        ("某市环境科学研究院", "科研机构"),
        ("某某环保基金会", "社会公益组织"),
        ("某村村民委员会", ""),
        ("某某商会", ""),
        ("Smith", ""),
    ],
)
def test_a_name_gives_a_class_to_confirm_and_never_itself(name, kind):
    said = by_name(name)
    assert proposed(said) == kind
    assert name not in said
