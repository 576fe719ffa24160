"""A county's collection: all organs' reports read and checked at once, added up, kept, written out."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import durable
from domain import Figures, Finding, PublishedReport, UnusableInput, User, YearFigures
from services.choices import Choices
from services.examining import Examination, Examined
from services.gathering import ANNEX, GatheredFiles, gather
from services.known import examination, reading
from services.ledgers import LEDGER_SUFFIXES, Bookkeeping
from services.opening import Once

if TYPE_CHECKING:
    from collecting import Collection
    from collecting.collection import ReportReview
    from collecting.organs import Organ
    from collecting.parallel import Workers
    from collecting.submissions import HandedIn, SortedFiles
    from office import Office

Report = Callable[[str, int, int], None]
"""Told what is being done, how many of how many are done."""


def _silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class CollectedYear:
    """A collection with what it was made of: the sorted files, what was found in each organ's, and the place of every file."""

    collection: Collection
    made: SortedFiles
    examined: Mapping[str, Examined] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class CollectionTask:
    """What is to be collected: the year, its organs, its files and last year's; ``own`` is the 主管部门's own ledger.

    Made ``again`` it is what another workbench has made and kept.
    """

    year: int
    organs: Sequence[Organ]
    files: GatheredFiles
    previous: GatheredFiles
    own: Path | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    by: User | None = None
    keep: bool = True
    again: bool = False


