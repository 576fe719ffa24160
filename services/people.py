"""Users and who is signed in; whatever changes them, or fails to sign in, stands in the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain import Role, UnusableInput, User

if TYPE_CHECKING:
    from office import Office


class People:
    """The users of one data folder, as they are now."""

    def __init__(self, office: Callable[[], Office]) -> None:
        self._office = office

    @property
    def single_user(self) -> bool:
        """Whether nobody has a password yet: the desk is then used without sign-in by ``local()``."""
        return self._office().single_user

    def local(self) -> User:
        """The user of a desk without sign-in. UnusableInput once users exist."""
        return self._office().users.local()

    def named(self, name: str) -> User:
        """The active user of that name; UnusableInput where there is none."""
        return self._office().users.named(name)

    def all(self) -> list[User]:
        """Every user, disabled ones too, by name."""
        return self._office().users.all()

    # --- signing in -----------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, source: str = "") -> str:
        """The token of a new session; SignInRefused for a wrong name or password, and while the name is
        locked for ``source`` (the address that asks)."""
        office = self._office()
        try:
            user = office.users.sign_in(name, password, source)
        except UnusableInput as error:
            # What nobody is called may be a password typed into the wrong field: it is not logged.
            known = name.strip() in {user.name for user in office.users.all()}
            office.audit.record(name.strip() if known else "未知用户", "sign_in_refused", detail=str(error))
            raise
        office.audit.record(user, "sign_in")
        return office.sessions.open(user)

    def signed_in(self, token: str | None) -> User | None:
        """The active user who was given that token; None once the session is over."""
        return self._office().sessions.user(token)

    def sign_out(self, token: str | None) -> None:
        """End the session; one that is over already is no matter."""
        office = self._office()
        if user := office.sessions.user(token):
            office.audit.record(user, "sign_out")
            office.sessions.close(token)

    def unlock(self, name: str) -> bool:
        """Lift a name's locks, from the command line; False where there were none."""
        with self._office().together():
            lifted = self._office().users.unlock(name)
            self._office().audit.record("命令行", "users", name, "解除锁定")
        return lifted

    def change_password(self, user: User, old: str, new: str, source: str = "") -> str:
        """A user's own new password, given the old one; the token of a new session, for the others are over."""
        office = self._office()
        office.users.change_password(user, old, new, source)  # a wrong old one stays counted: not together with the log
        office.audit.record(user, "users", user.name, "修改自己的密码")
        return office.sessions.open(user)

    # --- making and changing, by administrators ---------------------------------------------------

    def create_administrator(self, name: str, password: str) -> User:
        """The first administrator, who takes over what was done without sign-in."""
        with self._office().together():
            made = self._office().users.create_administrator(name, password)
            self._office().audit.record(made, "users", made.name, "建立管理员并启用登录")
        return made

    def create(self, by: User, name: str, password: str, role: Role = "clerk", org: str = "") -> None:
        """A new user; ``org`` where they are of another organ than this office's own."""
        with self._office().together():
            self._office().users.create(by, name, password, role, org)
            self._record(by, name, "新建用户")

    def set_role(self, by: User, name: str, role: Role) -> None:
        """Another role; the last administrator keeps theirs."""
        with self._office().together():
            self._office().users.set_role(by, name, role)
            self._record(by, name, "更改角色")

    def set_org(self, by: User, name: str, org: str) -> None:
        """Another organ, "" for the office's own."""
        with self._office().together():
            self._office().users.set_org(by, name, org)
            self._record(by, name, f"所属单位改为{org.strip() or '本单位'}")

    def set_active(self, by: User, name: str, active: bool) -> None:
        """Disable a user, whose work stays, or let them in again."""
        with self._office().together():
            self._office().users.set_active(by, name, active)
            self._record(by, name, "恢复用户" if active else "停用用户")

    def set_password(self, by: User, name: str, password: str) -> None:
        """A new password given by an administrator; a lock is lifted."""
        with self._office().together():
            self._office().users.set_password(by, name, password)
            self._record(by, name, "重设密码")

    def _record(self, by: User, name: str, what: str) -> None:
        self._office().audit.record(by, "users", name, what)
