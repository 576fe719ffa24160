"""What is done on a page before it is complete stays done: the conversation that opens last takes none of it back."""

import threading
from datetime import date

import pytest

from services import EXAMPLES, Gongkai
from settings import Settings
from tests.fakes import MemoryKnowledge
from tests.report.finished import EveryArticle
from ui.talk import Session, Talk


class Library(EveryArticle):
    def reports(self):
        return []


@pytest.fixture
def services(tmp_path):
    opened = Gongkai(Settings(home=tmp_path / "home", llm="none"))
    opened.knowledge.hold(Library())
    yield opened
    opened.office().close()


def complete(talk, at, user):
    """The page is complete: it opens the conversation that was open before, if any."""
    return list(talk.reopened(user, at, ""))


def test_a_source_unticked_early_stays_out(services):
    talk, at, user = Talk(services), Session(), services.people.local()
    own, *_ = (one.key for one in services.sources.listed())
    talk.keep_to(user, at, [])
    shown = complete(talk, at, user)
    assert at.unticked == {own} and shown[0]["sources_box"] == {own}
    assert talk._thread(user, at) and services.conversations.all(user)[0].unticked == (own,)


def test_a_file_put_in_early_stays_beside_the_question(services):
    talk, at, user = Talk(services), Session(), services.people.local()
    talk.attach(user, at, EXAMPLES / "台账示例-2025.xlsx")
    thread = at.thread
    shown = complete(talk, at, user)
    assert at.thread == thread and "台账示例-2025.xlsx" in shown[0]["attached"]


def test_a_page_on_which_nothing_was_done_opens_empty(services):
    talk, at, user = Talk(services), Session(), services.people.local()
    complete(talk, at, user)
    assert at.thread is None and at.unticked == frozenset()


class Waiting(MemoryKnowledge):
    """Nothing is found before it may be."""

    def __init__(self):
        super().__init__([])
        self.may = threading.Event()

    def lend_words(self):
        assert self.may.wait(60)

    def reports(self):
        return []


def test_a_question_asked_while_the_page_opens_is_answered_before_the_eyes(services, monkeypatch):
    talk, at, user = Talk(services), Session(), services.people.local()
    services.knowledge.hold(waiting := Waiting())
    past, asked, question = talk.past, [], "年度报告最迟什么时候公布？"

    def meanwhile(user, at):
        if not asked:
            asked.append(talk.ask(user, at, question, date(2026, 11, 26), None))
            assert question in next(asked[0])["conversation"]
        return past(user, at)

    monkeypatch.setattr(talk, "past", meanwhile)
    assert complete(talk, at, user) == []
    waiting.may.set()
    *_, last = asked[0]
    assert last["send"] is True and question in last["conversation"]
