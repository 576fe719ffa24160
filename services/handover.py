"""A report handed over from who writes it to who signs it: both see the same ledger, text and findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain import SECTION_TITLES, LedgerResult, UnusableInput, User
from services.sheets import Sheets

if TYPE_CHECKING:
    from office import Office
    from office.handover import Comment, HandoverStep, State

STEPS = {"submitted": "提交审核", "returned": "退回修改", "approved": "定稿", "reopened": "重新打开"}


class HandingOver:
    """The steps and comments of a report; an approved one is closed to every change until it is opened again."""

    def __init__(self, office: Callable[[], Office], sheets: Sheets) -> None:
        self._office = office
        self._sheets = sheets
        self._seen: dict[tuple[str, str, int], dict[str, str]] = {}

    def steps(self, ledger: LedgerResult) -> tuple[HandoverStep, ...]:
        """Every step of a report, in order."""
        return self._office().handover.steps(ledger.figures.org, ledger.figures.year)

    def stands(self, ledger: LedgerResult) -> str:
        """How far a report has come, in words."""
        from office.handover import STATE_NAMES

        steps = self.steps(ledger)
        return STATE_NAMES[steps[-1].state] if steps else "还没有提交审核"

    def look(self, user: User, ledger: LedgerResult) -> None:
        """Note what the user is shown of a report: that is what he approves, and nothing newer."""
        org, year = ledger.figures.org, ledger.figures.year
        self._seen[user.name, org, year] = self._texts(org, year)

    def take(self, user: User, ledger: LedgerResult, state: State, note: str = "") -> HandoverStep:
        """The next step, logged; UnusableInput where it does not follow or the user may not take it.

        What has changed since the user looked is not approved unseen.
        """
        office, figures = self._office(), ledger.figures
        texts = self._texts(figures.org, figures.year)
        seen = self._seen.get((user.name, figures.org, figures.year), texts)
        if state == "approved" and (newer := [name for name in SECTION_TITLES if seen.get(name) != texts.get(name)]):
            named = "、".join(f"“{SECTION_TITLES[name]}”" for name in newer)
            raise UnusableInput(f"您打开以后{named}又有改动，没有定稿；页面更新后请看过再定")
        with office.together():
            step = office.handover.take(figures.org, figures.year, state, user, note, texts)
            numbered = f"第{step.number}号" if step.number else ""
            office.audit.record(user, "hand_over", f"{figures.org}{figures.year}年报告", f"{STEPS[state]}{numbered}")
        return step

    def comments(self, ledger: LedgerResult) -> tuple[Comment, ...]:
        """What was said about a report's sentences, in order."""
        return self._office().handover.comments(ledger.figures.org, ledger.figures.year)

    def comment(self, user: User, ledger: LedgerResult, section: str, quote: str, text: str) -> Comment:
        """Keep a remark on a sentence; UnusableInput for an empty one."""
        figures = ledger.figures
        return self._office().handover.comment(figures.org, figures.year, section, quote, text, user)

    def settle(self, user: User, ledger: LedgerResult, id: int) -> None:
        """Keep that a remark was dealt with."""
        self._office().handover.settle(ledger.figures.org, ledger.figures.year, id, user)

    def _texts(self, org: str, year: int) -> dict[str, str]:
        return {name: draft.text for name, draft in self._sheets.kept_drafts(org, year).items()}
