"""Each section written by rule: what the ledger knows, in official prose; what it does not, asked for.

Every paragraph is a template with placeholders, so that composed and model-written text go through
the same filling. Nothing is claimed that no figure shows: where the office alone knows what it did,
the text asks for it in 【请补充：…】.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain import LedgerResult, Phrase
from drafting.basis import Basis
from drafting.phrases import ORDER, Catalogue, masked_notes

TOPICS: Mapping[str, str] = {  # the five topics of part 一, in the form's order
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "management": "政府信息管理",
    "platform": "政府信息公开平台建设",
    "organisation": "监督保障",
}


@dataclass(frozen=True)
class Material:
    """All that a section is written from."""

    ledger: LedgerResult
    catalogue: Catalogue
    basis: Basis
    notes: str = ""

    @property
    def org(self) -> str:
        return self.ledger.figures.org or "本机关"

    @property
    def platform(self) -> str:
        return self.ledger.figures.platform


def compose(section: str, material: Material) -> list[str]:
    """The paragraphs of a section as templates with placeholders; the office's notes come last."""
    paragraphs = [line for line in _WRITERS[section](material) if line]
    if material.notes.strip():
        paragraphs += [line.strip() for line in masked_notes(material.notes).splitlines() if line.strip()]
    return paragraphs


def ask(what: str) -> str:
    """A gap that only the office can fill."""
    return f"【请补充：{what}】"


def opening(m: Material) -> str:
    """The one sentence before the five topics: the year's main results."""
    done = m.catalogue
    results = [f"主动公开{{{name}}}" for name in ("主动公开信息总数",) if done.value(name)]
    made = _named(done, "行政许可决定", "行政处罚决定", "行政强制决定")
    results += [f"作出{made}"] if made else []
    results += ["{新收申请}"] if "新收申请" in done else []
    law = m.basis.cite("disclosure").partition("》")[0]
    lead = f"依照{law}》推进政府信息公开" if law else "依法推进政府信息公开"
    return f"{{年度}}，{m.org}{lead}，全年{'，'.join(results)}。"


def overview(m: Material) -> Iterator[str]:
    """Part 一: the opening and the five topics under their headings."""
    yield opening(m)
    for number, (topic, title) in enumerate(TOPICS.items()):
        yield heading(number, title)
        yield from _WRITERS[topic](m)


def heading(number: int, title: str) -> str:
    return f"（{ORDER[number]}）{title}"


def disclosure(m: Material) -> Iterator[str]:
    """Items posted by category, decisions of table 2, matters with their own law, media."""
    done = m.catalogue
    where = f"在{m.platform}" if m.platform else ""
    if done.value("主动公开信息总数"):
        listed = "其中，{各类别发布情况}。" if "各类别发布情况" in done else ""
        yield f"{{报告期间}}，{m.org}{where}主动公开{{主动公开信息总数}}。{listed}"
    elif "主动公开信息总数" in done:
        yield f"{{报告期间}}，{m.org}{where}{{主动公开信息总数}}。{ask('未发布的原因')}"
    yield _decisions(m)
    yield _matters(m)
    if done.value("报送工作信息"):
        adopted = "，其中{媒体采用情况}" if "媒体采用情况" in done else ""
        yield f"全年{{报送工作信息}}{adopted}。"


def _decisions(m: Material) -> str:
    done = m.catalogue
    made = _named(done, "行政许可决定", "行政处罚决定", "行政强制决定")
    none = "，".join(f"{{{n}}}" for n in ("行政许可决定", "行政处罚决定", "行政强制决定") if n in done and not done.value(n))
    fees = "{行政事业性收费}" if "行政事业性收费" in done else ""
    if fees and done.value("行政事业性收费"):
        fees = f"收取{fees}"
    law = m.basis.cite("decisions")
    lead = f"按照{law}规定公开行政许可、行政处罚的办理结果，" if law else ""
    parts = [f"全年作出{made}" if made else "全年", none, fees]
    sentence = "，".join(part for part in parts if part).replace("全年，", "全年")
    return f"{lead}{sentence}。" if made or none or fees else ""


