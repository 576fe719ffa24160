"""Our own figures, told with where each comes from: computed, published, or told by a report.

Nothing here is guessed: a year or figure that is not held is said to be missing, beside those that
are; words that may mean several figures are answered with each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from answering.figures.catalogue import Figure, part_names
from answering.figures.narrative import Stated, stated_in_report
from answering.figures.organ import same
from answering.figures.question import FigureQuestion
from answering.knowledge import Knowledge
from domain import Answer, Citation, Hit, Note, Number, Provenance, YearFigures
from forms import form_for, form_of

ROWS_NAMED = 8
MONEY = ("钱", "元", "万", "万元")
WHAT_TO_DO = "可以在提问时附上该年度的台账，或把该年度的报告收入知识库"


@dataclass(frozen=True)
class Value:
    """A figure of one organ and year; ``source`` says in words where it comes from, ``parts`` what it is the sum of."""

    number: Number
    source: str
    detail: str = ""
    told: Stated | None = None
    parts: tuple[tuple[str, Number], ...] = ()


@dataclass
class CitedPassages:
    """The passages cited so far, numbered from 1."""

    hits: list[Hit] = field(default_factory=list)

    def marker(self, hit: Hit) -> str:
        if hit not in self.hits:
            self.hits.append(hit)
        return f"[{self.hits.index(hit) + 1}]"

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(Citation(number, hit) for number, hit in enumerate(self.hits, start=1))


def answer_figures(questions: Sequence[FigureQuestion], held: Sequence[YearFigures], knowledge: Knowledge) -> Answer:
    """The answer to questions for figures; refused where none of them can be answered."""
    sources, lines, found = CitedPassages(), [], False
    for question in questions:
        told_lines, some = _answered(question, held, knowledge, sources)
        lines += told_lines
        found = found or some
    notes = (Note("by-program", "数字由程序从台账和已发布的报告中取得，没有经过语言模型"),) if found else ()
    return Answer("\n".join(lines), "figures", not found, sources.citations, notes)


def _answered(
    question: FigureQuestion, held: Sequence[YearFigures], knowledge: Knowledge, sources: CitedPassages
) -> tuple[list[str], bool]:
    if not question.figures:
        return ["没有说明问的是哪一项数字，请连同年度和事项一起问，例如“2023年行政许可多少件，比上年多多少？”。"], False
    if question.elsewhere:
        return [_not_ours(question.elsewhere, held)], False
    orgs = _organs(question, held)
    years = _years_asked(question, held, orgs)
    lines, missing, found = [], [], False
    for org in orgs:
        for year in years:
            values = [(figure, _value(figure, year, org, held, knowledge)) for figure in question.figures]
            missing += [(figure, year, org) for figure, value in values if value is None]
            known = [(figure, value) for figure, value in values if value is not None]
            for figure, value in known:
                lines += _told(
                    question,
                    figure,
                    year,
                    org,
                    value,
                    held,
                    knowledge,
                    sources,
                    named=len(orgs) > 1 or bool(question.org),
                )
            if question.together and not question.alike and len(known) == len(values):
                lines += _sum(known)
            found = found or bool(known)
    if found and question.unit:
        what = "的金额" if question.unit in MONEY else f"以“{question.unit}”计的数字"
        lead = f"没有这一项{what}，最接近的是："
    elif found and question.narrower:
        lead = f"没有单独统计“{''.join(question.narrower)}”的数字，最接近的是："
    elif found and question.alike and len(question.figures) > 1:
        lead = "问题可能指下面几个数字中的一个，请对照："
    else:
        lead = ""
    absent = [] if question.alike and found else _absent(missing, held)
    return ([lead] if lead else []) + lines + absent, found


def _told(
    question: FigureQuestion,
    figure: Figure,
    year: int,
    org: str,
    value: Value,
    held: Sequence[YearFigures],
    knowledge: Knowledge,
    sources: CitedPassages,
    named: bool,
) -> list[str]:
    """The sentence of one figure, and where it comes from."""
    label, unit = _naming(figure, value, held)
    whose = org if named else ""
    sentence = f"{whose}{year}年{label}{_number(value.number)}{unit}"
    if value.detail and value.detail != _number(value.number):
        sentence += f"：{value.detail}"
    if value.parts:
        sentence += f"（{'、'.join(f'{name}{_number(number)}{unit}' for name, number in value.parts)}）"
    origin = [_origin(value, sources)]
    if question.share and figure.whole:
        sentence += _share(figure, year, org, value, held, knowledge)
    if question.compare and (question.base or len(question.years) < 2 or year > min(question.years)):
        base = question.base or year - 1
        before = _value(figure, base, org, held, knowledge)
        if before is None:
            sentence += f"；没有{base}年的这项数字，无法比较"
        else:
            sentence += _difference(value.number, before.number, unit, base)
            origin.append(f"{base}年的数字{_origin(before, sources)}")
    return [f"{sentence}。", f"来源：{'；'.join(origin)}。"]


def _sum(known: Sequence[tuple[Figure, Value]]) -> list[str]:
    """Several figures of one unit added up; nothing where they are not alike or one holds the other."""
    units = {figure.unit for figure, _ in known}
    keys = [key for figure, _ in known for key in figure.keys]
    tables = {key.rpartition(".")[0] if key.startswith("facts.") else key.partition(".")[0] for key in keys}
    if len(known) < 2 or len(units) > 1 or len(tables) > 1 or len(set(keys)) < len(keys):
        return []
    numbers = [value.number for _, value in known]
    return [f"以上{len(numbers)}项合计{_number(sum(numbers))}{units.pop()}（{'＋'.join(map(_number, numbers))}）。"]


def _not_ours(names: Sequence[str], held: Sequence[YearFigures]) -> str:
    """Another organ is named: its figures are not held, and no other's are given for them."""
    orgs = "、".join(dict.fromkeys(one.org for one in held if one.org))
    return f"没有找到“{'”“'.join(names)}”的数字，{f'已有数字的单位是：{orgs}' if orgs else '还没有任何台账或报告'}。"


