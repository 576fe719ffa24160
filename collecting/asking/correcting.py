"""How a question was read, part by part, and what each part could be instead; a correction is asked as a question.

A correction stands behind the question in brackets, 哪个部门收到的申请最多（按：2024年，全部单位），and is read like a
question that goes on from it, so that it can be typed as well as picked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answering.figures.catalogue import Figure
from collecting.asking.held import HeldFigures
from collecting.asking.pieces import QuestionPiece, QuestionPieces, cut
from collecting.asking.reading import OrganReading
from collecting.asking.wording import does, scope, worded
from domain import QuestionReading, ReadingChoice, ReadingPart, YearFigures
from forms import form_of
from matters import matters

_BRACKET = re.compile(r"[（(]按[:：]([^（）()]+)[)）]\s*[？?。]?\s*$")
_FIGURES = (
    "table3.new_received",
    "table3.total_processed",
    "table3.granted",
    "table3.denied",
    "table3.carried_out",
    "table2.licensing",
    "table2.penalties",
    "table2.coercion",
    "table2.fees_wan_yuan",
    "table4.review",
    "table4.litigation",
)
"""What can be picked instead of the figure that was read; any other can be typed."""
_KINDS = ("部门", "局", "乡镇街道", "乡镇", "街道", "开发区", "公司")
_RANKS = (
    ("最多的", 1, False),
    ("最少的", 1, True),
    ("前3名", 3, False),
    ("前5名", 5, False),
    ("从多到少排名", 0, False),
)
_GROUPS = {"years": "年度", "rank": "怎样", "scope": "单位"}


def parted(question: str) -> tuple[str, tuple[str, ...]]:
    """(the question, the corrections in brackets behind it)."""
    match = _BRACKET.search(question)
    if match is None:
        return question, ()
    return question[: match.start()], tuple(one.strip() for one in re.split(r"[，,]", match[1]) if one.strip())


def corrected(
    said: QuestionPieces, corrections: Sequence[str], held: HeldFigures, years: Sequence[YearFigures]
) -> QuestionPieces:
    """The pieces with each correction in the place of what it corrects; one that is not understood stays unread."""
    for one in corrections:
        piece = cut(one, held, years)
        whole = piece.has("scope.all", "scope.whole") or any("kind" in each.said for each in piece.of("scope"))
        made = piece.after(said)
        if whole and not piece.who.organs:  # 全部单位 in the place of 部门, what is done stays
            kept = [each._replace(said=_without_kind(each.said)) for each in said.pieces]
            new = [each._replace(name="scope.kind") for each in piece.of("scope")]
            made = _with(made, [*kept, *new], said)
        said = _left(made, said.unread, piece.unread)
    return said


def _without_kind(said: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in said.items() if key != "kind"}


def _with(made: QuestionPieces, pieces: Sequence[QuestionPiece], said: QuestionPieces) -> QuestionPieces:
    return replace(made, pieces=tuple(pieces), figures=said.figures, text=said.text, who=said.who)


def _left(made: QuestionPieces, *unread: str) -> QuestionPieces:
    return replace(made, unread="、".join(filter(None, unread)))


def read_as(
    question: str, corrections: Sequence[str], made: OrganReading, held: HeldFigures, years: Sequence[YearFigures]
) -> QuestionReading:
    """A reading with the parts that can be corrected; each choice has the question that asks for it."""

    def choices(part: str, named: Sequence[tuple[str, str]], now: str) -> tuple[ReadingChoice, ...]:
        others = [one for one in corrections if _part(one, held, years) != part]
        return tuple(
            ReadingChoice(label, f"{question}（按：{'，'.join([*others, said])}）")
            for label, said in named
            if label != now
        )

    told = "、".join(f"{year}年" for year in made.years)
    parts = [
        ReadingPart("年度", told, choices("年度", [(f"{year}年", f"{year}年") for year in reversed(held.years)], told))
    ]
    if len(made.figures) == 1:
        label = made.figures[0].label
        parts.append(ReadingPart("数字", label, choices("数字", _figures(made.figures[0], held), label)))
    if not made.organs and not made.groups:
        kinds = [(kind, f"全部{kind}") for kind in _KINDS if held.of_kind(kind)]
        now = made.kind or "全部单位"
        parts.append(ReadingPart("单位", scope(made, held), choices("单位", [("全部单位", "全部单位"), *kinds], now)))
    if made.doing == "rank" and made.by == "value" and not made.place:
        ranks = [(label, label) for label, most, least in _RANKS if (most, least) != (made.most, made.ascending)]
        parts.append(ReadingPart("怎样", does(made), choices("怎样", ranks, "")))
    elif does(made):
        parts.append(ReadingPart("怎样", does(made)))
    return QuestionReading(worded(made, held), tuple(parts))


def _figures(now: Figure, held: HeldFigures) -> list[tuple[str, str]]:
    """(label, what is asked) of the figures most asked for."""
    known = matters(form_of("", held.newest))
    named = [known[key] for key in _FIGURES if key in known]
    return [(one.label.format(who=""), one.asked[0]) for one in named if one.asked[0] not in now.label]


def _part(correction: str, held: HeldFigures, years: Sequence[YearFigures]) -> str:
    """Which part a correction is of."""
    piece = cut(correction, held, years)
    if piece.figures:
        return "数字"
    return next((_GROUPS[one.group] for one in piece.pieces if one.group in _GROUPS), "")
