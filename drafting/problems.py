"""Part 五: each problem rests on a signal of the ledger and has a measure of its own.

Last year's part 五 is read again: a problem it named whose signal is there this year too is said to
persist; one whose figures show that it was dealt with is told as an improvement.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain import Provenance, Signal
from drafting.material import Material, ask, noted
from drafting.phrases import ORDER
from gates.support import overlap

_PLACEHOLDER = re.compile(r"\{(.*?)\}")
_OPENINGS = (
    "{年度}，政府信息公开工作还存在以下问题：",
    "对照全年的工作数据，{年度}政府信息公开工作主要有以下问题：",
    "{年度}工作中还存在以下不足：",
)
_AGAIN = (  # by the problem's place, so that no two neighbours say it in the same words
    "这一问题上年报告已经提出，{年度}仍然存在",
    "上年报告也提出过这一问题",
    "上年已列为问题，{年度}没有解决到位",
)
MOST_REPEATED = 0.6  # of a new measure's character pairs, that last year's part 五 has too
AGAIN_STEP = "同时对照上年提出的措施逐项检查落实情况，没有落实的说明原因、限期完成"
AGAIN_STEPS = (  # said once where several problems persist
    "上述问题中上年已经提出的，逐项检查上年措施的落实情况，没有落实的说明原因、限期完成。",
    "对上年和本年都存在的问题，由办公室列出清单，查明上年措施没有见效的原因，按季度跟踪整改。",
    "上年提出、今年依然存在的问题，由分管领导牵头逐条复核原定措施，作用不大的重新制定。",
)


@dataclass(frozen=True)
class Problem:
    """One problem as template text: what is wrong, the figures that show it, what is done about it."""

    statement: str
    detail: str
    measure: str
    again: bool = False


def problems(m: Material, turn: int = 0) -> Iterator[str]:
    """One paragraph for each signal; without any, the office is asked, unless its notes say it."""
    signals = m.ledger.signals[: len(ORDER)]
    if signals:
        yield m.patterns.choice("problems", list(_OPENINGS), turn)
        for number in range(len(signals)):
            yield worded(problem(m, number, turn), number)
        if len(_persisting(m)) > 1:
            yield m.patterns.choice("again", list(AGAIN_STEPS), turn)
    elif not noted(m):
        yield ask("本年存在的主要问题，每个问题写明具体表现和对应的改进措施")
    if solved := improvements(m):
        yield f"改进情况：{'；'.join(solved)}。"


def worded(parts: Problem, number: int) -> str:
    """A problem as a paragraph."""
    detail = f"{parts.detail}。" if parts.detail else ""
    return f"{ORDER[number]}是{parts.statement}。{detail}改进措施：{parts.measure}。"


def problem(m: Material, number: int, turn: int = 0) -> Problem:
    """The problem that rests on a signal; its measure is asked for where none is known."""
    signal, name = m.ledger.signals[number], ORDER[number]
    rule = _rules().get(signal.key, {})
    statement = f"{{问题事实{name}}}" if f"问题事实{name}" in m.catalogue else signal.message.rstrip("。；，")
    measure = f"{{改进措施{name}}}" if f"改进措施{name}" in m.catalogue else signal.measure.rstrip("。；，")
    if measures := rule.get("measure"):
        measure = m.patterns.choice(f"{signal.key}.measure", measures, turn)
    if statements := rule.get("statement"):
        statement = m.patterns.choice(f"{signal.key}.statement", statements, turn)
    if steps := rule.get("steps"):
        step = m.patterns.choice(f"{signal.key}.steps", steps, turn)
        measure = f"{measure}；{step}" if measure else step
    told = ([text for text in map(m.patterns.filled, rule.get(key, ())) if text] for key in ("detail", "none"))
    details = next(filter(None, told), [])
    detail = m.patterns.choice(f"{signal.key}.detail", details, turn)
    again = persists(m, signal)
    if again:
        said = _AGAIN[(m.ledger.figures.year + number + turn) % len(_AGAIN)]
        detail = "。".join(part for part in (detail, said) if part)
        measure = _another_measure(m, signal, turn) or (f"{measure}；{AGAIN_STEP}" if measure else AGAIN_STEP)
    return Problem(statement, detail, measure or ask("针对这个问题的具体改进措施"), again)


def _another_measure(m: Material, signal: Signal, turn: int) -> str:
    """A measure for a problem that last year's did not mend: the one that has least of last year's words."""
    before = m.past.problems if m.past else ""
    ways = _rules().get(signal.key, {}).get("again", ())
    new = [way for way in ways if overlap(way, before) < MOST_REPEATED]
    return m.patterns.choice(f"{signal.key}.again", new or sorted(ways, key=lambda way: overlap(way, before))[:1], turn)


def persists(m: Material, signal: Signal) -> bool:
    """Whether last year's part 五 already named what this signal shows."""
    return bool(m.past and _named_before(m.past.stated_problems, _rules().get(signal.key, {})))


def _persisting(m: Material) -> list[Signal]:
    return [signal for signal in m.ledger.signals[: len(ORDER)] if persists(m, signal)]


def signals_with_past(m: Material) -> tuple[Signal, ...]:
    """The ledger's signals, and one for each problem of last year's report that is still there."""
    again = tuple(
        Signal(
            f"persisting.{signal.key}",
            f"上年报告提出的问题仍然存在：{signal.message}",
            AGAIN_STEP,
            Provenance("上年报告第五部分提出过同一问题，本年台账仍有这一线索", m.past.title if m.past else "", ()),
        )
        for signal in m.ledger.signals
        if persists(m, signal)
    )
    return m.ledger.signals + again


def improvements(m: Material) -> list[str]:
    """What last year's report named as a problem and this year's figures show to be dealt with."""
    if m.past is None:
        return []
    here = {signal.key for signal in m.ledger.signals}
    before = [rule for key, rule in _rules().items() if key not in here and _named_before(m.past.stated_problems, rule)]
    return [text for rule in before if (text := _solved(m, rule))]


def _solved(m: Material, rule: Mapping) -> str:
    """What the figures say of a problem that is gone: none of them zero but those that must be (``gone``)."""
    text, gone = m.patterns.filled(rule.get("solved", "")), rule.get("gone", ())
    figures = [(m.catalogue.value(name), name in gone) for name in _PLACEHOLDER.findall(text)]
    return text if all(bool(value) is not zero for value, zero in figures) else ""


def unexplained(m: Material) -> list[str]:
    """Problems of last year's report on which this year's ledger shows nothing, for the office to check."""
    if m.past is None:
        return []
    stated = re.findall(
        r"(?m)(?:^|[。；])\s*(?:[一二三四五六七八九十]是|（[一二三四五]）|\d[.、])([^。；]{4,40})",
        m.past.stated_problems,
    )
    known = [rule for rule in _rules().values() if "seen" in rule]
    return [text for text in stated if not any(_named_before(text, rule) for rule in known)]


def _named_before(text: str, rule: Mapping) -> bool:
    return any(re.search(pattern, text) for pattern in rule.get("seen", ()))


@cache
def _rules() -> Mapping[str, Mapping]:
    data = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
    return {rule["signal"]: rule for rule in data["problem"]}