def _value(figure: Figure, year: int, org: str, held: Sequence[YearFigures], knowledge: Knowledge) -> Value | None:
    """Computed before published before told."""
    ours = sorted((one for one in held if one.year == year and same(one.org, org)), key=lambda one: not one.computed)
    for one in ours:
        if (value := _held_value(figure, one)) is not None:
            return value
    found = stated_in_report(figure, year, org, knowledge)
    return Value(found.value, f"《{found.hit.title}》的叙述", told=found) if found else None


def _held_value(figure: Figure, year: YearFigures) -> Value | None:
    derived = {fact.key: fact for fact in year.derived}
    if figure.keys[0] in derived:
        fact = derived[figure.keys[0]]
        return Value(fact.value, _traced([fact.provenance], year), fact.detail)
    keys = [key for wanted in figure.keys for key in _matching(wanted, year)]
    if not keys or any(key not in year.figures for key in keys):
        return None
    total = sum(year.figures[key] for key in keys)
    parts = (
        tuple(
            (name, year.figures[key])
            for name, key in zip(part_names(keys, form_of("", year.year)), keys)
            if year.figures[key]
        )
        if len(keys) > 1
        else ()
    )
    if year.computed:
        beside = derived.get(figure.keys[0].replace("facts.", "derived."))  # the days of the briefings heard
        detail = beside.detail if beside and beside.value == total else ""
        return Value(
            total, _traced([year.provenance[key] for key in keys if key in year.provenance], year), detail, parts=parts
        )
    form = form_for(year.year)
    places = (
        "、".join(dict.fromkeys(form.where(key) for key in keys))
        if len(keys) <= 3
        else f"{form.where(keys[0])}等{len(keys)}格相加"
    )
    return Value(total, f"《{year.source}》{places}", parts=parts)


def _matching(wanted: str, year: YearFigures) -> list[str]:
    """``facts.media_adopted.*`` stands for every member; a key for itself."""
    if not wanted.endswith("*"):
        return [wanted]
    return [key for key in year.figures if key.startswith(wanted[:-1])]


