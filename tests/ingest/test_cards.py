"""Digest cards: the schema, the built-in cards against the official texts, and what they lend."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from domain import Document, Passage, UnusableInput
from ingest.cards import CARDS, SOURCE_MARK, carry_keywords, load_aliases, load_cards
from ingest.numerals import NUMERAL, article_label, to_int

FILES = sorted(CARDS.glob("*.toml"))
LONGEST_COMMON_RUN = 14
"""Characters; a run that is longer is a sentence and not a term."""
NAMES = ("设区的市级以上地方生态环境主管部门", "国务院生态环境主管部门", "全国排污许可证管理信息平台")
"""Names of things that have no other wording: each counts as one character."""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def built_in() -> dict[str, Document]:
    return dict(zip((path.name for path in FILES), load_cards(), strict=True))


def official_articles(shared: Path, card: Document) -> dict[str, str]:
    """Article label → text of the very version that the cards digest."""
    found = sorted((shared / "regulations").glob(f"{card.title}({card.promulgated}).*"))
    if not found:
        pytest.skip(f"{card.title}（{card.promulgated}）没有可对照的官方文本")
    text = found[0].read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(#|第[" + NUMERAL + r"]+[章节]).*$", "", text)
    parts = re.split(r"(?m)^\s*(第[" + NUMERAL + r"]+条(?:之[一二三四五])?)[\s　]+", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def pairs(shared: Path, path: Path) -> list[tuple[Passage, str]]:
    card = built_in()[path.name]
    articles = official_articles(shared, card)
    return [(passage, articles[passage.article]) for passage in card.passages]


# --- the built-in cards -------------------------------------------------------------------------


def test_the_disclosure_regulation_is_complete():
    regulation = built_in()["政府信息公开条例.toml"]
    assert [p.article for p in regulation.passages] == [article_label(number) for number in range(1, 57)]
    assert (regulation.promulgated, regulation.effective_from) == (date(2019, 4, 3), date(2019, 5, 15))


@each_file
def test_cards_are_marked_as_not_verbatim_and_findable(path: Path):
    document = built_in()[path.name]
    assert document.kind == "regulation" and document.source.startswith(SOURCE_MARK)
    assert not document.title.startswith("中华人民共和国")
    for passage in document.passages:
        assert not passage.verbatim and passage.heading, passage.article
        assert len(passage.text) >= 40 and len(passage.also) >= 20, passage.article


@each_file
def test_no_card_is_longer_than_evidence_should_be(path: Path, shared: Path):
    """At most 200 characters; 260 where the official article lists more than ten items."""
    for passage, official in pairs(shared, path):
        limit = 260 if re.search("[(（]十一[)）]", official) else 200
        assert len(passage.text) <= limit, f"{passage.article} 有{len(passage.text)}字，上限{limit}"


@each_file
def test_cards_are_in_our_own_words(path: Path, shared: Path):
    runs = {p.article: longest_common_run(p.text, official) for p, official in pairs(shared, path)}
    copied = {article: run for article, run in runs.items() if len(run) > LONGEST_COMMON_RUN}
    assert not copied


@each_file
def test_numbers_agree_with_the_official_text(path: Path, shared: Path):
    """Every deadline, amount and count, in both directions."""
    differing = {
        passage.article: (ours, theirs)
        for passage, official in pairs(shared, path)
        if (ours := quantities(passage.text)) != (theirs := quantities(official))
    }
    assert not differing


@each_file
def test_cards_refer_only_to_articles_that_the_official_text_refers_to(path: Path, shared: Path):
    for passage, official in pairs(shared, path):
        assert references(passage.text) <= references(official), passage.article


def test_questions_are_not_taken_from_the_evaluation_set(shared: Path):
    lines = (shared / "eval" / "domain_dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = {squeezed(json.loads(line)["q"]) for line in lines}
    for document in built_in().values():
        for passage in document.passages:
            assert not asked & {squeezed(words) for words in passage.also.split()}, passage.article


# --- what is compared ---------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """Without spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def longest_common_run(ours: str, theirs: str) -> str:
    """The longest run of characters in both, punctuation ignored.

    The list comma 、 ends a run: a list of legal terms (国家安全、公共安全) has no other wording.
    So do the titles of statutes.
    """
    for mark, name in enumerate(NAMES):
        ours, theirs = (text.replace(name, chr(0x3400 + mark)) for text in (ours, theirs))
    left, right = ("|".join(map(squeezed, re.split("、|《.*?》", text))) for text in (ours, theirs))
    right = right.replace("|", "¦")
    match = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    return left[match.a : match.a + match.size]


