"""Which kinds of work a record of 工作记录 tells of.

The form's report tells of briefings heard and trainings held (``matters``). One cell may name both; other
words for them are aliases (``[values."类型"]``), and a kind that only sounds like one of them is asked
about, for it would change the number of those that were held.
"""

from __future__ import annotations

import re

from matters import work
from statutory.aliases import Aliases
from statutory.places import Place
from statutory.remarks import Remarks
from statutory.spelling import fold

COLUMN = "类型"
_PARTS = re.compile(r"[、，,;；/+＋\n]|和|及|暨|与")
# What sounds like a kind that counts → the kind that is assumed until somebody says; "" for none.
_ALIKE = {"培训": "业务培训", "讲座": "业务培训", "授课": "业务培训", "听取": "听取汇报", "汇报": ""}
OTHER = "other"


def kinds_of(said: str, place: Place, aliases: Aliases, remarks: Remarks) -> tuple[str, ...]:
    """The kinds that a record's 类型 stands for."""
    if said in work():
        return (said,)
    parts = [fold(part) for part in _PARTS.split(said) if fold(part)]
    known = {part: _known(part, aliases) for part in parts}
    if len(parts) > 1 and all(known.values()):
        remarks.read_as(COLUMN, said, "、".join(dict.fromkeys(known.values())), place)
        return tuple(dict.fromkeys(known.values()))
    if meant := _known(said, aliases):
        remarks.read_as(COLUMN, said, meant, place)
        return (meant,)
    assumed = next((kind for word, kind in _ALIKE.items() if word in said), None)
    if assumed is None:
        return (said,)
    choices = {kind: f"算作“{kind}”" for kind in work()} | {OTHER: f"是其他工作，按“{said}”另行列出"}
    answer = remarks.doubts.ask(
        "work", said, f"“{COLUMN}”是“{said[:20]}”，算不算“{'”或“'.join(work())}”？", [place], choices, assumed or OTHER
    )
    return (said,) if answer == OTHER else (answer,)


def _known(said: str, aliases: Aliases) -> str:
    meant = aliases.values.get(COLUMN, {}).get(said, said)
    return meant if meant in work() else ""
