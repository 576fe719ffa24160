"""Rules 21 and 22: what part 一 must speak of, and that part 五 names problems, each with its measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.statements import plain
from checks.subject import Paragraph, Subject, part_of
from domain import Finding

_LAW = "《政府信息公开条例》第五十条"
# What shows that part one speaks of a topic; published reports word their headings freely.
_TOPICS = {
    "主动公开": "主动公开|发布各类|公开信息|信息公开",
    "依申请公开": "依申请|申请公开|公开申请",
    "政府信息管理": "信息(?:的)?(?:规范化?)?管理|信息资源|管理政府信息|规范性文件(?:集中|统一|清理|管理)|动态(?:调整|管理)机制|信息全生命周期",
    "政府信息公开平台建设": "平台|网站|政务新媒体|公众号",
    "监督保障": "监督保障|监督(?:检查|考核|评议|管理|评价|指导)|监督和?保障|考核评议|社会评议|责任追究",
}
_START_OF_MEASURES = re.compile(
    r"下一步|下步|针对(?:上述|以上|这些|这一|这个|前述|存在|该|此)|(?:改进|整改)(?:措施|情况|方向|举措|打算|计划)|今后|下一?阶段|我[局市县区厅委办镇乡街道省州]{1,2}将|20\d\d年[^。]{0,12}将"
)
# The measure of the very problem that a paragraph names, in the same paragraph.
_OWN_MEASURE = re.compile(r"(?:改进|整改)(?:措施|方向|举措|打算|计划)：")
# plain() has turned （一） into 〔一〕; a heading (（二）改进措施) is no item.
_ITEM = re.compile(
    r"(?:^|(?<=[。；：\n]))[（(〔]?(?:[一二三四五六七八九十]+[是、）)〕]|第[一二三四五六七八九十]+[，、]|\d{1,2}[.、．）)])"
    r"(?!(?:主要)?(?:改进|整改|下一步|今后|存在|问题|主要问题)[^，。；：]{0,12}(?:[。：\n]|$))"
)
_WANTING = re.compile(
    r"不足|不够|不强|不高|不深|不全|不实|不多|不细|不到位|不及时|不规范|不平衡|不完善|不丰富|不均衡|不熟|有待|欠缺|欠|滞后|单一|薄弱|较少|较低|较弱|较慢|偏[少低弱慢]|缺乏|缺少|短板|差距|需要?(?:进一步)?(?:加强|提[高升]|完善)|仍需|还需|问题|少于|未[能建发作]|没有|空白|遗漏|疏漏"
)
_NO_PROBLEM = re.compile(
    r"(?:不存在|没有|未发现|暂无)(?:明显|突出|重大)?(?:的)?(?:问题|困难)|^(?:五、[^\n]*\n)?无[。]?$"
)
# What a problem can be about, with the words by which its measure speaks of the same.
_SUBJECTS = {
    "政策解读": "解读",
    "依申请公开": "依申请|申请|答复|办理",
    "培训和业务能力": "培训|业务|能力|素质|专业|水平|队伍|学习|人员|熟",
    "公开时效": "时效|及时|更新|滞后|第一时间|按时|限时|时限|定期|动态|台账|倒排|[每按]季度?|[每按][周月]|催报|提醒",
    "公开平台": "平台|网站|新媒体|公众号|栏目|专栏|页面|渠道|载体",
    "互动回应": "互动|回应|参与|留言|意见征集|座谈|听取",
    "公开目录和标准": "目录|标准化|清单|指南|指引",
    "监督考核": "监督|考核|检查|督查|督促|通报|问责|抽查",
    "思想认识": "意识|认识|重视|宣传|学习|思想|责任|主动性|积极性",
    "公开内容和质量": "内容|质量|广度|深度|范围|全面|完整|素材|审核|校对|准确|错|公开",
    "公开形式": "形式|方式|渠道|多样|图解|视频|图文|创新|手段",
    "制度机制": "机制|制度|流程|统筹|协调|配合|联动",
    "保密审查": "保密|(?<!合法性)(?<!合规性)审查|隐私|敏感",
}
# Words that a measure answers with, and that a problem of another subject may use as well: 许可的办理.
_ONLY_ANSWERS = {"依申请公开": "依申请|申请|答复"}
_SPECIFIC = (
    "政策解读",
    "依申请公开",
    "互动回应",
    "保密审查",
    "公开目录和标准",
    "监督考核",
)  # no other measure answers these


def overview_topics(subject: Subject) -> Iterator[Finding]:
    """Rule 21: part one is there and speaks of each of its topics, under headings that are not empty."""
    overview = plain(subject.part(0))
    if not overview:
        yield Finding(
            "OVERVIEW",
            "error",
            "没有总体情况的内容",
            "第一部分",
            subject.form.document,
            "补写总体情况，五个方面都要写到",
        )
        return
    for topic in subject.form.overview_topics:
        if not re.search(_TOPICS[topic], overview):
            yield Finding(
                "OVERVIEW",
                "warning",
                f"总体情况没有写到“{topic}”",
                "第一部分",
                subject.form.document,
                f"补写{topic}的情况",
            )
    inside = [paragraph for paragraph in subject.paragraphs if paragraph.part == 0]
    for paragraph, following in zip(inside, [*inside[1:], None]):
        if _is_heading(paragraph) and (following is None or _is_heading(following)):
            yield Finding(
                "OVERVIEW",
                "warning",
                f"“{paragraph.text.strip()}”标题下没有内容",
                paragraph.where,
                subject.form.document,
                "补写这一方面的情况，没有的写明没有",
                paragraph.text.strip(),
            )


def measures(subject: Subject) -> Iterator[Finding]:
    """Rule 22: part five names problems, and each of them has a measure that speaks of it."""
    text = "\n".join(plain(paragraph.text) for paragraph in subject.paragraphs if paragraph.part == 4)
    if not text.strip():
        if any(part_of(section.heading) == 4 for section in subject.published.sections):  # else told with the headings
            yield _finding("“问题及改进”部分是空的", "写明存在的问题和对应的改进措施")
        return
    if _NO_PROBLEM.search(text):
        yield _finding("写的是没有问题", "对照本年工作写出具体、真实的问题", text)
        return
    problems, improvements = _divided(text)
    if not problems:
        yield _finding("没有写出具体的问题", "对照本年工作写出具体、真实的问题", text)
        return
    if not improvements:
        yield _finding("列出了问题，没有改进措施", "为每个问题写一条具体措施", text)
        return
    listed, answered = len(_items("\n".join(problems))), len(_items(improvements))
    if listed >= 2 and 1 <= answered < listed:
        yield _finding(f"列出 {listed} 个问题，只有 {answered} 条改进措施", "为每个问题写一条具体措施", text)
    told: set[str] = set()
    for problem in problems:
        about = [name for name, words in _SUBJECTS.items() if re.search(_ONLY_ANSWERS.get(name, words), problem)]
        missing = [name for name in about if not re.search(_SUBJECTS[name], improvements)]
        specific = [name for name in missing if name in _SPECIFIC]
        for name in set(specific or (missing if len(missing) == len(about) else ())[:1]) - told:
            told.add(name)
            yield _finding(f"“{name}”列为问题，却没有对应的改进措施", "为这个问题写一条具体措施", problem)


def _is_heading(paragraph: Paragraph) -> bool:
    return bool(re.match(r"\s*[（(][一二三四五六七八九十]+[)）][^。；，,：:]{2,24}$", paragraph.text.strip()))


def _finding(message: str, advice: str, excerpt: str = "") -> Finding:
    return Finding("MEASURES", "warning", message, "第五部分", _LAW, advice, excerpt.strip())


def _divided(text: str) -> tuple[list[str], str]:
    """(clauses that name a problem, the text of the measures), whether they stand apart or by turns."""
    problems, improving = [], []
    improves = False
    for sentence, paragraph in _sentences(text):
        start = _START_OF_MEASURES.search(sentence)
        own = paragraph.startswith(sentence) and _OWN_MEASURE.search(paragraph)
        if not start and improves and _ITEM.match(sentence) and (own or _names_problem(sentence)):
            improves = False  # by turns: the next problem
        if start and start.start() and not improves:
            problems += _problems(sentence[: start.start()])
        improves = improves or bool(start)
        if improves:
            improving.append(sentence)
        else:
            problems += _problems(sentence)
    return problems, "".join(improving)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its paragraph."""
    for paragraph in text.splitlines(keepends=True):
        for sentence in re.findall(r"[^。；\n]+[。；\n]*", paragraph):
            yield sentence, paragraph


def _problems(sentence: str) -> list[str]:
    return [
        clause
        for clause in re.split("[，。；\n]", sentence)
        if _names_problem(clause) and not clause.endswith(("问题", "问题：", "情况"))
    ]


def _names_problem(text: str) -> bool:
    return bool(_WANTING.search(text)) and not re.search(
        r"^(?:[一二三四五六七八九十]是)?(?:进一步)?(?:加强|提[高升]|完善|强化|优化|丰富|解决)", text
    )


def _items(text: str) -> list[str]:
    return _ITEM.findall(text)
