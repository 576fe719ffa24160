"""The files of an office's folder: tables to read, last year's report, and what is neither.

Files, folders and zip archives come in any number; everything that cannot be read is told at once, by
name. A folder below a folder is read as well: where the same rows lie in two files, that is asked.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ingest
from domain import PublishedReport, UnusableInput
from ingest.blocks import TableGrid, TextParagraph
from ingest.readers import read_source
from intake.grids import CellGrid, decoded, read_grids
from intake.holidays import Arrangement, is_notice, read_notice

_DOCUMENTS = (".docx", ".doc", ".wps", ".pdf", ".md", ".mht", ".mhtml", ".rtf")
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv", ".tsv", ".htm", ".html")
_FURNITURE = re.compile(r"^(?:~\$|\.|__MACOSX)|^(?:thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_IS_REPORT = re.compile(r"政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?报告|信息公开年报")


@dataclass(frozen=True)
class LastYear:
    """A published report of a year before: its organ, year and tables."""

    file: str
    org: str
    year: int
    tables: dict[str, Any]
    form: str = ""


@dataclass
class Sources:
    """What the files hold; ``notices`` are holiday arrangements with their text, ``problems`` name each that cannot be used, ``notes`` what was left alone."""

    grids: list[CellGrid] = field(default_factory=list)
    reports: list[LastYear] = field(default_factory=list)
    notices: list[tuple[str, Arrangement]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sources(paths: Iterable[Path], names: dict[Path, str] | None = None) -> Sources:
    """Every table and report of the files, folders and archives. ``names``: what users call a file."""
    found = Sources()
    with ExitStack() as open_archives:
        files = [
            entry for path in paths for entry in _files(Path(path), (names or {}).get(path, ""), found, open_archives)
        ]
        if not files and not found.problems:
            raise UnusableInput("没有给出文件，或者文件夹是空的")
        for path, name in files:
            _read(path, name, found)
    return found


def _files(path: Path, name: str, found: Sources, archives: ExitStack) -> list[tuple[Path, str]]:
    name = name or path.name
    try:
        if path.is_dir():
            inside = sorted(
                entry
                for entry in path.rglob("*")
                if entry.is_file() and not any(_FURNITURE.match(part) for part in entry.relative_to(path).parts)
            )
            return [pair for entry in inside for pair in _files(entry, str(entry.relative_to(path)), found, archives)]
        if not path.exists():
            found.problems.append(f"找不到“{name}”")
            return []
    except OSError:
        found.problems.append(f"“{name}”无法读取，请确认文件名不过长、有读取权限")
        return []
    if _is_archive(path):
        return _unpacked(path, name, found, archives)
    return [(path, name)]


def _is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _unpacked(path: Path, name: str, found: Sources, archives: ExitStack) -> list[tuple[Path, str]]:
    folder = Path(archives.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-intake-")))
    files = []
    try:
        with ingest.unpacked(path) as members:
            for number, member in enumerate(members):
                if member.path is None:
                    found.problems.append(f"“{name}”：{member.fault}")
                    continue
                kept = folder / f"{number}{member.path.suffix}"
                member.path.rename(kept)
                files.append((kept, member.name))
    except UnusableInput as error:
        found.problems += error.problems
    return files


def _read(path: Path, name: str, found: Sources) -> None:
    suffix = Path(name).suffix.lower()
    try:
        if (notice := _notice(path, suffix)) is not None:
            found.notices.append((notice, read_notice(notice, name)))
        elif suffix == ".json":
            found.reports.append(_figures(path, name))
        elif (
            suffix in _DOCUMENTS
            or suffix not in _TABLES
            and _tells_of_a_year(path)
            or suffix in (".htm", ".html", ".txt")
            and _tells_of_a_year(path)
        ):
            if grids := _tables_of_document(path, name, suffix):
                found.grids += grids
            else:
                found.reports.append(_report(path, name))
        else:
            grids, warnings = read_grids(path, name)
            found.grids += grids
            found.notes += warnings
            if not grids:
                found.notes.append(f"“{name}”里没有内容")
    except UnusableInput as error:
        found.problems += error.problems


def _notice(path: Path, suffix: str) -> str | None:
    """The text of a State Council notice on holidays; None for any other file."""
    if suffix == ".docx":
        try:
            blocks = read_source(path).blocks
        except UnusableInput:  # told when it is read as what it is
            return None
        text = "\n".join(block.text for block in blocks if isinstance(block, TextParagraph))
    elif suffix in (".txt", ".md"):
        try:
            text = decoded(path.name, path.read_bytes()[:200_000])
        except (OSError, UnusableInput):
            return None
    else:
        return None
    return text if is_notice(text) else None


def _tells_of_a_year(path: Path) -> bool:
    """Whether a text or page is a published report rather than a table of items."""
    try:
        text = decoded(path.name, path.read_bytes()[:400_000])
    except (OSError, UnusableInput):
        return False
    plain = re.sub(r"<[^>]*>|\s", "", text)
    return bool(_IS_REPORT.search(plain)) and "本年新收" in plain and "结转下年度" in plain


def _tables_of_document(path: Path, name: str, suffix: str) -> list[CellGrid]:
    """The tables of a text document that is no report; none for any other file."""
    if suffix not in (".docx", ".doc", ".wps", ".rtf"):
        return []
    try:
        blocks = read_source(path).blocks
    except UnusableInput:  # told when it is read as a report
        return []
    texts = [block.text for block in blocks if isinstance(block, TextParagraph)]
    if _IS_REPORT.search(re.sub(r"\s", "", "".join(texts[:20]))):
        return []
    tables = [block for block in blocks if isinstance(block, TableGrid) and len(block.rows) > 1]
    return [
        CellGrid(name, f"表{at}" if len(tables) > 1 else "", [list(row) for row in table.rows])
        for at, table in enumerate(tables, 1)
    ]


def _report(path: Path, name: str) -> LastYear:
    try:
        report: PublishedReport = ingest.read_report(path)
    except UnusableInput as error:
        raise UnusableInput(f"“{name}”：{error.problems[0]}") from error
    if not any(report.tables.values()):
        raise UnusableInput(f"“{name}”不是表格文件，也没有读到年度报告的三张表（图片里的表格不能读）")
    return LastYear(name, report.org, report.year, dict(report.tables), report.form)


def _figures(path: Path, name: str) -> LastYear:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return LastYear(
            name,
            str(data["org"]),
            int(data["year"]),
            {key: data[key] for key in ("table2", "table3", "table4")},
            str(data.get("form") or ""),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableInput(f"“{name}”不是表格文件，也不是 figures.json") from error
