"""What gongkai does: one method per subcommand, called alike by the command line and the workbench.

Wires settings to the packages. Everything heavy (the store, the embedding weights, the chat model)
is opened at first use, so that ``tables`` or ``check`` never wait for it.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping, NoReturn

from domain import (
    SECTION_TITLES,
    Draft,
    Event,
    Finding,
    Finished,
    FinishedReport,
    Hit,
    LedgerResult,
    ModelUnavailable,
    Outcome,
    Phrase,
    PublishedReport,
    Remark,
    UnusableInput,
    YearFigures,
    plain_numbers,
)
from settings import Settings, choose, load_settings

if TYPE_CHECKING:
    from answering.past import Review
    from office import Decision, Office, User
    from office.reviews import Verdict
    from statutory import Explanation
    from store.lookup import VersionHeld

KNOWLEDGE = Path(__file__).parent / "knowledge"
EXAMPLES = KNOWLEDGE / "examples"
EXAMPLE_REPORTS = {path.name for path in EXAMPLES.glob("*.md")}
REGISTRY = KNOWLEDGE / "registry.toml"
LEDGER_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")

Report = Callable[[str], None]
"""Receives one line of progress in Chinese."""


@dataclass(frozen=True)
class Built:
    """What ``build`` made: the report, the ledger's figures, the paths of its files, what is to be said."""

    report: FinishedReport
    ledger: LedgerResult
    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.report.title,
            "org": self.ledger.figures.org,
            "year": self.ledger.figures.year,
            "files": [str(path) for path in self.files],
            "draft_mark": self.report.draft_mark,
            "checks": [check.as_json() for check in self.ledger.checks],
            "drafts": {name: draft.as_json() for name, draft in self.report.drafts.items()},
            "notes": list(self.notes),
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

    def decision(self, finding: Finding) -> Decision | None:
        from office import fingerprint

        return self.decisions.get(fingerprint(finding))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors, those left out that a reviewer has dismissed."""
        found = (finding for finding in self.findings if finding.severity == "error")
        return tuple(one for one in found if (made := self.decision(one)) is None or made.decision != "dismissed")

    def as_json(self) -> dict[str, Any]:
        return {
            "findings": [self._finding(finding) for finding in self.findings],
            "tables": plain_numbers(self.published.tables),
            "year": self.published.year,
            "org": self.published.org,
            "notes": list(self.published.notes),
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        made = self.decision(finding)
        return finding.as_json() | ({"decision": made.as_json()} if made else {})


class Gongkai:
    """The services of one data folder. Safe to share between threads of one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opening = threading.RLock()
        self._model: Any = None
        self._model_note = ""
        self._model_opened = False

    # --- what the office keeps of its own work --------------------------------------------------

    @cached_property
    def office(self) -> Office:
        """Users, conversations, ledgers, drafts, decisions and the audit log of this data folder."""
        with self._opening:
            return self.__dict__.get("office") or self._open_office()

    def _open_office(self) -> Office:
        from ingest.masking import mask
        from office import Office
        from office.users_file import read_users

        listed = read_users(self.settings.users) if self.settings.users else None
        office = self.__dict__["office"] = Office(self.settings.home, mask)
        if listed:
            office.users.adopt(listed)
        return office

    def take_ledger(self, user: User, path: Path, name: str = "") -> LedgerResult:
        """Compute an uploaded ledger, keep it with its figures and lay it on the user's desk."""
        result = self.tables(path)
        held = result.figures
        kept = self.office.ledgers.keep(user, path, held.org, held.year, name)
        self.office.remember_figures(result, kept.name)
        self.office.ledgers.put_on_desk(user, kept)
        self.office.audit.record(user, "upload", kept.name, f"{held.org}{held.year}年台账")
        return self.ledger_on_desk(user) or result

    def ledger_on_desk(self, user: User) -> LedgerResult | None:
        """What the user's ledger yields, beside the year before's where it is kept; None without one."""
        desk = self.office.ledgers.on_desk(user)
        if desk.ledger is None:
            return None
        result = self.tables(desk.ledger.path, desk.previous.path if desk.previous else None)
        comparison = result.comparison and replace(result.comparison, source=desk.previous.name)
        return replace(result, source=desk.ledger.name, comparison=comparison)

    def take_previous(self, user: User, path: Path, name: str = "") -> LedgerResult:
        """Keep last year's ledger and lay it beside the one on the user's desk; UnusableInput where it does not fit."""
        ledger = self.office.ledgers.on_desk(user).ledger
        if ledger is None:
            raise UnusableInput("还没有台账：请先上传本年的台账")
        self.tables(ledger.path, path)
        result = self.tables(path)
        held = result.figures
        kept = self.office.ledgers.keep(user, path, held.org, held.year, name)
        self.office.remember_figures(result, kept.name)
        self.office.ledgers.put_on_desk(user, ledger, kept)
        self.office.audit.record(user, "upload", kept.name, f"{held.org}{held.year}年台账")
        return self.ledger_on_desk(user)

    def backup(self, out: Path) -> Path:
        """Everything in the data folder as one zip file; works while others work."""
        from office.backup import backup

        self.office  # noqa: B018  (a folder that was never worked in has none yet)
        return backup(self.settings.home, out)

    def stage_restore(self, file: Path) -> dict[str, Any]:
        """Check and unpack a backup; it takes the place of everything at the next start. Its manifest."""
        from office.backup import stage

        return stage(file, self.settings.home)

    def restore(self, file: Path) -> dict[str, Any]:
        """Put a backup in place now; UnusableInput, and no change, while a workbench is open."""
        from office.backup import unstage

        manifest = self.stage_restore(file)
        try:
            self.finish_restore()
        except UnusableInput:
            unstage(self.settings.home)
            raise
        return manifest

    def finish_restore(self) -> bool:
        """Put a staged backup in place, before anything is opened; False where none is staged."""
        from office.backup import swap

        return swap(self.settings.home)

    def choose(self, values: Mapping[str, str]) -> None:
        """Keep and use model settings chosen in the workbench (``settings.CHOICES``).

        Another chat model is used from the next question on, another embedding from the next start.
        """
        choose(self.settings.home, values)
        chosen = load_settings(home=self.settings.home)
        with self._opening:
            old, self._model, self._model_opened, self._model_note = self._model, None, False, ""
            self.settings = self.settings.model_copy(update={name: getattr(chosen, name) for name in values})
        if old is not None:
            old.close()

    def fixed(self) -> dict[str, str]:
        """The settings that cannot be chosen in the workbench, and what says them (a variable or a file)."""
        from settings import fixed

        return fixed()

    # --- the knowledge base ---------------------------------------------------------------------

    @cached_property
    def knowledge(self) -> Any:
        """The open knowledge base, with the built-in cards and example loaded into it."""
        with self._opening:
            if "knowledge" in self.__dict__:  # another thread opened it while this one waited
                return self.__dict__["knowledge"]
            knowledge = self._open_knowledge()
            self._load_built_in(knowledge, lambda line: None)
            return knowledge

    def is_new(self) -> bool:
        """Whether this data folder has never held a knowledge base."""
        return not self.settings.chroma_url and not (self.settings.home / "chroma").exists()

    def load_built_in(self, progress: Report) -> int:
        """Load the built-in cards and the example report; return how many documents were new."""
        with self._opening:
            knowledge = self.__dict__.get("knowledge") or self._open_knowledge()
            added = self._load_built_in(knowledge, progress)
            self.__dict__["knowledge"] = knowledge
            return added

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """The files meant by files and folders; UnusableInput where one is not there."""
        import ingest

        return ingest.files(paths)

    def ingest(
        self, paths: Iterable[Path], kind: str = "auto", progress: Report = lambda line: None
    ) -> Iterator[Outcome]:
        """Take files and folders into the knowledge base, one Outcome a file, faults included."""
        import ingest

        files = ingest.files(paths)
        for number, path in enumerate(files, start=1):
            progress(f"[{number}/{len(files)}] {path.name}")
            if path.suffix.lower() in ingest.ARCHIVES:
                yield from self._ingest_archive(path, kind, progress)
            else:
                yield self._ingest_one(path, kind, str(path))

    def _ingest_archive(self, path: Path, kind: str, progress: Report) -> Iterator[Outcome]:
        import ingest

        found = 0
        try:
            with ingest.unpacked(path) as members:
                for found, member in enumerate(members, start=1):
                    progress(f"  {path.name}：{member.name}")
                    place = f"{path}/{member.name}"
                    if member.path is None:
                        yield Outcome(place, "rejected", member.fault)
                    else:
                        yield self._ingest_one(member.path, kind, place)
        except UnusableInput as error:
            yield Outcome(str(path), "rejected", str(error))
        else:
            if not found:
                yield Outcome(str(path), "rejected", f"压缩包 {path.name} 里没有可以读入的文件")

    def _ingest_one(self, path: Path, kind: str, place: str) -> Outcome:
        import ingest

        knowledge = self.knowledge
        try:
            document = ingest.carry_keywords(ingest.read(path, kind), ingest.load_cards())
            status = knowledge.add(document)
        except UnusableInput as error:
            return Outcome(place, "rejected", str(error))
        notes = "；".join(document.notes)
        return Outcome(place, status, notes, document.kind, document.title, len(document.passages))

    def remove(self, id: str) -> bool:
        """Take a document out of the knowledge base by its id; False where there is none."""
        return self.knowledge.remove(id)

    def replace(self, id: str, path: Path) -> Outcome:
        """Take in a file in the place of a held document, which goes once the file is in."""
        held = next((held for held in self.documents() if held["id"] == id), None)
        if held is None:
            raise UnusableInput("没有这份资料，可能已经删除")
        outcome = self._ingest_one(path, held["kind"], str(path))
        if outcome.status == "added":  # another title or date: else the store has replaced it by itself
            self.remove(id)
        return outcome

    def passages(self, id: str) -> list[Hit]:
        """A held document from beginning to end, each passage with its validity today."""
        held = next((held for held in self.documents() if held["id"] == id), None)
        document = self.knowledge.document(id)
        if held is None or document is None:
            raise UnusableInput("没有这份资料，可能已经删除")
        about = {name: held[name] for name in ("kind", "title", "status", "effective_from", "effective_to", "replaced_by", "source")}
        return [
            Hit(
                article=passage.article, article_no=passage.article_no, article_sub=passage.article_sub,
                text=passage.text, verbatim=passage.verbatim, heading=passage.heading, score=1.0, **about,
            )
            for passage in document.passages
        ]  # fmt: skip

    def rebuild(
        self,
        embedding: str,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Index everything for another embedding model, beside the index that goes on serving, and use it.

        "" is the built-in model. False where it was cancelled: another call goes on from there. The
        old index stays, so that the way back is quick. UnusableInput where the environment fixes the
        model or it cannot be loaded. ``progress`` counts passages.
        """
        from store import rebuild

        if said := self.fixed().get("embedding"):
            raise UnusableInput(f"向量模型已由{said}设定，要改请到那里改")
        old, new = self.knowledge, self._open_knowledge(embedding.strip())
        if new.embedder.fingerprint == old.embedder.fingerprint:
            raise UnusableInput(f"正在使用的就是这个向量模型（{old.embedder.name}），不需要重建")
        new.embedder.embed_query("")  # a model that cannot be loaded is told before anything is written
        if not rebuild(old, new, progress, cancelled):
            return False
        new.prepare()
        self.choose({"embedding": embedding})
        with self._opening:
            self.__dict__["knowledge"] = new
        return True

    def forget(self, name: str) -> list[dict[str, Any]]:
        """Take out every document of that source file, title or id; return what was taken out.

        What ships with the project (cards, the example) comes back at the next start.
        """
        wanted = _wanted(name, "文件名或标题")
        found = [held for held in self.documents() if wanted in (held["id"], held["source"], held["title"])]
        if not found:
            raise UnusableInput(f"知识库里没有来源、标题或编号是“{wanted}”的文件")
        return [held for held in found if self.remove(held["id"])]

    def add_laws(
        self, progress: Report = lambda line: None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[Outcome]:
        """Fetch the statute library where it is missing and take it in, one Outcome a law.

        What is held already costs a look-up, so that a stopped run goes on where it was; an official
        file that somebody has taken in stays. UnusableInput where the library cannot be fetched.
        """
        import ingest

        progress("正在准备法律条文库 …")
        library = self._law_library()
        cards, total = ingest.load_cards(), ingest.count_laws(library)
        laws = [ingest.carry_keywords(law, cards) for law in ingest.read_library(library)]
        for number, (law, status) in enumerate(zip(laws, self.knowledge.add_all(laws, cancelled=cancelled)), start=1):
            progress(f"[{number}/{total}] {law.title}")
            yield Outcome(law.source, status, "；".join(law.notes), law.kind, law.title, len(law.passages))

    def count_laws(self) -> int:
        """How many laws the statute library holds; it is fetched where it is missing."""
        import ingest

        return ingest.count_laws(self._law_library())

    def _law_library(self) -> Path:
        from weights.fetch import fetch_named
        from weights.registry import NotFetched

        try:
            return fetch_named("laws", self.settings.weights)
        except (NotFetched, OSError) as error:
            raise UnusableInput(f"法律条文库没有取到：{error}") from error

    def documents(self) -> list[dict[str, Any]]:
        """What is held, by title and day: each document's id (for ``remove``), status today and facts.

        ``origin`` is 要点, 法律条文库 or 文件; ``notes`` say what its reading left in doubt.
        """
        knowledge = self.knowledge
        return [
            {
                "id": held.id,
                "kind": held.kind,
                "title": held.title,
                "status": period.status(date.today()),
                "number": held.document.number,
                "issuer": held.document.issuer,
                "level": held.document.level,
                "promulgated": held.document.promulgated,
                "effective_from": held.document.effective_from,
                "effective_to": period.end,
                "replaced_by": period.replaced_by,
                "verbatim": held.verbatim,
                "origin": ("要点", "法律条文库", "文件")[held.rank],
                "passages": held.passages,
                "source": held.document.source,
                "org": held.document.org,
                "year": held.document.year,
                "notes": list(held.document.notes),
            }
            for held, period in knowledge.periods()
        ]

    def search(
        self,
        text: str,
        k: int = 10,
        kind: str | None = None,
        as_of: date | None = None,
        level: str = "",
        status: str = "",
        year: int = 0,
        org: str = "",
    ) -> list[Hit]:
        """Retrieval only: the best ``k`` passages, each with its validity on ``as_of``.

        Kept to a level (行政法规), a status on that day, a year (a report's, or of promulgation) and
        part of an organ's name (a report's, or the issuer's), where these are given.
        """
        kept = {"level": level, "status": status, "year": year, "org": org}
        return self.knowledge.search(_wanted(text, "检索词"), k=k, kind=kind, as_of=as_of, **kept)

    def look_up(
        self, text: str, k: int = 10, kind: str | None = None, as_of: date | None = None, level: str = "", status: str = ""
    ) -> list[Hit]:
        """As ``search``, but a bare number (第五十条, 部令第24号) means the articles that bear it."""
        from store.lookup import by_number

        found = by_number(self.knowledge, _wanted(text, "检索词"), as_of or date.today())
        if not found:
            return self.search(text, k, kind, as_of, level, status)
        levels = {held["title"]: held["level"] for held in self.documents()} if level else {}
        kept = [hit for hit in found if kind in (None, hit.kind) and levels.get(hit.title, "") == level]
        return [hit for hit in kept if status in ("", hit.status)][:k]

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None:
        """One article (``sub`` 1 for 之一) in the version for that day; None where it is not held."""
        return self.knowledge.article(title, no, sub, as_of)

    def judged(self, hit: Hit, as_of: date | None = None) -> Hit:
        """The same passage with its validity on another day."""
        from store.lookup import judged

        return judged(self.knowledge, hit, as_of or date.today())

    def beside(self, hit: Hit, as_of: date | None = None) -> tuple[Hit | None, Hit | None]:
        """The passages before and after a hit in its regulation; None at an end, or in a report."""
        from store.lookup import beside

        return beside(self.knowledge, hit, as_of or date.today())

    def versions(self, title: str) -> list[VersionHeld]:
        """Every version of a regulation that is held or whose dates are known, the latest first."""
        from store.lookup import versions

        return versions(self.knowledge, title)

    def review_past(self, today: date | None = None) -> Review:
        """Which regulations and articles cited in the reports held have ended since, and what took their place."""
        import ingest
        from answering.past import review

        return review(self.knowledge, today or date.today(), ingest.load_aliases())

    # --- answers and drafts ---------------------------------------------------------------------

    def ask(
        self,
        text: str,
        as_of: date | None = None,
        history: tuple[tuple[str, str], ...] = (),
        cancelled: Callable[[], bool] | None = None,
        ledger: LedgerResult | None = None,
    ) -> Iterator[Event]:
        """A cited answer as a stream of events, the last of which is Finished(Answer).

        Questions for the office's own figures are answered from ``ledger`` and ``figures_held``.
        """
        from answering import answer
        from ingest.masking import mask

        question = mask(_wanted(text, "问题"))
        yield from answer(
            question,
            self.knowledge,
            self.model,
            as_of=as_of,
            history=history,
            cancelled=cancelled,
            fault=self._model_note,
            figures=self.figures_held(ledger),
        )

    def figures_held(self, ledger: LedgerResult | None = None) -> list[YearFigures]:
        """The figures that can be asked about: of ``ledger``, of ledgers remembered, of reports held.

        The built-in example speaks only while there is nothing of the office's own.
        """
        from answering import of_ledger, of_report

        computed = [of_ledger(ledger)] if ledger else []
        taken = {(one.org, one.year) for one in computed}
        computed += [one for one in self.office.year_figures() if (one.org, one.year) not in taken]
        reports = [document for document in self.knowledge.reports() if document.tables]
        own = [document for document in reports if Path(document.source).name not in EXAMPLE_REPORTS]
        return computed + [of_report(document) for document in (own if own or computed else reports)]

    def draft(
        self,
        section: str,
        ledger: LedgerResult,
        cancelled: Callable[[], bool] | None = None,
        with_model: bool = True,
        notes: str = "",
        previous: PublishedReport | None = None,
    ) -> Iterator[Event]:
        """One narrative section of a ledger's report, the last event being Finished(Draft).

        notes: the office's own remarks, taken over word for word but for phone numbers. previous: last year's report, to
        measure similarity against; unset, the one that the knowledge base holds.
        """
        from drafting import draft
        from ingest.masking import mask

        yield from draft(
            section, self.beside_last_year(ledger), notes=mask(notes), previous=previous, **self._drafting(ledger, with_model, cancelled)
        )

    def redraft(
        self,
        section: str,
        ledger: LedgerResult,
        paragraph: int,
        text: str,
        cancelled: Callable[[], bool] | None = None,
        with_model: bool = True,
        notes: str = "",
        previous: PublishedReport | None = None,
    ) -> Iterator[Event]:
        """``text`` with only its ``paragraph`` (0-based line) written anew; ends with Finished(Draft)."""
        from drafting import redraft
        from ingest.masking import mask

        yield from redraft(
            section, self.beside_last_year(ledger), paragraph, text, notes=mask(notes), previous=previous,
            **self._drafting(ledger, with_model, cancelled),
        )  # fmt: skip

    def edited(self, draft: Draft, text: str, ledger: LedgerResult, notes: str = "") -> Draft:
        """``draft`` with its text changed by hand: figures, articles and similarity are measured anew."""
        from drafting.sections import begin

        work = begin(draft.section, self.beside_last_year(ledger), self.knowledge, _last_day(ledger), notes)
        new = work.edited(text)
        kept = [note for note in draft.notes if "相同的文字占" not in note]
        told = tuple(dict.fromkeys([*kept, *new.notes]))
        return replace(new, mode=draft.mode, rejected=draft.rejected, signals=draft.signals or new.signals, notes=told)

    def last_year(self, section: str, ledger: LedgerResult) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The title of last year's report and its (heading, text) on a section; "" and () where none is held."""
        from drafting.past import find_past

        past = find_past(self.knowledge, ledger.figures.org, ledger.figures.year)
        if past is None:
            return "", ()
        wanted = SECTION_TITLES[section].removesuffix("及改进情况").removeprefix("存在的主要")
        return past.title, tuple(part for part in past.parts if wanted in part[0] and part[1].strip())

    def inspect(self, text: str, ledger: LedgerResult, notes: str = "") -> tuple[Remark, ...]:
        """What the gates say about a text that was edited by hand; quick enough for every pause in typing."""
        from drafting import inspect

        return inspect(text, self.beside_last_year(ledger), self.knowledge, _last_day(ledger), notes)

    def figure_spans(self, text: str, ledger: LedgerResult, notes: str = "") -> tuple[tuple[int, int, Phrase], ...]:
        """(start, end, phrase) of each figure phrase in ``text``."""
        from drafting import spans

        return spans(text, self.beside_last_year(ledger), notes)

    def _drafting(self, ledger: LedgerResult, with_model: bool, cancelled: Callable[[], bool] | None) -> dict[str, Any]:
        return {
            "knowledge": self.knowledge,
            "model": self.model if with_model else None,
            "as_of": _last_day(ledger),
            "cancelled": cancelled,
            "fault": self.model_note if with_model else "",
        }

    def beside_last_year(self, ledger: LedgerResult) -> LedgerResult:
        """The ledger compared with the organ's report of the year before, where the knowledge base holds it."""
        import statutory

        org, year = ledger.figures.org, ledger.figures.year
        held = [r for r in self.knowledge.reports() if (r.org, r.year) == (org, year - 1) and r.tables]
        if ledger.comparison or not held or not org:
            return ledger
        figures = {"year": held[0].year, "org": held[0].org} | dict(held[0].tables)
        try:
            return statutory.compare(ledger, figures, held[0].source, self._ledger_aliases)
        except UnusableInput:  # its tables cannot be compared: the draft does without
            return ledger

    def published(self, path: Path | None) -> PublishedReport | None:
        """Last year's report with its text; None where ``path`` is a ledger or a figures.json."""
        import ingest

        if path is None or path.is_dir() or path.suffix.lower() in (*LEDGER_SUFFIXES, ".json"):
            return None
        return ingest.read_report(path)

    @property
    def model(self) -> Any:
        """The chat model in use, or None; ``model_note`` says why there is none."""
        with self._opening:
            if not self._model_opened:
                self._model_opened = True
                try:
                    self._model = self._open_model()
                except ModelUnavailable as error:
                    self._model_note = str(error)
            return self._model

    def try_model(self, llm: str, model: str = "", api_key: str = "") -> tuple[str, float]:
        """Ask a model for one word before it is chosen: its name, and the seconds until it answered.

        Nothing of the office is sent. UnusableInput where there is no model to try, ModelUnavailable
        where it does not answer.
        """
        import time

        from chat import open_model
        from weights import locate

        gguf = self.settings.llm_gguf or locate.chat_model(self.settings.weights)
        tried = open_model(llm, model, api_key, gguf)
        if tried is None:
            raise UnusableInput("没有选择模型，不需要测试")
        started = time.monotonic()
        try:
            for _ in tried.stream([("user", "请只回答一个字：好")], max_tokens=512):
                break
            return tried.name, time.monotonic() - started
        finally:
            tried.close()

    @property
    def model_note(self) -> str:
        """Why the configured model cannot be used, or ""."""
        return self._model_note if self.model is None else ""

    # --- figures, the report, its check ---------------------------------------------------------

    def tables(self, ledger: Path, previous: Path | None = None) -> LedgerResult:
        """Figures, statutory tables, checks and provenance of a ledger.

        With ``previous`` (last year's ledger, figures.json or report) the comparison as well;
        UnusableInput where it is not of the year before.
        """
        import statutory

        result = statutory.compute(ledger, self._ledger_aliases)
        if previous is None:
            return result
        return statutory.compare(result, self._previous(previous), previous.resolve().name, self._ledger_aliases)

    def explain(self, ledger: Path, key: str, result: LedgerResult | None = None) -> Explanation:
        """The rows of ``ledger`` behind one figure, personal data masked; UnusableInput for an unknown key.

        ``result``: what was computed from that ledger, where it is at hand.
        """
        import statutory
        from ingest.masking import mask

        return statutory.explain(ledger, result or self.tables(ledger), key, mask, self._ledger_aliases)

    def publications_by_month(self, ledger: Path, result: LedgerResult) -> dict[int, int]:
        """How many items were posted in each month (1-12) of the report's year."""
        from statutory.dates import read_date

        months = dict.fromkeys(range(1, 13), 0)
        for row in self.explain(ledger, "facts.published_total", result).rows:
            dated = [cell for heading, cell in row.cells.items() if "日期" in heading or "时间" in heading]
            for cell in dated:
                try:
                    day = read_date(cell)
                except ValueError:
                    continue
                if day.year == result.figures.year:
                    months[day.month] += 1
                    break
        return months

    @property
    def _ledger_aliases(self) -> Path:
        """The office's own words for sheets, headings and values of its ledger; it may be absent."""
        return self.settings.home / "ledger_aliases.toml"

    def template(self, path: Path) -> None:
        """Write an empty ledger workbook; an existing file is never overwritten."""
        import statutory

        statutory.write_template(path)

    def build(
        self,
        ledger: Path | LedgerResult,
        folder: Path,
        progress: Report = lambda line: None,
        with_model: bool = True,
        supplied: Mapping[str, Draft] | None = None,
        previous: PublishedReport | None = None,
        with_pdf: bool = True,
    ) -> Built:
        """The whole report in ``folder``; ``supplied`` drafts are used as they are, the others written.

        A supplied topic of part 一 stands in the overview that is written, not in a supplied one.
        """
        from report.assemble import NARRATIVE, TOPICS, assemble
        from report.write import write

        result = ledger if isinstance(ledger, LedgerResult) else self.tables(ledger)
        drafts = dict(supplied or {})
        if "overview" in drafts:
            drafts = {name: draft for name, draft in drafts.items() if name not in TOPICS}
        given = frozenset(drafts)
        for section in NARRATIVE:
            if section not in drafts:
                progress(f"起草“{SECTION_TITLES[section]}”")
                drafts[section] = last_result(self.draft(section, result, with_model=with_model, previous=previous))
        finished = assemble(result, drafts, given)
        files, notes = write(finished, result, folder, with_pdf)
        masked = [note for draft in drafts.values() if draft.mode == "supplied" for note in draft.notes]
        return Built(finished, result, files, (*masked, *notes))

    def kept_drafts(self, org: str, year: int) -> dict[str, Draft]:
        """What the office has written for a report, as ``build`` takes it; sections without text are left out.

        A topic of part 一 that was written after the whole of it stands in its place there.
        """
        from report.assemble import TOPICS, with_topics

        held = {name: version for name, version in self.office.drafts.current(org, year).items() if version.draft.text.strip()}
        drafts = {name: version.draft for name, version in held.items()}
        if "overview" in held:
            later = {name: drafts[name] for name in TOPICS if name in held and held[name].at > held["overview"].at}
            figures = dict.fromkeys(phrase for draft in (drafts["overview"], *later.values()) for phrase in draft.figures)
            text = with_topics(drafts["overview"].text, later)
            drafts["overview"] = replace(drafts["overview"], text=text, figures=tuple(figures))
        return drafts

    def own_text(self, section: str, text: str, ledger: LedgerResult) -> Draft:
        """A section in the office's own words, for ``build``; which of its figures the ledger gives as well.

        Markdown's marks, its own heading and phone numbers are taken out. UnusableInput where nothing is left.
        """
        from drafting.review import spans
        from ingest.masking import mask

        masked, title = mask(text), SECTION_TITLES[section]
        lines = [re.sub(r"^(?:#{1,6}|[-*+])\s+|\*\*|__", "", line.strip()) for line in masked.splitlines()]
        plain = "\n".join(line for line in lines if line and not re.fullmatch(rf"(?:[（(]?[一二三四五六][）)、])?{title}", line))
        if not plain:
            raise UnusableInput(f"“{title}”部分没有文字")
        notes = () if masked == text else (f"“{title}”部分中的电话号码或证件号码已换成***",)
        return Draft(section, plain, "supplied", figures=tuple(phrase for *_, phrase in spans(plain, ledger)), notes=notes)

    def check(self, path: Path, ledger: Path | None = None, previous: Path | None = None) -> Checked:
        """体检 of a finished report, against a ledger and a previous year where given.

        The law is judged by the registry and the cards; the knowledge base is asked only where it is
        open already, for a check must not wait for it.
        """
        import ingest
        from office import report_key
        from report.checkup import check
        from store.cited import KnownLaw

        published = ingest.read_report(path)
        figures = self.tables(ledger).figures if ledger else None
        before = self._previous(previous) if previous else None
        law = KnownLaw(REGISTRY, self.__dict__.get("knowledge"))
        found = check(published, figures, before, self.published(previous), law.validity, law.article_exists)
        key = report_key(published.org or path.name, published.year or 0)
        # a folder that nobody has worked in holds no decisions, and looking must not make it one
        made = self.office.decisions(key) if (self.settings.home / "office.db").exists() else {}
        return Checked(published, found, key, made)

    def decide(self, checked: Checked, finding: Finding, decision: Verdict, reason: str = "", by: User | None = None) -> Decision:
        """Keep a reviewer's decision on a finding: confirmed, dismissed (with a reason), or open again.

        It holds in later checks of the same organ's and year's report, in whichever file, while the
        text that the finding refers to is unchanged. ``by``: None means the desk without sign-in.
        UnusableInput where a clerk decides, a reason is missing, or there are users and none is named.
        """
        from ingest.masking import mask
        from office.reviews import VERDICT_NAMES

        user = by or self.office.users.local()
        made = self.office.decide(checked.report, finding, decision, mask(reason), user)
        published = checked.published
        about = f"{published.org}{published.year}年报告" if published.org and published.year else published.source
        self.office.audit.record(user, "review", about, f"{finding.rule}：{VERDICT_NAMES[decision]}")
        return made

    def _previous(self, path: Path) -> Mapping[str, Any]:
        """The tables of a previous year from a ledger, a figures.json or a finished report."""
        import ingest

        if path.is_dir() or path.suffix.lower() in LEDGER_SUFFIXES:
            return self.tables(path).as_json()
        if path.suffix.lower() == ".json":
            return read_figures(path)
        published = ingest.read_report(path)
        return {"year": published.year, "org": published.org, "form": published.form} | dict(published.tables)

    # --- what is loaded -------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """What is loaded: documents, passages, models, versions (contract §1)."""
        knowledge = self.knowledge
        held = knowledge.counts()
        return {
            "version": metadata.version("gongkai"),
            "home": str(self.settings.home),
            "documents": {"regulation": held["regulations"], "report": held["reports"]},
            "passages": held["passages"],
            "embedding": knowledge.embedder.name,
            "model": self._model_status(),
            "store": self.settings.chroma_url or "embedded",
            "versions": {name: metadata.version(name) for name in ("chromadb", "gradio", "langchain", "torch")},
        }

    def _model_status(self) -> dict[str, Any]:
        model = self.model
        return {
            "mode": "none" if model is None else "model",
            "name": model.name if model else "",
            "leaves_machine": bool(model and model.leaves_machine),
            "note": self.model_note,
        }

    def warm(self) -> None:
        """Open the knowledge base, the embedding weights and the word index ahead of the first question."""
        self.knowledge.prepare()

    def close(self) -> None:
        """Stop the local model's server, if one was started."""
        if self._model is not None:
            self._model.close()

    # --- opening --------------------------------------------------------------------------------

    def _open_knowledge(self, embedding: str | None = None) -> Any:
        import ingest
        from store import load_embedder, open_knowledge
        from weights import locate

        if embedding is None:
            embedding = self.settings.embedding
        embedding = embedding or locate.embedding(self.settings.weights)
        if not embedding:
            raise UnusableInput(
                f"权重文件夹 {self.settings.weights} 中没有向量模型：请再运行一次 ./run，或设置 GONGKAI_EMBEDDING"
            )
        return open_knowledge(
            self.settings.home,
            load_embedder(str(embedding)),
            self.settings.chroma_url,
            REGISTRY,
            ingest.load_aliases(),
        )

    def _load_built_in(self, knowledge: Any, progress: Report) -> int:
        """Cards, then the example report; unchanged ones cost a look-up and no embedding."""
        import ingest

        documents = list(ingest.load_cards())
        documents += [ingest.read(path, "report") for path in sorted(EXAMPLES.glob("*.md"))]
        added = 0
        for document in documents:
            status = knowledge.add(document)
            if status != "unchanged":
                added += 1
                progress(f"已载入《{document.title}》（{len(document.passages)} 段）")
        return added

    def _open_model(self) -> Any:
        from chat import Masked, open_model
        from ingest.masking import mask
        from weights import locate

        gguf = self.settings.llm_gguf or locate.chat_model(self.settings.weights)
        llm = self.settings.llm or ("local" if gguf else "none")
        model = open_model(llm, self.settings.llm_model, self.settings.llm_api_key, gguf)
        return Masked(model, mask) if model else None


def last_result(events: Iterable[Event]) -> Any:
    """The Answer or Draft that a stream of events ends with."""
    finished = None
    for event in events:
        if isinstance(event, Finished):
            finished = event.result
    if finished is None:
        raise RuntimeError("a stream of events ended without Finished")
    return finished


def read_figures(path: Path) -> Mapping[str, Any]:
    """A figures.json; UnusableInput where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (OSError, ValueError) as error:
        raise UnusableInput(f"文件 {path} 不能作为 figures.json 读取") from error
    tables = [data.get(name) for name in ("table2", "table3", "table4")] if isinstance(data, dict) else [None]
    rows = [row for table in tables if isinstance(table, dict) for row in table.values()]
    whole = all(isinstance(table, dict) for table in tables)
    if not whole or any(isinstance(row, (str, list)) for row in rows) or not _nested(data):
        raise UnusableInput(f"文件 {path} 不是 figures.json：其中没有三张表的数据")
    return data


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no figure")


def _nested(data: Mapping[str, Any]) -> bool:
    """Whether what has columns has them: every row of tables 3 and 4, the stocks of table 2."""
    stocks = [data["table2"].get(name, {}) for name in ("regulations", "normative_documents")]
    rows = [*data["table3"].values(), *data["table4"].values(), *stocks]
    return all(isinstance(row, dict) for row in rows)


def _wanted(text: str, what: str) -> str:
    if not text.strip():
        raise UnusableInput(f"{what}是空的，请输入内容")
    return text.strip()


def _last_day(ledger: LedgerResult) -> date:
    """Articles are judged on the last day of the report's year."""
    return date(ledger.figures.year, 12, 31)
