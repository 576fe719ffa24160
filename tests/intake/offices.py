"""An organ's year as offices keep it: a dozen and more layouts with words of their own, and the truth about each.

``Office`` holds the records; each ``as_…`` writes a part of them in one layout and says what its tables are. What the
words mean is in ``WORDS``: the answers of a person who knows.
"""

from __future__ import annotations

import csv
import html
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from statutory.vocabulary import vocabularies
from tests.statutory.ledger_samples import save_ods
from tests.statutory.organs import FORM

YEAR = 2025
NAMES = {column: dict(terms.by_key) for column, terms in vocabularies(FORM).items()}
SPELLINGS = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y-%m-%d} 09:30:00",
)
# What an office says for a word of the form; the second of each is no word that the program knows.
WORDS = {
    "申请人类型": {
        "自然人": ["公民", "个人", "来访群众"],
        "商业企业": ["企业", "公司", "本地厂商"],
        "科研机构": ["科研院所", "研究单位甲"],
        "社会公益组织": ["公益组织", "环保志愿队伍"],
        "法律服务机构": ["律师事务所", "律所", "法务所"],
        "其他": ["其他组织", "事业单位", "别的单位"],
    },
    "办理结果": {
        "予以公开": ["同意公开", "主动公开，告知网址", "给了材料"],
        "部分公开": ["区分处理", "部分提供", "给了一部分"],
        "不予公开-属于国家秘密": ["不予公开（国家秘密）", "涉密"],
        "不予公开-其他法律行政法规禁止公开": ["法律法规禁止公开"],
        "不予公开-危及“三安全一稳定”": ["三安全一稳定"],
        "不予公开-保护第三方合法权益": ["不予公开（个人隐私）", "商业秘密"],
        "不予公开-属于三类内部事务信息": ["内部事务信息"],
        "不予公开-属于四类过程性信息": ["不予公开（过程性信息）", "过程稿"],
        "不予公开-属于行政执法案卷": ["执法案卷"],
        "不予公开-属于行政查询事项": ["行政查询"],
        "无法提供-本机关不掌握相关政府信息": ["信息不存在", "非本机关公开", "找不到这个东西"],
        "无法提供-没有现成信息需要另行制作": ["需要加工分析", "没有现成信息"],
        "无法提供-补正后申请内容仍不明确": ["补正后仍不明确"],
        "不予处理-信访举报投诉类申请": ["信访事项", "举报"],
        "不予处理-重复申请": ["重复件"],
        "不予处理-要求提供公开出版物": ["公开出版物"],
        "不予处理-无正当理由大量反复申请": ["大量反复"],
        "不予处理-要求行政机关确认或重新出具已获取信息": ["要求重新出具"],
        "其他处理-申请人无正当理由逾期不补正": ["逾期未补正"],
        "其他处理-申请人逾期未按收费通知要求缴纳费用": ["未缴费"],
        "其他处理-其他": ["撤回申请", "申请人撤回", "不办了"],
    },
    "案件类型": {
        "行政复议": ["复议"],
        "行政诉讼（未经复议直接起诉）": ["未经复议直接起诉"],
        "行政诉讼（复议后起诉）": ["复议后起诉"],
    },
    "结果": {
        "结果维持": ["维持", "驳回诉讼请求"],
        "结果纠正": ["撤销", "确认违法"],
        "其他结果": ["撤诉", "终止"],
        "尚未审结": ["审理中", "未结"],
    },
    "状态": {"计入": ["已发布"], "不计入": ["已撤稿", "草稿", "压着没发"]},
    "类型": {"听取汇报": ["党组听取汇报"], "业务培训": ["政务公开培训"], "政府开放日": ["政府开放日"]},
}
MEANINGS = {
    (column, word): meaning
    for column, meanings in WORDS.items()
    for meaning, words in meanings.items()
    for word in words
}
HEADS = (
    ("登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"),
    ("受理编号", "受理日期", "申请人类别", "办理情况", "办结时间"),
    ("申请编号", "收到申请时间", "申请主体类型", "处理结果", "回复日期"),
    ("流水号", "登记日期", "申请人身份", "答复结果", "答复时间"),
)


@dataclass
class Office:
    """The records of a year, in the words of an office; ``chance`` decides whatever does not matter."""

    chance: random.Random
    applications: list[tuple[str, date, str, date | None, str]] = field(default_factory=list)
    posted: list[tuple[date, str, str]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)

    def spelt(self, day: date | None):
        return "" if day is None else self.chance.choice(SPELLINGS)(day)


