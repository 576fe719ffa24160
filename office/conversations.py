"""Conversations: each user's own, saved question by question, and ratings kept for review.

A question is kept before it is answered, so that a server that dies in the middle loses nothing.
Whose conversation it is, is asked at every step: another's does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, or_, select, update

from domain import Answer, UnusableInput, User
from office import stored
from office.database import Database, upsert
from office.schema import conversations, messages, ratings

_TITLE = 40  # characters of the first question that name a conversation


@dataclass(frozen=True)
class Conversation:
    """A conversation in a user's list; ``title`` is that of the first question until renamed.

    ``unticked`` are the keys of the sources that its answers leave out.
    """

    id: int
    title: str
    created_at: datetime
    changed_at: datetime
    unticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Message:
    """A question and its answer; ``answer`` is None where it was never finished.

    ``thumb`` is 1, -1 or 0 (not rated).
    """

    id: int
    question: str
    as_of: date | None
    asked_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None
    thumb: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Rating:
    """A rated answer as reviewers see it: without who asked."""

    question: str
    answer: str
    thumb: int
    reason: str
    at: datetime


# Built once: a page asks for these several times with each question.
_MINE = conversations.c.user_id == bindparam("user")
_OF_USER = select(conversations).where(_MINE).order_by(conversations.c.changed_at.desc(), conversations.c.id.desc())
_OWNED = select(conversations).where((conversations.c.id == bindparam("conversation")) & _MINE)
_MESSAGES = (
    select(messages, ratings.c.thumb, ratings.c.reason)
    .select_from(messages.outerjoin(ratings, ratings.c.message_id == messages.c.id))
    .where(messages.c.conversation_id == bindparam("conversation"))
    .order_by(messages.c.id)
)
_OWN_MESSAGE = (
    select(messages)
    .select_from(messages.join(conversations, conversations.c.id == messages.c.conversation_id))
    .where((messages.c.id == bindparam("message")) & _MINE)
)


class Conversations:
    """Every method takes the user and sees only that user's; UnusableInput for any other id."""

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def start(self, user: User, title: str = "") -> Conversation:
        now = self._clock()
        row = {"user_id": user.id, "title": self._mask(title.strip()), "created_at": now, "changed_at": now}
        with self._database.write() as connection:
            return _conversation(connection.execute(insert(conversations).values(row).returning(conversations)).one())

    def all(self, user: User, text: str = "") -> list[Conversation]:
        """The user's conversations, the latest first; those that hold ``text`` where given."""
        query = _OF_USER.where(_holding(text.strip())) if text.strip() else _OF_USER
        with self._database.read() as connection:
            return [_conversation(row) for row in connection.execute(query, {"user": user.id})]

    def rename(self, user: User, id: int, title: str) -> None:
        if not title.strip():
            raise UnusableInput("对话的名称是空的，请输入名称")
        with self._database.write() as connection:
            owned(connection, user, id)
            title = self._mask(title.strip())
            connection.execute(update(conversations).where(conversations.c.id == id).values(title=title))

    def untick(self, user: User, id: int, sources: Collection[str]) -> None:
        """Keep which sources the answers of a conversation leave out."""
        with self._database.write() as connection:
            owned(connection, user, id)
            values = {"unticked": json.dumps(sorted(sources), ensure_ascii=False)}
            connection.execute(update(conversations).where(conversations.c.id == id).values(values))

    def delete(self, user: User, id: int) -> None:
        """Delete a conversation; answers that were rated stay with the ratings."""
        with self._database.write() as connection:
            owned(connection, user, id)
            connection.execute(delete(conversations).where(conversations.c.id == id))

    # --- questions and answers ------------------------------------------------------------------

    def messages(self, user: User, id: int) -> list[Message]:
        """The questions of a conversation and their answers, in order."""
        with self._database.read() as connection:
            owned(connection, user, id)
            return [_message(row) for row in connection.execute(_MESSAGES, {"conversation": id})]

    def ask(self, user: User, id: int, question: str, as_of: date | None = None) -> Message:
        """Keep a question before it is answered."""
        with self._database.write() as connection:
            return self._ask(connection, owned(connection, user, id), question, as_of)

    def _ask(self, connection: Connection, held: Any, question: str, as_of: date | None) -> Message:
        now, question = self._clock(), self._mask(question)
        row = {"conversation_id": held.id, "question": question, "as_of": as_of, "asked_at": now, "answer_text": ""}
        added = connection.execute(insert(messages).values(row).returning(messages.c.id)).scalar_one()
        self._touch(connection, held.id, title=held.title or " ".join(question.split())[:_TITLE])
        return Message(added, question, as_of, now)

    def answered(self, user: User, message_id: int, answer: Answer) -> None:
        """Keep the answer of a question, finished or stopped half-way."""
        content = {
            "answer_text": answer.answer,
            "answer": stored.written(answer),
            "answered_at": self._clock(),
        }
        with self._database.write() as connection:
            held = _own_message(connection, user, message_id)
            connection.execute(update(messages).where(messages.c.id == message_id).values(content))
            self._touch(connection, held.conversation_id)

    def edit(self, user: User, message_id: int, question: str) -> Message:
        """Ask a question anew in other words (or the same, to retry): it and all after it go."""
        with self._database.write() as connection:
            held = _own_message(connection, user, message_id)
            self._truncate(connection, held)
            return self._ask(connection, owned(connection, user, held.conversation_id), question, held.as_of)

    def truncate(self, user: User, message_id: int) -> None:
        """Delete a question and all after it."""
        with self._database.write() as connection:
            self._truncate(connection, _own_message(connection, user, message_id))

    def _truncate(self, connection: Connection, held: Any) -> None:
        later = (messages.c.conversation_id == held.conversation_id) & (messages.c.id >= held.id)
        connection.execute(delete(messages).where(later))
        self._touch(connection, held.conversation_id)

    def _touch(self, connection: Connection, id: int, **change: Any) -> None:
        values = {"changed_at": self._clock(), **change}
        connection.execute(update(conversations).where(conversations.c.id == id).values(values))

    # --- ratings --------------------------------------------------------------------------------

    def rate(self, user: User, message_id: int, thumb: int, reason: str = "") -> None:
        """A thumb up (1), down (-1) or taken back (0), with a reason.

        The question and the answer are copied for review: who rates an answer shows it.
        """
        if thumb not in (-1, 0, 1):
            raise ValueError(f"a thumb is -1, 0 or 1, not {thumb}")
        with self._database.write() as connection:
            held = _own_message(connection, user, message_id)
            if thumb == 0:
                connection.execute(delete(ratings).where(ratings.c.message_id == message_id))
                return
            values = {
                "question": held.question,
                "answer": held.answer_text,
                "thumb": thumb,
                "reason": self._mask(reason.strip()),
                "at": self._clock(),
            }
            connection.execute(upsert(connection, ratings, {"message_id": message_id}, values))

    def ratings(self, by: User) -> list[Rating]:
        """Every rated answer, the latest first, for reviewers and administrators."""
        if not by.reviews:
            raise UnusableInput("只有审核人员和管理员可以查看评价")
        with self._database.read() as connection:
            rows = connection.execute(select(ratings).order_by(ratings.c.id.desc()))
            return [Rating(row.question, row.answer, row.thumb, row.reason, row.at) for row in rows]

    # --- export ---------------------------------------------------------------------------------

    def export(self, user: User, id: int, form: Literal["markdown", "json"] = "markdown") -> str:
        """A conversation as one text, with the citations of each answer."""
        with self._database.read() as connection:
            conversation = _conversation(owned(connection, user, id))
        said = self.messages(user, id)
        if form == "markdown":
            return "\n".join([f"# {conversation.title or '对话'}\n", *(_as_markdown(message) for message in said)])
        content = {"title": conversation.title, "created_at": conversation.created_at.isoformat()}
        return json.dumps(content | {"messages": [_as_json(message) for message in said]}, ensure_ascii=False, indent=1)


