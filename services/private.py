"""Whom the office's ledgers name, so that a name goes no further than the ledger.

Legal source: 个人信息保护法 第四条、第六条: what is asked, noted, logged or told to a model needs no name.
Names are held in memory only, as long as the program runs: those of ledgers that are kept are read from
these before anything is masked for the first time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable

_PARTS = re.compile(r"[、，,;；/\n\r\t（）()]|\s{2,}")
_NOT_NAMES = re.compile(
    r"自然人|公民|个人|法人|本人|同上|匿名|不详|未知|保密|无|企业|商业企业|科研机构|社会公益组织|法律服务机构|其他|申请人|代理人|群众|市民|居民"
)
_SHORTEST = 2
_LONGEST = 60


class Private:
    """``learn`` names, and ``mask`` replaces them, with telephone and identity numbers, by ``***``.

    ``kept`` makes the names of what is kept known (by ``learn``); it is called once, before the first
    text is masked, and whoever has another to mask meanwhile waits.
    """

    def __init__(self, kept: Callable[[], None] = lambda: None) -> None:
        self._kept = kept
        self._begun = self._known = False
        self._reading = threading.RLock()
        self._lock = threading.Lock()
        self._names: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, cells: Iterable[str], org: str = "") -> None:
        """The names in the applicants' cells of a ledger; ``org`` is the organ's own, which is no secret."""
        found = {name for cell in cells for name in names_in(cell) if name not in org and (not org or org not in name)}
        with self._lock:
            if found <= self._names:
                return
            self._names |= found
            # The longest first: 王小明 before 王小. People set blanks between the characters of a name.
            every = sorted(self._names, key=lambda name: (-len(name), name))
            self._pattern = re.compile("|".join(r"[ 　]*".join(map(re.escape, name)) for name in every))

    def mask(self, text: str) -> str:
        """``text`` with the names that are known by now, and any numbers of persons, replaced by ``***``."""
        from ingest.masking import MASKED, mask

        self._read_kept()
        text = mask(text)
        return self._pattern.sub(MASKED, text) if self._pattern else text

    def _read_kept(self) -> None:
        if self._known:
            return
        with self._reading:
            if self._known or self._begun:  # begun on this thread: what is masked meanwhile cannot wait for itself
                return
            self._begun = True
            try:
                self._kept()
            finally:
                self._begun = False
            self._known = True


def names_in(cell: str) -> list[str]:
    """The names that a cell of applicants holds: 张三、李四（代理人）; nothing of 匿名, 张某 or ***."""
    parts = (re.sub(r"[\s　]+", "", part) for part in _PARTS.split(cell))
    return [
        part
        for part in parts
        if _SHORTEST <= len(part) <= _LONGEST
        and not _NOT_NAMES.fullmatch(part)
        and not re.search(r"[某*＊×Xx]{1,}$|某", part)
        and re.search(r"[\u4e00-\u9fffA-Za-z]", part)
    ]
