"""How a finding is known: from what is printed, from a sum, or from a reading that could be otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from checks.subject import Subject
from domain import Finding

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KNOWS: dict[str, str] = _DATA["knows"]
_DERIVED: dict[str, str] = _DATA["derived"]
_FALLBACK = "按规则的说明逐项查找"  # a rule of a new form's own sums


def told(finding: Finding, subject: Subject) -> Finding:
    """The finding with how it is known, and that blanks were filled in where a table has any."""
    how = finding.how or KNOWS.get(finding.rule, _FALLBACK)
    if subject.derived and finding.rule in _DERIVED:
        how = f"{how}；{_DERIVED[finding.rule]}"
    return replace(finding, how=how)
