"""Whose report it is by its own sentences: what its preface says, whom it names to ask, what it calls itself.

For a copy without title and signature: a portal prints the title apart from the text, and many a copy leaves it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.numerals import NUMERAL

_ENDS = (
    "分局|局|厅|部|委|委员会|管委会|办|办公室|政府|院|学院|会|署|处|办事处|所|站|队|中心|公司|集团|学校|大学|中学|小学"
    "|幼儿园|厂|银行|馆|街道|镇|乡|开发区|园区|区|县|市|省"
)
ORGAN = rf"[\u4e00-\u9fff（）()·]{{2,38}}?(?:{_ENDS})"
DISCLOSURE = r"(?:政府信息(?:和政务)?公开|政务公开|信息公开)"
REPORT = r"(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:总结)?(?:报告|年报)(?:全文)?"

_PREFACE_LINES = 6
_YEAR = rf"[{NUMERAL}]{{4}}(?:[-—－–至~][{NUMERAL}]{{4}}学?)?年?度?"
_LEAD = r"(?:本报告(?:系|是)?由|(?:现|特)(?:将|公布|发布|公开|向社会公布|向社会公开|编制)|编制(?:了|形成)?|[。，；,;\s《“]|^)"
_SUBJECT = rf"(?:政府信息(?=工作年)|{DISCLOSURE})"
_ALSO = r"(?:[（(][^（()）]{2,16}[)）])?"  # 绥河县人民政府（县人民政府办公室）
_PREFACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_LEAD}(?P<org>{ORGAN}){_ALSO}(?:关于)?{_YEAR}(?:[^，。；,;]{{0,12}}){_SUBJECT}{REPORT}",
        rf"{_LEAD}(?P<org>{ORGAN}){_ALSO}(?:关于)?{_SUBJECT}(?:工作)?{_YEAR}{REPORT}",
        rf"{_LEAD}{_YEAR}(?P<org>{ORGAN}){_SUBJECT}{REPORT}",
        rf"(?:^|[。，；,;、])(?P<org>{ORGAN})(?:组织)?(?:编制|撰写|制作)(?:了|形成)[^，。；,;]{{0,40}}{_SUBJECT}",
        rf"由(?P<org>{ORGAN})(?:根据|按照|依据|依照|结合|负责|组织|编制|制作|撰写)",
        rf"结合(?P<org>{ORGAN}){_ALSO}(?:{_YEAR})?{DISCLOSURE}(?:工作)?(?:实际|有关|相关|情况)",
        rf"(?:^|[。，；,;、])(?:根据|按照)?(?P<org>{ORGAN})[（(]以下简称[“\"]?(?:我|本|[\u4e00-\u9fff]{{2,8}}(?:局|委|办|院|中心|街道|镇|乡|区)[”\"]?[）)])",
    )
)
_ANNOUNCED = re.compile(r"^(?:现|特)(?:将|公布|发布|公开|向社会公布|向社会公开|编制)")
_NAME = r"[\u4e00-\u9fff]{2,25}?(?:分局|人民政府|县政府|区政府|市政府|委员会|管委会|办公室|街道办事处|街道|局|厅|学院|大学|中学|小学|医院|中心|公司|支队|大队|镇|乡)"
_DOES = "在|认真|严格|坚持|共|全面|按照|依法|主动|20|高度重视|深入|积极|持续|始终|切实|围绕|通过|紧紧|秉持|全年|未收到|进一步|不断|扎实|贯彻"
_CALLS_ITSELF = re.compile(rf"[，,。；：:\s]({_NAME})(?={_DOES})")
_CONTACT = re.compile(
    rf"(?:(?:请|可|直接)与|请联系|可联系)(?P<org>{ORGAN})(?:[^局厅委府院县区市办公处]{{2,4}}(?:科|室|股|组))?(?=联系|咨询|反映|[（(，,])"
)
_INNER = re.compile(r"(?:(?:综合|党政|行政)?办公室|(?<!办)[\u4e00-\u9fff]{2}(?<!办公)(?:科|室|股|处|组))$")
_NOT_AN_ORGAN = re.compile(
    r"^(?:根据|按照|依据|依照|现将|现|本|我|由|对|向|经|以|在|和|及|与|为|将|全|各|其|该|了|的|是|有关|相关|上级|坚持)|(?:年|月|日)|国务院办公厅|根据|按照|情况|工作$"
)


def in_preface(texts: Sequence[str]) -> str:
    """现公布云溪县水务局2024年政府信息公开工作年度报告; 本报告由云溪县水务局编制. "" where no organ is named so."""
    for text in texts[:_PREFACE_LINES]:
        for pattern in _PREFACES:
            for match in pattern.finditer(re.sub(r"\s+", "", text)):
                name = _ANNOUNCED.sub("", match["org"])
                if not _NOT_AN_ORGAN.search(name) and len(name) > 3:
                    return name
    return ""


def called(texts: Sequence[str]) -> str:
    """What the report calls its organ most often, in full where the one to ask belongs to it; "" for nothing."""
    found = Counter(
        name for text in texts for name in _CALLS_ITSELF.findall(" " + text) if not _NOT_AN_ORGAN.search(name)
    )
    name = found.most_common(1)[0][0] if found else ""
    asked = next(_asked(texts), "")
    return asked if not name or asked.removesuffix("办事处").endswith(name.removesuffix("办事处")) else name


def _asked(texts: Sequence[str]) -> Iterator[str]:
    """Whom the preface names to ask, without the office within it: 请与云溪县医疗保障局办公室联系."""
    for text in texts[:_PREFACE_LINES]:
        for match in _CONTACT.finditer(re.sub(r"\s+", "", text)):
            name = match["org"]
            outer = _INNER.sub("", name)
            if re.search(
                r"(?:局|厅|委|委员会|管委会|院|办事处|学校|中心|公司|支队|大队|政府办公室|街道|镇|乡)$", outer
            ):
                name = outer
            if not _NOT_AN_ORGAN.search(name) and len(name) > 3:
                yield name
