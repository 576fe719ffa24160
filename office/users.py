"""Who works here: users, their roles and passwords, and the lock after repeated wrong ones.

While nobody has a password the desk is used without sign-in by the one *local* user, as an office
with a single machine wants it. Creating the administrator ends that: the local user's work becomes
the administrator's.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, get_args

import bcrypt
from sqlalchemy import Connection, Delete, bindparam, delete, insert, select, update

from domain import Role, UnusableInput, User
from office.database import Database, upsert
from office.schema import sessions, signin_failures, users

ROLE_NAMES: Mapping[str, str] = {
    "clerk": "经办",
    "reviewer": "审核",
    "authority": "主管部门",
    "administrator": "管理员",
}
LOCAL = "本机"
FAILURES = 5
LOCKED = timedelta(minutes=10)
SHORTEST = 8  # characters
_LONGEST = 72  # bytes: bcrypt reads no more
_TURNS = 64
_NAMED = select(users).where(users.c.name == bindparam("name"))  # built once: it is asked with every event of a page
_ANYONE = select(users).limit(2)
_NAME = re.compile(r"[^\s:/\\<>\"'\x00-\x1f\x7f]{1,32}")


class SignInRefused(UnusableInput):
    """Wrong name or password, a locked name or a disabled user; the sentence says which it may say."""


class Users:
    """``rounds`` is bcrypt's cost (2^rounds steps)."""

    def __init__(self, database: Database, clock: Callable[[], datetime], rounds: int = 12) -> None:
        self._database = database
        self._clock = clock
        self._rounds = rounds
        self._turns = [threading.Lock() for _ in range(_TURNS)]
        self._has_passwords = False

    # --- who there is ---------------------------------------------------------------------------

    @property
    def single_user(self) -> bool:
        """Whether nobody has a password yet: the desk is then used without sign-in by ``local()``.

        It is asked at every request; once somebody has one it stays so, for users are disabled, never deleted.
        """
        if not self._has_passwords:
            with self._database.read() as connection:
                query = select(users.c.id).where(users.c.password_hash.is_not(None)).limit(1)
                self._has_passwords = connection.execute(query).first() is not None
        return not self._has_passwords

    def needs_administrator(self) -> bool:
        """Whether no active user may administer after signing in: the first one can be created."""
        with self._database.read() as connection:
            return not _administrators(connection)

    def local(self) -> User:
        """The user of a desk without sign-in. UnusableInput once users exist."""
        with self._database.read() as connection:  # the only one there is: no writer is waited for to find them
            held = connection.execute(_ANYONE).all()
        if len(held) == 1 and held[0].password_hash is None:
            return _user(held[0])
        with self._database.write() as connection:
            if connection.execute(select(users.c.id).where(users.c.password_hash.is_not(None))).first():
                raise UnusableInput("已经建立了用户，请先登录")
            held = connection.execute(select(users)).first()
            return _user(held or self._insert(connection, LOCAL, "administrator", None))

    def named(self, name: str) -> User:
        """The active user of that name; UnusableInput where there is none (deleted from a session's view)."""
        with self._database.read() as connection:
            row = connection.execute(_NAMED, {"name": _plain(name)}).first()
        if row is None or not row.active:
            raise UnusableInput(f"用户“{name}”不存在或已停用，请重新登录")
        return _user(row)

    def all(self) -> list[User]:
        """Every user, disabled ones too, by name."""
        with self._database.read() as connection:
            return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]

    # --- making and changing --------------------------------------------------------------------

    def create_administrator(self, name: str, password: str) -> User:
        """The first administrator, who takes over what was done without sign-in."""
        name, hashed = _usable_name(name), self._hash(name, password)
        with self._database.write() as connection:
            if _administrators(connection):
                raise UnusableInput("已经有管理员了，请由管理员新建用户")
            return _user(self._take_over(connection, name, hashed))

    def create(self, by: User, name: str, password: str, role: Role = "clerk", org: str = "") -> User:
        """A new user, made by an administrator; ``org`` where they are of another organ than this office's own."""
        name, hashed = _usable_name(name), self._hash(name, password)
        with self._database.write() as connection:
            _authorised(connection, by)
            return _user(self._insert(connection, name, _usable_role(role), hashed, org.strip()))

    def set_role(self, by: User, name: str, role: Role) -> None:
        self._change(by, name, {"role": _usable_role(role)})

    def set_org(self, by: User, name: str, org: str) -> None:
        """Whose clerk a user is: of that organ's collections they see its own, of any other none."""
        self._change(by, name, {"org": org.strip()})

    def set_active(self, by: User, name: str, active: bool) -> None:
        """Disable a user, whose work stays, or let them in again."""
        self._change(by, name, {"active": active})

    def set_password(self, by: User, name: str, password: str) -> None:
        """A new password given by an administrator; a lock is lifted."""
        self._change(by, name, {"password_hash": self._hash(name, password)})

    def change_password(self, user: User, old: str, new: str, source: str = "") -> None:
        """A user's own new password, given the old one, which is tried as at sign-in."""
        hashed = self._hash(user.name, new)
        self.sign_in(user.name, old, source)
        with self._database.write() as connection:
            connection.execute(update(users).where(users.c.id == user.id).values(password_hash=hashed))

    def _change(self, by: User, name: str, change: dict[str, Any]) -> None:
        with self._database.write() as connection:
            _authorised(connection, by)
            row = _wanted(connection, name)
            connection.execute(update(users).where(users.c.id == row.id).values(change))
            if not _administrators(connection):
                raise UnusableInput(f"“{row.name}”是最后一名管理员，不能停用，也不能改成别的角色")
            if change.get("active") is False:  # else a browser would be signed in again once they are let in
                connection.execute(delete(sessions).where(sessions.c.user_id == row.id))
            if "password_hash" in change:
                connection.execute(_failures_of(row.name))

    # --- signing in -----------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, source: str = "") -> User:
        """The user of that name and password; SignInRefused otherwise.

        A name is locked for ten minutes after five failures in a row from one ``source`` (the address
        of the machine that asks), so that nobody locks others out; also one that nobody has, and an
        unknown name takes as long as a known one, so that names cannot be found out. Attempts wait for
        each other: many at once are no way around the lock, and the right password always counts as right.
        """
        name = _plain(name)
        key = f"{source}\n{name}"
        with self._turns[hash(key.casefold()) % len(self._turns)]:
            self._refuse_locked(key)
            with self._database.read() as connection:
                row = connection.execute(select(users).where(users.c.name == name)).first()
            stored = row.password_hash if row is not None and row.password_hash else None
            given = password.encode("utf-8")
            right = bcrypt.checkpw(given[:_LONGEST], stored.encode() if stored else self._nobody)
            if row is None or not (right and stored) or len(given) > _LONGEST:  # no such password was ever taken
                raise SignInRefused(_refusal(self._count_failure(key)))
            with self._database.write() as connection:
                connection.execute(delete(signin_failures).where(signin_failures.c.name == key))
        if not row.active:
            raise SignInRefused("这个用户已停用，请联系管理员")
        return _user(row)

    def unlock(self, name: str) -> bool:
        """Lift a name's locks and forget its failures, wherever they came from; False where there were none.

        UnusableInput where nobody has that name.
        """
        with self._database.write() as connection:
            return bool(connection.execute(_failures_of(_wanted(connection, name).name)).rowcount)

    def _refuse_locked(self, key: str) -> None:
        """SignInRefused while the name is locked. A lock that would last longer than any was made
        before the clock was set back: it lasts as long as a new one."""
        now = self._clock()
        with self._database.write() as connection:
            connection.execute(delete(signin_failures).where(signin_failures.c.last_at < now - LOCKED))
            late = {"last_at": now, "locked_until": now + LOCKED}
            locked = (signin_failures.c.name == key) & signin_failures.c.locked_until.is_not(None)
            connection.execute(update(signin_failures).where(locked, signin_failures.c.last_at > now).values(late))
            until = connection.execute(select(signin_failures.c.locked_until).where(locked)).scalar()
        if until and until > now:
            minutes = -(-(until - now) // timedelta(minutes=1))
            raise SignInRefused(f"连续 {FAILURES} 次输错，这个用户名已锁定，请 {minutes} 分钟后再试")

    def _count_failure(self, key: str) -> int:
        """How many failures in a row, this one included; the last that is borne locks the name."""
        now = self._clock()
        with self._database.write() as connection:
            held = connection.execute(select(signin_failures.c.failures).where(signin_failures.c.name == key)).scalar()
            failures = held + 1 if held and held < FAILURES else 1
            until = now + LOCKED if failures == FAILURES else None
            values = {"failures": failures, "last_at": now, "locked_until": until}
            connection.execute(upsert(connection, signin_failures, {"name": key}, values))
        return failures

    @cached_property
    def _nobody(self) -> bytes:
        return bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(self._rounds))

    # --- a file of users ------------------------------------------------------------------------

    def adopt(self, entries: Mapping[str, tuple[str, Role]]) -> None:
        """Take over a file of users: name → (bcrypt hash, role), read by ``users_file.read_users``.

        New names are added; a hash that changed in the file becomes the password again; who is no
        longer in the file is disabled. What was changed here stays while the line does.
        """
        with self._database.write() as connection:
            held = {row.name: row for row in connection.execute(select(users))}
            for name, (hashed, role) in entries.items():
                row = held.get(name)
                if row is None and role == "administrator":
                    row = self._take_over(connection, name, hashed)
                elif row is None:
                    row = self._insert(connection, name, role, hashed)
                if row.file_hash != hashed:
                    change = {"password_hash": hashed, "file_hash": hashed, "active": True}
                    connection.execute(update(users).where(users.c.id == row.id).values(change))
            gone = users.c.file_hash.is_not(None) & users.c.name.not_in(list(entries))
            connection.execute(update(users).where(gone).values(active=False, file_hash=None))

    # --- inside ---------------------------------------------------------------------------------

    def _take_over(self, connection: Connection, name: str, hashed: str) -> Any:
        """A new administrator, to whom the local user's work belongs where there was one."""
        local = connection.execute(select(users).where(users.c.password_hash.is_(None))).first()
        if local is None:
            return self._insert(connection, name, "administrator", hashed)
        _unused(connection, name, but=local.id)
        change = {"name": name, "role": "administrator", "password_hash": hashed, "active": True}
        return connection.execute(update(users).where(users.c.id == local.id).values(change).returning(users)).one()

    def _insert(self, connection: Connection, name: str, role: str, hashed: str | None, org: str = "") -> Any:
        _unused(connection, name)
        row = {
            "name": name,
            "role": role,
            "password_hash": hashed,
            "active": True,
            "created_at": self._clock(),
            "org": org,
        }
        return connection.execute(insert(users).values(row).returning(users)).one()

    def _hash(self, name: str, password: str) -> str:
        if len(password) < SHORTEST:
            raise UnusableInput(f"密码太短，至少要 {SHORTEST} 个字符")
        if len(password.encode("utf-8")) > _LONGEST:
            raise UnusableInput(f"密码太长，最多 {_LONGEST} 个字节（汉字约 {_LONGEST // 3} 个）")
        if password.casefold() == _plain(name).casefold() or len(set(password)) == 1:
            raise UnusableInput("密码太容易猜：不能与用户名相同，也不能只用一个字符")
        return bcrypt.hashpw(password.encode("utf-8"), bcrypt.gensalt(self._rounds)).decode("ascii")


