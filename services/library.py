"""Documents into the knowledge base and out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

from domain import Hit, Note, Outcome, UnusableInput, User
from services.choices import Choices
from services.jobs import Advance, Jobs
from services.lookup import typed
from services.opening import Once, Report, forget_example, load_built_in, open_filled, open_knowledge

if TYPE_CHECKING:
    from store import KnowledgeBase

Kinds = Literal["auto", "regulation", "report"]
_OUTCOMES = TypeAdapter(list[Outcome])
_BESIDE = "与已有的并存，检索和引用用已有的那一份，它删除后才用这一份"


class Library:
    """What the knowledge base holds: taken in, taken out, listed."""

    def __init__(self, choices: Choices, knowledge: Once[KnowledgeBase], jobs: Jobs) -> None:
        self._choices = choices
        self._knowledge = knowledge
        self._jobs = jobs
        jobs.can("ingest", self._ingest_job)

    def is_new(self) -> bool:
        """Whether this data folder has never held a knowledge base."""
        return not self._choices.settings.chroma_url and not (self._choices.home / "chroma").exists()

    def load_built_in(self, progress: Report) -> int:
        """Load the built-in cards and the example report; return how many documents were new."""
        if held := self._knowledge.held:
            return load_built_in(held, self._choices.home, progress)
        knowledge, added = open_filled(self._choices, progress)
        self._knowledge.hold(knowledge)
        return added

    def warm(self) -> None:
        """Open the knowledge base, the embedding weights and the word index ahead of the first question."""
        self._knowledge().prepare()

    @property
    def embedding(self) -> str:
        """The embedding model in use, by its name."""
        return self._knowledge().embedder.name

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """The files meant by files and folders; UnusableInput where one is not there."""
        import ingest

        return ingest.files(paths)

    def ingest(
        self, paths: Iterable[Path], kind: Kinds = "auto", progress: Report = lambda line: None, beside: bool = False
    ) -> Iterator[Outcome]:
        """Take files and folders into the knowledge base, one Outcome a file, faults included.

        A regulation that lacks articles which the held text of its version has is rejected with the
        list of them; with ``beside`` it is added as a document of its own, and the held text goes on
        being the one that is searched and cited.
        """
        import ingest

        files = ingest.files(paths)
        if self._jobs.shared:
            with self._jobs.files(files) as copies:
                given = {"files": copies, "kind": kind, "beside": beside}
                yield from _OUTCOMES.validate_python(
                    self._jobs.do("ingest", given, advance=lambda what, done, total: progress(what))
                )
            return
        yield from self._ingested(files, kind, progress, beside)

    def _ingest_job(
        self, given: Mapping[str, Any], by: User | None, advance: Advance, cancelled: Callable[[], bool]
    ) -> Any:
        """Files taken in by whichever workbench is free."""
        files = [self._choices.home.resolve() / name for name in given["files"]]
        outcomes = self._ingested(files, given["kind"], lambda line: advance(line, 0, 0), given["beside"])
        return _OUTCOMES.dump_python(list(outcomes), mode="json")

    def _ingested(self, files: Sequence[Path], kind: Kinds, progress: Report, beside: bool) -> Iterator[Outcome]:
        import ingest

        for number, path in enumerate(files, start=1):
            progress(f"[{number}/{len(files)}] {path.name}")
            if path.suffix.lower() in ingest.ARCHIVES:
                yield from self._ingest_archive(path, kind, progress, beside)
            else:
                yield self._ingest_one(path, kind, str(path), beside)

    def _ingest_archive(self, path: Path, kind: Kinds, progress: Report, beside: bool) -> Iterator[Outcome]:
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
                        yield self._ingest_one(member.path, kind, place, beside)
        except UnusableInput as error:
            yield Outcome(str(path), "rejected", str(error))
        else:
            if not found:
                yield Outcome(str(path), "rejected", f"压缩包 {path.name} 里没有可以读入的文件")

    def _ingest_one(self, path: Path, kind: Kinds, place: str, beside: bool = False) -> Outcome:
        import ingest

        knowledge = self._knowledge()
        try:
            document = ingest.carry_keywords(ingest.read(path, kind), ingest.load_cards())
            if beside and (gaps := knowledge.gaps(document)):
                gap = Note("has-gaps", f"比已有的文本{gaps}：{_BESIDE}")
                document = replace(document, beside=True, notes=(*document.notes, gap))
            status = knowledge.add(document)
        except UnusableInput as error:
            return Outcome(place, "rejected", str(error))
        notes = _joined(document.notes)
        return Outcome(place, status, notes, document.kind, document.title, len(document.passages))

    def remove(self, id: str) -> bool:
        """Take a document out of the knowledge base by its id; False where there is none."""
        held = next((held for held in self.documents() if held["id"] == id), None)
        if held and held["kind"] == "report":
            forget_example(self._choices.home, Path(held["source"]).name)
        return self._knowledge().remove(id)

    def replace(self, id: str, path: Path) -> Outcome:
        """Take in a file in the place of a held document, which goes once the file is in.

        A text with gaps is rejected here too, and the held one stays: it can only be taken in beside.
        """
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
        document = self._knowledge().document(id)
        if held is None or document is None:
            raise UnusableInput("没有这份资料，可能已经删除")
        about = {
            name: held[name]
            for name in ("kind", "title", "status", "effective_from", "effective_to", "replaced_by", "source")
        }
        return [
            Hit(
                article=passage.article,
                article_no=passage.article_no,
                article_sub=passage.article_sub,
                text=passage.text,
                verbatim=passage.verbatim,
                heading=passage.heading,
                score=1.0,
                **about,
            )
            for passage in document.passages
        ]

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

        if said := self._choices.fixed().get("embedding"):
            raise UnusableInput(f"向量模型已由{said}设定，要改请到那里改")
        old, new = self._knowledge(), open_knowledge(self._choices, embedding.strip())
        if new.embedder.fingerprint == old.embedder.fingerprint:
            raise UnusableInput(f"正在使用的就是这个向量模型（{old.embedder.name}），不需要重建")
        new.embedder.embed_query("")  # a model that cannot be loaded is told before anything is written
        if not rebuild(old, new, progress, cancelled):
            return False
        new.prepare()
        self._choices.choose({"embedding": embedding})
        self._knowledge.hold(new)
        return True

    def forget(self, name: str) -> list[dict[str, Any]]:
        """Take out every document of that source file, title or id; return what was taken out.

        A card that ships with the project comes back at the next start; the example does not.
        """
        wanted = typed(name, "文件名或标题")
        found = [held for held in self.documents() if wanted in (held["id"], held["source"], held["title"])]
        if not found:
            raise UnusableInput(f"知识库里没有来源、标题或编号是“{wanted}”的文件")
        return [held for held in found if self.remove(held["id"])]

    def add_laws(
        self, progress: Report = lambda line: None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[Outcome]:
        """Fetch the statute library where it is missing and take it in, one Outcome a law.

        What is held already costs a look-up, so that a stopped run goes on where it was; an official
        file that somebody has taken in stays, and a law that lacks articles of the held text is
        rejected. UnusableInput where the library cannot be fetched.
        """
        import ingest

        progress("正在准备法律条文库 …")
        library = self._law_library()
        cards, total = ingest.load_cards(), ingest.count_laws(library)
        laws = [ingest.carry_keywords(law, cards) for law in ingest.read_library(library)]
        for number, (law, status) in enumerate(
            zip(laws, self._knowledge().add_all(laws, cancelled=cancelled)), start=1
        ):
            progress(f"[{number}/{total}] {law.title}")
            if isinstance(status, UnusableInput):
                yield Outcome(law.source, "rejected", str(status), law.kind, law.title)
            else:
                codes = tuple(dict.fromkeys(note.code for note in law.notes))
                yield Outcome(law.source, status, _joined(law.notes), law.kind, law.title, len(law.passages), codes)

    @staticmethod
    def faults(outcomes: Iterable[Outcome]) -> dict[str, int]:
        """How many of the laws taken in have which fault, by its Chinese name; those that none has are left out."""
        import ingest

        counts = Counter(code for outcome in outcomes for code in outcome.codes)
        return {said: counts[code] for code, said in ingest.FAULTS.items() if counts[code]}

    def count_laws(self) -> int:
        """How many laws the statute library holds; it is fetched where it is missing."""
        import ingest

        return ingest.count_laws(self._law_library())

    def _law_library(self) -> Path:
        from weights.fetch import fetch_named
        from weights.registry import NotFetched

        try:
            return fetch_named("laws", self._choices.settings.weights)
        except (NotFetched, OSError) as error:
            raise UnusableInput(f"法律条文库没有取到：{error}") from error

    def documents(self) -> list[dict[str, Any]]:
        """What is held, by title and day: each document's id (for ``remove``), status today and facts.

        ``origin`` is 要点, 法律条文库 or 文件, and says of a copy ``beside`` that it is one; ``notes`` say
        what its reading left in doubt.
        """
        knowledge = self._knowledge()
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
                "origin": ("要点", "法律条文库", "文件")[held.rank]
                + ("（并存，有缺条）" if held.document.beside else ""),
                "beside": held.document.beside,
                "passages": held.passages,
                "source": held.document.source,
                "org": held.document.org,
                "year": held.document.year,
                "notes": [str(note) for note in held.document.notes],
            }
            for held, period in knowledge.periods()
        ]


def _joined(notes: Iterable[Note]) -> str:
    return "；".join(str(note) for note in notes)
