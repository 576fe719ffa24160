"""The columns that tell of 补正, 延期, 第三方, 转办 and 缴费, by the names that offices give them."""

import pytest

from intake.words import kinds, strength
from statutory.clock import clock_columns

ROLES = {
    "延期日期": "extended_on",
    "是否延期": "extended",
    "延期至": "until",
    "补正通知日期": "amend_sent",
    "补正日期": "amended",
    "征求意见日期": "asked",
    "收到意见日期": "told",
    "缴费通知日期": "fee_sent",
    "缴费日期": "paid",
    "转办日期": "sent_on",
    "转办收到日期": "arrived",
}
HEADINGS = {
    "延期日期": [
        "延期日期",
        "延期答复日期",
        "延长答复日期",
        "延期告知日期",
        "延期告知书日期",
        "延期通知时间",
        "延长期限告知日期",
        "延期审批日期",
        "延期批准时间",
        "作出延期决定日期",
        "延期告知书送达日期",
        "延期答复告知书发出时间",
    ],
    "是否延期": [
        "是否延期",
        "是否延期答复",
        "有无延期",
        "延期情况",
        "延期答复",
        "延长答复期限",
        "是否依法延期",
        "延期与否",
        "是否延长期限",
        "延期办理情况",
    ],
    "延期至": [
        "延期至",
        "延长至",
        "延期后答复期限",
        "延期后截止日期",
        "延长后的答复期限",
        "延期到期日",
        "延期截止日期",
        "延长后期限",
        "延期后应答复日期",
        "延期后办理期限",
        "延期届满日期",
    ],
    "补正通知日期": [
        "补正通知日期",
        "补正告知日期",
        "通知补正日期",
        "发出补正通知日期",
        "补正通知书发出日期",
        "补正告知书送达时间",
        "要求补正时间",
        "告知补正时间",
        "补正通知时间",
        "发补正通知书日期",
        "一次性告知补正日期",
    ],
    "补正日期": [
        "补正日期",
        "收到补正日期",
        "收到补正材料日期",
        "补正材料收到时间",
        "补正提交日期",
        "补正后收到日期",
        "补正申请收到日期",
        "申请人补正日期",
        "补正完成时间",
        "补正收件日期",
        "收到补正申请日期",
    ],
    "征求意见日期": [
        "征求意见日期",
        "征求第三方意见日期",
        "征求第三方意见函发出日期",
        "发出征求意见函日期",
        "第三方意见征询日期",
        "征询第三方意见时间",
        "征求意见开始日期",
        "征求其他机关意见日期",
        "征求意见函日期",
        "书面征求第三方意见日期",
        "征求第三方时间",
    ],
    "收到意见日期": [
        "收到意见日期",
        "第三方意见反馈日期",
        "收到第三方意见日期",
        "第三方回复日期",
        "意见反馈日期",
        "第三方答复时间",
        "其他机关反馈日期",
        "征求意见反馈日期",
        "征求意见结束日期",
        "收到反馈意见日期",
        "第三方复函日期",
    ],
    "缴费通知日期": [
        "缴费通知日期",
        "收费通知日期",
        "收费通知书发出日期",
        "发出收费通知日期",
        "交费通知时间",
        "缴费通知书送达日期",
        "通知缴费日期",
        "收费告知日期",
        "信息处理费通知日期",
        "缴费告知书日期",
        "发出缴费通知书日期",
    ],
    "缴费日期": [
        "缴费日期",
        "交费日期",
        "缴纳日期",
        "缴款日期",
        "缴费时间",
        "缴费到账日期",
        "费用缴纳日期",
        "信息处理费缴纳日期",
        "申请人缴费日期",
        "缴费完成日期",
        "实际缴费日期",
    ],
    "转办日期": [
        "转办日期",
        "转交日期",
        "移送日期",
        "移交日期",
        "转送日期",
        "转办时间",
        "移送时间",
        "移交时间",
        "转交其他机关日期",
    ],
    "转办收到日期": [
        "转来日期",
        "转办接收日期",
        "上级转办日期",
        "转办收到日期",
        "收到转办日期",
        "接到转办日期",
        "转来时间",
        "转办件收到日期",
        "收到转办件日期",
        "收到转办时间",
    ],
}
OTHERS = [
    "转交承办科室日期",
    "转送股室时间",
    "满意度反馈",
    "审核意见",
    "领导意见",
    "承办科室",
    "办理意见",
    "收费金额",
    "缴税情况",
    "申请人单位",
    "公开属性",
    "承办人",
]
EACH = [(target, heading) for target, said in HEADINGS.items() for heading in said]


@pytest.mark.parametrize(("target", "heading"), EACH)
def test_it_is_known_for_what_it_is(target, heading):
    columns = kinds()["依申请公开"].columns
    own = strength("依申请公开", target, heading)
    assert own > 0
    assert max(strength("依申请公开", name, heading) for name in columns) == own
    assert clock_columns({0: heading}) == {0: (heading, ROLES[target])}


@pytest.mark.parametrize("heading", OTHERS)
def test_other_columns_say_nothing_of_the_time_to_answer(heading):
    assert clock_columns({0: heading}) == {}
    assert not any(strength("依申请公开", target, heading) for target in ROLES)


@pytest.mark.parametrize("heading", ["意见收回", "缴费情况", "移交情况", "转来文号", "第三方情况", "延期事由"])
def test_what_may_tell_of_it_and_is_not_understood_calls_nobody_late(heading):
    assert clock_columns({0: heading}) == {0: (heading, "")}
