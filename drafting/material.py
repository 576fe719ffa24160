"""All that a section is written from, and the words that a pattern asks of it: articles, names, statements.

Only what a report must state and the ledger does not know is asked for in 【请补充：…】.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from domain import LedgerResult, Phrase
from drafting.basis import Basis
from drafting.catalogue import Catalogue
from drafting.past import PastReport
from drafting.patterns import Patterns
from drafting.phrases import masked_notes, result_name
from matters import facts

TOPICS: Mapping[str, str] = {  # the five topics of part 一, in the form's order
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "management": "政府信息管理",
    "platform": "政府信息公开平台建设",
    "organisation": "监督保障",
}
FEES = {  # phrase -> what is asked for where the ledger does not know it
    "发出收费通知件数": "发出收费通知的件数",
    "应收信息处理费": "应收总金额",
    "实际收取信息处理费": "实际收取的总金额",
}

_FEE_NOTICES = re.compile("收费通知")


@dataclass(frozen=True)
class Material:
    """All that a section is written from."""

    ledger: LedgerResult
    catalogue: Catalogue
    basis: Basis
    notes: str = ""
    past: PastReport | None = None

    @property
    def org(self) -> str:
        return self.ledger.figures.org or "本机关"

    @property
    def platform(self) -> str:
        return self.ledger.figures.platform

    @cached_property
    def patterns(self) -> Patterns:
        signals = frozenset(signal.key for signal in self.ledger.signals)
        return Patterns(self.catalogue, self.word, signals, self.org, self.ledger.figures.year)

    def word(self, name: str) -> str:
        """The text for ``<name>`` in a pattern, "" where there is none."""
        kind, _, topic = name.partition(":")
        if kind == "依据":
            return self.basis.cite(topic)
        return {
            "本机关": lambda: self_name(self.org),
            "本机关全称": lambda: self.org,
            "平台": lambda: self.platform,
            "缺平台": lambda: "" if self.platform else ask("发布政府信息的网站或者其他平台的名称"),
            "依照条例": lambda: _regulation(self.basis),
            "收费通知": lambda: _told_fees(self.notes) or _fees(self.catalogue, "发出收费通知件数", "应收信息处理费"),
            "实收金额": lambda: _fees(self.catalogue, "实际收取信息处理费"),
            "专门规定": lambda: _matters(self, "{0}依照{1}公开"),
            "适用规定": lambda: _matters(self, "公开{0}适用{1}"),
            "复议诉讼": lambda: _cases(self.catalogue),
            "自报": lambda: "、".join(f"{{{p.name}}}" for p in _own(self.catalogue, topic)),
        }[kind]()


def self_name(org: str) -> str:
    """What an organ calls itself after its name was given: 某县生态环境局 → 我局; 本机关 where no ending is known."""
    return next((rule["self"] for rule in _self_names() if org.endswith(tuple(rule["ends"]))), "本机关")


def ask(what: str) -> str:
    """A gap that only the office can fill."""
    return f"【请补充：{what}】"


def noted(material: Material) -> list[str]:
    """The office's own remarks, line by line, figures as placeholders; each closed by a full stop.

    What it says of the fee notices stands in their sentence already.
    """
    lines = [line.strip() for line in masked_notes(material.notes).splitlines() if line.strip()]
    lines = [line for line, own in zip(lines, _lines(material.notes)) if not _FEE_NOTICES.search(own)]
    return [line if line[-1] in "。！？；：" else f"{line}。" for line in lines]


def remarked(notes: str) -> list[str]:
    """The lines of ``noted``, as they were written."""
    return [line for line in _lines(notes) if not _FEE_NOTICES.search(line)]


def _lines(notes: str) -> list[str]:
    return [line.strip() for line in notes.splitlines() if line.strip()]


def _told_fees(notes: str) -> str:
    """What the office itself says of the fee notices, "" where it says nothing."""
    masked = [line.strip() for line in masked_notes(notes).splitlines() if line.strip()]
    told = [line for line, own in zip(masked, _lines(notes)) if _FEE_NOTICES.search(own)]
    return told[0].rstrip("。；，") if told else ""


def topic_of(line: str) -> str:
    """The topic that a remark of the office belongs to, by its words."""
    named = [topic for topic, title in TOPICS.items() if line.startswith(f"{title}：")]
    found = [rule["topic"] for rule in _remarks() if any(word in line for word in rule["words"])]
    return (named or found or ["organisation"])[0]


def _regulation(basis: Basis) -> str:
    law = basis.cite("disclosure").partition("》")[0]
    return f"依照{law}》" if law else "依法"


def _fees(known: Catalogue, *names: str) -> str:
    """The fee statements that the ledger knows, then one request for those that it does not."""
    told = [f"{{{name}}}" for name in names if name in known]
    wanted = "和".join(FEES[name] for name in names if name not in known)
    return "，".join([*told, *([ask(f"{wanted}，没有的也要写明")] if wanted else [])])


def _matters(m: Material, words: str) -> str:
    categories = [p.name for p in m.catalogue.having("facts.published_by_category.") if p.value]
    return "，".join(words.format(category, law) for category, law in m.basis.matters(categories))


def _cases(known: Catalogue) -> str:
    cases = [(p.name, result_name(p.name)) for p in known.having("table4.") if p.key.endswith(".total") and p.value]
    happened = [f"{{{name}}}" + (f"（{{{result}}}）" if result in known else "") for name, result in cases]
    none = [f"{{{name}}}" for name in ("行政复议案件", "行政诉讼案件") if name in known and not known.value(name)]
    if happened:
        return f"全年因政府信息公开工作发生{'，'.join(['、'.join(happened), *none])}。"
    return f"全年{'，'.join(none)}。" if none else ""


def _own(known: Catalogue, topic: str) -> list[Phrase]:
    """Facts that the office named itself, other work records and indicators, by the topic of their name."""
    settled = ("facts.published_by_category.", *(one.key for one in facts().values()))
    own = [p for p in known.having("facts.") if not p.key.startswith(settled) and p.name not in FEES and p.value]
    return [p for p in own if topic_of(p.name) == topic]


@cache
def _remarks() -> list[Mapping]:
    return tomllib.loads((Path(__file__).parent / "remarks.toml").read_text(encoding="utf-8"))["remark"]


@cache
def _self_names() -> list[Mapping]:
    return tomllib.loads((Path(__file__).parent / "self_names.toml").read_text(encoding="utf-8"))["name"]
