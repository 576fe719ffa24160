"""A new wording never replaces anything by itself, and what is accepted changes one paragraph only."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.offers import Rewording, accepted, offers

OLD = "全年主动公开信息41条。\n本局自己写的一段话，与台账无关。\n全年开展业务培训1次。"
NEW = "全年主动公开各类信息42条。\n全年开展业务培训1次。\n全年召开会议。"


def test_changed_paragraphs_and_new_ones_are_offered_and_the_offices_own_stays():
    assert offers(OLD, NEW, "模型") == (
        Rewording("全年主动公开信息41条。", "全年主动公开各类信息42条。", by="模型"),
        Rewording("", "全年召开会议。", "全年开展业务培训1次。", "模型"),
    )


def test_an_accepted_offer_changes_its_paragraph_alone():
    first, second = offers(OLD, NEW)
    text = accepted(OLD, first)
    assert text == OLD.replace("全年主动公开信息41条。", "全年主动公开各类信息42条。")
    assert accepted(text, second) == f"{text}\n全年召开会议。"
    assert accepted(text, first) is None  # done already, or changed since


lines = st.lists(st.text("公开信息条例年度 一二", min_size=1, max_size=12).filter(str.strip), max_size=6).map("\n".join)


@given(lines, lines)
def test_with_every_offer_accepted_the_new_text_stands_in_what_was_there(old, new):
    text = old
    for offer in offers(old, new):
        text = accepted(text, offer) if text else offer.new
        assert text is not None
    for line in new.split("\n"):
        assert not line.strip() or line in text.split("\n")
