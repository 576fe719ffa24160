"""Part 一 taken apart into its topics and put together again, every line in one place.

The frame is part 一 without its topics' text: the opening, the headings of the form's topics, and what
stands under the one that is no section (政府信息管理). Any other heading （一）… belongs to the topic that
it stands in. Of two headings of one topic the first is its place; the second is a line like any other. ``together(*apart(text))`` is ``text``, but for empty lines. Figures keep their places.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain import SECTION_TITLES, Filled
from report.outline import NUMERALS, topic_of

NARRATIVE = ("overview", "problems", "other")
"""The sections that a report needs; the overview holds the whole of part 一."""
TOPICS = tuple(name for name in SECTION_TITLES if name not in NARRATIVE)
_MANAGEMENT = "政府信息管理"


def apart(text: Filled) -> tuple[Filled, dict[str, Filled]]:
    """The frame, and by section the text of each topic that has its heading there."""
    frame: list[Filled] = []
    topics: dict[str, list[Filled]] = {}
    into = frame
    for line in text.lines():
        topic = begun(line.text)
        if topic is not None:
            frame.append(line)
            fresh = topic in TOPICS and topic not in topics
            into = topics.setdefault(topic, []) if fresh else frame
        else:
            into.append(line)
    return Filled.joined("\n", frame), {topic: Filled.joined("\n", lines) for topic, lines in topics.items()}


def together(frame: Filled, topics: Mapping[str, Filled]) -> Filled:
    """Part 一 with each topic's text under its heading; a topic without one comes last, under a new one."""
    lines: list[Filled] = []
    left = {name: topics[name] for name in TOPICS if name in topics}
    headings = 0
    for line in frame.lines():
        lines.append(line)
        headings += topic_of(line.text) is not None
        lines += left.pop(begun(line.text) or "", Filled()).lines()
    for topic, text in left.items():
        if text.strip():
            lines += [Filled(f"（{_numeral(headings)}）{SECTION_TITLES[topic]}"), *text.lines()]
            headings += 1
    return Filled.joined("\n", lines)


def begun(line: str) -> str | None:
    """The topic that a line begins, "" for 政府信息管理, None where it begins none of the form's."""
    topic = topic_of(line)
    return topic if topic in TOPICS or topic == "" and line.strip().endswith(f"）{_MANAGEMENT}") else None


def _numeral(place: int) -> str:
    tens, ones = divmod(place + 1, 10)
    return ("" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (NUMERALS[ones - 1] if ones else "")