def _matters(m: Material) -> str:
    categories = [p.name for p in m.catalogue.having("facts.published_by_category.") if p.value]
    named = [f"{category}依照{law}公开" for category, law in m.basis.matters(categories)]
    return f"{'，'.join(named)}。" if named else ""


def applications(m: Material) -> Iterator[str]:
    """Received, carried over, handled, carried out, by outcome; reviews and litigation."""
    done = m.catalogue
    if not done.value("新收申请") and not done.value("上年结转申请"):
        yield f"{{年度}}，{m.org}{{新收申请}}，{{上年结转申请}}，也{{结转下年度申请}}。"
    else:
        who = "（{申请人构成}）" if "申请人构成" in done else ""
        outcome = "，其中{办理结果构成}" if "办理结果构成" in done else ""
        yield (
            f"{{年度}}，{m.org}{{新收申请}}{who}，{{上年结转申请}}。"
            f"全年{{办结申请}}{outcome}；{{结转下年度申请}}。"
        )
    yield _cases(m)
    law = m.basis.cite("applications")
    rule = f"政府信息公开申请的受理和答复依照{law}办理，" if law else "政府信息公开申请依法受理和答复，"
    yield f"{rule}{ask('申请受理渠道和内部办理流程的情况')}。"


def _cases(m: Material) -> str:
    done = m.catalogue
    results = {"行政复议案件": "行政复议结果", "未经复议直接起诉案件": "未经复议直接起诉结果", "复议后起诉案件": "复议后起诉结果"}
    happened = [
        f"{{{name}}}" + (f"（{{{result}}}）" if result in done else "")
        for name, result in results.items()
        if done.value(name)
    ]
    if happened:
        return f"全年因政府信息公开工作发生{'、'.join(happened)}。"
    none = [f"{{{name}}}" for name in ("行政复议案件", "行政诉讼案件") if name in done]
    return f"全年{'，'.join(none)}。" if none else ""


def management(m: Material) -> Iterator[str]:
    """Normative documents made, repealed and in force; who publishes what."""
    done = m.catalogue
    stock = [f"{{{n}}}" for n in ("制发行政规范性文件", "废止行政规范性文件", "现行有效行政规范性文件") if n in done]
    rules = [f"{{{n}}}" for n in ("制发规章", "废止规章", "现行有效规章") if n in done]
    law = m.basis.cite("management")
    if law:
        yield f"按照{law}“谁制作、谁公开，谁保存、谁公开”的要求确定公开责任。"
    yield f"全年{'，'.join(stock)}。" if stock else ""
    yield f"全年{'，'.join(rules)}。" if rules else ""
    yield ask("公开前审查、公开属性确定、失效信息清理等工作的做法和结果") + "。"


def platform(m: Material) -> Iterator[str]:
    """Where the information is published."""
    law = m.basis.cite("platform")
    rule = f"按照{law}，" if law else ""
    if m.platform:
        total = "，全年发布{主动公开信息总数}" if m.catalogue.value("主动公开信息总数") else ""
        yield f"{rule}{m.org}以{m.platform}为政府信息公开的主要平台{total}。"
    else:
        yield f"{rule}{ask('政府信息公开平台的名称')}。"
    yield ask("栏目设置和维护、政务新媒体、查阅场所等平台建设情况") + "。"


def organisation(m: Material) -> Iterator[str]:
    """Briefings, trainings and other recorded work; the rest is the office's to say."""
    done = m.catalogue
    work = {"听取汇报": "主要领导", "业务培训": "组织开展"}
    records = [f"{who}{{{name}}}" for name, who in work.items() if done.value(name)]
    records += [f"{{{p.name}}}" for p in _other_facts(done) if p.value and not _is_fee(p)]
    if records:
        yield f"{{年度}}，{m.org}{'，'.join(records)}。"
    law = m.basis.cite("organisation")
    rule = f"政府信息公开日常工作按照{law}由政府信息公开工作机构负责，" if law else ""
    yield f"{rule}{ask('责任分工、考核监督和责任追究的情况')}。"


