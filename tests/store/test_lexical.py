"""Words of a text, the dictionary kept on the disk, and the names that are words of their own."""

import logging
import os
import shutil

import pytest

from store.lexical import WordCutter


@pytest.fixture(scope="module")
def words():
    return WordCutter()


@pytest.fixture
def said(caplog):
    """What was said to the user, sentence by sentence."""
    caplog.set_level(logging.WARNING, logger="gongkai")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "gongkai"]


def cut(path):
    path.write_bytes(path.read_bytes()[:40])


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, flipped, lambda path: path.write_bytes(b"")])
def test_a_damaged_dictionary_is_made_anew(tmp_path, damage):
    words = WordCutter(tmp_path).of("排污许可证由生态环境主管部门核发")
    (cache,) = tmp_path.glob("jieba-*.cache")
    whole = cache.read_bytes()
    damage(cache)
    assert WordCutter(tmp_path).of("排污许可证由生态环境主管部门核发") == words
    assert len(cache.read_bytes()) == len(whole)


@pytest.mark.parametrize("broken", ["a file in its place", "an unwritable place"])
def test_words_are_cut_where_no_dictionary_can_be_kept(tmp_path, said, broken):
    folder = tmp_path / "words"
    if broken == "a file in its place":
        folder.write_text("", encoding="utf-8")
    else:
        folder.mkdir(mode=0o500)
        if os.access(folder, os.W_OK):  # the administrator may write everywhere
            shutil.rmtree(folder)
            folder.symlink_to("/proc/self/fdinfo")
    assert "水井" in WordCutter(folder).of("水井由村民共用")
    (line,) = said()
    assert "不影响检索" in line


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("备案", ("备案",)),
        ("信息 登记", ("信息", "登记")),
        ("水井水井", ("水井",)),
        ("怎么备案", ()),
        ("要不要登记", ()),
        ("谁来修水井", ()),
        ("村里的水井坏了一个月没有人修", ()),
        ("", ()),
        ("。", ()),
    ],
)
def test_words_that_are_looked_for_are_told_from_a_question(words, text, sought):
    assert words.looked_for(text) == sought


def test_names_come_and_go_and_leave_the_words_as_they_were():
    words = WordCutter()
    texts = ("依照晒谷场管理办法办理。", "依照政府信息公开条例办理。", "水井由村民共用。")
    before = [words.of(text) for text in texts]
    words.know(["晒谷场管理办法", "政府信息公开条例"])
    assert "晒谷场管理办法" in words.of(texts[0]) and "政府信息公开条例" in words.asked(texts[1])
    words.know(["政府信息公开条例"])
    assert words.of(texts[0]) == before[0] and "政府信息公开条例" in words.of(texts[1])
    words.know([])
    assert [words.of(text) for text in texts] == before