_NUMBER = rf"\d+(?:\.\d+)?|[{NUMERAL}]+"
_UNIT = "个?工作日|日|天|个月|月|年|小时|个(?!工作日|月)|万?元|倍|次|名|人|%"
_QUANTITY = re.compile(rf"百分之(?P<percent>[{NUMERAL}]+)|(?<!第)(?P<number>{_NUMBER})(?P<unit>{_UNIT})")


def quantities(text: str) -> set[tuple[float, str]]:
    """Deadlines, amounts and counts as (number, unit): 十个工作日 and 10个工作日 are the same.

    上一年, 这一天 and 一个 (as in 一个机构) count nothing; references to articles are none either.
    """
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(rf"第[{NUMERAL}]+[条款项]|上一年|[这那同]一[天日年]", "", text)
    found = set()
    for match in _QUANTITY.finditer(text):
        if match["percent"]:
            found.add((value(match["percent"]), "%"))
            continue
        unit = match["unit"].removeprefix("个") or "个"
        number = value(match["number"]) * (10_000 if unit == "万元" else 1)
        found.add((number, "元" if unit == "万元" else unit))
    return found - {(1, "个"), (1, "人")}


def value(number: str) -> float:
    """Also 5千 and 1.5万, an Arabic number before a Chinese unit."""
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万]?)", number)
    if arabic:
        return float(arabic[1]) * {"": 1, "百": 100, "千": 1_000, "万": 10_000}[arabic[2]]
    return to_int(number)


def references(text: str) -> set[int]:
    return {to_int(number) for number in re.findall(rf"第([{NUMERAL}]+)条", text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自收到申请之日起20个工作日内", {(20, "工作日")}),
        ("十五个工作日内，依照第三十三条", {(15, "工作日")}),
        ("每年1月31日前提交上一年度的", {(1, "月"), (31, "日")}),
        ("两个以上机关，指定一个机构", {(2, "个")}),
        ("处10万元以上五十万元以下罚款", {(100_000, "元"), (500_000, "元")}),
        ("三个月内，百分之五十，1.5倍", {(3, "月"), (50, "%"), (1.5, "倍")}),
        ("5千元至1.5万元，从这一天起", {(5_000, "元"), (15_000, "元")}),
    ],
)
def test_quantities_are_read_in_any_spelling(text: str, expected: set):
    assert quantities(text) == expected


def test_copying_is_seen_but_terms_and_names_are_not():
    official = "行政机关应当依照《保守国家秘密法》审查，涉及国家安全、公共安全、经济安全的，报国务院生态环境主管部门。"
    assert len(longest_common_run("行政机关，应当依照", official)) == 8
    assert len(longest_common_run("有关国家安全、公共安全、经济安全", official)) == 4
    assert len(longest_common_run("由国务院生态环境主管部门定", official)) == 1
    assert longest_common_run("照《保守国家秘密法》办", official) == "照"


# --- the loader ---------------------------------------------------------------------------------

HEAD = """
title = "示例办法"
full_title = "示例办法"
aliases = ["办法"]
number = "示例令第1号"
issuer = "示例部"
level = "部门规章"
promulgated = 2021-12-11
effective_from = 2022-02-08
source = "示例部公报"
checked = 2026-11-23
"""


def article(number: int, sub: int = 0, extra: str = "") -> str:
    return (
        f'[[article]]\nno = {number}\nsub = {sub}\nchapter = "第一章 总则"\ndigest = "要点{number}"\n'
        f'keywords = ["术语{number}"]\nquestions = ["怎么问{number}"]\n{extra}\n'
    )


