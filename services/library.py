"""Documents into the knowledge base, out of it, and looked up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Hit, Note, Outcome, UnusableInput
from services.opening import Opened, Report

if TYPE_CHECKING:
    from answering.law.past import Review
    from store.lookup import VersionHeld


_BESIDE = "与已有的并存，检索和引用用已有的那一份，它删除后才用这一份"


class Library(Opened):
    """What the knowledge base holds: taken in, taken out, listed, searched, read."""

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """The files meant by files and folders; UnusableInput where one is not there."""
        import ingest

        return ingest.files(paths)

    def ingest(
        self, paths: Iterable[Path], kind: str = "auto", progress: Report = lambda line: None, beside: bool = False
    ) -> Iterator[Outcome]:
        """Take files and folders into the knowledge base, one Outcome a file, faults included.

        A regulation that lacks articles which the held text of its version has is rejected with the
        list of them; with ``beside`` it is added as a document of its own, and the held text goes on
        being the one that is searched and cited.
        """
        import ingest

        files = ingest.files(paths)
        for number, path in enumerate(files, start=1):
            progress(f"[{number}/{len(files)}] {path.name}")
            if path.suffix.lower() in ingest.ARCHIVES:
                yield from self._ingest_archive(path, kind, progress, beside)
            else:
                yield self._ingest_one(path, kind, str(path), beside)

    def _ingest_archive(self, path: Path, kind: str, progress: Report, beside: bool) -> Iterator[Outcome]:
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

    def _ingest_one(self, path: Path, kind: str, place: str, beside: bool = False) -> Outcome:
        import ingest

        knowledge = self.knowledge
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
        return self.knowledge.remove(id)

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
        document = self.knowledge.document(id)
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
        for number, (law, status) in enumerate(zip(laws, self.knowledge.add_all(laws, cancelled=cancelled)), start=1):
            progress(f"[{number}/{total}] {law.title}")
            if isinstance(status, UnusableInput):
                yield Outcome(law.source, "rejected", str(status), law.kind, law.title)
            else:
                yield Outcome(law.source, status, _joined(law.notes), law.kind, law.title, len(law.passages))

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

        ``origin`` is 要点, 法律条文库 or 文件, and says of a copy ``beside`` that it is one; ``notes`` say
        what its reading left in doubt.
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
        part of an organ's name (a report's, or the issuer's), where these are given. A regulation that
        ``text`` names and of which only the dates are known comes first, as a hit without an article.
        """
        kept = {"level": level, "status": status, "year": year, "org": org}
        found = self.knowledge.search(typed(text, "检索词"), k=k, kind=kind, as_of=as_of, **kept)
        if kind == "report" or level or year or org:
            return found
        known = [hit for hit in self.knowledge.only_known(text, as_of) if status in ("", hit.status)]
        return (known + found)[:k]

    def look_up(
        self,
        text: str,
        k: int = 10,
        kind: str | None = None,
        as_of: date | None = None,
        level: str = "",
        status: str = "",
        **narrowed: Any,
    ) -> list[Hit]:
        """As ``search``, but a bare number (第五十条, 部令第24号) means the articles that bear it."""
        from store.lookup import by_number

        found = (
            [] if any(narrowed.values()) else by_number(self.knowledge, typed(text, "检索词"), as_of or date.today())
        )
        if not found:
            return self.search(text, k, kind, as_of, level, status, **narrowed)
        listed = (
            sorted(self.documents(), key=lambda held: not held["beside"]) if level else []
        )  # a copy tells the least
        levels = {held["title"]: held["level"] for held in listed}
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
        from answering.law.past import review

        return review(self.knowledge, today or date.today(), ingest.load_aliases())


def _joined(notes: Iterable[Note]) -> str:
    return "；".join(str(note) for note in notes)


def typed(text: str, what: str) -> str:
    if not text.strip():
        raise UnusableInput(f"{what}是空的，请输入内容")
    return text.strip()
