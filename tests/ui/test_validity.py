"""What stands beside a passage: in force or not, and whether its text is the official one."""

from datetime import date

import pytest

from domain import Hit

OFFICIAL = ("第三条", 3, "原文", True)
DIGEST = ("第三条", 3, "要点", False)
NO_TEXT = ("", 0, "《甲法》现行有效；知识库没有收入它的条文", False)


@pytest.mark.parametrize(
    ("passage", "told"), [(OFFICIAL, ""), (DIGEST, "要点，非原文"), (NO_TEXT, "只有版本信息，未收录条文")]
)
def test_what_is_not_the_official_text_says_what_it_is(passage, told):
    from ui.citations import validity  # Gradio takes seconds, also where other tests are wanted

    shown = validity(Hit("regulation", "甲法", *passage, "现行有效", date(2020, 1, 1), None, "", "某部令", 1.0))
    assert "现行有效" in shown and ("digest" in shown) is bool(told) and told in shown


def test_a_text_that_nothing_is_known_of_is_listed_as_unknown():
    from ui.shelf import held, opened

    document = {
        "id": "1", "kind": "regulation", "title": "测试材料提交办法", "level": "", "status": "效力未知", "number": "",
        "issuer": "", "org": "", "source": "测试.txt", "year": 0, "effective_from": None, "effective_to": None,
        "promulgated": None, "replaced_by": "", "passages": 2, "origin": "收入", "verbatim": True, "notes": (),
    }  # fmt: skip
    for shown in (held([document]), opened(document, [])):
        assert "未知" in shown and "●" not in shown and "现行有效" not in shown and "法律" not in shown
