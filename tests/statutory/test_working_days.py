"""Working days against the holiday arrangements that the State Council announced for 2023 to 2025."""

from datetime import date, timedelta

import pytest

from working_days import working_days

# (first and last day off) of each holiday, and the Saturdays and Sundays worked to make up for them.
HOLIDAYS = {
    2023: (
        "01-01/01-02 01-21/01-27 04-05/04-05 04-29/05-03 06-22/06-24 09-29/10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: ("01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08", "01-26 02-08 04-27 09-28 10-11"),
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_every_day_of_the_year(year):
    off, made_up = HOLIDAYS[year]
    spans = [[date.fromisoformat(f"{year}-{day}") for day in span.split("/")] for span in off.split()]
    worked = {date.fromisoformat(f"{year}-{day}") for day in made_up.split()}
    day = date(year, 1, 1)
    while day.year == year:
        free = day not in worked and (day.weekday() > 4 or any(first <= day <= last for first, last in spans))
        assert working_days(day - timedelta(days=1), day) == (0 if free else 1), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "closed", "days"),
    [
        ("2025-03-03", "2025-03-03", 0),  # the day of receipt does not count
        ("2025-03-03", "2025-03-31", 20),
        ("2025-03-03", "2025-04-01", 21),
        ("2025-09-28", "2025-10-11", 4 - 1 + 2),  # received on a made-up Sunday; closed on a made-up Saturday
        ("2023-04-21", "2023-04-23", 1),
        ("2024-02-08", "2024-02-19", 3),  # 9 and 18 February were worked, the days between were not
        ("2024-12-31", "2025-01-02", 1),
        ("2023-12-29", "2024-01-26", 19),
        ("2023-12-29", "2024-01-29", 20),
        ("2025-12-31", "2025-12-01", 0),
    ],
)
def test_between_two_dates(received, closed, days):
    assert working_days(date.fromisoformat(received), date.fromisoformat(closed)) == days


def test_a_year_without_an_arrangement_is_not_guessed():
    assert working_days(date(2089, 12, 1), date(2090, 1, 5)) is None
