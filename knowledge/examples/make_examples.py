"""Write the example ledgers of a fictional organ, 云岫县生态环境局, for 2024 and 2025.

Run ``python knowledge/examples/make_examples.py``; the same content comes out every time. The
workbooks carry the mess of real ones: titles, 填报单位 lines, blank rows, 合计 rows, shuffled
columns, dates in many spellings, full-width digits, rows of another year. What 2024 carries out,
2025 carries in, column by column. All names and numbers are invented.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
ORG = "云岫县生态环境局"
PLATFORM = "云岫县人民政府门户网站"
CREATED = datetime(2026, 1, 5)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
HEADINGS = {
    "信息发布": ["序号", "信息标题", "发布日期", "信息类别", "发布渠道", "责任股室", "备注"],
    "媒体采用": ["序号", "报送日期", "信息标题", "采用单位"],
    "依申请公开": [
        "序号",
        "登记号",
        "收到日期",
        "申请人类型",
        "申请人",
        "联系电话",
        "申请内容",
        "答复方式",
        "办理结果",
        "办结日期",
    ],
    "复议诉讼": ["序号", "案件类型", "受理日期", "结果"],
    "制度文件": ["序号", "文件名称", "文件类型", "制发日期", "废止日期"],
    "行政执法": ["序号", "决定日期", "决定类型", "文号"],
    "工作记录": ["序号", "日期", "类型", "内容"],
    "汇总数据": ["序号", "指标", "数值", "单位", "备注"],
}


@dataclass(frozen=True)
class Year:
    """What an example year holds: counts by name; applications carried over are in APPLICATIONS."""

    year: int
    posted: dict[str, int]
    quiet_months: tuple[int, ...]
    adopted: dict[str, int]
    not_adopted: int
    cases: tuple[tuple[str, str], ...]
    decisions: dict[str, int]
    work: tuple[tuple[int, str, str], ...]
    summary: tuple[tuple[str, Any, str, str], ...]


YEARS = (
    Year(
        2024,
        {
            "环境质量信息（大气环境、水环境质量）": 71,
            "环评公示信息": 52,
            "行政许可": 29,
            "行政处罚": 17,
            "部门动态信息": 63,
            "排污许可信息": 21,
            "企业环境信息披露": 12,
            "双随机抽查结果公示信息": 8,
            "财政预决算": 2,
            "政策解读": 5,
            "建议提案办理": 4,
        },
        (),
        {"县融媒体中心": 21, "市生态环境局网站": 12},
        24,
        (("行政复议", "结果维持"),),
        {"行政许可": 33, "行政处罚": 17},
        (
            (3, "听取汇报", "主要负责人听取政务公开工作汇报"),
            (9, "听取汇报", "局务会研究政务公开工作"),
            (4, "业务培训", "政务公开业务培训"),
            (11, "业务培训", "依申请公开办理培训"),
        ),
        (
            ("行政事业性收费", 2.4, "万元", ""),
            ("信息处理费", 0, "元", "未收取"),
            ("网站访问量", 41286, "次", "平台统计"),
            ("行政强制", 1, "件", "未逐件登记"),
        ),
    ),
    Year(
        2025,
        {
            "环境质量信息（大气环境、水环境质量）": 84,
            "环评公示信息": 61,
            "行政许可": 36,
            "行政处罚": 19,
            "部门动态信息": 72,
            "排污许可信息": 25,
            "企业环境信息披露": 16,
            "双随机抽查结果公示信息": 9,
            "生态环境保护督察信息": 11,
            "财政预决算": 2,
            "政策解读": 2,
            "建议提案办理": 5,
        },
        (2, 8),
        {"县融媒体中心": 26, "市生态环境局网站": 15, "省级行业媒体": 2},
        31,
        (
            ("行政复议", "结果维持"),
            ("行政复议", "结果维持"),
            ("行政复议", "结果纠正"),
            ("行政诉讼（未经复议直接起诉）", "尚未审结"),
            ("行政诉讼（复议后起诉）", "结果维持"),
        ),
        {"行政许可": 41, "行政处罚": 19},
        (
            (3, "听取汇报", "主要负责人听取政务公开工作汇报"),
            (7, "听取汇报", "局务会研究政务公开工作"),
            (5, "业务培训", "政务公开业务培训"),
            (10, "政府开放日", "邀请群众参观环境监测站"),
        ),
        (
            ("行政事业性收费", 3.6125, "万元", ""),
            ("信息处理费", 320, "元", "按量收取，已缴入国库"),
            ("网站访问量", 52731, "次", "平台统计"),
            ("行政强制", 2, "件", "未逐件登记"),
        ),
    ),
)

# Received, applicant, closed, outcome. What is open at the end of 2024 is on both ledgers.
APPLICATIONS: tuple[tuple[str, str, str, str], ...] = (
    ("2023-12-20", "自然人", "2024-01-12", "予以公开"),
    ("2024-01-22", "自然人", "2024-02-05", "予以公开"),
    ("2024-02-19", "商业企业", "2024-03-08", "部分公开"),
    ("2024-03-11", "自然人", "2024-03-29", "无法提供-本机关不掌握相关政府信息"),
    ("2024-04-15", "自然人", "2024-05-10", "予以公开"),
    ("2024-04-28", "法律服务机构", "2024-05-20", "不予公开-属于行政执法案卷"),
    ("2024-05-27", "自然人", "2024-06-14", "不予处理-信访举报投诉类申请"),
    ("2024-06-18", "科研机构", "2024-07-05", "予以公开"),
    ("2024-07-09", "自然人", "2024-07-26", "不予处理-重复申请"),
    ("2024-08-13", "自然人", "2024-08-30", "无法提供-没有现成信息需要另行制作"),
    ("2024-09-03", "商业企业", "2024-09-20", "予以公开"),
    ("2024-10-14", "自然人", "2024-10-31", "其他处理-其他"),
    ("2024-11-05", "社会公益组织", "2024-11-22", "部分公开"),
    ("2024-12-12", "自然人", "2025-01-06", "予以公开"),
    ("2024-12-18", "自然人", "2025-01-14", "不予公开-保护第三方合法权益"),
    ("2024-12-24", "商业企业", "2025-01-17", "部分公开"),
    ("2025-01-09", "自然人", "2025-01-23", "予以公开"),
    ("2025-02-10", "自然人", "2025-02-27", "予以公开"),
    ("2025-02-21", "商业企业", "2025-03-14", "予以公开"),
    ("2025-03-05", "自然人", "2025-03-21", "无法提供-本机关不掌握相关政府信息"),
    ("2025-03-18", "法律服务机构", "2025-04-03", "部分公开"),
    ("2025-04-07", "自然人", "2025-04-25", "不予公开-属于三类内部事务信息"),
    ("2025-04-21", "自然人", "2025-05-13", "予以公开"),
    ("2025-05-08", "科研机构", "2025-05-26", "无法提供-没有现成信息需要另行制作"),
    ("2025-05-19", "自然人", "2025-06-05", "不予公开-属于四类过程性信息"),
    ("2025-06-03", "社会公益组织", "2025-06-20", "予以公开"),
    ("2025-06-16", "自然人", "2025-07-29", "部分公开"),
    ("2025-07-02", "自然人", "2025-07-18", "不予处理-信访举报投诉类申请"),
    ("2025-07-14", "其他", "2025-07-31", "予以公开"),
    ("2025-08-04", "自然人", "2025-08-20", "不予处理-重复申请"),
    ("2025-08-18", "商业企业", "2025-09-05", "不予公开-保护第三方合法权益"),
    ("2025-09-01", "自然人", "2025-09-18", "无法提供-补正后申请内容仍不明确"),
    ("2025-09-15", "自然人", "2025-10-11", "予以公开"),
    ("2025-10-13", "自然人", "2025-10-30", "其他处理-申请人无正当理由逾期不补正"),
    ("2025-10-27", "自然人", "2025-11-14", "其他处理-申请人逾期未按收费通知要求缴纳费用"),
    ("2025-11-06", "法律服务机构", "2025-11-24", "不予公开-属于行政执法案卷"),
    ("2025-11-17", "自然人", "2025-12-05", "其他处理-其他"),
    ("2025-12-01", "自然人", "2025-12-18", "予以公开"),
    ("2025-12-15", "自然人", "", "办理中"),
    ("2025-12-22", "商业企业", "", "结转下年度继续办理"),
)
DOCUMENTS = (
    ("云岫县排污单位环境管理台账办法", "2018-06-20", "2025-03-31"),
    ("云岫县饮用水水源地保护管理细则", "2020-09-15", ""),
    ("云岫县建筑工地扬尘管理规定", "2021-04-08", "2024-12-15"),
    ("云岫县秸秆露天禁烧管理规定", "2024-05-17", ""),
    ("云岫县入河排污口监督管理办法", "2025-06-12", ""),
    ("云岫县农村生活污水设施运行管理办法", "2025-10-20", ""),
)
SPELLINGS: tuple[Callable[[date], Any], ...] = (
    lambda day: day,
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y/%m/%d} ",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH),
)


def main() -> None:
    for year in YEARS:
        path = HERE / f"台账示例-{year.year}.xlsx"
        path.write_bytes(_without_clock(_workbook(year, random.Random(year.year))))
        print(path.name)


def _without_clock(book: Workbook) -> bytes:
    """The workbook as a file that does not tell when it was saved, so that it changes only in content."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-05T00:00:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, CREATED.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _workbook(year: Year, chance: random.Random) -> Workbook:
    book = Workbook()
    book.properties.created = CREATED
    basics = book.worksheets[0]
    basics.title = "基本信息"
    for pair in (
        ("单位名称", ORG),
        ("报告年度", year.year),
        ("发布日期", f"{year.year + 1}年1月16日"),
        ("发布平台", PLATFORM),
    ):
        basics.append(pair)
    rows = {
        "信息发布": _posted(year, chance),
        "媒体采用": _media(year, chance),
        "依申请公开": _applications(year, chance),
        "复议诉讼": [(case, _spelt(_day(year, chance), chance), result) for case, result in year.cases],
        "制度文件": _documents(year, chance),
        "行政执法": _decisions(year, chance),
        "工作记录": [(_spelt(date(year.year, month, 12), chance), kind, what) for month, kind, what in year.work],
        "汇总数据": year.summary,
    }
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        _fill(sheet, year, lines, chance)
        if name == "信息发布":
            sheet.append(["合计", None, None, sum(year.posted.values())])
            sheet.append([None, "审核人："])
    return book