def _user(row: Any) -> User:
    return User(row.id, row.name, row.role, row.active, row.org)


def _plain(name: str) -> str:
    """A name as it is kept: full-width letters folded, no spaces around, of bounded length."""
    return unicodedata.normalize("NFKC", name).strip()[:64]


def _usable_name(name: str) -> str:
    name = _plain(name)
    if not _NAME.fullmatch(name):
        raise UnusableInput("用户名应为 1 到 32 个字，不能有空格、引号、冒号和斜杠")
    return name


def _usable_role(role: str) -> str:
    if role not in get_args(Role):
        raise UnusableInput(f"没有“{role}”这个角色，可选：{'、'.join(get_args(Role))}")
    return role


def _unused(connection: Connection, name: str, but: int = 0) -> None:
    query = select(users.c.id).where((users.c.name == name) & (users.c.id != but))
    if connection.execute(query).first():
        raise UnusableInput(f"已经有用户“{name}”了，请换一个用户名")


def _failures_of(name: str) -> Delete:
    """Forgets a name's failures; they are kept by where they came from and the name, a line each."""
    return delete(signin_failures).where(signin_failures.c.name.endswith(f"\n{name}", autoescape=True))


def _wanted(connection: Connection, name: str) -> Any:
    row = connection.execute(select(users).where(users.c.name == _plain(name))).first()
    if row is None:
        raise UnusableInput(f"没有用户“{name}”")
    return row


def _administrators(connection: Connection) -> list[int]:
    able = users.c.active & users.c.password_hash.is_not(None)
    return list(connection.execute(select(users.c.id).where(able & (users.c.role == "administrator"))).scalars())


def _authorised(connection: Connection, by: User) -> None:
    """Asked of the database, since a session may hold a role that was taken away."""
    if by.id not in _administrators(connection):
        raise UnusableInput("只有管理员可以管理用户")


def _refusal(failures: int) -> str:
    if failures == FAILURES:
        return f"用户名或密码不对。已连续 {FAILURES} 次输错，这个用户名锁定 {LOCKED.seconds // 60} 分钟"
    return f"用户名或密码不对，再错 {FAILURES - failures} 次将锁定 {LOCKED.seconds // 60} 分钟"