def office_of(organ) -> Office:
    """The records that yield the organ's figures."""
    chance = random.Random(organ["seed"])
    office = Office(chance)
    for number, (applicant, outcome, carried) in enumerate(organ["applications"]):
        received = (
            date(YEAR - 1, 12, chance.randrange(5, 30))
            if carried
            else date(YEAR, chance.randrange(1, 13), chance.randrange(1, 20))
        )
        closed = (
            min(max(received, date(YEAR, 1, 2)) + timedelta(days=chance.randrange(1, 20)), date(YEAR, 12, 31))
            if outcome
            else None
        )
        kind = NAMES["申请人类型"][applicant]
        result = NAMES["办理结果"][outcome] if outcome else ""
        office.applications.append(
            (
                f"依{number:03}",
                received,
                chance.choice([kind, *WORDS["申请人类型"][kind]]),
                closed,
                chance.choice([result, *WORDS["办理结果"][result]]) if result else chance.choice(["", "办理中"]),
            )
        )
    for category, number in organ["posted"].items():
        office.posted += [
            (date(YEAR, chance.randrange(1, 13), chance.randrange(1, 28)), category, f"{category}第{n}期")
            for n in range(number)
        ]
    office.posted.sort()
    return office


# --- applications -------------------------------------------------------------------------------------


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


# --- published items ----------------------------------------------------------------------------------


def export_csv(office, folder):
    state = lambda: office.chance.choice(["已撤稿", "草稿", "压着没发"])  # noqa: E731
    rows = [[title, category, f"{day:%Y-%m-%d} 10:20:33", "已发布", 12] for day, category, title in office.posted]
    rows += [
        [f"撤下的{n}", "工作动态", f"{YEAR}-05-0{n + 1} 09:00:00", state(), 3]
        for n in range(office.chance.randrange(3))
    ]
    return text(
        folder / "信息列表导出.csv", [["标题", "所属栏目", "发布时间", "状态", "点击量"], *rows], "gb18030", ","
    ), "信息发布"


def export_html(office, folder):
    cells = lambda row, tag: "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row)  # noqa: E731
    lines = [f"<tr>{cells(['序号', '信息标题', '栏目名称', '发布日期', '作者'], 'th')}</tr>"]
    lines += [
        f"<tr>{cells([n, title, category, f'{day:%Y-%m-%d}', '办公室'], 'td')}</tr>"
        for n, (day, category, title) in enumerate(office.posted, 1)
    ]
    path = folder / "网站信息.xls"
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body><table border=1>{''.join(lines)}</table></body></html>",
        encoding="utf-8",
    )
    return path, "信息发布"


def export_by_sheet(office, folder):
    sheets: dict[str, list[list]] = {}
    for day, category, title in office.posted:
        sheets.setdefault(category, [["序号", "标题", "发布日期"]]).append(
            [len(sheets[category]) if category in sheets else 1, title, office.spelt(day)]
        )
    return book(folder / "公开信息分栏目.xlsx", sheets or {"信息": [["标题", "发布日期", "栏目"]]}), "信息发布"


def export_sections(office, folder):
    body = [["主动公开信息清单"], ["序号", "信息标题", "发布时间", "网址"]]
    for category in dict.fromkeys(category for _, category, _ in office.posted):
        body.append([category])
        body += [
            [n, title, office.spelt(day), "http://x/"]
            for n, (day, one, title) in enumerate(office.posted, 1)
            if one == category
        ]
    return book(folder / "主动公开清单.xlsx", {"清单": body}), "信息发布"


def counts_by_month(office, folder):
    return _pivot(office, folder, months_across=True), "统计数：信息发布"


def counts_by_category(office, folder):
    return _pivot(office, folder, months_across=False), "统计数：信息发布"


def _pivot(office, folder, months_across: bool) -> Path:
    categories = list(dict.fromkeys(category for _, category, _ in office.posted))
    number = lambda category, month: sum(one == category and day.month == month for day, one, _ in office.posted)  # noqa: E731
    if months_across:
        head = ["栏目", *(f"{month}月" for month in range(1, 13)), "合计"]
        rows = [
            [category, *(numbers := [number(category, month) for month in range(1, 13)]), sum(numbers)]
            for category in categories
        ]
        total = [
            "合计",
            *(sum(number(category, month) for category in categories) for month in range(1, 13)),
            len(office.posted),
        ]
    else:
        head = ["月份", *categories, "小计"]
        rows = [
            [
                f"{month}月",
                *(numbers := [number(category, month) or "" for category in categories]),
                sum(one or 0 for one in numbers),
            ]
            for month in range(1, 13)
        ]
        total = [
            "全年合计",
            *(sum(number(category, month) for month in range(1, 13)) for category in categories),
            len(office.posted),
        ]
    return book(
        folder / "信息发布统计.xlsx", {"统计": [[f"{YEAR}年网站信息发布统计表"], ["单位：条"], head, *rows, total]}
    )


def counts_long(office, folder):
    sums: dict[tuple[int, str], int] = {}
    for day, category, _ in office.posted:
        sums[day.month, category] = sums.get((day.month, category), 0) + 1
    rows = [[f"{YEAR}年{month}月", category, number] for (month, category), number in sorted(sums.items())]
    return book(
        folder / "各月信息公开数量.xlsx",
        {"数量": [["月份", "栏目", "发布数量"], *rows, ["合计", "", len(office.posted)]]},
    ), "统计数：信息发布"


EXPORTS = (export_csv, export_html, export_by_sheet, export_sections, counts_by_month, counts_by_category, counts_long)


