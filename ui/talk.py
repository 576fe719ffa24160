"""What happens on the page 对话: each action of a session as updates for its components.

Everything is kept by the office first and drawn from there, so that the page can be left at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Answer, Citation, Hit, LedgerResult, UnusableInput, User
from services import Gongkai
from services.conversations import Dialogues
from ui import citations, turns
from ui.answers import Answers

if TYPE_CHECKING:
    from services.conversations import Message

# Earlier turns that a follow-up question is understood by.
REMEMBERED_TURNS = 4

Shown = dict[str, Any]
"""Values by the name of the component that shows them; what is not named stays as it is."""


@dataclass(eq=False)
class Session:
    """What one browser page is at: the conversation open, the article beside it, the question being changed.

    ``turn`` counts what was begun: who looks on at an answer ends once something else was begun. ``unticked``
    are the sources left out, ``put`` the part and the version of the answer that was put into the document last.
    """

    thread: int | None = None
    beside: str = ""
    editing: int | None = None
    rating: tuple[int, int] | None = None
    searched: str = ""
    turn: int = 0
    unticked: frozenset[str] = frozenset()
    put: tuple[str, int] | None = None


class Talk:
    """The actions; ``user`` is asked at every one, and another's conversation does not exist."""

    def __init__(self, services: Gongkai) -> None:
        self._services = services
        self._answers = Answers(services)

    @property
    def _held(self) -> Dialogues:
        return self._services.conversations

    # --- asking ---------------------------------------------------------------------------------

    def ask(self, user: User, at: Session, text: str, day: date, ledger: LedgerResult | None) -> Iterator[Shown]:
        """Keep a question (or the changed one in its place), answer it, and look on."""
        if not text.strip():
            raise UnusableInput("问题是空的，请输入要查询的内容")
        self._begin(user, at)
        if at.editing:
            before = self._message(user, at, at.editing)
            message = self._held.ask_anew(user, _open_one(at), before, text.strip(), day)
        else:
            message = self._held.ask(user, self._thread(user, at), text.strip(), day)
        yield from self._make(user, at, message, ledger)

    def read_as(self, user: User, at: Session, pick: str, day: date, ledger: LedgerResult | None) -> Iterator[Shown]:
        """Ask again with one part of the reading corrected: ``pick`` is message:part:choice."""
        id, part, choice = map(int, pick.split(":"))
        readings = self.answer(user, at, id).readings
        try:
            asked = readings[0].parts[part].choices[choice].ask
        except IndexError as error:
            raise UnusableInput("这个读法已经不在了，请重新提问") from error
        yield from self.ask(user, at, asked, day, ledger)

    def retry(self, user: User, at: Session, id: int, ledger: LedgerResult | None) -> Iterator[Shown]:
        """Answer a question anew."""
        self._begin(user, at)
        before = self._message(user, at, id)
        again = self._held.ask_anew(user, _open_one(at), before, before.question, before.as_of)
        yield from self._make(user, at, again, ledger)

    def _make(self, user: User, at: Session, message: Message, ledger: LedgerResult | None) -> Iterator[Shown]:
        at.editing, at.rating, at.beside = None, None, ""
        earlier = [each for each in self._messages(user, at) if each.id < message.id]
        beside = self._services.sources.attached(user, at.thread)
        self._answers.start(user, message, _history(earlier), ledger, beside, at.unticked)
        begun = {"question": "", "rating": False, "changing": "", "put": False, "put_told": "", **self.past(user, at)}
        yield from _first(begun, self.look(user, at))

    def _thread(self, user: User, at: Session) -> int:
        """The open conversation, begun where there is none yet; it keeps the sources that were chosen before."""
        if at.thread is None:
            at.thread = self._held.start(user).id
            if at.unticked:
                self._services.sources.untick(user, at.thread, at.unticked)
        return at.thread

    def _begin(self, user: User, at: Session) -> None:
        """One question at a time; from here on nobody draws over what it shows."""
        messages = self._messages(user, at)
        if any((making := self._answers.of(each.id)) and not making.done for each in messages):
            raise UnusableInput("上一个问题还在回答，请等它完成或先停止")
        at.turn += 1

    def stop(self, user: User, at: Session) -> None:
        """End the answer in the making; what is written by then is kept."""
        if at.thread:
            self._answers.stop(each.id for each in self._messages(user, at))

    # --- looking --------------------------------------------------------------------------------

    def look(self, user: User, at: Session, day: date | None = None) -> Iterator[Shown]:
        """The open conversation, again and again while its last question is being answered."""
        at.turn += 1
        turn = at.turn
        messages = self._messages(user, at)
        making = self._answers.of(messages[-1].id) if messages else None
        if making and not making.done:
            for _ in making.follow():
                if at.turn != turn:
                    return
                if not making.done:
                    yield self._drawn(at, messages) | {"send": False, "stop": True}
            messages = self._messages(user, at)
        yield self._drawn(at, messages) | {"send": True, "stop": False, **self.beside(user, at, day)}

    def _drawn(self, at: Session, messages: Sequence[Message]) -> Shown:
        return {"conversation": turns.conversation(at.thread, messages, self._answers.of)}

    def reopened(self, user: User, at: Session, kept: str) -> Iterator[Shown]:
        """After loading the page anew: the conversation that was open in this tab, if it is still there.

        A file put in or a source unticked before the page was complete stays so.
        """
        ids = {each.id for each in self._held.all(user)}
        wanted = int(kept) if kept and kept.isascii() and kept.isdigit() else None
        if at.turn:  # a question was asked before the page was complete
            return
        thread = at.thread if at.thread is not None else wanted if wanted in ids else None
        for shown in self.open(user, at, thread, chosen=at.unticked):
            if at.turn > 1:  # and while this was drawn
                return
            yield shown

    def open(
        self, user: User, at: Session, id: int | None, day: date | None = None, chosen: frozenset[str] = frozenset()
    ) -> Iterator[Shown]:
        """Another conversation, or with None a new one; ``chosen`` are sources that were unticked for it already."""
        if id is not None:
            self._held.messages(user, id)  # UnusableInput for one that is gone or another's
        at.thread, at.beside, at.editing, at.rating = id, "", None, None
        kept = next((each.unticked for each in self._held.all(user) if each.id == id), ())
        at.unticked = chosen or frozenset(kept)
        if chosen and id is not None:
            self._services.sources.untick(user, id, chosen)
        begun = {"rating": False, "changing": "", "put": False, "put_told": "", "sources_box": at.unticked}
        begun |= {**self.past(user, at), **self.attached(user, at)}
        yield from _first(begun, self.look(user, at, day))

    def change(self, user: User, at: Session, id: int) -> Shown:
        """Lay a question out to be changed."""
        at.editing = id
        message = self._message(user, at, id)
        return {
            "question": message.question,
            "changing": "正在修改刚才的问题；发送后替换原来的问题和回答。",
            "day": message.as_of,
        }

    def rate(self, user: User, at: Session, id: int, thumb: int, reason: str = "") -> Shown:
        """Keep a thumb, and ask for the reason."""
        self._held.rate(user, id, thumb, reason)
        at.rating = (id, thumb) if thumb and not reason else None
        return self._drawn(at, self._messages(user, at)) | {"rating": bool(at.rating)}

    def _messages(self, user: User, at: Session) -> Sequence[Message]:
        """Those of the open conversation."""
        return self._held.messages(user, at.thread) if at.thread else []

    def _message(self, user: User, at: Session, id: int | None) -> Message:
        messages = self._messages(user, at)
        found = next((each for each in messages if each.id == id), None)
        if found is None:
            raise UnusableInput("没有这条提问，可能已经删除")
        return found

    def answer(self, user: User, at: Session, id: int) -> Answer:
        """A finished answer of the open conversation."""
        answer = self._message(user, at, id).answer
        if answer is None:
            raise UnusableInput("这个问题还没有答复")
        return answer

    # --- what the answers rest on ---------------------------------------------------------------

    def attach(self, user: User, at: Session, path: Path) -> Shown:
        """Read a file and keep it beside the conversation."""
        self._services.sources.attach(user, self._thread(user, at), path, path.name)
        return {**self.past(user, at), **self.attached(user, at)}

    def detach(self, user: User, at: Session, id: int) -> Shown:
        """Take a file away."""
        self._services.sources.detach(user, _open_one(at), id)
        return self.attached(user, at)

    def attached(self, user: User, at: Session) -> Shown:
        """The files beside the conversation."""
        return {"attached": turns.attached(self._services.sources.attached(user, at.thread))}

    def keep_to(self, user: User, at: Session, ticked: Sequence[str]) -> Shown:
        """Answer from the ticked sources alone from now on."""
        at.unticked = frozenset(one.key for one in self._services.sources.listed()) - set(ticked)
        if at.thread is not None:
            self._services.sources.untick(user, at.thread, at.unticked)
        return {"sources_box": at.unticked}

    # --- the article beside ---------------------------------------------------------------------

    def beside(self, user: User, at: Session, day: date | None = None) -> Shown:
        """The cited articles of the last answer, or the one that was opened, judged on ``day``."""
        kind, _, rest = at.beside.partition(":")
        day = day or date.today()
        if kind == "article":
            no, sub, title = rest.split(":", 2)
            hit = self._services.lookup.article(title, int(no), int(sub), day)
            if hit is None:
                raise UnusableInput(f"《{title}》的这一条没有收录")
            back = f"all:{last.id}" if (last := self._last(user, at)) else ""
            return {"cited": citations.opened(hit, day, self._services.lookup.beside(hit, day), back=back)}
        if kind == "cite":
            return {"cited": self._cited(user, at, [int(part) for part in rest.split(":")], day)}
        message = self._message(user, at, int(rest)) if kind == "all" else self._last(user, at)
        if message is None or message.answer is None:
            return {"cited": citations.listed(0, ())}
        judged = [
            Citation(each.marker, self._services.lookup.judged(each.hit, day)) for each in message.answer.citations
        ]
        return {"cited": citations.listed(message.id, judged)}

    def _cited(self, user: User, at: Session, place: Sequence[int], day: date) -> str:
        id, marker, number = place
        answer = self._message(user, at, id).answer
        cited = next((each.hit for each in answer.citations if each.marker == marker), None) if answer else None
        if answer is None or cited is None:
            raise UnusableInput("这条引用已经不在了，请重新打开对话")
        hit = self._services.lookup.judged(cited, day)
        said = citations.sentence_at(answer.answer, number) if number >= 0 else ""
        if not citations.quotes(hit.text, said):  # opened from the list, or from a sentence that only names it
            said = _said_with(answer, marker)
        around = self._services.lookup.beside(hit, day)
        return citations.opened(hit, day, around, said, f"all:{id}", self._other(hit, day))

    def _other(self, hit: Hit, day: date) -> Hit | None:
        """The article in the version for that day, where that is not the one cited."""
        found = (
            self._services.lookup.article(hit.title, hit.article_no, hit.article_sub, day) if hit.article_no else None
        )
        return found if found and found.effective_from != hit.effective_from else None

    def _last(self, user: User, at: Session) -> Message | None:
        messages = self._messages(user, at)
        return next((each for each in reversed(messages) if each.answer), None)

    # --- past conversations ---------------------------------------------------------------------

    def past(self, user: User, at: Session) -> Shown:
        """The user's conversations that hold the words searched for, and the open one's title."""
        every = self._held.all(user)
        found = self._held.all(user, at.searched) if at.searched else every
        title = next((each.title for each in every if each.id == at.thread), "") if at.thread else ""
        return {"past": turns.past(found, at.thread, bool(at.searched)), "manage": bool(at.thread), "title": title}

    def rename(self, user: User, at: Session, title: str) -> Shown:
        self._held.rename(user, _open_one(at), title)
        return self.past(user, at)

    def delete(self, user: User, at: Session) -> Iterator[Shown]:
        """Delete the open conversation; an answer in the making is stopped."""
        self.stop(user, at)
        self._held.delete(user, _open_one(at))
        yield from self.open(user, at, None)

    def export(self, user: User, at: Session, form: Any) -> str:
        """The open conversation as JSON of (file name, text)."""
        text = self._held.export(user, _open_one(at), form)
        return json.dumps([f"对话-{date.today()}.{'md' if form == 'markdown' else 'json'}", text], ensure_ascii=False)


def _first(shown: Shown, following: Iterator[Shown]) -> Iterator[Shown]:
    """``following`` with more to show at its beginning: one update of the page, not two at once."""
    for each in following:
        yield shown | each
        shown = {}


def _open_one(at: Session) -> int:
    if at.thread is None:
        raise UnusableInput("还没有打开对话")
    return at.thread


def _said_with(answer: Answer, marker: int) -> str:
    """All sentences that stand on one citation."""
    markers = [int(found) for found in citations.numbers(answer.answer)]
    return "\n".join(citations.sentence_at(answer.answer, n) for n, each in enumerate(markers) if each == marker)


def _history(messages: Sequence[Message]) -> tuple[tuple[str, str], ...]:
    """The last turns as (role, text), oldest first."""
    answered = [(each.question, each.answer.answer) for each in messages if each.answer][-REMEMBERED_TURNS:]
    return tuple(turn for asked, told in answered for turn in (("user", asked), ("assistant", told)))
