"""Part 一 taken apart into its topics and put together again, every line in one place.

The frame is part 一 without its topics' text: the opening, the headings, and what stands under a
heading that is no section (政府信息管理). Of two headings of one topic the first is its place; the
second is a line like any other. ``together(*apart(text))`` is ``text``, but for empty lines.
"""

from __future__ import annotations

from typing import Mapping

from domain import SECTION_TITLES
from report.outline import NUMERALS, topic_of

NARRATIVE = ("overview", "problems", "other")
"""The sections that a report needs; the overview holds the whole of part 一."""
TOPICS = tuple(name for name in SECTION_TITLES if name not in NARRATIVE)


def apart(text: str) -> tuple[str, dict[str, str]]:
    """The frame, and by section the text of each topic that has its heading there."""
    frame: list[str] = []
    topics: dict[str, list[str]] = {}
    into = frame
    for line in text.splitlines():
        topic = topic_of(line)
        if topic is not None:
            frame.append(line)
            fresh = topic in TOPICS and topic not in topics
            into = topics.setdefault(topic, []) if fresh else frame
        else:
            into.append(line)
    return "\n".join(frame), {topic: "\n".join(lines) for topic, lines in topics.items()}


def together(frame: str, topics: Mapping[str, str]) -> str:
    """Part 一 with each topic's text under its heading; a topic without one comes last, under a new one."""
    lines: list[str] = []
    left = {name: topics[name] for name in TOPICS if name in topics}
    headings = 0
    for line in frame.splitlines():
        lines.append(line)
        topic = topic_of(line)
        headings += topic is not None
        lines += left.pop(topic or "", "").splitlines()
    for topic, text in left.items():
        if text.strip():
            lines += [f"（{_numeral(headings)}）{SECTION_TITLES[topic]}", *text.splitlines()]
            headings += 1
    return "\n".join(lines)


def _numeral(place: int) -> str:
    return NUMERALS[place] if place < 10 else f"十{NUMERALS[place - 10]}"
