"""Questions that a ledger leaves open, with the choices that a person has.

Nothing that could change a figure is decided in silence: where a ledger can be read in more than one
way, the reading is asked for, and until it is answered the report stays a draft. An answer belongs to
what was asked, not to where it stood: it holds as long as the content of the row does, also when rows
are added above it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain import Choice, Doubt, UnusableInput
from statutory.places import Place, describe

COUNTED, ASIDE, AS_NUMBER = "counted", "aside", "number"
_FILE = re.compile(r"\.\w{2,5}$")
_WORDS = {COUNTED: "计入", ASIDE: "不计入"}


@dataclass
class Doubts:
    """Gathers the questions about one ledger; ``answers`` are those made before, question id → choice key."""

    answers: Mapping[str, str] = field(default_factory=dict)
    _asked: dict[str, tuple[Doubt, list[Place], str]] = field(default_factory=dict)

    def ask(
        self,
        kind: str,
        about: str,
        text: str,
        places: Iterable[Place],
        choices: Mapping[str, str] | Iterable[str] = (COUNTED, ASIDE),
        assumed: str = COUNTED,
    ) -> str:
        """The key of the choice that holds: the answer, else ``assumed`` with the question left open.

        ``about`` is what the answer is bound to: words that say which row or value is meant, wherever it
        stands. ``choices`` are key → label, or keys that have a label of their own. UnusableInput where
        the answer is none of them.
        """
        labels = dict(choices) if isinstance(choices, Mapping) else {key: _WORDS[key] for key in choices}
        id = hashlib.blake2b(f"{kind}|{about}".encode(), digest_size=6).hexdigest()
        answer = self.answers.get(id, "")
        if answer and answer not in labels:
            listed = "、".join(f"{key}（{label}）" for key, label in labels.items())
            raise UnusableInput(f"问题 {id} 的答复“{answer}”不在可选之内，可选：{listed}")
        if id in self._asked:
            self._asked[id][1].extend(places)
        else:
            options = tuple(Choice(key, label) for key, label in labels.items())
            question = Doubt(id, "", (), text, options, assumed, answer)
            self._asked[id] = (question, list(places), text)
        return answer or assumed

    def questions(self) -> tuple[Doubt, ...]:
        """What was asked, open questions first, each with all rows that it is about."""
        found = [_placed(*asked) for asked in self._asked.values()]
        return tuple(sorted(found, key=lambda question: bool(question.answer)))


def _placed(question: Doubt, places: list[Place], text: str) -> Doubt:
    places = sorted(set(places))
    parts = list(dict.fromkeys(place.part for place in places))
    where = describe(place for place in places if place.row)
    whole = "；".join(f"{'文件' if _FILE.search(part) else '工作表'}“{part}”" for part in parts)
    return replace(
        question,
        sheet="、".join(parts),
        rows=tuple(place.row for place in places if place.row),
        text=f"{where or whole}{'：' if parts else ''}{text}{'' if text.endswith(('？', '。')) else '。'}",
    )
