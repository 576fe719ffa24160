"""The word index on disk, also when two programs keep it at once."""

import os
import time

import bm25s

from store.lexical import Words, lexical_index

TEXTS = ("晒谷场由村委会管理。", "水井由村民共用。", "道路不得占用。")


def test_two_programs_keep_one_index(tmp_path, monkeypatch):
    words = Words(tmp_path)
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


def test_earlier_indexes_and_a_killed_runs_leavings_go_but_not_one_being_written(tmp_path):
    words = Words(tmp_path)
    lexical_index(TEXTS[:2], words, tmp_path, "earlier")
    written, left = tmp_path / "a.unfinished", tmp_path / "b.unfinished"
    written.mkdir()
    left.mkdir()
    os.utime(left, (time.time() - 7200,) * 2)
    lexical_index(TEXTS, words, tmp_path, "now")
    names = sorted(place.name.split("-")[0] for place in tmp_path.iterdir() if place.is_dir())
    assert names == ["a.unfinished", "now"]
