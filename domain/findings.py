"""What a check of a finished report finds, and the change that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Mend:
    """A change that mends a finding and can hardly be wrong: ``old`` becomes ``new``.

    ``old`` stands in the finding's excerpt from ``at`` (characters) on, or in the cell ``key`` of a table
    (``table3.granted.total``).
    """

    old: str
    new: str
    at: int = 0
    key: str = ""

    def __str__(self) -> str:
        """In words: “布署”改为“部署”."""
        return f"“{self.old}”改为“{self.new}”" if self.new else f"删去“{self.old}”"

    def as_json(self) -> dict[str, str]:
        return {"old": self.old, "new": self.new}


@dataclass(frozen=True)
class Finding:
    """What a check of a finished report found; ``law`` is the legal source, ``advice`` what to do.

    ``excerpt`` is the report's own text that the finding refers to (a sentence, a cell with its
    value), "" where it refers to no place: a reviewer's decision holds while it is unchanged.
    ``mend`` is the change that settles it, None where somebody has to look first; ``how`` is how it is
    known: from what is printed, from a sum, from a reading that could be otherwise.
    """

    rule: str
    severity: Literal["error", "warning", "notice"]
    message: str
    where: str
    law: str = ""
    advice: str = ""
    excerpt: str = ""
    mend: Mend | None = None
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "where": self.where,
            "law": self.law,
            "advice": self.advice,
            "excerpt": self.excerpt,
            "mend": self.mend.as_json() if self.mend else None,
            "how": self.how,
        }
