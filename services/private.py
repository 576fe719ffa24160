"""Whom the office's ledgers name, so that a name goes no further than the ledger.

Legal source: 个人信息保护法 第四条、第六条: what is asked, noted, logged or told to a model needs no name.
Names are held in memory only, as long as the program runs: those of ledgers that are kept are read from
these before anything is masked for the first time.
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

_PARTS = re.compile(r"[、，,;；/|｜&＆\\+＋\n\r\t（）()\[\]【】:：]|\s{2,}|(?<![第\d])\d{1,2}[.．、)）]\s*")
_NOT_NAMES = re.compile(
    r"自然人|公民|个人|法人|本人|同上|匿名|不详|未知|保密|无|企业|商业企业|科研机构|社会公益组织|法律服务机构|其他|申请人|代理人|群众|市民|居民"
    r"|姓名|名称|联系人|法定代表人|委托代理人|电话|手机|联系电话|身份证号?码?|证件号码|先生|女士|同志|男|女"
)
# What people write around a name in the same cell: 公民张三, 王五女士, 张三丰等5人, 李四13900000000.
_BEFORE = re.compile(r"^(?:申请人|联系人|代理人|法定代表人|姓名|公民|自然人|群众|市民|居民|村民)(?=.{2})|^[\d\W_]+")
_BEHIND = re.compile(
    r"(?<=.{2})(?:先生|女士|同志|老师)$|(?<=.{2})(?:等[\d一二三四五六七八九十两几]*余?[人名户]?|[\d一二三四五六七八九十两]+余?[人名户])$"
)
_NUMBER = re.compile(r"(?:身份证号?码?|证件号码|联系电话|电话|手机)?[\d*\-]{6,}[Xx]?$|\d+$")
_ORGANISATION = re.compile(r"公司|集团|厂|院|所|会|社|店|部|中心|银行|学校|大学|局|站|场|队|户$")
_AND = re.compile(r"[和与及跟]")
_DOT = "·•‧∙・･⋅･.．"
_DOTS = re.compile(f"[{_DOT}]")
_GAP = r"[ \t\u00a0\u2000-\u200f\u2060\u3000\ufeff\u00ad]*"
# Where the text speaks of a person, whatever else the two characters mean.
_PERSON_BEFORE = r"(?:申请人|代理人|联系人|当事人|来信人|来访人|投诉人|举报人|信访人|原告|群众|公民|市民|居民|村民|姓名|名叫)[ 　:：为是]*"
_PERSON_BEHIND = r"(?:先生|女士|同志|老师|本人|等人|反映|来信|来访|来电|来问|投诉|举报|询问|咨询)"
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:省|市|县|区|州|旗)(?=[\u4e00-\u9fff]{4})")
_FORM = re.compile(r"(?:股份|责任)?有限(?:责任)?公司$")
_SHORTEST = 2
_LONGEST = 60
WORDS = frozenset(tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["words"].split())
"""Ordinary words that may be names."""


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
        self._spoken_of: re.Pattern[str] | None = None

    def learn(self, cells: Iterable[str], org: str = "") -> None:
        """The names in the applicants' cells of a ledger; ``org`` is the organ's own, which is no secret."""
        found = {name for cell in cells for name in names_in(cell) if name not in org and (not org or org not in name)}
        with self._lock:
            if found <= self._names:
                return
            self._names |= found
            # The longest first: 王小明 before 王小.
            every = sorted(self._names, key=lambda name: (-len(name), name))
            self._pattern = _either(name for name in every if name not in WORDS)
            if words := _either(name for name in every if name in WORDS):
                spoken = rf"({_PERSON_BEFORE})(?:{words.pattern})|(?:{words.pattern})(?={_GAP}{_PERSON_BEHIND})"
                self._spoken_of = re.compile(spoken)

    def mask(self, text: str) -> str:
        """``text`` with the names that are known by now, and any numbers of persons, replaced by ``***``."""
        from ingest.masking import MASKED, mask

        self._read_kept()
        text = mask(text)
        if self._pattern:
            text = self._pattern.sub(MASKED, text)
        return self._spoken_of.sub(lambda found: (found[1] or "") + MASKED, text) if self._spoken_of else text

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


def _either(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, also with blanks between its characters, and with any dot or none within a foreign one."""
    ways = [
        _GAP.join(rf"[{_DOT}]?" if _DOTS.fullmatch(letter) else re.escape(letter) for letter in name) for name in names
    ]
    return re.compile("|".join(ways)) if ways else None


def names_in(cell: str) -> list[str]:
    """The names that a cell of applicants holds: 张三、李四（代理人）; nothing of 匿名, 张某 or ***.

    An organisation's also without its region, and without 有限公司, as people call it.
    """
    found: list[str] = []
    for part in _PARTS.split(cell):
        name = _bare(re.sub(r"[\s　]+", "", part))
        if not _is_name(name):
            continue
        found.append(name)
        if _FORM.search(name):
            found += [
                short for short in (_REGION.sub("", name), _FORM.sub("", name)) if short != name and len(short) > 5
            ]
        elif not _ORGANISATION.search(name):
            two = _AND.split(name)
            found += two if len(two) > 1 and all(2 <= len(one) <= 4 and _is_name(one) for one in two) else []
    return list(dict.fromkeys(found))


def _bare(part: str) -> str:
    """A name without what was written around it."""
    if not _ORGANISATION.search(part):
        part = _NUMBER.sub("", part)
        part = _BEHIND.sub("", _BEFORE.sub("", part))
    return part.strip(_DOT)


def _is_name(part: str) -> bool:
    return (
        _SHORTEST <= len(part) <= _LONGEST
        and not _NOT_NAMES.fullmatch(part)
        and not re.search(r"[某*＊×Xx]{1,}$|某", part)
        and bool(re.search(r"[\u3007\u3400-\u9fff\U00020000-\U000323afA-Za-z]", part))
    )
