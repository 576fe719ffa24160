"""The same documents under another embedding model, beside the collections that still serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain import Document
from store.knowledge import KnowledgeBase

Advance = Callable[[int, int], None]


def rebuild(old: KnowledgeBase, new: KnowledgeBase, progress: Advance, cancelled: Callable[[], bool]) -> bool:
    """Make ``new`` hold what ``old`` holds; False where it was cancelled, and goes on from there later.

    ``progress`` counts passages. What is taken in or removed meanwhile is caught up with.
    """
    while True:
        wanted = {held.id: held for held in old.documents()}
        for held in new.documents():
            if held.id not in wanted or held.edition != wanted[held.id].edition:
                new.remove(held.id)
        there = {held.id for held in new.documents()}
        missing = [held for id, held in wanted.items() if id not in there]
        if not missing:
            return True
        total = sum(held.passages for held in wanted.values())
        done = total - sum(held.passages for held in missing)
        copied: list[Document] = []
        whole = _whole(old, [held.id for held in missing], copied)
        for number, _ in enumerate(new.add_all(whole, cancelled=cancelled, copying=True)):
            done += len(copied[number].passages)
            progress(done, total)
        if cancelled():
            return False


def _whole(old: KnowledgeBase, ids: list[str], copied: list[Document]) -> Iterator[Document]:
    for id in ids:
        document = old.document(id)
        if document is not None:  # removed a moment ago
            copied.append(document)
            yield document
