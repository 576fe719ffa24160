"""The word index on disk, also when two programs keep it at once."""

import logging
import os
import shutil
import time

import bm25s
import pytest

from store.lexical import WordCutter, lexical_index

TEXTS = ("晒谷场由村委会管理。", "水井由村民共用。", "道路不得占用。")


@pytest.fixture(scope="module")
def words():
    return WordCutter()


def test_two_programs_keep_one_index(tmp_path, words, monkeypatch):
    save = bm25s.BM25.save

    def save_while_another_does(index, folder, **options):
        monkeypatch.setattr(bm25s.BM25, "save", save)
        lexical_index(TEXTS, words, tmp_path, "same")  # the other one begins later and is first
        save(index, folder, **options)

    monkeypatch.setattr(bm25s.BM25, "save", save_while_another_does)
    ours = lexical_index(TEXTS, words, tmp_path, "same")
    (kept,) = [place for place in tmp_path.iterdir() if place.is_dir()]
    assert not kept.name.endswith(".unfinished")
    again = lexical_index(TEXTS, words, tmp_path, "same")
    assert ours.scores(["水井"]).argmax() == again.scores(["水井"]).argmax() == 1


def test_earlier_indexes_and_a_killed_runs_leavings_go_but_not_one_being_written(tmp_path, words):
    lexical_index(TEXTS[:2], words, tmp_path, "earlier")
    written, left = tmp_path / "a.unfinished", tmp_path / "b.unfinished"
    written.mkdir()
    left.mkdir()
    os.utime(left, (time.time() - 7200,) * 2)
    lexical_index(TEXTS, words, tmp_path, "now")
    names = sorted(place.name.split("-")[0] for place in tmp_path.iterdir() if place.is_dir())
    assert names == ["a.unfinished", "now"]


# --- what a power cut leaves --------------------------------------------------------------------------


def cut(path):
    path.write_bytes(path.read_bytes()[:40])


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


@pytest.fixture
def said(caplog):
    """What was said to the user, sentence by sentence."""
    caplog.set_level(logging.WARNING, logger="gongkai")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "gongkai"]


def kept(folder):
    (place,) = [place for place in folder.iterdir() if place.is_dir()]
    return place


def files(folder, words):
    lexical_index(TEXTS, words, folder, "same")
    return sorted(path.name for path in kept(folder).iterdir())


@pytest.mark.parametrize("damage", [cut, flipped, lambda path: path.write_bytes(b""), lambda path: path.unlink()])
def test_a_damaged_file_of_the_index_is_noticed_and_the_index_made_anew(tmp_path, words, said, caplog, damage):
    for name in files(tmp_path, words):
        damage(kept(tmp_path) / name)
        again = lexical_index(TEXTS, words, tmp_path, "same")
        assert again.scores(["水井"]).argmax() == 1
        assert said() == ["检索用的词语索引已损坏，正在重建"], name
        lexical_index(TEXTS, words, tmp_path, "same")
        assert len(said()) == 1, "once it is whole again, nothing is said"
        caplog.clear()


def test_an_index_of_other_texts_under_the_same_name_is_not_used(tmp_path, words, said):
    lexical_index(TEXTS[:2], words, tmp_path, "same")
    index = lexical_index(TEXTS, words, tmp_path, "same")
    assert len(index.scores(["道路"])) == 3 and index.scores(["道路"]).argmax() == 2 and len(said()) == 1


@pytest.mark.parametrize("damage", [cut, flipped, lambda path: path.write_bytes(b"")])
def test_a_damaged_dictionary_is_made_anew(tmp_path, damage):
    words = WordCutter(tmp_path).of("排污许可证由生态环境主管部门核发")
    (cache,) = tmp_path.glob("jieba-*.cache")
    whole = cache.read_bytes()
    damage(cache)
    assert WordCutter(tmp_path).of("排污许可证由生态环境主管部门核发") == words
    assert len(cache.read_bytes()) == len(whole)


@pytest.mark.parametrize("broken", ["a file in its place", "an unwritable place"])
def test_a_search_goes_on_where_nothing_can_be_kept(tmp_path, said, broken):
    folder = tmp_path / "words"
    if broken == "a file in its place":
        folder.write_text("", encoding="utf-8")
    else:
        folder.mkdir(mode=0o500)
        if os.access(folder, os.W_OK):  # the administrator may write everywhere
            shutil.rmtree(folder)
            folder.symlink_to("/proc/self/fdinfo")
    index = lexical_index(TEXTS, WordCutter(folder), folder, "same")
    assert index.scores(["水井"]).argmax() == 1
    assert len(said()) == 2 and all("不影响检索" in line for line in said())


def test_words_that_stand_nowhere_find_nothing_and_not_the_last_passages(tmp_path, words):
    index = lexical_index(TEXTS, words, tmp_path, "unknown")
    assert not index.scores(["飞机场"]).any() and not index.scores([]).any()
    found = index.scores(["飞机场", "水井"])
    assert found.argmax() == 1 and (found > 0).sum() == 1


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


def test_the_passages_that_hold_every_word(tmp_path, words):
    index = lexical_index(TEXTS, words, tmp_path, "holding")
    assert index.holding(("水井",)).nonzero()[0].tolist() == [1]
    assert not index.holding(("水井", "飞机场")).any()
    assert not index.holding(()).any()
