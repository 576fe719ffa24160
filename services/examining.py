"""What the processes of a collection do: read one file, check one report. Each has services of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from domain import Finding, PublishedReport, UnusableInput

if TYPE_CHECKING:
    from services.reports import Reporting
    from settings import Settings

WORK = (
    "services.reports",
    "services.examining",
    "checks.catalogue",
    "ingest.pdf_files",
    "ingest.word_files",
    "annotating.page",
    "office",
    "store.cited",
)
"""What reading and checking imports."""
_HERE: list[Reporting] = []


@dataclass(frozen=True)
class Examination:
    """A report to check: where its file is, what was read of it, and last year's."""

    path: Path
    report: PublishedReport
    previous: PublishedReport | None = None


def prepare(settings: Settings) -> None:
    """Make this process ready, so that the first file is as quick as the others."""
    from services.choices import Choices
    from services.ledgers import Bookkeeping
    from services.models import Models
    from services.opening import Once, open_filled, open_office
    from services.private import Private
    from services.reports import Reporting
    from services.writing import Writing

    choices, private = Choices(settings), Private()
    office, knowledge = Once(lambda: open_office(choices, private.mask)), Once(lambda: open_filled(choices)[0])
    ledgers = Bookkeeping(choices.home, office, knowledge, private)
    writing = Writing(ledgers, knowledge, Models(choices, private.mask), private.mask)
    _HERE[:] = [Reporting(choices.home, ledgers, writing, office, knowledge, private.mask)]


def read(path: Path) -> PublishedReport | str:
    """The report in a file, or the sentence that says why there is none."""
    import ingest

    try:
        return ingest.read_report(path)
    except UnusableInput as error:
        return str(error)


def examine(task: Examination) -> tuple[Finding, ...]:
    """The findings on a report that no reviewer has dismissed."""
    return _HERE[0].check_read(task.path, task.report, task.previous).standing
