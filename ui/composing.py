"""What is written for a section: by rule at once, by the model paragraph by paragraph, one paragraph anew; and stopped."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import gradio as gr

from domain import Draft, Event, Finished, LedgerResult, ModelUnavailable, Progress, UnusableInput, User
from services import Gongkai, last_result
from ui import basis, editor
from ui.desk import Desk
from ui.sheet import OpenSheet

_KEEP = [gr.skip()] * 6
"""What ``OpenSheet.shown`` shows, left as it is."""


class Composing:
    """Drafts and offers of a section; keeps no state of any user but what is running."""

    def __init__(self, services: Gongkai, sheet: OpenSheet) -> None:
        self.services, self.sheet = services, sheet
        self.running: dict[int, tuple[str, threading.Event]] = {}

    def composed(self, user: User, name: str, model: bool, desk: Desk) -> Iterator[tuple]:
        """What the ledger gives for the section: at once where nothing was written, else as offers; then the model's.

        Nothing that stands is replaced: each paragraph that would change is offered, and the text can be
        worked on meanwhile.
        """
        ledger, stop = desk.figures(), self._begun(user, name)
        sheets = self.services.sheets
        notes = sheets.told(ledger, name)
        by_rule = last_result(self.services.writing.draft(name, ledger, with_model=False, notes=notes))
        now = sheets.sheet(name, ledger)
        if now is None or not now.text.strip():
            sheets.keep_draft(user, ledger, by_rule, notes=notes)
            found: list[Any] = []
        else:
            found = [*sheets.offers(ledger, by_rule, "台账")]
        told = basis.offers(found, "" if found or model else "与按台账写成的文字相同，没有可改的段落。")
        yield *self.sheet.shown(ledger, name), told, tuple(found)
        if not model:
            return
        yield *_KEEP, basis.offers(found, "正在请模型逐段改写，可以继续修改正文…", busy=True), tuple(found)
        finished = None
        for event in self.services.writing.draft(name, ledger, stop.is_set, True, notes):
            if stop.is_set():
                yield *_KEEP, basis.offers(found, "已停止，正文没有改动。"), tuple(found)
                return
            if isinstance(event, Progress):
                yield *_KEEP, basis.offers(found, f"{event.message}，可以继续修改正文…", busy=True), tuple(found)
            elif isinstance(event, Finished):
                finished = event.result
        if finished is None:
            return
        known = {offer.new for offer in found}
        ours = set(by_rule.text.split("\n"))
        better = [one for one in sheets.offers(ledger, finished, "模型") if one.new not in known | ours]
        found += better
        said = f"模型改写了 {len(better)} 段，请逐段看过再采用。" if better else self._why_not(finished)
        yield *_KEEP, basis.offers(found, said), tuple(found)

    @staticmethod
    def _why_not(draft: Draft) -> str:
        """Why nothing of the model's is offered."""
        faults = [note.text for note in draft.notes if note.code in ("no-model", "model-failed")]
        return "；".join(faults) or "模型写的没有一段比现在的更好，没有采用。"

    def compared(self, user: User, name: str, desk: Desk, version: int | None) -> tuple:
        """An earlier version offered paragraph by paragraph, so that one can come back without the others."""
        ledger, sheets = desk.figures(), self.services.sheets
        wanted = next((one.draft for one in sheets.versions(ledger, name) if one.id == version), None)
        if wanted is None:
            raise UnusableInput("请先选一个版本")
        found = sheets.offers(ledger, wanted, "以前的版本")
        return basis.offers(found, "" if found else "与这个版本没有不同的段落。"), found

    def answered(self, user: User, sent: str, name: str, desk: Desk, pending: tuple[Any, ...]):
        """One offer, or all, accepted or refused."""
        message, ledger = json.loads(sent), desk.figures()
        try:
            which = range(len(pending)) if message["send"] == "all" else [int(message["send"])]
            wanted = [pending[place] for place in which]
        except (KeyError, ValueError, IndexError) as error:
            raise UnusableInput("这些改动已经过期，请再点一次“起草”") from error
        if message.get("verdict") == "accept":
            for offer in wanted:
                self.services.sheets.accept(user, ledger, name, offer)
        left = tuple(offer for offer in pending if offer not in wanted)
        return *self.sheet.shown(ledger, name), basis.offers(left), left

    def anew(self, user: User, sent: str, model: bool, desk: Desk) -> Iterator[tuple]:
        """One paragraph written anew, in the text as it stands in the editor."""
        *others, message = editor.received(sent)
        ledger, name = self.sheet.ledger(desk, message), message.section
        for one in (*others, message):
            _, refused = self.sheet.keep(user, one, desk)
            if refused:
                yield self.sheet.shown(ledger, name)
                raise UnusableInput(refused)
        stop = self._begun(user, name)
        events = self.services.writing.redraft(
            name,
            ledger,
            message.paragraph,
            message.text,
            stop.is_set,
            model,
            self.services.sheets.told(ledger, name),
            kept=self.services.sheets.sheet(name, ledger),
        )
        try:
            yield from self._growing(user, ledger, name, events, stop, message.text)
        except (UnusableInput, ModelUnavailable):
            yield self.sheet.shown(ledger, name)  # else nothing could be typed any more
            raise

    def _growing(
        self, user: User, ledger: LedgerResult, name: str, events: Iterable[Event], stop: threading.Event, text: str
    ) -> Iterator[tuple]:
        """Show what is being done, keep the finished text; a stopped one leaves what was there."""
        told, notes = "正在起草…", self.services.sheets.told(ledger, name)
        since = self.services.sheets.counting(ledger)
        for event in events:
            if stop.is_set():
                return
            if isinstance(event, Finished):
                self.services.sheets.keep_draft(user, ledger, event.result, [text], notes, since)
                yield self.sheet.shown(ledger, name)
                return
            if isinstance(event, Progress):
                told = event.message
            growing = Draft(name, text.strip("\n"), "composed")
            value = editor.opened(self.services, ledger, name, growing, notes, state=told, busy=True)
            if stop.is_set():  # meanwhile: what counts is shown again, made before this
                return
            yield value, "", *_KEEP[2:]

    def stopped(self, user: User, name: str, desk: Desk):
        """What counted before is shown again."""
        self.stop(user)
        return self.sheet.shown(desk.figures(), name, "已停止，草稿没有改动")

    def turned(self, user: User, name: str) -> None:
        """Another section: one that is being written is stopped, so that it does not come up in this one's place."""
        if self.running.get(user.id, (name,))[0] != name:
            self.stop(user)

    def stop(self, user: User) -> None:
        if user.id in self.running:
            self.running[user.id][1].set()

    def _begun(self, user: User, name: str) -> threading.Event:
        """What stops the draft that begins now, in the place of the user's one before."""
        self.stop(user)
        stop = threading.Event()
        self.running[user.id] = (name, stop)
        return stop
