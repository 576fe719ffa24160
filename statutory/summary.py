"""Lines of 汇总数据 that say again what rows of other sheets say: which figure each stands for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "summary.toml").read_text(encoding="utf-8"))
FIGURES = {name: key for key, names in _WORDS.items() for name in names}
_AROUND = re.compile(r"^(?:全年度?|本年度?|年度|今年|20\d\d年度?|其中[：:]?)|（[^）]*）$|(?:总数量?|数量?|总数|合计)$")
_COUNTED = re.compile(r"[件条次篇份]数?$")


def figure_of(name: str) -> str:
    """The dotted key of the figure that a line's name means, "" for a line of its own."""
    while name not in FIGURES and (bare := _COUNTED.sub("", _AROUND.sub("", name))) != name:
        name = bare
    return FIGURES.get(name, "")
