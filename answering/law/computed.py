"""What the rules compute, with the steps shown: a fee, the last day of an answer, of a review, of a suit."""

from __future__ import annotations

from dataclasses import dataclass

from domain import Hit


@dataclass(frozen=True)
class Computed:
    """A text whose ``[k]`` points to ``hits[k - 1]``."""

    text: str
    hits: tuple[Hit, ...]