def _as_json(message: Message) -> dict[str, Any]:
    return {
        "question": message.question,
        "as_of": message.as_of.isoformat() if message.as_of else None,
        "asked_at": message.asked_at.isoformat(),
        "answer": message.answer.as_json() if message.answer else None,
        "thumb": message.thumb,
        "reason": message.reason,
    }


def _as_markdown(message: Message) -> str:
    lines = [f"## {message.question}\n"]
    if message.answer is None:
        return "\n".join([*lines, "（没有答复）\n"])
    lines.append(message.answer.answer + "\n")
    for citation in message.answer.citations:
        hit = citation.hit
        digest = "" if hit.verbatim else "，要点（非原文）"
        lines.append(f"- [{citation.marker}] 《{hit.title}》{hit.article or hit.heading}（{hit.status}{digest}）")
    return "\n".join([*lines, *(f"- 注：{note}" for note in message.answer.notes), ""])


def _holding(text: str) -> ColumnElement[bool]:
    said = select(messages.c.conversation_id).where(
        or_(
            messages.c.question.icontains(text, autoescape=True),
            messages.c.answer_text.icontains(text, autoescape=True),
        )
    )
    return or_(conversations.c.title.icontains(text, autoescape=True), conversations.c.id.in_(said))


def _conversation(row: Any) -> Conversation:
    unticked = tuple(json.loads(row.unticked)) if row.unticked else ()
    return Conversation(row.id, row.title, row.created_at, row.changed_at, unticked)


def _message(row: Any) -> Message:
    answer = _answer(row.answer) if row.answer else None
    return Message(
        row.id, row.question, row.as_of, row.asked_at, answer, row.answered_at, row.thumb or 0, row.reason or ""
    )


def owned(connection: Connection, user: User, id: int) -> Any:
    """The row of a user's conversation; UnusableInput where it is gone or another's."""
    row = connection.execute(_OWNED, {"conversation": id, "user": user.id}).first()
    if row is None:
        raise UnusableInput("没有这个对话，可能已经删除")
    return row


def _own_message(connection: Connection, user: User, message_id: int) -> Any:
    row = connection.execute(_OWN_MESSAGE, {"message": message_id, "user": user.id}).first()
    if row is None:
        raise UnusableInput("没有这条提问，可能已经删除")
    return row


@lru_cache(maxsize=256)
def _answer(content: str) -> Answer:
    """An open conversation is read several times for each question in it."""
    return stored.read(Answer, content)
