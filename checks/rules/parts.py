"""The parts of an enumeration (共…N条，其中…) against the whole that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checks.applications import on_applications, totals
from checks.examples import applications, texts
from checks.rule import Rule, Severity, looks_for
from checks.statements import COUNTED, Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding, Number

_WORDS = read_words(__file__)
_LINK, _UNTOLD, _LEAD_IN = (_WORDS[name] for name in ("link", "untold", "lead_in"))
_OPEN, _AND_OTHERS = _WORDS["open"], _WORDS["and_others"]
_CLOSING, _CHANGE, _SUBTOTAL, _ANEW = (_WORDS[name] for name in ("closing", "change", "subtotal", "anew"))
_NAMED_SUM, _LAST_OF_LIST = _WORDS["named_sum"], _WORDS["last_of_list"]
_ALL_OF_THEM, _CLOSED, _IN_HAND = (_WORDS[name] for name in ("all_of_them", "closed", "in_hand"))
_POSTED = frozenset(_WORDS.listed("posted"))
_PLACES, _TAKEN = _WORDS["places"], _WORDS["taken"]
_APPLICANT, _NATURAL_PERSON = _WORDS["applicant"], _WORDS["natural_person"]
_CHANNEL, _HALF, _QUARTER, _MONTH = (_WORDS[name] for name in ("channel", "half", "quarter", "month"))
_PERIODS = ((_HALF, 2), (_QUARTER, 4), (_MONTH, 12))
_WITHIN = Decimal("0.9")  # of the whole: parts that come so near were meant to make it up

_RECEIVED = applications(new_received=21, granted=18)

PARTS = Rule(
    id="PARTS",
    title="“其中”各项之和等于总数",
    severities=("error", "warning", "notice"),
    source="《政府信息公开条例》第五十条",
    advice="已列全的逐项核对；没有列全的写“等”或补写“其他”",
    speaks=texts("受理政府信息公开申请21件，其中18件已答复，2件正在办理。", cells=_RECEIVED, beside=("NARRATIVE-T3",))
    + texts(
        "全年共发布信息20条，其中通知9条，环评4条，许可8条，处罚2条。",
        "全年共发布信息二十条，其中通知六条，环评四条，许可八条，处罚三条。",
        "全市共公开信息41.3万条，其中市本级9.7万条、县区32.6万条、乡镇1.1万条。",
        "主动公开信息50条：政策类信息4条、业务类信息10条、公示类信息30条、其他信息7条。",
        "发布信息50条，其中公示60条。",
        "发布信息500条，其中政策解读20条、财政信息30条、人事信息9条。",
        "发布信息100条，其中网站100条、微信公众号80条。",
        "发布信息1407条。其中动态373条，微信848篇、微博1629条。",
        "全年发布信息280条，其中上半年120条、下半年150条。",
        "全年发布信息100条，其中第一季度20条、第二季度25条、第三季度30条、第四季度35条。",
        "全年发布信息1000条，其中门户网站600条、微信公众号250条、微博100条。",
        "公开各类信息共计3437条，包括：人事信息12条，动态1740条，公告225条，解读及回应信息共计110条，其他类信息1827条。",
        "公开信息4042条，其中概况类信息和动态信息共计1495条，专栏公开信息2918条。",
    ),
    silent=texts(
        "收到政府信息公开申请21件，其中1件为当面申请，18件为网上申请，2件为信函申请，21件均已答复。",
        "受理政府信息公开申请21件，其中18件已答复，3件正在办理。",
        cells=_RECEIVED,
    )
    + texts(
        "全年共发布信息20条，其中通知6条，环评4条，许可8条，处罚2条。",
        "发布信息20条，其中通知6条、环评14条，上述20条全部登记。",
        "全年共发布信息1.23万条，其中通知6013条，环评4275条，许可2020条。",
        "制发文件13件（含新制定5件，修改4件，废止4件）。",
        "发布信息20条，其中通知12条（上半年5条、下半年7条）、环评8条。",
        "发布信息500条，其中政策解读20条、财政信息30条、人事信息9条等。",
        "发布信息20条，其中通知12条、环评8条，举办发布会3场，解读文件5件。",
        "共发布信息约300条，其中通知100条、环评50条、许可100条。",
        "全年发布信息280条，其中上半年130条、下半年150条。",
        "全年发布信息280条，其中1月20条、3月30条。",
        "全年发布信息1000条，其中门户网站600条、微信公众号250条。",
        "公开各类信息共计3437条，包括：人事信息12条，动态1740条，公告225条，解读及回应信息共计110条，其他类信息1350条。",
        "办理人大建议6件、政协提案12件，其中主办10件、会办8件。",
        "近三年发布信息分别为45条、52条和60条，其中2023年52条，2024年60条。",
        "发布信息20条，其中通知12条、环评8条，全年共发布图解15条。",
    ),
)


@dataclass(frozen=True)
class _Enumeration:
    """A whole and its parts. ``open``: more than they may belong to it; ``mixed``: some are no exact number of its unit."""

    whole: Statement
    parts: tuple[Statement, ...]
    open: bool
    mixed: bool

    @property
    def total(self) -> Decimal:
        return sum((part.number for part in self.parts), Decimal(0))

    @property
    def adds_up(self) -> bool:
        """Whether the parts make up the whole, as exactly as numbers in 万 are written."""
        slack = sum((part.step for part in self.parts), self.whole.step)
        return abs(self.total - self.whole.number) < slack or self.total == self.whole.number or self._divided_twice

    @property
    def _divided_twice(self) -> bool:
        """Whether the parts make up the whole several times over, in order: 6件，其中直接起诉2件，复议后起诉4件，维持5件，未结1件."""
        left = self.whole.number
        for part in self.parts:
            left = (left or self.whole.number) - part.number
            if left < 0:
                return False
        return not left

    @property
    def closed(self) -> bool:
        """Whether they say that they are all: the last is 其他, or they are natural and legal persons."""
        applicants = [part for part in self.parts if _APPLICANT.search(part.lead)]
        pair = len(applicants) == len(self.parts) > 1 and any(_NATURAL_PERSON.search(part.lead) for part in applicants)
        whole_pair = pair and any("法人" in part.lead for part in applicants)
        return bool(_CLOSING.match(_core(self.parts[-1]))) or whole_pair or self.whole_year

    @property
    def whole_year(self) -> bool:
        """Whether they are both halves, all quarters or all months of the year, each named once."""
        named = [part.lead for part in self.parts]
        for period, count in _PERIODS:
            found = [match.group() for lead in named if (match := period.search(lead))]
            if len(named) == len(set(found)) == count:
                return True
        return False

    @property
    def of_one_way(self) -> bool:
        """Whether all parts are ways in which applications come, or sorts of applicants: each has one of them."""
        return len(self.parts) > 1 and any(
            all(words.search(part.lead) for part in self.parts) for words in (_CHANNEL, _APPLICANT)
        )


@looks_for(PARTS, order=150)
def parts_of_whole(subject: Subject) -> Iterator[Finding]:
    """An error where the parts were meant to make up the whole and do not, else a question."""
    for sentence in sentences(subject):
        for whole in sentence.statements:
            found = _enumeration(whole)
            if found and (severity := _severity(found, subject)):
                yield PARTS.finding(
                    subject,
                    f"正文“{whole.words}”，{_sum(found)}",
                    sentence.where,
                    sentence.printed,
                    severity=severity,
                    advice="对照台账逐项核对" if severity == "error" else None,
                )


def _sum(found: _Enumeration) -> str:
    """The parts added up, and by how much they miss the whole."""
    unit, total, whole, count = found.whole.unit, found.total, found.whole.number, len(found.parts)
    listed = " + ".join(str(part.number) for part in found.parts[:12]) + (" + …" if count > 12 else "")
    verb = "多出" if total > whole else "少"
    return f"所列 {count} 项相加为 {total} {unit}（{listed}），{verb} {abs(total - whole)} {unit}"


def _enumeration(whole: Statement) -> _Enumeration | None:
    """The parts that follow a whole; None where nothing is listed, or what is listed is not clear."""
    if not whole.counts or not whole.unit or _CHANGE.search(whole.lead) or _LAST_OF_LIST.search(whole.before[-24:]):
        return None
    text, following = whole.sentence.text, [s for s in whole.sentence.statements if s.start >= whole.end]
    told = _LINK.match(text[whole.end :])
    link = told or _UNTOLD.match(text[whole.end :])
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
        if len(parts) > 1 and "；" in between and sum(part.number for part in parts) == whole.number:
            break  # complete; what follows divides the whole in another way
        if parts and "其中" in between:  # 其中a n条，其中…: what is listed now is within the last part
            return None
        if not _of_one_kind(statement.unit, whole.unit) or not statement.exact or statement.value is None:
            mixed = True
            continue
        parts.append(statement)
        is_open = is_open or bool(_OPEN.search(statement.lead.removeprefix("其中"))) and len(parts) == 1
        end = statement.end
    if not parts or _CHANGE.search(parts[0].lead):
        return None
    rest = text[end : end + 12]
    is_open = is_open or mixed or bool(_AND_OTHERS.match(rest))
    found = _Enumeration(whole, tuple(parts), is_open, mixed)
    return found if told or not _is_part(whole) and (found.of_one_way or found.whole_year) else None


def _is_part(whole: Statement) -> bool:
    """Whether a number may itself be one of an enumeration (其中网上150件，信函30件), and so no whole of what follows."""
    listed = "其中" in whole.before or "包括" in whole.before or "、" in whole.before[-len(whole.lead) - 2 :]
    words = (_CHANNEL, _APPLICANT, _HALF, _QUARTER, _MONTH)
    return listed or any(one.search(whole.lead) for one in words)


def _ends(whole: Statement, parts: list[Statement], statement: Statement, text: str, depth: int) -> bool:
    """Whether the enumeration is over before this number: its bracket closed, a new sentence, a new predicate."""
    between = text[(parts[-1].end if parts else whole.end) : statement.start]
    if statement.depth < depth or parts and "。" in between:
        return True
    if parts and not _core(statement) and _ALL_OF_THEM.match(statement.tail):
        return True  # 4件均已答复: the whole again, and no part
    if statement.value == whole.value and len(parts) > 1 and sum(part.number for part in parts) == whole.number:
        return True  # 上述101件: the parts are complete
    named_sum = _NAMED_SUM.search(statement.lead) and not _ANEW.match(_core(statement))
    if named_sum and statement.value is not None and statement.value < whole.number:
        return False  # 解读及回应信息共计110条 is one part
    if _SUBTOTAL.search(statement.lead) and not parts:
        return True
    if not parts:
        return False
    if _SUBTOTAL.search(re.sub("公共", "", statement.lead)) and not _SUBTOTAL.search(re.sub("公共", "", parts[0].lead)):
        return "合计" not in statement.lead  # 楚雄环境采用合计34条 is a part of its own
    opened = _ANEW.match(_core(statement))
    return bool(opened) and bool(re.search("[，；]", between)) and not _ANEW.match(_core(parts[0]))


def _of_one_kind(one: str, other: str) -> bool:
    """Whether two units count the same things: 条 and 篇 of what is posted."""
    return one == other or one in _POSTED and other in _POSTED


def _core(statement: Statement) -> str:
    return _LEAD_IN.sub("", statement.lead)


def _severity(found: _Enumeration, subject: Subject) -> Severity | None:
    """None for no finding."""
    whole, total, count = found.whole.number, found.total, len(found.parts)
    if found.adds_up or not whole:
        return None
    if _nested(found):
        return None
    one_way = found.of_one_way and on_applications(found.whole)
    if total == whole + _beside(found.whole):
        return None  # 建议6件、提案12件，其中主办10件、会办8件
    if on_applications(found.whole) and total in _other_totals(subject, one_way):
        return None  # the outcomes make up what was closed, the whole named is what was received
    if any(part.unit != found.whole.unit for part in found.parts):  # 篇 among 条: one thing only as a rule
        return "warning" if total > whole else None
    if found.closed and not found.mixed:
        return "error"
    if one_way and not found.open and total >= whole / 2:
        return "warning"  # a way that nobody thinks of may have been left out
    if any(_CLOSED.search(part.words) for part in found.parts) and any(_IN_HAND.search(p.words) for p in found.parts):
        return "warning"  # closed or in hand: there is no third
    if total < whole and not _TAKEN.search(found.whole.lead) and all(_TAKEN.search(part.lead) for part in found.parts):
        return None  # the rest was sent in, and not adopted
    overlapping = any(_PLACES.search(part.lead) for part in found.parts)
    if total > whole:
        sure = count >= 3 and total <= 2 * whole and not found.open and not overlapping
        return (
            "error"
            if sure
            else "notice"
            if overlapping and all(part.number <= whole for part in found.parts)
            else "warning"
        )
    if found.open or count < 3 or on_applications(found.whole):
        return None  # of applications some outcomes may be left out; each is compared with its own row
    near = total >= _WITHIN * whole
    if overlapping:  # short of the whole all the same: a place is left out, or a number wrong
        return "warning" if near else None
    return "warning" if total >= whole / 2 else "notice"  # what is not named may be left out


def _other_totals(subject: Subject, one_way: bool) -> set[Number]:
    """The totals that the parts may make up instead of the whole named: ways of coming in are those of the new ones."""
    known = totals(subject)
    return {known[name] for name in known if not one_way or name == "本年新收"}


def _beside(whole: Statement) -> Decimal:
    """The sum of the counts right before a whole, of which the parts may be as well."""
    known = [
        one for one in whole.sentence.statements if one.end <= whole.start and one.counts and one.unit == whole.unit
    ]
    total, start = Decimal(0), whole.start
    for one in reversed(known):
        if not re.fullmatch(r"[、和及与，][^，。；、\d]{0,12}", whole.sentence.text[one.end : start]):
            break
        total, start = total + one.number, one.start
    return total


def _nested(found: _Enumeration) -> bool:
    """Whether the first of the parts make up the whole, where it is itself a part and others may follow its own."""
    listed = [part.number for part in found.parts]
    return "其中" in found.whole.before and any(
        sum(listed[:count]) == found.whole.number for count in range(1, len(listed))
    )
