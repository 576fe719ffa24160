"""Rules 12, 14, 16: reviews, lawsuits and decisions in the narrative."""

import pytest

from checks.rules.all_upheld import all_upheld
from checks.rules.cases import narrative_against_table4, no_cases
from checks.rules.posted import decisions_in_the_narrative
from tests.checks.narrative_subjects import told

CELLS = {
    "table4.review.total": 9,
    "table4.review.upheld": 5,
    "table4.review.corrected": 1,
    "table4.review.pending": 3,
    "table4.litigation_direct.total": 2,
    "table4.litigation_direct.upheld": 2,
    "table4.litigation_after_review.total": 4,
    "table4.litigation_after_review.upheld": 3,
    "table4.litigation_after_review.pending": 1,
    "table2.licensing": 38,
    "table2.penalties": 10,
}
ASK, NOTICE = {("NARRATIVE-T4", "warning")}, {("NARRATIVE-T4", "notice")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("因政府信息公开被申请行政复议9件，被提起行政诉讼6件。", set()),
        ("因政府信息公开被申请行政复议8件，被提起行政诉讼6件。", ASK),
        ("因政府信息公开被申请行政复议九件，被提起行政诉讼七件。", ASK),
        ("因政府信息公开引发行政复议6件、行政诉讼5件。", NOTICE),
        ("因政府信息公开发生行政复议和行政诉讼共15件。", set()),
        ("因政府信息公开发生行政复议、行政诉讼共16件。", ASK),
        ("因政府信息公开被申请行政复议9件，其中维持5件、纠正1件、尚未审结3件。", set()),
        ("因政府信息公开被申请行政复议9件，其中维持6件、纠正1件。", ASK),
        ("因政府信息公开被提起行政诉讼6件，其中未经复议直接起诉2件、复议后起诉4件。", set()),
        ("全年审结信息公开行政复议6件、行政诉讼5件。", set()),
        ("因政府信息公开发生行政诉讼6件，已审结5件。", set()),
        ("因政府信息公开发生行政诉讼6件，已审结3件。", ASK),
        ("发生9起信息公开行政复议案件。", set()),
        ("全局办理行政复议案件500件，均与信息公开申请无关。", set()),
        ("2023年信息公开行政复议20件。", set()),
        ("因2023年度政府信息公开申请引发行政复议20件。", set()),
        ("信息公开行政复议9件，6件作出复议决定；行政诉讼6件，5件由法院作出判决。", set()),
        ("全年组织行政复议培训3次。", set()),
        ("本报告由申请办理、政府信息公开行政复议和行政诉讼情况等六个部分组成。", set()),
    ],
)
def test_numbers_of_cases(text, expected):
    assert told(narrative_against_table4, text, CELLS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年没有发生因政府信息公开引发的行政复议和行政诉讼。", ASK),
        ("全年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", ASK),
        ("信息公开无行政复议被纠错。", set()),
        ("信息公开行政复议未发生逾期答复。", set()),
    ],
)
def test_no_cases(text, expected):
    assert told(no_cases, text, CELLS) == expected
    assert told(no_cases, text, {}) == set()


def test_concluded_cases_of_a_city_are_not_called_contradictory():
    cells = {
        "table4.review.total": 170,
        "table4.review.pending": 36,
        "table4.litigation_direct.total": 50,
        "table4.litigation_direct.pending": 13,
        "table4.litigation_after_review.total": 27,
        "table4.litigation_after_review.pending": 7,
    }
    text = "全市因政府信息公开被申请行政复议134件，被提起行政诉讼57件。"
    assert told(narrative_against_table4, text, cells, org="青川市人民政府") == NOTICE


@pytest.mark.parametrize(
    ("text", "cells", "severity"),
    [
        ("信息公开行政复议9件，均获维持。", CELLS, "error"),
        ("信息公开行政诉讼6件，均予以维持。", CELLS, "warning"),
        ("信息公开行政诉讼已审结的全部维持。", CELLS, None),
        ("信息公开行政复议无纠错案件。", CELLS, "error"),
        ("信息公开行政诉讼零败诉。", CELLS, None),
        ("信息公开行政复议9件，均获维持。", {}, None),
        ("市容环境均获维持。", CELLS, None),
        ("信息公开行政复议9件，结果纠正1件；行政诉讼6件，均未被法院判决败诉。", CELLS, None),
        ("信息公开行政复议9件，其中1件被纠正，其余均获维持。", CELLS, None),
    ],
)
def test_claims_on_results(text, cells, severity):
    assert {found for _, found in told(all_upheld, text, cells)} == ({severity} if severity else set())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开行政许可信息15条、行政处罚13条。", True),
        ("公开行政许可信息38条，行政处罚十条。", False),
        ("作出行政处罚决定12件。", True),
        ("作出10件行政处罚决定。", False),
        ("2023年公开行政许可15条。", False),
        ("公开行政许可和行政处罚信息48条。", False),
        ("公开行政许可信息15条，行政许可信息的发布条数少于决定件数。", False),
        ("公开行政许可信息15条，行政处罚信息的发布条数少于决定件数。", True),
        ("行政许可事项同比增加5件。", False),
        ("作出行政许可决定0.0038万件。", False),
        ("作出行政许可决定0.005万件。", True),
    ],
)
def test_posted_against_decided(text, found):
    assert bool(told(decisions_in_the_narrative, text, CELLS)) == found
