"""Which version of a regulation was in force on a day, by its own dates and the registry of versions.

Legal source: 立法法 第六十一条 (a law names the day of its 施行), 第一百零三条 (the newer provision
prevails). The registry (``knowledge/registry.toml``) tells what a text cannot know of itself: when
it ended, and what took its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from domain import Document, Status, UnusableInput


@dataclass(frozen=True)
class Version:
    """One text of one title. ``effective_to`` is the first day on which it no longer applied.

    ``effective_from`` is the day that the text prints; of a law amended in part that is the law's
    own day, and ``amended_from`` is the first day of the text as amended. ``ended`` is 废止 or 修订.
    ``articles`` is the number of its last article, 0 where that is not known.
    """

    title: str
    aliases: tuple[str, ...] = ()
    number: str = ""
    issuer: str = ""
    level: str = ""
    promulgated: date | None = None
    effective_from: date | None = None
    amended_from: date | None = None
    effective_to: date | None = None
    ended: str = ""
    replaced_by: str = ""
    articles: int = 0
    source: str = ""

    @property
    def begins(self) -> date | None:
        """The first day of this text: its amendment's where it was amended in part."""
        return self.amended_from or self.effective_from or self.promulgated

    @property
    def period(self) -> Period:
        """When it applied."""
        return Period(self.begins, self.effective_to, self.ended, self.replaced_by)


@dataclass(frozen=True)
class Period:
    """When a version applied: from ``start`` until the day before ``end`` (None: not known, not ended).

    ``known`` is False of a text of which neither it nor the registry tells anything.
    """

    start: date | None
    end: date | None
    ended: str = ""
    replaced_by: str = ""
    known: bool = True

    def status(self, day: date) -> Status:
        """The status on that day; a version of the registry without a known start counts as begun.

        One that is known to have ended on a day that nobody told counts as ended on every day.
        """
        if not self.known:
            return "效力未知"
        if self.start and day < self.start:
            return "尚未施行"
        if self.ended and self.end is None or self.end and day >= self.end:
            return "已被修订" if self.ended == "修订" else "已废止"
        return "现行有效"


class Registry:
    """The known versions of regulations, by title."""

    def __init__(self, versions: Iterable[Version] = ()) -> None:
        self.entries = tuple(versions)

    def versions(self, title: str) -> tuple[Version, ...]:
        """Every known version of a title, the earliest first."""
        same = [version for version in self.entries if version.title == title]
        return tuple(sorted(same, key=lambda version: version.begins or date.min))

    def of(self, document: Document) -> Version | None:
        """The registry's entry for this text: of the same title, made public or in force on the same day.

        A text that tells no day is the only version there is, or none.
        """
        same = self.versions(document.title)
        begun = document.effective_from
        fitting = [v for v in same if document.promulgated and v.promulgated == document.promulgated]
        fitting = fitting or [v for v in same if begun and begun in (v.effective_from, v.amended_from)]
        if not fitting and not document.promulgated and not begun:
            fitting = list(same)
        return fitting[0] if len(fitting) == 1 else None

    def complete(self, document: Document) -> Document:
        """The document with what it does not say of itself taken from the registry."""
        version = self.of(document) if document.kind == "regulation" else None
        if version is None:
            return document
        names = ("number", "issuer", "level", "promulgated", "effective_from", "effective_to", "replaced_by")
        missing = {name: getattr(version, name) for name in names if not getattr(document, name)}
        return replace(document, **missing)

    def same_version(self, one: Document, other: Document) -> bool:
        """Whether two texts of one title are, or may be, one version: what both tell of their days does not part them."""
        if self.period(one).start == self.period(other).start:
            return True
        if one.promulgated and other.promulgated:
            return one.promulgated == other.promulgated
        return one.effective_from == other.effective_from or not (one.effective_from and other.effective_from)

    def period(self, document: Document) -> Period:
        """When the text applied. Without an ``amended_from``, an amended text begins when made public."""
        version = self.of(document)
        begins = [day for day in (document.effective_from, document.promulgated) if day]
        start = (version.amended_from if version else None) or (max(begins) if begins else None)
        end = document.effective_to or (version.effective_to if version else None)
        successor = document.replaced_by or (version.replaced_by if version else "")
        ended = version.ended if version and version.ended else document.ended
        ended = ended or ("修订" if successor == document.title else "废止" if end else "")
        return Period(start, end, ended, successor, known=bool(version or start or end or ended))


def load_registry(path: Path | None) -> Registry:
    """The registry in a TOML file (empty when None); UnusableInput names the file and the entry."""
    if path is None:
        return Registry()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("version", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"法规版本表 {path} 无法读取：{error}") from error
    known = {field.name for field in fields(Version)}
    versions = []
    for place, entry in enumerate(entries, start=1):
        unknown = sorted(set(entry) - known)
        if unknown or not entry.get("title"):
            fault = f"有不认识的键 {'、'.join(unknown)}" if unknown else "没有 title"
            raise UnusableInput(f"法规版本表 {path} 第{place}个 [[version]] {fault}")
        versions.append(Version(**(entry | {"aliases": tuple(entry.get("aliases", ()))})))
    return Registry(versions)


def in_succession(periods: Sequence[Period], title: str) -> list[Period]:
    """The periods of one title's held versions, each ended at the latest when the next begins."""
    starts = sorted({period.start for period in periods if period.start})
    result = list(periods)
    for place, own in enumerate(periods):
        begins = next((start for start in starts if start > (own.start or date.min)), None)
        if begins and (own.end is None or begins < own.end):
            result[place] = replace(own, end=begins, ended="修订", replaced_by=title)
    return result


def version_on(periods: Sequence[Period], day: date) -> int:
    """Which of one title's versions to show for a day: the one in force, else the latest before it.

    Where all begin later, the first of them. Of several that begin on one day the first given is
    shown, so that the better text has to come first.
    """
    begun = [place for place, period in enumerate(periods) if period.start is None or period.start <= day]
    latest_first = sorted(begun, key=lambda place: periods[place].start or date.min, reverse=True)
    for place in latest_first:
        if periods[place].status(day) == "现行有效":
            return place
    if latest_first:
        return latest_first[0]
    return min(range(len(periods)), key=lambda place: periods[place].start or date.max)
