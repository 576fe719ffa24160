"""Rule 10: the parts of an enumeration (共…N条，其中…) against the whole that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checks.applications_rules import on_applications, totals
from checks.statements import COUNTED, Statement, sentences
from checks.subject import Subject
from domain import Finding

# What leads from a whole to its parts; a colon or a bracket right behind it does as well.
_LINK = re.compile(
    r"^[^，。；：（]{0,14}(?:[，。；：]?(?:其中|包括|包含|具体为|具体是|分别[为是]|即|含)|[，。；]在[^，。]{0,10}(?:公开|发布)[^，。]{0,8}中，|[：（]|。?(?:主要|发布较多)的?[是有为])"
)
_OPEN = re.compile(r"等|主要|重点|包括|包含|含|较多|以及其他|例如|如")
_CLOSING = re.compile(r"^(?:和|及)?(?:其他|其它|其余)")
_CHANGE = re.compile(r"同比|环比|[比较]上|[比较]去|增加|减少|增长|下降|上升|占|[多少]$")
_SUBTOTAL = re.compile(r"共|总计|合计|累计|总数")
_ANEW = re.compile(
    r"^(?:全年|年内|并|还|共|已|再)*(?:另|此外|同时|发布|公开|收到|受理|因[^，。；]{0,12}被|被(?:申请|提起)|提起|发生|办[理结]|答复|举[办行]|召开|制[发定]|编[制发]|开展|组织|回应|报送|更新|上[传报]|推送|采[用纳]"
    r"|发放|通过|利用|依托|印发|废止|修[订改]|清理|处理|调整|撰写|录用)"
)
# One item may be posted in several places, so such parts may overlap.
_PLACES = re.compile(
    r"网站|公众号|微博|微信|平台|抖音|媒体|渠道|栏目|客户端|报刊|电视|公报|视频号|广播|图解|转发|转载|涉及"
)
_APPLICANT = re.compile(r"自然人|法人|企业|机构|组织|公民|个人")
_TAKEN = re.compile(r"采[用纳]|录用|刊[发用登]")
_WITHIN = Decimal("0.9")  # of the whole: parts that come so near were meant to make it up


@dataclass(frozen=True)
class _Enumeration:
    """A whole and its parts. ``open``: more than they may belong to it; ``mixed``: some are no exact number of its unit."""

    whole: Statement
    parts: tuple[Statement, ...]
    open: bool
    mixed: bool

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def adds_up(self) -> bool:
        """Whether the parts make up the whole, as exactly as numbers in 万 are written."""
        slack = sum((part.step for part in self.parts), self.whole.step)
        return self.total == self.whole.value or abs(self.total - self.whole.value) < slack

    @property
    def closed(self) -> bool:
        """Whether they say that they are all: the last is 其他, or they are natural and legal persons."""
        applicants = [part for part in self.parts if _APPLICANT.search(part.lead)]
        pair = len(applicants) == len(self.parts) > 1 and any(
            "自然人" in part.lead or "个人" in part.lead for part in applicants
        )
        return bool(_CLOSING.match(_core(self.parts[-1]))) or pair and any("法人" in part.lead for part in applicants)


def parts_of_whole(subject: Subject) -> Iterator[Finding]:
    """Rule 10: an error where the parts were meant to make up the whole and do not, else a question."""
    for sentence in sentences(subject):
        for whole in sentence.statements:
            if (
                whole.counts
                and whole.unit
                and not _CHANGE.search(whole.lead)
                and (found := _enumeration(whole))
                and (severity := _severity(found, subject))
            ):
                unit, total = whole.unit, found.total
                verb = "多出" if total > whole.value else "少"
                listed = " + ".join(str(part.value) for part in found.parts[:12]) + (
                    " + …" if len(found.parts) > 12 else ""
                )
                yield Finding(
                    "PARTS",
                    severity,
                    f"正文“{whole.words}”，所列 {len(found.parts)} 项相加为 {total} {unit}（{listed}），{verb} {abs(total - whole.value)} {unit}",
                    sentence.where,
                    "《政府信息公开条例》第五十条",
                    "对照台账逐项核对" if severity == "error" else "已列全的逐项核对；没有列全的写“等”或补写“其他”",
                    sentence.printed,
                )


def _enumeration(whole: Statement) -> _Enumeration | None:
    """The parts that follow a whole; None where nothing is listed, or what is listed is not clear."""
    text, following = whole.sentence.text, [s for s in whole.sentence.statements if s.start >= whole.end]
    link = _LINK.match(text[whole.end :])
    if not following or not link or following[0].start < whole.end + link.end():
        return None
    depth = whole.depth + link.group().endswith("（")
    is_open = bool(_OPEN.search(re.sub(r"其中", "", link.group())))
    mixed, parts = False, []
    end = whole.end + link.end()
    for statement in following:
        between = text[end : statement.start]
        if statement.depth > depth or statement.unit not in COUNTED | {""} or parts and _CHANGE.search(statement.lead):
            continue
        if _ends(whole, parts, statement, text, depth):
            break
        if len(parts) > 1 and "；" in between and sum(part.value for part in parts) == whole.value:
            break  # complete; what follows divides the whole in another way
        if parts and "其中" in between:  # 其中a n条，其中…: what is listed now is within the last part
            return None
        if statement.unit != whole.unit or not statement.exact or statement.value is None:
            mixed = True
            continue
        parts.append(statement)
        is_open = is_open or bool(_OPEN.search(statement.lead.removeprefix("其中"))) and len(parts) == 1
        end = statement.end
    if not parts or _CHANGE.search(parts[0].lead):
        return None
    rest = text[end : end + 12]
    is_open = is_open or mixed or bool(re.match(r"[^，。；（）]{0,8}等(?!级)", rest))
    return _Enumeration(whole, tuple(parts), is_open, mixed)


def _ends(whole: Statement, parts: list[Statement], statement: Statement, text: str, depth: int) -> bool:
    """Whether the enumeration is over before this number: its bracket closed, a new sentence, a new predicate."""
    between = text[(parts[-1].end if parts else whole.end) : statement.start]
    if statement.depth < depth or parts and "。" in between:
        return True
    if _SUBTOTAL.search(statement.lead) and not parts:
        return True
    if not parts:
        return False
    if _SUBTOTAL.search(re.sub("公共", "", statement.lead)) and not _SUBTOTAL.search(re.sub("公共", "", parts[0].lead)):
        return "合计" not in statement.lead  # 楚雄环境采用合计34条 is a part of its own
    opened = _ANEW.match(_core(statement))
    return bool(opened) and bool(re.search("[，；]", between)) and not _ANEW.match(_core(parts[0]))


def _core(statement: Statement) -> str:
    return re.sub(r"^(?:其中|包括|包含|分别[为是]|具体为|类别为|[：、])+", "", statement.lead)


def _severity(found: _Enumeration, subject: Subject) -> str:
    """error, warning, notice, or "" for no finding."""
    whole, total, count = found.whole.value, found.total, len(found.parts)
    if found.adds_up or not whole:
        return ""
    if _nested(found):
        return ""
    if on_applications(found.whole) and total in totals(subject).values():
        return ""  # the outcomes make up what was closed, the whole named is what was received
    if found.closed and not found.mixed:
        return "error"
    if total < whole and not _TAKEN.search(found.whole.lead) and all(_TAKEN.search(part.lead) for part in found.parts):
        return ""  # the rest was sent in, and not adopted
    overlapping = any(_PLACES.search(part.lead) for part in found.parts)
    if total > whole:
        sure = count >= 3 and total <= 2 * whole and not found.open and not overlapping
        return (
            "error"
            if sure
            else "notice"
            if overlapping and all(part.value <= whole for part in found.parts)
            else "warning"
        )
    if found.open or overlapping or count < 3 or on_applications(found.whole):
        return ""  # of applications some outcomes may be left out; each is compared with its own row
    return "error" if count >= 4 and total >= _WITHIN * whole else "warning" if total >= whole / 2 else "notice"


def _nested(found: _Enumeration) -> bool:
    """Whether the first of the parts make up the whole, where it is itself a part and others may follow its own."""
    listed = [part.value for part in found.parts]
    return "其中" in found.whole.before and any(
        sum(listed[:count]) == found.whole.value for count in range(1, len(listed))
    )
