"""Who is signed in, so that a restart of the program signs nobody out.

The database holds only what a token hashes to: who reads it, or a backup, cannot sign in with it.
A session ends when its time is over, at sign-out, when the user is disabled, and with any change of
the password, in the workbench or in the file of users.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select

from domain import User
from office.database import Database
from office.schema import sessions, users

LASTS = timedelta(hours=12)
"""A working day with its overtime."""
_HELD = (  # built once: it is asked at every request
    select(users, sessions.c.password, sessions.c.until)
    .join_from(sessions, users)
    .where(sessions.c.token == bindparam("token"))
)
SKEW = timedelta(minutes=10)
"""What clocks are put right by; a session that ends later than that was opened before one was set back."""


class Sessions:
    """``open`` gives a token for the browser to keep; ``user`` tells whose it is."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def open(self, user: User) -> str:
        """A new token (43 characters) for a user who has just signed in; sessions that are over go."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._database.write() as connection:
            connection.execute(
                delete(sessions).where((sessions.c.until <= now) | (sessions.c.until > now + LASTS + SKEW))
            )
            password = connection.execute(select(users.c.password_hash).where(users.c.id == user.id)).scalar_one()
            row = {"token": _hash(token), "user_id": user.id, "password": _hash(password or ""), "until": now + LASTS}
            connection.execute(insert(sessions).values(row))
        return token

    def user(self, token: str | None) -> User | None:
        """The active user who was given that token, as they are now; None once the session is over."""
        if not token:
            return None
        with self._database.read() as connection:
            row = connection.execute(_HELD, {"token": _hash(token)}).first()
        now = self._clock()
        if (
            row is None
            or not row.active
            or not now < row.until <= now + LASTS + SKEW
            or row.password != _hash(row.password_hash or "")
        ):
            return None
        return User(row.id, row.name, row.role, row.active, row.org)

    def close(self, token: str | None) -> None:
        """Sign out."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == _hash(token or "")))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
