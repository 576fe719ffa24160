"""What the processes of a collection do: read one file, check one report. Each has services of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Finding, PublishedReport, UnusableInput
from forms import form_of

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
    from services.opening import Once, office_of, open_filled
    from services.private import Private
    from services.reports import Reporting
    from services.writing import Writing

    choices, private = Choices(settings), Private()
    office, knowledge = office_of(choices, private.mask), Once(lambda: open_filled(choices)[0])
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


@dataclass(frozen=True)
class Examined:
    """All that was found in a report; ``key`` is what decisions on it are kept under (``office.report_key``).

    ``likeness`` is the share (0..1) of its prose that last year's has too, None where there is none to compare.
    """

    findings: tuple[Finding, ...]
    key: str
    unjudged: tuple[Any, ...] = ()
    likeness: float | None = None


def examine(task: Examination) -> Examined:
    """The findings on a report, those that reviewers dismissed too."""
    checked = _HERE[0].check_read(task.path, task.report, task.previous)
    like = _likeness(task.report, task.previous) if task.previous else None
    return Examined((*_edited(task), *checked.findings), checked.report, checked.unjudged, like)


def _likeness(report: PublishedReport, previous: PublishedReport) -> float | None:
    from drafting.similarity import measure

    def prose(one: PublishedReport) -> str:
        return "\n".join(text for section in one.sections if section.heading for text in section.paragraphs)

    text = prose(report)
    lengths = [len(line) for line in text.split("\n")]
    measured = measure(text, prose(previous), [name for name in {report.org, previous.org} if name])
    whole = sum(lengths[one.paragraph] for one in measured)
    return sum(one.share * lengths[one.paragraph] for one in measured) / whole if whole else None


def _edited(task: Examination) -> Iterator[Finding]:
    """What of the tables is not what the file itself carries as figures.json."""
    from report.annex import carried, edited

    annex = carried(task.path)
    if annex is None:
        return
    if not annex.intact:
        yield Finding(
            "ANNEX",
            "warning",
            "文件附带的机器可读数字在生成以后改过，没有用它核对",
            "附带的 figures.json",
            advice="请由台账重新生成",
        )
        return
    for one in edited(annex, task.report.tables, form_of(task.report.form, task.report.year)):
        printed = "空白" if one.printed is None else one.printed
        yield Finding(
            "ANNEX",
            "warning",
            f"表格在生成以后改过：附带的数字是{one.carried}，表格里是{printed}",
            one.where,
            advice="请核实哪一个对；数字有变的，改台账后重新生成",
            excerpt=f"{one.where}：{printed}",
        )
