"""对吗, 是不是, 对不对: a statement judged against the rule that decides it, and left open where code cannot judge.

Days, periods, amounts and shares are compared as numbers; 可以, 应当, 不得 and 不用 as the rule puts the act.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from answering.law.asked import act_terms, held, terms_of
from answering.law.quantities import Quantity, quantities
from answering.law.units import limits
from answering.law.whether import Stance, ways

_TAG = re.compile(
    r"[，,、。\s]*(?:这样(?:说|理解)?|这个说法|这么说|我这样理解|我的理解)?(?:对吗|对不对|对么|是吗|是吧|对吧|没错吧|是这样吗|是真的吗|正确吗|是否正确|准确吗|有没有错|是不是这样)[？?。！]*$"
)
_LEADING = re.compile(
    r"^(?:请问|听说|据说|有人说|我听说|听人说|领导说|同事说|是不是|是否|我记得|按规定|依规定|按照规定)[，,：:]?"
)
_IS_IT = re.compile(r"是不是|是否(?!可以|应当|需要|必须)")
_ABSOLUTE = re.compile(
    r"一律|一定|全部|任何情况|任何时候|绝对|只能|所有|每一?[份件个条]|从来|永远|无条件|无论|不管|都(?!可)|完全|直接"
)
_NEED_NOT = re.compile(r"不用|不需要?|无需|无须|不必|(?<!不)可以不|用不着|没必要|免")
_MUST_NOT = re.compile(r"不能|不得|不可以|不可(?!靠)|不许|禁止|不准(?!确)|不允许|无权|没有权")
_MUST = re.compile(
    r"必须|应当|应该|一定要|务必|都要|还要|(?<!根据)(?<!工作)(?<!实际)(?<!特殊)(?<!因)(?<!不)需要|(?<![重需主只不])要(?![求点件素素])|得(?=[先在向把给经])|须"
)
_MAY = re.compile(
    r"可以|(?<![不职功性])能(?![力源])|有权(?!处理|更正|机关|审批|批准|管辖|决定的|的|限|受理)|允许|可(?=[由向以])"
)
_PLAIN_NOT = re.compile(
    r"不(?!同|服|良|动产|仅|但|少于|超过|低于|多于|明确|准确|合理|清|足|满|得少|得超|得低|得多|存在|真实)|未(?!来|成年)|没有"
)
_PATTERNS = {"need not": _NEED_NOT, "must not": _MUST_NOT, "must": _MUST, "may": _MAY, "not": _PLAIN_NOT}
_EXTENDS = re.compile("延长|延期|延迟|宽限")
CLEAR = 0.12
"""By how much a clause must say more of the statement than the others, to be the one that is meant."""


@dataclass(frozen=True)
class Judgement:
    """``words``: 对, 不对, 一般对，但有例外, or "" where code cannot judge; ``is_it`` what it is instead (1月31日前)."""

    words: str = ""
    is_it: str = ""


def statement(question: str) -> str:
    """What a question holds to be so, without the words that ask whether it is; "" where it asks otherwise."""
    bare = " ".join(question.split())
    tagged = _TAG.sub("", bare)
    if tagged == bare.rstrip("？?。") and not _IS_IT.search(bare):
        return "" if not re.match(r"是不是", bare) else _LEADING.sub("", bare.rstrip("？?。吗"))
    if tagged == bare:
        tagged = _IS_IT.sub("", bare, count=1).rstrip("？?。吗么呢")
    while _LEADING.match(tagged):
        tagged = _LEADING.sub("", tagged)
    return tagged.strip("，, ")


def judge_statement(said: str, rule: str) -> Judgement:
    """``said`` against ``rule``: the sentences that decide, with what limits them."""
    if _plain(said) in _plain(rule):
        return Judgement("一般对，但有例外" if limits(rule) and not limits(said) else "对")
    if any(
        _RULES.search(part) and part.endswith("的") and _plain(part) not in _plain(rule)
        for part in re.split("[，；]", said)
    ):
        return Judgement()  # a case that holds a rule of its own (应当追究责任的，…)
    if not _follows_so(said, rule):
        return Judgement()  # 逾期不说就算同意: of another case, or another consequence, than the rule's
    parts = ruling_parts(said)
    if len(parts) > 1:
        return _all_of([judge_statement(part, rule) for part in parts])
    mine = [one for one in quantities(said) if not _spans(said, one)]
    return _numbers(said, mine, rule) if mine else _stance(said, rule)


def ruling_parts(said: str) -> list[str]:
    """The parts of a statement that each say what may or must be done; one where it says so but once."""
    parts = [part for part in re.split("[，；,;]", said) if part]
    ruling = [at for at, part in enumerate(parts) if not part.endswith("的") and _modal(_main(part))]
    if len(ruling) < 2:
        return [said]
    starts = [0, *(at for at in ruling[1:])]
    return ["，".join(parts[start:end]) for start, end in zip(starts, [*starts[1:], len(parts)])]


def _all_of(found: Sequence[Judgement]) -> Judgement:
    if wrong := next((one for one in found if "不对" in one.words), None):
        return wrong
    if any(not one.words for one in found):
        return Judgement()
    return next((one for one in found if one.words != "对"), Judgement("对"))


_THEN = re.compile(
    r"(?:不|没|未|逾期|超过|过了|过期)[^；。]*?(?:就|便|则|即)?(?:算作?是?|视为|视同|当作|等于|默认是?|就|便|则)([^，。；]{2,})$"
)
_OMISSION = re.compile("(?:逾期|未|不|没有).*的$")
_DENIED = re.compile("不(?!服|动产)|未|无")


def _follows_so(said: str, rule: str) -> bool:
    """Whether the rule lets follow from an omission what a statement lets follow; True where it tells of none."""
    match = _THEN.search(said)
    if not match:
        return True
    case, terms, denied = terms_of(said[: match.start(1)]), terms_of(match[1]), bool(_DENIED.search(match[1]))
    return any(
        held(case, omitted) > 0 and held(terms, then) >= _FOLLOWS and bool(_DENIED.search(then)) == denied
        for omitted, then in _omissions(rule)
    )


def _omissions(rule: str) -> list[tuple[str, str]]:
    """Each omission that a rule tells of (逾期不告知的), with the clause that says what follows."""
    clauses = [re.split("[，,]", sentence) for sentence in re.split("[。；;\n]", rule)]
    return [pair for sentence in clauses for pair in pairwise(sentence) if _OMISSION.search(pair[0])]


_FOLLOWS = 0.6
"""The share of the words of a consequence that the rule's own holds."""


