"""Conversations: each user's own, kept question by question; another's does not exist (UnusableInput)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain import Answer, User

if TYPE_CHECKING:
    from office import Office
    from office.conversations import Conversation, Message, Rating


class Dialogues:
    """What users asked, and were answered. What was asked is not in the journal, only that it was."""

    def __init__(self, office: Callable[[], Office]) -> None:
        self._office = office

    def all(self, user: User, text: str = "") -> list[Conversation]:
        """The user's conversations, the latest first; with ``text`` those that hold it."""
        return self._office().conversations.all(user, text)

    def start(self, user: User, title: str = "") -> Conversation:
        """A new conversation; without a title it is called after its first question."""
        return self._office().conversations.start(user, title)

    def rename(self, user: User, id: int, title: str) -> None:
        """Another title; UnusableInput for none."""
        self._office().conversations.rename(user, id, title)

    def delete(self, user: User, id: int) -> None:
        """Delete a conversation; answers that were rated stay with the ratings."""
        self._office().conversations.delete(user, id)
        self._office().audit.record(user, "delete", "一个对话")

    def export(self, user: User, id: int, form: Literal["markdown", "json"] = "markdown") -> str:
        """A conversation as one text, with the citations of each answer."""
        text = self._office().conversations.export(user, id, form)
        self._office().audit.record(user, "export", "一个对话")
        return text

    # --- questions and answers --------------------------------------------------------------------

    def messages(self, user: User, id: int) -> list[Message]:
        """The questions of a conversation and their answers, in order."""
        return self._office().conversations.messages(user, id)

    def ask(self, user: User, id: int, question: str, as_of: date | None = None) -> Message:
        """Keep a question before it is answered."""
        office = self._office()
        with office.together():
            asked = office.conversations.ask(user, id, question, as_of)
            office.audit.record(user, "ask")
        return asked

    def ask_anew(self, user: User, id: int, before: Message, question: str, as_of: date | None) -> Message:
        """Keep a question of a conversation in the place of an earlier one, which goes with all after it."""
        office = self._office()
        with office.together():
            if before.as_of == as_of:
                asked = office.conversations.edit(user, before.id, question)
            else:
                office.conversations.truncate(user, before.id)
                asked = office.conversations.ask(user, id, question, as_of)
            office.audit.record(user, "ask")
        return asked

    def answered(self, user: User, message_id: int, answer: Answer) -> None:
        """Keep the answer of a question, finished or stopped half-way."""
        self._office().conversations.answered(user, message_id, answer)

    def rate(self, user: User, message_id: int, thumb: int, reason: str = "") -> None:
        """Keep a thumb (1, -1, 0 takes it back) and why."""
        self._office().conversations.rate(user, message_id, thumb, reason)

    def ratings(self, user: User) -> list[Rating]:
        """Every rated answer, the latest first, for reviewers: without who asked."""
        return self._office().conversations.ratings(user)
