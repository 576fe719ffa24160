"""Figures as whole phrases: label, number and unit in one piece that cannot come apart.

``行政许可38件`` counts decisions and ``行政许可信息15条`` items posted: the noun and the unit stand with
the number, so that neither a model nor an editor can attach a figure to the wrong noun. A zero
becomes its proper statement (未收到政府信息公开申请).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from domain import LedgerResult, Number, Phrase, Remembered, Signal
from drafting.catalogue import Catalogue
from drafting.derived import category_changes, category_noun, change_phrases, count, fact_phrases
from forms import form_for
from gates.numbers import Numeral, find_numerals
from gates.sentences import split
from matters import Matter, Phrasing, facts, main_figure, matters
from statutory.vocabulary import decision_rows

ORDER = "一二三四五六七八九十"
# Names that some ledgers give no figure for, and those of the joint phrases.
_RESERVED = (
    "行政诉讼案件 发出收费通知件数 应收信息处理费 各类别发布情况 发布较多的类别 其余类别 增加较多的类别 "
    "减少较多的类别 行政执法决定 没有发生的事项 没有制发废止 媒体采用情况 申请人构成 唯一申请人 办理结果构成 "
    "唯一办理结果"
).split()
# What offices call two of the three fee statements in their own indicators.
_FEE_NOTICES = re.compile("收费通知(?!.*金额)")
_FEE_DUE = re.compile("收费通知.*金额|应收.*(?:处理费|收费|金额)|(?:处理费|收费).*应收")
PUBLICITY = ("信息发布", "媒体采用")  # the sheets of what was posted, and sent to the media
MOST_OUTCOMES = 6  # told one by one in running text
_UNITS = "件|条|次|元|万元|人次|人|个|份|场|期|项"
_NUMBERED = ("问题事实", "改进措施", "补充情况")


_made = Remembered(64)


def catalogue(ledger: LedgerResult, notes: str = "") -> Catalogue:
    """Every phrase of a ledger, with the office's own figures out of ``notes`` and the signals."""
    return _made.of((ledger,), notes, lambda: _catalogue(ledger, notes))


def _catalogue(ledger: LedgerResult, notes: str) -> Catalogue:
    builder = _Builder(ledger)
    singles = [
        *builder.period(),
        *builder.published(),
        *builder.decisions(),
        *builder.documents(),
        *builder.applications(),
        *builder.cases(),
        *builder.other_facts(),
        *builder.fees(),
        *fact_phrases(ledger, builder.form),
        *_from_notes(notes),
        *(
            phrase
            for number, signal in enumerate(ledger.signals[: len(ORDER)])
            for phrase in signal_phrases(number, signal)
        ),
        *builder.categories(),
        *builder.media(),
        *builder.own_facts(),  # last: the office's words take no name of ours
    ]
    phrases: dict[str, Phrase] = {}
    for phrase in singles:
        phrases.setdefault(phrase.name, phrase)
    parts: dict[str, tuple[Phrase, ...]] = {}
    for name, key, members in builder.joint(phrases):
        if members:
            total = sum((member.value for member in members), Decimal(0))
            text = _JOINED.get(name, _listed)(members)
            phrases[name] = Phrase(name, key, text, total, members[0].unit, members[0].source)
            parts[name] = tuple(members)
    for phrase, members in change_phrases(ledger, builder.form):
        phrases[phrase.name], parts[phrase.name] = phrase, members
    return Catalogue(phrases, parts)


def signal_phrases(number: int, signal: Signal) -> Iterator[Phrase]:
    """What a signal says with numerals in it, word for word."""
    source = f"{signal.provenance.sheet}：{signal.provenance.formula}" if signal.provenance else "台账线索"
    for name, key, text in (
        (f"问题事实{ORDER[number]}", f"signals.{signal.key}", signal.message),
        (f"改进措施{ORDER[number]}", f"signals.{signal.key}.measure", signal.measure),
    ):
        if numerals := find_numerals(text):
            yield Phrase(name, key, text.rstrip("。；，"), _plain(numerals[0]), numerals[0].unit, source)


WORK_SHEET = "工作记录"


