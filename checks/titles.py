"""The title of a report: the organ that it names."""

from __future__ import annotations

import re


def organ_of(title: str) -> str:
    """The organ that a title names before the year or behind it, "" where it names none."""
    year = r"(?:[12]\d{3}|二[〇○零一二三四五六七八九]{3})年度?"
    match = re.match(
        rf"^(?P<before>.{{2,40}}?)(?:关于)?{year}|^{year}(?P<behind>.{{2,40}}?)(?:政府信息公开|政务公开|信息公开)",
        title,
    )
    return (match["before"] or re.sub("人民$", "人民政府", match["behind"])) if match else ""
