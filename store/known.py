"""What the registry of versions tells of a regulation before its text is held: in force or not, and what took its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain import Hit
from store.validity import Registry, Version, version_on

IN_FORCE = "现行有效"


@dataclass(frozen=True)
class Standing:
    """A title that a text names, as it is ``written`` there, with every known version, the earliest first.

    ``held``: its text is held, in whatever version.
    """

    title: str
    written: str
    versions: tuple[Version, ...]
    held: bool


def only_known(
    titles: Iterable[str], registry: Registry, articles: Callable[[str, date], Sequence[Hit]], day: date
) -> list[Hit]:
    """The titles of which no text is held, or only another version than the one in force on ``day``.

    As hits without an article, whose text is a sentence on the version for that day. ``articles``
    gives what is held of a title.
    """
    found = []
    for title in sorted(titles):
        known, held = registry.versions(title), articles(title, day)
        if not known:
            continue
        version = known[version_on([each.period for each in known], day)]
        status = version.period.status(day)
        if held and (status != IN_FORCE or held[0].status == IN_FORCE):
            continue
        text = _another_version(version, day) if held else _without_text(version, day)
        dates = (status, version.begins, version.effective_to, version.replaced_by)
        found.append(Hit("regulation", title, "", 0, text, False, *dates, version.source, 1.0))
    return found


def _without_text(version: Version, day: date) -> str:
    period = version.period
    status = period.status(day)
    began = f"{_day(period.start)}起施行" if period.start else ""
    if status == IN_FORCE:
        told = f"现行有效，{began}" if began else "现行有效"
    elif status == "尚未施行":
        told = f"尚未施行，自{began}"
    else:
        told = f"自{_day(period.end)}起{status}" if period.end else status
        told += f"，由《{period.replaced_by}》取代" if period.replaced_by else ""
    return f"《{version.title}》{told}；知识库没有收入它的条文"


def _another_version(version: Version, day: date) -> str:
    began = f"自{_day(version.begins)}起的文本" if version.begins else "较早的文本"
    return f"{_day(day)}有效的是《{version.title}》{began}，知识库没有收入，只有别的版本"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
