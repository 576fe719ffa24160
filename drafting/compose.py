"""Each section written by rule: what the ledger knows, in official prose; what it does not, left out.

Every paragraph is a template with placeholders, so that composed and model-written text go through
the same filling. Nothing is claimed that no figure shows. Only what a report must state and the
ledger does not know (fees, a year without any sign of a problem) is asked for in 【请补充：…】.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.material import TOPICS, Material, noted, remarked, topic_of
from drafting.phrases import ORDER
from drafting.problems import problems


def compose(section: str, material: Material, turn: int = 0) -> list[str]:
    """The paragraphs of a section as templates with placeholders, the office's notes in their place.

    turn: 0 for the wording of this office and year, 1, 2, … for other wordings of the same facts.
    """
    if section == "overview":
        return list(_overview(material, turn))
    written = list(problems(material, turn)) if section == "problems" else material.patterns.paragraphs(section, turn)
    return [*written, *noted(material)]


def heading(number: int, title: str) -> str:
    return f"（{ORDER[number]}）{title}"


def _overview(m: Material, turn: int) -> Iterator[str]:
    """Part 一: the opening and the five topics under their headings, each with the notes on it."""
    remarks: dict[str, list[str]] = {}
    for line, masked in zip(remarked(m.notes), noted(m)):
        remarks.setdefault(topic_of(line), []).append(masked)
    yield from m.patterns.paragraphs("opening", turn)
    for number, (topic, title) in enumerate(TOPICS.items()):
        yield heading(number, title)
        yield from m.patterns.paragraphs(topic, turn)
        yield from (line.removeprefix(f"{title}：") for line in remarks.get(topic, ()))
