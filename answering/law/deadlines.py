"""The last day of an answer from the day of receipt, and of a review or a suit from the day of notice, step by step.

Legal source: 政府信息公开条例 第三十条 (补正), 第三十三条 (20 working days, and 20 more; 征求意见 is not counted);
行政复议法 第二十条 (60 days), 第二十三条; 行政诉讼法 第四十五条 (15 days), 第四十六条 (6 months). The day itself is not
counted (民法典第二百零一条); a last day that is a holiday moves to the next working day (第二百零三条).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from answering.knowledge import Knowledge
from answering.law.computed import Computed
from domain import Hit
from working_days import ANSWER_DAYS, working_day_after, working_day_from, working_days

_DAY = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})[日号]?|(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_ASKS = re.compile(
    r"最[晚迟后]|截止|到期|到哪[天日]|哪[天一]天?(?:之?前|到期|截止|答复|要答)|什么时候(?:之?前|到期|截止|要?答复)|何时(?:之?前|到期)|几月几[日号]|期限是?到|最后一天"
)
_ANSWER = re.compile(r"答复|申请")
_REVIEW = re.compile(r"复议")
_SUIT = re.compile(r"起诉|诉讼|打官司|去法院|(?<![报公通警原被布宣广])告(?![知诉示])")
_ANOTHER_STEP = re.compile(
    r"答辩|应诉|上诉|判决|裁定|开庭|举证|证据|(?<!不予)(?<!不)(?:受理|立案)|审理|审结|审查|办结"
    r"|(?:收到|接到)(?:行政)?复议申请|作出复议|复议机关.{0,12}(?:收到|接到)"
)
"""What a court or a reviewing organ has to do, or a party once the case is there: days of their own."""
_EXTENDED = re.compile(r"延期|延长|延答")
_NOT_EXTENDED = re.compile(r"不延期|没有?延|未延|不延长")
_SUPPLEMENTED = re.compile(r"补正|补交|补充材料|补来|补材料")
_ASKED = re.compile(r"第三方|征求(?:了)?意见|征求意见|其他机关")
_TOOK = re.compile(
    r"(?:征求|第三方|意见)[^，。]{0,12}?(?:用了|花了|用去|占了|耗时|用时)\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*个?(工作日|天|日)"
)
_DECISION = re.compile(r"复议决定")
_REFUSED = re.compile(r"不予公开|不给公开|拒绝公开|不公开")
_OTHERS = re.compile(r"处罚|许可|信访|听证|罚款|年报|年度报告|披露")
REVIEW_DAYS, SUIT_DAYS, SUIT_MONTHS = 60, 15, 6
REGULATION, REVIEW_LAW, SUIT_LAW = "政府信息公开条例", "行政复议法", "行政诉讼法"
FIRST_REVIEW = "先向行政复议机关申请行政复议"


@dataclass(frozen=True)
class _Case:
    """The question, the days in it with the words before and behind, and how to find an article."""

    question: str
    days: tuple[tuple[date, str, str], ...]
    article: Callable[[str, int], Hit | None]


def deadline(question: str, knowledge: Knowledge, as_of: date | None = None) -> Computed | None:
    """The last day that is asked for, with its steps; None where none is asked for, or no day is given."""
    if not _ASKS.search(question) or not _DAY.search(question):
        return None
    today = as_of or date.today()
    days = _days(question, today)
    if not days:
        return None

    def article(title: str, number: int) -> Hit | None:
        return next((hit for hit in knowledge.articles(title, as_of) if hit.article_no == number), None)

    case = _Case(question, days, article)
    if (_REVIEW.search(question) or _SUIT.search(question)) and _ANOTHER_STEP.search(question):
        return None
    if (
        _REVIEW.search(question)
        and not _DECISION.search(question)
        and not _OTHERS.search(question.replace("处罚决定", ""))
    ):
        return _review(case)
    if _SUIT.search(question) and not _OTHERS.search(question.replace("处罚决定", "")):
        return _suit(case)
    if _ANSWER.search(question) and not _OTHERS.search(question) and not _REVIEW.search(question):
        return _answer(case)
    return None


def _answer(case: _Case) -> Computed | None:
    rule = case.article(REGULATION, 33)
    if rule is None or "20个工作日" not in rule.text:
        return None
    hits, lines = [rule], []
    start, said = _received(case)
    if _SUPPLEMENTED.search(case.question) and (completed := case.article(REGULATION, 30)):
        hits.append(completed)
        lines.append(
            f"补正的，从收到补正的申请之日起算[2]：{_written(start)}收到补正。"
            if said
            else f"从{_written(start)}收到补正的申请起算[2]。"
        )
    pause, words = _pause(case, start)
    last = working_day_after(start, ANSWER_DAYS + pause)
    longest = working_day_after(start, 2 * ANSWER_DAYS + pause)
    if last is None:
        return Computed(
            f"收到之日{_written(start)}不计，第{ANSWER_DAYS}个工作日为最后一天[1]；当年的放假安排程序还没有，不能算出是哪一天。",
            tuple(hits),
        )
    not_counted = f"，另加征求意见不计入的{pause}个工作日（{words}）" if pause else ""
    lines.insert(
        0,
        f"最晚{_written(last)}（{_weekday(last)}）答复[1]：收到之日{_written(start)}不计，从{_written(start + timedelta(days=1))}"
        f"起数满{ANSWER_DAYS}个工作日{not_counted}，节假日不计、调休上班日计入。",
    )
    extended = _EXTENDED.search(case.question) and not _NOT_EXTENDED.search(case.question)
    if longest:
        condition = "经政府信息公开工作机构负责人同意并告知申请人延期的"
        lines.insert(
            1 if not extended else 0,
            f"{condition}，最晚{_written(longest)}（{_weekday(longest)}），即再加最长{ANSWER_DAYS}个工作日[1]。",
        )
    if _ASKED.search(case.question) and not pause:
        lines.append("征求第三方和其他机关意见所需时间不计入[1]，占了几个工作日，最后一天就顺延几个工作日。")
    if not re.search(r"20\d\d", case.question):
        lines.append(f"问题没有写年份，按{start.year}年计算。")
    return Computed("\n".join(lines), tuple(hits))


def _received(case: _Case) -> tuple[date, bool]:
    """The day from which an answer's days run: of the completed application where it was sent back, else the first."""
    if _SUPPLEMENTED.search(case.question):
        back = [
            day
            for day, before, after in case.days
            if re.search("补", after[:8]) or re.search(r"收到补|补正(?:材料|申请)?(?:是|于|在)?$|交来", before[-8:])
        ]
        if back:
            return back[-1], True
        return max(day for day, *_ in case.days), False
    got = [day for day, before, after in case.days if re.search("收|提交|签收|确认|当面", before[-6:] + after[:8])]
    return (got or [case.days[0][0]])[0], True