def _plain(text: str) -> str:
    return re.sub(r"[\s，。；：、,;:“”]", "", text)


def _numbers(said: str, mine: Sequence[Quantity], rule: str) -> Judgement:
    same = [one for one in mine if len([other for other in mine if other.comparable == one.comparable]) > 1]
    if len(same) > 1:
        return _numbers_in_order(said, mine, rule)
    found = [_number(said, one, rule) for one in mine]
    if any(one.words == "不对" for one in found):
        return next(one for one in found if one.words == "不对")
    if found and all(one.words == "对" for one in found):
        return Judgement("一般对，但有例外" if limits(rule) else "对")
    return Judgement()


def _numbers_in_order(said: str, mine: Sequence[Quantity], rule: str) -> Judgement:
    """Several numbers of one kind (2万元以上20万元以下): so where the rule has them in this order, not so where it has but one such pair, another."""
    theirs = [one for one in quantities(rule) if any(one.comparable == other.comparable for other in mine)]
    values = [(one.dimension, one.value) for one in theirs]
    asked = [(one.dimension, one.value) for one in mine]
    if _modal(_main(said)) in ("must not", "need not"):
        return Judgement()
    if any(values[at : at + len(asked)] == asked for at in range(len(values))):
        return Judgement("对")
    found = [_number(said, one, rule) for one in mine]
    if (
        all(one.words == "不对" for one in found)
        or len(values) == len(asked)
        and any(one.words == "不对" for one in found)
    ):
        return next(one for one in found if one.words == "不对")
    return Judgement()


def _sweeping(said: str, rule: str) -> bool:
    """Whether a statement says 一律, 都 or 只能 where the rule does not."""
    return any(word not in rule for word in _ABSOLUTE.findall(said))


def _number(said: str, mine: Quantity, rule: str) -> Judgement:
    candidates = [
        one
        for one in quantities(rule)
        if one.comparable == mine.comparable and not _spans(rule, one) and not _of_case(rule, one)
    ]
    extends = bool(_EXTENDS.search(said))
    fitting = [one for one in candidates if bool(_EXTENDS.search(_clause(rule, one))) == extends]
    if mine.bound:
        fitting = [one for one in fitting if one.bound == mine.bound] or fitting
    if len({(one.dimension, one.value) for one in fitting}) > 1:
        fitting = _meant(said, fitting, rule)
    if not fitting:
        return Judgement()
    theirs = fitting[0]
    denies, denied = _denies(_clause(rule, theirs)), _stance_of(said) in ("must not", "need not")
    if mine.same(theirs):
        if _BEYOND.search(said[: mine.start]) and theirs.bound:  # 可以少于, of 不得少于
            return Judgement("不对", _bounded(theirs, rule))
        if denies != denied:
            return Judgement("不对") if denies and _stance_of(said) == "may" else Judgement()
        return Judgement() if {mine.bound, theirs.bound} == {"least", "most"} else Judgement("对")
    if mine.dimension == theirs.dimension:
        return Judgement("不对", _bounded(theirs, rule))
    if {mine.dimension, theirs.dimension} == {"日", "工作日"} and mine.value == theirs.value:
        # 五日 of some laws are working days by a rule of their own.
        return (
            Judgement("不对", f"{_bounded(theirs, rule)}，按工作日算") if theirs.dimension == "工作日" else Judgement()
        )
    days, others = _days(mine), _days(theirs)
    if days is None or others is None or abs(days - others) <= _ROUNDING * others:
        return Judgement()
    return Judgement("不对", _bounded(theirs, rule))


