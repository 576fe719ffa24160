"""Derived facts and changes against last year as whole phrases: 平均用时14.16个工作日, 比上年增加9件，增长60%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain import Change, DerivedFact, LedgerResult, Number, Phrase
from forms import Form
from matters import Matter, by_main_figure, matters
from statutory.vocabulary import decision_rows

MOST_DAYS = 4  # dates listed of briefings or trainings; more would crowd the sentence
MOST_CATEGORIES = 3  # named among those that rose or fell most


def count(value: Number) -> str:
    """A number as the report prints it: 38, 12.5 (no trailing zeros, no exponent)."""
    plain = format(Decimal(value), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def fact_phrases(ledger: LedgerResult, form: Form) -> Iterator[Phrase]:
    """One phrase for each derived fact that has words for one; none where it says nothing."""
    for fact in ledger.derived:
        one = matters(form).get(fact.key)
        if one and one.phrase and (text := _fact_text(fact, one)):
            trace = fact.provenance
            yield Phrase(one.phrase.name, fact.key, text, fact.value, fact.unit, f"{trace.sheet}：{trace.formula}")


def _fact_text(fact: DerivedFact, one: Matter) -> str:
    assert one.phrase
    _, words, zero = one.phrase
    if not fact.value:
        return zero
    if fact.value == 100 and one.whole:
        return one.whole
    if "<>" in words and not fact.detail or words == "<>" and fact.detail.count("、") >= 2 * MOST_DAYS:
        return ""
    return words.replace("<>", _literal(fact.detail)).format(count(fact.value))


def category_noun(category: str, form: Form) -> str:
    """A 信息类别 in print: 行政许可信息 are items posted, 行政许可 alone would be decisions made."""
    return f"{category}信息" if category in {row.label for row in decision_rows(form).values()} else category


def change_phrases(ledger: LedgerResult, form: Form) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
    """Pairs (joint phrase 比上年增加9件，增长60%; its figures) for the figures that a report compares.

    A figure that is zero now has its zero statement and no change; from zero there is no rate.
    """
    comparison = ledger.comparison
    if comparison is None:
        return
    for change in comparison.changes:
        one = by_main_figure(form).get(change.key)
        if one and one.change and change.current:
            label, name = one.change, f"{one.change}增减"
            parts = tuple(_change_parts(change, label, f"{comparison.source}（{comparison.year}年）"))
            text = "，".join(part.text for part in parts)
            yield Phrase(name, f"change.{change.key}", text, change.difference, change.unit, parts[0].source), parts


def _change_parts(change: Change, label: str, source: str) -> Iterator[Phrase]:
    key, size = f"change.{change.key}", abs(change.difference)
    if not change.difference:
        yield Phrase(f"{label}持平", key, f"{label}与上年持平", 0, change.unit, source)
        return
    up = change.difference > 0
    text = f"{label}比上年{'增加' if up else '减少'}{count(size)}{change.unit}"
    yield Phrase(f"{label}差额", key, text, change.difference, change.unit, source)
    if change.rate:
        rate = f"{'增长' if up else '下降'}{count(abs(change.rate))}%"
        yield Phrase(f"{label}幅度", f"{key}.rate", rate, change.rate, "%", source)


def category_changes(ledger: LedgerResult, form: Form) -> Iterator[tuple[str, list[Phrase]]]:
    """(joint name, phrases) of the categories that rose and fell most."""
    prefix, comparison = "facts.published_by_category.", ledger.comparison
    if comparison is None:
        return
    changes = [change for change in comparison.changes if change.key.startswith(prefix)]
    for name, word, sign in (("增加较多的类别", "增加", 1), ("减少较多的类别", "减少", -1)):
        moved = sorted((c for c in changes if c.difference * sign > 0), key=lambda c: -abs(c.difference))
        phrases = []
        for change in moved[:MOST_CATEGORIES]:
            noun = category_noun(change.key.removeprefix(prefix), form)
            text = f"{noun}{word}{count(abs(change.difference))}{change.unit or '条'}"
            source = f"{comparison.source}（{comparison.year}年）"
            phrases.append(Phrase(f"{noun}{word}", f"change.{change.key}", text, change.difference, "条", source))
        yield name, phrases


def _literal(words: str) -> str:
    """Words that go through str.format unchanged."""
    return re.sub(r"[{}]", lambda brace: "（" if brace.group() == "{" else "）", words)
