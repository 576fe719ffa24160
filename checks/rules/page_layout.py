"""The pages of a report in Word format, against GB/T 9704—2012: 5 (type area), 5.2.2 (fonts, lines), 7.5 (page numbers)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checks.examples import Example
from checks.layout import Layout, Lettering, PageSetup
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_FONTS = {name: _WORDS[name] for name in ("小标宋", "仿宋", "黑体", "楷体")}
_SIZES = {22: "二号", 16: "三号", 14: "四号"}
_HEADINGS = {1: ("一级标题", "黑体"), 2: ("二级标题", "楷体")}
_NARROW, _WIDE = 1.05, 2.05  # millimetres that a margin, and a side of the type area, may differ by
_PITCH = (28, 30)

_PAGE = PageSetup(210, 297, 37, 35, 28, 26, 14, True)
_BODY = Lettering("主动公开：", "仿宋_GB2312", 16, 28.95)
_SET = Layout(
    (_PAGE,),
    Lettering("年度报告", "方正小标宋简体", 22, 33, True),
    _BODY,
    {1: Lettering("一、总体情况", "黑体", 16, 28.95), 2: Lettering("（一）主动公开", "楷体_GB2312", 16, 28.95)},
)


def _body(**changes: Any) -> Example:
    return Example(layout=replace(_SET, body=replace(_BODY, **changes)))


def _page(**changes: Any) -> Example:
    return Example(layout=replace(_SET, pages=(replace(_PAGE, **changes),)))


def _rule(id: str, title: str, advice: str, section: str, speaks: tuple, silent: tuple) -> Rule:
    source = f"《党政机关公文格式》（GB/T 9704—2012）{section}" if section else "{form}附表"
    right = (Example(), Example(layout=_SET), *silent)
    return Rule(id=id, title=title, severities=("notice",), source=source, advice=advice, speaks=speaks, silent=right)


MARGINS = _rule(
    "PAGE-AREA",
    "纸张、页边距和版心合于公文格式",
    "页面设置：A4，上 37、下 35、左 28、右 26 毫米",
    "5.1、5.2.1",
    (_page(top=25.4, bottom=25.4, left=31.8, right=31.8), _page(width=216, height=279), _page(top=35)),
    (_page(top=37.6, left=27.4), _page(width=297, height=210, top=26, bottom=28, left=35, right=37)),
)
FONTS = _rule(
    "PAGE-FONT",
    "标题和正文的字体、字号合于公文格式",
    "标题二号小标宋居中，一级标题三号黑体，二级标题三号楷体，正文三号仿宋",
    "5.2.2、7.3.1、7.3.3",
    (
        _body(font="宋体"),
        _body(size=12),
        Example(layout=replace(_SET, title=Lettering("年度报告", "黑体", 22, 33, True))),
        Example(layout=replace(_SET, headings={1: Lettering("一、总体情况", "仿宋", 16, 28)})),
    ),
    (_body(font="FangSong"), _body(font="")),
)
LINES = _rule(
    "PAGE-LINES",
    "每页 22 行，行距 28 至 30 磅",
    "段落设置：行距固定值 28 至 30 磅",
    "5.2.3",
    (_body(pitch=0), _body(pitch=24)),
    (_body(pitch=28), _body(pitch=30)),
)
NUMBERS = _rule(
    "PAGE-NUMBER",
    "页码四号，左右各一条一字线",
    "插入页码：四号半角宋体数字，左右各放一条一字线，单页居右、双页居左",
    "7.5",
    (_page(number_size=0), _page(number_size=9), _page(number_dashes=False)),
    (),
)
LINED = _rule(
    "PAGE-TABLE",
    "表格有框线",
    "给表格加上全部框线",
    "",
    (Example(layout=replace(_SET, bare=("本年新收",))), Example(layout=replace(_SET, bare=("", "类别")))),
    (),
)


@looks_for(MARGINS, NUMBERS, order=380)
def pages(subject: Subject) -> Iterator[Finding]:
    """Each way of setting up the pages once; a section on its side, as for wide tables, has margins of its own."""
    layout = subject.layout or Layout()
    for page in dict.fromkeys(one for one in layout.pages if one.upright):
        if not _within(page):
            sides = "上{0.top:g}、下{0.bottom:g}、左{0.left:g}、右{0.right:g}毫米".format(_rounded(page))
            said = f"纸张 {page.width:.0f}×{page.height:.0f} 毫米，页边距{sides}，版心不是 156×225 毫米"
            yield MARGINS.finding(subject, said, "页面")
    for page in list(dict.fromkeys(one for one in layout.pages if one.upright))[:1]:
        faults = [] if page.number_size else ["没有页码"]
        if page.number_size and abs(page.number_size - 14) > 0.3:
            faults.append(f"页码是 {page.number_size:g} 磅，不是四号（14 磅）")
        if page.number_size and not page.number_dashes:
            faults.append("页码左右没有一字线")
        if faults:
            yield NUMBERS.finding(subject, "；".join(faults), "页码")


@looks_for(FONTS, order=382)
def lettering(subject: Subject) -> Iterator[Finding]:
    """The title, the headings of each level and the body, each against its font and size."""
    layout = subject.layout or Layout()
    kinds = [("标题", layout.title, "小标宋", 22), ("正文", layout.body, "仿宋", 16)]
    kinds += [(name, layout.headings.get(level), font, 16) for level, (name, font) in _HEADINGS.items()]
    for name, found, font, size in kinds:
        if found is None:
            continue
        faults = []
        if found.font and not _FONTS[font].search(found.font):
            faults.append(f"字体是{found.font}，应为{font}")
        if found.size and abs(found.size - size) > 0.3:
            faults.append(f"字号是 {found.size:g} 磅，应为{_SIZES[size]}（{size} 磅）")
        if name == "标题" and not found.centred:
            faults.append("没有居中")
        if faults:
            yield FONTS.finding(subject, f"{name}{'，'.join(faults)}", name, found.text)


@looks_for(LINES, LINED, order=384)
def lines(subject: Subject) -> Iterator[Finding]:
    """The distance of the lines of the body, and the lines of the tables."""
    layout = subject.layout or Layout()
    if layout.body and not _PITCH[0] - 0.1 <= layout.body.pitch <= _PITCH[1] + 0.1:
        now = f"行距是 {layout.body.pitch:g} 磅" if layout.body.pitch else "行距不是固定值"
        yield LINES.finding(subject, f"正文{now}，一页排不成 22 行", "正文", layout.body.text)
    for number, text in enumerate(layout.bare, start=1):
        yield LINED.finding(subject, f"没有框线的表格（第 {number} 张，首格“{text[:20]}”）", "表格", text)


def _within(page: PageSetup) -> bool:
    near = [(page.width, 210, _WIDE), (page.height, 297, _WIDE), (page.top, 37, _NARROW), (page.left, 28, _NARROW)]
    near += [(page.width - page.left - page.right, 156, _WIDE), (page.height - page.top - page.bottom, 225, _WIDE)]
    return all(abs(value - wanted) <= most for value, wanted, most in near)


def _rounded(page: PageSetup) -> PageSetup:
    sides = {side: round(getattr(page, side), 1) for side in ("top", "bottom", "left", "right")}
    return replace(page, **sides)