def _of_case(rule: str, one: Quantity) -> bool:
    """Whether an amount belongs to a case (被处以十万元以上罚款的) and not to what the rule lays down."""
    rest = re.split("[，；。：\n]", rule[one.start :])[0]
    return one.dimension == "元" and rest.endswith("的")


_BEYOND = re.compile(r"(?<!不)(?<!不得)(?<!不能)(?<!不可以)(?:少于|低于|超过|多于|超出)$")


def _spans(rule: str, one: Quantity) -> bool:
    """Whether a day is an end of a span (1月1日至12月31日), which is no time limit."""
    end = one.start + len(one.words)
    return one.dimension == "日期" and (
        rule[end : end + 1] in "至到" or rule[max(0, one.start - 1) : one.start] in ("至", "到")
    )


def _denies(clause: str) -> bool:
    return bool(_MUST_NOT.search(re.sub("不(?:得|能|可以)?(?:超过|少于|低于|多于|超出|晚于|早于)", "", _main(clause))))


_ROUNDING = 0.12
"""Of two periods in different units, the share by which they may differ and still be the same (一个月, 30日)."""


def _days(one: Quantity) -> float | None:
    each = {"日": 1.0, "工作日": 1.4, "月": 30.4, "年": 365.0, "小时": 1 / 24}
    return float(one.value) * each[one.dimension] if one.dimension in each else None


def _meant(said: str, fitting: Sequence[Quantity], rule: str) -> list[Quantity]:
    """The quantities of the clause that says clearly most of the statement; none where that is not clear."""
    terms = [term for term in terms_of(said) if not re.search(r"\d|工作日", term)]
    scored = [(held(terms, _clause(rule, one)) + held(terms, _part(rule, one)), one) for one in fitting]
    highest = max(score for score, _ in scored)
    best = [one for score, one in scored if score >= highest - CLEAR]
    return best if len({(one.dimension, one.value) for one in best}) == 1 else []


def _part(rule: str, one: Quantity) -> str:
    """The words around a quantity between commas."""
    start = max(rule.rfind(mark, 0, one.start) for mark in "。；;，、\n") + 1
    ends = [at for mark in "。；;，\n" if (at := rule.find(mark, one.start)) >= 0]
    return rule[start : min(ends, default=len(rule))]


def _clause(rule: str, one: Quantity) -> str:
    """The part of the rule between semicolons and full stops around a quantity, and of it the clauses up to it."""
    start = max(rule.rfind(mark, 0, one.start) for mark in "。；;\n") + 1
    ends = [at for mark in "。；;，\n" if (at := rule.find(mark, one.start)) >= 0]
    inner = rule[start : min(ends, default=len(rule))]
    if _EXTENDS.search(inner) and "，" in inner:
        last = inner.rsplit("，", 1)[-1]
        return last if not _EXTENDS.search(last) and re.search("自|应当", last) else inner
    return inner


def _bounded(one: Quantity, rule: str) -> str:
    """The quantity with the words that bound it, as the rule has them: 不得少于5年, 1月31日前, 2万元以上20万元以下."""
    end = one.start + len(one.words)
    before = re.search(r"(?:每年|不得少于|不得低于|不得超过|至少|最长不得超过)$", rule[: one.start])
    after = re.match(r"以?前|之前|以内|之内|内|以上|以下", rule[end:])
    words = f"{before.group() if before else ''}{one.words}{after.group() if after else ''}"
    if (
        one.bound == "least"
        and after
        and after.group() == "以上"
        and (more := re.match(r"以上[^，。；]{1,12}?以下", rule[end:]))
    ):
        return f"{one.words}{more.group()}"
    if one.bound == "most" and (less := re.search(r"[^，。；处的]{1,10}以上$", rule[: one.start])):
        return f"{less.group()}{words}"
    return words


_CASE = re.compile(
    r"^.{2,30}?的[，,]?(?=要(?![求件素点])|应当|必须|可以|不|就|得|也|才|\d|[一二三四五六七八九十]|应)|^.{2,30}?的时?[，,]"
)


def _main(said: str) -> str:
    """A statement without the case that it begins with (不能当场答复的，…); a case that says 应当 is no mere case."""
    match = _CASE.match(said)
    rest = said[match.end() :] if match else ""
    return rest if match and rest and not _RULES.search(match.group()) else said


