"""The applications of an office's year in one layout after another, each with what its tables are."""

from __future__ import annotations

from datetime import date

from docx import Document

from tests.intake.files import book, text
from tests.intake.offices import HEADS, MEANINGS, NAMES, WORDS, YEAR, Office
from tests.statutory.ledger_samples import save_ods
from tests.statutory.organs import FORM


def _register(office: Office, rows, heads) -> list[list]:
    more = office.chance.choice([["承办股室"], ["申请方式", "经办人"], []])
    return [
        ["序号", *heads, *more],
        *(
            [at, number, office.spelt(received), kind, result, office.spelt(closed), *["某股"] * len(more)]
            for at, (number, received, kind, closed, result) in enumerate(rows, 1)
        ),
    ]


def register_plain(office, folder):
    rows = _register(office, office.applications, office.chance.choice(HEADS))
    body = [
        ["某某局政府信息公开申请登记簿"],
        ["填报单位：某某局"],
        *rows,
        ["合计", "", f"{len(office.applications)}件"],
        ["填表人：张某　审核：李某"],
    ]
    return book(folder / "申请登记簿.xlsx", {"Sheet1": body}), "依申请公开"


def register_two_rows(office, folder):
    head = [
        [f"{YEAR}年政府信息公开申请登记台账"],
        ["序号", "受理编号", "受理日期", "申请人", "", "", "办理", ""],
        ["", "", "", "姓名/名称", "类别", "联系电话", "答复日期", "答复类型"],
    ]
    rows = [
        [at, n, office.spelt(received), f"某{at}", kind, "138****0000", office.spelt(closed), result]
        for at, (n, received, kind, closed, result) in enumerate(office.applications, 1)
    ]
    merged = ["A1:H1", "D2:F2", "G2:H2", "A2:A3", "B2:B3", "C2:C3"]
    return book(folder / "台账.xlsx", {f"{YEAR}年": [*head, *rows]}, merged), "依申请公开"