class _Builder:
    """The phrases of one ledger, group by group."""

    def __init__(self, ledger: LedgerResult) -> None:
        self.ledger = ledger
        self.figures = ledger.figures
        self.flat = ledger.figures.flat()
        self.form = form_for(ledger.figures.year)
        self.matters = matters(self.form)
        self.taken = {*_RESERVED, *(f"{name}{order}" for name in _NUMBERED for order in ORDER)}
        self.taken |= {f"{one.change}增减" for one in self.matters.values() if one.change}
        self.taken |= {phrase.name for _, phrase in self._of("derived")}
        self.taken |= {result_name(phrase.name) for _, phrase in self._of("table4")}

    def phrase(self, name: str, key: str, words: str, zero: str = "") -> Iterator[Phrase]:
        """One phrase; none where the figure is unknown, or zero without a statement for it.

        Its name is taken in either case: a figure that is missing is not to be stood in for.
        """
        self.taken.add(name)
        value = self.flat.get(key)
        if value is None or (value == 0 and (not zero or not self._said(key))):
            return
        unit = words.partition("{}")[2]
        text = words.format(count(value)) if value else zero
        yield Phrase(name, key, text, value, unit, self.source(key))

    def _said(self, key: str) -> bool:
        """Whether the ledger says that there was none: work that nobody wrote down may still have been done."""
        provenance = self.ledger.provenance.get(key)
        return provenance is None or provenance.sheet != WORK_SHEET or bool(provenance.rows)

    def _of(self, table: str) -> list[tuple[Matter, Phrasing]]:
        """The matters of a table that a draft has a phrase for."""
        return [(one, one.phrase) for one in self.matters.values() if one.table == table and one.phrase]

    def _sums(self) -> list[Matter]:
        """The rows of table 2 that are one figure each: decisions and fees."""
        return [one for one, _ in self._of("table2") if main_figure(one, self.form) == one.key]

    def phrased(self, one: Matter) -> Iterator[Phrase]:
        """The phrase of a matter's main figure."""
        if one.phrase:
            yield from self.phrase(one.phrase.name, main_figure(one, self.form), one.phrase.words, one.phrase.zero)

    def source(self, key: str) -> str:
        provenance = self.ledger.provenance.get(key)
        if provenance is None:
            return "台账"
        return f"{provenance.sheet}：{provenance.formula}" if provenance.sheet else provenance.formula

    def period(self) -> Iterator[Phrase]:
        year = self.figures.year
        yield Phrase("年度", "year", f"{year}年", year, "年", "基本信息：报告年度")
        yield Phrase("报告期间", "year.period", f"{year}年1月1日至12月31日", year, "年", "基本信息：报告年度")

    def published(self) -> Iterator[Phrase]:
        for one, _ in self._of("facts"):
            if one.sheet in PUBLICITY:
                yield from self.phrased(one)

    def categories(self) -> Iterator[Phrase]:
        for category in self.figures.facts.get("published_by_category", {}):
            noun = self._free(category_noun(category, self.form), "信息")
            yield from self.phrase(noun, f"facts.published_by_category.{category}", f"{_literal(noun)}{{}}条")

    def media(self) -> Iterator[Phrase]:
        for medium in self.figures.facts.get("media_adopted", {}):
            name = self._free(f"{medium}采用", "信息")
            yield from self.phrase(name, f"facts.media_adopted.{medium}", f"{_literal(name)}{{}}条")

    def _free(self, name: str, suffix: str) -> str:
        """A name of the office's own, lengthened until no other phrase goes by it.

        A 信息类别 may be called 行政许可决定 or 业务培训; its items posted must not pass for the
        decisions of table 2 or the trainings held.
        """
        while name in self.taken:
            name += suffix
        return name

    def decisions(self) -> Iterator[Phrase]:
        for one in self._sums():
            yield from self.phrased(one)

    def documents(self) -> Iterator[Phrase]:
        """制发, 废止, 现行有效 of each kind of document; of those whose record says so also that there were none."""
        for block in self.form.table2:
            for row in block.rows if block.stock else ():
                noun, words, nothing = self.matters[f"table2.{row.key}"].phrase or (row.label, f"{row.label}{{}}件", "")
                for column in block.columns:
                    stock = self.matters[f"table2_columns.{column.key}"].phrase
                    if stock:
                        zero = f"{stock.zero}{nothing}" if nothing else ""
                        yield from self.phrase(
                            f"{stock.name}{noun}", f"table2.{row.key}.{column.key}", f"{stock.words}{words}", zero
                        )

    def applications(self) -> Iterator[Phrase]:
        for one, _ in self._of("table3"):
            yield from self.phrased(one)
        for column in self.form.applicants:
            noun = self.matters[f"applicants.{column.key}"].name
            yield from self.phrase(f"{noun}申请", f"table3.new_received.{column.key}", f"{noun}申请{{}}件")
        for row in self.form.outcomes:
            words = _outcome_words(self.matters[f"table3.{row.key}"])
            yield from self.phrase(words, f"table3.{row.key}.total", f"{words}{{}}件")

    def cases(self) -> Iterator[Phrase]:
        suits = [case.key for case in self.form.cases if case.litigation]
        for one, phrase in self._of("table4"):
            yield from self.phrased(one)
            if one.path == suits[0] and not any(self.flat.get(f"table4.{key}.total") for key in suits):
                yield from self.phrase("行政诉讼案件", f"{one.key}.total", "{}", "未被提起行政诉讼")
            for result in self.form.results[:-1]:
                noun = f"{phrase.name.removesuffix('案件')}{result.label}"
                yield from self.phrase(noun, f"{one.key}.{result.key}", f"{result.label}{{}}件")

    def other_facts(self) -> Iterator[Phrase]:
        for one, _ in self._of("facts"):
            if one.sheet not in PUBLICITY:
                yield from self.phrased(one)

    def fees(self) -> Iterator[Phrase]:
        """The three fee statements of part 六; two of them follow where there was nothing to charge for."""
        for fact, _, unit in self._stated():
            if _FEE_NOTICES.search(fact):
                yield from self.phrase("发出收费通知件数", f"facts.{fact}", "发出收费通知{}件", "发出收费通知0件")
            elif _FEE_DUE.search(fact):
                unit = unit or "元"
                yield from self.phrase("应收信息处理费", f"facts.{fact}", f"应收总金额{{}}{unit}", f"应收总金额0{unit}")
        if not any(
            self.flat.get(f"table3.{row}.total", 1) for row in ("new_received", "carried_in", "total_processed")
        ):
            source = "依申请公开：本年没有申请，没有可以收费的事项"
            yield Phrase("发出收费通知件数", "derived.fee_notices", "发出收费通知0件", 0, "件", source)
            yield Phrase("应收信息处理费", "derived.fee_due_yuan", "应收总金额0元", 0, "元", source)

    def own_facts(self) -> Iterator[Phrase]:
        for name, noun, unit in self._stated():
            if unit and not _FEE_NOTICES.search(name) and not _FEE_DUE.search(name):
                noun = self._free(noun, "情况")
                yield from self.phrase(noun, f"facts.{name}", f"{_literal(noun)}{{}}{unit}", f"{noun}为零")

    def _stated(self) -> Iterator[tuple[str, str, str]]:
        """(fact, its name without the unit, its unit) for the facts that the office named itself."""
        for name, value in self.figures.facts.items():
            if name in facts() or isinstance(value, dict) or value is None or hasattr(value, "items"):
                continue
            yield name, re.sub(r"[（(][^（）()]*[）)]$", "", name), self._unit(name)

    def _unit(self, fact: str) -> str:
        """The unit of a fact that the office named itself; "" where it cannot be told."""
        stated = re.search(rf"[（(](?:单位：)?({_UNITS})[）)]$", fact)
        provenance = self.ledger.provenance.get(f"facts.{fact}")
        if stated:
            return stated[1]
        if "金额" in fact or fact.endswith("费"):
            return "万元" if provenance and "万元" in provenance.formula else "元"
        if fact.endswith("件数"):
            return "件"
        if provenance and (told := re.search(rf"[（(]({_UNITS})[）)]$", provenance.formula)):
            return told[1]
        return "次" if provenance and provenance.sheet == WORK_SHEET else ""

    def joint(self, phrases: dict[str, Phrase]) -> Iterator[tuple[str, str, list[Phrase]]]:
        """Joint phrases: the members in the order in which a report lists them."""

        def members(prefix: str, largest_first: bool = False) -> list[Phrase]:
            found = [p for p in phrases.values() if p.key.startswith(prefix) and p.value]
            return sorted(found, key=lambda p: -p.value) if largest_first else found

        categories = members("facts.published_by_category.", largest_first=True)
        yield "各类别发布情况", "facts.published_by_category", categories
        yield "发布较多的类别", "facts.published_by_category", categories[:5] if len(categories) > 6 else []
        yield "其余类别", "facts.published_by_category", categories[5:] if len(categories) > 6 else []
        for name, moved in category_changes(self.ledger, self.form):
            yield name, "change.facts.published_by_category", moved
        of_table2 = [phrases[one.phrase.name] for one in self._sums() if one.phrase and one.phrase.name in phrases]
        decided = [p for p in of_table2 if p.key.removeprefix("table2.") in decision_rows(self.form)]
        yield "行政执法决定", "table2", [p for p in decided if p.value]
        yield "没有发生的事项", "table2", [p for p in of_table2 if not p.value]
        moved = [phrases[name] for name in ("制发行政规范性文件", "废止行政规范性文件") if name in phrases]
        yield (
            "没有制发废止",
            "table2.normative_documents",
            moved if len(moved) == 2 and not any(p.value for p in moved) else [],
        )
        yield "媒体采用情况", "facts.media_adopted", members("facts.media_adopted.", largest_first=True)
        applicants = [p for p in members("table3.new_received.") if not p.key.endswith(".total")]
        outcomes = self._outcomes(phrases)
        for many, one, key, parts in (
            ("申请人构成", "唯一申请人", "table3.new_received", applicants),
            ("办理结果构成", "唯一办理结果", "table3.total_processed", outcomes),
        ):
            yield many, key, parts if len(parts) > 1 else []
            yield one, key, parts if len(parts) == 1 else []
        for one, phrase in self._of("table4"):
            results = [p for p in members(f"{one.key}.") if not p.key.endswith(".total")]
            yield result_name(phrase.name), one.key, results

    def _outcomes(self, phrases: dict[str, Phrase]) -> list[Phrase]:
        """The outcomes of table 3; more than MOST_OUTCOMES by their groups, as the table has the rows."""
        rows = [row for row in self.form.outcomes if self.flat.get(f"table3.{row.key}.total")]
        by_key = {phrase.key: phrase for phrase in phrases.values()}
        single = [by_key[f"table3.{row.key}.total"] for row in rows]
        if len(rows) <= MOST_OUTCOMES:
            return single
        grouped: dict[str, list[Phrase]] = {}
        for row, phrase in zip(rows, single):
            grouped.setdefault(row.group or row.label, []).append(phrase)
        return [self._group(group, members) for group, members in grouped.items()]

    def _group(self, group: str, members: list[Phrase]) -> Phrase:
        if len(members) == 1:
            return members[0]
        name, value = re.sub(r"^（[一二三四五六七]）", "", group), sum(member.value for member in members)
        keys = "、".join(member.name for member in members)
        key = ".".join(members[0].key.split(".")[:2])
        return Phrase(f"{name}合计", key, f"{name}{count(value)}件", value, "件", f"依申请公开：{keys}之和")


