"""A report's steps follow each other, whoever may take them; comments are settled by name."""

import pytest

from domain import UnusableInput

ORG, YEAR = "云岫县生态环境局", 2025


def test_the_steps_of_a_report(office, clerk, reviewer):
    held = office.handover
    for state in ("returned", "approved", "reopened"):
        with pytest.raises(UnusableInput, match="还没有提交审核"):
            held.take(ORG, YEAR, state, reviewer, "原因")
    held.take(ORG, YEAR, "submitted", clerk, content={"overview": "甲"})
    with pytest.raises(UnusableInput, match="由审核人员办理"):
        held.take(ORG, YEAR, "approved", clerk)
    with pytest.raises(UnusableInput, match="写明原因"):
        held.take(ORG, YEAR, "returned", reviewer, " ")
    held.take(ORG, YEAR, "returned", reviewer, "写具体些")
    with pytest.raises(UnusableInput, match="已退回修改"):
        held.take(ORG, YEAR, "approved", reviewer)
    held.take(ORG, YEAR, "submitted", clerk)
    assert held.take(ORG, YEAR, "approved", reviewer, content={"overview": "乙"}).number == 1
    held.take(ORG, YEAR, "reopened", reviewer)
    held.take(ORG, YEAR, "submitted", clerk)
    assert held.take(ORG, YEAR, "approved", reviewer).number == 2
    steps = held.steps(ORG, YEAR)
    assert [step.state for step in steps] == [
        "submitted", "returned", "submitted", "approved", "reopened", "submitted", "approved",
    ]  # fmt: skip
    assert (steps[0].content, steps[3].content, steps[3].by) == ({"overview": "甲"}, {"overview": "乙"}, reviewer.name)
    assert held.steps(ORG, YEAR - 1) == ()


def test_comments_stand_at_sentences_until_somebody_settles_them(office, clerk, reviewer):
    held = office.handover
    with pytest.raises(UnusableInput, match="批注是空的"):
        held.comment(ORG, YEAR, "overview", "一句。", " ", reviewer)
    made = held.comment(ORG, YEAR, "overview", "一句。", "写明时间", reviewer)
    held.settle(ORG, YEAR, made.id, clerk)
    (kept,) = held.comments(ORG, YEAR)
    assert (kept.quote, kept.text, kept.by, kept.settled) == ("一句。", "写明时间", reviewer.name, clerk.name)
    with pytest.raises(UnusableInput, match="没有这条批注"):
        held.settle(ORG, YEAR - 1, made.id, clerk)


def test_a_numeral_is_vouched_for_once_and_what_was_told_counts_last(office, clerk, reviewer):
    office.own_figures.vouch(ORG, YEAR, "86人次", "接待群众86人次", clerk)
    assert office.own_figures.vouch(ORG, YEAR, "86人次", "接待群众86人次", reviewer).by == clerk.name
    assert len(office.own_figures.all(ORG, YEAR)) == 1
    office.told.keep(ORG, YEAR, {"training": "讲了条例。", "fees": ""}, clerk)
    office.told.keep(ORG, YEAR, {"training": " 讲了条例和答复。"}, reviewer)
    assert office.told.all(ORG, YEAR) == {"training": "讲了条例和答复。", "fees": ""}
