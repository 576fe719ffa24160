"""The knowledge base: documents are added, replaced, listed and removed, and passages found.

Chroma holds the passages (embedded in the data folder, or on a server); a search runs over a copy
in memory that is made at the first search and again after a change (``shelf``, ``retrieval``).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

import durable
from domain import Document, Hit, Kind, UnusableInput
from store.chroma import Collections
from store.embedding import Embedder, give_back_memory
from store.gaps import Gaps, gaps, refusal
from store.kept import KeptSources
from store.known import Standing, only_known
from store.lexical import WordCutter, lend_words, lexical_index
from store.proof import prove
from store.records import (
    Damaged,
    DocumentSummary,
    Listing,
    Record,
    edition,
    identity,
    is_verbatim,
    marker,
    passages_of,
    rank,
    records,
    state,
    strays,
    summaries,
    summary,
)
from store.references import ArticleReference, Names, find_references
from store.retrieval import Filters, Finder
from store.shelf import Rows, Shelf, periods
from store.validity import Period, Registry, Version

if TYPE_CHECKING:
    import numpy as np

Added = Literal["added", "unchanged", "replaced"]
Advance = Callable[[int, int], None]

_SAYING = logging.getLogger("gongkai")
FRESH = 2.0
"""Seconds for which the list of documents is trusted: another process may add some."""
_ABANDONED = 3600
"""Seconds after which records without a marker on a shared server count as left by a killed run."""
_WAIT = 600
_READINGS = 5
_MANY = 20
"""Documents that take more than a moment to be kept anew."""
_PORTION = 1024
"""Passages embedded and written together: enough to fill batches of like length, some seconds to lose."""


class KnowledgeBase:
    """Passages, versioned by validity. Safe to share between threads of one process.

    ``folder`` keeps what can be made again (word index); ``shared`` says that other machines may
    write to the same collections; ``aliases`` are further names of regulations (name → title).
    """

    def __init__(
        self,
        collections: Collections,
        embedder: Embedder,
        registry: Registry,
        folder: Path | None = None,
        shared: bool = False,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.embedder = embedder
        self.registry = registry
        self._collections = collections
        self._folder = folder
        self._shared = shared
        self._sources = KeptSources(folder / "sources") if folder and not shared else None
        self._aliases = dict(aliases or {})
        self._lock = threading.RLock()
        self._listed: Listing | None = None
        self._finder: tuple[str, Finder] | None = None
        self._interrupted = False
        self._making = threading.Lock()
        self._turn = ""

    # --- keeping --------------------------------------------------------------------------------

    def add(self, document: Document, progress: Advance | None = None) -> Added:
        """Take a document in, or replace its other edition; an official text outranks its cards.

        A killed run leaves either the old edition or the new one, whole. UnusableInput where the
        document has no passages, or lacks articles that the held text of its version has (``gaps``):
        then that stays as it is. As a copy ``beside`` it is taken in all the same.
        """
        told = next(self.add_all([document], progress))
        if isinstance(told, UnusableInput):
            raise told
        return told

    def add_all(
        self,
        documents: Iterable[Document],
        progress: Advance | None = None,
        cancelled: Callable[[], bool] | None = None,
        copying: bool = False,
    ) -> Iterator[Added | UnusableInput]:
        """As ``add``, for each document in turn, in portions that are embedded and written together.

        An outcome comes when its document is kept for good; one that is refused for its gaps comes as
        the error that says so. Ends early once ``cancelled`` is true: what was told stays, and a
        second run goes on from there. ``progress`` counts the texts of a portion. ``copying`` takes
        what another index holds as it is, gaps and all.
        """
        portion: dict[str, Document] = {}  # texts of one title are measured against each other: one at a time
        waiting = 0
        for document in documents:
            if cancelled and cancelled():
                return
            if not document.passages:
                raise UnusableInput(f"《{document.title}》（{document.source}）里没有可以收入知识库的内容")
            key = self._key(document)
            name = document.title if document.kind == "regulation" else key
            if name in portion or waiting >= _PORTION:
                yield from self._take(list(portion.values()), progress, copying)
                portion, waiting = {}, 0
            portion[name] = document
            held = self._summaries().get(key)
            waiting += 0 if held and self._keeps(held, document) else len(document.passages)
        yield from self._take(list(portion.values()), progress, copying)

    def _take(
        self, portion: Sequence[Document], progress: Advance | None, copying: bool
    ) -> list[Added | UnusableInput]:
        held = self._summaries()
        judged: list[Document | Added | UnusableInput] = [self._judged(document, copying) for document in portion]
        wanted = {self._key(each): each for each in judged if isinstance(each, Document)}
        rows = {key: records(document, int(time.time())) for key, document in wanted.items()}
        texts = [row.embedded for part in rows.values() for row in part]
        if texts:
            vectors = self.embedder.embed_passages(texts, progress)
            if not self._write(wanted, rows, vectors, copying):
                return self._take(portion, progress, copying)
        return [
            ("replaced" if self._key(each) in held else "added") if isinstance(each, Document) else each
            for each in judged
        ]

    def _write(
        self, wanted: Mapping[str, Document], rows: Mapping[str, list[Record]], vectors: np.ndarray, copying: bool
    ) -> bool:
        """Records first, then the markers in one step, then what they replace goes.

        False, and nothing written, where another process has come first with a text that changes the
        judgement.
        """
        with self._only_writer():
            earlier = self._summaries(fresh=True)
            if any(self._judged(document, copying) is not document for document in wanted.values()):
                return False
            if self._interrupted:
                self._clean()
            self._interrupted = True
            self._keep_sources(wanted.values())
            self._collections.write([row for part in rows.values() for row in part], vectors)
            marks = {key: marker(key, document, len(rows[key])) for key, document in wanted.items()}
            titles = [document.title for document in wanted.values()]
            self._collections.mark(list(marks), titles, list(marks.values()), vectors[: len(marks)])
            replaced = {earlier[key].edition for key in marks if key in earlier}
            replaced -= {mark["edition"] for mark in marks.values()}
            self._collections.drop_editions(sorted(replaced))
            self._drop_sources(replaced)
            self._list({key: summary(key, mark) for key, mark in marks.items()})
            self._interrupted = False
        return True

    def gaps(self, document: Document) -> Gaps | None:
        """What a text lacks of the held one of its version, digest cards too; None where it may take that one's place."""
        held = self._summaries().get(self._key(document))
        if document.beside or not is_verbatim(document) or held and self._keeps(held, document):
            return None
        texts = [self.document(each.id) for each in self._same_version(document)]
        found = [gaps(document, text.passages) for text in texts if text]
        worst = max(found, key=lambda each: each.count, default=None)
        return worst if worst and worst.count else None

    def _judged(self, document: Document, copying: bool) -> Document | Added | UnusableInput:
        """The document itself where it is to be written; else what becomes of it."""
        held = self._summaries().get(self._key(document))
        if held and self._keeps(held, document):
            return "unchanged"
        if copying or document.beside:
            return document
        if any(
            each.document.beside and each.document.digest == document.digest for each in self._same_version(document)
        ):
            return "unchanged"  # the same file, kept beside a text that has gone since
        found = self.gaps(document)
        return refusal(document, found) if found else document

    def _same_version(self, document: Document) -> list[DocumentSummary]:
        """The held texts in whose place it would come up; copies kept beside only where there is no other."""
        dated = self._dated(document)
        held = [
            each for each in self._summaries().values() if (each.kind, each.title) == (document.kind, document.title)
        ]
        same = [
            each
            for each in held
            if document.kind == "regulation" and self.registry.same_version(dated, self._dated(each.document))
        ]
        return [each for each in same if not each.document.beside] or same

    def remove(self, id: str) -> bool:
        """Take a document out by the id of its summary; False where there is none."""
        with self._only_writer():
            held = self._summaries(fresh=True).get(id)
            if held is None:
                return False
            self._drop_sources([held.edition])
            self._collections.unmark(id)
            self._list({id: None})
            self._collections.drop_editions([held.edition])
        return True

    def documents(self) -> list[DocumentSummary]:
        """Every document, regulations first, by title and day."""
        listed = self._summaries().values()
        return sorted(
            listed,
            key=lambda d: (d.kind, d.title, d.document.beside, d.document.promulgated or date.min, d.document.year),
        )

    def document(self, id: str) -> Document | None:
        """A document with its passages, by the id of its summary; None where there is none."""
        held = self._summaries().get(id)
        while held is not None:
            try:
                return self._whole(held)
            except Damaged as error:
                present = self._summaries(fresh=True).get(id)
                if present and present.edition == held.edition:
                    raise self._collections.damaged(error) from error
                held = present  # another process has replaced it, or taken it out
        return None

    def periods(self) -> list[tuple[DocumentSummary, Period]]:
        """Every document with the period in which it applied, other held versions considered."""
        listed = self.documents()
        complete = [self.registry.complete(item.document) for item in listed]
        return list(zip(listed, periods(complete, self.registry)))

    def reports(self) -> list[Document]:
        """The published reports held, by organ and year, with their tables and without their text."""
        held = [item.document for item in self._summaries().values() if item.kind == "report"]
        return sorted(held, key=lambda document: (document.org, document.year))

    def counts(self) -> dict[str, int]:
        """``documents``, ``regulations``, ``reports`` and ``passages`` held."""
        listed = self._summaries().values()
        reports = sum(item.kind == "report" for item in listed)
        return {
            "documents": len(listed),
            "regulations": len(listed) - reports,
            "reports": reports,
            "passages": sum(item.passages for item in listed),
        }

    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return not self._summaries()

    def clean(self) -> int:
        """Delete what a killed run left; return how many records went. Nothing while another writes."""
        from filelock import Timeout

        try:
            with self._writing(wait=0):
                return self._clean()
        except Timeout:
            return 0

    # --- finding --------------------------------------------------------------------------------

    def search(
        self,
        text: str,
        k: int = 10,
        kind: Kind | None = None,
        as_of: date | None = None,
        title: str | None = None,
        level: str = "",
        status: str = "",
        year: int = 0,
        org: str = "",
        only: frozenset[str] | None = None,
    ) -> list[Hit]:
        """The ``k`` best passages, best first, each with its validity on ``as_of`` (today when None).

        ``score`` is in [0, 1]: 1 for an article named outright; else that of the best says how well
        it answers the question (how likely that is: ``evidence``; comparable between questions), and
        the others fall off from it by rank. ``title`` keeps to one regulation, ``only`` to the documents of
        these ids, the others to what ``retrieval.Filters`` says.
        """
        finder = self._found()
        if finder is None or not text.strip() or k < 1:
            return []
        within = finder.names.title(title) if title else ""
        if within is None:
            return []
        filters = Filters(kind, within, level, status, year, org, only)
        return finder.find(text, self.embedder.embed_query(text), k, as_of or date.today(), filters)

    def resolve(self, text: str, as_of: date | None = None) -> list[Hit]:
        """The articles that ``text`` names outright; an ambiguous or unknown name gives none."""
        finder, day = self._found(), as_of or date.today()
        return [finder.shelf.hit(n, day, 1.0) for n in finder.references(text, day)] if finder else []

    def only_known(self, text: str, as_of: date | None = None) -> list[Hit]:
        """The regulations that ``text`` names and of which the registry alone tells (``known``)."""
        finder = self._found()
        return (
            only_known(finder.names.named(text), self.registry, self.articles, as_of or date.today()) if finder else []
        )

    def standing(self, text: str) -> list[Standing]:
        """Every regulation that ``text`` names, held or only known, with its versions; [] where none is named."""
        finder = self._found()
        if finder is None:
            return []
        held = dict(self._held_regulations())
        found = []
        for title in sorted(finder.names.named(text), key=lambda title: -len(title)):
            known = self.registry.versions(title) or tuple(v for name, v in held.items() if name == title)
            if known:
                found.append(Standing(title, finder.names.written(title, text), known, title in held))
        return found

    def _held_regulations(self) -> Iterator[tuple[str, Version]]:
        for item, period in self.periods():
            if item.kind == "regulation":
                document = item.document
                yield (
                    item.title,
                    Version(
                        item.title,
                        promulgated=document.promulgated,
                        effective_from=period.start,
                        effective_to=period.end,
                        ended=period.ended,
                        replaced_by=period.replaced_by,
                        source=document.source,
                    ),
                )

    def references(self, text: str) -> list[ArticleReference]:
        """The articles that ``text`` names by title and number, whether or not they exist."""
        finder = self._found()
        return find_references(text, finder.names) if finder else []

    def replaced(self, title: str) -> list[str]:
        """The other titles that a title took the place of, by the registry."""
        found = (version.title for version in self.registry.entries if version.replaced_by == title != version.title)
        return list(dict.fromkeys(found))

    def articles(self, title: str, as_of: date | None = None) -> list[Hit]:
        """Every article of a regulation, in order, in the version for that day."""
        finder, day = self._found(), as_of or date.today()
        held = finder.names.title(title) if finder and title else None
        return [finder.shelf.hit(n, day, 1.0) for n in finder.shelf.of_title(held, day)] if finder and held else []

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None:
        """One article by number (``sub`` 1 for 之一), or None."""
        found = self.articles(title, as_of)
        return next((hit for hit in found if (hit.article_no, hit.article_sub) == (no, sub)), None)

    def neighbours(self, hit: Hit, distance: int = 1, as_of: date | None = None) -> list[Hit]:
        """The articles just before and after a hit in its regulation, without itself."""
        found = self.articles(hit.title, as_of) if hit.kind == "regulation" else []
        at = next((n for n, other in enumerate(found) if other.passage_id == hit.passage_id), None)
        return [] if at is None else found[max(0, at - distance) : at] + found[at + 1 : at + 1 + distance]

    def prepare(self) -> None:
        """Load the model and make the copy in memory now, so that the first search need not."""
        self.embedder.embed_query("")
        self.search("公开", k=1)

    def lend_words(self) -> None:
        """Let all who cut Chinese text into words use the dictionary that is kept here."""
        lend_words(self._words_folder())

    # --- inside ---------------------------------------------------------------------------------

    def _words_folder(self) -> Path | None:
        return self._folder / "words" if self._folder else None

    def _whole(self, held: DocumentSummary) -> Document:
        return replace(held.document, passages=passages_of(held, self._collections.passages(held.edition)))

    def _dated(self, document: Document) -> Document:
        return self.registry.complete(document)

    def _key(self, document: Document) -> str:
        return identity(self._dated(document))

    def _keeps(self, held: DocumentSummary, document: Document) -> bool:
        """Whether what is held stands: the same content, or a text of better origin."""
        return held.edition == edition(document) or held.rank > rank(document)

    def _summaries(self, fresh: bool = False) -> Mapping[str, DocumentSummary]:
        return self._listing(fresh).documents

    def _listing(self, fresh: bool = False) -> Listing:
        with self._lock:
            if fresh or self._listed is None or time.monotonic() - self._listed.read > FRESH:
                known = self._listed.documents if self._listed else {}
                with self._damage_told():
                    self._listed = Listing(time.monotonic(), summaries(self._collections.markers(), known))
            return self._listed

    def _list(self, changed: Mapping[str, DocumentSummary | None]) -> None:
        """Note what this process has just changed; reading the whole list again would cost an import dear."""
        with self._lock:
            listed = {**self._summaries(), **changed}
            self._listed = Listing(time.monotonic(), {key: item for key, item in listed.items() if item})

    def _found(self) -> Finder | None:
        """The finder for the present content; None where nothing is held."""
        if not self._summaries():
            return None
        finder = self._present_finder()
        if finder is None:
            with self._making:  # never with the other lock held: a writer takes that one last
                finder = self._present_finder() or self._make_finder()
        return finder

    def _present_finder(self) -> Finder | None:
        with self._lock:
            state = self._listing().state
            return self._finder[1] if self._finder and self._finder[0] == state else None

    def _make_finder(self) -> Finder | None:
        listed, rows = self._read()
        give_back_memory()
        if not listed:
            return None
        key = state(listed)
        shelf = Shelf(listed, rows, self.registry)
        names = Names(self._all_names(shelf), shelf.titles())
        cache = self._words_folder()
        words = WordCutter(cache, sorted(shelf.titles()))
        texts = [shelf.searchable(number) for number in range(len(shelf))]
        index = lexical_index(texts, words, cache, key[:20])
        finder = Finder(shelf, words, index, names, self.embedder)
        with self._lock:
            self._finder = (key, finder)
        return finder

    def _read(self) -> tuple[list[DocumentSummary], Rows]:
        """All documents and records of one moment: nobody on this machine writes meanwhile.

        On a shared server another machine may; what then does not fit together is read again.
        """
        for _ in range(_READINGS):
            with self._only_writer():
                listed = list(self._summaries(fresh=True).values())
                rows = self._collections.read()
            counted = Counter((each or {}).get("edition") for each in rows.metadata)
            if not self._shared or all(counted[item.edition] == item.records for item in listed):
                with self._damage_told():
                    prove(listed, rows)
                return listed, rows
        raise UnusableInput("知识库正在被另一台机器大量写入，请稍后再试")

    def _all_names(self, shelf: Shelf) -> Iterator[tuple[str, str]]:
        yield from self._aliases.items()
        for version in self.registry.entries:
            for name in (version.title, version.number, *version.aliases):
                if name:
                    yield name, version.title
        for document in shelf.documents:
            for name in (document.full_title, document.number):
                if name and document.kind == "regulation":
                    yield name, document.title

    def _clean(self) -> int:
        held = self._summaries(fresh=True).values()
        self._complete_sources(held)
        if self._collections.count() == sum(item.records for item in held):
            return 0
        before = int(time.time()) - _ABANDONED if self._shared else None
        left = strays(self._collections.ids(before), (item.edition for item in held))
        self._collections.delete(left)
        return len(left)

    def kept(self) -> Iterator[Document | UnusableInput]:
        """Every document as it was taken in (``store.kept``), an error in the place of a damaged one."""
        yield from self._sources.read() if self._sources else ()

    def lost(self) -> int:
        """How many documents were kept and are not held: their taking in was stopped, or the database has lost them."""
        there = self._sources.editions() if self._sources else ()
        held = {item.edition.rpartition("-")[0] for item in self._summaries().values()}
        return len({name.rpartition("-")[0] for name in there} - held)

    def _keep_sources(self, documents: Iterable[Document]) -> None:
        if self._sources is None:
            return
        for document in documents:
            try:
                self._sources.put(document)
            except OSError as error:
                raise UnusableInput(
                    f"《{document.title}》不能写入数据文件夹 {self._folder}：{durable.cause(error)}"
                ) from error

    def _drop_sources(self, editions: Iterable[str]) -> None:
        if self._sources is not None:
            for name in editions:
                self._sources.drop(name)

    def _complete_sources(self, held: Iterable[DocumentSummary]) -> None:
        """What is held gets a file where it has none yet (a data folder of an earlier version); others of it go."""
        if self._sources is None:
            return
        there = self._sources.editions()
        wanted = [item for item in held if not (item.sealed and item.edition in there)]
        if len(wanted) > _MANY:
            _SAYING.warning("正在为已收入的 %d 份资料各存一份原文，只做这一次…", len(wanted))
        try:
            whole = {item.id: document for item in wanted if (document := self._proven(item))}
            self._keep_sources(whole.values())
            unsealed = [item for item in wanted if item.id in whole and not item.sealed]
            self._collections.seal({item.id: marker(item.id, whole[item.id], item.records) for item in unsealed})
            if unsealed:
                self._listed = None
        except UnusableInput as error:  # searching goes on without
            _SAYING.warning("已收入的资料还没有另存：%s", error)
        written = {item.edition for item in held} & self._sources.editions()
        self._drop_sources(self._sources.superseded(written))

    def _proven(self, item: DocumentSummary) -> Document | None:
        """The document where it is what was taken in, by this version's count; who asks for another is told."""
        try:
            document = self._whole(item)
        except Damaged:
            return None
        return document if edition(document) == item.edition else None  # an earlier version had fewer particulars

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except Damaged as error:
            raise self._collections.damaged(error) from error

    @contextmanager
    def _writing(self, wait: float = _WAIT) -> Iterator[None]:
        """One program at a time on this machine. Timeout after ``wait`` seconds of another's turn.

        Each turn leaves its mark before anything is touched. Who finds another's mark connects anew:
        the embedded database keeps its index of vectors in memory, and two programs that write
        their own copy of it would lose each other's.
        """
        from filelock import FileLock

        if self._folder is None:
            with self._lock:
                yield
            return
        with FileLock(self._folder / "knowledge.lock", timeout=wait):
            mark = self._folder / "knowledge.turn"
            if not self._shared and (mark.read_text(encoding="utf-8") if mark.exists() else "") != self._turn:
                self._collections.reopen()
            self._turn = uuid4().hex
            mark.write_text(self._turn, encoding="utf-8")
            yield

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """As ``_writing``; UnusableInput where another program does not come to an end, or no file can be written."""
        from filelock import Timeout

        try:
            with self._writing():
                yield
        except Timeout as error:
            raise UnusableInput(f"数据文件夹 {self._folder} 正被另一个程序写入，请稍后再试") from error
        except OSError as error:
            raise UnusableInput(f"数据文件夹 {self._folder} 不能写入：{durable.cause(error)}") from error
