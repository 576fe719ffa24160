"""An organ's year as offices keep it: a dozen and more layouts with words of their own, and the truth about each.

``Office`` holds the records; each ``as_…`` writes a part of them in one layout and says what its tables are. What the
words mean is in ``WORDS``: the answers of a person who knows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from statutory.vocabulary import vocabularies
from tests.intake.files import book
from tests.statutory.organs import FORM

YEAR = 2025
NAMES = {column: dict(terms.by_key) for column, terms in vocabularies(FORM).items()}
SPELLINGS = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y-%m-%d} 09:30:00",
)
# What an office says for a word of the form; the second of each is no word that the program knows.
WORDS = {
    "申请人类型": {
        "自然人": ["公民", "个人", "来访群众"],
        "商业企业": ["企业", "公司", "本地厂商"],
        "科研机构": ["科研院所", "研究单位甲"],
        "社会公益组织": ["公益组织", "环保志愿队伍"],
        "法律服务机构": ["律师事务所", "律所", "法务所"],
        "其他": ["其他组织", "事业单位", "别的单位"],
    },
    "办理结果": {
        "予以公开": ["同意公开", "主动公开，告知网址", "给了材料"],
        "部分公开": ["区分处理", "部分提供", "给了一部分"],
        "不予公开-属于国家秘密": ["不予公开（国家秘密）", "涉密"],
        "不予公开-其他法律行政法规禁止公开": ["法律法规禁止公开"],
        "不予公开-危及“三安全一稳定”": ["三安全一稳定"],
        "不予公开-保护第三方合法权益": ["不予公开（个人隐私）", "商业秘密"],
        "不予公开-属于三类内部事务信息": ["内部事务信息"],
        "不予公开-属于四类过程性信息": ["不予公开（过程性信息）", "过程稿"],
        "不予公开-属于行政执法案卷": ["执法案卷"],
        "不予公开-属于行政查询事项": ["行政查询"],
        "无法提供-本机关不掌握相关政府信息": ["信息不存在", "非本机关公开", "找不到这个东西"],
        "无法提供-没有现成信息需要另行制作": ["需要加工分析", "没有现成信息"],
        "无法提供-补正后申请内容仍不明确": ["补正后仍不明确"],
        "不予处理-信访举报投诉类申请": ["信访事项", "举报"],
        "不予处理-重复申请": ["重复件"],
        "不予处理-要求提供公开出版物": ["公开出版物"],
        "不予处理-无正当理由大量反复申请": ["大量反复"],
        "不予处理-要求行政机关确认或重新出具已获取信息": ["要求重新出具"],
        "其他处理-申请人无正当理由逾期不补正": ["逾期未补正"],
        "其他处理-申请人逾期未按收费通知要求缴纳费用": ["未缴费"],
        "其他处理-其他": ["撤回申请", "申请人撤回", "不办了"],
    },
    "案件类型": {
        "行政复议": ["复议"],
        "行政诉讼（未经复议直接起诉）": ["未经复议直接起诉"],
        "行政诉讼（复议后起诉）": ["复议后起诉"],
    },
    "结果": {
        "结果维持": ["维持", "驳回诉讼请求"],
        "结果纠正": ["撤销", "确认违法"],
        "其他结果": ["撤诉", "终止"],
        "尚未审结": ["审理中", "未结"],
    },
    "状态": {"计入": ["已发布"], "不计入": ["已撤稿", "草稿", "压着没发"]},
    "类型": {"听取汇报": ["党组听取汇报"], "业务培训": ["政务公开培训"], "政府开放日": ["政府开放日"]},
}
MEANINGS = {
    (column, word): meaning
    for column, meanings in WORDS.items()
    for meaning, words in meanings.items()
    for word in words
}
HEADS = (
    ("登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"),
    ("受理编号", "受理日期", "申请人类别", "办理情况", "办结时间"),
    ("申请编号", "收到申请时间", "申请主体类型", "处理结果", "回复日期"),
    ("流水号", "登记日期", "申请人身份", "答复结果", "答复时间"),
)


@dataclass
class Office:
    """The records of a year, in the words of an office; ``chance`` decides whatever does not matter."""

    chance: random.Random
    applications: list[tuple[str, date, str, date | None, str]] = field(default_factory=list)
    posted: list[tuple[date, str, str]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)

    def spelt(self, day: date | None):
        return "" if day is None else self.chance.choice(SPELLINGS)(day)


def office_of(organ) -> Office:
    """The records that yield the organ's figures."""
    chance = random.Random(organ["seed"])
    office = Office(chance)
    for number, (applicant, outcome, carried) in enumerate(organ["applications"]):
        received = (
            date(YEAR - 1, 12, chance.randrange(5, 30))
            if carried
            else date(YEAR, chance.randrange(1, 13), chance.randrange(1, 20))
        )
        closed = (
            min(max(received, date(YEAR, 1, 2)) + timedelta(days=chance.randrange(1, 20)), date(YEAR, 12, 31))
            if outcome
            else None
        )
        kind = NAMES["申请人类型"][applicant]
        result = NAMES["办理结果"][outcome] if outcome else ""
        office.applications.append(
            (
                f"依{number:03}",
                received,
                chance.choice([kind, *WORDS["申请人类型"][kind]]),
                closed,
                chance.choice([result, *WORDS["办理结果"][result]]) if result else chance.choice(["", "办理中"]),
            )
        )
    for category, number in organ["posted"].items():
        office.posted += [
            (date(YEAR, chance.randrange(1, 13), chance.randrange(1, 28)), category, f"{category}第{n}期")
            for n in range(number)
        ]
    office.posted.sort()
    return office


