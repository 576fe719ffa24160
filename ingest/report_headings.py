"""Which of the six parts of a report a line is the heading of: by its words, or by its number and sense.

Parts by 国办公开办函〔2021〕30号; offices print 五、存在问题及改进情况, 六、其它需要报告的事项, （五）…, 第五部分 ….
"""

from __future__ import annotations

import re

_LONGEST = 60  # characters; more is a sentence
_BEHIND = 12  # characters that may follow the words of a heading without a number
_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^总体情况",
        r"^(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况",
        r"^(?:行政机关)?收到和(?:处理|办理)(?:政府)?信息公开申请(?:的)?情况",
        r"^(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议、?(?:和)?(?:提起)?行政诉讼(?:的)?情况",
        r"^(?:政府信息公开工作)?(?:中)?存在的(?:主要)?(?:问题|不足)",
        r"^(?:其[他它]需要(?:报告|说明)|需要(?:报告|说明)的其[他它])(?:的)?(?:事项|情况|问题)?",
    )
)
# With its own number before it, a heading is told by its sense.
_SENSES = tuple(
    re.compile(pattern)
    for pattern in (
        r"总体|^概述$|^(?:工作)?(?:基本情况|概况|综述|概述)",
        r"主动公开.*情况$|主动公开(?:政府)?信息",
        r"(?:收到|受理|处理|办理).*申请|申请.*(?:办理|处理|受理).*情况|^(?:政府信息)?依申请公开(?:政府信息)?(?:工作)?(?:的)?情况$",
        r"行政复议|行政诉讼|复议.*诉讼",
        r"问题|不足|薄弱环节",
        r"^其[他它]|需要(?:报告|说明)的|^附[件则录]?$|收费情况",
    )
)
# Behind a number in brackets or an Arabic one, which items within a part have too, only the words of the form count.
_WHOLE = tuple(
    re.compile(pattern)
    for pattern in (
        r"^总体(?:工作)?情况$",
        r"^(?:行政机关)?主动公开政府信息(?:的)?情况$",
        r"^(?:行政机关)?收到和(?:处理|办理)政府信息公开申请(?:的)?情况$",
        r"^(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议、?(?:和)?(?:提起)?行政诉讼(?:的)?情况$",
        r"^(?:政府信息公开工作)?(?:中)?存在的?(?:主要)?(?:问题|不足)(?:及|和|与)改进(?:情况|措施)$",
        r"^(?:其[他它]需要(?:报告|说明)|需要(?:报告|说明)的其[他它])(?:的)?(?:事项|情况)$",
    )
)
_NUMERALS = "一二三四五六七八九十"
NUMBERED = re.compile(r"^(?P<no>[一二三四五六七八九十]{1,2})\s*[、.．，:：]\s*(?P<name>.+)$", re.DOTALL)
_PART_WORD = re.compile(r"^第(?P<no>[一二三四五六])(?:部分|章)\s*[、:：]?\s*(?P<name>.+)$", re.DOTALL)
_OTHERWISE = re.compile(
    r"^(?:[（(]\s*(?P<no>[一二三四五六1-6])\s*[)）]|(?P<arabic>[1-6])\s*[、.．])\s*[、.．]?\s*(?P<name>.+)$", re.DOTALL
)
_WITHOUT_MARK = re.compile(r"^(?P<no>[一二三四五六])\s+(?P<name>.+)$", re.DOTALL)


def part_of(text: str) -> int:
    """Which of the six parts (1–6) a paragraph is the heading of; 0 for none."""
    if len(text) > _LONGEST or text.endswith(("。", "；", "，", "：")):
        return 0
    numbered = NUMBERED.match(text) or _PART_WORD.match(text) or _WITHOUT_MARK.match(text)
    name = re.sub(r"\s+", "", numbered["name"] if numbered else text)
    for number, pattern in enumerate(_PARTS, start=1):
        match = pattern.match(name)
        if match and (numbered or len(name) <= match.end() + _BEHIND):
            return number
    if numbered and (number := _NUMERALS.find(numbered["no"]) + 1) in range(1, 7):
        return number if _SENSES[number - 1].search(name) and not re.search(r"[，。；]", name) else 0
    return _otherwise(text)


def _otherwise(text: str) -> int:
    """（五）存在的主要问题及改进情况, 5.存在问题及改进措施: the number and all the words of the part."""
    match = _OTHERWISE.match(text)
    if not match:
        return 0
    number = int(match["arabic"] or 0) or ("123456".find(match["no"]) + 1 or _NUMERALS.find(match["no"]) + 1)
    return number if _WHOLE[number - 1].match(re.sub(r"\s+", "", match["name"])) else 0
