"""The secret by which an assistant on this machine proves that it may ask: a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import durable
from domain import UnusableInput

NAME = "mcp-token"
"""In the data folder; no backup holds it (``office.backup``)."""
_LEAST = 32


def token_of(home: Path) -> str:
    """The token of a data folder, made at the first call; UnusableInput where it cannot be kept, or is open to others."""
    file = home / NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make(file)
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise UnusableInput(f"口令文件 {file} 别人也能读：请删去它，再运行一次，会另生成一个")
        token = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        cause = durable.cause(error) if isinstance(error, OSError) else "内容不是口令"
        raise UnusableInput(f"口令文件 {file} 不能使用：{cause}") from error
    if len(token) < _LEAST:
        raise UnusableInput(f"口令文件 {file} 里的口令太短：请删去它，再运行一次，会另生成一个")
    return token


def _make(file: Path) -> None:
    """Whole and closed to others from its first moment; of two programs that make one, the first stays."""
    draft = file.with_name(f"{NAME}.{secrets.token_hex(4)}.partial")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(_LEAST) + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
