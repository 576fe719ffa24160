"""The 信息处理费 of a number of items or pages, tier by tier, as the tariff says (国办函〔2020〕109号; ``fees.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from answering.knowledge import Knowledge
from answering.law.computed import Computed
from gates.readings import chinese_value

_NUMBER = r"(\d{1,6}|[一二两三四五六七八九十百千]{1,7})"
_COUNT = re.compile(rf"(?<![第\d一二两三四五六七八九十百千]){_NUMBER}\s*多?(件|份|个申请|条申请|次申请|页|张)")
_ASKS = re.compile(
    r"信息处理费|处理费|收多少|多少钱|交多少|要收.{0,4}钱|收费.{0,4}多少|怎么(?:收费|收钱|算钱|计费)|收几|多少费|费用(?:是)?多少|缴多少"
)
_ABOUT = re.compile(r"申请|政府信息|信息公开|处理费|复印|提供")
_EACH = re.compile(r"(?<=多少钱)一[件份页张]|一[件份页张](?=(?:要|收|交)?多少钱)")
"""多少钱一件 asks for the price of each, not for that of one."""
_OURS = re.compile(r"去年|上年|今年|前年|本单位|我局|收到了?多少|20\d\d年")
_OVER_A_YEAR = re.compile(r"一年|全年|年内|半年|几个月|[两二三四五六七八九十]个月|季度")
_TARIFF = re.compile(
    r"(?:处理费|收费|费用).{0,8}(?:标准|怎么[收算定交样]|多少|几块|怎样|如何)|标准.{0,4}处理费"
    r"|[收交缴要](?:我)?多少钱|多少钱一?[件页张份]|[一每][件页张份](?:要|收)?多少钱|按[件页].{0,4}[收算]"
)
_OF_OPENNESS = re.compile(r"信息处理费|政府信息|信息公开|公开申请|申请公开|依申请")
_OTHERWISE = re.compile(r"谁|哪个|哪些|什么部门|上缴|国库|不服|收据|票据|发票|退")
"""Who sets it, where it goes, what one can do about it: other articles say that."""
_LONGEST = 100_000
_RULE, _RULE_NO = "政府信息公开条例", 42


@dataclass(frozen=True)
class FeeStep:
    """From unit ``first`` to ``last`` at ``price`` yuan each."""

    first: int
    last: int
    price: int

    @property
    def yuan(self) -> int:
        return (self.last - self.first + 1) * self.price


def steps(count: int, by: str) -> list[FeeStep]:
    """The tiers that ``count`` units reach, the free one first; ``by`` is items or pages."""
    tariff = _tariff()[by]
    found = [FeeStep(1, min(count, tariff["free"]), 0)]
    reached = tariff["free"]
    for last, price in tariff["tiers"]:
        if count > reached:
            found.append(FeeStep(reached + 1, min(count, last), price))
        reached = last
    price, every, more = tariff["step"]["from"], tariff["step"]["every"], tariff["step"]["more"]
    while count > reached:
        last = min(count, reached + every) if every else count
        found.append(FeeStep(reached + 1, last, price))
        reached, price = last, price + more
    return found


def fee(question: str, knowledge: Knowledge, as_of: date | None = None) -> Computed | None:
    """The fee of the items or pages that a question names, with its steps; None where it asks for none."""
    if not (_ASKS.search(question) and _ABOUT.search(question)) or _OURS.search(question):
        return None
    counts = {}
    for number, unit in _COUNT.findall(_EACH.sub("", question)):
        value = int(number) if number.isdigit() else chinese_value(number)
        if value and value <= _LONGEST:
            by = "pages" if unit in "页张" else "items"
            if counts.setdefault(by, value) != value:  # of several applicants or months: each has a sum of its own
                return None
    if not counts:
        return None
    articles = knowledge.articles(_tariff()["title"], as_of)
    wanted = [_tariff()[by]["article"] for by in counts]
    hits = [hit for no in wanted for hit in articles if hit.article_no == no]
    if len(hits) != len(wanted):
        return None
    if "items" in counts and _OVER_A_YEAR.search(question):
        mark = wanted.index(_tariff()["items"]["article"]) + 1
        return Computed(
            f"按件收取的信息处理费按同一申请人在一个自然月内的件数分月计算[{mark}]，不能按{counts['items']}件一次算。"
            "请分别给出每个自然月的件数，再逐月相加。",
            tuple(hits),
        )
    condition = next((hit for hit in knowledge.articles(_RULE) if hit.article_no == _RULE_NO), None)
    lines = [_line(count, by, place) for place, (by, count) in enumerate(counts.items(), start=1)]
    if len(lines) > 1:
        lines.append("按件和按页只能选一种，由行政机关确定，不能两种都收。")
    if condition and condition.status == "现行有效":
        hits.append(condition)
        lines.append(f"只有申请的数量、频次明显超过合理范围的，才可以收取[{len(hits)}]；没有超过的，不收取费用。")
    return Computed("\n".join(lines), tuple(hits))


def tariff(question: str, knowledge: Knowledge, as_of: date | None = None, of: Sequence[str] = ()) -> Computed | None:
    """The tiers of the tariff, where they are asked for without a number; None where something else is.

    ``of`` are the regulations that the turn before was answered from: 那收多少钱 is of openness where they are.
    """
    spoken_of = _OF_OPENNESS.search(question) or {_RULE, _tariff()["title"]} & set(of)
    if not (spoken_of and _TARIFF.search(question)) or _OTHERWISE.search(question) or _OURS.search(question):
        return None
    rules = {hit.article_no: hit for hit in knowledge.articles(_tariff()["title"], as_of)}
    hits = [rules[_tariff()[by]["article"]] for by in ("items", "pages") if _tariff()[by]["article"] in rules]
    condition = next((hit for hit in knowledge.articles(_RULE, as_of) if hit.article_no == _RULE_NO), None)
    if len(hits) < 2 or condition is None or condition.status != "现行有效":
        return None
    text = (
        "一般不收费；申请的数量、频次明显超过合理范围的，才可以收取信息处理费[1]，按件或按页选一种，分档累进：\n"
        f"- 按件[2]：{_tiers('items')}。\n- 按页[3]：{_tiers('pages')}。"
    )
    return Computed(text, (condition, *hits))


def _tiers(by: str) -> str:
    """The tiers in words: 前10件不收；第11至30件每件100元；第31件起每件200元，每多10件每件再加100元."""
    table = _tariff()[by]
    unit, reached = table["unit"], table["free"]
    told = [f"同一申请人一个自然月内前{reached}件不收" if by == "items" else f"前{reached}页不收"]
    for last, price in table["tiers"]:
        told.append(f"第{reached + 1}至{last}{unit}每{unit}{price}元")
        reached = last
    step = table["step"]
    more = f"，每多{step['every']}{unit}，每{unit}再加{step['more']}元" if step["every"] else ""
    return "；".join([*told, f"第{reached + 1}{unit}起每{unit}{step['from']}元{more}"])


def _line(count: int, by: str, mark: int) -> str:
    unit, found = _tariff()[by]["unit"], steps(count, by)
    total = sum(step.yuan for step in found)
    how = "按件" if by == "items" else "按页"
    within = "同一申请人一个自然月内" if by == "items" else ""
    paid = [
        f"第{step.first}至{step.last}{unit}共{step.last - step.first + 1}{unit}，每{unit}{step.price}元，计{step.yuan}元"
        if step.last > step.first
        else f"第{step.first}{unit}，{step.price}元"
        for step in found[1:]
    ]
    free = f"前{_tariff()[by]['free']}{unit}不收费"
    if not total:
        return f"不收费：{how}计收，{within}{count}{unit}没有超过免费的{_tariff()[by]['free']}{unit}[{mark}]。"
    return f"{how}计收，{within}{count}{unit}共{total}元[{mark}]：{'；'.join([free, *paid])}。"


@cache
def _tariff() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