def written(folder: Path, content: str, name: str = "示例办法.toml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_a_card_file_becomes_a_document(tmp_path: Path):
    (document,) = load_cards(written(tmp_path, HEAD + article(1) + article(2) + article(2, 1)))
    assert [p.article for p in document.passages] == ["第一条", "第二条", "第二条之一"]
    first = document.passages[0]
    assert (first.text, first.heading, first.verbatim) == ("要点1", "第一章 总则", False)
    assert "术语1" in first.also and "怎么问1" in first.also
    assert document.source == "要点（非原文）：示例部公报" and len(document.digest) == 64


def test_an_empty_folder_has_no_cards(tmp_path: Path):
    assert load_cards(tmp_path) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title = ", "不是正确的 TOML"),
        (HEAD.replace('issuer = "示例部"', "") + article(1), "缺少：issuer"),
        ("colour = 1\n" + HEAD + article(1), "不认识的键：colour"),
        (HEAD.replace("部门规章", "规矩") + article(1), "level"),
        (HEAD.replace("2022-02-08", '"2022-02-08"') + article(1), "effective_from 应为日期"),
        (HEAD + article(1, extra="tone = 1"), "第一条 有不认识的键：tone"),
        (HEAD + article(1).replace('["术语1"]', "[]"), "第一条 的 keywords 应为非空列表"),
        (HEAD + article(1).replace('["怎么问1"]', '["怎么问1", 2]'), "第一条 的 questions"),
        (HEAD + article(1).replace('digest = "要点1"', 'digest = " "'), "第一条 的 digest"),
        (HEAD + article(1).replace("no = 1", "no = true"), "第1个 [[article]] 的 no"),
        (HEAD + article(1) + article(1), "第一条 重复或者顺序不对"),
        (HEAD + article(2) + article(1), "第二条 之前有缺条"),
        (HEAD + article(1) + article(3), "第三条 之前有缺条"),
        (HEAD + article(1) + article(2, 1), "第二条之一 之前有缺条"),
        ("article = [1]\n" + HEAD, "[[article]]"),
        (HEAD + article(1, extra='label = "计费"'), "计费：没有条号的写 no = 0 和 label"),
        (HEAD + article(0), "第1个 [[article]]：没有条号的写 no = 0 和 label"),
        (HEAD + article(0, extra='label = "计费"') * 2, "计费 重复"),
    ],
)
def test_a_broken_card_file_is_refused_by_name(tmp_path: Path, content: str, said: str):
    with pytest.raises(UnusableInput) as refusal:
        load_cards(written(tmp_path, content))
    assert "示例办法.toml" in str(refusal.value) and said in str(refusal.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    (tmp_path / "示例办法.toml").write_bytes((HEAD + article(1)).encode("gb18030"))
    with pytest.raises(UnusableInput, match="示例办法.toml"):
        load_cards(tmp_path)


def test_a_partial_file_may_skip_articles_but_not_repeat_them(tmp_path: Path):
    (document,) = load_cards(written(tmp_path, "partial = true\n" + HEAD + article(3) + article(7)))
    assert [p.article_no for p in document.passages] == [3, 7]
    with pytest.raises(UnusableInput, match="重复"):
        load_cards(written(tmp_path, "partial = true\n" + HEAD + article(3) + article(3)))


def test_a_document_without_numbered_articles_has_topics(tmp_path: Path):
    (document,) = load_cards(written(tmp_path, HEAD + article(0, extra='label = "计费方式"')))
    assert [(p.article, p.article_no) for p in document.passages] == [("计费方式", 0)]


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(UnusableInput, match="没有的文件夹"):
        load_cards(tmp_path / "没有的文件夹")


def test_aliases_lead_to_the_short_title_unless_two_regulations_claim_them(tmp_path: Path):
    written(tmp_path, HEAD + article(1))
    assert load_aliases(tmp_path) == {"示例办法": "示例办法", "办法": "示例办法"}
    written(tmp_path, HEAD.replace("示例办法", "另一办法") + article(1), "另一办法.toml")
    assert load_aliases(tmp_path) == {"示例办法": "示例办法", "另一办法": "另一办法"}


def test_no_alias_of_the_built_in_cards_is_ambiguous():
    aliases = load_aliases()
    assert aliases["条例"] == aliases["信息公开条例"] == "政府信息公开条例"


# --- what an official text takes over -------------------------------------------------------------

OFFICIAL = Document(
    kind="regulation",
    title="示例办法",
    source="示例办法.txt",
    digest="0" * 64,
    promulgated=date(2021, 12, 11),
    passages=(
        Passage(text="题注"),
        Passage(text="第一条原文", article="第一条", article_no=1),
        Passage(text="第二条之一原文", article="第二条之一", article_no=2, article_sub=1),
        Passage(text="第九条原文", article="第九条", article_no=9, also="自有词"),
    ),
)


@pytest.fixture
def cards(tmp_path: Path) -> tuple[Document, ...]:
    return load_cards(written(tmp_path, HEAD + article(1) + article(2) + article(2, 1)))


def test_an_official_text_takes_the_words_of_its_cards_and_nothing_else(cards):
    carried = carry_keywords(OFFICIAL, cards)
    assert [p.also for p in carried.passages] == ["", "术语1 怎么问1", "术语2 怎么问2", "自有词"]
    assert [replace(p, also="") for p in carried.passages] == [replace(p, also="") for p in OFFICIAL.passages]
    assert carry_keywords(carried, cards) == carried


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ({"promulgated": None}, True),
        ({"promulgated": date(2014, 1, 1)}, False),
        ({"title": "别的办法"}, False),
        ({"kind": "report"}, False),
    ],
)
def test_only_the_same_version_takes_them(cards, change: dict, taken: bool):
    document = replace(OFFICIAL, **change)
    assert (carry_keywords(document, cards) != document) is taken
