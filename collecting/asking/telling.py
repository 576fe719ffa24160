"""The answer to a question over all organs: how it was read, the answer, a small table, what is missing, the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from collecting.asking.computing import compute
from collecting.asking.correcting import corrected, parted, read_as
from collecting.asking.grammar import grammar
from collecting.asking.held import HeldFigures
from collecting.asking.pieces import NUMBERED, QuestionPieces, cut
from collecting.asking.reading import OrganReading
from collecting.asking.sentences import said
from collecting.asking.tables import lacking, listed, sources, table
from collecting.asking.understanding import readings
from collecting.asking.wording import counted, plain, round_half_up, worded
from domain import Answer, Note, QuestionReading, YearFigures

_MARKS = re.compile(r"[，,；;。？?]")
_SHORT = 6  # letters that were not understood, beside which the rest surely asks for figures of organs
_COUNTS = re.compile(r"多少|百分之|比例|占|几[件条次份项个宗]|比|相?差|最[多少高低大小]")
_OURS = re.compile(r"我们?(?!县)|本[局单办分]|局里|单位里")
_APART = ("开发区", "乡镇街道", "乡镇", "街道", "公司", "学校", "医院")
"""Kinds that are named for the organs alone: 街道收到多少件 asks for all of them."""
_IT = re.compile(r"^(?:那么?|那)?(?:它|它们|他们|这个?(?:部门|单位|局|乡镇|街道|公司)|该(?:部门|单位|局|镇|街道))(?=.)")
_RANKED = ("rank.spread", "rank.spread_from", "rank.first_n")
_ASKS = re.compile(r"多少|几|哪|谁|最")
_BY_PROGRAM = Note("by-program", "数字由程序从各单位的报告和台账中取得，没有经过语言模型")


def answer_over_organs(
    question: str,
    years: Sequence[YearFigures],
    own: Sequence[str],
    earlier: Sequence[str] = (),
    today: date | None = None,
) -> Answer | None:
    """The answer to a question over several organs; None where it is none, refused where it was not understood.

    ``years`` are all figures held, ``own`` the organs that the office answers for itself: a question about one of
    them alone is none. ``earlier`` are the questions before it, oldest first, which it may continue.
    """
    held = HeldFigures(years)
    if len(held.organs) < 2:
        return None
    day = today or date.today()
    before: QuestionPieces | None = None
    for text in earlier:
        before = _asked(text, held, years, own, before, day)
    if before is not None and (it := _IT.match(question)):
        question = _told_of(before, held, day) + question[it.end() :]
    asked = _asked(question, held, years, own, before, day)
    if asked is None:
        return None
    made = readings(asked, held, day)
    plain, corrections = parted(question)
    several = sum(bool(_ASKS.search(part)) for part in _MARKS.split(question)) > 1
    doubtful = any(one.doubt for one in made)
    if (doubtful or several) and (parts := _parts(question, held, years, own, before, day)):
        return replace(
            _joined([_answered(one, held) for one in parts]), readings=_shown(plain, corrections, parts, held, years)
        )
    if doubtful and len(made) > 1:
        made = [one for one in made if one.doubt][:1]
    answer = _joined([_answered(one, held) for one in made])
    understood = "；".join(worded(one, held) for one in made) if asked.continued and not corrections else ""
    return replace(answer, standalone=understood, readings=_shown(plain, corrections, made, held, years))


def _shown(
    question: str,
    corrections: Sequence[str],
    made: Sequence[OrganReading],
    held: HeldFigures,
    years: Sequence[YearFigures],
) -> tuple[QuestionReading, ...]:
    """How the question was read; the first reading with what it could be corrected to."""
    if len(made) == 1:
        return (read_as(question, corrections, made[0], held, years),)
    return tuple(QuestionReading(worded(one, held)) for one in made)


def _told_of(before: QuestionPieces, held: HeldFigures, today: date) -> str:
    """The one organ that the answer before was about (它比公安局多多少), "" where it was about several."""
    made = readings(before, held, today)
    if len(made) != 1 or made[0].doubt:
        return ""
    lines = compute(made[0], held).lines
    return lines[0].org if len(lines) == 1 and lines[0].org in held.organs else ""


def _parts(
    question: str,
    held: HeldFigures,
    years: Sequence[YearFigures],
    own: Sequence[str],
    before: QuestionPieces | None,
    today: date,
) -> list[OrganReading]:
    """The readings of the parts of a question, none where it has no parts that can each be answered."""
    found: list[OrganReading] = []
    question, corrections = parted(question)
    if corrections:
        return []
    pieces = [part for part in _MARKS.split(question) if part.strip()]
    for part in pieces if len(pieces) > 1 else ():
        if found and _says_nothing(cut(part, held, years)):
            continue
        asked = _asked(part, held, years, own, before, today)
        made = readings(asked, held, today) if asked is not None else []
        if not made or any(one.doubt for one in made):
            return []
        found += made
        before = asked
    return found


def _says_nothing(part: QuestionPieces) -> bool:
    """Whether a part asks for nothing that the one before does not tell (是谁，有多少件)."""
    return not part.figures and not part.unread and all(one.name == "condition.some" for one in part.pieces)


def _joined(answers: Sequence[Answer]) -> Answer:
    if len(answers) == 1:
        return answers[0]
    told = "\n\n".join(one.answer for one in answers)
    return Answer(told, "figures", all(one.refused for one in answers), notes=(_BY_PROGRAM,))


def _asked(
    text: str,
    held: HeldFigures,
    years: Sequence[YearFigures],
    own: Sequence[str],
    before: QuestionPieces | None,
    today: date,
) -> QuestionPieces | None:
    """The pieces of a question over several organs, None where it is none; corrected as its brackets say."""
    text, corrections = parted(text)
    asked = _uncorrected(text, held, years, own, before, today)
    return corrected(asked, corrections, held, years) if asked is not None and corrections else asked


def _uncorrected(
    text: str,
    held: HeldFigures,
    years: Sequence[YearFigures],
    own: Sequence[str],
    before: QuestionPieces | None,
    today: date,
) -> QuestionPieces | None:
    asked = cut(text, held, years)
    telling = (
        any(asked.of("rank"))
        or any(asked.of("together"))
        or asked.has(*(f"condition.{name}" for name in ("none", *NUMBERED)))
    )
    ranked = telling and asked.has("scope.who", "scope.whole", "scope.kind", "scope.units", "years.which", *_RANKED)
    towns = any(grammar()["kinds"].get(one.said.get("kind", "")) in _APART for one in asked.of("scope"))
    ranked = ranked or towns and bool(asked.figures) and bool(_COUNTS.search(text))
    ranked = ranked or asked.has("share.of_all") or asked.has("scope.kind") and any(asked.of("between"))
    ranked = (
        ranked
        or asked.has("together.sum")
        and len({one.org for one in years if one.computed}) != 1
        and not _OURS.search(text)
    )
    whole = asked.across or ranked or any(org not in own for org in asked.who.organs)
    if asked.law:
        return None
    if before and asked.continues() and not (asked.figures and asked.across):
        return asked.after(before)
    if not whole or not (asked.figures or asked.across and any(asked.of("rank"))):
        return None
    made = readings(asked, held, today)[0]
    told = made.decided or len(asked.unread) <= _SHORT
    if made.doubt and not (asked.figures and (asked.across and told or asked.who.organs and _COUNTS.search(text))):
        return None  # 各单位 and 哪些部门 are words of the law as well
    return asked


def _answered(made: OrganReading, held: HeldFigures) -> Answer:
    shown = f"按：{worded(made, held)}"
    if made.doubt:
        return Answer(f"{made.doubt}，没有作答。{shown}", "figures", True)
    found = compute(made, held)
    figure = made.figures[0]
    if not found.lines and not (made.doing in ("filter", "count", "rank") and len(found.missing) < len(found.scope)):
        return Answer(f"没有“{figure.label}”的数字：{lacking(found)}。{shown}", "figures", True)
    lines = [shown, "", said(made, found)]
    for condition, mean in found.means:
        lines.append(f"（{counted(condition.mean or '')}平均{plain(round_half_up(mean))}{condition.figure.unit}）")
    if rows := table(made, found):
        lines += ["", *rows]
    if found.unrated:
        why = "基数为零，不计算增幅" if made.by == "rate" else "没有可以作分母的数"
        lines += ["", f"没有计入：{listed(found.unrated)}（{why}）。"]
    if found.missing:
        lines += ["", f"没有计入：{lacking(found)}。"]
    lines += ["", sources(made, found, held)]
    return Answer("\n".join(lines), "figures", False, notes=(_BY_PROGRAM,))
