"""Characters are read as they are meant, and what was printed is still known."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import clean
from ingest.characters import fold_characters, folded, radicals

BLOCKS = [range(0x2E80, 0x2F00), range(0x2F00, 0x2FE0), range(0x31C0, 0x31F0)]


@pytest.mark.parametrize("block", BLOCKS)
def test_every_assigned_character_of_the_blocks_becomes_an_ideograph(block):
    for code in block:
        name = unicodedata.name(chr(code), "")
        meant = fold_characters(chr(code))
        if not name or meant == chr(code):
            assert not name.startswith("KANGXI") and (not name or name.startswith("CJK")), hex(code)
            continue
        assert len(meant) == 1 and unicodedata.name(meant).startswith("CJK UNIFIED IDEOGRAPH"), hex(code)


@pytest.mark.parametrize("code", range(0x2F00, 0x2FD6))
def test_kangxi_radicals_agree_with_their_compatibility_ideograph(code):
    meant = fold_characters(chr(code))
    assert meant == ("户" if code == 0x2F3E else unicodedata.normalize("NFKC", chr(code)))


def test_only_a_few_radicals_have_no_ideograph():
    left = [code for code in range(0x2E80, 0x2EF4) if code != 0x2E9A and fold_characters(chr(code)) == chr(code)]
    assert left == [0x2E80]


@pytest.mark.parametrize("code", [*range(0xF900, 0xFAFF), *range(0x2F800, 0x2FA1E)])
def test_compatibility_ideographs_become_the_ideograph(code):
    meant = fold_characters(chr(code))
    assert meant == unicodedata.normalize("NFC", chr(code)) and len(meant) == 1


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼀、总体情况", "一、总体情况"),
        ("周期偏⻓", "周期偏长"),
        ("⼈⺠政府⻔⼾⽹站", "人民政府门户网站"),
        ("⻋辆⻅⻛", "车辆见风"),
        ("⻩⻰⼭⻥⻢⻦", "黄龙山鱼马鸟"),
        ("２０２４年１２件", "2024年12件"),
        ("ＰＭ２．５", "PM2．5"),
        ("政\u00ad府\u200b信\ufeff息", "政府信息"),
        ("金\uf90a額", "金金額"),
        ("完毕｡", "完毕。"),
        ("（一）、：；，％￥", "（一）、：；，％￥"),
        ("①②㎡Ⅲ", "①②㎡Ⅲ"),
        ("戶籍、黃金、靑年", "戶籍、黃金、靑年"),
        ("3．2", "3．2"),
    ],
)
def test_what_is_folded_and_what_is_not(printed, meant):
    assert clean(printed) == meant


@given(st.text(alphabet="⼀一⻓长\u200b\u00ad３3户⼾（，", max_size=30))
def test_the_way_back_gives_what_was_printed(text):
    found = folded(text)
    assert found.text == fold_characters(text)
    assert fold_characters(found.printed(0, len(found.text))) == found.text
    for at in range(len(found.text)):
        assert fold_characters(found.printed(at, at + 1)) == found.text[at]
        assert found.printed(at, at + 1) in text


def test_radicals_are_named_once():
    assert radicals("⼀⼀⻓一户⼾") == ["⼀", "⻓", "⼾"]
