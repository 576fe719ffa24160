"""The figures that can be asked about, by organ and year; one organ under its longest name, governments apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

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
        shorter: dict[str, list[str]] = {}
        for one in self.every:
            for name in _shortened(local(one.name)[1]):
                shorter.setdefault(name, []).append(one.name)
        return {name: orgs[0] for name, orgs in shorter.items() if len(orgs) == 1} | found

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The organs of a kind as ``kind_named`` says it ("": all of them; several parted by 、)."""
        named = set(kind.split("、")) if kind else None
        return tuple(org for org in self.organs if named is None or not named.isdisjoint(_kinds(org)))

    def beside(self, kind: str) -> dict[str, int]:
        """How many organs of other kinds a kind leaves out (部门: 乡镇街道 5, 公司 2), by their kind."""
        inside = set(self.of_kind(kind))
        others = [_kinds(org)[0] for org in self.organs if org not in inside]
        return dict(Counter(others))

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


_SHORT = (
    (re.compile(r"(?<=[镇乡])人民政府$"), ("", "政府")),
    (re.compile(r"街道办事处$"), ("街道", "街道办")),
    (re.compile(r"开发区管理委员会$"), ("开发区", "开发区管委会")),
    (re.compile(r"局[一-龥]{2,6}分局$"), ("局", "分局")),
)
"""What people leave out of a name that only one organ has: 城关镇, 东城街道, 生态环境局 for its branch in the county."""


def _shortened(name: str) -> Iterator[str]:
    for pattern, endings in _SHORT:
        if pattern.search(name):
            yield from (one for ending in endings if len(one := pattern.sub(ending, name)) >= SHORTEST)


@cache
def _kinds(org: str) -> tuple[str, ...]:
    """The kinds that an organ is of, the widest first: 乡镇街道, 乡镇, 镇; 部门, 局.

    部门 are those of the government itself: neither towns nor zones, companies, schools and hospitals.
    """
    rest = local(org)[1]
    kind = kind_of(org)
    if kind == "乡镇街道":
        return (kind, "街道") if "街道" in rest else (kind, "乡镇", "镇" if "镇" in rest else "乡")
    if kind == "开发区":
        return (kind,)
    for outside, pattern in _OUTSIDE.items():
        if pattern.search(rest):
            return (outside,)
    endings = [one for one, pattern in _ENDINGS.items() if pattern.search(rest)]
    return ("部门", *endings)


_OUTSIDE = {
    "公司": re.compile(r"公司$|集团$|厂$"),
    "学校": re.compile(r"(?:学校|中学|小学|幼儿园|学院|职高)$"),
    "医院": re.compile(r"(?:医院|卫生院|保健院)$"),
}
_ENDINGS = {"局": re.compile(r"局$"), "委": re.compile(r"委$|委员会$")}


def places(figure: Figure, year: int) -> str:
    """The cells of the report that a figure is the sum of, in words."""
    form = form_of("", year)
    named = [form.where(key) for key in figure.keys]
    if len(named) == 1:
        return named[0]
    return "＋".join(named) if len(named) == 2 else f"{named[0][:2]}{len(named)}格相加"


def _matching(wanted: str, year: YearFigures) -> Sequence[str]:
    return [key for key in year.figures if key.startswith(wanted[:-1])] if wanted.endswith("*") else [wanted]
