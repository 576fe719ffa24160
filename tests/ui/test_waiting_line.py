"""Several ask a model that serves one at a time: each page shows the place, who waits can leave, everyone else is served."""

import threading
import time
from collections import Counter
from types import SimpleNamespace

import pytest

from answering import answer
from chat.line import WaitingLine
from domain import User
from tests.answering.test_answering import KNOWLEDGE, WHEN
from tests.fakes import ScriptedModel
from ui.answers import Answers

SAID = ["单位应当于每年3月", "15日前公开上一年度的信息。[1]"]


class OneAtATime(ScriptedModel):
    """Speaks only when it is told to, and knows whom it serves."""

    def __init__(self):
        super().__init__(SAID, name="本机模型")
        self.line, self.speaks = WaitingLine(), threading.Semaphore(0)
        self.serving = self.most = 0

    def stream(self, *arguments, cancelled=None, **options):
        if cancelled and cancelled():
            return
        self.serving += 1
        self.most = max(self.most, self.serving)
        try:
            while not self.speaks.acquire(timeout=0.02):
                if cancelled and cancelled():
                    return
            yield from super().stream(*arguments, cancelled=cancelled, **options)
        finally:
            self.serving -= 1


class Office:
    """Stands for the services: the real way from a question to its answer, over a few articles."""

    def __init__(self):
        self.model = OneAtATime()
        self.models, self.answers, self.conversations = SimpleNamespace(model=self.model), self, self
        self.kept: list[int] = []

    def ask(self, question, *, cancelled, as_of, history, **how):
        yield from answer(question, KNOWLEDGE, self.model, as_of=as_of, history=history, cancelled=cancelled)

    def answered(self, user, id, answer):
        self.kept.append(id)


@pytest.fixture
def office():
    return Office()


def asks(office, answers, number):
    """A question of another user, at the end of the line when this returns."""
    before = len(office.model.line._places)
    message = SimpleNamespace(id=number, question=WHEN, as_of=None)
    made = answers.start(User(number, f"第{number}人", "clerk", True), message, (), None)
    until(lambda: len(office.model.line._places) > before)
    return made


def until(holds, seconds=20.0):
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def place(made):
    return made.doing.partition("前面还有")[2].partition("份")[0]


def test_each_page_shows_its_place_who_waits_can_leave_and_all_others_are_served_in_turn(office):
    answers = Answers(office)
    made = [asks(office, answers, number) for number in range(5)]
    until(lambda: [place(one) for one in made] == ["", "1", "2", "3", "4"])
    until(lambda: office.model.serving == 1)
    assert "可以停止" in made[4].doing
    made[2].stop()
    until(lambda: made[2].done)
    until(lambda: [place(made[number]) for number in (1, 3, 4)] == ["1", "2", "3"])
    assert not any(made[number].done for number in (0, 1, 3, 4)), "the others wait on"
    for number in (0, 1, 3, 4):
        office.model.speaks.release()
        until(lambda number=number: made[number].done)
    assert [id for id in office.kept if id != 2] == [0, 1, 3, 4]
    assert all(made[number].answer.mode == "model" for number in (0, 1, 3, 4)) and office.model.most == 1
    assert not office.model.line._places


def test_who_is_being_served_can_stop_and_the_next_is_served(office):
    answers = Answers(office)
    first, second = (asks(office, answers, number) for number in range(2))
    until(lambda: office.model.serving == 1)
    first.stop()
    until(lambda: first.done)
    office.model.speaks.release()
    until(lambda: second.done)
    assert second.answer.mode == "model"


def test_who_asks_again_and_again_keeps_nobody_out(office):
    """One asks anew as soon as they are answered; each of those who wait is served after one answer to that one at most."""
    answers, served = Answers(office), []
    line = {number: asks(office, answers, number) for number in range(4)}
    for again in range(8):
        office.model.speaks.release()
        until(lambda: any(one.done for one in line.values()))
        done = next(number for number, one in line.items() if one.done)
        served.append(done)
        del line[done]
        if done == 0 or again < 4:
            line[done] = asks(office, answers, done)
    assert served[:4] == [0, 1, 2, 3] and Counter(served[:8]) == dict.fromkeys(range(4), 2)
    for _ in line:
        office.model.speaks.release()
    until(lambda: all(one.done for one in line.values()))
