"""The editor of a draft: figures are chips, everything else is typed; ``scripts/editor.js`` runs it.

It is a ``gr.HTML`` whose ``value`` is the draft as JSON (``opened``) and whose ``said`` answers each
text that it sends. Texts come as the messages that ``TYPED`` and ``ASKED`` fetch, the latest of each sheet that is
not known to be kept: organ, year, section, a running number, the text, and those it was made from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import TypeAdapter, ValidationError

from domain import SECTION_TITLES, Draft, LedgerResult, Phrase, Remark, UnusableInput
from services import Gongkai

TYPED = "(messages, ...rest) => [gongkai.editor.typed(), ...rest]"
ASKED = "(messages, ...rest) => [gongkai.editor.asked(), ...rest]"
_FRAME = (
    '<div class="sheet"><div class="paper" role="textbox" aria-multiline="true" tabindex="0" spellcheck="false"></div>'
    '<div class="gutter"></div></div><div class="below"><div class="kept" role="status"></div>'
    '<button type="button" class="printed">看成稿</button></div>'
)
_OPEN = "gongkai.editor.open(element, trigger, props, watch) /* 'input' 'select' */"


@dataclass(frozen=True)
class TypedText:
    """A text as it stands in the editor; ``paragraph`` is the line to be written anew.

    ``bases``: the text last known to be kept, and those that were sent since. ``earlier``: the sheet
    was laid out anew since, so that it may show less than this. ``by``: who was signed in when it was typed.
    """

    org: str
    year: int
    section: str
    number: int
    text: str
    bases: list[str]
    paragraph: int = 0
    earlier: bool = False
    by: str = ""


_MESSAGES = TypeAdapter(list[TypedText])


def editor() -> gr.HTML:
    """The component; its events are ``input`` (keep this text) and ``select`` (write a paragraph anew)."""
    return gr.HTML(
        closed("先在“数据”页上传台账，再选一个部分起草。"),
        html_template=_FRAME,
        js_on_load=_OPEN,
        said="",
        label="草稿",
        elem_id="draft-text",
        apply_default_css=False,
    )


def received(sent: str) -> list[TypedText]:
    """The messages of the browser, the one of the sheet that it shows last; UnusableInput where they are garbled."""
    try:
        messages = _MESSAGES.validate_json(sent)
    except ValidationError as error:
        raise UnusableInput("草稿没有完整送到，请再试一次") from error
    if any(message.section not in SECTION_TITLES for message in messages):
        raise UnusableInput("草稿没有完整送到，请再试一次")
    return messages


def closed(sentence: str) -> str:
    """An editor in which nothing can be written yet, and why."""
    return json.dumps({"open": False, "placeholder": sentence})


def opened(
    services: Gongkai,
    ledger: LedgerResult,
    section: str,
    draft: Draft | None,
    notes: str,
    state: str = "",
    busy: bool = False,
    read: int = 0,
) -> str:
    """The editor's value with a draft in it; ``busy`` while it is still being written.

    ``read``: when the draft was read (``time.time_ns``): what was kept since does not stand in it.
    """
    own, closed_to_all = services.sheets.own(ledger), services.sheets.closed(ledger)
    text = "\n".join(line for line in draft.text.split("\n") if line.strip()) if draft else ""
    return json.dumps(
        {
            "open": not busy and not closed_to_all,
            "busy": busy,
            "org": ledger.figures.org,
            "year": ledger.figures.year,
            "section": section,
            "title": SECTION_TITLES[section],
            "paragraphs": _paragraphs(text, services.writing.figure_spans(text, ledger, notes, draft)),
            "remarks": [] if busy else _places(text, services.writing.inspect(text, ledger, notes, draft, own)),
            "similarity": [] if busy or not draft else [one.as_json() for one in draft.similarity],
            "placeholder": "还没有起草：点“起草”，或者直接在这里写。",
            "state": state or closed_to_all,
            "made": time.time_ns(),  # what is still on its way when something newer is shown comes to nothing
            "read": str(read or time.time_ns()),  # as text: too long for a number of the browser's
        },
        ensure_ascii=False,
    )


def answer(
    messages: Iterable[TypedText],
    remarks: Iterable[Remark],
    draft: Draft | None,
    state: str,
    kept_at: int,
    anew: str = "",
) -> Any:
    """What is said about the last of the texts that were sent, as an update that leaves it alone; the others are done with.

    ``draft`` is None where the text was set aside; ``kept_at`` is when they had all been kept (``time.time_ns``),
    ``anew`` the sheet's value where it has to be laid out again.
    """
    *others, message = messages
    said = {
        "done": [(one.org, one.year, one.section, one.number) for one in (*others, message)],
        "section": message.section,
        "number": message.number,
        "kept": draft is not None,
        "remarks": _places(message.text, remarks),
        "similarity": [one.as_json() for one in draft.similarity] if draft else [],
        "state": state,
        "kept_at": str(kept_at),
    }
    told = json.dumps(said, ensure_ascii=False)
    return gr.HTML(anew, said=told) if anew else gr.HTML(said=told)


def browser_place(text: str, place: int) -> int:
    """A place in ``text`` as browsers count it, in units of UTF-16."""
    return len(text[:place].encode("utf-16-le")) // 2


def _places(text: str, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind, "start": browser_place(text, one.start), "end": browser_place(text, one.end)}
        for one in remarks
    ]


def _paragraphs(text: str, spans: Iterable[tuple[int, int, Phrase]]) -> list[list[tuple[str, str]]]:
    """Lines of (text, source) pieces; the source of plain text is ""."""
    lines: list[list[tuple[str, str]]] = [[]]

    def plain(piece: str) -> None:
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, ""))

    at = 0
    for start, end, phrase in spans:
        plain(text[at:start])
        lines[-1].append((text[start:end], phrase.source or phrase.key))
        at = end
    plain(text[at:])
    return lines if text else []
