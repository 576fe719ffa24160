"""Sign-in against a file of users and password hashes (``GONGKAI_USERS``)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable

import bcrypt

from domain import UnusableInput

BCRYPT = re.compile(r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}")


def signin(users: Path | None) -> Callable[[str, str], bool] | None:
    """A check of name and password, or None where no file is set.

    Each line of the file is ``name:hash`` with a bcrypt hash, as ``htpasswd -B`` writes it.
    """
    if users is None:
        return None
    hashes = read_users(users)

    def check(name: str, password: str) -> bool:
        stored = hashes.get(name)
        return stored is not None and bcrypt.checkpw(password.encode("utf-8")[:72], stored)

    return check


def read_users(path: Path) -> dict[str, bytes]:
    """Names and hashes; UnusableInput names the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(f"用户文件 {path} 无法读取，请检查 GONGKAI_USERS") from error
    users = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            name, _, stored = line.strip().partition(":")
            if not name or not BCRYPT.fullmatch(stored):
                raise UnusableInput(f"用户文件 {path} 第{number}行不是“用户名:bcrypt散列”的样子")
            users[name] = stored.encode("ascii", errors="replace")
    if not users:
        raise UnusableInput(f"用户文件 {path} 中没有任何用户")
    return users
