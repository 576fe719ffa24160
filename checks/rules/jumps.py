"""A figure that is five times last year's, or a fifth of it, asks for a look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import Example
from checks.leaves import is_number, leaves
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding
from forms import comparable_figures, form_of

_TIMES = 5
_SMALLEST = 20  # the larger of two figures below which five times as many says nothing

JUMP = Rule(
    id="JUMP",
    title="数字是上年的五倍以上或五分之一以下",
    severities=("warning",),
    source="",
    advice="核对是否填错；属实的说明原因",
    speaks=(
        Example(cells={"table2.penalties": 120}, last_cells={"table2.penalties": 12}),
        Example(cells={"table2.licensing": 3}, last_cells={"table2.licensing": 60}),
        Example(cells={"table2.licensing": 21}, last_cells={}),
    ),
    silent=(
        Example(cells={"table2.penalties": 120}),
        Example(cells={"table2.penalties": 120}, last_cells={"table2.penalties": 100}),
        Example(cells={"table2.coercion": 15}, last_cells={"table2.coercion": 1}),
    ),
)


@looks_for(JUMP, order=120)
def jumps(subject: Subject) -> Iterator[Finding]:
    """Rule 24: each cell against last year's; of table 3 the 总计 column only."""
    if not subject.previous:
        return
    before_form = form_of(str(subject.previous.get("form") or ""), subject.previous.get("year") or 0)
    before = comparable_figures(subject.previous, before_form, subject.form)
    for key, now in leaves(subject.published.tables):
        then = before.get(key)
        if key.startswith("table3.") and not key.endswith(".total") or not (is_number(now) and is_number(then)):
            continue
        small, large = sorted((now, then))
        if large >= _SMALLEST and large >= _TIMES * small and large != small:
            where = subject.form.where(key)
            said = f"{where}本年为 {now}，上年为 {then}{_times(Decimal(now), Decimal(then))}"
            yield JUMP.finding(subject, said, where, subject.named(key))


def _times(now: Decimal, then: Decimal) -> str:
    if not then:
        return ""
    rate = now / then
    return f"，是上年的 {rate:.1f} 倍" if rate > 1 else f"，只有上年的 {rate * 100:.1f}%"
