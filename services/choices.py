"""The settings as they stand: read at the start, and chosen anew in the workbench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from settings import Settings, choose, fixed, load_settings


class Choices:
    """``settings`` are those that count now; of them only ``settings.CHOICES`` ever change."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._told: list[Callable[[], None]] = []

    @property
    def home(self) -> Path:
        """The data folder."""
        return self.settings.home

    def choose(self, values: Mapping[str, str]) -> None:
        """Keep and use model settings chosen in the workbench (``settings.CHOICES``).

        Another chat model is used from the next question on, another embedding from the next start.
        """
        choose(self.home, values)
        chosen = load_settings(home=self.home)
        self.settings = self.settings.model_copy(update={name: getattr(chosen, name) for name in values})
        for tell in self._told:
            tell()

    def on_choice(self, tell: Callable[[], None]) -> None:
        """Have ``tell`` called after every choice."""
        self._told.append(tell)

    def fixed(self) -> dict[str, str]:
        """The settings that cannot be chosen in the workbench, and what says them (a variable or a file)."""
        return fixed()
