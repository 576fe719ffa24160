"""What a section's sheet shows of the versions that count, and back: a text in its parts, with the figures in their places.

Part 一 is one text of several parts (``report.topics``); these are the rules by which it comes apart and together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from domain import SECTION_TITLES, Citation, Draft, Filled, Note, Remembered, User
from report.topics import TOPICS, apart, begun, together

if TYPE_CHECKING:
    from office.drafts import DraftVersion, Origin


OVERVIEW = "overview"
BY_HAND = Note("by-hand", "由办公室自行撰写")
TYPED = ("edited", "answer")
"""What goes on with the text that counts, instead of taking its place."""

Held = Mapping[str, "DraftVersion"]
"""The version that counts of each section (``office.drafts.current``)."""


def texts_of(held: Held) -> dict[str, str]:
    """The text that counts of each section; of part 一 the frame under ``overview``, and every topic's own."""
    return {name: told.text for name, told in told_of(held).items()}


def shown(section: str, texts: Mapping[str, str]) -> str:
    """What a section's sheet shows of the texts that count."""
    return shown_with_figures(section, {name: Filled(text) for name, text in texts.items()}).text


def parts_of(section: str, text: str) -> dict[str, str]:
    """The parts of a sheet's text, by the section that each counts under."""
    return {name: part.text for name, part in parts_with_figures(section, Filled(text)).items()}


def told_of(held: Held) -> dict[str, Filled]:
    """``texts_of``, with the figures in their places."""
    told = {name: _lines_told(version.draft) for name, version in held.items()}
    if OVERVIEW in held:
        whole = held[OVERVIEW]
        told[OVERVIEW], inside = apart(told[OVERVIEW])
        for topic in TOPICS:
            # before the topics were kept apart, the later of the two counted
            if whole.whole is None and not (topic in held and held[topic].at > whole.at):
                told[topic] = inside.get(topic, Filled())
            told.setdefault(topic, Filled())
    return told


_told = Remembered(128)


def _lines_told(draft: Draft) -> Filled:
    from drafting import known

    return _told.of((draft,), "", lambda: lines_of(known(draft)))


def shown_with_figures(section: str, told: Mapping[str, Filled]) -> Filled:
    if section != OVERVIEW:
        return told.get(section, Filled())
    return together(told.get(OVERVIEW, Filled()), {topic: told[topic] for topic in TOPICS if told.get(topic)})


def parts_with_figures(section: str, text: Filled) -> dict[str, Filled]:
    if section != OVERVIEW:
        return {section: lines_of(text)}
    frame, topics = apart(lines_of(text))
    return {OVERVIEW: frame} | {topic: topics.get(topic, Filled()) for topic in TOPICS}


def told_in(draft: Draft, texts: Mapping[str, str], held: Held) -> dict[str, Filled]:
    """What each part of ``texts`` was made from: the new draft where it says the same, else what counts."""
    from drafting import known

    new, before = parts_with_figures(draft.section, known(draft)), told_of(held)
    same = {name: part for name, part in new.items() if draft.placed is not None and part.text == texts.get(name)}
    return dict.fromkeys((*TOPICS, OVERVIEW, draft.section), Filled()) | before | same


def settled(texts: Mapping[str, str]) -> dict[str, str]:
    """The same lines where they are found again: a heading that was typed on a topic's sheet ends that topic."""
    headed = any(begun(line) is not None for topic in TOPICS for line in texts.get(topic, "").splitlines())
    return {**texts, **parts_of(OVERVIEW, shown(OVERVIEW, texts))} if headed and OVERVIEW in texts else dict(texts)


def without_kept(parts: Mapping[str, str], held: Held) -> dict[str, str]:
    """A newly drafted text without the topics that somebody wrote by hand or on their own sheets."""
    if OVERVIEW not in parts:
        return dict(parts)
    own = {name for name in TOPICS if name in held and held[name].draft.text.strip()}
    kept = {name for name in own if held[name].whole is None or held[name].origin in (*TYPED, "restored")}
    return {name: text for name, text in parts.items() if name not in kept}


def with_kept(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """A newly drafted overview that says which topics it has left as they were."""
    inside = parts_of(OVERVIEW, draft.text)
    kept = [f"“{SECTION_TITLES[topic]}”" for topic in TOPICS if texts.get(topic, "") != inside[topic]]
    said = f"{'、'.join(kept)}已单独起草或改过，保留原样；要重写，请到那个部分点“起草”"
    note = Note("topics-kept", said)
    return replace(draft, notes=(*draft.notes, note)) if kept else draft


def origin_of(draft: Draft) -> Origin:
    """Who wrote a new draft; the office's own words are an edit."""
    return "edited" if draft.mode == "supplied" else draft.mode


def cited_together(drafts: Sequence[Draft]) -> tuple[Citation, ...]:
    """What drafts cite together, each article once, numbered from 1."""
    hits = {
        (one.hit.title, one.hit.article_no, one.hit.article_sub): one.hit for each in drafts for one in each.citations
    }
    return tuple(Citation(number, hit) for number, hit in enumerate(hits.values(), start=1))


def own_draft(section: str, held: Held) -> Draft:
    return held[section].draft if section in held else Draft(section, "", "composed", notes=(BY_HAND,))


def plain_lines(text: str) -> str:
    """Its lines without the empty ones, which no sheet shows."""
    return lines_of(Filled(text)).text


def lines_of(told: Filled) -> Filled:
    """``_plain``, with the figures in their places."""
    return Filled.joined("\n", (line for line in told.lines() if line.text.strip()))


def by_whom(part: str, held: Held, user: User) -> str:
    version = held.get(part) or held.get(OVERVIEW)
    by = version.by if version and version.by != user.name else "您自己在另一个窗口"
    return (
        f"“{SECTION_TITLES[part]}”刚由{by}改过，您的文字没有覆盖它，已另存在“以前的版本”里：请刷新页面，比较以后再写入"
    )


def with_paragraph(section: str, text: str, new: str) -> str:
    """A section's text with a paragraph at its end; of part 一 as a whole, before its topics."""
    lines = [line for line in text.split("\n") if line.strip()]
    ends = [number for number, line in enumerate(lines) if begun(line) is not None] if section == OVERVIEW else []
    at = ends[0] if ends else len(lines)
    return "\n".join([*lines[:at], new, *lines[at:]])
