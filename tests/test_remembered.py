"""What was made of the same things is not made again, and is not kept without bound."""

import threading

import pytest

from domain import Remembered


class Thing:
    """Told apart by identity alone: all are equal."""

    def __eq__(self, other):
        return isinstance(other, Thing)

    __hash__ = None


@pytest.fixture
def made():
    return []


def of(kept, made, things, values="", weight=1):
    return kept.of(things, values, lambda: made.append(values) or len(made), lambda made: weight)


def test_the_same_things_and_equal_values_give_what_was_made_of_them(made):
    kept, one, other = Remembered(10), Thing(), Thing()
    assert of(kept, made, (one,), "a") == of(kept, made, (one,), "a") == 1
    assert of(kept, made, (other,), "a") == 2, "another thing, though equal"
    assert of(kept, made, (one,), "b") == 3
    assert of(kept, made, (one, other), "a") == 4
    assert of(kept, made, (None,), "a") == of(kept, made, (None,), "a") == 5
    assert len(kept) == 5


@pytest.mark.parametrize(
    ("most", "weights", "left"),
    [(3, [1, 1, 1, 1], [1, 2, 3]), (3, [1, 2, 2], [2]), (3, [5], []), (3, [1, 5, 1], [2]), (0, [1, 1], [])],
)
def test_together_they_weigh_no_more_than_that(made, most, weights, left):
    kept = Remembered(most)
    for number, weight in enumerate(weights):
        of(kept, made, (), number, weight)
    before = list(made)
    assert len(kept) == len(left)
    for number in left:
        of(kept, made, (), number, weights[number])
    assert made == before


def test_what_was_used_last_stays(made):
    kept = Remembered(2)
    for number in (1, 2, 1, 3, 1):
        of(kept, made, (), number)
    assert made == [1, 2, 3]


def test_a_thing_that_went_lends_its_place_in_memory_to_none(made):
    """The things are held as long as what was made of them: no other can have the identity of one."""
    kept = Remembered(1000)
    assert [of(kept, made, (Thing(),)) for _ in range(500)] == list(range(1, 501))


def test_an_error_is_not_kept(made):
    kept = Remembered(2)

    def fails():
        made.append("")
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            kept.of((), "", fails)
    assert len(made) == 2 and len(kept) == 0


def test_threads_share_it():
    kept, wrong, start = Remembered(50), [], threading.Barrier(8)

    def asks():
        start.wait()
        for number in range(2000):
            if kept.of((), number % 70, lambda number=number: number % 70, lambda made: 1 + made % 3) != number % 70:
                wrong.append(number)

    threads = [threading.Thread(target=asks) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong and len(kept) <= 50
    assert kept._weight == sum(weight for *_, weight in kept._kept.values()) <= 50