def _traced(provenances: Sequence[Provenance], year: YearFigures) -> str:
    """In words: the ledger, its sheet, how it was counted and the rows."""
    ledger = f"台账“{year.source}”" if year.source else "台账"
    if not provenances:
        return ledger
    sheets = "、".join(f"“{sheet}”" for sheet in dict.fromkeys(one.sheet for one in provenances) if sheet)
    formulas = list(dict.fromkeys(one.formula for one in provenances))
    how = (
        formulas[0]
        if len(formulas) == 1
        else f"{len(formulas)}项相加：{'；'.join(formulas[:3])}" + ("等" if len(formulas) > 3 else "")
    )
    rows = sorted({row for one in provenances for row in one.rows})
    named = "、".join(map(str, rows[:ROWS_NAMED])) + ("等" if len(rows) > ROWS_NAMED else "")
    which = f"共{len(rows)}行（第{named}行）" if rows else "没有符合的行，记为0"
    return f"{ledger}工作表{sheets}，{how}，{which}"


def _origin(value: Value, sources: CitedPassages) -> str:
    if value.told is None:
        return value.source
    return f"{value.source}：“{value.told.quote}”{sources.marker(value.told.hit)}"


def _difference(now: Number, before: Number, unit: str, base: int) -> str:
    """比2022年的30件增加8件，增长26.67%: exact, two places, half up (of the absolute value)."""
    change = Decimal(now) - Decimal(before)
    said = f"，{base}年为{_number(before)}{unit}，"
    if not change:
        return f"{said}两年持平"
    more, grew = ("增加", "增长") if change > 0 else ("减少", "下降")
    said += f"{more}{_number(abs(change))}{unit}"
    if not before:
        return f"{said}（上年为零，不计算增幅）" if base else said
    return f"{said}，{grew}{percent(abs(change), before)}%"


def percent(part: Number, whole: Number) -> Decimal:
    """``part`` of ``whole`` (not 0) in per cent, two places, half up."""
    exact = Fraction(part) * 10000 / Fraction(whole)
    return Decimal(int(exact + Fraction(1, 2))).scaleb(-2)


def _share(figure: Figure, year: int, org: str, value: Value, held: Sequence[YearFigures], knowledge: Knowledge) -> str:
    whole = _value(Figure("", "", figure.whole), year, org, held, knowledge)
    if whole is None or not whole.number:
        return ""
    return f"，占总数{_number(whole.number)}{figure.unit}的{percent(value.number, whole.number)}%"


def _naming(figure: Figure, value: Value, held: Sequence[YearFigures]) -> tuple[str, str]:
    """Label and unit; a derived fact brings its own."""
    for year in held:
        for fact in year.derived:
            if fact.key == figure.keys[0]:
                return fact.label, fact.unit
    return figure.label, figure.unit


def _organs(question: FigureQuestion, held: Sequence[YearFigures]) -> list[str]:
    """Whose figures: the organ named, else that of the ledger, else every organ held."""
    if question.org:
        return [question.org]
    if computed := [one for one in held if one.computed]:
        return [max(computed, key=lambda one: one.year).org]
    return list(dict.fromkeys(one.org for one in held)) or [""]


def _years_asked(question: FigureQuestion, held: Sequence[YearFigures], orgs: Sequence[str]) -> list[int]:
    years = sorted({one.year for one in held if any(same(one.org, org) for org in orgs)})
    if question.every:
        return years[-question.every :]
    if question.years:
        return list(question.years)
    computed = [one.year for one in held if one.computed and any(same(one.org, org) for org in orgs)]
    return [max(computed)] if computed else years[-1:]


def _absent(missing: Sequence[tuple[Figure, int, str]], held: Sequence[YearFigures]) -> list[str]:
    """What is not held, and which years are."""
    if not missing and held:
        return []
    years = "、".join(f"{year}年" for year in sorted({one.year for one in held}, reverse=True))
    if not years:
        return [f"没有找到可以回答的数字：还没有任何年度的台账或报告。{WHAT_TO_DO}。"]
    lines = []
    for year in dict.fromkeys(year for _, year, _ in missing):
        labels = "、".join(dict.fromkeys(figure.label or "这项数字" for figure, of, _ in missing if of == year))
        if any(one.year == year for one in held):
            lines.append(f"没有找到{year}年“{labels}”的数字：台账和报告都没有这一项。")
        else:
            lines.append(f"没有找到{year}年的数字（{labels}），已有的年度是：{years}。{WHAT_TO_DO}。")
    return lines


def _number(number: Number) -> str:
    plain = format(Decimal(number), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
