"""Which files a tool may be told to read."""

from __future__ import annotations

import stat
from pathlib import Path

from domain import UnusableInput


def readable(path: str, what: str) -> Path:
    """The file at an absolute path; UnusableInput where it is relative, absent, no regular file, or not readable.

    An assistant has a working folder of its own, so that a relative path would mean another file.
    """
    if not path.strip() or "\0" in path:
        raise UnusableInput(f"{what}的路径是空的，或有不能用的字符")
    try:
        file = Path(path.strip()).expanduser()
    except RuntimeError as error:  # ~somebody whom this machine does not know
        raise UnusableInput(f"{what}“{path}”不存在") from error
    if not file.is_absolute():
        raise UnusableInput(f"{what}“{path}”不是完整路径：请写从根目录（或盘符）开始的路径")
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UnusableInput(f"{what}“{path}”不是文件")
        with file.open("rb"):
            pass
    except FileNotFoundError as error:
        raise UnusableInput(f"{what}“{path}”不存在") from error
    except OSError as error:
        raise UnusableInput(f"{what}“{path}”不能读取，请检查路径和权限") from error
    return file