class Collecting:
    """Collections of every year. What was read and checked before is not read again while the program runs."""

    def __init__(self, choices: Choices, ledgers: Bookkeeping, office: Once[Office]) -> None:
        self._choices = choices
        self._ledgers = ledgers
        self._office = office
        self._read_before = reading(self._sharing)
        self._examined_before = examination(self._sharing)

    def collect(
        self,
        folder: Path,
        year: int,
        organs: Path | Sequence[Organ] = (),
        previous: Path | None = None,
        answers: Mapping[str, str] | None = None,
        progress: Report = _silent,
        cancelled: Callable[[], bool] = _never,
        by: User | None = None,
        keep: bool = True,
        own: Path | None = None,
    ) -> Collection:
        """The collection of the reports on ``year`` in a folder, a zip or a file; UnusableInput where there is none.

        ``answers`` (question id → choice) are kept with those given before; ``own`` is the ledger of the government's
        own office. ``collecting.parallel.Stopped`` where it was cancelled: then nothing is kept.
        """
        from collecting.organs import read_organs
        from forms import form_for

        form_for(year)  # a year without a format is refused before anything is read
        listed = read_organs(organs) if isinstance(organs, Path) else tuple(organs)
        with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as room:
            files = gather(folder, Path(room) / "now")
            before = gather(previous, Path(room) / "before") if previous else GatheredFiles()
            task = CollectionTask(year, listed, files, before, own, answers or {}, by, keep)
            return self.run(task, progress, cancelled).collection

    def run(
        self, task: CollectionTask, progress: Report = _silent, cancelled: Callable[[], bool] = _never
    ) -> CollectedYear:
        """Read, sort, check, add up, keep; ``collecting.parallel.Stopped`` where it was cancelled."""
        from collecting.collection import collected
        from collecting.likeness import shared
        from collecting.organs import Organ
        from collecting.parallel import Workers
        from collecting.submissions import HandedIn, sort
        from services.examining import WORK, prepare

        year, office = task.year, self._office() if task.keep else None
        answers = (office.collected.answers(year) if office else {}) | dict(task.answers)
        ledgers, files, faults = self._parted(task)
        with Workers(prepare, (self._choices.settings,), WORK) as workers:
            handed_in, before = self._read(workers, files, task, progress, cancelled)
            lost = {
                **task.files.faults,
                **{f"上年/{name}": why for name, why in task.previous.faults.items()},
                **faults,
            }
            handed_in += [HandedIn(name, None, fault) for name, fault in lost.items()]
            last = sort(before, year - 1, task.organs)
            organs = task.organs or _with_last_year(handed_in, last, year)
            made = sort(handed_in, year, organs, answers, self._returned(year, office))
            examined = self._examined(workers, made, last, task.files, progress, cancelled)
        progress("比对各单位的报告", 0, 0)
        copies = shared({org: one.report for org, one in made.of.items() if one.report})
        notes = [f"上年的报告“{one.file}”没有用到：{one.reason}" for one in last.unmatched]
        notes += _replaced(made, office.collected.digests(year)) if office else []
        known = [Organ(one.name) for one in made.organs]
        reviews = self.reviews(year, made, examined, task.keep)
        result = collected(made, year, reviews, copies, [*_of_year(ledgers, year, known, notes)], notes)
        if office and not task.again:
            self._keep(office, result, last, answers, task.by)
        return CollectedYear(result, made, examined, dict(task.files.files))

    def reviews(
        self, year: int, made: SortedFiles, examined: Mapping[str, Examined], kept: bool = True
    ) -> dict[str, ReportReview]:
        """What stands of the findings after the reviewers' decisions as they are now, and what was said of each report."""
        from collecting.collection import ReportReview
        from office import fingerprint

        office = self._held() if kept or self._office.exists() else None
        versions = reversed(office.handed_in.versions(year)) if office and kept else ()
        said = {(one.org, one.digest): one for one in versions}
        found = {}
        for org, one in examined.items():
            decided = office.decisions(one.key) if office else {}
            standing = [
                finding
                for finding in one.findings
                if not ((made_ := decided.get(fingerprint(finding))) and made_.decision == "dismissed")
            ]
            file = made.government if made.government and org == _org_of(made.government) else made.of.get(org)
            word = said.get((org, file.report.digest)) if file and file.report else None
            verdict = (word.verdict, word.note) if word else ("", "")
            found[org] = ReportReview(standing, one.likeness, *verdict)
        return found

    def _sharing(self) -> Office | None:
        """The office where workbenches share its database: there what was read and found is kept for the others."""
        return self._office() if self._choices.settings.database_url else None

    def _held(self) -> Office | None:
        return self._office() if self._office.exists() else None

    def _returned(self, year: int, office: Office | None) -> frozenset[str]:
        """The digests of reports whose last word was 退回."""
        if office is None:
            return frozenset()
        last = {one.digest: one.status for one in reversed(office.handed_in.versions(year))}
        return frozenset(digest for digest, status in last.items() if status == "退回")

    def _parted(self, task: CollectionTask) -> tuple[list[Figures], dict[str, Path], dict[str, str]]:
        """Ledgers among the files as figures, the files that are none, and why a ledger cannot be used."""
        figures, faults = [], {}
        ledgers = {name: path for name, path in task.files.files.items() if path.suffix.lower() in LEDGER_SUFFIXES}
        for name, path in ledgers.items():
            try:
                figures.append(self._ledgers.compute(path).figures)
            except UnusableInput as error:
                faults[name] = str(error)
        if task.own:
            figures.append(self._ledgers.compute(task.own).figures)
        return figures, {name: path for name, path in task.files.files.items() if name not in ledgers}, faults

    def _read(
        self,
        workers: Workers,
        files: Mapping[str, Path],
        task: CollectionTask,
        progress: Report,
        cancelled: Callable[[], bool],
    ) -> tuple[list[HandedIn], list[HandedIn]]:
        from collecting.submissions import HandedIn
        from services.examining import read

        came = {**task.files.came, **task.previous.came}
        everything = [
            *files.items(),
            *((n, p) for n, p in task.previous.files.items() if p.suffix.lower() not in LEDGER_SUFFIXES),
        ]
        keys = [_content(path) for _, path in everything]
        self._read_before.fetch(keys)
        results: list[Any] = [self._read_before.get(key) for key in keys]
        todo = [at for at, result in enumerate(results) if result is None]
        done = len(everything) - len(todo)
        for at, result, fault in workers.run(read, [everything[at][1] for at in todo], cancelled):
            results[todo[at]], done = result or fault, done + 1
            if result is not None:
                self._read_before.put(keys[todo[at]], result)
            progress("读入", done, len(everything))
        found = []
        for (name, path), result in zip(everything, results):
            order, own = came.get(name, (0, name))
            if isinstance(result, PublishedReport):
                found.append(HandedIn(name, replace(result, source=Path(name).name), "", order, own))
            else:
                found.append(HandedIn(name, None, str(result).replace(path.name, Path(own).name), order, own))
        return found[: len(files)], found[len(files) :]

    def _examined(
        self,
        workers: Workers,
        made: SortedFiles,
        last: SortedFiles,
        sources: GatheredFiles,
        progress: Report,
        cancelled: Callable[[], bool],
    ) -> dict[str, Examined]:
        """What was found by organ; a report that could not be checked has a finding that says so."""
        from collecting.organs import match
        from services.examining import examine

        counted = dict(made.of)
        if made.government and made.government.report:
            counted[made.government.report.org] = made.government
        found: dict[str, Examined] = {}
        wanted: dict[str, tuple[str, Examination]] = {}
        for org, one in counted.items():
            fits = match(org, last.organs).only
            before = last.of.get(fits) if fits else last.government if one is made.government else None
            if not one.report:
                continue
            path, beside = sources.files[one.name], before.report if before else None
            key = f"{_content(path)}|{_content(path.with_name(ANNEX))}|{beside.digest if beside else ''}"
            wanted[org] = key, Examination(path, one.report, beside)
        self._examined_before.fetch([key for key, _ in wanted.values()])
        found |= {org: known for org, (key, _) in wanted.items() if (known := self._examined_before.get(key))}
        orgs = [org for org in wanted if org not in found]
        keys, tasks = [wanted[org][0] for org in orgs], [wanted[org][1] for org in orgs]
        done = len(found)
        for at, result, fault in workers.run(examine, tasks, cancelled):
            unread = Finding("READING", "error", f"没有做完体检：{fault}", "全文", advice="请另存一份后重交")
            found[orgs[at]], done = result or Examined((unread,), ""), done + 1
            if result:
                self._examined_before.put(keys[at], result)
            progress("体检", done, len(counted))
        return found

    def _keep(
        self, office: Office, result: Collection, last: SortedFiles, answers: Mapping[str, str], by: User | None
    ) -> None:
        from collecting.totals import figures_of
        from forms import form_for
        from office.collected import CollectedReport

        def kept(org: str, report: PublishedReport, status: str) -> CollectedReport:
            cells = figures_of(report, form_for(report.year))
            figures = {key: value for key, value in cells.items() if value is not None}
            return CollectedReport(org, report.year, report.title or report.source, report.digest, status, figures)

        user = by or office.users.local()
        asked = {one.id for one in result.questions}
        told = f"{len(result.organs)}个单位，{sum(bool(one.report) for one in result.organs)}个已交"
        with office.together():
            office.collected.answer(result.year, {key: one for key, one in answers.items() if key in asked}, user)
            office.collected.replace(
                result.year, [kept(one.org, one.report, one.status) for one in result.organs if one.report]
            )
            for one in result.organs:
                if one.report:
                    office.handed_in.note(result.year, one.org, one.report.digest, one.file, one.status, user)
            office.collected.add([kept(org, one.report, "往年") for org, one in last.of.items() if one.report])
            office.audit.record(user, "collect", f"{result.year}年度汇集", told)

    def told(self, result: Collection) -> str:
        """A collection as plain text."""
        from collecting.plain import render

        return render(result)

    def write(self, result: Collection, letters: Path | None = None, totals: Path | None = None) -> list[Path]:
        """The letters, their zip and the summary in a folder, the totals as a workbook; their paths.

        UnusableInput where one cannot be written. What ``letters`` held before under the same names is replaced.
        """
        written: list[Path] = []
        try:
            if totals:
                if totals.suffix.lower() != ".xlsx":
                    raise UnusableInput(f"汇总表写成 Excel 文件，{totals} 的扩展名应为 .xlsx")
                from collecting.workbook import workbook

                durable.write(totals, workbook(result))
                written.append(totals)
            if letters:
                from collecting.letters import letters as written_to
                from collecting.letters import zipped

                letters.mkdir(parents=True, exist_ok=True)
                made = written_to(result, date.today())
                for name, content in ({f"{result.year}年反馈单.zip": zipped(made)} | made).items():
                    durable.write(letters / name, content)
                    written.append(letters / name)
        except OSError as error:
            raise UnusableInput(f"{error.filename or letters or totals} 不能写入：{durable.cause(error)}") from error
        return written

    def figures(self) -> list[YearFigures]:
        """The figures of all organs of all years that were collected; none in a folder that nobody has worked in."""
        office = self._held()
        return office.collected.years() if office else []


