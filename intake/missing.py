"""What the report needs and no file holds: typed once, as a number or 没有, with who typed it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain import UnusableInput
from statutory.amounts import read_amount
from statutory.spelling import fold

NONE = "没有"
TYPED = "填报人填写"


@dataclass(frozen=True)
class Area:
    """A figure, or a group of them, that can be typed. ``whole``: a number other than 0 needs its parts."""

    name: str
    said: str
    unit: str
    sheet: str
    whole: bool = False
    decimal: bool = False


AREAS = (
    Area("信息发布", "全年主动公开信息的条数", "条", "信息发布"),
    Area("依申请公开", "全年新收、上年结转的政府信息公开申请", "件", "依申请公开", whole=True),
    Area("行政许可", "本年作出的行政许可决定", "件", "行政执法"),
    Area("行政处罚", "本年作出的行政处罚决定", "件", "行政执法"),
    Area("行政强制", "本年作出的行政强制决定", "件", "行政执法"),
    Area("行政事业性收费", "本年收取的行政事业性收费（万元）", "万元", "汇总数据", decimal=True),
    Area("信息处理费", "本年收取的信息处理费（元）", "元", "汇总数据", decimal=True),
    Area("复议诉讼", "因政府信息公开被申请行政复议、提起行政诉讼的案件", "件", "复议诉讼", whole=True),
    Area("规章", "规章的制发、废止和现行有效件数", "件", "制度文件", whole=True),
    Area("行政规范性文件", "行政规范性文件的制发、废止和现行有效件数", "件", "制度文件", whole=True),
    Area("媒体采用", "向媒体和上级报送的信息", "条", "媒体采用"),
    Area("听取汇报", "主要负责人听取政务公开工作汇报", "次", "工作记录"),
    Area("业务培训", "政务公开业务培训", "次", "工作记录"),
)
ORGAN = Area("单位名称", "编制报告的机关的全称", "", "基本信息")
_BY_NAME = {area.name: area for area in AREAS}
BASICS = ("单位名称", "报告年度", "发布日期", "发布平台", "联系地址", "邮政编码", "联系电话", "电子邮箱")


@dataclass(frozen=True)
class Typed:
    """A figure that a person typed."""

    name: str
    value: Decimal
    unit: str
    by: str
    on: date

    @property
    def note(self) -> str:
        who = f"{self.by}，" if self.by else ""
        return f"{TYPED}（{who}{self.on.isoformat()}）"


def read_typed(given: Mapping[str, str], by: str, on: date) -> tuple[dict[str, str], list[Typed]]:
    """The basics and the typed figures; UnusableInput names every one that is no figure, or no number."""
    basics, typed, problems = {}, [], []
    for name, text in given.items():
        word, said = fold(name), text.strip()
        area = _BY_NAME.get(word.split("：")[0])
        if word in BASICS:
            basics[word] = said
            continue
        part = re.sub("[:：]", "：", word)
        if area is None and not _is_part(part):
            problems.append(f"“{name}”不是可以填写的项，可用：{'、'.join([*BASICS[:4], *_BY_NAME])}")
            continue
        try:
            value = Decimal(0) if said in (NONE, "无") else read_amount(said)
        except ValueError as error:
            problems.append(f"“{name}”填的“{said[:20]}”{error}；没有的请填“{NONE}”")
            continue
        if area and area.whole and value and part == area.name:
            problems.append(f"“{name}”不是0，要分项填写：{_parts_of(area)}")
        elif value % 1 and not (area and area.decimal):
            problems.append(f"“{name}”填的“{said[:20]}”不是整数")
        else:
            typed.append(Typed(part, value, area.unit if area else "件", by, on))
    if problems:
        raise UnusableInput(problems[0], tuple(problems))
    return basics, typed


def _is_part(name: str) -> bool:
    return "：" in name and name.split("：")[0] in ("依申请公开", "复议诉讼", "制度文件", "信息发布", "媒体采用")


def _parts_of(area: Area) -> str:
    return {
        "依申请公开": "如 依申请公开：本年新收：自然人=3",
        "复议诉讼": "如 复议诉讼：行政复议：结果维持=1",
        "规章": "如 制度文件：规章：现行有效=1",
        "行政规范性文件": "如 制度文件：行政规范性文件：制发=1",
    }[area.name]


def missing(present: Iterable[str], typed: Iterable[Typed]) -> list[Area]:
    """The areas of which neither a file nor a person has told anything. ``present`` are names of areas and sheets."""
    told = set(present) | {one.name for one in typed}
    for one in typed:
        first, *rest = one.name.split("：")
        told.add(rest[0] if first == "制度文件" and rest else first)
    return [area for area in AREAS if area.name not in told]
