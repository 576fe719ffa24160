"""The figures that can be asked about, by organ and year; one organ under its longest name, governments apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from answering.figures.catalogue import Figure
from collecting.organs import SAME, Organ, fold, is_government, keys, kind_of, local, match
from domain import Number, YearFigures
from forms import form_of

SHORTEST = 3
"""Letters of a name that can be told from other words."""


class HeldFigures:
    """``years`` in the order in which they count: of one organ's year, the first one that has the figure."""

    def __init__(self, years: Iterable[YearFigures]) -> None:
        given = [one for one in years if one.org and one.year]
        names = sorted({one.org for one in given}, key=lambda name: (-len(name), name))
        found: dict[str, list[Organ]] = {}
        called: dict[str, str] = {}
        for name in names:
            fits = match(name, dict.fromkeys(one for key in keys(name) for one in found.get(key, ())))
            known = fits.only if fits.how >= SAME else ""
            called[name] = known or name
            for key in () if known else keys(name):
                found.setdefault(key, []).append(Organ(name))
        self._by_year: dict[tuple[str, int], list[YearFigures]] = {}
        for one in given:
            self._by_year.setdefault((called[one.org], one.year), []).append(one)
        order = list(dict.fromkeys(called[one.org] for one in given))
        self.every: tuple[Organ, ...] = tuple(Organ(name) for name in order)
        """All organs, governments too, which nothing is added up with: their figures hold the others'."""
        self.organs: tuple[str, ...] = tuple(name for name in order if not is_government(name))

    @cached_property
    def names(self) -> dict[str, str]:
        """Every name by which one organ alone can be called → that organ: whole, and without its place."""
        twins = Counter(local(one.name)[1] for one in self.every)
        found = {fold(one.name): one.name for one in self.every}
        for one in self.every:
            place, own = local(one.name)
            if twins[own] == 1 and len(own) >= SHORTEST:
                found |= {own: one.name, place[-1:] + own: one.name}
        return found

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The organs of a kind ("": all of them): 乡镇街道, 镇, 街道, 局, 开发区."""
        if kind in ("乡镇街道", "开发区"):
            return tuple(org for org in self.organs if kind_of(org) == kind)
        if kind in ("镇", "乡", "街道"):
            return tuple(org for org in self.organs if kind_of(org) == "乡镇街道" and kind in org)
        return tuple(org for org in self.organs if org.endswith(kind))

    @cached_property
    def years(self) -> list[int]:
        everyone = set(self.organs)
        return sorted({year for org, year in self._by_year if org in everyone})

    @cached_property
    def newest(self) -> int:
        """The last year of which half of the organs have figures; 0 for none."""
        half = len(self.organs) / 2
        whole = [year for year in self.years if sum((org, year) in self._by_year for org in self.organs) >= half]
        return max(whole or self.years, default=0)

    def value(self, org: str, year: int, figure: Figure) -> Number | None:
        """The figure of an organ and year; None where it is not held, also where one of its cells is not."""
        for one in self._by_year.get((org, year), ()):
            keys = [key for wanted in figure.keys for key in _matching(wanted, one)]
            if keys and all(key in one.figures for key in keys):
                return sum(one.figures[key] for key in keys)
        return None

    def source(self, org: str, year: int, figure: Figure) -> str:
        """Where the figure stands: 《title》表三…; "" where it is not held."""
        for one in self._by_year.get((org, year), ()):
            keys = [key for wanted in figure.keys for key in _matching(wanted, one)]
            if keys and all(key in one.figures for key in keys):
                return f"台账“{one.source}”" if one.computed else f"《{one.source}》"
        return ""


def places(figure: Figure, year: int) -> str:
    """The cells of the report that a figure is the sum of, in words."""
    form = form_of("", year)
    named = [form.where(key) for key in figure.keys]
    if len(named) == 1:
        return named[0]
    return "＋".join(named) if len(named) == 2 else f"{named[0][:2]}{len(named)}格相加"


def _matching(wanted: str, year: YearFigures) -> Sequence[str]:
    return [key for key in year.figures if key.startswith(wanted[:-1])] if wanted.endswith("*") else [wanted]
