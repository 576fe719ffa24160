"""What a rule is: declared with its code, its legal source, what to do, and examples of both sides.

A rule's module declares it and the function that looks for it::

    LEGAL_BASIS = Rule(id="BASIS", title="…", severities=("warning",), source="…", advice="…", speaks=…, silent=…)

    @looks_for(LEGAL_BASIS)
    def legal_basis(subject): ...
        yield LEGAL_BASIS.finding(subject, "what is said to the user", "where")

A function that finds two things names both rules; a rule that is found in two ways has two functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from checks.examples import Example
from checks.subject import Subject
from domain import Finding, Mend

Severity = Literal["error", "warning", "notice"]
LAST = 1000
"""The place of a function that names none: behind all that do, so that it renumbers no other finding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One code that findings carry, and what the manual says of it (in Chinese).

    ``severities``: all that a finding may have, the usual one first. ``source``: the legal source, ``{form}``
    for the document of the report's form, "" where figures are only held against figures. ``advice``: what
    to do. ``speaks`` and ``silent``: what it must, and must not, find something in; they are its tests.
    """

    id: str
    title: str
    severities: tuple[Severity, ...]
    source: str
    advice: str
    speaks: tuple[Example, ...]
    silent: tuple[Example, ...]

    def finding(
        self,
        subject: Subject,
        message: str,
        where: str,
        excerpt: str = "",
        *,
        severity: Severity | None = None,
        source: str | None = None,
        advice: str | None = None,
        mend: Mend | None = None,
    ) -> Finding:
        """A finding of this rule; what is not given is as declared. ValueError for a severity that is not."""
        given = severity or self.severities[0]
        if given not in self.severities:
            raise ValueError(f"{self.id} declares no {given}")
        law = (self.source if source is None else source).replace("{form}", subject.form.document)
        told = self.advice if advice is None else advice
        return Finding(self.id, given, message, where, law, told, excerpt, mend)


@dataclass(frozen=True, eq=False)
class Examiner:
    """A function that looks for what its rules are about; they run by ``order``, which numbers the findings."""

    rules: tuple[Rule, ...]
    examine: Callable[[Subject], Iterator[Finding]]
    order: int

    def __call__(self, subject: Subject) -> Iterator[Finding]:
        return self.examine(subject)


def looks_for(*rules: Rule, order: int = LAST) -> Callable[[Callable[[Subject], Iterator[Finding]]], Examiner]:
    """Say of a function which rules its findings are of."""
    return lambda examine: Examiner(rules, examine, order)
