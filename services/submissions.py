"""What organs hand in to the 主管部门 in a year: received, checked together, returned or passed, answered by letter.

Whoever collects (``User.collects``) sees all organs; a clerk of an organ sees that organ alone (条例第四十九条), and
this holds for every call, whatever a page shows.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import durable
from domain import LedgerResult, Outcome, UnusableInput, User
from services.collections import CollectedYear, Collecting, CollectionTask, Report
from services.gathering import gather_kept
from services.jobs import Jobs
from services.ledgers import Bookkeeping
from services.library import Library
from services.opening import Once
from services.reports import Checked, Reporting

if TYPE_CHECKING:
    from collecting import Collection
    from collecting.collection import OrganReport
    from collecting.organs import Organ
    from office import Office
    from office.handed_in import HandedInFile, OrganVerdict, ReportVersion

NO_LIST = "还没有单位名单：请先写上各单位的名称，或者从上年取"
_KIND = "collect"


def _turn(year: int) -> str:
    """Checks of one year wait for each other."""
    return f"collect-{year}"


def may_see(by: User | None, org: str) -> bool:
    """Whether a user may see what an organ handed in; None is whoever has the machine."""
    from collecting.organs import Organ, match

    return by is None or by.collects or bool(by.org and org and match(by.org, [Organ(org)]).only == org)


class CheckingStopped(Exception):
    """Somebody stopped the check; what was read is not read again."""


class Submissions:
    """Every year's submissions. The state of a year is made anew from its files whenever the program starts."""

    def __init__(
        self,
        office: Once[Office],
        collections: Collecting,
        ledgers: Bookkeeping,
        library: Library,
        reports: Reporting,
        mask: Callable[[str], str],
        jobs: Jobs,
    ) -> None:
        self._office = office
        self._collections = collections
        self._ledgers = ledgers
        self._library = library
        self._reports = reports
        self._mask = mask
        self._jobs = jobs
        jobs.can(_KIND, self._job)
        self._now: dict[int, CollectedYear] = {}
        self._now_of: dict[int, int] = {}
        self._turn = threading.Lock()

    # --- who may ----------------------------------------------------------------------------------

    def sees(self, by: User, org: str) -> bool:
        """Whether a user may see an organ's report."""
        return may_see(by, org)

    def _collecting(self, by: User) -> None:
        if not by.collects:
            raise UnusableInput("只有主管部门和管理员可以汇集各单位的年报")

    def _seeing(self, by: User, org: str) -> None:
        if not self.sees(by, org):
            raise UnusableInput("只能看本单位的报告")

    # --- list and files ---------------------------------------------------------------------------

    def years(self, by: User) -> list[int]:
        """The years that were begun, the latest first; none for who is of no organ and does not collect."""
        return self._office().handed_in.years() if by.collects or by.org else []

    def organs(self, year: int) -> tuple[Organ, ...]:
        from collecting.organs import listed

        text = self._office().handed_in.organs(year)
        return listed(text) if text else ()

    def listed(self, year: int, by: User) -> str:
        """The list of organs as it was typed."""
        self._collecting(by)
        return self._office().handed_in.organs(year)

    def of_last_year(self, year: int, by: User) -> str:
        """Last year's list, a line each; UnusableInput where there is none."""
        self._collecting(by)
        held = self._office().handed_in.organs(year - 1)
        names = held or "\n".join(one.org for one in self._office().collected.years() if one.year == year - 1)
        if not names:
            raise UnusableInput(f"没有{year - 1}年度的名单，也没有那一年的报告")
        return names

    def list_organs(self, year: int, text: str, by: User) -> tuple[Organ, ...]:
        """Keep the list of a year's organs; UnusableInput for a year without a format, or a list that names none or one twice."""
        from collecting.organs import listed
        from forms import form_for

        self._collecting(by)
        form_for(year)
        found = listed(text)
        self._office().handed_in.list_organs(year, text.strip(), by)
        self._now.pop(year, None)
        self._office().audit.record(by, "collect", f"{year}年度名单", f"{len(found)}个单位")
        return found

    def receive(self, year: int, files: Iterable[tuple[Path, str]], by: User) -> list[HandedInFile]:
        """Keep files (place, name); those of a clerk count for that clerk's organ alone. UnusableInput where there is no list."""
        from forms import form_for

        form_for(year)
        if not (by.collects or by.org):
            raise UnusableInput("请管理员先在“管理”页写上您的所属单位")
        if not self.organs(year):
            raise UnusableInput(NO_LIST if by.collects else "主管部门还没有开始收这一年的年报")
        kept = [self._office().handed_in.receive(year, path, name, by) for path, name in files]
        for one in kept:
            self._office().audit.record(by, "upload", one.name, f"{year}年度汇集")
        return kept

    def files(self, year: int, by: User) -> list[HandedInFile]:
        """Every file that came, those set aside too; a clerk's own organ's alone."""
        held = self._office().handed_in.files(year)
        return held if by.collects else [one for one in held if one.org and self.sees(by, one.org)]

    def set_aside(self, year: int, id: int, why: str, by: User) -> None:
        """Leave a file out, or with "" let it count again."""
        self._collecting(by)
        self._office().handed_in.set_aside(year, id, why)

    # --- the state --------------------------------------------------------------------------------

    def check(
        self,
        year: int,
        by: User,
        progress: Report = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
        answers: Mapping[str, str] | None = None,
    ) -> CollectedYear:
        """Read and check what is not yet, and add all up; CheckingStopped where it was cancelled.

        ``answers`` are to questions about the files, by id.
        """
        from collecting.parallel import Stopped

        self._collecting(by)
        if not self.organs(year):
            raise UnusableInput(NO_LIST)
        try:
            if not self._jobs.shared:
                return self._checked_here(year, by, progress, cancelled, answers or {})
            given = {"year": year, "answers": dict(answers or {})}
            self._jobs.do(_KIND, given, by, progress, cancelled, _turn(year))
        except Stopped as error:
            raise CheckingStopped from error
        made = self._present(year)
        assert made is not None  # the job is over
        return made

    def _checked_here(
        self,
        year: int,
        by: User | None,
        progress: Report = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
        answers: Mapping[str, str] | None = None,
        again: bool = False,
    ) -> CollectedYear:
        """``again``: as another workbench has checked it, of which everything is known and kept."""
        organs, kept = self.organs(year), self._office().handed_in
        with self._turn, tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as room:
            now = gather_kept(kept.files(year), Path(room) / "now")
            last = gather_kept(kept.files(year - 1), Path(room) / "before")
            task = CollectionTask(year, organs, now, last, answers=answers or {}, by=by, again=again)
            made = self._now[year] = self._collections.run(task, progress, cancelled)
        return made

    def _job(
        self, given: Mapping[str, Any], by: User | None, advance: Report, cancelled: Callable[[], bool]
    ) -> dict[str, int]:
        """A check done by whichever workbench is free. Done a second time it comes to the same."""
        made = self._checked_here(given["year"], by, advance, cancelled, given["answers"])
        return {"organs": len(made.collection.organs)}

    def _present(self, year: int) -> CollectedYear | None:
        """The state of a year as whichever workbench has checked it last; None where none has."""
        if not self._jobs.shared:
            return self._now.get(year)
        last = self._office().jobs.latest_done(_turn(year))
        if last is None:
            return None
        if self._now_of.get(year) != last or year not in self._now:
            self._checked_here(year, None, again=True)
            self._now_of[year] = last
        return self._now[year]

    def known(self, year: int, by: User) -> CollectedYear | None:
        """The state as it was checked last, with the decisions of now; None where the program has not checked the year yet.

        A clerk's own organ's place alone.
        """
        state = self._present(year)
        if state is None:
            return None
        fresh = self._reviewed(state)
        return fresh if by.collects else _narrowed(fresh, lambda org: self.sees(by, org))

    def _reviewed(self, state: CollectedYear) -> CollectedYear:
        from collecting.collection import reviewed

        result = state.collection
        reviews = self._collections.reviews(result.year, state.made, state.examined)
        return replace(state, collection=reviewed(result, reviews))

    def collection(self, year: int, by: User) -> Collection:
        """The collection of a year; UnusableInput where it has not been checked, and for who does not collect."""
        self._collecting(by)
        state = self.known(year, by)
        if state is None:
            raise UnusableInput("请先体检，再看结果")
        return state.collection

    # --- one organ --------------------------------------------------------------------------------

    def place(self, year: int, org: str, by: User) -> OrganReport:
        """An organ's place in the collection; UnusableInput where the user may not see it, or there is none."""
        self._seeing(by, org)
        state = self.known(year, by)
        collection = state.collection if state else None
        everyone = (
            (*collection.organs, *([collection.government] if collection.government else [])) if collection else ()
        )
        found = next((one for one in everyone if one.org == org), None)
        if found is None:
            raise UnusableInput(f"{year}年度的汇集里没有“{org}”")
        return found

    def checked(self, year: int, org: str, by: User) -> Checked | None:
        """All that was found in an organ's report, with what was decided on it; None where there is no report."""
        place, state = self.place(year, org, by), self._now.get(year)
        one = state.examined.get(org) if state else None
        if place.report is None or one is None:
            return None
        return Checked(place.report, one.findings, one.key, self._office().decisions(one.key), one.unjudged)

    def original(self, year: int, org: str, by: User) -> tuple[str, bytes]:
        """The file of an organ's report as it came: its name and content; UnusableInput where it is no longer there."""
        place = self.place(year, org, by)
        kept = [one for one in self._office().handed_in.files(year) if not one.aside]
        with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as room:
            near = [one for one in kept if place.file == one.name or place.file.startswith(f"{one.name}/")]
            found = gather_kept(near, Path(room) / "near").files.get(place.file)
            found = found or gather_kept(kept, Path(room) / "all").files.get(place.file)
            if not place.file or found is None:
                raise UnusableInput(f"“{org}”的报告文件不见了，请重新上传")
            return Path(place.file).name, found.read_bytes()

    def versions(self, year: int, org: str, by: User) -> list[ReportVersion]:
        """The versions of an organ's report that counted, the latest first, and what was said of them."""
        self._seeing(by, org)
        return self._office().handed_in.versions(year, org)

    def judge(self, year: int, org: str, verdict: OrganVerdict, note: str, by: User) -> OrganReport:
        """Return or pass an organ's report, or take that back.

        UnusableInput where there is no report, where a return has no reason, and where a report with errors is passed without one.
        """
        self._collecting(by)
        place = self.place(year, org, by)
        if place.report is None:
            raise UnusableInput(f"“{org}”还没有可以计入的报告")
        if verdict == "退回" and not note.strip():
            raise UnusableInput("退回要写明理由")
        if verdict == "通过" and place.errors and not note.strip():
            raise UnusableInput(f"还有{len(place.errors)}处错误，通过要写明理由")
        file = (org, place.report.digest, place.file)
        office = self._office()
        status = verdict if verdict != "撤回" else place.status
        office.handed_in.judge(year, *file, status, verdict, self._mask(note), by)
        office.audit.record(by, "review", f"{org}{year}年报告", verdict)
        now = self.place(year, org, by)
        office.handed_in.note(year, *file, now.status, by)
        office.collected.set_status(year, org, now.status)
        return now

    def write_report(self, result: Collection, organs: Path | None, out: Path) -> Path:
        """The government's report of a collection (``organs``: its list) as a .docx; UnusableInput where it cannot be written."""
        from collecting.government import ledger_of
        from collecting.organs import read_organs

        names = [one.name for one in read_organs(organs)] if organs else []
        if out.suffix.lower() != ".docx":
            raise UnusableInput(f"政府的报告写成 Word 文件，{out} 的扩展名应为 .docx")
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            built = self._reports.build(
                ledger_of(result, names), Path(folder) / "report", with_model=False, with_pdf=False
            )
            made = next(path for path in built.files if path.name == "report.docx")
            try:
                durable.write(out, made.read_bytes())
            except OSError as error:
                raise UnusableInput(f"{out} 不能写入：{durable.cause(error)}") from error
        return out

    # --- what is written --------------------------------------------------------------------------

    def letter(self, year: int, org: str, by: User) -> tuple[str, bytes]:
        """The 反馈单 of one organ: file name and .docx."""
        from collecting.letters import letter

        self._seeing(by, org)
        place, state = self.place(year, org, by), self.known(year, by)
        assert state is not None  # place has found it there
        return letter(state.collection, place, date.today())

    def letters(self, year: int, by: User) -> bytes:
        """The zip of all letters and the summary."""
        from collecting.letters import letters, zipped

        return zipped(letters(self.collection(year, by), date.today()))

    def summary(self, year: int, by: User) -> bytes:
        """The summary for the leader (.docx)."""
        from collecting.letters import summary

        return summary(self.collection(year, by), date.today())

    def workbook(self, year: int, by: User) -> bytes:
        """The totals (.xlsx)."""
        from collecting.workbook import workbook

        return workbook(self.collection(year, by))

    def government_ledger(self, year: int, by: User) -> LedgerResult:
        """The government's own figures as the sums of its organs', laid on the user's desk for 起草."""
        from collecting.government import ledger_of

        made = ledger_of(self.collection(year, by), [one.name for one in self.organs(year)])
        return self._ledgers.take_sums(by, made)

    def to_library(self, year: int, by: User) -> list[Outcome]:
        """Take the reports that count into the office's own library: only when asked, never by itself."""
        self._collecting(by)
        counting = [one.file for one in self.collection(year, by).organs if one.file]
        with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as room:
            now = gather_kept(self._office().handed_in.files(year), Path(room))
            paths = []
            for number, name in enumerate(one for one in counting if one in now.files):
                place = Path(room) / f"library-{number}"
                place.mkdir()
                paths.append(
                    Path(shutil.copyfile(now.files[name], place / Path(name).name))
                )  # under the name it came by
            done = list(self._library.ingest(paths, kind="report"))
        self._office().audit.record(by, "upload", f"{year}年度汇集", f"并入文库{len(paths)}份")
        return done


def _narrowed(state: CollectedYear, sees: Callable[[str], bool]) -> CollectedYear:
    """What of a state the people of one organ see: their own place, and no word of others'."""
    from collecting.totals import add_up

    result = state.collection
    mine = tuple(one for one in result.organs if sees(one.org))
    names = {one.org for one in mine}
    narrowed = replace(
        result,
        organs=mine,
        unmatched=(),
        questions=(),
        totals=add_up({}, result.year),
        government=None,
        differences=(),
        hier=(),
        copied=tuple(
            replace(one, places=tuple(place for place in one.places if place[0] in names))
            for one in result.copied
            if names & set(one.orgs)
        ),
        notes=(),
    )
    examined = {org: one for org, one in state.examined.items() if org in names}
    return replace(state, collection=narrowed, examined=examined, files={})
