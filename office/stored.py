"""Answers and drafts as JSON in the database, and back, those of earlier versions too."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from domain import Answer, Draft

Kept = TypeVar("Kept", Answer, Draft)
_adapter = cache(TypeAdapter)
# Notes were plain words once. This one must be known again, for it goes when its text is changed.
_COPIED = "相同的文字占"


def written(kept: Answer | Draft) -> str:
    """The whole record as JSON; ``read`` gives it back."""
    return _adapter(type(kept)).dump_json(kept).decode()


def read(kind: type[Kept], content: str) -> Kept:
    """The record of that kind in ``content``; ValueError where it is none."""
    data = json.loads(content)
    notes = data.get("notes") if isinstance(data, dict) else None
    if isinstance(notes, list) and any(isinstance(note, str) for note in notes):
        content = json.dumps(data | {"notes": [_note(note) for note in notes]}, ensure_ascii=False)
    return _adapter(kind).validate_json(content)


def _note(note: Any) -> Any:
    return {"code": "copied" if _COPIED in note else "", "text": note} if isinstance(note, str) else note
