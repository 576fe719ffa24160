"""A reviewer's decisions on findings, which outlive the next run while the text is unchanged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import insert, select

from domain import Finding, UnusableInput, User
from office.database import Database
from office.schema import decisions

Verdict = Literal["confirmed", "dismissed", "open"]
VERDICT_NAMES = {"confirmed": "属实", "dismissed": "不是问题", "open": "未处理"}
# Where a paragraph or sentence stands moves with every line added before it.
_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十百]+(?:个?自然)?[段句行]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@dataclass(frozen=True)
class Decision:
    """What a reviewer decided on a finding; ``open`` takes an earlier decision back."""

    decision: Verdict
    reason: str
    by: str
    at: datetime
    rule: str

    def as_json(self) -> dict[str, str]:
        at = self.at.isoformat(timespec="seconds")
        return {"decision": self.decision, "reason": self.reason, "by": self.by, "at": at}


def report_key(org: str, year: int) -> str:
    """What decisions are kept under: the report of an organ and year, in whichever file."""
    return f"{_normal(org)}|{year}"


def fingerprint(finding: Finding) -> str:
    """What a finding is recognised by in a later run: hex, 64 characters.

    Made from the rule, the place (without the number of the paragraph) and the text that it refers
    to: the quoted ``excerpt`` with the numbers compared, or the message where nothing is quoted.
    Spaces, full-width forms and punctuation widths do not matter; a changed number does.
    """
    message = _normal(finding.message)
    said = [_normal(finding.excerpt), *_NUMBER.findall(message)] if finding.excerpt else [message]
    parts = [finding.rule, _normal(finding.where), *said]
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


class Reviews:
    """Decisions are only ever added; the latest on a finding counts."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def decide(self, report: str, finding: Finding, decision: Verdict, reason: str, by: User) -> Decision:
        """Keep a reviewer's decision; ``report`` is a ``report_key``.

        UnusableInput where a clerk decides, or a finding is dismissed without a reason.
        """
        if decision not in get_args(Verdict):
            raise ValueError(f"no such decision: {decision}")
        if not by.reviews:
            raise UnusableInput("只有审核人员和管理员可以处理体检结果")
        if decision == "dismissed" and not reason.strip():
            raise UnusableInput("认定“不是问题”要写明理由")
        made = Decision(decision, reason.strip(), by.name, self._clock(), finding.rule)
        row = made.__dict__ | {"report": report, "fingerprint": fingerprint(finding)}
        with self._database.write() as connection:
            connection.execute(insert(decisions).values(row))
        return made

    def decisions(self, report: str) -> dict[str, Decision]:
        """The decision that counts, by fingerprint; findings opened again are not in it."""
        made = self._rows(decisions.c.report == report)
        return {print: decision for print, decision in made if decision.decision != "open"}

    def history(self, report: str, finding: Finding) -> list[Decision]:
        """Every decision on a finding, in order."""
        one = (decisions.c.report == report) & (decisions.c.fingerprint == fingerprint(finding))
        return [decision for _, decision in self._rows(one, latest=False)]

    def _rows(self, which, latest: bool = True) -> list[tuple[str, Decision]]:
        with self._database.read() as connection:
            rows = connection.execute(select(decisions).where(which).order_by(decisions.c.id))
            made = [(row.fingerprint, Decision(row.decision, row.reason, row.by, row.at, row.rule)) for row in rows]
        return list(dict(made).items()) if latest else made


def _normal(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return _ORDINAL.sub("", folded)
