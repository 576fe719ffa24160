"""Who types words and asks nothing gets the articles that hold them, however people ask for others."""

import pytest

pytestmark = pytest.mark.embedding


@pytest.mark.parametrize("word", ["备案", "举报", "收费", "公开指南", "商业秘密", "身份证明", "重点排污单位", "复议"])
def test_the_first_article_holds_the_words(built_in, word):
    first = built_in.search(word, kind="regulation")[0]
    assert word in f"{first.title}{first.heading}{first.text}"


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("收费 频次", {"第四十二条"}),
        ("信息登记", {"第四十一条", "第四十五条", "第二十四条"}),
        ("举报 投诉", {"第三十九条"}),
        ("延期", {"第三十三条"}),
    ],
)
def test_of_several_words_all_count(built_in, words, articles):
    assert articles & {hit.article for hit in built_in.search(words, kind="regulation")[:3]}
