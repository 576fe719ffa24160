"""What a question over all organs asks, once it is read: figures, years, organs, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from answering.figures.catalogue import Figure
from collecting.asking.conditions import By, FigureCondition

Doing = Literal["value", "list", "rank", "sum", "average", "between", "spread", "filter", "count"]


@dataclass(frozen=True)
class OrganReading:
    """``organs`` empty: all of ``kind``. ``years`` in order; ``base``: the year that change is measured from (0: none).

    ``by``: what counts, the figure itself, its change, the rate of it, its part of ``Figure.whole`` (or of the second
    figure), or of that of the organs of the kind ``whole``. ``most``: so many of the ranked (0: all), the largest first
    unless ``ascending``; ``place``: only those at that place; ``added``: the ranked are added up. ``direction`` keeps
    those that rose (1), fell (-1) or stayed (0). ``groups``: kinds of organ held against each other. ``spread``: two
    places (-1: the last) whose difference is asked. ``over_years``: the years are ranked, by all organs together;
    ``per_year``: the mean is of the years; ``steady``: the change goes one way every year. ``doubt`` says why it is
    not answered.
    """

    figures: tuple[Figure, ...]
    years: tuple[int, ...]
    base: int
    organs: tuple[str, ...]
    kind: str
    doing: Doing
    by: By
    most: int = 0
    ascending: bool = False
    direction: int | None = None
    conditions: tuple[FigureCondition, ...] = ()
    over_years: bool = False
    steady: bool = False
    place: int = 0
    added: bool = False
    groups: tuple[str, ...] = ()
    spread: tuple[int, int] | None = None
    per_year: bool = False
    whole: str = ""
    doubt: str = ""

    @property
    def decided(self) -> bool:
        """Whether it asks for a quantity over organs beyond doubt, so that not understanding it is to be said."""
        return self.doing in ("rank", "sum", "average", "between", "spread", "count") or self.by != "value"
