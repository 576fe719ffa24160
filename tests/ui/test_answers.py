"""Answers in the making: without a model only so many count at once, and each comes to its end."""

import threading
from types import SimpleNamespace

import pytest

import ui.answers
from domain import Answer, Finished, UnusableInput, User
from ui.answers import Answers

ASKER = User(1, "小李", "clerk", True)
ANSWER = Answer("不能", "extractive", False, ())


class Counting:
    """Stands for the services: each answer takes as long as the test lets it, and is counted while it is made."""

    def __init__(self, model=None):
        self.models, self.answers, self.conversations = SimpleNamespace(model=model), self, self
        self.go, self.lock = threading.Event(), threading.Lock()
        self.now = self.most = 0
        self.kept, self.begun = [], threading.Semaphore(0)

    def ask(self, question, *, cancelled, **how):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.begun.release()
        try:
            assert self.go.wait(20)
            if question == "看不懂":
                raise UnusableInput("看不懂")
            if not cancelled():
                yield Finished(ANSWER)
        finally:
            with self.lock:
                self.now -= 1

    def answered(self, user, id, answer):
        self.kept.append(id)


def started(services, count, question="能不能？"):
    answers = Answers(services)
    messages = [SimpleNamespace(id=number, question=question, as_of=None) for number in range(count)]
    return [answers.start(ASKER, message, (), None) for message in messages]


@pytest.fixture(autouse=True)
def two(monkeypatch):
    monkeypatch.setattr(ui.answers, "_AT_ONCE", threading.BoundedSemaphore(2))


def ended(services, made):
    services.go.set()
    assert all(one._done.wait(20) for one in made)


def test_two_count_at_once_and_all_are_answered():
    services = Counting()
    made = started(services, 9)
    assert services.begun.acquire(timeout=20) and services.begun.acquire(timeout=20)
    assert not services.begun.acquire(timeout=0.2), "the third waits"
    assert [one.doing for one in made] == ["正在查找依据…"] * 9
    ended(services, made)
    assert services.most == 2 and sorted(services.kept) == list(range(9))


def test_with_a_model_all_begin_for_the_model_takes_one_at_a_time_itself():
    services = Counting(model=object())
    made = started(services, 9)
    for _ in range(9):
        assert services.begun.acquire(timeout=20)
    ended(services, made)
    assert services.most == 9


@pytest.mark.parametrize("question", ["看不懂", "能不能？"])
def test_a_fault_or_a_stop_makes_room_for_the_next(question):
    services = Counting()
    made = started(services, 6, question)
    for one in made[2:]:
        one.stop()
    ended(services, made)
    assert services.now == 0
    if question == "看不懂":
        assert all(one.fault == "看不懂" for one in made)
    else:
        assert len(services.kept) <= 2
    assert ui.answers._AT_ONCE.acquire(blocking=False) and ui.answers._AT_ONCE.acquire(blocking=False)


def test_why_there_was_no_answer_is_told_of_the_latest_alone(monkeypatch):
    """A process serves for months, and an endpoint may be away for days."""
    monkeypatch.setattr(ui.answers, "_FAULTS", 3)
    services = Counting()
    services.go.set()
    answers = Answers(services)
    for number in range(8):
        made = answers.start(ASKER, SimpleNamespace(id=number, question="看不懂", as_of=None), (), None)
        assert made._done.wait(20)
    assert [number for number in range(8) if answers.of(number)] == [4, 5, 6, 7]
    assert answers.of(6).fault == "看不懂"
