"""How likely it is that the best passage answers the question: a logistic curve over a few measures.

There are two curves: one for passages of which it is known how people ask for them (``asked``), one for all
others. Their coefficients are data (``evidence.toml``), fitted by ``bench/refusal.py`` on questions that the
knowledge base answers and questions that it does not, and measured there on others.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FITTED = Path(__file__).with_name("evidence.toml")


@dataclass(frozen=True)
class WaysMatched:
    """How a question compares with the ways in which people ask for a passage.

    ``like``: the cosine of the best of them. ``stands``: by how many standard deviations that one stands out
    among all ways. ``away``: the cosine of the nearest matter that no held text governs (``elsewhere``).
    """

    like: float
    stands: float
    away: float


@dataclass(frozen=True)
class Features:
    """How well a passage answers a question.

    ``near``: how far it lies on the way from a random passage to the question itself (0 to 1).
    ``turned``: by how many standard deviations it stands out, to the question in the law's words.
    ``held``: the share of the question's words that it holds, the rarer the heavier (0 to 1).
    ``asked``: None where nobody told how people ask for it.
    """

    near: float
    turned: float
    held: float
    asked: WaysMatched | None = None

    @property
    def measures(self) -> dict[str, float]:
        """Those of its curve, by name."""
        if self.asked is None:
            return {"near": self.near, "turned": self.turned, "held": self.held}
        return {"near": self.near, "held": self.held, **vars(self.asked)}

    @property
    def curve(self) -> str:
        """The name of its curve in ``evidence.toml``."""
        return "asked" if self.asked else "coefficients"


def likelihood(features: Features) -> float:
    """In (0, 1): 0.5 where as many such questions are answered as are not."""
    fitted = _curves()[features.curve]
    total = fitted["intercept"] + sum(fitted[name] * value for name, value in features.measures.items())
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@cache
def _curves() -> dict[str, dict[str, float]]:
    return tomllib.loads(FITTED.read_text(encoding="utf-8"))