def _fill(sheet: Worksheet, year: Year, lines: Sequence[Sequence[Any]], chance: random.Random) -> None:
    """Title, 填报单位 line, headings and rows, with blank rows and full-width serial numbers."""
    headings = HEADINGS[sheet.title]
    sheet.append([f"{ORG}{year.year}年{sheet.title}台账"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
    sheet.append([f"填报单位：{ORG}", None, None, "填报人："])
    sheet.append([f" {heading} " if chance.random() < 0.2 else heading for heading in headings])
    for serial, line in enumerate(lines, start=1):
        if len(lines) > 20 and chance.random() < 0.02:
            sheet.append([])
        sheet.append([str(serial).translate(FULL_WIDTH) if chance.random() < 0.04 else serial, *line])


def _spelt(day: date, chance: random.Random) -> Any:
    return chance.choice(SPELLINGS)(day)


def _day(year: Year, chance: random.Random, quiet: Sequence[int] = ()) -> date:
    while (day := date(year.year, 1, 1) + timedelta(days=chance.randrange(365))).month in quiet:
        pass
    return day


def _posted(year: Year, chance: random.Random) -> list[tuple[Any, ...]]:
    names = [name for name, count in year.posted.items() for _ in range(count)]
    chance.shuffle(names)
    lines = []
    for number, name in enumerate(names, start=1):
        day = _day(year, chance, year.quiet_months)
        spelt = name.replace("（", "(").replace("）", ")") if chance.random() < 0.3 else name
        spelt += " " if chance.random() < 0.1 else ""
        title = f"{name.partition('（')[0]}（{day.month}月）第{number}期"
        lines.append(
            (title, _spelt(day, chance), spelt, chance.choice(("门户网站", "门户网站 ", "政务新媒体")), "办公室", None)
        )
    lines.insert(15, ("上年信息补录", f"{year.year - 1}-12-30", "部门动态信息", "门户网站", "办公室", "跨年"))
    lines.insert(120, ("次年信息", f"{year.year + 1}.1.4", "部门动态信息", "门户网站", "办公室", "跨年"))
    return lines


def _media(year: Year, chance: random.Random) -> list[tuple[Any, ...]]:
    adopters = [name for name, count in year.adopted.items() for _ in range(count)] + [None] * year.not_adopted
    chance.shuffle(adopters)
    return [
        (_spelt(_day(year, chance), chance), f"工作信息第{number}期", adopter)
        for number, adopter in enumerate(adopters, 1)
    ]


def _applications(year: Year, chance: random.Random) -> list[tuple[Any, ...]]:
    """Those received in the year or still open at its start, as known at the start of the next."""
    lines = []
    start, end = f"{year.year}-01-01", f"{year.year}-12-31"
    for number, (received, applicant, closed, outcome) in enumerate(APPLICATIONS, start=1):
        if received > end or (closed and closed < start):
            continue
        done = bool(closed) and closed <= end
        result = (outcome if done else "结转下年度继续办理") if year.year == 2024 else outcome
        answered = _spelt(date.fromisoformat(closed), chance) if done else None
        lines.append(
            (
                f"{received[:4]}-{number:03}",
                _spelt(date.fromisoformat(received), chance),
                applicant,
                f"测试{'甲乙丙丁戊己庚辛壬癸'[number % 10]}",
                f"000-0000{number:04}",
                "示例申请内容",
                "邮寄",
                result,
                answered,
            )
        )
    return lines


def _documents(year: Year, chance: random.Random) -> list[tuple[Any, ...]]:
    lines = []
    for name, issued, repealed in DOCUMENTS:
        if issued[:4] <= str(year.year):
            known = repealed if repealed[:4] <= str(year.year) else ""
            lines.append(
                (
                    name,
                    "行政规范性文件",
                    _spelt(date.fromisoformat(issued), chance),
                    _spelt(date.fromisoformat(known), chance) if known else None,
                )
            )
    return lines


def _decisions(year: Year, chance: random.Random) -> list[tuple[Any, ...]]:
    lines = [
        (_spelt(_day(year, chance), chance), kind, f"云环{kind[-2:]}〔{year.year}〕{number}号")
        for kind, count in year.decisions.items()
        for number in range(1, count + 1)
    ]
    chance.shuffle(lines)
    return lines


if __name__ == "__main__":
    main()
