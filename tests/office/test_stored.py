"""Answers and drafts of earlier versions, whose notes were plain words, are read as those of this one."""

import pytest

from domain import Answer, Draft, Note
from office.stored import read, written

OLD = (
    '{"section":"problems","text":"全年公开311条。","mode":"model","figures":[],"citations":[],"signals":[],'
    '"rejected":[],"notes":["第2段由模型改写，请核对","第1段与《上年报告》相同的文字占61%，请改写"],'
    '"similarity":[],"compared_with":""}'
)


def test_a_draft_with_notes_of_plain_words():
    draft = read(Draft, OLD)
    assert [(note.code, str(note)) for note in draft.notes] == [
        ("", "第2段由模型改写，请核对"),
        ("copied", "第1段与《上年报告》相同的文字占61%，请改写"),
    ]


@pytest.mark.parametrize(
    "kept",
    [
        Answer("有。", "figures", False, notes=(Note("by-program", "由程序取得"), Note("", "旧的"))),
        Draft("other", "无。", "composed", notes=(Note("row-unread", "没有读入", "表二“规章”"),)),
    ],
)
def test_codes_come_back(kept):
    again = read(type(kept), written(kept))
    codes = [(note.code, note.about) for note in kept.notes]
    assert again == kept and [(note.code, note.about) for note in again.notes] == codes


def test_what_is_no_record_is_an_error():
    for content in ("", "{}", "[]", '{"notes": 1}'):
        with pytest.raises(ValueError):
            read(Draft, content)