# --- the rest -----------------------------------------------------------------------------------------


def decisions_apart(office, organ, folder):
    """A list for each kind of decision, each with its own headings."""
    heads = {
        "licensing": ("行政许可决定台账", ["序号", "企业名称", "许可文号", "许可日期"]),
        "penalties": ("行政处罚台账", ["序号", "被处罚单位", "处罚决定书文号", "处罚决定日期"]),
        "coercion": ("查封扣押登记", ["序号", "当事人名称", "决定书文号", "决定日期"]),
    }
    paths = []
    for kind, (name, head) in heads.items():
        rows = [
            [n + 1, f"某公司{n}", f"某环{kind}{n}号", office.spelt(date(YEAR, office.chance.randrange(1, 13), 5))]
            for n in range(organ["decided"][kind])
        ]
        if rows:
            paths.append(book(folder / f"{name}.xlsx", {"Sheet1": [[f"{YEAR}年{name}"], head, *rows]}))
    return paths, {"": "行政执法"}


def decisions_together(office, organ, folder):
    words = {"licensing": "许可", "penalties": "处罚", "coercion": "强制"}
    rows = [
        [words[kind], f"文{kind}{n}", office.spelt(date(YEAR, 6, 1 + n))]
        for kind, number in organ["decided"].items()
        for n in range(number)
    ]
    return [book(folder / "执法台账.xlsx", {"执法": [["执法类别", "文号", "作出决定日期"], *rows]})] if rows else [], {
        "": "行政执法"
    }


def decisions_by_month(office, organ, folder):
    months = {kind: [0] * 12 for kind in organ["decided"]}
    for kind, number in organ["decided"].items():
        for _ in range(number):
            months[kind][office.chance.randrange(12)] += 1
    rows = [
        [f"{month + 1}月", *(months[kind][month] for kind in ("licensing", "penalties", "coercion"))]
        for month in range(12)
    ]
    total = ["合计", *(sum(months[kind]) for kind in ("licensing", "penalties", "coercion"))]
    return [
        book(folder / "执法数量统计.xlsx", {"执法统计": [["月份", "行政许可", "行政处罚", "行政强制"], *rows, total]})
    ], {"": "统计数：行政执法"}


DECISIONS = (decisions_apart, decisions_together, decisions_by_month)


def others(office, organ, folder):
    """Documents, cases, media, work and fees in one workbook, under an office's own headings."""
    sheets: dict[str, list[list]] = {}
    day, end = date(YEAR, 3, 3), date(YEAR, 12, 28)
    lives = {
        "issued": (day, None),
        "repealed": (date(YEAR - 1, 2, 1), day),
        "both": (day, end),
        "old": (date(YEAR - 1, 2, 1), None),
        "gone": (date(2019, 1, 1), date(YEAR - 1, 5, 1)),
    }
    if organ["documents"]:
        sheets["文件目录"] = [["文件名称", "文件类别", "印发时间", "失效日期"]]
        for n, (regulation, life) in enumerate(organ["documents"]):
            issued, repealed = lives[life]
            sheets["文件目录"].append(
                [f"文件{n}", "规章" if regulation else "规范性文件", office.spelt(issued), office.spelt(repealed)]
            )
    if organ["cases"]:
        sheets["复议诉讼案件"] = [["案号", "立案日期", "案件类别", "审理结果"]]
        for n, (case, result) in enumerate(organ["cases"]):
            kind, said = NAMES["案件类型"][case], NAMES["结果"][result]
            sheets["复议诉讼案件"].append(
                [
                    f"案{n}",
                    office.spelt(day),
                    office.chance.choice(WORDS["案件类型"][kind]),
                    office.chance.choice(WORDS["结果"][said]),
                ]
            )
    if any(organ["media"].values()):
        sheets["信息报送"] = [["报送时间", "标题", "采用媒体"]]
        sheets["信息报送"] += [
            [office.spelt(day), f"{name}{n}", name] for name, number in organ["media"].items() for n in range(number)
        ]
    if any(organ["work"].values()):
        sheets["工作记录"] = [["时间", "工作类型", "主要内容"]]
        sheets["工作记录"] += [
            [office.spelt(day), office.chance.choice(WORDS["类型"][kind]), f"第{n}次"]
            for kind, number in organ["work"].items()
            for n in range(number)
        ]
    sheets["收费"] = [
        ["项目", "金额", "单位"],
        ["行政事业性收费", float(organ["fee"]), "万元"],
        ["信息处理费", 0, "元"],
    ]
    truth = {
        "文件目录": "制度文件",
        "复议诉讼案件": "复议诉讼",
        "信息报送": "媒体采用",
        "工作记录": "工作记录",
        "收费": "汇总数据",
    }
    return [book(folder / "其他台账.xlsx", sheets)], truth


# --- files --------------------------------------------------------------------------------------------


def book(path: Path, sheets, merged=()) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name[:31])
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)
    workbook.save(path)
    return path


def text(path: Path, rows, encoding: str, delimiter: str) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def zipped(paths, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for one in paths:
            package.write(one, one.name)
    return path
