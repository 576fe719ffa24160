"""What only the office itself can tell: its telephone, its hours, who does what. No text held tells it, so that is what is said."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class OwnMatter:
    """``name`` of the matter, and who tells it (``where``, a clause without its full stop)."""

    name: str
    where: str
    asks: tuple[re.Pattern[str], ...]
    excludes: re.Pattern[str]

    def meant(self, question: str) -> bool:
        """Whether a question asks for it."""
        return all(one.search(question) for one in self.asks) and not self.excludes.search(question)

    @property
    def told(self) -> str:
        """The sentence that refuses."""
        return f"问的是单位自己的情况（{self.name}），知识库只有法规、年度报告和收入的文件，里面没有；{self.where}。"


def own_matter(question: str) -> OwnMatter | None:
    """The matter of one's own office that is asked for; None where none is."""
    return next((one for one in own_matters() if one.meant(question)), None)


@cache
def own_matters() -> tuple[OwnMatter, ...]:
    """All of them, as ``own.toml`` has them."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["matter"]
    return tuple(
        OwnMatter(one["name"], one["where"], tuple(map(re.compile, one["asks"])), re.compile("|".join(one["not"])))
        for one in table
    )
