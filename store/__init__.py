"""Passages are kept, versioned by validity, and found again.

A document becomes ``records`` (with vectors from ``embedding``) in the two collections of
``chroma``; ``knowledge`` keeps them whole and up to date. For a search they are read into a
``shelf``, one array over all passages, whose versions ``validity`` judges; ``retrieval`` ranks,
after ``references`` has resolved what the question names outright and ``lexical`` has counted its
words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

from store.embedding import Embedder, load_embedder
from store.knowledge import KnowledgeBase
from store.records import DocumentSummary
from store.validity import Registry, load_registry

__all__ = ["DocumentSummary", "Embedder", "KnowledgeBase", "Registry", "load_embedder", "load_registry", "open_knowledge"]


def open_knowledge(
    home: Path,
    embedder: Embedder,
    chroma_url: str = "",
    registry_file: Path | None = None,
    aliases: Mapping[str, str] | None = None,
) -> KnowledgeBase:
    """The knowledge base of a data folder, or of a Chroma server; what a killed run left is cleaned.

    ``aliases`` are further names of regulations (name → short title). UnusableInput where the
    server does not answer or the registry cannot be read.
    """
    from store import chroma

    registry = load_registry(registry_file)
    home.mkdir(parents=True, exist_ok=True)
    client = chroma.server(chroma_url) if chroma_url else chroma.embedded(home / "chroma")
    knowledge = KnowledgeBase(
        chroma.Collections(client, embedder.fingerprint), embedder, registry, home, bool(chroma_url), aliases
    )
    knowledge.clean()
    return knowledge
