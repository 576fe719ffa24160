"""Taking documents in and out: in portions, each of them whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from domain import Document, UnusableInput
from store.gaps import Gaps, gaps, refusal
from store.holdings import Holdings
from store.records import DocumentSummary, Record, edition, is_verbatim, marker, rank, records, summary

if TYPE_CHECKING:
    import numpy as np

Added = Literal["added", "unchanged", "replaced"]
Advance = Callable[[int, int], None]
PORTION = 1024
"""Passages embedded and written together: enough to fill batches of like length, some seconds to lose."""


class Keeping(Holdings):
    """Holdings that documents are added to, replaced in and removed from."""

    _interrupted = False
    """Whether this process was stopped while it wrote."""

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
            if name in portion or waiting >= PORTION:
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
        with self._turns.waited_for():
            earlier = self._summaries(fresh=True)
            if any(self._judged(document, copying) is not document for document in wanted.values()):
                return False
            if self._interrupted:
                self._clean()
            self._interrupted = True
            try:
                self._keep_sources(wanted.values())
                self._collections.write([row for part in rows.values() for row in part], vectors)
            except UnusableInput:  # or what was refused would be made again from its file by a repair
                known = {each.edition for each in earlier.values()}
                with suppress(OSError):  # where nothing may be written nothing may be deleted
                    self._drop_sources({edition(document) for document in wanted.values()} - known)
                raise
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
        with self._turns.waited_for():
            held = self._summaries(fresh=True).get(id)
            if held is None:
                return False
            self._drop_sources([held.edition])
            self._collections.unmark(id)
            self._list({id: None})
            self._collections.drop_editions([held.edition])
        return True

    def _keeps(self, held: DocumentSummary, document: Document) -> bool:
        """Whether what is held stands: the same content, or a text of better origin."""
        return held.edition == edition(document) or held.rank > rank(document)
