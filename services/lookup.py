"""What the knowledge base holds, found and read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from domain import Hit, Kind, UnusableInput

if TYPE_CHECKING:
    from answering.law.citing import CheckedCitation
    from answering.law.past import Review
    from store import KnowledgeBase
    from store.lookup import VersionHeld


class Lookup:
    """Passages by their words, their numbers and their place; each with its validity on a day."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._knowledge = knowledge

    def search(
        self,
        text: str,
        k: int = 10,
        kind: Kind | None = None,
        as_of: date | None = None,
        level: str = "",
        status: str = "",
        year: int = 0,
        org: str = "",
    ) -> list[Hit]:
        """Retrieval only: the best ``k`` passages, each with its validity on ``as_of``.

        Kept to a level (行政法规), a status on that day, a year (a report's, or of promulgation) and
        part of an organ's name (a report's, or the issuer's), where these are given. A regulation that
        ``text`` names and of which only the dates are known comes first, as a hit without an article.
        """
        kept = {"level": level, "status": status, "year": year, "org": org}
        found = self._knowledge().search(typed(text, "检索词"), k=k, kind=kind, as_of=as_of, **kept)
        if kind == "report" or level or year or org:
            return found
        known = [hit for hit in self._knowledge().only_known(text, as_of) if status in ("", hit.status)]
        return (known + found)[:k]

    def look_up(
        self,
        text: str,
        k: int = 10,
        kind: Kind | None = None,
        as_of: date | None = None,
        level: str = "",
        status: str = "",
        **narrowed: Any,
    ) -> list[Hit]:
        """As ``search``, but a bare number (第五十条, 部令第24号) means the articles that bear it."""
        from store.lookup import by_number

        knowledge, asked = self._knowledge(), typed(text, "检索词")
        found = [] if any(narrowed.values()) else by_number(knowledge, asked, as_of or date.today())
        if not found:
            return self.search(text, k, kind, as_of, level, status, **narrowed)
        listed = [held.document for held in knowledge.documents()] if level else []
        # a copy tells the least
        levels = {held.title: held.level for held in sorted(listed, key=lambda held: not held.beside)}
        kept = [hit for hit in found if kind in (None, hit.kind) and levels.get(hit.title, "") == level]
        return [hit for hit in kept if status in ("", hit.status)][:k]

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None:
        """One article (``sub`` 1 for 之一) in the version for that day; None where it is not held."""
        return self._knowledge().article(title, no, sub, as_of)

    def check_citations(self, text: str, as_of: date | None = None) -> list[CheckedCitation]:
        """Whether each article that ``text`` cites exists, is in force on ``as_of``, and keeps its exception."""
        from answering.law.citing import check_citations

        return check_citations(typed(text, "要核对的文字"), self._knowledge(), as_of)

    def judged(self, hit: Hit, as_of: date | None = None) -> Hit:
        """The same passage with its validity on another day."""
        from store.lookup import judged

        return judged(self._knowledge(), hit, as_of or date.today())

    def beside(self, hit: Hit, as_of: date | None = None) -> tuple[Hit | None, Hit | None]:
        """The passages before and after a hit in its regulation; None at an end, or in a report."""
        from store.lookup import beside

        return beside(self._knowledge(), hit, as_of or date.today())

    def versions(self, title: str) -> list[VersionHeld]:
        """Every version of a regulation that is held or whose dates are known, the latest first."""
        from store.lookup import versions

        return versions(self._knowledge(), title)

    def review_past(self, today: date | None = None) -> Review:
        """Which regulations and articles cited in the reports held have ended since, and what took their place."""
        import ingest
        from answering.law.past import review

        return review(self._knowledge(), today or date.today(), ingest.load_aliases())


def typed(text: str, what: str) -> str:
    """What was typed, without blanks around; UnusableInput where that is nothing."""
    if not text.strip():
        raise UnusableInput(f"{what}是空的，请输入内容")
    return text.strip()
