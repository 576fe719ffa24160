"""Kinds of trouble that an office's ledger comes with, each put into a sound one.

A kind takes the sheets of ``sound()`` and a source of chance, changes the sheets, and may ask for more than
values (``Book``). What comes of it must be the right figures, a question that names the sheet, or a refusal
that does: never another figure in silence.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tests.statutory.books import Book, sound

Kind = Callable[[Book, random.Random], None]
KINDS: dict[str, Kind] = {}


def kind(put: Kind) -> Kind:
    KINDS[put.__name__] = put
    return put


def _some(book: Book, chance: random.Random, *sheets: str) -> tuple[list[list], int]:
    """One of those sheets, made the place of the trouble, and one of its records by index."""
    book.sheet = chance.choice(sheets)
    rows = book.sheets[book.sheet]
    return rows, chance.randrange(1, len(rows))


def _column(rows: list[list], name: str) -> int:
    return rows[0].index(name)


DATED = {
    "信息发布": "发布日期",
    "媒体采用": "报送日期",
    "依申请公开": "收到日期",
    "行政执法": "决定日期",
    "工作记录": "日期",
}


@kind
def a_remark_says_void(book, chance):
    rows, at = _some(book, chance, "信息发布", "依申请公开", "媒体采用", "行政执法")
    said = chance.choice(
        ["作废", "登记有误，作废", "错登", "重复登记，见上", "不计入", "已撤稿", "与第3行重复", "录入错误", "请删除"]
    )
    if "备注" not in rows[0]:
        rows[0].append("备注")
    rows[at] += [""] * (len(rows[0]) - len(rows[at]))
    rows[at][_column(rows, "备注")] = said


@kind
def a_column_of_states(book, chance):
    rows, at = _some(book, chance, "信息发布", "媒体采用", "行政执法")
    rows[0].append(chance.choice(["状态", "稿件状态", "发布状态", "审核状态"]))
    for row in rows[1:]:
        row.append("已发布")
    rows[at][-1] = chance.choice(["已撤稿", "草稿", "待审", "退稿", "已删除", "下线", "回收站", "未通过", "挂起"])


@kind
def a_column_whether_it_counts(book, chance):
    rows, at = _some(book, chance, "信息发布", "依申请公开", "行政执法")
    heading, sound_word, other = chance.choice(
        [("是否作废", "否", "是"), ("是否有效", "是", "否"), ("是否删除", "", "√")]
    )
    rows[0].append(heading)
    for row in rows[1:]:
        row.append(sound_word)
    rows[at][-1] = other


@kind
def a_column_of_numbers(book, chance):
    rows, at = _some(book, chance, "信息发布", "行政执法", "媒体采用")
    rows[0].append(chance.choice(["件数", "数量", "数量（条）", "条数", "办件量", "份数"]))
    for row in rows[1:]:
        row.append(1)
    rows[at][-1] = chance.choice([2, 7, "12件", 0])


@kind
def a_title_in_brackets(book, chance):
    rows, at = _some(book, chance, "信息发布")
    rows[at][_column(rows, "信息标题")] += chance.choice(["（错稿）", "【作废】", "(测试)", "（草稿）"])


@kind
def a_row_struck_through(book, chance):
    _, at = _some(book, chance, "信息发布", "依申请公开", "行政执法")
    book.struck.append((book.sheet, at + 1))


@kind
def a_comment_says_void(book, chance):
    _, at = _some(book, chance, "信息发布", "依申请公开", "行政执法")
    book.comments.append((book.sheet, at + 1, chance.choice(["作废", "这条重复登记，不计入", "错登，请删除"])))


@kind
def a_hidden_row(book, chance):
    _, at = _some(book, chance, "信息发布", "依申请公开", "行政执法")
    book.hidden.append((book.sheet, at + 1))


@kind
def a_sheet_that_is_not_read(book, chance):
    rows, at = _some(book, chance, "信息发布", "依申请公开", "行政执法", "媒体采用")
    name = chance.choice(["7-12月", "下半年", "续表", "补充登记", "Sheet2", f"{book.sheet}（2）", "行政处罚"])
    at = max(at, 2)
    book.sheets[name] = [list(rows[0]), *rows[at:]]
    book.sheets[book.sheet] = rows[:at]
    book.said = (name,)


@kind
def sheets_of_months(book, chance):
    rows, _ = _some(book, chance, "信息发布", "行政执法")
    heading, column = rows[0], _column(rows, DATED[book.sheet])
    pattern = chance.choice(["{}月", "{}月份", "2025年{}月"])
    for month in range(1, 13):
        of_month = [row for row in rows[1:] if row[column].startswith(f"2025-{month:02d}")]
        book.sheets[pattern.format(month)] = [list(heading), *of_month]
    del book.sheets[book.sheet]


@kind
def a_date_after_the_report(book, chance):
    rows, at = _some(book, chance, *DATED)
    rows[at][_column(rows, DATED[book.sheet])] = chance.choice(["2026-06-15", "2027-03-01", "2205-03-01"])
    if book.sheet == "依申请公开":
        rows[at][_column(rows, "办结日期")] = rows[at][_column(rows, "办理结果")] = ""


@kind
def closed_after_the_report(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    at = chance.randrange(1, 10)
    rows[at][_column(rows, "办结日期")] = chance.choice(["2026-12-29", "2026-02-03", datetime(2035, 3, 1)])


@kind
def the_year_of_another_report(book, chance):
    book.sheet = "基本信息"
    book.sheets["基本信息"][1][1] = chance.choice([2024, 2023, "2024年度"])


@kind
def a_sheet_of_another_year(book, chance):
    rows, _ = _some(book, chance, "信息发布", "行政执法", "媒体采用")
    column = _column(rows, DATED[book.sheet])
    for row in rows[1:]:
        row[column] = row[column].replace("2025", "2024")


@kind
def a_row_without_a_date(book, chance):
    rows, at = _some(book, chance, "信息发布", "依申请公开", "行政执法", "媒体采用")
    heading, said = chance.choice([("经办人", "张三"), ("处理经过", "某环评批复的申请"), ("来源", "县政府转来")])
    rows[0].append(heading)
    width = len(rows[0])
    rows.insert(at + 1, [len(rows), *[""] * (width - 2), said])


@kind
def one_number_open_and_closed(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    at = chance.randrange(1, 10)
    again = list(rows[at])
    again[_column(rows, "办结日期")] = again[_column(rows, "办理结果")] = ""
    rows.append(again)


@kind
def one_application_in_two_sheets(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    at, number = chance.randrange(1, 10), _column(rows, "登记号")
    again = list(rows[at])
    if chance.random() < 0.5:
        again[number] = rows[at][number] = ""
    again[_column(rows, "办结日期")] = again[_column(rows, "办理结果")] = ""
    book.sheets["依申请公开2024年"] = [list(rows[0]), again]


@kind
def the_same_rows_in_two_files(book, chance):
    rows, _ = _some(book, chance, "信息发布", "依申请公开", "行政执法")
    book.beside[f"{book.sheet}登记表.xlsx"] = {book.sheet: [list(row) for row in rows]}


@kind
def subtotals(book, chance):
    rows, at = _some(book, chance, "信息发布", "行政执法", "媒体采用")
    word = chance.choice(["1月小计", "小计", "一季度小计", "上半年合计", "本页合计", "第三季度合计", "累计"])
    rows.insert(at + 1, [word, *[""] * (len(rows[0]) - 2), at])


@kind
def a_total_with_a_date(book, chance):
    rows, _ = _some(book, chance, "信息发布", "依申请公开", "行政执法", "媒体采用")
    total = [""] * len(rows[0])
    total[0], total[_column(rows, DATED[book.sheet])] = chance.choice(["合计", "总计", "共计"]), "2025-12-31"
    rows.append(total)


@kind
def the_same_as_above(book, chance):
    rows, _ = _some(book, chance, "信息发布")
    column, at = _column(rows, "信息类别"), chance.randrange(2, len(rows))
    rows[at][column] = rows[at - 1][column]
    book.right = {"published_total": 12}
    rows[at][column] = chance.choice(["同上", "〃", "同前", " 同上 ", "″"])


@kind
def two_adopters_in_a_cell(book, chance):
    rows, _ = _some(book, chance, "媒体采用")
    rows[2][_column(rows, "采用单位")] = chance.choice(
        [
            "县融媒体中心、市生态环境局网站",
            "县融媒体中心，人民网",
            "县融媒体中心\n中国环境报",
            "县融媒体中心；学习强国平台",
            "县融媒体中心和市电视台",
        ]
    )
    book.right = {"media_submitted": 6}


@kind
def an_example_typed_over(book, chance):
    rows, at = _some(book, chance, "信息发布", "依申请公开", "行政执法", "媒体采用")
    rows[at][0] = "示例"


@kind
def no_unit_of_money(book, chance):
    rows, _ = _some(book, chance, "汇总数据")
    rows[1][2:4] = [chance.choice([32000, 3.2, 580]), ""]
    book.right = {}


@kind
def two_units_of_money(book, chance):
    rows, _ = _some(book, chance, "汇总数据")
    rows[1][2:4] = [32000, "万元"]
    rows.insert(0, [chance.choice(["金额单位：元", "单位：元", "填报单位：某局（元）"])])


@kind
def a_denial_without_its_reason(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    rows[chance.randrange(1, 10)][_column(rows, "办理结果")] = chance.choice(
        ["不予公开", "不公开", "无法提供", "不予处理", "其他处理"]
    )


@kind
def a_result_in_other_words(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    at = next(n for n in range(1, 10) if rows[n][-1] == "无法提供-本机关不掌握相关政府信息")
    rows[at][_column(rows, "办理结果")] = chance.choice(
        ["政府信息不存在", "信息不存在", "不属于本机关公开", "无法提供（信息不存在）", "经检索不存在"]
    )


@kind
def invisible_signs(book, chance):
    rows, at = _some(book, chance, *DATED)
    column = _column(rows, DATED[book.sheet])
    rows[at][column] = chance.choice(["\u200b{}\u00a0", "{}\u200e", "\ufeff{}", "\u2060{} "]).format(rows[at][column])


@kind
def times_with_an_offset(book, chance):
    rows, at = _some(book, chance, "信息发布", "媒体采用")
    column = _column(rows, DATED[book.sheet])
    rows[at][column] += chance.choice(["T09:30:00+08:00", "T09:30:00.000+0800", " 09:30:00+08:00", "T01:30:00Z"])


@kind
def a_stroke_for_not_closed(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    rows[10][_column(rows, "办结日期")] = chance.choice(["/", "—", "无", "办理中", "未办结", "-"])
    rows[10][_column(rows, "办理结果")] = chance.choice(["/", "", "办理中", "—"])


@kind
def other_headings(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    names = {
        "收到日期": ["受理日期", "收件日期"],
        "申请人类型": ["申请人性质", "申请主体"],
        "办结日期": ["答复日期", "办复日期"],
    }
    for name, words in names.items():
        rows[0][_column(rows, name)] = chance.choice(words)


@kind
def ticks(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    column = _column(rows, "申请人类型")
    tick = chance.choice(["√", "✓", "是", 1])
    for row in rows[1:]:
        row[column : column + 1] = [tick if row[column] == word else "" for word in ("自然人", "商业企业")]
    upper = [*rows[0][: column + 1], "", *rows[0][column + 1 :]]
    rows[0] = ["", *[""] * (column - 1), "自然人", "商业企业", *[""] * (len(upper) - column - 2)]
    rows.insert(0, upper)
    last, letters = len(upper), "ABCDEFGHIJKL"
    book.merged += [
        ("依申请公开", f"{letters[n]}1:{letters[n]}2") for n in range(last) if n not in (column, column + 1)
    ]
    book.merged.append(("依申请公开", f"{letters[column]}1:{letters[column + 1]}1"))


@kind
def other_signs_between_cells(book, chance):
    book.sheet, book.csv = "信息发布", chance.choice([";", "\t", "|"])
    book.sheets["信息发布"][3][2] = "含PM2.5,臭氧"


@kind
def work_that_sounds_alike(book, chance):
    rows, at = _some(book, chance, "工作记录")
    rows[at][_column(rows, "类型")] = chance.choice(
        ["专题培训", "安全生产培训", "工作汇报", "听取股室工作", "法治讲座"]
    )
    book.right = {}


@kind
def done_without_a_day(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    rows[0].append("办理状态")
    for row in rows[1:]:
        row.append("已办结" if row[_column(rows, "办结日期")] else "办理中")
    rows[10][-1] = chance.choice(["已办结", "已答复", "结案"])


@kind
def a_document_said_to_be_repealed(book, chance):
    rows, _ = _some(book, chance, "制度文件")
    rows[0].append(chance.choice(["状态", "有效性", "文件状态"]))
    rows[1].append(chance.choice(["已废止", "失效", "废止"]))


@kind
def a_summary_that_says_otherwise(book, chance):
    rows, _ = _some(book, chance, "汇总数据")
    rows.append([3, chance.choice(["行政许可", "行政处罚"]), 40, "件", ""])


@kind
def a_merged_application(book, chance):
    rows, _ = _some(book, chance, "依申请公开")
    at = chance.randrange(1, 9)
    rows.insert(at + 1, [*[""] * 8, "无法提供-本机关不掌握相关政府信息"])
    book.merged += [("依申请公开", f"{letter}{at + 1}:{letter}{at + 2}") for letter in "ABCDEFGH"]


@kind
def a_file_beside_that_is_not_read(book, chance):
    _, _ = _some(book, chance, "信息发布", "行政执法")
    other = replace(Book(sound()), sheet=book.sheet)
    book.beside[f"{book.sheet}补充.xlsx"] = {"说明": [["见附件"]], "Sheet1": other.sheets[book.sheet]}
