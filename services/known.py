"""What was read and found of reports before: in memory, and where workbenches share a database in that as well.

A key says all that the outcome hangs on: the content of the files and, in the database, the program
itself, so that a later version does not take over what an earlier one found.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import TypeAdapter

from domain import Finding, PublishedReport

if TYPE_CHECKING:
    from office import Office
    from services.examining import Examined

Value = TypeVar("Value")
_HELD = 2000  # values in memory
_ROOT = Path(__file__).parent.parent
# What decides how a report is read and what is found in it.
_DECIDE = (
    "annotating",
    "checks",
    "domain",
    "drafting",
    "forms.py",
    "gates",
    "ingest",
    "knowledge",
    "matters",
    "report",
)
_DECIDE += ("services", "statutory", "store", "working_days.py")
_REPORT = TypeAdapter(PublishedReport)
_FINDINGS = TypeAdapter(tuple[Finding, ...])
_DECIMAL = "decimal"


class MadeBefore(Generic[Value]):
    """Values by keys. Safe to share between threads.

    ``office`` gives the shared database, None where there is none; ``written`` and ``read`` turn a value
    into text and back.
    """

    def __init__(
        self,
        kind: str,
        office: Callable[[], Office | None],
        written: Callable[[Value], str],
        read: Callable[[str], Value],
    ) -> None:
        self._kind = kind
        self._office = office
        self._written = written
        self._read = read
        self._held: OrderedDict[str, Value] = OrderedDict()
        self._lock = threading.Lock()

    def fetch(self, keys: Collection[str]) -> None:
        """Look up in the database, all at once, what of the keys is not held in memory."""
        if office := self._office():
            wanted = {_shared(key): key for key in keys if key not in self._held}
            for shared, text in office.known.get(self._kind, wanted).items():
                self._hold(wanted[shared], self._read(text))

    def get(self, key: str) -> Value | None:
        """What is held in memory."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: str, value: Value) -> None:
        self._hold(key, value)
        if office := self._office():
            office.known.put(self._kind, {_shared(key): self._written(value)})

    def _hold(self, key: str, value: Value) -> None:
        with self._lock:
            self._held[key] = value
            while len(self._held) > _HELD:
                self._held.popitem(last=False)


def reading(office: Callable[[], Office | None]) -> MadeBefore[PublishedReport | str]:
    """Reports as they were read, and the sentences that say why there is none."""
    return MadeBefore("read", office, _read_written, _read_again)


def examination(office: Callable[[], Office | None]) -> MadeBefore[Examined]:
    """What was found in reports."""
    return MadeBefore("examined", office, _examined_written, _examined_again)


def _shared(key: str) -> str:
    return hashlib.sha256(f"{_program()}|{key}".encode()).hexdigest()


@cache
def _program() -> str:
    total = hashlib.sha256()
    for name in _DECIDE:
        place = _ROOT / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.suffix in (".py", ".toml"):
                total.update(path.read_bytes())
    return total.hexdigest()


# --- as text ------------------------------------------------------------------------------------------


def _read_written(value: PublishedReport | str) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    plain = _REPORT.dump_python(value, mode="json") | {"tables": _tagged(value.tables)}
    return json.dumps(plain, ensure_ascii=False)


def _read_again(text: str) -> PublishedReport | str:
    plain = json.loads(text)
    return plain if isinstance(plain, str) else _REPORT.validate_python(plain | {"tables": _untagged(plain["tables"])})


def _examined_written(value: Examined) -> str:
    plain = {"findings": _FINDINGS.dump_python(value.findings, mode="json"), "key": value.key}
    plain |= {"unjudged": [one.as_json() for one in value.unjudged], "likeness": value.likeness}
    return json.dumps(plain, ensure_ascii=False)


def _examined_again(text: str) -> Examined:
    from checks.unjudged import Unjudged
    from services.examining import Examined

    plain = json.loads(text)
    unjudged = tuple(Unjudged(**one) for one in plain["unjudged"])
    return Examined(_FINDINGS.validate_python(plain["findings"]), plain["key"], unjudged, plain["likeness"])


def _tagged(value: Any) -> Any:
    """Tables without decimals, which JSON does not know: ``{"decimal": "0.35"}`` in their place."""
    if isinstance(value, Mapping):
        return {key: _tagged(each) for key, each in value.items()}
    return {_DECIMAL: str(value)} if isinstance(value, Decimal) else value


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        if list(value) == [_DECIMAL]:
            return Decimal(value[_DECIMAL])
        return {key: _untagged(each) for key, each in value.items()}
    return value
