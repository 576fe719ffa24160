"""The knowledge base: documents are kept (``keeping``), and passages found.

Chroma holds the passages (embedded in the data folder, or on a server); a search runs over columns that lie
ready on the disk, made at the first search and brought up to date after a change (``ready``, ``retrieval``).
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from domain import Hit, Kind, UnusableInput
from store.chroma import Collections
from store.columns import Moved, RecordColumns, make, name_of
from store.elsewhere import MatterElsewhere
from store.embedding import Embedder, give_back_memory
from store.filters import Filters
from store.keeping import Keeping
from store.known import Standing, only_known
from store.lexical import WordCutter, lend_words
from store.mapped import Parts
from store.records import Damaged, DocumentSummary, Listing
from store.references import ArticleReference, Names, find_references
from store.retrieval import Finder
from store.shelf import Shelf, without_copies
from store.validity import Registry, Version

_READINGS = 5


class KnowledgeBase(Keeping):
    """Passages, versioned by validity. Safe to share between threads of one process.

    ``folder`` keeps what can be made again (index, dictionary); ``shared`` says that other machines may
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
        super().__init__(collections, embedder, registry, folder, shared, aliases)
        self._finder: tuple[str, Finder] | None = None
        self._words: WordCutter | None = None
        self._making = threading.Lock()

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

    def elsewhere(self, text: str) -> MatterElsewhere | None:
        """The matter that a question is surely about and that no text held governs; None where there is none."""
        finder = self._found()
        return finder.governed_elsewhere(self.embedder.embed_query(text)) if finder and text.strip() else None

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
        finder, day = self._found(), as_of or date.today()
        held = finder.names.title(title) if finder and title else None
        return finder.shelf.article(held, no, sub, day) if finder and held else None

    def state(self) -> str:
        """Another as soon as anything is added, replaced or removed: what was made of the same state stays."""
        return self._listing().state

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
        """From what lies ready, where the list of documents is known to be that of the database; else in turn."""
        with self._lock:
            listing = self._listing()
            note = self._ready.fitting() if listing.stamp and not self._doubted else None
        if note and note.stamp == listing.stamp:
            shelved = without_copies([*listing.documents.values()], self.registry)
            words, name = self._named(shelved)
            columns = self._ready.columns(name) if name == note.columns else None
            if columns:
                return self._made(listing, shelved, columns, words)
        for _ in range(_READINGS):
            with self._turns.waited_for(), suppress(Moved):
                return self._brought_up()
        raise UnusableInput("知识库正在被另一台机器大量写入，请稍后再试")

    def _brought_up(self) -> Finder | None:
        """The finder for what the database holds now: nobody on this machine writes meanwhile.

        On a shared server another machine may: Moved where what is read does not fit together.
        """
        listing = self._listing(fresh=True)
        if not listing.documents:
            return None
        shelved = without_copies([*listing.documents.values()], self.registry)
        words, name = self._named(shelved)
        columns = None if self._doubted else self._ready.columns(name)
        if columns is None:
            before = None if self._doubted else self._columns or self._ready.earlier()
            with self._damage_told():
                columns = self._ready.made(name, lambda parts: self._make(parts, shelved, words, before))
            del before
        self._ready.bind(name, dict(self._collections.markers()))
        self._doubted = False
        if not self._shared:  # in turn, as a second connection must not be opened while one is written to
            self._collections.close()
            gc.collect()  # Chroma's parts refer to each other, 80 MB of them
            give_back_memory()
        with self._lock:
            self._listed = listing = replace(listing, stamp=self._turns.stamp(), read=time.monotonic())
        return self._made(listing, shelved, columns, words)

    def _make(
        self, parts: Parts, held: Sequence[DocumentSummary], words: WordCutter, before: RecordColumns | None
    ) -> None:
        try:
            make(parts, held, words, before, self._collections.read)
        except Moved as error:
            if not self._shared:
                raise Damaged("记录的数目与收入时不同") from error
            raise

    def _named(self, shelved: Sequence[DocumentSummary]) -> tuple[WordCutter, str]:
        """The cutter, knowing the titles, and the name of the columns that go with it."""
        titles = sorted({item.title for item in shelved if item.kind == "regulation"})
        if self._words is None:
            self._words = WordCutter(self._words_folder(), titles)
        elif set(titles) != set(self._words.names):
            self._words.know(titles)
        return self._words, name_of(shelved, titles, self.embedder.fingerprint)

    def _made(
        self, listing: Listing, shelved: Sequence[DocumentSummary], columns: RecordColumns, words: WordCutter
    ) -> Finder:
        shelf = Shelf(shelved, columns, self.registry)
        names = Names(self._all_names(shelf), shelf.titles())
        finder = Finder(shelf, words, columns.postings, names, self.embedder)
        with self._lock:
            self._finder, self._columns = (listing.state, finder), columns
        return finder

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
