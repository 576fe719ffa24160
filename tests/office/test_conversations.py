"""Conversations: kept as they are made, found again, exported, and nobody else's."""

import json
from datetime import date

import pytest

from domain import Answer, Citation, Hit, Note, Rejection, UnusableInput

HIT = Hit(
    "regulation",
    "政府信息公开条例",
    "第二十条",
    20,
    "行政机关应当主动公开……",
    True,
    "现行有效",
    date(2019, 5, 15),
    None,
    "",
    "国令第711号",
    0.9,
    passage_id="p20",
)
ANSWER = Answer(
    "应当主动公开[1]。",
    "model",
    False,
    (Citation(1, HIT),),
    (Note("searched", "检索了 5 部法规"),),
    (Rejection("12", "数字"),),
)


@pytest.fixture
def asked(office, clerk):
    conversation = office.conversations.start(clerk)
    message = office.conversations.ask(clerk, conversation.id, "哪些信息要主动公开？", date(2025, 12, 31))
    return conversation, message


def test_a_question_is_kept_before_and_after_its_answer(office, clerk, asked, opened):
    conversation, message = asked
    restarted = opened()
    assert restarted.conversations.messages(clerk, conversation.id) == [message]
    office.conversations.answered(clerk, message.id, ANSWER)
    (held,) = opened().conversations.messages(clerk, conversation.id)
    assert (held.question, held.as_of, held.answer) == ("哪些信息要主动公开？", date(2025, 12, 31), ANSWER)


def test_the_first_question_names_the_conversation_until_it_is_renamed(office, clerk, asked):
    conversation, _ = asked
    assert office.conversations.all(clerk)[0].title == "哪些信息要主动公开？"
    office.conversations.rename(clerk, conversation.id, " 主动公开 ")
    office.conversations.ask(clerk, conversation.id, "还有呢？")
    assert office.conversations.all(clerk)[0].title == "主动公开"


@pytest.mark.parametrize(
    ("text", "found"),
    [("主动公开？", True), ("应当主动", True), ("  ", True), ("100%", False), ("_", False), ("排污许可", False)],
)
def test_conversations_are_found_by_what_was_said(office, clerk, asked, text, found):
    office.conversations.answered(clerk, asked[1].id, ANSWER)
    assert bool(office.conversations.all(clerk, text)) == found


def test_the_latest_conversation_comes_first(office, clerk, asked):
    second = office.conversations.start(clerk, "后来的")
    assert office.conversations.all(clerk)[0].id == second.id
    office.conversations.answered(clerk, asked[1].id, ANSWER)
    assert office.conversations.all(clerk)[0].id == asked[0].id


def test_an_edited_question_takes_the_place_of_all_after_it(office, clerk, asked):
    conversation, first = asked
    office.conversations.answered(clerk, first.id, ANSWER)
    office.conversations.rate(clerk, first.id, -1, "太短")
    office.conversations.ask(clerk, conversation.id, "第二问")
    edited = office.conversations.edit(clerk, first.id, "换个问法？")
    assert office.conversations.messages(clerk, conversation.id) == [edited]
    assert (edited.as_of, edited.answer, edited.thumb) == (date(2025, 12, 31), None, 0)


def test_nobody_sees_or_touches_another_s(office, clerk, reviewer, administrator, asked):
    conversation, message = asked
    office.conversations.answered(clerk, message.id, ANSWER)
    for other in (reviewer, administrator):
        assert office.conversations.all(other) == office.conversations.all(other, "公开") == []
        for attempt in (
            lambda: office.conversations.messages(other, conversation.id),
            lambda: office.conversations.export(other, conversation.id),
            lambda: office.conversations.rename(other, conversation.id, "改"),
            lambda: office.conversations.delete(other, conversation.id),
            lambda: office.conversations.ask(other, conversation.id, "问"),
            lambda: office.conversations.answered(other, message.id, ANSWER),
            lambda: office.conversations.edit(other, message.id, "改"),
            lambda: office.conversations.truncate(other, message.id),
            lambda: office.conversations.rate(other, message.id, 1),
        ):
            with pytest.raises(UnusableInput, match="没有这"):
                attempt()
    assert len(office.conversations.messages(clerk, conversation.id)) == 1


def test_ratings_are_kept_for_review_without_who_asked(office, clerk, reviewer, asked):
    conversation, message = asked
    office.conversations.answered(clerk, message.id, ANSWER)
    office.conversations.rate(clerk, message.id, 1)
    office.conversations.rate(clerk, message.id, -1, "漏了第二十一条")
    (held,) = office.conversations.messages(clerk, conversation.id)
    assert (held.thumb, held.reason) == (-1, "漏了第二十一条")
    office.conversations.delete(clerk, conversation.id)
    (rating,) = office.conversations.ratings(reviewer)
    assert (rating.question, rating.answer, rating.thumb) == (message.question, ANSWER.answer, -1)
    with pytest.raises(UnusableInput, match="审核"):
        office.conversations.ratings(clerk)


def test_a_rating_can_be_taken_back(office, clerk, reviewer, asked):
    office.conversations.rate(clerk, asked[1].id, 1)
    office.conversations.rate(clerk, asked[1].id, 0)
    assert office.conversations.ratings(reviewer) == []


def test_export_carries_the_citations(office, clerk, asked):
    conversation, message = asked
    office.conversations.answered(clerk, message.id, ANSWER)
    office.conversations.ask(clerk, conversation.id, "没答完的")
    text = office.conversations.export(clerk, conversation.id)
    assert (
        "## 哪些信息要主动公开？" in text
        and "[1] 《政府信息公开条例》第二十条（现行有效）" in text
        and "（没有答复）" in text
    )
    exported = json.loads(office.conversations.export(clerk, conversation.id, "json"))
    assert exported["messages"][0]["answer"] == ANSWER.as_json() and exported["messages"][1]["answer"] is None
