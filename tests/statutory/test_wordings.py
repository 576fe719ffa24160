"""The words that offices use for results, applicants and headings, and the law by which a result is read."""

import pytest

from forms import all_forms, load_form
from statutory.aliases import load_aliases
from statutory.headings import locate_headings
from statutory.layout import LAYOUTS
from statutory.vocabulary import vocabularies
from statutory.workbook import RawSheet

NOT_HELD, THIRD = "无法提供-本机关不掌握相关政府信息", "不予公开-保护第三方合法权益"
RESULTS = {
    "予以公开": [
        "同意公开",
        "准予公开",
        "已公开",
        "提供信息",
        "全部公开",
        "（一）予以公开",
        "已主动公开，告知获取方式",
        "主动公开，告知网址",
        "告知获取途径",
    ],
    "部分公开": ["区分处理", "部分公开，部分不予公开", "部分予以公开", "部分提供"],
    "不予公开-属于国家秘密": ["涉及国家秘密", "不予公开（国家秘密）", "不予公开-涉密"],
    THIRD: ["商业秘密", "个人隐私", "不予公开（个人隐私）", "不予公开：商业秘密", "第三方不同意公开"],
    "不予公开-属于三类内部事务信息": ["内部管理信息", "不予公开-内部事务信息", "内部事务"],
    "不予公开-属于四类过程性信息": ["过程性信息", "不予公开（过程性信息）"],
    "不予公开-属于行政执法案卷": ["行政执法案卷", "执法案卷"],
    "不予公开-属于行政查询事项": ["行政查询事项", "不动产登记资料"],
    NOT_HELD: [
        "政府信息不存在",
        "信息不存在",
        "经检索不存在",
        "本机关未制作",
        "不属于本机关公开",
        "非本机关负责公开",
        "不属于本行政机关负责公开",
        "告知向其他机关申请",
        "无法提供（信息不存在）",
    ],
    "无法提供-没有现成信息需要另行制作": ["没有现成信息", "需要加工分析", "需要汇总加工分析"],
    "无法提供-补正后申请内容仍不明确": ["补正后仍不明确", "申请内容不明确"],
    "不予处理-信访举报投诉类申请": ["信访事项", "投诉举报", "信访"],
    "不予处理-重复申请": ["重复申请", "重复申请，不予重复处理", "不予重复处理"],
    "不予处理-无正当理由大量反复申请": ["大量反复申请"],
    "其他处理-申请人无正当理由逾期不补正": ["逾期未补正", "逾期不补正", "未补正视为放弃"],
    "其他处理-申请人逾期未按收费通知要求缴纳费用": ["逾期未缴费"],
    "其他处理-其他": ["申请人撤回", "撤回申请", "申请人主动撤回申请"],
    "办理中": ["在办", "尚未办结", "待答复", "延期办理中"],
}
HEADINGS = {
    "依申请公开": {
        "收到日期": ["收到时间", "受理日期", "受理时间", "收件日期", "申请日期", "登记日期", "收文日期"],
        "申请人类型": ["申请人类别", "申请人性质", "申请主体", "申请人身份"],
        "办结日期": ["答复日期", "办结时间", "答复时间", "办复日期", "作出答复日期", "回复日期"],
        "办理结果": ["处理结果", "答复结果", "答复类型", "办理情况", "处理情况", "答复情况"],
    },
    "信息发布": {
        "发布日期": ["发布时间", "公开时间", "上网日期", "发文日期", "公布日期"],
        "信息类别": ["栏目名称", "所属栏目", "信息分类", "公开类别"],
    },
    "行政执法": {"决定日期": ["作出日期", "决定时间", "处罚日期"], "决定类型": ["执法类型", "决定类别", "事项类型"]},
    "媒体采用": {"报送日期": ["报送时间", "上报时间"], "采用单位": ["采用媒体", "录用单位", "刊发媒体"]},
    "工作记录": {"日期": ["时间", "开展日期", "会议时间"], "类型": ["工作类型", "类别"]},
}


@pytest.fixture(scope="module")
def vocabulary():
    return vocabularies(load_form("2021"), load_aliases())


@pytest.mark.parametrize(("meant", "said"), [(meant, word) for meant, words in RESULTS.items() for word in words])
def test_usual_words_for_results(vocabulary, meant, said):
    term = vocabulary["办理结果"].read(said)
    assert term and term.name == meant


@pytest.mark.parametrize(
    "said", ["不予公开", "不公开", "其他", "依法处理", "已寄出", "转办", "不予公开-信访", "公开不公开", "暂缓"]
)
def test_words_that_say_too_little_are_not_read(vocabulary, said):
    assert vocabulary["办理结果"].read(said) is None


@pytest.mark.parametrize(
    ("column", "said", "never"),
    [
        ("办理结果", "不予公开", "予以公开"),
        ("办理结果", "不以公开", "予以公开"),
        ("办理结果", "不公开", "予以公开"),
        ("办理结果", "未予公开", "予以公开"),
        ("办理结果", "不予部分公开", "部分公开”"),
        ("办理结果", "无法处理", "不予处理-"),
        ("办理结果", "不予提供", "不予公开-"),
        ("申请人类型", "社会组织", "是否应为"),
        ("申请人类型", "非自然人", "是否应为"),
        ("申请人类型", "企业家", "是否应为"),
        ("结果", "未维持", "是否应为“结果维持"),
        ("案件类型", "行政诉讼", "是否应为"),
    ],
)
def test_advice_never_turns_a_meaning(vocabulary, column, said, never):
    assert (
        f"是否应为“{never}" not in (advice := vocabulary[column].advice(said))
        and never not in advice.split("可用的值")[0]
    )


@pytest.mark.parametrize(
    ("column", "said", "meant"),
    [
        ("办理结果", "予以公幵", "予以公开"),
        ("办理结果", "部份公开", "部分公开"),
        ("申请人类型", "商业企也", "商业企业"),
        ("申请人类型", "科研机溝", "科研机构"),
        ("决定类型", "行政处罸", "行政处罚"),
        ("结果", "结果维特", "结果维持"),
    ],
)
def test_a_slip_of_the_pen_is_named(vocabulary, column, said, meant):
    assert f"是否应为“{meant}”" in vocabulary[column].advice(said)


def test_the_grounds_name_values_that_are_aliases():
    aliases = load_aliases()
    for column, grounds in aliases.grounds.items():
        assert set(grounds) <= set(aliases.values[column])


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.year)
def test_an_alias_means_the_same_in_every_form_that_a_ledger_fills(form):
    from statutory.computing import _fills

    if _fills(form):
        vocabularies(form, load_aliases())


@pytest.mark.parametrize(
    ("sheet", "meant", "said"),
    [(sheet, meant, word) for sheet, names in HEADINGS.items() for meant, words in names.items() for word in words],
)
def test_usual_headings(sheet, meant, said):
    names = [said if heading.name == meant else heading.name for heading in LAYOUTS[sheet].headings]
    raw = RawSheet(sheet, sheet, "台账.xlsx", 1, [["序号", *names]])
    found = locate_headings(raw, LAYOUTS[sheet], load_aliases().headings[sheet])
    assert found.columns[meant] == names.index(said) + 1
