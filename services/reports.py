"""The finished report, its check, and a reviewer's decisions on what was found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import durable
from domain import (
    SECTION_TITLES,
    Draft,
    Figures,
    Finding,
    FinishedReport,
    LedgerResult,
    Note,
    OwnFigure,
    PublishedReport,
    Remembered,
    UnusableInput,
    User,
    plain_numbers,
)
from services.large import digest
from services.ledgers import LEDGER_SUFFIXES, Bookkeeping
from services.opening import REGISTRY, Once, Report
from services.writing import Writing, last_result

if TYPE_CHECKING:
    from annotating import Annotated
    from checks import Unjudged
    from checks.layout import Layout
    from office import Decision, Office
    from office.reviews import Verdict
    from store import KnowledgeBase


@dataclass(frozen=True)
class Built:
    """What ``build`` made: the report, the ledger's figures, the paths of its files, what is to be said."""

    report: FinishedReport
    ledger: LedgerResult
    files: tuple[Path, ...]
    notes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.report.title,
            "org": self.ledger.figures.org,
            "year": self.ledger.figures.year,
            "files": [str(path) for path in self.files],
            "draft_mark": self.report.draft_mark,
            "checks": [check.as_json() for check in self.ledger.checks],
            "drafts": {name: draft.as_json() for name, draft in self.report.drafts.items()},
            "notes": [str(note) for note in self.notes],
        }


