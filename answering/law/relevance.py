"""Whether passages answer a question at all, and which of them bear on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answering.law.asked import asked_for
from answering.law.question import Question
from answering.terms import content_terms
from domain import Hit

LIKELY = 0.5
"""A passage's score is the likelihood that it answers, the same for every question (store/evidence.py, bench/refusal.py)."""
POSSIBLE = 0.25
"""Below this nothing answers; between this and ``LIKELY`` the nearest passage is shown as no more than that."""
CONTINUES = 0.4
"""A follow-up's own words must come this near to something, or it changes the subject."""
CLOSE = 0.83
"""A passage bears on the question where its score comes this near to the best one's."""
SURELY, CLOSER = 0.9, 0.88
"""Where the best one answers surely, another has to come nearer to add to it."""

_NAMED = re.compile("许可证|执照|资质证书|资格证|投诉|仲裁|认定|鉴定|异议|复审")
_OF_ANY_KIND = frozenset(
    (
        "经营 生产 使用 行政 企业 单位 个人 申请 办理 领取 取得 没有 骗取 伪造 变造 转让 吊销 撤销 延续 变更 简化 管理 重点 排放 "
        "收到 接到 处理 受理 提出 举报 群众 居民 村民 公众 市民 公民 当事人 申请人 第三方 有人 电话 来信 网上 匿名 书面 信访 环境 环保 "
        "检举 控告 批评 建议 咨询 求助 要求 可以 怎么 如何 依法 重新 书 环境违法 违法 违法行为 事实 责任 意见 有关 相关 部门 机关 政府 信息 公开 信息公开 政府信息"
    ).split()
)
"""Words before 许可证, 投诉, 认定 that do not tell of which kind it is."""
_ACTS = re.compile(
    "^(?:再|先|都|也|另外|单独|重新|去|做|办|进行|组织|开|开展|搞)?(备案|公示|公告|听证|验收|登记|评估|审计|招标|投标|公证|鉴定|拍卖|年检|年审|复议|仲裁|"
    "公平竞争审查|合法性审查|会签|归档|立案|回避|招投标|检疫|论证|保险|签收)(?:会|手续)?$"
)
"""Acts that have one name in the law and in everybody's mouth: an article that does not name one does not say whether it must be done."""
_SAME_ACT: dict[str, tuple[str, ...]] = dict.fromkeys(("公示", "公告"), ("公示", "公告", "公开", "公布"))
"""People say 公示 of what the law says is published."""
_OTHER_FIELDS = re.compile(
    "民事|刑事|治安(?!管理处罚法)|纳税|缴税|报税|偷税|个税|国家赔偿|劳动仲裁|劳动合同|劳动争议|事业单位|物业|婚姻|离婚|继承|"
    "商标|专利|著作权|版权|股东|股权|律师事务所|宅基地|公积金|社保|医保|养老金|机动车报废|驾照|驾驶证|交通违章|交通事故|户口|护照|"
    "教师资格|医师|公证|司法鉴定|注册(?:一[个家])?公司|彩票|购房|买房|租房|拆迁|彩礼|高考|学区|兵役|签证|烟草|网约车"
)
"""Branches of law beside the field: what bears on one of them speaks of it."""


def answers(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passages hold an answer."""
    return bool(hits and question.terms) and max(hit.score for hit in hits) >= LIKELY


def may_answer(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passage is worth showing, if only as the nearest there is."""
    return (
        bool(hits and question.terms)
        and max(hit.score for hit in hits) >= POSSIBLE
        and not of_another_kind(question.search, hits[0])
    )


def of_another_kind(search: str, hit: Hit) -> bool:
    """Whether a question is for a licence or a procedure of a kind (食品经营许可证, 政府采购投诉) that the passage knows nothing of.

    What is granted, for how long and by whom is alike for every licence, and so are the periods of procedures;
    only the words before the name differ.
    """
    if hit.kind == "regulation" and any(word not in f"{hit.title}{hit.text}" for word in _OTHER_FIELDS.findall(search)):
        return True
    named = _NAMED.search(search)
    before = search[: named.start()] if named and hit.kind == "regulation" else ""
    while kind := next((term for term in content_terms(before) if len(term) > 1 and before.endswith(term)), ""):
        if kind not in _OF_ANY_KIND:
            return not _spoken_of(kind, f"{hit.title}{hit.text}")
        before = before.removesuffix(kind)
    return False


def act_named(asked: str) -> str:
    """The act of which is asked whether it must or may be done (规范性文件要不要备案), where it has one name; else ""."""
    match = _ACTS.match(asked_for(asked).act)
    return match[1] if match else ""


def speaks_of(act: str, hit: Hit) -> bool:
    """Whether a passage names the act at all; a digest and a report may word it otherwise."""
    if not act or not hit.verbatim or hit.kind != "regulation":
        return True
    return any(_spoken_of(name, f"{hit.title}{hit.text}") for name in _SAME_ACT.get(act, (act,)))


def _spoken_of(kind: str, text: str) -> bool:
    """Whether a text holds a word, or its characters close together (危废: 危险废物)."""
    return kind in text or bool(re.search(r"[一-龥]{0,2}?".join(map(re.escape, kind)), text))


def bears_on(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a passage is close enough to the best of ``hits`` to be evidence beside it."""
    best = max(one.score for one in hits)
    return hit.score >= (CLOSER if best >= SURELY else CLOSE) * best
