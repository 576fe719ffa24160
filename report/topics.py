"""Part 一 taken apart into its topics and put together again, every line in one place.

The frame is part 一 without its topics' text: the opening, the headings of the form's topics, and what
stands under the one that is no section (政府信息管理). Any other heading （一）… belongs to the topic that
it stands in. Of two headings of one topic the first is its place; the second is a line like any other. ``together(*apart(text))`` is ``text``, but for empty lines.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain import SECTION_TITLES
from report.outline import NUMERALS, topic_of

NARRATIVE = ("overview", "problems", "other")
"""The sections that a report needs; the overview holds the whole of part 一."""
TOPICS = tuple(name for name in SECTION_TITLES if name not in NARRATIVE)
_MANAGEMENT = "政府信息管理"


def apart(text: str) -> tuple[str, dict[str, str]]:
    """The frame, and by section the text of each topic that has its heading there."""
    frame: list[str] = []
    topics: dict[str, list[str]] = {}
    into = frame
    for line in text.splitlines():
        topic = begun(line)
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
        headings += topic_of(line) is not None
        lines += left.pop(begun(line) or "", "").splitlines()
    for topic, text in left.items():
        if text.strip():
            lines += [f"（{_numeral(headings)}）{SECTION_TITLES[topic]}", *text.splitlines()]
            headings += 1
    return "\n".join(lines)


def begun(line: str) -> str | None:
    """The topic that a line begins, "" for 政府信息管理, None where it begins none of the form's."""
    topic = topic_of(line)
    return topic if topic in TOPICS or topic == "" and line.strip().endswith(f"）{_MANAGEMENT}") else None


def _numeral(place: int) -> str:
    tens, ones = divmod(place + 1, 10)
    return ("" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (NUMERALS[ones - 1] if ones else "")
