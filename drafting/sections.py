"""One narrative section from start to finish: by the model where there is one, else by rule.

Both write every paragraph; ``choosing`` offers the better. Above the bound of ``similarity`` a
paragraph that repeats last year's report is written anew, by other patterns or by the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from chat import ChatModel, InLine
from domain import (
    SECTION_TITLES,
    Delta,
    Draft,
    Event,
    Evidence,
    Filled,
    Finished,
    LedgerResult,
    ModelUnavailable,
    Note,
    Progress,
    PublishedReport,
    UnusableInput,
)
from drafting.basis import ArticleSource
from drafting.work import BY_RULE, begin
from gates.placing import known


def draft(
    section: str,
    ledger: LedgerResult,
    knowledge: ArticleSource | None = None,
    model: ChatModel | None = None,
    as_of: date | None = None,
    notes: str = "",
    cancelled: Callable[[], bool] | None = None,
    fault: str = "",
    previous: PublishedReport | None = None,
) -> Iterator[Event[Draft]]:
    """The section as it is written, the last event being ``Finished(Draft)``.

    section: a key of ``domain.SECTION_TITLES``, else UnusableInput. as_of: the date on which cited
    articles must be in force (the last day of the report's year when unset). notes: the office's own
    remarks, taken over word for word. fault: why there is no model, if one was wanted. previous: last
    year's report; unset, the one that the knowledge base holds.
    """
    work = begin(section, ledger, knowledge, as_of, notes, cancelled, previous)
    templates = work.templates()
    if work.material.basis.cited:
        yield Evidence(tuple(work.material.basis.cited))
    if model is None or section in BY_RULE:
        without = Note("no-model", fault or "没有使用模型，按台账直接写成")
        work.notes.append(without if model is None else Note("by-rule", BY_RULE[section]))
    else:
        try:
            with InLine(model) as place:
                yield from place.waits(cancelled)
                yield Progress(f"正在由{model.name}起草“{SECTION_TITLES[section]}”")
                yield from work.by_model(model, templates)
        except ModelUnavailable as error:
            work.notes.append(Note("model-failed", f"{error}；已改为按台账直接写成"))
            work.restart()
    if not work.paragraphs:
        yield from work.by_rule(templates)
    yield Finished(work.finished())


def redraft(
    section: str,
    ledger: LedgerResult,
    paragraph: int,
    text: str,
    knowledge: ArticleSource | None = None,
    model: ChatModel | None = None,
    as_of: date | None = None,
    notes: str = "",
    cancelled: Callable[[], bool] | None = None,
    fault: str = "",
    previous: PublishedReport | None = None,
    kept: Draft | None = None,
) -> Iterator[Event[Draft]]:
    """``text`` with only its ``paragraph`` (0-based line) written anew; ends with ``Finished(Draft)``.

    The other lines stay exactly as they are. A line that has no counterpart in the ledger (a heading,
    the office's own words) stays too, and the notes say so. kept: the draft that the text was made from,
    whose figures stay what they are. UnusableInput where there is no such line.
    """
    work = begin(section, ledger, knowledge, as_of, notes, cancelled, previous)
    lines = text.split("\n")
    if not 0 <= paragraph < len(lines):
        raise UnusableInput(f"没有第{paragraph + 1}段，这个部分共{len(lines)}段")
    line, start = lines[paragraph], sum(len(line) + 1 for line in lines[:paragraph])
    counterpart = work.counterpart(line)
    new, whole = Filled(), work.told(text, known(kept) if kept else None)
    if counterpart is None:
        said = "这一段是标题或自行撰写的文字，没有可以重写的台账内容，未改动"
        work.notes.append(Note("unchanged", said))
    else:
        if model is not None and section not in BY_RULE:
            try:
                with InLine(model) as place:
                    yield from place.waits(cancelled)
                    yield Progress(f"正在由{model.name}重写第{paragraph + 1}段")
                    new = work.anew_by_model(model, counterpart)
            except ModelUnavailable as error:
                work.notes.append(Note("model-failed", f"{error}；已改为按台账直接写成"))
        elif model is None and fault:
            work.notes.append(Note("no-model", fault))
        work.mode = "model" if new else "composed"
        new = new or work.anew_by_rule(counterpart, line)
        if not new:
            work.notes.append(Note("unchanged", "这一段没有别的写法，未改动"))
        new = work.material.catalogue.apart(new) or whole[start : start + len(line)]
        whole = whole[:start] + new + whole[start + len(line) :]
        yield Delta(new.text)
    yield Finished(work.edited(whole.text, whole))
