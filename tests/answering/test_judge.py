"""One sentence of a model against the passages that it cites."""

from __future__ import annotations

from datetime import date

import pytest

from answering.judge import judge
from domain import Hit

LISTED = Hit(
    "regulation", "某信息公开办法", "第二十条", 20,
    "行政机关应当主动公开下列信息：（一）行政法规、规章和规范性文件；（二）机关职能、机构设置；（三）对环境造成不良影响的事项。",
    True, "现行有效", date(2020, 1, 1), None, "", "某部令", 0.9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        ("环评批复要不要主动公开", "环评批复属于行政法规、规章和规范性文件，应当主动公开[1]。", False),
        ("环评批复要不要主动公开", "环评批复应当主动公开[1]。", False),
        ("规章要不要主动公开", "规章和规范性文件应当主动公开[1]。", True),
        ("哪些信息要主动公开", "行政机关应当主动公开机关职能、机构设置[1]。", True),
        ("哪些事项要主动公开", "行政机关应当主动公开对环境造成不良影响的事项[1]。", True),
        ("哪些事项要主动公开", "行政机关不得公开机关职能、机构设置[1]。", False),
    ],
)
def test_what_a_passage_does_not_speak_of_is_not_put_under_it(question: str, sentence: str, stands: bool) -> None:
    assert bool(judge(sentence, [LISTED], question).sentence) is stands
