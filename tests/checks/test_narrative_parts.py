"""Rule 10: parts against the whole, in the shapes that enumerations take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.rules.parts import parts_of_whole
from tests.checks.narrative_subjects import told

CELLS = {"table3.new_received.total": 40, "table3.carried_in.total": 5, "table3.total_processed.total": 42}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("全年共发布信息20条，其中通知6条，环评4条，许可8条，处罚2条。", None),
        ("全年共发布信息20条，其中通知9条，环评4条，许可8条，处罚2条。", "error"),
        ("全年共发布信息20条。其中发布通知6条，发布环评4条，许可8条，处罚1条。", "error"),
        ("全年共发布信息二十条，其中通知六条，环评四条，许可八条，处罚三条。", "error"),
        ("全年共发布信息1.2万条，其中通知6000条，环评4000条，许可2000条。", None),
        ("全年共发布信息1.2万条，其中通知6000条，环评4000条，许可3000条。", "error"),
        ("全年共发布信息1.23万条，其中通知6013条，环评4275条，许可2020条。", None),
        ("全市共公开信息41.3万条，其中市本级9.7万条、县区31.6万条。", None),
        ("全市共公开信息41.3万条，其中市本级9.7万条、县区32.6万条、乡镇1.1万条。", "error"),
        ("被申请行政复议4件，其中结果维持2件、结果纠正0件；被提起行政诉讼7件。", None),
        ("主动公开信息50条。在主动公开的信息中，政策类信息4条，业务类信息10条，公示类信息30条，统计类信息6条。", None),
        (
            "主动公开信息50条。在主动公开的信息中，政策类信息4条，业务类信息14条，公示类信息30条，统计类信息6条。",
            "error",
        ),
        ("主动公开信息50条：政策类信息4条、业务类信息10条、公示类信息30条、其他信息7条。", "error"),
        ("发布信息284条。发布较多的是环境质量71条、动态200条；其他类别为解读15条。", "error"),
        ("发布信息284条。发布较多的是环境质量71条、动态200条；其他类别为解读13条。", None),
        # brackets
        ("收到申请4件（自然人3件、法人1件）。", None),
        ("收到申请4件（自然人3件、法人2件）。", "error"),
        ("制发文件13件（含新制定5件，修改4件，废止4件）。", None),
        ("发布信息20条，其中通知12条（上半年5条、下半年7条）、环评8条。", None),
        ("发布信息20条，其中通知12条（上半年5条、下半年7条）、环评6条、许可4条。", "error"),
        ("发布信息20条，其中通知12条，其中上半年5条、下半年7条，环评8条。", None),
        # not all of them
        ("发布信息500条，其中政策解读20条。", None),
        ("发布信息500条，其中政策解读20条、财政信息30条、人事信息9条等。", None),
        ("发布信息500条，主要包括政策解读20条、财政信息30条、人事信息9条。", None),
        ("发布信息500条，其中政策解读20条、财政信息30条、人事信息9条。", "notice"),
        ("发布信息100条，其中网站100条、微信公众号80条。", "notice"),
        ("发布信息50条，其中公示60条。", "warning"),
        # other numbers around
        ("发布信息20条，其中通知12条、环评8条，比上年增加5条，阅读量3万次。", None),
        ("发布信息20条，其中通知12条、环评8条，举办发布会3场，解读文件5件。", None),
        ("发布信息20条，其中通知12条、环评8条，公开指南5条。", None),
        ("共发布信息约300条，其中通知100条、环评50条、许可100条。", None),
        ("收到申请40件，其中予以公开20件、部分公开10件、无法提供12件。", None),
        ("收到申请40件，其中予以公开20件、部分公开8件、无法提供8件。", None),
        ("收到申请40件，其中自然人35件，法人或其他组织6件。", "error"),
        ("举办培训3次，其中线上1次。", None),
    ],
)
def test_parts_against_the_whole(text, severity):
    assert {found for _, found in told(parts_of_whole, text, CELLS)} == ({severity} if severity else set())


@given(parts=st.lists(st.integers(1, 3000), min_size=4, max_size=12), slip=st.integers(-3, 3))
def test_parts_that_make_up_the_whole_are_never_found_and_a_slip_always_is(parts, slip):
    listed = "、".join(f"第{chr(0x7532 + at)}类{count}条" for at, count in enumerate(parts))
    found = told(parts_of_whole, f"全年共发布信息{sum(parts) + slip}条，其中{listed}。")
    assert bool(found) == bool(slip)
