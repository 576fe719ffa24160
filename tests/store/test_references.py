"""What a text names outright; never a guess."""

import pytest

from store.references import Names, Reference, find_references

TITLES = ("政府信息公开条例", "企业环境信息依法披露管理办法", "水污染防治法", "行政处罚法", "环境行政处罚办法", "生态环境行政处罚办法")
NAMES = Names(
    [
        ("条例", "政府信息公开条例"),
        ("生态环境部令第24号", "企业环境信息依法披露管理办法"),
        ("环评法", "环境影响评价法"),
        ("处罚规章", "环境行政处罚办法"),
        ("处罚规章", "生态环境行政处罚办法"),
    ],
    TITLES,
)
OPENNESS, DISCLOSURE = "政府信息公开条例", "企业环境信息依法披露管理办法"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("《政府信息公开条例》第50条", [(OPENNESS, 50)]),
        ("《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条", [(OPENNESS, 50)]),
        ("政府信息公开条例５０条怎么说", [(OPENNESS, 50)]),
        ("条例第五十条", [(OPENNESS, 50)]),
        ("根据条例的第五十条第一款第（二）项", [(OPENNESS, 50)]),
        ("请问企业环境信息依法披露管理办法第12条和第13条", [(DISCLOSURE, 12), (DISCLOSURE, 13)]),
        ("披露办法第十二条、第二十一条", [(DISCLOSURE, 12), (DISCLOSURE, 21)]),
        ("披露办法第12、13条", [(DISCLOSURE, 12), (DISCLOSURE, 13)]),
        ("部令第24号第九条", [(DISCLOSURE, 9)]),
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
        ("今年新增了三条线路", []),
    ],
)
def test_references(text, expected):
    assert find_references(text, NAMES) == [Reference(title, number) for title, number in expected]


def test_an_inserted_article_keeps_its_之一():
    assert find_references("行政处罚法第十二条之一", NAMES) == [Reference("行政处罚法", 12, 1)]


@pytest.mark.parametrize(
    "text, titles", [("行政处罚法怎么说", {"行政处罚法"}), ("生态环境行政处罚办法", {"生态环境行政处罚办法"}), ("处罚", set())]
)
def test_a_title_within_a_longer_title_is_not_mentioned(text, titles):
    assert NAMES.mentioned(text) == titles
