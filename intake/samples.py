"""What the first values of a column are: days, numbers, words with a meaning."""

from __future__ import annotations

from functools import lru_cache

from intake.days import TWO_DIGIT_YEAR, WITHOUT_YEAR, YEAR_LAST, date_of
from intake.grids import is_empty
from intake.tables import Table
from intake.values import own_meaning, propose

_SAMPLE = 80


def sample_of(table: Table, at: int) -> list[object]:
    sample: list[object] = []
    for cell in table.values(at):
        if not is_empty(cell):
            sample.append(cell)
            if len(sample) == _SAMPLE:
                break
    return sample


def is_date(cell: object) -> bool:
    day = date_of(cell)
    return day is not None and 1990 <= day.year <= 2100


def is_day(cell: object) -> bool:
    """A date, or a day that leaves out its year (3月5日) or half of it (25.3.5)."""
    if is_date(cell):
        return True
    return isinstance(cell, str) and any(
        form.fullmatch(cell.strip()) for form in (WITHOUT_YEAR, TWO_DIGIT_YEAR, YEAR_LAST)
    )


def is_number(cell: object) -> bool:
    return not isinstance(cell, str) or cell.strip().replace(",", "").replace(".", "", 1).isdigit()


@lru_cache(maxsize=8192)
def means(column: str, text: str) -> str:
    return (
        own_meaning(column, text)
        or propose(column, text).is_
        or (propose(column, text).why if "请选择" not in propose(column, text).why else "")
    )
