"""Rules 11, 13, 14: what the narrative says of applications, in the wordings that reports have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.rules.all_closed import all_closed
from checks.rules.applications import narrative_against_table3, no_applications
from tests.checks.narrative_subjects import subject, told

# New 42 (natural persons 37, others 5), carried in 3, closed 41, carried out 4.
CELLS = {
    "table3.new_received.total": 42,
    "table3.new_received.natural_person": 37,
    "table3.new_received.business_enterprise": 5,
    "table3.carried_in.total": 3,
    "table3.carried_in.natural_person": 3,
    "table3.granted.total": 15,
    "table3.granted.natural_person": 13,
    "table3.partially_granted.total": 6,
    "table3.denied.state_secret.total": 2,
    "table3.denied.process_information.total": 3,
    "table3.unavailable.not_held.total": 9,
    "table3.not_processed.duplicate.total": 4,
    "table3.other.other.total": 2,
    "table3.total_processed.total": 41,
    "table3.total_processed.natural_person": 37,
    "table3.carried_out.total": 4,
}
ERROR, WARNING, NOTICE = {("NARRATIVE-T3", "error")}, {("NARRATIVE-T3", "warning")}, {("NARRATIVE-T3", "notice")}
AGREE, CONTRADICT, ASK = set(), ERROR, WARNING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the new ones
        ("2024年，我局共收到政府信息公开申请42件。", AGREE),
        ("2024年，我局共收到政府信息公开申请45件。", NOTICE),
        ("2024年，我局共收到政府信息公开申请24件。", CONTRADICT),
        ("全年新收政府信息公开申请４２件。", AGREE),
        ("全年新收政府信息公开申请四十二件。", AGREE),
        ("全年新收政府信息公开申请四十三件。", CONTRADICT),
        ("全年新收政府信息公开申请45件。", WARNING),
        ("全年受理公民、法人和其他组织提出的政府信息公开申请40宗。", CONTRADICT),
        ("本年度共接到46件政府信息公开申请。", CONTRADICT),
        ("本年度共接到42件政府信息公开申请。", AGREE),
        ("全年收到依申请公开信息41条，答复率100%。", CONTRADICT),
        ("政府信息公开申请数量为52件。", CONTRADICT),
        ("全年收到政府信息公开申请（含上年结转3件）45件。", NOTICE),
        ("全年共收到政府信息公开申请约40件。", AGREE),
        ("全年收到政府信息公开申请40余件。", AGREE),
        # 收办: with those carried in
        ("全年收办政府信息公开申请45件。", AGREE),
        ("全年收办政府信息公开申请46件。", CONTRADICT),
        ("全年共办理政府信息公开申请41件。", AGREE),
        ("全年共办理政府信息公开申请50件。", CONTRADICT),
        ("全年受理、答复政府信息公开申请42件。", AGREE),
        # closed
        ("全年办结政府信息公开申请41件。", AGREE),
        ("全年办结政府信息公开申请14件。", CONTRADICT),
        ("42件新收政府信息公开申请和3件结转申请中已办结41件。", AGREE),
        ("45件政府信息公开申请中已办结44件。", CONTRADICT),
        ("全年收到政府信息公开申请42件，加上上年结转3件，共需办理45件。", AGREE),
        ("全年收到政府信息公开申请42件，加上上年结转3件，共需办理46件。", CONTRADICT),
        ("办结政府信息公开申请41件，结转2025年度办理4件。", AGREE),
        ("办结政府信息公开申请41件，结转2025年度办理6件。", CONTRADICT),
        ("办结政府信息公开申请41件，4件结转至2025年办理。", AGREE),
        ("办结政府信息公开申请41件，9件结转至2025年办理。", CONTRADICT),
        ("受理政府信息公开申请42件，同比上升（2023年为35件）；自然人申请37件，法人或者其他组织申请5件。", AGREE),
        ("受理政府信息公开申请42件，同比上升（2023年为35件）；自然人申请38件，法人或者其他组织申请5件。", CONTRADICT),
        ("共收到政府信息公开申请42件，上年结转3件，办结41件，结转下年度继续办理4件。", AGREE),
        ("共收到政府信息公开申请42件，上年结转8件，办结41件，结转下年度继续办理4件。", CONTRADICT),
        ("共收到政府信息公开申请42件，上年结转3件，办结41件，结转下年度继续办理5件。", CONTRADICT),
        ("共收到政府信息公开申请42件，已答复39件。", AGREE),  # closed without 其他处理
        # every number of the sentence, each against its own row
        (
            "办结政府信息公开申请41件，其中予以公开15件，部分公开6件，不予公开5件，无法提供9件，不予处理4件，其他处理2件。",
            AGREE,
        ),
        (
            "办结政府信息公开申请41件，其中予以公开15件，部分公开6件，不予公开5件，无法提供9件，不予处理4件，其他处理3件。",
            CONTRADICT,
        ),
        ("办结政府信息公开申请41件，其中予以公开15件、部分公开7件。", CONTRADICT),
        ("办结政府信息公开申请41件，其中予以公开或部分公开21件。", AGREE),
        ("办结政府信息公开申请41件，其中因属于国家秘密不予公开2件，属于四类过程性信息3件。", AGREE),
        ("办结政府信息公开申请41件，其中本机关不掌握相关政府信息8件。", CONTRADICT),
        ("共收到政府信息公开申请42件，其中自然人37件、法人或其他组织5件。", AGREE),
        ("共收到政府信息公开申请42件，其中自然人申请35件、商业企业申请7件。", CONTRADICT),
        ("收到政府信息公开申请42件。自然人申请三十件。", CONTRADICT),
        ("收到政府信息公开申请42件，予以公开 15，部分公开 6。", AGREE),
        ("全年共办理政府信息公开申请45件，含2023年转至今年办理的3件，办结41件，剩余4件结转下一年度处理。", AGREE),
        ("全年共办理政府信息公开申请45件，含2023年转至今年办理的5件，办结41件。", CONTRADICT),
        ("依申请公开共收到网上申请30件，快递12件，合计42件，截至12月底已回复41件，4件正在办理中。", AGREE),
        # another year, a part of them, another matter
        ("2023年收到政府信息公开申请30件，2024年收到政府信息公开申请42件。", AGREE),
        ("去年收到政府信息公开申请30件。", AGREE),
        ("收到政府信息公开申请42件，比上年增加12件，同比增长40%。", AGREE),
        ("通过网站收到政府信息公开申请30件，通过信函收到申请12件。", AGREE),
        ("涉及征地拆迁的政府信息公开申请11件，延期答复6件。", AGREE),
        ("全年受理行政许可申请420件，办结418件。", AGREE),
        ("全年办理人大建议12件、政协提案9件，均已答复。", AGREE),
        ("收到网民留言88条，答复88条。", AGREE),
        ("发出补正通知7件，征求第三方意见2件。", AGREE),
        ("严格落实《政府信息公开条例》，对收到的政府信息公开申请及时处理。", AGREE),
        ("主动公开政府信息1.2万条，予以公开规范性文件3件。", AGREE),
        ("局机关某股室收到政府信息公开申请50件。", ASK),
    ],
)
def test_numbers_on_applications(text, expected):
    assert told(narrative_against_table3, text, CELLS) == expected


def test_a_heading_tells_what_bare_numbers_count():
    assert told(narrative_against_table3, "（二）依申请公开\n全年共收到52件，办结41件。", CELLS) == CONTRADICT
    assert told(narrative_against_table3, "（二）网民留言办理\n全年共收到52件，办结41件。", CELLS) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市各级行政机关共收到政府信息公开申请30件。", CONTRADICT),
        ("市政府办公室收到政府信息公开申请30件。", set()),
        ("市政府本级收到政府信息公开申请60件。", WARNING),
        ("市政府收到政府信息公开申请30件。", set()),
    ],
)
def test_a_government_may_speak_of_its_own_organ_only(text, expected):
    assert told(narrative_against_table3, text, CELLS, org="青川市人民政府") == expected


NONE = {"table3.new_received.total": 0}


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("2024年，我局没有收到依申请公开案件。", CELLS, "error"),
        ("2024年，我局没有收到依申请公开案件。", NONE, None),
        ("全年未接到政府信息公开申请。", CELLS, "error"),
        ("本年度未收到企业法人提出的信息公开申请。", CELLS, None),
        ("无收费情况，未收取申请人任何费用。", CELLS, None),
        ("本年度未收到公民、法人和其他组织的信息公开申请。", CELLS, "error"),
        ("全年未收到过依申请公开。", CELLS, "error"),
        ("全年无依申请公开事项。", CELLS, "error"),
        ("实现全年零申请。", CELLS, "error"),
        ("全年收到政府信息公开申请0件。", CELLS, "error"),
        ("全年收到政府信息公开申请3件。", NONE, "error"),
        ("全年收到政府信息公开申请三件。", NONE, "error"),
        ("全年未收到行政许可申请。", CELLS, None),
        ("全年未收到申请人要求减免费用的申请。", CELLS, None),
        ("2023年没有收到政府信息公开申请，2024年收到42件。", CELLS, None),
        ("没有发生因政府信息公开申请行政复议的情况。", CELLS, None),
        ("没有因依申请公开引发的投诉。", CELLS, None),
        ("局下属单位未收到政府信息公开申请。", CELLS, "warning"),
    ],
)
def test_no_applications_means_none_in_the_table(text, cells, expected):
    findings = [*no_applications(subject(text, cells)), *narrative_against_table3(subject(text, cells))]
    assert [finding.severity for finding in findings] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到政府信息公开申请42件，已全部办结。", {("ALL-CLOSED", "error")}),
        ("收到政府信息公开申请42件，均按期答复。", {("ALL-CLOSED", "warning")}),
        ("收到政府信息公开申请42件，除结转4件外均已办结。", set()),
        ("办理建议提案20件，全部办结。", set()),
        ("政府信息公开申请按期答复率100%。", set()),
        ("政府信息公开申请办结率100%。", {("ALL-CLOSED", "warning")}),
    ],
)
def test_all_closed_against_what_is_carried_out(text, expected):
    assert told(all_closed, text, CELLS) == expected
    assert told(all_closed, text, {**CELLS, "table3.carried_out.total": 0}) == set()


@given(new=st.integers(0, 5000), carried=st.integers(0, 500), stated=st.integers(0, 6000))
def test_a_number_is_contradicted_only_where_no_reading_gives_it(new, carried, stated):
    cells = {
        "table3.new_received.total": new,
        "table3.carried_in.total": carried,
        "table3.total_processed.total": new + carried,
    }
    found = told(narrative_against_table3, f"全年收到政府信息公开申请{stated}件。", cells)
    assert any(severity == "error" for _, severity in found) == (stated not in (new, new + carried))


def test_a_finding_names_numbers_place_law_and_the_words_it_refers_to():
    text = "严格规范办理。全年收到政府信息公开申请24件。"
    (finding,) = narrative_against_table3(subject(text, CELLS))
    assert "24件" in finding.message and "42" in finding.message and finding.where == "第一部分第1段"
    assert finding.law and finding.advice and finding.excerpt == "全年收到政府信息公开申请24件。"
