"""反馈单: a letter to each organ with what was found in its report, and a summary for the leader, as .docx.

Legal source: 条例第四十九、五十条. A letter says what is wrong in plain words, where, by which rule, and what to do; it
makes no finding of its own, and what a reviewer dismissed is not in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from docx import Document

from collecting.charts import Bars, add_chart
from collecting.collection import MISSING, OPEN, PASSED, RETURNED, STATES, Collection, OrganReport, government_deadline
from collecting.organs import kind_of
from domain import Finding
from report.page_format import CELL, SIGNATURE, lay_out

OFFICE = "政府信息公开工作主管部门"
_COMMONEST = 8
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def letters(collection: Collection, issued: date, office: str = OFFICE) -> dict[str, bytes]:
    """File name → .docx: a letter for each organ that has something to do or has passed, and 汇总.docx."""
    made: dict[str, bytes] = {}
    for one in (*collection.organs, *([collection.government] if collection.government else [])):
        name, content = letter(collection, one, issued, office)
        made[name] = content
    return made | {"汇总.docx": summary(collection, issued, office)}


def letter(collection: Collection, one: OrganReport, issued: date, office: str = OFFICE) -> tuple[str, bytes]:
    """File name and .docx of the letter to one organ."""
    return f"{_FORBIDDEN.sub('_', one.org)}-反馈单.docx", _letter(collection, one, issued, office)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """One zip of all letters."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def _letter(collection: Collection, one: OrganReport, issued: date, office: str) -> bytes:
    year = collection.year
    title = f"{year}年政府信息公开工作年度报告反馈单"
    document = Document()
    lay_out(document, title, office)
    document.add_paragraph(title, style="Title")
    _text(document, "")
    document.add_paragraph(f"{one.org}：", style="Body Text").paragraph_format.first_line_indent = 0
    for text in _opening(collection, one):
        _text(document, text)
    if one.remark:
        _text(document, f"审核意见：{one.remark}{'' if one.remark[-1] in '。！？' else '。'}")
    copied = [shared for shared in collection.copied if one.org in shared.orgs]
    number = iter("一二三四五六七")
    if one.errors:
        document.add_paragraph(f"{next(number)}、应当改正的", style="Heading 1")
        _findings(document, one.errors)
    if one.questions:
        document.add_paragraph(f"{next(number)}、请核实的", style="Heading 1")
        _findings(document, one.questions)
    if copied:
        document.add_paragraph(f"{next(number)}、与其他单位相同的段落", style="Heading 1")
        for at, shared in enumerate(copied, start=1):
            others = "、".join(f"{org}（{where}）" for org, where in shared.places if org != one.org) or "其他单位"
            own = next(where for org, where in shared.places if org == one.org)
            _text(
                document,
                f"{at}.{own}{f'“{shared.text}……”' if shared.text else ''}与{others}有{shared.share:.0%}以上的文字相同。请按本单位的实际情况改写。",
            )
    if notes := [note for note in one.notes if note]:
        document.add_paragraph(f"{next(number)}、读入时的说明", style="Heading 1")
        for note in notes:
            _text(document, f"{note}。" if note[-1] not in "。！？" else note)
    _signed(document, office, issued)
    return _bytes(document)


def _opening(collection: Collection, one: OrganReport) -> Iterable[str]:
    last = government_deadline(collection.year) if one is collection.government else collection.deadline
    source = "《中华人民共和国政府信息公开条例》第四十九条"
    if one.status == MISSING:
        yield f"你单位{collection.year}年政府信息公开工作年度报告尚未收到。按照{source}，应当在{_said(last)}前提交并向社会公布，请尽快报送。"
        return
    if one.status == OPEN:
        asked = [
            question
            for question in collection.open
            if any(one.org == choice.key for choice in question.choices) or one.org in question.text
        ]
        yield f"收到的文件还不能认定为你单位{collection.year}年的报告，没有计入汇总，请书面说明后重新报送。"
        yield from (f"需要说明：{question.text}" for question in asked)
        return
    day = f"，报告日期为{_said(one.day)}" if one.day else "，报告没有写日期"
    late = f"，晚于{source}规定的{_said(last)}" if one.late else ""
    yield f"你单位{collection.year}年政府信息公开工作年度报告（{one.file}）已收到{day}{late}。"
    if one.status == RETURNED:
        counted = [f"{len(one.errors)}处应当改正"] * bool(one.errors) + [f"{len(one.questions)}处请核实"] * bool(
            one.questions
        )
        said = f"有{'、'.join(counted)}，" if counted else ""
        yield f"经核对，{said}现予退回，请在收到之日起5个工作日内改正后重新报送并更新公开的文本。"
    elif one.status == PASSED:
        found = len(one.errors) + len(one.questions)
        yield f"经审核予以通过，以下{found}处供参考。" if found else "经核对，没有发现需要改正的问题。"
    else:
        yield f"经核对，没有必须改正的错误，有{len(one.questions)}处请核实；核实无误的书面说明即可。"


