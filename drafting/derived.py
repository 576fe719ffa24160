"""Derived facts and changes against last year as whole phrases: 平均用时14.16个工作日, 比上年增加9件，增长60%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from domain import Change, DerivedFact, LedgerResult, Number, Phrase

# key -> (name, words for a number, words for zero); {} is the number, <> the detail of the fact.
FACTS: Mapping[str, tuple[str, str, str]] = {
    "months_without_publication": ("没有发布信息的月份", "<>", "各月均有信息发布"),
    "policy_explanations": ("政策解读类信息", "发布政策解读类信息{}条", "未发布政策解读类信息"),
    "adoption_rate": ("报送信息采用率", "采用率{}%", ""),
    "briefings_heard": ("听取汇报日期", "<>", ""),
    "trainings": ("业务培训日期", "<>", ""),
    "applications_handled": ("收办申请", "收办政府信息公开申请{}件", ""),
    "answered_within_20_days_rate": ("通常期限内办结比例", "20个工作日内办结的占{}%", ""),
    "average_answer_days": ("平均办结用时", "平均用时{}个工作日", ""),
    "longest_answer_days": ("最长办结用时", "用时最长的{}个工作日", ""),
    "answered_beyond_20_days": ("超过通常期限办结的申请", "用时超过20个工作日的申请{}件", ""),
    "answered_beyond_40_days": ("超过最长期限办结的申请", "其中超过40个工作日的{}件", ""),
    "open_beyond_20_days": (
        "年底超期未结申请",
        "到年底仍未办结且已超过20个工作日的申请{}件",
        "年末在办的申请均未超过20个工作日",
    ),
}
# Rates that say more in words where they are the whole.
WHOLE: Mapping[str, str] = {
    "answered_within_20_days_rate": "全部在20个工作日内办结",
    "adoption_rate": "全部被采用",
}
# The change of a figure: what it is called in a sentence that has just named the figure itself.
CHANGES: Mapping[str, str] = {
    "facts.published_total": "发布总数",
    "facts.media_submitted": "报送条数",
    "table2.licensing": "行政许可决定",
    "table2.penalties": "行政处罚决定",
    "table2.coercion": "行政强制",
    "table2.fees_wan_yuan": "收费金额",
    "table2.normative_documents.in_force": "现行有效件数",
    "table3.new_received.total": "新收件数",
    "table3.total_processed.total": "办结件数",
    "facts.briefings_heard": "听取汇报次数",
    "facts.trainings": "培训次数",
}
MOST_DAYS = 4  # dates listed of briefings or trainings; more would crowd the sentence
MOST_CATEGORIES = 3  # named among those that rose or fell most


def count(value: Number) -> str:
    """A number as the report prints it: 38, 12.5 (no trailing zeros, no exponent)."""
    plain = format(Decimal(value), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def fact_phrases(ledger: LedgerResult) -> Iterator[Phrase]:
    """One phrase for each derived fact that has words here; none where it says nothing."""
    for fact in ledger.derived:
        name, words, zero = FACTS.get(fact.key.removeprefix("derived."), ("", "", ""))
        text = _fact_text(fact, words, zero)
        if text:
            trace = fact.provenance
            yield Phrase(name, fact.key, text, fact.value, fact.unit, f"{trace.sheet}：{trace.formula}")


def _fact_text(fact: DerivedFact, words: str, zero: str) -> str:
    key = fact.key.removeprefix("derived.")
    if not fact.value:
        return zero
    if fact.value == 100 and key in WHOLE:
        return WHOLE[key]
    if "<>" in words and not fact.detail or words == "<>" and fact.detail.count("、") >= 2 * MOST_DAYS:
        return ""
    return words.replace("<>", _literal(fact.detail)).format(count(fact.value))


def category_noun(category: str) -> str:
    """A 信息类别 in print: 行政许可信息 are items posted, 行政许可 alone would be decisions made."""
    return f"{category}信息" if category in ("行政许可", "行政处罚", "行政强制") else category


def change_phrases(ledger: LedgerResult) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
    """Pairs (joint phrase 比上年增加9件，增长60%; its figures) for the figures that a report compares.

    A figure that is zero now has its zero statement and no change; from zero there is no rate.
    """
    comparison = ledger.comparison
    for change in comparison.changes if comparison else ():
        label = CHANGES.get(change.key)
        if label and change.current:
            name = f"{label}增减"
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


def category_changes(ledger: LedgerResult) -> Iterator[tuple[str, list[Phrase]]]:
    """(joint name, phrases) of the categories that rose and fell most."""
    prefix, comparison = "facts.published_by_category.", ledger.comparison
    changes = [c for c in comparison.changes if c.key.startswith(prefix)] if comparison else []
    for name, word, sign in (("增加较多的类别", "增加", 1), ("减少较多的类别", "减少", -1)):
        moved = sorted((c for c in changes if c.difference * sign > 0), key=lambda c: -abs(c.difference))
        phrases = []
        for change in moved[:MOST_CATEGORIES]:
            noun = category_noun(change.key.removeprefix(prefix))
            text = f"{noun}{word}{count(abs(change.difference))}{change.unit or '条'}"
            source = f"{comparison.source}（{comparison.year}年）"
            phrases.append(Phrase(f"{noun}{word}", f"change.{change.key}", text, change.difference, "条", source))
        yield name, phrases


def _literal(words: str) -> str:
    """Words that go through str.format unchanged."""
    return re.sub(r"[{}]", lambda brace: "（" if brace.group() == "{" else "）", words)