def _pause(case: _Case, start: date) -> tuple[int, str]:
    """The working days of asking others, which do not count, and whence they are known."""
    if match := _TOOK.search(case.question):
        from gates.readings import chinese_value

        number = int(match[1]) if match[1].isdigit() else chinese_value(match[1]) or 0
        return (number, "问题所述") if match[2] == "工作日" else (0, "")
    if not _ASKED.search(case.question):
        return 0, ""
    later = [day for day, before, after in case.days if day > start]
    if len(later) == 2:
        spent = working_days(later[0], later[1])
        return (spent or 0), f"{_written(later[0])}至{_written(later[1])}"
    return 0, ""


def _review(case: _Case) -> Computed | None:
    rule = case.article(REVIEW_LAW, 20) or case.article(REVIEW_LAW, 9)
    if rule is None or "六十日" not in rule.text:
        return None
    known = case.days[0][0]
    last = working_day_from(known + timedelta(days=REVIEW_DAYS))
    return Computed(
        f"{_last(last, known + timedelta(days=REVIEW_DAYS), '申请行政复议')}[1]：知道之日{_written(known)}不计，数满{REVIEW_DAYS}日"
        f"是{_written(known + timedelta(days=REVIEW_DAYS))}{_moved(last, known + timedelta(days=REVIEW_DAYS))}。"
        "法律规定的申请期限超过六十日的除外；没有告知复议权利、机关和期限的，按第二十条另算。",
        (rule,),
    )


def _suit(case: _Case) -> Computed | None:
    known = case.days[0][0]
    if _DECISION.search(case.question):
        rule = case.article(SUIT_LAW, 45)
        if rule is None:
            return None
        end = known + timedelta(days=SUIT_DAYS)
        last = working_day_from(end)
        return Computed(
            f"{_last(last, end, '起诉')}[1]：收到复议决定书之日{_written(known)}不计，数满{SUIT_DAYS}日是{_written(end)}{_moved(last, end)}。法律另有规定的除外。",
            (rule,),
        )
    first = case.article(REVIEW_LAW, 23)
    if _REFUSED.search(case.question) and first and FIRST_REVIEW in re.sub(r"\s", "", first.text):
        review = _review(case)
        if review:
            text = f"不予公开的，不能直接起诉，要先申请行政复议[1]。{review.text.replace('[1]', '[2]')}"
            return Computed(text, (first, *review.hits))
    rule = case.article(SUIT_LAW, 46)
    if rule is None:
        return None
    end = _months_later(known, SUIT_MONTHS)
    last = working_day_from(end)
    return Computed(
        f"直接起诉的，{_last(last, end, '起诉')}[1]：知道之日{_written(known)}不计，满{SUIT_MONTHS}个月是{_written(end)}{_moved(last, end)}。"
        "法律另有规定的除外；应当先申请行政复议的，不能直接起诉。",
        (rule,),
    )


def _last(last: date | None, end: date, what: str) -> str:
    return f"最晚{_written(last or end)}{what}"


def _moved(last: date | None, end: date) -> str:
    if last is None:
        return "（当年的放假安排程序还没有，遇节假日顺延到下一个工作日）"
    return f"，这一天不是工作日，顺延到{_written(last)}" if last != end else ""


def _months_later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _days(question: str, today: date) -> tuple[tuple[date, str, str], ...]:
    """The days named, in order, with what stands before and behind each; a day without a year is in that of the day before it, else today's."""
    found = []
    year = today.year
    end = 0
    for match in _DAY.finditer(question):
        numbers = match.groups()[3:] if match[4] else match.groups()[:3]
        year = int(numbers[0]) if numbers[0] else year
        try:
            day = date(year, int(numbers[1]), int(numbers[2]))
        except ValueError:
            return ()
        found.append((day, question[end : match.start()], question[match.end() :]))
        end = match.end()
    return tuple(found)


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _weekday(day: date) -> str:
    return "星期" + "一二三四五六日"[day.weekday()]