def _quarters(office):
    parts = [[], [], [], []]
    for one in office.applications:
        parts[(one[1].month - 1) // 3 if one[1].year == YEAR else 0].append(one)
    return parts


def register_by_quarter(office, folder):
    heads = office.chance.choice(HEADS)
    office_rows = {
        name: _register(office, part, heads)
        for name, part in zip(("一季度", "二季度", "三季度", "四季度"), _quarters(office))
    }
    return book(folder / "依申请公开分季度.xlsx", office_rows), "依申请公开"


def register_stacked(office, folder):
    heads, body = office.chance.choice(HEADS), [["政府信息公开申请办理情况登记表"]]
    state = office.chance.getstate()
    for name, part in zip(("第一季度", "第二季度", "第三季度", "第四季度"), _quarters(office)):
        office.chance.setstate(state)
        body += [[name], *_register(office, part, heads), ["小计", "", len(part)], []]
    return book(folder / "登记表.xlsx", {"登记表": body}), "依申请公开"


def register_side_by_side(office, folder):
    heads = ("登记号", "收件日期", "申请人类别", "答复类型", "答复日期")
    half = (len(office.applications) + 1) // 2
    left, right = office.applications[:half], office.applications[half:]
    lines = [
        ["政府信息公开申请登记（上半年）", "", "", "", "", "", "政府信息公开申请登记（下半年）"],
        [*heads, "", *heads],
    ]
    tell = lambda one: [one[0], office.spelt(one[1]), one[2], one[4], office.spelt(one[3])] if one else [""] * 5  # noqa: E731
    for at in range(half):
        lines.append([*tell(left[at]), "", *tell(right[at] if at < len(right) else None)])
    return book(folder / "依申请登记.xlsx", {"登记": lines}), "依申请公开"


def register_ticked(office, folder):
    kinds = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    meaning = lambda word: MEANINGS.get(("申请人类型", word), word)  # noqa: E731
    rows = [
        [
            n,
            office.spelt(received),
            *("√" if meaning(kind) == name else "" for name in kinds),
            result,
            office.spelt(closed),
        ]
        for n, received, kind, closed, result in office.applications
    ]
    return book(
        folder / "申请情况.xlsx", {"申请": [["申请编号", "收到日期", *kinds, "办理结果", "办结日期"], *rows]}
    ), "依申请公开"


def register_utf16(office, folder):
    rows = _register(office, office.applications, office.chance.choice(HEADS))
    return text(folder / "申请登记导出.txt", rows, "utf-16", "\t"), "依申请公开"


def register_ods(office, folder):
    rows = _register(office, office.applications, office.chance.choice(HEADS))
    path = folder / "依申请公开台账.ods"
    plain = [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]
    return save_ods({"登记": plain}, path), "依申请公开"


def register_without_headings(office, folder):
    rows = [
        [n, f"{received:%Y-%m-%d}", kind, result or "办理中", office.spelt(closed)]
        for n, received, kind, closed, result in office.applications
    ]
    return book(folder / "申请.xlsx", {"申请": rows}), "依申请公开"


def register_matrix(office, folder):
    """Results by kinds of applicants, as in the statistics that a superior asks for."""
    kinds = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    sums: dict[str, dict[str, int]] = {"本年新收": {}, "上年结转": {}}
    for _, received, kind, closed, result in office.applications:
        said, outcome = MEANINGS.get(("申请人类型", kind), kind), MEANINGS.get(("办理结果", result), result)
        for row in ("本年新收" if received.year == YEAR else "上年结转", outcome if closed else "结转下年度"):
            cells = sums.setdefault(row, {})
            cells[said] = cells.get(said, 0) + 1
    body = [["依申请公开办理情况统计表"], ["办理情况", *kinds, "合计"]]
    body += [[row, *(cells.get(kind, 0) for kind in kinds), sum(cells.values())] for row, cells in sums.items()]
    return book(folder / "申请统计.xlsx", {"统计": body}), "统计数：依申请公开"


def register_day_columns(office, folder):
    """Year, month and day in a column each, under merged headings."""
    head = ["编号", "收件", "", "", "申请人性质", "处理结果", "答复", "", ""]
    body = [["申请登记"], head, ["", "年", "月", "日", "", "", "年", "月", "日"]]
    for number, received, kind, closed, result in office.applications:
        parts = lambda day: [day.year, day.month, day.day] if day else [""] * 3  # noqa: E731
        body.append([number, *parts(received), kind, result, *parts(closed)])
    return book(folder / "分列.xlsx", {"登记": body}, ["B2:D2", "G2:I2"]), "依申请公开"


def register_reasons(office, folder):
    """The group of a result in one column, which of the group in the next."""
    body = [["编号", "收到时间", "申请人类别", "答复结果", "不予公开或无法提供理由", "办结时间"]]
    for number, received, kind, closed, result in office.applications:
        group, _, reason = result.partition("-")
        body.append([number, office.spelt(received), kind, group, reason, office.spelt(closed)])
    return book(folder / "结果和理由.xlsx", {"登记": body}), "依申请公开"


def register_boxes(office, folder):
    """Every kind of applicant printed in the cell, a box before each."""
    names = ["公民", "企业", "科研院所", "公益组织", "律师事务所", "其他组织"]
    said = dict(zip(WORDS["申请人类型"], names))
    body = [["编号", "收件日期", "申请人类型", "办理结果", "答复日期"]]
    for number, received, kind, closed, result in office.applications:
        own = said[MEANINGS.get(("申请人类型", kind), kind)]
        boxes = "　".join(f"{'☑' if name == own else '□'}{name}" for name in names)
        body.append([number, office.spelt(received), boxes, result, office.spelt(closed)])
    return book(folder / "勾选.xlsx", {"登记": body}), "依申请公开"


def register_forms(office, folder):
    """A form for each application, each on a sheet of its own."""
    sheets = {
        number: [
            ["政府信息公开申请办理单"],
            ["登记编号", number, "收件日期", office.spelt(received)],
            ["申请人姓名", "某某", "申请人类型", kind],
            ["所需信息内容", "某项目的批复"],
            ["承办科室", "办公室", "承办人", "某某"],
            ["答复日期", office.spelt(closed), "办理结果", result],
        ]
        for number, received, kind, closed, result in office.applications
    }
    return book(folder / "办理单.xlsx", sheets), "依申请公开"


def register_turned(office, folder):
    """A table on its side: an application a column."""
    columns = [["申请编号", "收到日期", "申请人类别", "办理结果", "办结日期"]]
    columns += [
        [number, office.spelt(received), kind, result, office.spelt(closed)]
        for number, received, kind, closed, result in office.applications
    ]
    return book(folder / "横表.xlsx", {"登记": [list(row) for row in zip(*columns)]}), "依申请公开"


def register_in_word(office, folder):
    document = Document()
    document.add_paragraph("政府信息公开申请登记簿")
    table = document.add_table(rows=0, cols=5)
    for cells in (list(HEADS[0]), *([*row] for row in _rows(office))):
        for cell, value in zip(table.add_row().cells, cells):
            cell.text = str(value)
    path = folder / "登记簿.docx"
    document.save(path)
    return path, "依申请公开"


def _rows(office):
    return [
        [number, f"{received:%Y.%m.%d}", kind, result, f"{closed:%Y.%m.%d}" if closed else ""]
        for number, received, kind, closed, result in office.applications
    ]


def register_in_two(office, folder):
    """What was received on one sheet, what was answered on another."""
    received = [["登记编号", "收件日期", "申请人性质"], *([row[0], row[1], row[2]] for row in _rows(office))]
    answered = [["登记编号", "答复日期", "答复类型"]]
    answered += [[row[0], row[4], row[3]] for row in _rows(office) if row[4]]
    return book(folder / "收文和答复.xlsx", {"收文": received, "答复": answered}), "依申请公开"


def register_as_printed(office, folder):
    """The form's table 3, filled in."""
    kinds = [NAMES["申请人类型"][column.key] for column in FORM.applicants]
    sums: dict[str, dict[str, int]] = {}
    for _, received, kind, closed, result in office.applications:
        said = MEANINGS.get(("申请人类型", kind), kind)
        told = MEANINGS.get(("办理结果", result), result)
        for row in ("上年结转" if received.year < YEAR else "本年新收", told if closed else "结转下年度"):
            sums.setdefault(row, dict.fromkeys(kinds, 0))[said] += 1
    numbers = lambda row: [*(cells := list(sums.get(row, dict.fromkeys(kinds, 0)).values())), sum(cells)]  # noqa: E731
    body = [["三、收到和处理政府信息公开申请情况"], ["", "", "", *kinds, "总计"]]
    body.append(["一、本年新收政府信息公开申请数量", "", "", *numbers("本年新收")])
    body.append(["二、上年结转政府信息公开申请数量", "", "", *numbers("上年结转")])
    first, group = "三、本年度办理结果", ""
    for outcome in FORM.outcomes:
        name = NAMES["办理结果"][outcome.key]
        upper, _, part = name.partition("-")
        body.append([first, upper if upper != group else "", part, *numbers(name)])
        first, group = "", upper
    body.append(["四、结转下年度继续办理", "", "", *numbers("结转下年度")])
    return book(folder / "表三.xlsx", {"表三": body}), "统计数：依申请公开"


REGISTERS = (
    register_plain,
    register_two_rows,
    register_by_quarter,
    register_stacked,
    register_side_by_side,
    register_ticked,
    register_utf16,
    register_ods,
    register_without_headings,
    register_matrix,
    register_day_columns,
    register_reasons,
    register_boxes,
    register_forms,
    register_turned,
    register_in_word,
    register_in_two,
    register_as_printed,
)