def _listed(members: list[Phrase]) -> str:
    return "、".join(member.text for member in members)


def _idle(members: list[Phrase]) -> str:
    """未作出行政许可决定和行政处罚决定，未实施行政强制: a verb that two share stands once."""
    text = members[0].text
    for before, member in itertools.pairwise(members):
        verb = "未作出"
        shared = before.text.startswith(verb) and member.text.startswith(verb)
        text += f"和{member.text.removeprefix(verb)}" if shared else f"，{member.text}"
    return text


def _only(before: str, suffix: str = "") -> Callable[[list[Phrase]], str]:
    """The words for a breakdown that has a single part: 申请人均为自然人, not 其中自然人申请2件."""
    return lambda members: f"{before}{'均' if members[0].value > 1 else ''}为{members[0].name.removesuffix(suffix)}"


# How a joint phrase reads where it is no plain list of its figures.
_JOINED: dict[str, Callable[[list[Phrase]], str]] = {
    "没有发生的事项": _idle,
    "没有制发废止": lambda members: "未制发、未废止行政规范性文件",
    "唯一申请人": _only("申请人", "申请"),
    "唯一办理结果": _only("办理结果", "合计"),
}


def result_name(case: str) -> str:
    """行政复议案件 → 行政复议结果: the joint phrase of a case's results."""
    return f"{case.removesuffix('案件')}结果"


