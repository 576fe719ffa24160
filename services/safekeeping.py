"""The whole data folder as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain import UnusableInput
from services.opening import Opened


class Safekeeping(Opened):
    """Backup, which works while others work, and restore, which does not."""

    def backup(self, out: Path) -> Path:
        """Everything in the data folder as one zip file; works while others work."""
        from office.backup import backup

        self.office  # noqa: B018  (a folder that was never worked in has none yet)
        return backup(self.settings.home, out)

    def stage_restore(self, file: Path) -> dict[str, Any]:
        """Check and unpack a backup; it takes the place of everything at the next start. Its manifest."""
        from office.backup import stage

        return stage(file, self.settings.home)

    def restore(self, file: Path) -> dict[str, Any]:
        """Put a backup in place now; UnusableInput, and no change, while a workbench is open."""
        from office.backup import unstage

        manifest = self.stage_restore(file)
        try:
            self.finish_restore()
        except UnusableInput:
            unstage(self.settings.home)
            raise
        return manifest

    def finish_restore(self) -> bool:
        """Put a staged backup in place, before anything is opened; False where none is staged."""
        from office.backup import swap

        return swap(self.settings.home)
