"""An office's own files become its ledger: proposed, confirmed, kept as the office's profile, written as a workbook."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from domain import UnusableInput

if TYPE_CHECKING:
    from intake import Profile, Proposal, Sources

PROFILE = "intake_profile.toml"
_SAYING = logging.getLogger("gongkai")


class Intakes:
    """``home`` is the data folder, in which the office's profile stands.

    ``damage`` tells of the kept holiday arrangements that cannot be used; they are told once, and stop nothing.
    """

    def __init__(self, home: Path) -> None:
        self.home, self.profile_path = home, home / PROFILE
        self.damage: list[str] = []
        if (home / "holidays").is_dir():
            from intake import holidays

            self.damage = holidays.load(home)
            for trouble in self.damage:
                _SAYING.warning(trouble)

    def read(self, paths: Iterable[Path], names: Mapping[Path, str] = {}) -> Sources:
        """The tables and reports of files, folders and archives; UnusableInput where nothing in them can be used."""
        import intake

        sources = intake.read_sources([Path(path) for path in paths], dict(names))
        if sources.problems and not (sources.grids or sources.reports or sources.notices):
            raise UnusableInput(sources.problems[0], tuple(sources.problems))
        from intake import holidays

        for text, arrangement in sources.notices:
            holidays.keep(text, arrangement, self.home)
            sources.notes.append(f"已存下{arrangement.year}年的放假安排，以后按它算工作日")
        return sources

    def propose(
        self,
        sources: Sources,
        answers: Mapping[str, str] = {},
        accept: bool = False,
        typed: Mapping[str, str] = {},
        year: int = 0,
        by: str = "",
        profile: Path | None = None,
        today: date | None = None,
    ) -> Proposal:
        """What the files become with these answers; ``profile``: a file instead of the office's own."""
        import intake

        kept = intake.load_profile(profile or self.profile_path)
        return intake.propose(sources, answers, kept, accept, typed, year, by, today)

    def keep(self, proposal: Proposal, profile: Path | None = None) -> None:
        """Keep what was confirmed, so that it is not asked again."""
        import intake

        intake.save_profile(proposal.profile, profile or self.profile_path)

    def profile(self) -> Profile:
        import intake

        return intake.load_profile(self.profile_path)

    def write(self, proposal: Proposal, path: Path) -> None:
        """Write the nine-sheet workbook; UnusableInput while a question is open."""
        import intake

        intake.write_ledger(proposal, path)
