"""Sign-in for Gradio: the office tries name and password, and the audit log keeps the outcome."""

from __future__ import annotations

from typing import Callable

from domain import UnusableInput
from services import Gongkai


def signin(services: Gongkai) -> Callable[[str, str], bool] | None:
    """A check of name and password, or None where the desk is used without sign-in."""
    if services.office.single_user:
        return None

    def check(name: str, password: str) -> bool:
        try:
            user = services.office.users.sign_in(name, password)
        except UnusableInput as error:
            # What nobody is called may be a password typed into the wrong field: it is not logged.
            known = name.strip() in {user.name for user in services.office.users.all()}
            services.office.audit.record(name.strip() if known else "未知用户", "sign_in_refused", detail=str(error))
            return False
        services.office.audit.record(user, "sign_in")
        return True

    return check
