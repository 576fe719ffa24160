"""What a text names outright; never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.references import ArticleReference, Names, find_references

TITLES = (
    "政府信息公开条例",
    "企业环境信息依法披露管理办法",
    "水污染防治法",
    "行政处罚法",
    "环境行政处罚办法",
    "生态环境行政处罚办法",
)
NAMES = Names(
    [
        ("条例", "政府信息公开条例"),
        ("生态环境部令第24号", "企业环境信息依法披露管理办法"),
        ("环评法", "环境影响评价法"),
        ("处罚规章", "环境行政处罚办法"),
        ("处罚规章", "生态环境行政处罚办法"),
        ("环保法", "环境保护法"),
        ("法典", "生态环境法典"),
        ("生态环境法典", "生态环境法典"),
        ("民法典", "民法典"),
        ("保密法", "保守国家秘密法"),
        ("保密法实施条例", "保守国家秘密法实施条例"),
        ("生态环境部令第4号", "环境影响评价公众参与办法"),
        ("国务院令第711号", "政府信息公开条例"),
        ("污染源自动监控管理办法", "污染源自动监控管理办法"),
        ("污染源自动监控设施运行管理办法", "污染源自动监控设施运行管理办法"),
    ],
    (*TITLES, "污染源自动监控管理办法"),
)
OPENNESS, DISCLOSURE = "政府信息公开条例", "企业环境信息依法披露管理办法"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《政府信息公开条例》第50条", [(OPENNESS, 50)]),
        ("《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条", [(OPENNESS, 50)]),
        ("政府信息公开条例５０条怎么说", [(OPENNESS, 50)]),
        ("条例第五十条", [(OPENNESS, 50)]),
        ("政府信息公开条例有第五十条吗", [(OPENNESS, 50)]),
        ("政府信息公开条例里有没有第五十条", [(OPENNESS, 50)]),
        ("《政府信息公开条例》到底有没有第五十条", [(OPENNESS, 50)]),
        ("根据条例的第五十条第一款第（二）项", [(OPENNESS, 50)]),
        ("请问企业环境信息依法披露管理办法第12条和第13条", [(DISCLOSURE, 12), (DISCLOSURE, 13)]),
        ("披露办法第十二条、第二十一条", [(DISCLOSURE, 12), (DISCLOSURE, 21)]),
        ("披露办法第12、13条", [(DISCLOSURE, 12), (DISCLOSURE, 13)]),
        ("部令第24号第九条", [(DISCLOSURE, 9)]),
        ("24号令第九条", [(DISCLOSURE, 9)]),
        ("生态环境部第24号令第九条", [(DISCLOSURE, 9)]),
        ("国令第711号第三十六条", [(OPENNESS, 36)]),
        ("国务院第711号令第36条", [(OPENNESS, 36)]),
        ("条例第五十条第（四）项和披露办法第七条", [(OPENNESS, 50), (DISCLOSURE, 7)]),
        ("《条例》第十四条至第十六条", [(OPENNESS, 14), (OPENNESS, 15), (OPENNESS, 16)]),
        ("新条例第20条", [(OPENNESS, 20)]),
        ("条例 第 五十 条", [(OPENNESS, 50)]),
        ("行政处罚法第四十八条与条例第二十条", [("行政处罚法", 48), (OPENNESS, 20)]),
        # nothing that is certain
        ("第五十条", []),
        ("本条例第五十条", []),
        ("水法第十二条", []),  # another law, not an abbreviation
        ("警务公开条例第三条", []),  # a longer name that only ends alike
        ("《警务信息公开条例》第三条", []),
        ("处罚规章第三条", []),  # two regulations claim the name
        ("处罚办法第三条", []),  # fits two
        ("环评法第三条", []),  # known, but not held
        ("法典第三条", []),
        ("自动监控办法第三条", []),  # of two known titles one is held: still no clear abbreviation
        ("今年新增了三条线路", []),
    ],
)
def test_references(text, expected):
    assert find_references(text, NAMES) == [ArticleReference(title, number) for title, number in expected]


def test_an_inserted_article_keeps_its_之一():
    assert find_references("行政处罚法第十条之十二", NAMES) == [ArticleReference("行政处罚法", 10, 12)]
    assert find_references("行政处罚法第十二条之一", NAMES) == [ArticleReference("行政处罚法", 12, 1)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [("行政处罚法怎么说", {"行政处罚法"}), ("生态环境行政处罚办法", {"生态环境行政处罚办法"}), ("处罚", set())],
)
def test_a_title_within_a_longer_title_is_not_mentioned(text, titles):
    assert NAMES.mentioned(text) == titles


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("环保法第五十三条", {"环境保护法"}),
        ("今年的报告还能引用环保法吗", {"环境保护法"}),
        ("《环保法》还有效吗", {"环境保护法"}),
        ("法典一百四十条", {"生态环境法典"}),
        ("民法典第一条", {"民法典"}),
        ("保密法实施条例第三条", {"保守国家秘密法实施条例"}),
        ("24号令第九条", {DISCLOSURE}),
        ("依据环保法规开展工作", set()),  # a word that only begins alike
        ("土壤环保法第三条", set()),
        ("第五十条", set()),
    ],
)
def test_a_short_name_names_its_regulation_where_it_stands_alone(text, titles):
    assert NAMES.named(text) == titles


@given(st.lists(st.sampled_from(["水", "污染", "防治", "法", "办法", " ", "《", "条例"]), max_size=12), st.data())
def test_the_names_in_a_text_are_all_that_stand_in_it(words, data):
    """As if each were looked for by itself; one within a longer one, and one of few characters, does not count."""
    text = "".join(words)
    drawn = data.draw(st.lists(st.text("水污染防治法办条例", min_size=1, max_size=8), max_size=8, unique=True))
    names = {name for name in drawn if len(name) >= 4 and name in text.replace(" ", "")}
    whole = {name for name in names if not any(name in other for other in names - {name})}
    assert Names([], drawn).spoken_of(text) == whole
