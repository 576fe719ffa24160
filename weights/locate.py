"""Where the weights are. Standard library only, and at once: nothing is opened but the manifest."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from weights.manifest import load_manifest

ROOT = Path(__file__).resolve().parent.parent


def default_folder() -> Path:
    """The weights folder where no settings object is at hand: set-up and the tests.

    It follows settings.py: the environment, then ``gongkai.toml`` in the working folder or beside
    the program, then ``models``.
    """
    return Path(setting("weights") or ROOT / "models")


def setting(name: str) -> str:
    """One setting as text, read without pydantic, which is not installed when set-up begins.

    A ``gongkai.toml`` that cannot be read counts as empty here; the program itself then says what
    is wrong with it.
    """
    value = os.environ.get(f"GONGKAI_{name.upper()}", "").strip()
    if value:
        return value
    for folder in (Path.cwd(), ROOT):
        file = folder / "gongkai.toml"
        if file.is_file():
            try:
                return str(tomllib.loads(file.read_text(encoding="utf-8")).get(name, "")).strip()
            except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
                return ""
    return ""


def chat_model(folder: Path) -> Path | None:
    """The local chat model's GGUF file, or None where it was not fetched."""
    return _present(folder, "chat")


def small_model(folder: Path) -> Path | None:
    """The small GGUF file for quick trials, or None."""
    return _present(folder, "small")


def embedding(folder: Path) -> Path | None:
    """The sentence-transformers folder of the embedded default, or None."""
    return _present(folder, "embedding")


def laws(folder: Path) -> Path | None:
    """The SQLite file of statutes, or None."""
    return _present(folder, "laws")


def _present(folder: Path, name: str) -> Path | None:
    places = (Path(folder) / place for place in load_manifest()[name].places)
    return next((place for place in places if place.exists()), None)
