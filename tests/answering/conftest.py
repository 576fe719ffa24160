"""The knowledge that ships with gongkai, found by the embedded default weights."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built_in(built_in_embedder, filled_home):
    """A knowledge base that holds the digest cards and the example report."""
    from ingest import load_aliases
    from store import open_knowledge

    return open_knowledge(
        filled_home,
        built_in_embedder,
        registry_file=ROOT / "knowledge" / "registry.toml",
        aliases=load_aliases(),
    )


@pytest.fixture(scope="session")
def questions():
    """The measured questions: answerable (with an article), beside the field, off topic."""
    return tomllib.loads((ROOT / "bench" / "questions.toml").read_text(encoding="utf-8"))
