"""A ledger on a desk: its questions are answered once, for the office, and kept."""

import random

import pytest

from domain import UnusableInput
from services import Gongkai
from settings import Settings
from tests.statutory.books import Book, sound, write
from tests.statutory.troubles import KINDS


@pytest.fixture
def services(tmp_path):
    opened = Gongkai(Settings(home=tmp_path / "home", llm="none"))
    yield opened
    opened.office().close()


@pytest.fixture
def user(services):
    return services.office().users.local()


@pytest.fixture
def doubtful(tmp_path):
    book = Book(sound())
    KINDS["a_remark_says_void"](book, random.Random(4))
    return write(book, tmp_path)


def test_an_answer_is_kept_holds_for_the_next_upload_and_can_be_taken_back(services, user, doubtful):
    (asked,) = services.ledgers.take(user, doubtful).open_questions
    result = services.ledgers.answer(user, asked.id, "counted")
    assert result.final and result.questions[0].answer == "counted"
    assert services.ledgers.take(user, doubtful).final
    assert services.ledgers.on_desk(user).questions[0].answer == "counted"
    assert not services.ledgers.answer(user, asked.id, "").final
    actions = [
        (entry.action, entry.detail) for entry in services.office().audit.entries(user) if entry.action == "answer"
    ]
    assert len(actions) == 2 and any("计入" in detail for _, detail in actions)


def test_the_figures_that_are_asked_about_follow_the_answer(services, user, doubtful):
    (asked,) = services.ledgers.take(user, doubtful).open_questions
    figures = []
    for choice in ("counted", "aside"):
        services.ledgers.answer(user, asked.id, choice)
        (held,) = services.office().ledgers.year_figures()
        figures.append(dict(held.figures))
    assert figures[0] != figures[1]


def test_the_report_is_a_draft_until_all_is_answered(services, user, doubtful):
    from domain import Draft
    from report.assemble import DRAFT_MARK, assemble
    from report.topics import NARRATIVE

    drafts = {section: Draft(section, "文", "composed") for section in NARRATIVE}
    result = services.ledgers.take(user, doubtful)
    assert not result.failed and assemble(result, drafts).draft_mark == DRAFT_MARK
    settled = services.ledgers.answer(user, result.open_questions[0].id, "aside")
    assert assemble(settled, drafts).draft_mark == ""


@pytest.mark.parametrize("choice", ["counted", "aside"])
def test_the_check_of_the_report_counts_as_the_office_has_answered(services, user, doubtful, choice):
    from domain import Draft
    from report.assemble import assemble
    from report.topics import NARRATIVE

    asked = services.ledgers.take(user, doubtful).open_questions[0]
    settled = services.ledgers.answer(user, asked.id, choice)
    report = assemble(settled, {section: Draft(section, "文", "composed") for section in NARRATIVE})
    checked = services.reports.examine(report, services.ledgers.desk(user).ledger.path)
    assert "LEDGER" not in {finding.rule for finding in checked.findings}


def test_last_year_s_ledger_counts_as_the_office_has_answered(services, user, doubtful):
    asked = services.ledgers.take(user, doubtful).open_questions[0]
    counted = [services.ledgers.answer(user, asked.id, choice).figures.flat() for choice in ("aside", "counted")]
    assert counted[0] != counted[1]
    before = services.ledgers.figures_of(doubtful)
    assert before["table3"] == services.ledgers.on_desk(user).as_json()["table3"]
    assert before["facts"] == services.ledgers.on_desk(user).as_json()["facts"]


@pytest.mark.parametrize(("question", "choice"), [("abcdef", "counted"), (None, "perhaps")])
def test_no_such_question_and_no_such_choice(services, user, doubtful, question, choice):
    (asked,) = services.ledgers.take(user, doubtful).open_questions
    with pytest.raises(UnusableInput):
        services.ledgers.answer(user, question or asked.id, choice)
    assert services.office().ledgers.answers("示例局", 2025) == {}


def test_the_figures_of_an_approved_report_stay(services, user, doubtful, tmp_path):
    (asked,) = services.ledgers.take(user, doubtful).open_questions
    ledger = services.ledgers.answer(user, asked.id, "counted")
    services.handover.take(user, ledger, "submitted")
    services.handover.take(user, ledger, "approved")
    with pytest.raises(UnusableInput, match="已经定稿"):
        services.ledgers.answer(user, asked.id, "aside")
    services.ledgers.take(user, doubtful)  # the same figures: a reviewer may lay it on his desk
    book = Book(sound())
    KINDS["a_remark_says_void"](book, random.Random(4))
    book.sheets["信息发布"].pop()
    (tmp_path / "other").mkdir()
    with pytest.raises(UnusableInput, match="数字与定稿时的不同"):
        services.ledgers.take(user, write(book, tmp_path / "other"))
    services.handover.take(user, ledger, "reopened")
    services.ledgers.answer(user, asked.id, "aside")
