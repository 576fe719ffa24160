"""The hand-over of a report: submitted, returned, approved under a number, opened again; and comments on its sentences.

Steps are only added; the last one says how a report stands. What was approved is kept with its step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import insert, select, update

from domain import SECTION_TITLES, UnusableInput, User
from office.database import Database
from office.schema import comments, of_report, steps

_OF_REPORT = select(steps).where(of_report(steps)).order_by(steps.c.id)
State = Literal["submitted", "returned", "approved", "reopened"]
STATE_NAMES = {
    "submitted": "已提交，等待审核",
    "returned": "已退回修改",
    "approved": "已定稿",
    "reopened": "已重新打开",
}
# What each step may follow; "" is a report that nobody has submitted.
_AFTER = {
    "submitted": ("", "returned", "reopened"),
    "returned": ("submitted",),
    "approved": ("submitted",),
    "reopened": ("approved",),
}


@dataclass(frozen=True)
class HandoverStep:
    """``number`` of an approval counts from 1, else 0; ``content`` is the text of each section then."""

    state: State
    number: int
    note: str
    by: str
    at: datetime
    content: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comment:
    """What a reviewer says about the sentence ``quote`` of a section; ``settled`` names who has dealt with it."""

    id: int
    section: str
    quote: str
    text: str
    by: str
    at: datetime
    settled: str = ""


class Handover:
    """Of every organ and year. ``mask`` takes personal data out of what is written."""

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def steps(self, org: str, year: int) -> tuple[HandoverStep, ...]:
        """Every step of a report, in order."""
        with self._database.read() as connection:
            return self._steps(connection, org, year)

    def closed(self, org: str, year: int) -> str:
        """Why nothing of a report can be changed, "" while it can."""
        steps = self.steps(org, year)
        if not steps or steps[-1].state != "approved":
            return ""
        return f"这份报告已经定稿（第{steps[-1].number}号，{steps[-1].by}），要改请审核人员先在“报告”页重新打开"

    def take(
        self, org: str, year: int, state: State, by: User, note: str = "", content: Mapping[str, str] | None = None
    ) -> HandoverStep:
        """The next step of a report; UnusableInput where it does not follow the last, or ``by`` may not take it."""
        if state not in get_args(State):
            raise ValueError(f"no such state: {state}")
        if state != "submitted" and not by.reviews:
            raise UnusableInput("退回、定稿和重新打开由审核人员办理")
        if state == "returned" and not note.strip():
            raise UnusableInput("退回要写明原因")
        with self._database.write() as connection:
            before = self._steps(connection, org, year)
            last = before[-1].state if before else ""
            if last not in _AFTER[state]:
                now = f"{STATE_NAMES[last]}（{before[-1].by}）" if last else "还没有提交审核"
                raise UnusableInput(f"这份报告现在的状态是“{now}”，不能这样办理，请刷新页面")
            approved = sum(step.state == "approved" for step in before)
            made = HandoverStep(
                state, approved + 1 if state == "approved" else 0, self._mask(note.strip()), by.name, self._clock()
            )
            text = json.dumps(dict(content or {}), ensure_ascii=False)
            connection.execute(
                insert(steps).values(
                    org=org,
                    year=year,
                    state=made.state,
                    number=made.number,
                    note=made.note,
                    by=made.by,
                    at=made.at,
                    content=text,
                )
            )
        return made

    def comments(self, org: str, year: int) -> tuple[Comment, ...]:
        """What was said about a report's sentences, in order."""
        query = select(comments).filter_by(org=org, year=year).order_by(comments.c.id)
        with self._database.read() as connection:
            return tuple(_comment(row) for row in connection.execute(query))

    def comment(self, org: str, year: int, section: str, quote: str, text: str, by: User) -> Comment:
        """Keep a remark on a sentence."""
        if section not in SECTION_TITLES:
            raise UnusableInput("请先在文稿里选中要批注的句子")
        if not text.strip():
            raise UnusableInput("批注是空的，请写明意见")
        row = {"org": org, "year": year, "section": section, "quote": quote, "by": by.name, "at": self._clock()}
        row |= {"text": self._mask(text.strip()), "settled": ""}
        with self._database.write() as connection:
            return _comment(connection.execute(insert(comments).values(row).returning(comments)).one())

    def settle(self, org: str, year: int, id: int, by: User) -> None:
        """Keep that a remark was dealt with; UnusableInput where there is none."""
        mine = (comments.c.id == id) & (comments.c.org == org) & (comments.c.year == year)
        with self._database.write() as connection:
            if not connection.execute(update(comments).where(mine).values(settled=by.name)).rowcount:
                raise UnusableInput("没有这条批注，请刷新页面")

    def _steps(self, connection: Any, org: str, year: int) -> tuple[HandoverStep, ...]:
        rows = connection.execute(_OF_REPORT, {"org": org, "year": year})
        return tuple(
            HandoverStep(row.state, row.number, row.note, row.by, row.at, json.loads(row.content)) for row in rows
        )


def _comment(row: Any) -> Comment:
    return Comment(row.id, row.section, row.quote, row.text, row.by, row.at, row.settled)
