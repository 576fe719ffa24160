"""One year's collection: what became of each organ's report, what is open, and what all of them add up to.

Legal source of the deadlines: 条例第四十九条 (departments hand in by 31 January, the government publishes by 31 March).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from collecting.likeness import SharedParagraph
from collecting.organs import Organ
from collecting.submissions import FileQuestion, HandedIn, SortedFiles, Unmatched
from collecting.totals import CellDifference, Totals, add_up, against, figures_of
from domain import Check, Figures, Finding, Number, PublishedReport, plain_numbers
from forms import form_for

MISSING, OPEN, RETURNED, HANDED_IN, PASSED = "未交", "待定", "退回", "已交", "通过"
STATES = (MISSING, OPEN, RETURNED, HANDED_IN, PASSED)


@dataclass(frozen=True)
class OrganReport:
    """An organ's place in a collection; ``errors`` and ``questions`` are the findings that nobody dismissed.

    ``status``: 未交 (no file), 待定 (a question is open); of a report what a person said of it (``verdict``, with a
    ``remark``), else 退回 (errors stand), 已交 (only questions), 通过 (neither). ``likeness`` is the share (0..1) of its
    prose that its report of last year has too, None where there is none.
    """

    org: str
    status: str
    file: str = ""
    day: date | None = None
    late: bool | None = None
    errors: tuple[Finding, ...] = ()
    questions: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    report: PublishedReport | None = None
    verdict: str = ""
    remark: str = ""
    likeness: float | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "org": self.org,
            "status": self.status,
            "file": self.file,
            "date": self.day.isoformat() if self.day else None,
            "late": self.late,
            "errors": [finding.as_json() for finding in self.errors],
            "questions": [finding.as_json() for finding in self.questions],
            "notes": list(self.notes),
            "verdict": self.verdict,
            "remark": self.remark,
            "likeness": round(self.likeness, 2) if self.likeness is not None else None,
        }


@dataclass(frozen=True)
class ReportReview:
    """What was found in a report, and what a person said of it: ``verdict`` 退回, 通过 or "", with a ``remark``."""

    findings: Sequence[Finding] = ()
    likeness: float | None = None
    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Collection:
    """All organs' reports of ``year`` (the year that they report on)."""

    year: int
    organs: tuple[OrganReport, ...]
    unmatched: tuple[Unmatched, ...]
    questions: tuple[FileQuestion, ...]
    totals: Totals
    government: OrganReport | None = None
    differences: tuple[CellDifference, ...] = ()
    hier: tuple[Check, ...] = ()
    copied: tuple[SharedParagraph, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def deadline(self) -> date:
        return deadline(self.year)

    @property
    def checks(self) -> tuple[Check, ...]:
        return (*self.totals.checks, *self.hier)

    @property
    def open(self) -> tuple[FileQuestion, ...]:
        return tuple(question for question in self.questions if not question.answer)

    @property
    def settled(self) -> bool:
        """Whether every organ's report is there without errors, nothing is open and everything adds up."""
        done = all(one.status in (HANDED_IN, PASSED) for one in self.organs)
        unread = any(not one.question and one.reason for one in self.unmatched)
        return done and not self.open and not unread and all(check.status != "fail" for check in self.checks)

    def of(self, status: str) -> tuple[OrganReport, ...]:
        return tuple(one for one in self.organs if one.status == status)

    def as_json(self) -> dict[str, Any]:
        tables = self.totals.tables
        return {
            "year": self.year,
            "deadline": self.deadline.isoformat(),
            "organs": [one.as_json() for one in self.organs],
            "unmatched": [one.as_json() for one in self.unmatched],
            "questions": [one.as_json() for one in self.questions],
            "tables": {name: plain_numbers(tables[name]) for name in ("table2", "table3", "table4")},
            "contributors": {
                key: {org: plain_numbers(value) for org, value in organs.items()}
                for key, organs in self.totals.contributors.items()
                if organs
            },
            "checks": [check.as_json() for check in self.checks],
            "government": self.government.as_json() if self.government else None,
            "differences": [one.as_json() for one in self.differences],
            "copied": [one.as_json() for one in self.copied],
            "notes": list(self.notes),
        }


def deadline(year: int) -> date:
    """The last day on which departments hand in their report on ``year``."""
    return date(year + 1, 1, 31)


def government_deadline(year: int) -> date:
    """The last day on which a government publishes its report on ``year``."""
    return date(year + 1, 3, 31)


def collected(
    made: SortedFiles,
    year: int,
    reviews: Mapping[str, ReportReview],
    copies: Sequence[SharedParagraph] = (),
    ledgers: Sequence[Figures] = (),
    notes: Sequence[str] = (),
) -> Collection:
    """The collection of sorted files; ``reviews`` by organ hold the findings that count.

    ``ledgers`` are figures of organs that hand in a ledger and no report, the government's own office for one.
    """
    form = form_for(year)
    reports = [_place(organ, made, year, reviews) for organ in made.organs]
    cells: dict[str, Mapping[str, Number | None]] = {
        one.org: figures_of(one.report, form) for one in reports if one.report
    }
    told = list(notes)
    for ledger in ledgers:
        if ledger.org in cells:
            told.append(f"“{ledger.org}”既有报告又有台账，合计用报告的数字")
        cells.setdefault(ledger.org, dict(ledger.flat()))
        told.append(f"“{ledger.org}”按台账计入合计")
    totals = add_up(cells, year)
    missing = [one.org for one in reports if one.org not in cells]
    government, differences, hier = None, [], []
    if made.government and made.government.report:
        report = made.government.report
        government = _report(report.org, made.government, reviews, made, government_deadline(year))
        differences, hier = against(report, totals, missing)
    if missing:
        told.append(f"合计没有{len(missing)}个单位的数字：{'、'.join(missing)}")
    return Collection(
        year,
        tuple(reports),
        tuple(made.unmatched),
        tuple(made.questions),
        totals,
        government,
        tuple(differences),
        tuple(hier),
        tuple(copies),
        (*told, *totals.notes, *_another_year(made, year)),
    )


def _place(organ: Organ, made: SortedFiles, year: int, reviews: Mapping[str, ReportReview]) -> OrganReport:
    file = made.of.get(organ.name)
    if file:
        return _report(organ.name, file, reviews, made, deadline(year))
    return OrganReport(
        organ.name, OPEN if organ.name in made.pending else MISSING, notes=tuple(made.notes.get(organ.name, ()))
    )


def _report(
    org: str, file: HandedIn, reviews: Mapping[str, ReportReview], made: SortedFiles, last: date
) -> OrganReport:
    notes = (*made.notes.get(org, ()), *(str(note) for note in (file.report.notes if file.report else ())))
    late = file.day > last if file.day else None
    standing = _standing(reviews.get(org, ReportReview()))
    return OrganReport(org, file=file.name, day=file.day, late=late, notes=notes, report=file.report, **standing)


def reviewed(collection: Collection, reviews: Mapping[str, ReportReview]) -> Collection:
    """A collection with what stands of its findings by now, and what was said of each report since."""

    def now(one: OrganReport) -> OrganReport:
        if one.report is None or one.org not in reviews:
            return one
        review = reviews[one.org]
        return replace(one, **_standing(review))

    government = now(collection.government) if collection.government else None
    return replace(collection, organs=tuple(map(now, collection.organs)), government=government)


def _standing(review: ReportReview) -> dict[str, Any]:
    """The fields of a place that follow from its review."""
    errors = tuple(one for one in review.findings if one.severity == "error")
    questions = tuple(one for one in review.findings if one.severity == "warning")
    status = review.verdict or (RETURNED if errors else HANDED_IN if questions else PASSED)
    return {"status": status, "errors": errors, "questions": questions} | {
        "verdict": review.verdict,
        "remark": review.remark,
        "likeness": review.likeness,
    }


def _another_year(made: SortedFiles, year: int) -> list[str]:
    """A word where most files are of the year before: --year is the year that is reported on."""
    others = [one for one in made.questions if f"报告是{year - 1}年度的" in one.text]
    if len(others) > len(made.of):
        return [f"多数文件是{year - 1}年度的报告。--year 是报告年度，不是交报告的那一年；请看是不是 --year {year - 1}"]
    return []