def _content(path: Path) -> str:
    """A key of a file's content, "" where there is none; a reader goes by the suffix as well."""
    try:
        return f"{hashlib.sha256(path.read_bytes()).hexdigest()}{path.suffix.lower()}"
    except OSError:
        return ""


def _org_of(file: HandedIn) -> str:
    return file.report.org if file.report else ""


def _with_last_year(handed_in: Sequence[HandedIn], last: SortedFiles, year: int) -> tuple[Organ, ...]:
    """Where there is no list: the organs of last year's reports, and those that this year's name."""
    from collecting.organs import match
    from collecting.submissions import sort

    if not last.organs:
        return ()
    found = list(last.organs)
    found += [one for one in sort(handed_in, year).organs if match(one.name, last.organs).how == 0]
    return tuple(found)


def _replaced(made: SortedFiles, before: Mapping[str, tuple[str, str]]) -> list[str]:
    """What changed since the year was last collected."""
    told = []
    for org, (digest, source) in before.items():
        now = made.of.get(org)
        if now is None:
            told.append(f"上次汇集时有“{org}”的报告（{source}），这次没有可以计入的")
        elif now.report and now.report.digest != digest:
            told.append(f"“{org}”的报告换成了新的一份（{now.name}）")
    return told


def _of_year(ledgers: Iterable[Figures], year: int, organs: Sequence[Organ], notes: list[str]) -> Iterable[Figures]:
    """The ledgers of the year, under the organ's name in the list; the others are told."""
    from collecting.organs import match

    for ledger in ledgers:
        if ledger.year != year:
            notes.append(f"“{ledger.org}”的台账是{ledger.year}年度的，没有计入")
        else:
            yield replace(ledger, org=match(ledger.org, organs).only or ledger.org)
