"""A model that serves one at a time: places are told, whoever waits can leave, nobody starves."""

import threading
from collections import Counter
from types import SimpleNamespace

import pytest

from chat.line import InLine, WaitingLine


@pytest.fixture
def model():
    return SimpleNamespace(name="本机模型", line=WaitingLine())


def places(said):
    return [int(one.message.partition("前面还有")[2].partition("份")[0]) for one in said]


def test_a_model_without_a_line_serves_at_once():
    with InLine(SimpleNamespace(name="单位的模型")) as place:
        assert list(place.waits()) == []


def test_the_place_is_told_as_it_changes(model):
    places_taken = [InLine(model) for _ in range(4)]
    for turn in places_taken:
        turn.__enter__()
    assert list(places_taken[0].waits()) == []
    waiting = places_taken[3].waits()
    assert places([next(waiting)]) == [3]
    places_taken[1].__exit__()  # one that waited has left
    assert places([next(waiting)]) == [2]
    places_taken[0].__exit__()
    assert places([next(waiting)]) == [1]
    places_taken[2].__exit__()
    assert list(waiting) == []


def test_whoever_stops_leaves_at_once_and_is_not_waited_for(model):
    stopped = threading.Event()
    with InLine(model):
        with InLine(model) as second:
            waiting = second.waits(stopped.is_set)
            assert places([next(waiting)]) == [1]
            stopped.set()
            assert list(waiting) == []
        with InLine(model) as third:
            assert places([next(third.waits())]) == [1]


def test_a_generator_that_is_closed_gives_up_its_place(model):
    def answer():
        with InLine(model) as place:
            yield from place.waits()
            yield "answer"

    with InLine(model):
        waiting = answer()
        next(waiting)
        waiting.close()
    assert list(answer()) == ["answer"]


def test_who_comes_back_stands_behind_those_who_wait():
    line, served = WaitingLine(), []
    standing = {line.enter(): who for who in range(8)}
    for _ in range(40):
        (place,) = [place for place in standing if line.ahead(place) == 0]
        served.append(standing.pop(place))
        line.leave(place)
        standing[line.enter()] = served[-1]
    assert served == [*range(8)] * 5


def test_one_at_a_time_and_nobody_is_left_out(model):
    served, at_once = Counter(), []

    def comes_back(who):
        for _ in range(40):
            with InLine(model) as place:
                for _ in place.waits():
                    pass
                at_once.append(who)
                assert at_once == [who]
                served[who] += 1
                at_once.remove(who)

    threads = [threading.Thread(target=comes_back, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert served == dict.fromkeys(range(8), 40)