def _findings(document, findings: Sequence[Finding]) -> None:
    for at, finding in enumerate(findings, start=1):
        place = "" if finding.message.startswith(finding.where) else f"{finding.where}："
        said = f"{at}.{place}{finding.message}"
        _text(document, said if said[-1] in "。！？" else f"{said}。")
        if finding.excerpt and finding.excerpt not in finding.message:
            _text(document, f"原文：{finding.excerpt}")
        for label, text in (("依据", finding.law), ("怎样处理", finding.advice), ("改法", str(finding.mend or ""))):
            if text:
                _text(document, f"{label}：{text}{'' if text[-1] in '。！？' else '。'}")


def summary(collection: Collection, issued: date, office: str = OFFICE) -> bytes:
    """For the leader: how many on time, the commonest faults, by kind of organ, what is still to do; with charts."""
    title = f"{collection.year}年政府信息公开工作年度报告收集审核情况"
    document = Document()
    lay_out(document, title, office)
    document.add_paragraph(title, style="Title")
    _text(document, "")
    organs = collection.organs
    came = [one for one in organs if one.file]
    on_time, late = sum(one.late is False for one in came), [one.org for one in came if one.late]
    document.add_paragraph("一、报送情况", style="Heading 1")
    _text(
        document,
        f"应报送{len(organs)}个单位，已报送{len(came)}个，其中按期{on_time}个、逾期{len(late)}个、"
        f"没有写日期{len(came) - on_time - len(late)}个。",
    )
    for state in (MISSING, OPEN):
        if names := [one.org for one in collection.of(state)]:
            _text(
                document, f"{'尚未报送' if state == MISSING else '有文件待认定'}的{len(names)}个：{'、'.join(names)}。"
            )
    if late:
        _text(document, f"逾期的{len(late)}个：{'、'.join(late)}。")
    add_chart(document, Bars("各单位报告的状态", "个", [(state, len(collection.of(state))) for state in STATES]))
    document.add_paragraph("二、审核情况", style="Heading 1")
    errors, questions = sum(len(one.errors) for one in came), sum(len(one.questions) for one in came)
    _text(
        document,
        f"退回{len(collection.of(RETURNED))}个，通过{len(collection.of(PASSED))}个；共有错误{errors}处、疑问{questions}处。",
    )
    common = commonest(came)
    if common:
        said = "；".join(f"{name}（{organs}个单位，{count}处）" for name, organs, count in common)
        _text(document, f"最常不符合的要求：{said}。")
        add_chart(document, Bars("最常不符合的要求涉及的单位", "个", [(name, organs) for name, organs, _ in common]))
    _by_kind(document, came)
    document.add_paragraph("三、汇总核对", style="Heading 1")
    for check in collection.checks:
        if check.status in ("fail", "uncertain"):
            _text(document, f"{check.where}：{check.message}。")
    if all(check.status not in ("fail", "uncertain") for check in collection.checks):
        _text(document, "各表的勾稽关系全部成立，没有发现差额。")
    for note in collection.notes:
        _text(document, f"{note}。")
    if collection.copied:
        document.add_paragraph("四、相同的段落", style="Heading 1")
        for shared in collection.copied[:_COMMONEST]:
            _text(document, f"{'、'.join(shared.orgs)}：“{shared.text}……”")
    _signed(document, office, issued)
    return _bytes(document)


def commonest(organs: Iterable[OrganReport]) -> list[tuple[str, int, int]]:
    """(what, how many organs, how many findings) of the commonest faults, the commonest first."""
    from checks.catalogue import declared

    titles = {rule.id: rule.title for rule in declared()}
    found: Counter[str] = Counter()
    concerned: Counter[str] = Counter()
    for one in organs:
        each = [finding.rule for finding in (*one.errors, *one.questions)]
        found.update(each)
        concerned.update(set(each))
    return [(titles.get(rule, rule), count, found[rule]) for rule, count in concerned.most_common(_COMMONEST)]


def _by_kind(document, came: Sequence[OrganReport]) -> None:
    kinds: dict[str, list[OrganReport]] = {}
    for one in came:
        kinds.setdefault(kind_of(one.org), []).append(one)
    if len(kinds) < 2:
        return
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    rows = [("种类", "单位", "错误", "疑问")]
    rows += [
        (kind, str(len(many)), str(sum(len(one.errors) for one in many)), str(sum(len(one.questions) for one in many)))
        for kind, many in kinds.items()
    ]
    for at, row in enumerate(rows):
        cells = table.rows[0].cells if at == 0 else table.add_row().cells
        for cell, text in zip(cells, row):
            cell.paragraphs[0].style = document.styles[CELL]
            cell.paragraphs[0].add_run(text)


def _signed(document, office: str, issued: date) -> None:
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # the signature never stands alone on a page
    document.add_paragraph("", style="Body Text").paragraph_format.keep_with_next = True
    document.add_paragraph(office, style=SIGNATURE).paragraph_format.keep_with_next = True
    document.add_paragraph(_said(issued), style=SIGNATURE)


def _said(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _text(document, text: str) -> None:
    document.add_paragraph(text, style="Body Text")


def _bytes(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
