"""The files of a collection: those of a folder or a zip, or those that were kept, archives unpacked, each under one name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from domain import UnusableInput

if TYPE_CHECKING:
    from office.handed_in import HandedInFile

ANNEX = "figures.json"
"""What lies beside a page that gongkai made, and is held against its tables: no report."""
_PAGES = (".html", ".htm")


@dataclass
class GatheredFiles:
    """``files``: name → place; ``faults``: name → why it cannot be used; ``came``: name → (which came when,
    its own name, the organ whose clerk brought it)."""

    files: dict[str, Path] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    came: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def free(self, name: str) -> str:
        """The name, with a number where another file has it already."""
        taken = {*self.files, *self.faults}
        stem, dot, suffix = name.rpartition(".")
        other = (f"{stem}（{number}）{dot}{suffix}" if stem else f"{name}（{number}）" for number in range(2, 9999))
        return name if name not in taken else next(one for one in other if one not in taken)


def gather(folder: Path, room: Path) -> GatheredFiles:
    """The files of a folder, a zip or a single file; UnusableInput where there is none. ``room``: a folder to unpack into."""
    import ingest

    made = GatheredFiles()
    for path in ingest.files([folder]):
        if path.name == ANNEX:
            continue
        name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
        if path.suffix.lower() in ingest.ARCHIVES:
            _unpack(path, name, made, room)
        else:
            made.files[name] = path
    if not made.files and not made.faults:
        raise UnusableInput(f"{folder} 里没有可以读入的文件")
    return made


def gather_kept(kept: Iterable[HandedInFile], room: Path) -> GatheredFiles:
    """The files that were kept and still count, by the names under which they came."""
    import ingest
    from report.annex import annex_digest, text_digest

    made, counting = GatheredFiles(), [one for one in kept if not one.aside]
    annexes = {
        text_digest(one.path): one.path for one in counting if Path(one.name).name == ANNEX and one.path.exists()
    }
    for one in counting:
        before = set(made.files) | set(made.faults)
        name = made.free(one.name)
        if Path(one.name).name == ANNEX:
            continue
        if not one.path.exists():
            made.faults[name] = f"{one.name} 的文件不见了，请重新上传"
        elif one.path.suffix.lower() in ingest.ARCHIVES:
            _unpack(one.path, name, made, room)
        elif one.path.suffix.lower() in _PAGES and (beside := annexes.get(annex_digest(one.path))):
            made.files[name] = _together(one.path, beside, room)
        else:
            made.files[name] = one.path
        for new in ({*made.files, *made.faults}) - before:
            made.came[new] = (one.id, new.replace(name, one.name, 1), one.org)
    return made


def _together(page: Path, annex: Path, room: Path) -> Path:
    place = room / f"page-{page.stem}"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(annex, place / ANNEX)
    return Path(shutil.copyfile(page, place / page.name))


def _unpack(archive: Path, name: str, made: GatheredFiles, room: Path) -> None:
    """The members of an archive; a page's figures.json is put beside it again."""
    import ingest

    annexes: dict[str, Path] = {}
    try:
        with ingest.unpacked(archive) as members:
            for number, member in enumerate(members):
                inside = f"{name}/{member.name}"
                if member.path is None:
                    made.faults[made.free(inside)] = member.fault
                    continue
                place = room / str(len(made.files)) / str(number) / member.path.name
                place.parent.mkdir(parents=True)
                shutil.copyfile(member.path, place)
                if member.path.name == ANNEX:
                    annexes[_parent(inside)] = place
                else:
                    made.files[made.free(inside)] = place
    except UnusableInput as error:
        made.faults[made.free(name)] = str(error)
    for inside, place in made.files.items():
        if (
            place.suffix.lower() in _PAGES
            and inside.startswith(f"{name}/")
            and (beside := annexes.get(_parent(inside)))
        ):
            shutil.copyfile(beside, place.with_name(ANNEX))


def _parent(inside: str) -> str:
    return re.sub(r"[^/\\]*$", "", inside)
