"""What every record rests on: kinds, numbers, refusals, notes, and who works here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["regulation", "report"]


Status = Literal["现行有效", "已废止", "尚未施行", "已被修订", "效力未知"]


Number = int | Decimal


class UnusableInput(Exception):
    """The input cannot be used (exit code 2).

    ``str(error)`` is one plain Chinese sentence that names the file, sheet, row or option.
    ``problems`` holds every problem found, the first of which is the sentence, so that all of
    them can be shown at once.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems or (message,)


class ModelUnavailable(Exception):
    """The language model cannot answer now; ``str(error)`` says why in one Chinese sentence."""


@dataclass(frozen=True)
class Note:
    """What is to be told beside a result: ``str(note)`` is ``text``, one Chinese sentence.

    ``code`` names the kind (``row-unread``), "" in a note that was stored without it. What a program does
    hangs on the code, never on the wording. ``about`` is what the note is of, a row or a table by its
    label, where that is asked for. Two notes that say the same are the same.
    """

    code: str = field(compare=False)
    text: str
    about: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


Role = Literal["clerk", "reviewer", "authority", "administrator"]


@dataclass(frozen=True)
class User:
    """Someone who works here; ``role`` decides what the pages offer.

    ``org`` is the organ whose clerk it is, "" for the office's own: of a county's collections it sees that organ alone.
    """

    id: int
    name: str
    role: Role
    active: bool = True
    org: str = ""

    @property
    def reviews(self) -> bool:
        return self.role in ("authority", "administrator") or self.role == "reviewer" and not self.org

    @property
    def collects(self) -> bool:
        """Whether it is of the 主管部门, which sees what every organ hands in (条例第四十九条)."""
        return self.role in ("authority", "administrator")

    @property
    def administers(self) -> bool:
        return self.role == "administrator"


# SECTION of `gongkai draft` -> its heading in the report. The first five make up part 一.
SECTION_TITLES: Mapping[str, str] = {
    "overview": "总体情况",
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "platform": "政府信息公开平台建设",
    "organisation": "监督保障",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}


def plain_numbers(value: Any) -> Any:
    """The same structure with each Decimal as int (when whole) or float, for JSON."""
    if isinstance(value, Mapping):
        return {key: plain_numbers(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
