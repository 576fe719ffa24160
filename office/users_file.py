"""A file of users and password hashes (``GONGKAI_USERS``), as ``htpasswd -B`` writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from domain import Role, UnusableInput
from office.users import ROLE_NAMES

_LINE = re.compile(r"(?P<name>[^:\s]+):(?P<hash>\$2[aby]\$\d\d\$[./A-Za-z0-9]{53})(?::(?P<role>\S+))?")
_ROLES: dict[str, Role] = {name: role for role in get_args(Role) for name in (role, ROLE_NAMES[role])}


def read_users(path: Path) -> dict[str, tuple[str, Role]]:
    """Name → (bcrypt hash, role) of lines ``name:hash`` or ``name:hash:role``.

    Where no line gives a role, the first user is the administrator; all others are clerks.
    UnusableInput names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(f"用户文件 {path} 无法读取，请检查 GONGKAI_USERS") from error
    found: dict[str, tuple[str, Role | None]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            match = _LINE.fullmatch(line.strip())
            if not match or (match["role"] and match["role"] not in _ROLES):
                raise UnusableInput(
                    f"用户文件 {path} 第{number}行不是“用户名:bcrypt散列”或“用户名:bcrypt散列:角色”的样子"
                )
            found[match["name"]] = (match["hash"], _ROLES.get(match["role"] or ""))
    if not found:
        raise UnusableInput(f"用户文件 {path} 中没有任何用户")
    first = next(iter(found))
    if not any(role for _, role in found.values()):
        found[first] = (found[first][0], "administrator")
    return {name: (hashed, role or "clerk") for name, (hashed, role) in found.items()}
