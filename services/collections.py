"""A county's collection: all organs' reports read and checked at once, added up, kept, written out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import durable
from domain import Figures, Finding, PublishedReport, UnusableInput, User, YearFigures
from services.choices import Choices
from services.ledgers import LEDGER_SUFFIXES, Bookkeeping
from services.opening import Once

if TYPE_CHECKING:
    from collecting import Collection
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
class FolderFiles:
    """The files of a collection by their names in the folder, those of last year's, and archives' members unpacked."""

    files: Mapping[str, Path]
    previous: Mapping[str, Path]
    faults: Mapping[str, str]


class Collecting:
    """Collections of every year. Without ``keep`` a look at a folder leaves nothing behind."""

    def __init__(self, choices: Choices, ledgers: Bookkeeping, office: Once[Office]) -> None:
        self._choices = choices
        self._ledgers = ledgers
        self._office = office

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
    ) -> Collection:
        """The collection of the reports on ``year`` in a folder, a zip or a file; UnusableInput where there is none.

        ``answers`` (question id → choice) are kept with those given before. ``collecting.parallel.Stopped``
        where it was cancelled: then nothing is kept.
        """
        from collecting.organs import read_organs
        from forms import form_for

        form_for(year)  # a year without a format is refused before anything is read
        listed = read_organs(organs) if isinstance(organs, Path) else tuple(organs)
        with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as room:
            sources = _sources(folder, previous, Path(room))
            return self._collected(sources, year, listed, dict(answers or {}), progress, cancelled, by, keep)

    def _collected(
        self,
        sources: FolderFiles,
        year: int,
        listed: Sequence[Organ],
        answers: dict[str, str],
        progress: Report,
        cancelled: Callable[[], bool],
        by: User | None,
        keep: bool,
    ) -> Collection:
        from collecting.collection import collected
        from collecting.likeness import shared
        from collecting.organs import Organ
        from collecting.parallel import Workers
        from collecting.submissions import HandedIn, sort
        from services.examining import WORK, prepare

        office = self._office() if keep else None
        if office:
            answers = office.collected.answers(year) | answers
        ledgers, files, faults = self._parted(sources.files)
        with Workers(prepare, (self._choices.settings,), WORK) as workers:
            handed_in, before = self._read(workers, files, sources.previous, progress, cancelled)
            handed_in += [HandedIn(name, None, fault) for name, fault in {**sources.faults, **faults}.items()]
            last = sort(before, year - 1, listed)
            organs = listed or _with_last_year(handed_in, last, year)
            made = sort(handed_in, year, organs, answers)
            findings = self._checked(workers, made, last, sources, progress, cancelled)
        progress("比对各单位的报告", 0, 0)
        copies = shared({org: one.report for org, one in made.of.items() if one.report})
        notes = [f"上年的报告“{one.file}”没有用到：{one.reason}" for one in last.unmatched]
        if office:
            notes += _replaced(made, office.collected.digests(year))
        known = [Organ(one.name) for one in made.organs]
        result = collected(made, year, findings, copies, [*_of_year(ledgers, year, known, notes)], notes)
        if office:
            self._keep(office, result, last, answers, by)
        return result

    def _parted(self, files: Mapping[str, Path]) -> tuple[list[Figures], dict[str, Path], dict[str, str]]:
        """Ledgers among the files as figures, the files that are none, and why a ledger cannot be used."""
        figures, faults = [], {}
        ledgers = {name: path for name, path in files.items() if path.suffix.lower() in LEDGER_SUFFIXES}
        for name, path in ledgers.items():
            try:
                figures.append(self._ledgers.compute(path).figures)
            except UnusableInput as error:
                faults[name] = str(error)
        return figures, {name: path for name, path in files.items() if name not in ledgers}, faults

    def _read(
        self,
        workers: Workers,
        files: Mapping[str, Path],
        previous: Mapping[str, Path],
        progress: Report,
        cancelled: Callable[[], bool],
    ) -> tuple[list[HandedIn], list[HandedIn]]:
        from collecting.submissions import HandedIn
        from services.examining import read

        everything = [*files.items(), *previous.items()]
        found: list[HandedIn] = [HandedIn(name) for name, _ in everything]
        done = 0
        for at, result, fault in workers.run(read, [path for _, path in everything], cancelled):
            name, done = everything[at][0], done + 1
            if isinstance(result, PublishedReport):
                found[at] = HandedIn(name, result)
            else:
                found[at] = HandedIn(name, None, fault or str(result))
            progress("读入", done, len(everything))
        return found[: len(files)], found[len(files) :]

    def _checked(
        self,
        workers: Workers,
        made: SortedFiles,
        last: SortedFiles,
        sources: FolderFiles,
        progress: Report,
        cancelled: Callable[[], bool],
    ) -> dict[str, tuple[Finding, ...]]:
        """The findings by organ; a report that could not be checked has a finding that says so."""
        from collecting.organs import match
        from services.examining import Examination, examine

        counted = dict(made.of)
        if made.government and made.government.report:
            counted[made.government.report.org] = made.government
        orgs, tasks = [], []
        for org, one in counted.items():
            fits = match(org, last.organs).only
            before = last.of.get(fits) if fits else last.government if one is made.government else None
            if one.report:
                orgs.append(org)
                tasks.append(Examination(sources.files[one.name], one.report, before.report if before else None))
        found: dict[str, tuple[Finding, ...]] = {}
        for done, (at, result, fault) in enumerate(workers.run(examine, tasks, cancelled), start=1):
            unread = Finding("READING", "error", f"没有做完体检：{fault}", "全文", advice="请另存一份后重交")
            found[orgs[at]] = (unread,) if result is None else result
            progress("体检", done, len(tasks))
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
        office.collected.answer(result.year, {key: one for key, one in answers.items() if key in asked}, user)
        office.collected.replace(
            result.year, [kept(one.org, one.report, one.status) for one in result.organs if one.report]
        )
        office.collected.add([kept(org, one.report, "往年") for org, one in last.of.items() if one.report])
        told = f"{len(result.organs)}个单位，{sum(bool(one.report) for one in result.organs)}个已交"
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
        return self._office().collected.years() if self._office.exists() else []


def _sources(folder: Path, previous: Path | None, room: Path) -> FolderFiles:
    files, faults = _files(folder, room / "now")
    before, lost = _files(previous, room / "before") if previous else ({}, {})
    return FolderFiles(files, before, faults | {f"上年/{name}": fault for name, fault in lost.items()})


def _files(folder: Path, room: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """Name in the folder → file, archives unpacked into ``room``; name → why it could not be unpacked."""
    import ingest

    found: dict[str, Path] = {}
    faults: dict[str, str] = {}
    for path in ingest.files([folder]):
        name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
        if path.name == "figures.json":  # which a report beside it is held against
            continue
        if path.suffix.lower() not in ingest.ARCHIVES:
            found[name] = path
            continue
        try:
            with ingest.unpacked(path) as members:
                for number, member in enumerate(members):
                    if member.path is None:
                        faults[f"{name}/{member.name}"] = member.fault
                        continue
                    place = room / str(len(found)) / str(number) / member.path.name
                    place.parent.mkdir(parents=True)
                    shutil.copyfile(member.path, place)
                    found[f"{name}/{member.name}"] = place
        except UnusableInput as error:
            faults[name] = str(error)
    if not found and not faults:
        raise UnusableInput(f"{folder} 里没有可以读入的文件")
    return found, faults


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
    from dataclasses import replace

    from collecting.organs import match

    for ledger in ledgers:
        if ledger.year != year:
            notes.append(f"“{ledger.org}”的台账是{ledger.year}年度的，没有计入")
        else:
            yield replace(ledger, org=match(ledger.org, organs).only or ledger.org)
