"""How likely it is that the best passage answers the question: one logistic curve over three measures.

Its coefficients are data (``evidence.toml``), fitted by ``bench/refusal.py`` on questions that the
knowledge base answers and questions that it does not, and measured there on others.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

FITTED = Path(__file__).with_name("evidence.toml")


@dataclass(frozen=True)
class Features:
    """How well a passage answers a question.

    ``near``: how far it lies on the way from a random passage to the question itself (0 to 1).
    ``turned``: by how many standard deviations it stands out, to the question in the law's words.
    ``held``: the share of the question's words that it holds, the rarer the heavier (0 to 1).
    """

    near: float
    turned: float
    held: float


def likelihood(features: Features) -> float:
    """In (0, 1): 0.5 where as many such questions are answered as are not."""
    fitted = _coefficients()
    total = fitted["intercept"] + sum(fitted[name] * value for name, value in asdict(features).items())
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@cache
def _coefficients() -> dict[str, float]:
    return tomllib.loads(FITTED.read_text(encoding="utf-8"))["coefficients"]
