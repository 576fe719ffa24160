"""The rules as a page for readers, docs/rules.md: made from the declarations, never by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from checks.catalogue import declared
from checks.examples import ORGAN, YEAR, Example, Law
from checks.rule import Rule
from checks.subject import NUMERALS
from forms import Form, all_forms, form_for

SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
TABLES = {"table2": "表二", "table3": "表三", "table4": "表四"}
_FORM = form_for(YEAR)
_LONG = 60  # characters of a text of last year, of which the beginning tells enough
_FEW = 3  # separators of cells that are told with each example; more are told once above all that share them
_HEAD = """# 体检规则

本页由 `python -m checks` 按 `checks/rules/` 中的声明生成，不要手改：改了规则就重新运行，测试会核对本页是否过时。

等级：**错误**是确有矛盾或不合格式，**警告**是多半不对、要人核对的，**提示**是供留意的。依据里的“格式”是报告年度用的格式：
{forms}。例子都是测试：“会提出”的，规则必须提出；“不提出”的，规则不许提出。
例子没有说到的，按一份各项齐全、表格全是 0 的 2024 年度报告。
"""


def manual() -> str:
    """The whole page as Markdown, in Chinese."""
    forms = "，".join(f"{form.document}（{_years(form)}）" for form in all_forms())
    lines = [_HEAD.format(forms=forms), "| 编号 | 规则 | 等级 | 依据 |", "|---|---|---|---|"]
    lines += [f"| {rule.id} | {rule.title} | {_severities(rule)} | {_source(rule)} |" for rule in declared()]
    for rule in declared():
        lines += ["", *_entry(rule)]
    return "\n".join([*lines, "", *_identities(), ""])


def _entry(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.title}"
    yield ""
    yield f"等级：{_severities(rule)}。依据：{_source(rule)}。怎么办：{rule.advice}。"
    yield ""
    given = _given(rule)
    yield from (f"- {name}：{content}" for content, name in given.items())
    for heading, examples in (("会提出", rule.speaks), ("不提出", rule.silent)):
        yield f"- {heading}："
        yield from (f"  - {_told(example, given)}" for example in examples)


def _severities(rule: Rule) -> str:
    return "、".join(SEVERITIES[severity] for severity in rule.severities)


def _source(rule: Rule) -> str:
    return rule.source.replace("{form}", "格式") or "—"


def _years(form: Form) -> str:
    last = f"至 {form.last_report_year} 年度" if form.last_report_year else "年度起"
    return f"{form.first_report_year} {last}"


# --- examples ---------------------------------------------------------------------------------------


def _given(rule: Rule) -> dict[str, str]:
    """What several examples have in common and is long to tell → the name that it goes by in them."""
    examples = (*rule.speaks, *rule.silent)
    tables = Counter(told for one in examples if (told := _cells(one.cells)).count("、") >= _FEW)
    shared = [told for told, times in tables.items() if times > 1]
    laws = dict.fromkeys(told for one in examples if (told := _laws(one.laws) or _numbers(one)))
    return {told: f"表{letter}" for told, letter in zip(shared, "甲乙丙丁戊")} | dict.fromkeys(laws, "已知的法规")


def _told(example: Example, given: Mapping[str, str]) -> str:
    """What an example says, in words."""
    cells = _cells(example.cells)
    told = [*_texts(example), *_frame(example), *([given.get(cells, cells)] if cells else []), *_others(example)]
    return "；".join(told) or "各项齐全的报告"


def _texts(example: Example) -> Iterator[str]:
    texts = {example.part: example.text} if example.text else {}
    for place, text in texts.items():
        yield f"“{_line(text)}”" if place == 0 else f"第{NUMERALS[place]}部分“{_line(text)}”"
    for place, text in example.parts.items():
        yield f"第{NUMERALS[place]}部分{f'只有“{_line(text)}”' if text else '是空的'}"


def _line(text: str) -> str:
    return text.strip().replace("\n", " / ").replace("“", "‘").replace("”", "’")


def _frame(example: Example) -> Iterator[str]:
    if example.source != Example.source:
        yield f"文件 {example.source}"
    if example.org != ORGAN:
        yield f"机关“{example.org}”" if example.org else "没有写机关"
    if example.year != Example.year:
        yield f"{example.year} 年度"
    if example.form:
        yield f"表格用 {example.form} 年的格式"
    if example.title:
        yield f"标题“{example.title}”"
    if example.signed or example.unsigned:
        yield f"落款 {example.signed}" if example.signed else "没有落款日期"
    if example.posted:
        yield f"网页上的发布日期 {example.posted}"
    yield from (f"第{NUMERALS[place]}部分的标题是“{words}”" for place, words in example.headings.items())
    yield from (f"没有{_place(key)}" for key in example.missing)
    yield from (f"读入时的说明“{_line(note.text)}”" for note in example.notes)


def _others(example: Example) -> Iterator[str]:
    if example.last_org:
        yield f"上年的文件是“{example.last_org}”的"
    if example.last_text:
        text = _line(example.last_text)
        yield f"上年报告写“{text[:_LONG]}{'…' if len(text) > _LONG else ''}”"
    if example.last_cells is not None:
        yield f"上年{_cells(example.last_cells) or '各格都是 0'}"
    if example.ledger is not None:
        yield f"台账{_cells(example.ledger)}"
    yield from _layout(example)
    yield from (f"{what}是 {year} 年的" for what, year, _ in example.stale)


def _numbers(example: Example) -> str:
    return "；".join(f"{number}是《{one.title}》" for number, one in example.numbers.items())


def _layout(example: Example) -> Iterator[str]:
    """How the pages of an example are laid out, in words."""
    if example.layout is None:
        return
    for page in example.layout.pages:
        sides = f"上 {page.top:g} 下 {page.bottom:g} 左 {page.left:g} 右 {page.right:g}"
        number = (
            f"{page.number_size:g} 磅{'有' if page.number_dashes else '没有'}一字线的" if page.number_size else "没有"
        )
        yield f"纸张 {page.width:g}×{page.height:g} 毫米，页边距{sides}，{number}页码"
    letters = {"标题": example.layout.title, "正文": example.layout.body}
    letters |= {f"{level} 级标题": one for level, one in example.layout.headings.items()}
    told = [
        f"{name}{one.font or '没有写明字体'} {one.size:g} 磅行距 {one.pitch:g}" for name, one in letters.items() if one
    ]
    yield "、".join(told)
    yield from (f"没有框线的表格“{text}”" for text in example.layout.bare)


def _cells(cells: Mapping[str, Any]) -> str:
    """Cells with what stands in them; of table 3 without those of 自然人 that equal their 总计."""
    shown = [key for key in cells if cells.get(f"{key.removesuffix('.natural_person')}.total", cells) != cells[key]]
    return "、".join(f"{_FORM.where(key)}为 {'空白' if cells[key] is None else cells[key]}" for key in shown)


def _place(key: str) -> str:
    """A table, or a row of one, in words."""
    table, _, row = key.partition(".")
    rows = {
        "table3": {one.key: one.label for one in _FORM.rows},
        "table4": {one.key: one.ledger for one in _FORM.cases},
    }
    rows["table2"] = {one.key: one.label for block in _FORM.table2 for one in block.rows}
    return f"{TABLES[table]}“{rows[table][row]}”一行" if row else TABLES[table]


def _laws(laws: Mapping[str, Law]) -> str:
    told = []
    for title, law in laws.items():
        ended = f"，{law.ends} 废止，由《{law.successor}》取代" if law.successor else ""
        articles = f"，共 {law.articles} 条" if law.articles else ""
        told.append(f"《{title}》{law.begins} 起施行{ended}{articles}")
    return "；".join(told)


# --- identities -------------------------------------------------------------------------------------


def _identities() -> Iterator[str]:
    """The sums that T3-ROW, T3-SUM, T3-BAL, T4-SUM and X-STOCK test, as each form defines them."""
    yield "## 勾稽关系\n\n台账算出的表和体检的表用同一组关系，都写在格式的定义（`knowledge/forms/`）里。"
    for form in all_forms():
        yield f"\n{form.document}，{_years(form)}：\n\n| 编号 | 在哪里 | 关系 |\n|---|---|---|"
        for one in form.identities:
            place = f"{TABLES[one.table]}每一{'行' if one.each == 'row' else '列'}"
            yield f"| {one.rule} | {place} | {one.left_name}＝{one.right_name} |"
        carried = [form.row(role).label for role in ("carried_in", "carried_out")]
        yield f"| X-CARRY | 表三每一列 | 本年“{carried[0]}”＝上年“{carried[1]}” |"
        for block in form.table2:
            if block.stock:
                labels = {column.key: column.label for column in block.columns}
                closing, added, removed = (
                    labels[key] for key in (block.stock.closing, block.stock.added, block.stock.removed)
                )
                rows = "、".join(row.label for row in block.rows)
                yield f"| X-STOCK | 表二{rows} | “{closing}”＝上年“{closing}”＋“{added}”－“{removed}” |"
