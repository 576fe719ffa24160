"""The government's own figures: the sums of its organs' as a ledger's result, from which 起草 and the report are made.

Legal source: 条例第四十九、五十条. Every figure is a sum of a collection with the organs behind it, every problem rests
on what was found in the organs' reports; as long as an organ is missing the report is a draft (COLLECT).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from checks.catalogue import declared
from collecting.collection import Collection
from collecting.organs import is_government, local
from collecting.totals import nested
from domain import Check, DerivedFact, Figures, LedgerResult, Number, Provenance, Signal, UnusableInput
from forms import form_for
from statutory.explaining import CountedRow, Explanation
from statutory.signals import of_tables
from statutory.tally import Tally

SHEET = "各单位报告"
SUFFIX = ".json"
_KIND = "gongkai-government-figures"
_MOST_PROBLEMS = 3
_PARTS: Mapping[str, TypeAdapter[Any]] = {
    "provenance": TypeAdapter(dict[str, Provenance]),
    "checks": TypeAdapter(tuple[Check, ...]),
    "signals": TypeAdapter(tuple[Signal, ...]),
    "derived": TypeAdapter(tuple[DerivedFact, ...]),
    "warnings": TypeAdapter(tuple[str, ...]),
}


def government_of(collection: Collection, names: Sequence[str] = ()) -> str:
    """The government whose organs these are: named by the list or by its own report, else by the place that all share.

    UnusableInput where it cannot be told.
    """
    listed = [name for name in names if is_government(name)]
    if len(listed) == 1:
        return listed[0]
    if collection.government:
        return collection.government.org
    places = Counter(place for one in collection.organs if len(place := local(one.org)[0]) > 1)
    if len(places) == 1 and not listed:
        return f"{next(iter(places))}人民政府"
    raise UnusableInput("不知道是哪一级政府的报告：请在单位名单里写上政府的名称，如“某县人民政府”")


def ledger_of(collection: Collection, names: Sequence[str] = ()) -> LedgerResult:
    """The sums as figures of the government; UnusableInput where no organ has reported, or the government is not known."""
    totals, org = collection.totals, government_of(collection, names)
    if not any(one.report for one in collection.organs) and not any(totals.contributors.values()):
        raise UnusableInput("还没有一个单位的数字，不能写政府的报告")
    form = form_for(collection.year)
    figures = Figures(org, collection.year, "", "", **nested(totals.figures, form), facts={})
    provenance = {key: _trace(totals.contributors.get(key, {})) for key in totals.figures}
    checks = (*totals.checks, *_completeness(collection))
    signals = (*_signals(collection), *_of_tables(collection))
    derived = tuple(_facts(collection))
    return LedgerResult(figures, provenance, checks, signals, totals.notes, f"{org}汇总", derived)


def _trace(given: Mapping[str, Number]) -> Provenance:
    said = "＋".join(f"{org}{_plain(value)}" for org, value in given.items())
    return Provenance(f"各单位之和：{said}" if said else "各单位都是0", SHEET, ())


def _completeness(collection: Collection) -> Iterator[Check]:
    """COLLECT: whether every organ's figures are in the sums."""
    totals = collection.totals
    counted = {org for each in totals.contributors.values() for org in each}
    missing = [one.org for one in collection.organs if one.report is None and one.org not in counted]
    if missing:
        yield Check("COLLECT", "fail", f"{len(missing)}个单位的数字没有计入：{'、'.join(missing)}", "各单位汇总")
    if totals.unknown:
        organs = list(dict.fromkeys(org for each in totals.unknown.values() for org in each))
        yield Check("COLLECT", "uncertain", f"{'、'.join(organs)}的报告有没有数字的格，没有计入", "各单位汇总")
    if not missing and not totals.unknown:
        yield Check("COLLECT", "pass", f"{len(collection.organs)}个单位的数字都已计入", "各单位汇总")


def _facts(collection: Collection) -> Iterator[DerivedFact]:
    """How many organs are in the sums, and which of them got most applications."""
    reported = [one.org for one in collection.organs if one.report]
    trace = Provenance(f"计入合计的单位：{'、'.join(reported)}", SHEET, ())
    yield DerivedFact("derived.organs_collected", "汇总的单位", len(reported), "个", trace)
    key = "table3.new_received.total"
    given = collection.totals.contributors.get(key, {})
    ranked = sorted(given.items(), key=lambda one: -one[1])
    if len(ranked) > 1 and ranked[0][1] > ranked[1][1]:
        org, most = ranked[0]
        trace = Provenance(f"{_trace(given).formula}；最大的是{org}", SHEET, ())
        name = local(org)[1]
        yield DerivedFact("derived.most_applications", "收到申请最多的单位", most, "件", trace, name)


