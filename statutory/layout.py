"""The ledger's layout: its nine sheets, their columns, and how each column is filled in.

Reading and the empty template both go by these definitions. Columns that are not listed here are
left alone; a personal column exists for the office's own use: it is read in only to tell whether a
row is blank or entered twice, and neither kept nor put out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from matters import work

Filled = Literal["date", "choice", "text", "number", "personal"]

SERIAL = "序号"
EXAMPLE_MARK = "示例"
GUIDE, OPTIONS = "填写说明", "选项"  # further sheets of the template


@dataclass(frozen=True)
class Heading:
    """A column: its heading, how it is filled in, whether it is needed, a note and an example."""

    name: str
    filled: Filled = "text"
    needed: bool = False
    note: str = ""
    example: str = ""


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of rows under headings. ``dated_by`` is the column whose year decides what counts."""

    name: str
    dated_by: str
    headings: tuple[Heading, ...]
    note: str

    @cached_property
    def needed(self) -> tuple[str, ...]:
        return tuple(heading.name for heading in self.headings if heading.needed)

    @cached_property
    def personal(self) -> frozenset[str]:
        return frozenset(heading.name for heading in self.headings if heading.filled == "personal")


BASICS = "基本信息"
# What the report's preface tells of the office, where it is filled in; never read from another sheet.
CONTACT_KEYS = {"联系地址": "地址", "邮政编码": "邮编", "联系电话": "电话", "电子邮箱": "电子邮箱"}
BASIC_KEYS = ("单位名称", "报告年度", "发布日期", "发布平台", *CONTACT_KEYS)

SHEETS: tuple[SheetLayout, ...] = (
    SheetLayout(
        "信息发布",
        "发布日期",
        (
            Heading("发布日期", "date", True, "信息上网的日期", "2025-03-15"),
            Heading("信息标题", example="2025年2月环境质量状况"),
            Heading("信息类别", needed=True, note="按本单位公开目录的栏目填写", example="环境质量信息"),
            Heading("发布渠道", example="门户网站"),
            Heading("链接"),
            Heading("备注"),
        ),
        "每发布一条信息填一行；按发布日期计入年度，按信息类别分别统计。",
    ),
    SheetLayout(
        "媒体采用",
        "报送日期",
        (
            Heading("报送日期", "date", True, "向媒体或上级报送的日期", "2025-04-02"),
            Heading("信息标题", example="工作信息第1期"),
            Heading("采用单位", needed=True, note="没有被采用的留空", example="县融媒体中心"),
        ),
        "每报送一条填一行；被采用的填采用单位，没有采用的留空。",
    ),
    SheetLayout(
        "依申请公开",
        "收到日期",
        (
            Heading("登记号", note="每件申请一个编号，不重复", example="2025-001"),
            Heading("收到日期", "date", True, "收到申请的日期", "2025-05-06"),
            Heading("申请人类型", "choice", True, "从下拉列表选择", "自然人"),
            Heading("申请人", "personal", note="仅供本单位登记，程序读入只为查重，不保存、不输出"),
            Heading("联系电话", "personal", note="仅供本单位登记，程序读入只为查重，不保存、不输出"),
            Heading("申请内容", "personal", note="仅供本单位登记，程序读入只为查重，不保存、不输出"),
            Heading("办结日期", "date", True, "尚未办结的留空", "2025-05-20"),
            Heading("办理结果", "choice", True, "从下拉列表选择；尚未办结的留空", "予以公开"),
        ),
        "每件申请填一行；上年结转的申请也要列入，收到日期填原来的日期。",
    ),
    SheetLayout(
        "复议诉讼",
        "受理日期",
        (
            Heading("受理日期", "date", True, "复议、诉讼受理的日期", "2025-06-10"),
            Heading("案件类型", "choice", True, "从下拉列表选择", "行政复议"),
            Heading("结果", "choice", True, "从下拉列表选择", "结果维持"),
        ),
        "因政府信息公开工作被申请行政复议、提起行政诉讼的案件，每件填一行。",
    ),
    SheetLayout(
        "制度文件",
        "制发日期",
        (
            Heading("文件名称", example="某某管理规定"),
            Heading("文件类型", "choice", True, "从下拉列表选择", "行政规范性文件"),
            Heading("制发日期", "date", True, "印发的日期", "2025-07-01"),
            Heading("废止日期", "date", True, "现行有效的留空"),
        ),
        "本机关制发的规章和行政规范性文件，历年现行有效的都要列入。",
    ),
    SheetLayout(
        "行政执法",
        "决定日期",
        (
            Heading("决定类型", "choice", True, "从下拉列表选择", "行政许可"),
            Heading("决定日期", "date", True, "作出决定的日期", "2025-08-08"),
            Heading("文号", example="某环许〔2025〕1号"),
        ),
        "每作出一件决定填一行；数量大的可以不逐件登记，只在“汇总数据”填总数。",
    ),
    SheetLayout(
        "工作记录",
        "日期",
        (
            Heading("日期", "date", True, "工作开展的日期", "2025-09-09"),
            Heading("类型", needed=True, note=f"{'、'.join(work())}，或其他工作的名称", example="业务培训"),
            Heading("内容", example="政务公开业务培训"),
        ),
        "主要负责人听取汇报、开展业务培训等工作，每次填一行。",
    ),
    SheetLayout(
        "汇总数据",
        "",
        (
            Heading("指标", needed=True, note="指标名称", example="网站访问量"),
            Heading("数值", "number", True, "没有发生的填0，不要留空", "0"),
            Heading("单位", note="万元、元、件、次等", example="次"),
            Heading("备注"),
        ),
        "“行政事业性收费”和“信息处理费”必填，没有收取的填0；其他指标可以增加行。",
    ),
)

LAYOUTS = {layout.name: layout for layout in SHEETS}
