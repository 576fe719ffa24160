"""Whether a regulation is in force on a day, since when, until when, what took its place, and whether a report may cite it.

Legal source: 立法法 第六十一条 (a law names the day of its 施行); 施行 and 废止 days are the registry's
(``knowledge/registry.toml``). It needs no text of the regulation.
"""

from __future__ import annotations

import re
from datetime import date

from answering.knowledge import Knowledge
from store.known import Standing
from store.validity import Version, version_on

_STATE = re.compile(
    r"有效力?|效力|失效|无效|废止|作废|取代|代替|替代|引用|适用|生效|施行|实施|执行|能用|可用|还用|用[吗么]|过时|取消|现行|停用|停止|终止|实行|推行|启用|开始用|作数|修订|修改|换成|接替|算数|管用|依据"
)
# What may stand beside the name in a question that asks for nothing but its standing.
_AROUND = re.compile(
    r"请问|麻烦|问下|一下|现在|目前|如今|当前|今天|今年|明年|去年|眼下|到?(?:20)?\d\d年度?|\d{1,2}月|\d{1,2}[日号]|年底|年末|底|末|初|以后|之后|以前|之前|后|前|"
    r"政府信息公开|信息公开|工作|年度报告|年报|报告|总结|文书|文件|决定书|公文|行政|处罚|决定|案件|案子|办理|办|作出|处理|发出|发|下达|签|能不能|可不可以|能否|可否|是否|是不是|有没有|有无|可以|应该|应当|"
    r"什么时候|什么时间|何时|哪一?[天年日]|几月几[日号]|多久|还|仍然?|已经?|继续|再|就|都|被|由|用|从|自|起|开始|正式|到|在|里|中|上|的|了|吗|么|呢|啊|吧|没有?|"
    r"哪一?[部个]?(?:法律?|法规|规定|新法|办法|条例)?|什么(?:法律?|法规|规定|新法|东西|文件)?|谁|新|旧|老|那|这|部|法律|法规|作为|当作|作|当|写进?|进|要|该|得|不|是|有|我们?|我局|本局|局|单位|"
    r"最高人民法院|最高法院?|国务院|全国人大|生态环境部|环保部|司法解释|出台|个|"
    r"版本|文本|版|对吗|对不对|对|吗|能|会|为|成|改|过|今|把|给|来|和|与|及|、|会不会|有人说|听说|据说"
)
_END = re.compile(r"停止|终止|废止|失效|作废|停用|取消|无效|过时")
_BEGIN = re.compile(r"施行|实行|推行|启用|开始用|实施|生效|执行|开始")
_WHEN = re.compile(r"什么时候|什么时间|何时|哪一?[天年日]|几月|多久|从.{0,3}起")
_SUCCESSOR = re.compile(
    r"(?:什么|哪[部个一]?|谁).{0,6}(?:取代|代替|替代|接替)|(?:取代|代替|替代|换成|改用|接替).{0,3}(?:什么|哪|谁)|被什么|由什么|改用|换成"
)
_REPLACED = re.compile(r"哪些|哪几")
_CITE = re.compile(r"引用|依据|写进|写到")
# The year of a document number (国办函〔2020〕109号) is no day that is asked about.
_YEAR = re.compile(
    r"(?<![\d〔［\[])(20\d\d)(?![〕］\]]|[）)]第?\d|年?(?:那(?!一?[版部])|出台|发布|公布|制定|通过|颁布))年?(?:度|的)?(?:[^，。？]{0,10}?(?:年报|年度报告|报告))?"
)
_NUMBER = re.compile(r"[一-龥]{1,10}[〔［\[（(]\d{4}[〕］\]）)]第?\d+号")
_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})[日号])?")
_REPORT = re.compile(r"年报|年度报告|报告")


def standing(question: str, knowledge: Knowledge, as_of: date | None = None) -> list[str]:
    """A sentence for each regulation of which nothing is asked but its standing; [] where more is asked, or none named."""
    if not _STATE.search(question):
        return []
    named = knowledge.standing(question)
    if not named or not _only_standing(question, named):
        return []
    day, words = _day_asked(question, as_of or date.today())
    if _REPLACED.search(question):
        told = [_takes_over(one, knowledge) for one in named]
        return [line for line in told if line]
    return [_told(question, one, day, words) for one in named]