def problems(m: Material) -> Iterator[str]:
    """One paragraph for each signal, each with its own measure."""
    if not m.ledger.signals:
        yield f"台账没有显示明显问题。{ask('本年存在的主要问题，每个问题写明具体表现和对应的改进措施')}。"
        return
    yield "{年度}，政府信息公开工作还存在以下问题："
    for number in range(min(len(m.ledger.signals), len(ORDER))):
        parts = problem(m, number)
        detail = f"{parts.detail}。" if parts.detail else ""
        yield f"{ORDER[number]}是{parts.statement}。{detail}改进措施：{parts.measure}。"


@dataclass(frozen=True)
class Problem:
    """One problem as template text: what is wrong, the figures that show it, what is done about it."""

    statement: str
    detail: str
    measure: str


def problem(m: Material, number: int) -> Problem:
    """The problem that rests on a signal; its measure is asked for where none is known."""
    signal, name = m.ledger.signals[number], ORDER[number]
    wording = _problem_wordings().get(signal.key, {})
    statement = f"{{问题事实{name}}}" if f"问题事实{name}" in m.catalogue else signal.message.rstrip("。；，")
    measure = f"{{改进措施{name}}}" if f"改进措施{name}" in m.catalogue else signal.measure.rstrip("。；，")
    if measure and "steps" in wording:
        measure += f"；{wording['steps']}"
    detail = wording.get("detail", "")
    if any(placeholder not in m.catalogue for placeholder in re.findall(r"\{(.*?)\}", detail)):
        detail = ""
    return Problem(wording.get("statement", statement), detail, measure or ask("针对这个问题的具体改进措施"))


@cache
def _problem_wordings() -> Mapping[str, Mapping[str, str]]:
    rules = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
    return {rule["signal"]: rule for rule in rules["problem"]}


def other(m: Material) -> Iterator[str]:
    """The three fee statements of part 六: notices sent, amount due, amount received."""
    done = m.catalogue
    fees = [p for p in done.having("facts.") if _is_fee(p) and p.name != "实际收取信息处理费"]
    received = "{实际收取信息处理费}" if "实际收取信息处理费" in done else ask("实际收取信息处理费的总金额")
    law = m.basis.cite("fees")
    lead = f"按照{law}和国家有关收费规定，" if law else ""
    if any("件数" in p.name for p in fees) and any("金额" in p.name for p in fees):
        notices = "，".join(f"{{{p.name}}}" for p in fees)
    elif not done.value("新收申请") and not done.value("上年结转申请") and "新收申请" in done:
        notices = "{新收申请}，未发出信息处理费收费通知"  # nothing to charge for
    else:
        notices = "".join(f"{{{p.name}}}，" for p in fees) + ask("发出收费通知的件数和总金额，没有发出的写明未发出")
    yield f"{lead}{{年度}}，{m.org}{notices}，{received}。"


def _is_fee(phrase: Phrase) -> bool:
    return "收费通知" in phrase.name or "信息处理费" in phrase.name


def _other_facts(done: Catalogue) -> list[Phrase]:
    """Facts that the office named itself: other work records and indicators."""
    own = ("facts.published", "facts.media", "facts.info_processing", "facts.briefings", "facts.trainings")
    return [p for p in done.having("facts.") if not p.key.startswith(own)]


def _named(done: Catalogue, *names: str) -> str:
    return "、".join(f"{{{name}}}" for name in names if done.value(name))


_WRITERS: Mapping[str, Callable[[Material], Iterator[str]]] = {
    "overview": overview,
    "disclosure": disclosure,
    "applications": applications,
    "management": management,
    "platform": platform,
    "organisation": organisation,
    "problems": problems,
    "other": other,
}
