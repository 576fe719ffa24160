"""A collection as HTML: the organs' table, the questions, the totals with who gives what, files and versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from domain import plain_numbers
from report.layout import Cell, table_grids
from ui import panels

STATES = ("未交", "待定", "退回", "已交", "通过")
_SIGNS = {"未交": "○", "待定": "？", "退回": "✗", "已交": "▲", "通过": "✓"}
_STAYS = 8  # organs named of a paragraph that they share
_TABLES = ("table2", "table3", "table4")


def stands(collection: Any, organs: int) -> str:
    """How many organs are in which state, and what is still open."""
    counts = {state: len(collection.of(state)) for state in STATES}
    said = "，".join(f"{state} {count}" for state, count in counts.items() if count)
    late = sum(bool(one.late) for one in collection.organs)
    failed = sum(check.status == "fail" for check in collection.checks)
    more = f"；逾期 {late}" if late else ""
    more += f"；？ 有 {len(collection.open)} 个问题要您答复" if collection.open else ""
    more += f"；✗ 有 {failed} 处核对不符" if failed else ""
    day = collection.deadline
    return (
        f'<p role="status" class="stands"><strong>{collection.year} 年度，{organs} 个单位：{said}</strong>{more}'
        f"<small>各单位应在 {day.year} 年 {day.month} 月 {day.day} 日前提交（条例第四十九条）</small></p>"
    )


def organs_table(collection: Any, state: str = "") -> str:
    """A line an organ, the organ a button that opens it; ``state`` shows those in one state alone."""
    shown = [one for one in collection.organs if not state or one.status == state]
    if collection.government and not state:
        shown = [*shown, collection.government]
    shared = {org: 0 for one in collection.copied for org in one.orgs}
    for one in collection.copied:
        for org in one.orgs:
            shared[org] += 1
    if not shown:
        return panels.empty(f"没有“{state}”的单位。" if state else "名单里没有单位。")
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("单位", "状态", "错误", "疑问", "报告日期", "与上年相同", "与别家相同", "文件")
    )
    rows = "".join(_organ(one, shared.get(one.org, 0), one is collection.government) for one in shown)
    return (
        '<div class="scroll organs" role="region" tabindex="0" aria-label="各单位"><table class="held">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _organ(one: Any, shared: int, government: bool) -> str:
    day = one.day.isoformat() if one.day else "没有日期" if one.file else ""
    late = ' <b class="fail">逾期</b>' if one.late else ""
    like = "—" if one.likeness is None else f"{one.likeness:.0%}"
    counts = [str(len(one.errors)), str(len(one.questions))] if one.file else ["", ""]
    said = f"{_SIGNS[one.status]} {one.status}" + ("（审核）" if one.verdict else "")
    mark = "（政府报告）" if government else ""
    cells = [
        f'<td class="state" data-state="{one.status}">{said}</td>',
        *(f'<td class="number">{count}</td>' for count in counts),
        f"<td>{day}{late}</td>",
        f'<td class="number">{like if one.file else ""}</td>',
        f'<td class="number">{f"{shared}段" if shared else ""}</td>',
        f'<td class="file">{escape(one.file)}</td>',
    ]
    name = escape(one.org)
    return f'<tr><td><button type="button" data-send="{name}">{name}</button>{mark}</td>{"".join(cells)}</tr>'


def questions(collection: Any) -> str:
    """The questions about the files with their choices, and the files that count for nobody."""
    asked = "".join(
        f'<section data-question><p>{escape(one.text)}</p><p><label>答复 <select name="{escape(one.id)}">'
        f'<option value="">请选择</option>{"".join(_option(choice) for choice in one.choices)}</select></label></p></section>'
        for one in collection.open
    )
    unread = [one for one in collection.unmatched if not one.question]
    lines = "".join(f"<li>{escape(one.file)}：{escape(one.reason)}</li>" for one in unread)
    aside = f'<p><strong>没有计入的文件</strong></p><ul class="remarks unmatched">{lines}</ul>' if lines else ""
    if not asked:
        return aside
    return (
        f'<div class="intake"><p role="status"><strong>有 {len(collection.open)} 个问题要您答复；答复以前不计入任何单位。</strong></p>'
        f'{asked}<p class="does"><button type="button" class="main" data-collect="answers">答复</button></p></div>{aside}'
    )


def _option(choice: Any) -> str:
    return f'<option value="{escape(choice.key)}">{escape(choice.label)}</option>'


def totals(collection: Any) -> str:
    """Tables 2 to 4 as sums, each figure a button that asks for the organs behind it; what does not add up."""
    sums = collection.totals
    if not any(one.report for one in collection.organs) and not any(sums.contributors.values()):
        return panels.empty("还没有计入合计的单位。")
    grids = table_grids(sums.tables, sums.form)
    keyed = table_grids({name: _keys(name, sums.tables[name]) for name in _TABLES}, sums.form)
    parts = []
    for name in _TABLES:
        grid = grids[name]
        keys = {(cell.row, cell.column): cell.text for cell in keyed[name].cells if not cell.heading}
        rows = "".join(f"<tr>{''.join(_cell(cell, keys, sums.unknown) for cell in row)}</tr>" for row in grid.rows())
        label = escape(f"{grid.caption}（汇总）")
        parts.append(
            f'<h3>{label}</h3><div class="table" role="region" tabindex="0" aria-label="{label}">'
            f'<table aria-label="{label}">{rows}</table></div>'
        )
    return f'<div class="statutory">{_checks(collection)}{"".join(parts)}</div>'


def _keys(name: str, table: Any) -> Any:
    if isinstance(table, Mapping):
        return {key: _keys(f"{name}.{key}", value) for key, value in table.items()}
    return name


def _cell(cell: Cell, keys: Mapping[tuple[int, int], str], unknown: Mapping[str, Any]) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    if cell.heading:
        return f"<th{spans}>{escape(cell.text)}</th>"
    key = keys.get((cell.row, cell.column), "")
    if not cell.text or not key:
        return f"<td{spans}>{escape(cell.text)}</td>"
    mark = "*" if key in unknown else ""
    return f'<td{spans}><button type="button" data-send="{escape(key)}" title="是哪几个单位的">{escape(cell.text)}{mark}</button></td>'


def _checks(collection: Any) -> str:
    """What fails or has to be looked at, then what does not add up by its nature."""
    told = [check for check in collection.checks if check.status in ("fail", "uncertain")]
    passed = sum(check.status == "pass" for check in collection.checks)
    lines = "".join(
        f'<li class="{"fail" if check.status == "fail" else ""}">{"✗" if check.status == "fail" else "？"} '
        f"{escape(check.where)}：{escape(check.message)}</li>"
        for check in told
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in collection.notes)
    said = f'<ul class="remarks">{lines}</ul>' if lines else f'<p class="pass">✓ {passed} 项核对全部相符。</p>'
    return said + (f'<p><strong>说明</strong></p><ul class="remarks">{notes}</ul>' if notes else "")


def behind(collection: Any, key: str) -> str:
    """The organs behind a sum, the largest first; those without a number are told, never counted as 0."""
    sums = collection.totals
    given = sorted(sums.contributors.get(key, {}).items(), key=lambda one: -one[1])
    rows = "".join(
        f"<tr><th scope='row'>{escape(org)}</th><td>{plain_numbers(value)}</td></tr>" for org, value in given
    )
    zero = [
        one.org
        for one in collection.organs
        if one.report and one.org not in dict(given) and one.org not in sums.unknown.get(key, ())
    ]
    said = f"<p>报0的 {len(zero)} 个单位：{escape('、'.join(zero))}</p>" if zero else ""
    if unknown := sums.unknown.get(key):
        said += f'<p class="fail">没有数字、没有计入的：{escape("、".join(unknown))}</p>'
    return (
        '<section class="explained" aria-label="是哪几个单位的"><button type="button" class="shut" data-send="">关闭</button>'
        f"<h3>{plain_numbers(sums.figures.get(key, 0))}<small>{escape(sums.form.where(key))}</small></h3>"
        f'<div class="table" role="region" tabindex="0" aria-label="各单位的数"><table aria-label="各单位的数"><thead><tr><th scope="col">单位</th>'
        f'<th scope="col">数</th></tr></thead><tbody>{rows}</tbody></table></div>{said}</section>'
    )


def copies(collection: Any) -> str:
    """The paragraphs that organs have in common."""
    if not collection.copied:
        return panels.empty("没有发现几个单位相同的段落。")
    lines = "".join(
        f"<li><strong>{escape('、'.join(one.orgs[:_STAYS]))}{'等' if len(one.orgs) > _STAYS else ''}</strong>（{one.share:.0%}以上相同）"
        f"：“{escape(one.text)}……”<br><small>{escape('；'.join(f'{org} {where}' for org, where in one.places))}</small></li>"
        for one in collection.copied
    )
    return f'<ul class="remarks shared">{lines}</ul>'


def files(held: Sequence[Any], may_change: bool) -> str:
    """Every file that came; those set aside stay listed."""
    if not held:
        return panels.empty("还没有收到文件。")
    rows = "".join(_file(one, may_change) for one in reversed(held))
    return (
        '<div class="scroll" role="region" tabindex="0" aria-label="收到的文件"><table class="held"><thead><tr><th scope="col">文件</th>'
        f'<th scope="col">收到</th><th scope="col">谁交的</th><th scope="col">现在</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _file(one: Any, may_change: bool) -> str:
    now = f"不用：{one.aside}" if one.aside else "在用"
    do = ("back", "重新使用") if one.aside else ("aside", "不用这份")
    button = f' <button type="button" data-send="{do[0]} {one.id}">{do[1]}</button>' if may_change else ""
    who = f"{one.org} {one.by}".strip()
    return (
        f"<tr><td>{escape(one.name)}</td><td>{one.at.astimezone():%m-%d %H:%M}</td><td>{escape(who)}</td>"
        f"<td>{escape(now)}{button}</td></tr>"
    )


def versions(held: Iterable[Any]) -> str:
    """The versions of one organ's report that counted, with what was said of each."""
    lines = "".join(
        f"<li>{one.at.astimezone():%Y-%m-%d %H:%M} <strong>{escape(one.status)}</strong> {escape(one.source)}"
        f"{f'（{escape(one.by)}：{escape(one.note)}）' if one.note else ''} <small>{one.digest[:8]}</small></li>"
        for one in held
    )
    return (
        f'<details class="versions" open><summary>各次的版本和处理</summary><ul class="remarks">{lines}</ul></details>'
        if lines
        else ""
    )


def head(one: Any, collection: Any) -> str:
    """What an opened organ begins with."""
    facts = [f"状态：{_SIGNS[one.status]} {one.status}" + ("（审核人员）" if one.verdict else "")]
    if one.remark:
        facts.append(f"意见：{one.remark}")
    if one.file:
        facts.append(f"文件：{one.file}")
    facts += one.notes
    mine = [shared for shared in collection.copied if one.org in shared.orgs]
    facts += [
        f"与{'、'.join(org for org in shared.orgs if org != one.org) or '别的单位'}相同：“{shared.text}……”"
        for shared in mine
    ]
    lines = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return f'<div class="opened"><h3>{escape(one.org)}</h3><ul class="remarks">{lines}</ul></div>'


def doing(said: str, done: int = 0, total: int = 0) -> str:
    """What is being done, and how far it is."""
    bar = f'<progress max="{total}" value="{done}" aria-label="进度"></progress>' if total else ""
    return f'<p role="status" class="doing">{said}</p>{bar}'