def _only_standing(question: str, named: list[Standing]) -> bool:
    """Whether nothing is left of the question beside names, days and the words of standing."""
    if any(not one.written for one in named):
        return False
    rest = question
    for one in sorted(named, key=lambda one: -len(one.written)):
        rest = rest.replace(one.written, "")
    if _REPLACED.search(question):
        rest = re.sub("哪些|哪几部?", "", rest)
    rest = _NUMBER.sub("", rest)
    rest = re.sub(r"中华人民共和国|[《》“”？?，,。！!\s（）()]", "", rest)
    return not _AROUND.sub("", _STATE.sub("", rest))


def _day_asked(question: str, today: date) -> tuple[date, str]:
    """The day that a question means, and how it is told: a day it names, the last day of a year or month, else today."""
    if match := _DAY.search(question):
        year, month = int(match[1]), int(match[2])
        if not 1 <= month <= 12:
            return today, ""
        last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
        return date(year, month, min(max(int(match[3] or last), 1), last)), ""
    if match := _YEAR.search(question):
        year = int(match[1])
        return date(year, 12, 31), f"{year}年度报告" if _REPORT.search(question) else ""
    return today, ""


def _asks(question: str) -> str:
    """begin, end, successor, cite or force."""
    if _WHEN.search(question) and (_END.search(question) or _BEGIN.search(question)):
        return "end" if _END.search(question) else "begin"
    if _SUCCESSOR.search(question):
        return "successor"
    return "cite" if _CITE.search(question) else "force"


def _told(question: str, one: Standing, day: date, report: str) -> str:
    periods = [version.period for version in one.versions]
    version = one.versions[version_on(periods, day)]
    status, asks = version.period.status(day), _asks(question)
    told = f"《{one.title}》{_history(version, status)}"
    doubts_end = bool(_END.search(question))
    if status == "现行有效":
        on = f"，{_written(day)}有效"
        leads = {
            "begin": "",
            "end": "" if version.effective_to else "没有废止：",
            "successor": "" if version.effective_to else "没有被取代：",
            "cite": "能：",
            "force": "没有废止：" if doubts_end else "有效：",
        }
        after = {"begin": "", "cite": f"，{report or _written(day)}可以引用"}
        return f"{leads[asks]}{told}{after.get(asks, on)}"
    if status == "尚未施行":
        lead = {"cite": "还不能：", "force": "还没有施行："}.get(asks, "")
        return f"{lead}{told}，{_written(day)}还没有施行"
    ended = "已废止" if status == "已废止" else "已被修订"
    lead = {"cite": "不能：", "force": f"{ended}：" if doubts_end else "已经无效："}.get(asks, "")
    instead = ""
    if asks == "cite" and version.replaced_by:
        instead = f"，{report or '现在'}应当引用《{version.replaced_by}》"
    return f"{lead}{told}{instead}"


def _history(version: Version, status: str) -> str:
    """自…起施行 and, where it is known, 自…起废止，由…取代."""
    parts = []
    if version.effective_from:
        parts.append(f"自{_written(version.effective_from)}起施行")
    if version.amended_from and version.amended_from != version.effective_from:
        parts.append(f"现行文本自{_written(version.amended_from)}起" if status == "现行有效" else "")
    if version.ended or version.effective_to:
        until = f"自{_written(version.effective_to)}起" if version.effective_to else "已"
        same = version.replaced_by == version.title
        by = f"，由{'新修订的' if same else ''}《{version.replaced_by}》取代" if version.replaced_by else ""
        ended = "修订" if version.ended == "修订" else "废止"
        parts.append(f"{until}{ended}{by}")
    return "，".join(part for part in parts if part) or "施行日期没有登记"


def _takes_over(one: Standing, knowledge: Knowledge) -> str:
    titles = knowledge.replaced(one.title)
    if not titles:
        return ""
    names = "、".join(f"《{title}》" for title in titles)
    begins = one.versions[-1].begins
    since = f"自{_written(begins)}起" if begins else ""
    return f"《{one.title}》{since}取代：{names}（共{len(titles)}部）"


def _written(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