def decisions_apart(office, organ, folder):
    """A list for each kind of decision, each with its own headings."""
    heads = {
        "licensing": ("行政许可决定台账", ["序号", "企业名称", "许可文号", "许可日期"]),
        "penalties": ("行政处罚台账", ["序号", "被处罚单位", "处罚决定书文号", "处罚决定日期"]),
        "coercion": ("查封扣押登记", ["序号", "当事人名称", "决定书文号", "决定日期"]),
    }
    paths = []
    for kind, (name, head) in heads.items():
        rows = [
            [n + 1, f"某公司{n}", f"某环{kind}{n}号", office.spelt(date(YEAR, office.chance.randrange(1, 13), 5))]
            for n in range(organ["decided"][kind])
        ]
        if rows:
            paths.append(book(folder / f"{name}.xlsx", {"Sheet1": [[f"{YEAR}年{name}"], head, *rows]}))
    return paths, {"": "行政执法"}


def decisions_together(office, organ, folder):
    words = {"licensing": "许可", "penalties": "处罚", "coercion": "强制"}
    rows = [
        [words[kind], f"文{kind}{n}", office.spelt(date(YEAR, 6, 1 + n))]
        for kind, number in organ["decided"].items()
        for n in range(number)
    ]
    return [book(folder / "执法台账.xlsx", {"执法": [["执法类别", "文号", "作出决定日期"], *rows]})] if rows else [], {
        "": "行政执法"
    }


def decisions_by_month(office, organ, folder):
    months = {kind: [0] * 12 for kind in organ["decided"]}
    for kind, number in organ["decided"].items():
        for _ in range(number):
            months[kind][office.chance.randrange(12)] += 1
    rows = [
        [f"{month + 1}月", *(months[kind][month] for kind in ("licensing", "penalties", "coercion"))]
        for month in range(12)
    ]
    total = ["合计", *(sum(months[kind]) for kind in ("licensing", "penalties", "coercion"))]
    return [
        book(folder / "执法数量统计.xlsx", {"执法统计": [["月份", "行政许可", "行政处罚", "行政强制"], *rows, total]})
    ], {"": "统计数：行政执法"}


DECISIONS = (decisions_apart, decisions_together, decisions_by_month)


def others(office, organ, folder):
    """Documents, cases, media, work and fees in one workbook, under an office's own headings."""
    sheets: dict[str, list[list]] = {}
    day, end = date(YEAR, 3, 3), date(YEAR, 12, 28)
    lives = {
        "issued": (day, None),
        "repealed": (date(YEAR - 1, 2, 1), day),
        "both": (day, end),
        "old": (date(YEAR - 1, 2, 1), None),
        "gone": (date(2019, 1, 1), date(YEAR - 1, 5, 1)),
    }
    if organ["documents"]:
        sheets["文件目录"] = [["文件名称", "文件类别", "印发时间", "失效日期"]]
        for n, (regulation, life) in enumerate(organ["documents"]):
            issued, repealed = lives[life]
            sheets["文件目录"].append(
                [f"文件{n}", "规章" if regulation else "规范性文件", office.spelt(issued), office.spelt(repealed)]
            )
    if organ["cases"]:
        sheets["复议诉讼案件"] = [["案号", "立案日期", "案件类别", "审理结果"]]
        for n, (case, result) in enumerate(organ["cases"]):
            kind, said = NAMES["案件类型"][case], NAMES["结果"][result]
            sheets["复议诉讼案件"].append(
                [
                    f"案{n}",
                    office.spelt(day),
                    office.chance.choice(WORDS["案件类型"][kind]),
                    office.chance.choice(WORDS["结果"][said]),
                ]
            )
    if any(organ["media"].values()):
        sheets["信息报送"] = [["报送时间", "标题", "采用媒体"]]
        sheets["信息报送"] += [
            [office.spelt(day), f"{name}{n}", name] for name, number in organ["media"].items() for n in range(number)
        ]
    if any(organ["work"].values()):
        sheets["工作记录"] = [["时间", "工作类型", "主要内容"]]
        sheets["工作记录"] += [
            [office.spelt(day), office.chance.choice(WORDS["类型"][kind]), f"第{n}次"]
            for kind, number in organ["work"].items()
            for n in range(number)
        ]
    sheets["收费"] = [
        ["项目", "金额", "单位"],
        ["行政事业性收费", float(organ["fee"]), "万元"],
        ["信息处理费", 0, "元"],
    ]
    truth = {
        "文件目录": "制度文件",
        "复议诉讼案件": "复议诉讼",
        "信息报送": "媒体采用",
        "工作记录": "工作记录",
        "收费": "汇总数据",
    }
    return [book(folder / "其他台账.xlsx", sheets)], truth