_RULES = re.compile("不用|不需要|无需|不必|应当|必须|可以|不得|一律")


def _modal(said: str) -> str:
    """The first word of may, must, must not and need not in a statement, "" where there is none."""
    found = [
        (match.start(), -len(match.group()), name)
        for name, pattern in _PATTERNS.items()
        if name != "not" and (match := pattern.search(said))
    ]
    return min(found)[2] if found else ""


def rules(said: str) -> bool:
    """Whether a statement says that something may, must, must not or need not be done."""
    return bool(_modal(_main(said)))


def _stance_of(said: str) -> str:
    """How a statement puts its act: may, must, must not, need not, not, or plain."""
    said = _main(said)
    return _modal(said) or ("not" if _PLAIN_NOT.search(said) else "plain")


def _stance(said: str, rule: str) -> Judgement:
    """对 or 不对 where the rule puts the same act in one way only, or with exceptions that a sweeping statement denies."""
    name, act = _act(said)
    terms = act_terms(act)
    if not terms:
        return Judgement()
    rest = [term for term in terms_of(said) if term not in act]
    if act.startswith("再"):  # 再授权 is not 授权
        if f"再{terms[0]}" not in rule:
            return Judgement()
        rule = next(one for one in re.split("[。；\n]", rule) if f"再{terms[0]}" in one)
    found, named = ways(rule, terms, rest)
    if not found:
        return Judgement()
    limited = bool(limits(rule))
    if len(found - {"states"}) > 1:
        if limited and _sweeping(said, rule):
            return Judgement("不对", "有例外")
        return _by_rule_and_exception(rule, name, terms, rest) if limited else Judgement()
    (law,) = found - {"states"} or {"states"}
    truth = _TRUTH.get((law, name))
    if truth is None:
        return Judgement()
    if truth:
        if not named and not limited:
            return Judgement()
        if limited and _sweeping(said, rule):
            return Judgement("不对", "有例外")
        return Judgement("一般对，但有例外" if limited else "对")
    return Judgement("不对")


def _by_rule_and_exception(rule: str, name: str, terms: Sequence[str], rest: Sequence[str]) -> Judgement:
    """Of a rule with its exception in a sentence of its own: the one of the two that the statement speaks of."""
    match = re.search(r"[。；](?=但)", rule)
    if match is None:
        return Judgement()
    main, other = rule[: match.end()], rule[match.end() :]
    rest = [term for term in rest if term not in _OF_BOTH]
    of_exception = held(rest, other) > held(rest, main) if rest else False
    part = other if of_exception else main
    found, _ = ways(part, terms, rest)
    if len(found - {"states"}) != 1:
        return Judgement()
    truth = _TRUTH.get((next(iter(found - {"states"})), name))
    if truth is None or of_exception and held(rest, other) - held(rest, main) < CLEAR:
        return Judgement()
    if of_exception:
        return Judgement("对" if truth else "不对")
    return Judgement("一般对，但有例外" if truth else "一般不对，只有例外才是")


_OF_BOTH = frozenset("政府 信息 公开 申请 申请人 政府信息 信息公开 机关 行政机关 单位 部门 企业 当事人".split())
"""What every rule of the field speaks of: no sign that an exception is meant."""
_TRUTH: dict[tuple[Stance, str], bool] = {
    ("must", "must"): True,
    ("must", "plain"): True,
    ("must", "need not"): False,
    ("must", "must not"): False,
    ("must", "not"): False,
    ("may", "may"): True,
    ("may", "must not"): False,
    ("may", "must"): False,
    ("must not", "must not"): True,
    ("must not", "not"): True,
    ("must not", "may"): False,
    ("must not", "must"): False,
    ("does not", "must not"): True,
    ("does not", "not"): True,
    ("does not", "need not"): True,
    ("does not", "may"): False,
    ("does not", "must"): False,
    ("may not do", "need not"): True,
    ("may not do", "must"): False,
    ("may not do", "must not"): False,
}
"""Whether a statement is so, by how the rule and how the statement put the act; absent: code cannot tell."""


_TURNED = {"must not": "must", "need not": "may", "may": "need not", "must": "must not"}


def _act(said: str) -> tuple[str, str]:
    name, said = _stance_of(said), _main(said)
    if name == "plain":
        return name, re.split(r"[，,]", said)[-1]
    match = _PATTERNS[name].search(said)
    assert match is not None
    act = re.split(r"[，,]", said[match.end() :])[0]
    if (twice := re.match("不(?:予|再)?(?!同|服|良|动产|仅|但)", act)) and name in _TURNED:  # 不可以不处理
        return _TURNED[name], act[twice.end() :]
    return name, act