@dataclass(frozen=True)
class Checked:
    """What ``check`` found in a published report, and what reviewers have decided on it.

    ``report`` is what decisions are kept under; ``decisions`` are by ``office.fingerprint``, and hold
    those only that count and whose text still stands.
    """

    published: PublishedReport
    findings: tuple[Finding, ...]
    report: str = ""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    unjudged: tuple[Unjudged, ...] = ()

    def decision(self, finding: Finding) -> Decision | None:
        from office import fingerprint

        return self.decisions.get(fingerprint(finding))

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings, those left out that a reviewer has dismissed."""
        made = ((finding, self.decision(finding)) for finding in self.findings)
        return tuple(one for one, decided in made if decided is None or decided.decision != "dismissed")

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors, those left out that a reviewer has dismissed."""
        return tuple(finding for finding in self.standing if finding.severity == "error")

    def as_json(self) -> dict[str, Any]:
        return {
            "findings": [self._finding(finding) for finding in self.findings],
            "tables": plain_numbers(self.published.tables),
            "year": self.published.year,
            "org": self.published.org,
            "notes": [str(note) for note in self.published.notes],
            "not_judged": [one.as_json() for one in self.unjudged],
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        made = self.decision(finding)
        return finding.as_json() | ({"decision": made.as_json()} if made else {})


class Reporting:
    """A report built from drafts and figures; any report checked. ``home`` is the data folder."""

    def __init__(
        self,
        home: Path,
        ledgers: Bookkeeping,
        writing: Writing,
        office: Once[Office],
        knowledge: Once[KnowledgeBase],
        mask: Callable[[str], str],
    ) -> None:
        self._home = home
        self._ledgers = ledgers
        self._writing = writing
        self._office = office
        self._knowledge = knowledge
        self._mask = mask
        self._examined, self._law = Remembered(32), Remembered(1)

    def build(
        self,
        ledger: Path | LedgerResult,
        folder: Path,
        progress: Report = lambda line: None,
        with_model: bool = True,
        supplied: Mapping[str, Draft] | None = None,
        previous: PublishedReport | None = None,
        with_pdf: bool = True,
        own: tuple[OwnFigure, ...] = (),
    ) -> Built:
        """The whole report in ``folder``; ``supplied`` drafts are used as they are, the others written.

        A supplied topic of part 一 stands in the overview that is written, not in a supplied one. ``own`` are
        the numerals that the office vouches for.
        """
        from report.write import write

        result = ledger if isinstance(ledger, LedgerResult) else self._ledgers.compute(ledger)
        finished = self._assembled(result, supplied or {}, own, progress, with_model, previous)
        drafts = finished.drafts
        files, notes = write(finished, result, folder, with_pdf)
        masked = [note for draft in drafts.values() if draft.mode == "supplied" for note in draft.notes]
        return Built(finished, result, files, (*masked, *notes))

    def assembled(
        self, ledger: LedgerResult, supplied: Mapping[str, Draft], own: tuple[OwnFigure, ...] = ()
    ) -> FinishedReport:
        """The report as it stands, without files; what nobody has written is written by rule."""
        return self._assembled(ledger, supplied, own)

    def _assembled(
        self,
        ledger: LedgerResult,
        supplied: Mapping[str, Draft],
        own: tuple[OwnFigure, ...],
        progress: Report = lambda line: None,
        with_model: bool = False,
        previous: PublishedReport | None = None,
    ) -> FinishedReport:
        from report.assemble import assemble
        from report.topics import NARRATIVE, TOPICS

        drafts = dict(supplied)
        if "overview" in drafts:
            drafts = {name: draft for name, draft in drafts.items() if name not in TOPICS}
        given = frozenset(drafts)
        for section in NARRATIVE:
            if section not in drafts:
                progress(f"起草“{SECTION_TITLES[section]}”")
                drafts[section] = last_result(
                    self._writing.draft(section, ledger, with_model=with_model, previous=previous)
                )
        return assemble(ledger, drafts, given, own)

    def examine(self, report: FinishedReport, ledger: Path, previous: Path | None = None) -> Checked:
        """体检 of a report as it stands, as of its file, against the ledger as the office has answered it."""
        from report import html

        page, answers = html.render(report), self._ledgers.answers_to(ledger)
        result = self._ledgers.compute(ledger, answers=answers)
        before = self._ledgers.answered(previous) if previous and previous.suffix.lower() in LEDGER_SUFFIXES else None
        law, office = self._knowledge.held, digest(previous) if previous and not before else ""
        same = (page, office, law.state() if law else "", date.today())
        checked = self._examined.of(
            (result, before, law), same, lambda: self._examine(report.title, page, ledger, previous, answers)
        )
        return replace(checked, decisions=self.decisions(checked.report))

    def _examine(
        self, title: str, page: str, ledger: Path, previous: Path | None, answers: Mapping[str, str]
    ) -> Checked:
        with TemporaryDirectory(prefix="gongkai-check-") as folder:
            file = Path(folder) / f"{title}.html"
            file.write_text(page, encoding="utf-8")
            return self.check(file, ledger, previous, answers)

    def check(
        self,
        path: Path,
        ledger: Path | None = None,
        previous: Path | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> Checked:
        """体检 of a finished report, against a ledger and a previous year where given.

        The law is judged by the registry and the cards; the knowledge base is asked only where it is
        open already, for a check must not wait for it.
        """
        import ingest
        from report.folder import incomplete

        published = ingest.read_report(path)
        if said := incomplete(path):
            published = replace(published, notes=(Note("incomplete", said), *published.notes))
        figures = self._ledgers.compute(ledger, answers=answers or {}).figures if ledger else None
        before = self._ledgers.figures_of(previous) if previous else None
        return self._checked(path, published, figures, before, self._ledgers.published(previous))

    def check_read(self, path: Path, published: PublishedReport, last: PublishedReport | None = None) -> Checked:
        """体检 of a report that was read from ``path`` already, beside last year's."""
        before = {"year": last.year, "org": last.org, "form": last.form} | dict(last.tables) if last else None
        return self._checked(path, published, None, before, last)

    def _checked(
        self,
        path: Path,
        published: PublishedReport,
        figures: Figures | None,
        before: Mapping[str, Any] | None,
        last: PublishedReport | None,
    ) -> Checked:
        from checks import check, unjudged
        from checks.subject import Numbered
        from office import report_key
        from store.cited import KnownLaw

        held = self._knowledge.held
        law = self._law.of((held,), held.state() if held else "", lambda: KnownLaw(REGISTRY, held))
        layout = _layout(path, published)
        numbers = {number: Numbered(*told) for number, told in law.numbers.items()}
        found = check(published, figures, before, last, law.validity, law.article_exists, law.titles, layout, numbers)
        key = report_key(published.org or path.name, published.year or 0)
        # a folder that nobody has worked in holds no decisions, and looking must not make it one
        made = self.decisions(key) if self._office.exists() else {}
        left = unjudged(published, law.validity, law.article_exists, law.titles)
        return Checked(published, found, key, made, left)

    def annotate(self, path: Path, checked: Checked, out: Path) -> Annotated:
        """Write the report's own .docx to ``out`` with what was found in it; what a reviewer dismissed is left out.

        UnusableInput where the file is no .docx, and where ``out`` is there already: it may hold an office's work.
        """
        import ingest
        from annotating import annotate

        if out.suffix.lower() != ".docx":
            raise UnusableInput(f"批注写成 Word 文件，{out} 的扩展名应为 .docx")
        if out.exists():
            same = "就是要体检的文件" if path.exists() and out.samefile(path) else "已经存在"
            raise UnusableInput(f"{out} {same}，没有覆盖它；请换一个文件名")
        made = annotate(_bytes_of(path), checked.published, checked.standing, lambda data: _read_again(ingest, data))
        try:
            durable.write(out, made.data)
        except OSError as error:
            raise UnusableInput(f"{out} 不能写入：{durable.cause(error)}") from error
        return made

    def decisions(self, report: str) -> Mapping[str, Decision]:
        """What reviewers decided on a report (``Checked.report``), by fingerprint of the finding."""
        return self._office().decisions(report)

    def decide(
        self, checked: Checked, finding: Finding, decision: Verdict, reason: str = "", by: User | None = None
    ) -> Decision:
        """Keep a reviewer's decision on a finding: confirmed, dismissed (with a reason), or open again.

        It holds in later checks of the same organ's and year's report, in whichever file, while the
        text that the finding refers to is unchanged. ``by``: None means the desk without sign-in.
        UnusableInput where a clerk decides, a reason is missing, or there are users and none is named.
        """
        from office.reviews import VERDICT_NAMES

        office = self._office()
        user = by or office.users.local()
        published = checked.published
        about = f"{published.org}{published.year}年报告" if published.org and published.year else published.source
        with office.together():
            made = office.decide(checked.report, finding, decision, self._mask(reason), user)
            office.audit.record(user, "review", about, f"{finding.rule}：{VERDICT_NAMES[decision]}")
        return made


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableInput(f"文件 {path} 不能读取：{durable.cause(error)}") from error


def _layout(path: Path, published: PublishedReport) -> Layout | None:
    """How a .docx is laid out; None for another file, and for one whose parts cannot be looked at one by one."""
    from annotating.page import layout

    if path.suffix.lower() != ".docx":
        return None
    try:
        return layout(_bytes_of(path), published)
    except UnusableInput:
        return None


def _read_again(ingest: Any, data: bytes) -> PublishedReport:
    """A .docx as a report, from its bytes: the readers take files."""
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(data)
        return ingest.read_report(path)
