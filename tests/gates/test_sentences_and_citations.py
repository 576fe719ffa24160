"""Sentences lose nothing; references are exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gates import find_references, split
from gates.citations import loose_names
from gates.sentences import visible


@given(st.text(alphabet="公开信息。！？；!?;\n”）」“（ 、，a1", max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join(split(text)) == text
    assert all(split(text))


def test_sentences_end_with_their_marks_and_closing_quotes() -> None:
    assert split("他说“公开。”随后答复；\n（完毕。）后") == ["他说“公开。”", "随后答复；\n", "（完毕。）", "后"]


REFERENCES = [
    (
        "按照《企业环境信息依法披露管理办法》第九条、第十二条等规定",
        [("企业环境信息依法披露管理办法", 9, 0), ("企业环境信息依法披露管理办法", 12, 0)],
    ),
    ("根据政府信息公开条例第二十六条和第12条之一", [("政府信息公开条例", 26, 0), ("政府信息公开条例", 12, 1)]),
    ("条例第三十六条第（五）项", [("条例", 36, 0)]),
    ("《中华人民共和国政府信息公开条例》规定", [("政府信息公开条例", 0, 0)]),
    ("依照第九、十二条", [("", 9, 0), ("", 12, 0)]),
    ("《行政许可法》（2019年修正）第三十条", [("行政许可法", 30, 0)]),
    ("单位应当披露本办法第十二条规定的信息", [("本办法", 12, 0)]),
    ("没有引用，第一批三条信息", []),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_references_are_found(text: str, expected: list[tuple[str, int, int]]) -> None:
    found = find_references(text)
    assert [(reference.title, reference.article_no, reference.sub) for reference in found] == expected
    assert all("第" in text[r.start : r.end] or "《" in text[r.start : r.end] for r in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环境保护法规定应当公开", ["护法"]),
        ("按民法典和实施细则办理", ["民法典", "施细则"]),
        ("依法公开，按照本条例和条例办理，违法的依照法律处理", []),
    ],
)
def test_laws_named_without_brackets(text: str, expected: list[str]) -> None:
    assert loose_names(text) == expected


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert visible("三\u200b十\u00ad八\ufeff件\r\n3\ufe0f\u20e3\u202e") == "三十八件\n3"