def _signals(collection: Collection) -> Iterator[Signal]:
    """What part 五 can rest on: reports that came late, and the faults that most organs' reports have."""
    late = [one.org for one in collection.organs if one.late]
    missing = [one.org for one in collection.organs if one.report is None]
    if late or missing:
        said = [f"{len(late)}个单位报送年度报告晚于规定的期限"] * bool(late)
        said += [f"{len(missing)}个单位没有报送年度报告"] * bool(missing)
        trace = Provenance(f"逾期：{'、'.join(late) or '无'}；没有报送：{'、'.join(missing) or '无'}", SHEET, ())
        measure = "提前部署年度报告的编写，在期限前逐个单位催报，逾期的予以通报"
        yield Signal("collected.late", "，".join(said), measure, trace)
    titles = {rule.id: rule for rule in declared()}
    concerned: dict[str, list[str]] = {}
    for severity in ("errors", "questions"):
        for one in collection.organs:
            for rule in dict.fromkeys(finding.rule for finding in getattr(one, severity)):
                concerned.setdefault(rule, []).append(one.org)
    for rule in sorted(concerned, key=lambda each: -len(concerned[each]))[:_MOST_PROBLEMS]:
        orgs = list(dict.fromkeys(concerned[rule]))
        title = titles[rule].title if rule in titles else rule
        trace = Provenance(f"体检规则 {rule}：{'、'.join(orgs)}", SHEET, ())
        measure = "对照反馈单督促有关单位改正，组织编写人员学习年度报告的格式和填报说明，报送前先行核对"
        yield Signal(f"collected.{rule}", f"{len(orgs)}个单位的年度报告没有做到“{title}”", measure, trace)


def _of_tables(collection: Collection) -> tuple[Signal, ...]:
    form, tally = collection.totals.form, Tally()
    for key, value in collection.totals.figures.items():
        path = (key.partition(".")[0], *_path(key))
        trace = _trace(collection.totals.contributors.get(key, {}))
        tally.put(path, value, (), trace.formula, SHEET)
    return of_tables(tally, form)


def _path(key: str) -> tuple[str, ...]:
    """The steps of a key below its table: rows of table 3 have dots of their own."""
    table, _, rest = key.partition(".")
    return (rest,) if table == "table2" and "." not in rest else tuple(rest.rsplit(".", 1))


def _plain(value: Number) -> str:
    return format(Decimal(value).normalize(), "f")


# --- as a file ----------------------------------------------------------------------------------------


def dump(result: LedgerResult) -> bytes:
    """The result as a file that ``load`` reads; figures as text, so that no amount changes."""
    figures = {key: str(value) for key, value in result.figures.flat().items()}
    parts = {name: json.loads(adapter.dump_json(getattr(result, name))) for name, adapter in _PARTS.items()}
    told = {"kind": _KIND, "org": result.figures.org, "year": result.figures.year, "source": result.source}
    return json.dumps(told | {"figures": figures} | parts, ensure_ascii=False, indent=1).encode("utf-8")


def load(content: bytes, name: str) -> LedgerResult:
    """What ``dump`` wrote; UnusableInput where it is anything else."""
    try:
        told = json.loads(content)
        if not isinstance(told, dict) or told.get("kind") != _KIND:
            raise ValueError("another file")
        form = form_for(int(told["year"]))
        given = {key: _number(str(value)) for key, value in told["figures"].items()}
        parts = {part: adapter.validate_python(told[part], strict=False) for part, adapter in _PARTS.items()}
        figures = Figures(str(told["org"]), int(told["year"]), "", "", **nested(given, form), facts={})
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, ValidationError, RecursionError) as error:
        raise UnusableInput(f"文件 {name} 不是汇总各单位得到的数字") from error
    return LedgerResult(figures, source=str(told.get("source", name)), **parts)


def _number(text: str) -> Number:
    return Decimal(text) if "." in text else int(text)


def explained(result: LedgerResult, key: str) -> Explanation:
    """A figure with the organs behind it, a row each; UnusableInput for an unknown key."""
    flat = result.figures.flat()
    derived = {fact.key: fact for fact in result.derived}
    if key in derived:
        return Explanation(key, derived[key].value, derived[key].provenance, ())
    if key not in flat:
        raise UnusableInput(f"没有“{key}”这个数字")
    trace = result.provenance[key]
    _, _, listed = trace.formula.partition("：")
    rows = [CountedRow(SHEET, at, _row(part)) for at, part in enumerate(filter(None, listed.split("＋")), start=1)]
    return Explanation(key, flat[key], trace, tuple(rows))


def _row(part: str) -> dict[str, str]:
    found = re.search(r"[\d.]+$", part)
    number = found.group() if found else ""
    return {"单位": part.removesuffix(number), "数": number}
