"""Passages are kept, versioned by validity, and found again.

A document becomes ``records`` (with vectors from ``embedding``, which ``compact`` makes quick; a question's
comes from ``encoder``, cut into ``pieces``) in the two collections of ``chroma``. ``holdings`` lists what is
held, ``keeping`` takes it in and out, one program at a ``turn``; ``knowledge`` is both, and finds. ``gaps`` refuses
a text that lacks articles, ``kept`` holds the document beside them, and ``rebuild`` writes all anew for another
embedding model. For a search the records are read as ``rows``, found by ``proof`` as they were written, and laid
out in ``columns`` (``mapped`` from the disk, where they lie ``ready``), which make a ``shelf``. ``retrieval`` ranks
what ``filters`` leave, after ``references`` has resolved what the question names outright and ``postings`` have
counted its words, which ``lexical`` cuts; ``wording`` tells lists and penalties, ``asked`` knows how people ask,
``elsewhere`` what they ask that no text held governs, ``asking`` turns the question's vector towards the law's
language, ``products`` compares it (with ``rough`` vectors first, where there are many), ``lines`` hold the places'
names, and ``evidence`` says how likely the best passage answers. ``validity`` judges versions by a day; ``lookup``
reads articles without a search, ``cited`` what a citation needs, and ``known`` what the registry tells of a regulation
that is not held.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import durable
from domain import UnusableInput
from store.embedding import Embedder, load_embedder
from store.knowledge import KnowledgeBase
from store.rebuild import rebuild
from store.records import DocumentSummary
from store.validity import Registry, load_registry

__all__ = [
    "DocumentSummary",
    "Embedder",
    "KnowledgeBase",
    "Registry",
    "load_embedder",
    "load_registry",
    "open_knowledge",
    "rebuild",
]


def open_knowledge(
    home: Path,
    embedder: Embedder,
    chroma_url: str = "",
    registry_file: Path | None = None,
    aliases: Mapping[str, str] | None = None,
) -> KnowledgeBase:
    """The knowledge base of a data folder, or of a Chroma server; what a killed run left is cleaned.

    ``aliases`` are further names of regulations (name → short title). UnusableInput where the
    server does not answer, the registry cannot be read, or the data folder cannot be used.
    """
    from store import chroma

    registry = load_registry(registry_file)
    try:
        database = home / "chroma"
        (home if chroma_url else database).mkdir(parents=True, exist_ok=True)

        def connect() -> Any:
            return chroma.server(chroma_url) if chroma_url else chroma.embedded(database)

        collections = chroma.Collections(connect, embedder.fingerprint, chroma_url or database)
        knowledge = KnowledgeBase(collections, embedder, registry, home, bool(chroma_url), aliases)
        knowledge.clean()
    except OSError as error:
        raise UnusableInput(
            f"数据文件夹 {home} 不能使用：{durable.cause(error)}；请检查它，或用 GONGKAI_HOME 另设一个"
        ) from error
    return knowledge