def _outcome_words(one: Matter) -> str:
    """予以公开, 因属于国家秘密不予公开, 其他处理（…）: an outcome row in running text."""
    if not one.group:
        return one.ledger
    if one.group == "其他处理":
        return f"其他处理（{'其他情形' if one.ledger == '其他' else one.ledger}）"
    return f"因{one.ledger}{one.group}"


def _from_notes(notes: str) -> Iterator[Phrase]:
    """The office's own figures: each clause of its notes with a numeral, word for word."""
    clauses = [clause for sentence in split(notes) for clause in re.split("[，,]", sentence)]
    with_numbers = [clause.strip(" 　。；;！？\n") for clause in clauses if find_numerals(clause)]
    for index, clause in enumerate(with_numbers[: len(ORDER)]):
        numeral = find_numerals(clause)[0]
        yield Phrase(f"补充情况{ORDER[index]}", "notes", clause, _plain(numeral), numeral.unit, "填报人补充说明")


def masked_notes(notes: str) -> str:
    """The notes for a model's eyes: clauses with numerals stand as their placeholders."""
    for phrase in _from_notes(notes):
        notes = notes.replace(phrase.text, f"{{{phrase.name}}}", 1)
    return notes.strip()


def _plain(numeral: Numeral) -> Number:
    """The number of a numeral; 0 for a date and for what is not one number (十余条)."""
    if numeral.unit == "日期" or not numeral.value:
        return 0
    number = Decimal(numeral.value)
    return int(number) if number == number.to_integral_value() else number


def _literal(words: str) -> str:
    """Words that go through str.format unchanged."""
    return words.replace("{", "（").replace("}", "）")
