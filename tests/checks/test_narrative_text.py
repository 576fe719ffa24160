"""Rules 21 to 23: topics of part 一, problems and measures of part 五, years and periods."""

import pytest

from checks.rules.doubled_words import doubled_words
from checks.rules.measures import measures
from checks.rules.overview import overview_topics
from checks.rules.periods import other_years, partial_periods
from tests.checks.narrative_subjects import subject, told

WARNED = {("PERIOD", "warning")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("截至12月28日共上报信息83条。", True),
        ("截至2024年12月31日共上报信息83条。", False),
        ("截至2024年11月底，共上报信息83条。", True),
        ("截至2024年底，共上报信息83条。", False),
        ("被采用34条（1月至11月）。", True),
        ("2024年1-10月，共发布信息34条。", True),
        ("2024年1月1日至12月31日，共发布信息34条。", False),
        ("2024年1月1日至11月30日，共发布信息34条。", True),
        ("前三季度共发布信息34条。", True),
        ("数据统计期限为2023年1月1日至2023年12月31日。", True),
        ("数据统计期限为2024年1月1日至2024年12月31日。", False),
        ("统计数据截止2025年1月10日。", True),
        ("3月至5月开展集中清理，清理文件34件。", False),
        ("1月至3月开展集中清理，清理文件34件。", False),
        ("截至11月30日，完成网站改版。", False),
    ],
)
def test_periods(text, found):
    assert (told(partial_periods, text) >= WARNED) == found


def test_cut_off_dates_that_differ_are_listed_together():
    findings = list(
        partial_periods(subject("1月1日至12月31日发布信息311条。截至12月28日上报83条。采用34条（1月至11月）。"))
    )
    assert findings[-1].severity == "notice" and "12月28日" in findings[-1].message and "11月" in findings[-1].message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年，我局共发布信息300条。", False),
        ("2023年，我局共发布信息300条。", True),
        ("2023年，我局认真贯彻落实《条例》。", True),
        ("2021年全年共发布信息300条。", True),
        ("2023年发布200条，2024年发布300条。", False),
        ("较2023年增加20条。", False),
        ("自2019年以来，累计公开信息3000条。", False),
        ("2025年，我局将继续公开信息。", False),
        ("2025年，我局共发布信息300条。", True),
        ("制定《2023年政务公开工作要点》，发布信息20条。", False),
        ("公开2023年度部门决算、2024年度部门预算2份。", False),
    ],
)
def test_years(text, found):
    assert bool(told(other_years, text)) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "空的"),
        ("无。", "没有问题"),
        ("本年度信息公开工作不存在问题。", "没有问题"),
        ("2024年信息公开工作取得新成效，受到群众好评。", "具体的问题"),
        ("一是政策解读形式单一，二是业务培训不够。", "没有改进措施"),
        (
            "（一）认识不足。改进措施：学习宣传。\n（二）政策解读质量有待提升。\n（三）标准化不高。改进措施：修订标准目录。",
            "政策解读",
        ),
        ("（一）存在问题。一是解读单一；二是培训不足。\n（二）改进措施。一是丰富解读形式；二是组织培训。", None),
        ("（一）存在问题。一是解读单一；二是培训不足。\n（二）改进措施。一是丰富解读形式，并加强培训。", "2 个问题"),
        ("政策解读形式单一。\n下一步，丰富政策解读形式。", None),
        ("政策解读形式单一。\n下一步，加强业务学习。", "政策解读"),
        (
            "一是政策解读质量不高；二是公开不够及时；三是业务能力不足。\n下一步：\n一是提高解读质量。\n二是及时更新信息。",
            "3 个问题，只有 2 条",
        ),
        ("一是政策解读质量不高；二是公开不够及时。\n下一步：\n一是提高解读质量。\n二是及时更新信息。", None),
        (
            "（一）存在问题\n1.依申请公开答复不规范。\n2.人员业务不熟。\n（二）改进措施\n1.规范申请办理流程。\n2.加强业务培训。",
            None,
        ),
        (
            "（一）存在问题\n1.依申请公开答复不规范。\n2.人员业务不熟。\n（二）改进措施\n1.加强领导。\n2.加强业务培训。",
            "依申请公开",
        ),
        ("一是解读形式单一。针对这一问题，增加图解和视频解读。二是公开时效不强。针对这一问题，限时更新栏目。", None),
        ("仍存在一些不足：重视程度不够，公开内容不全面。今后将提高思想认识，充实公开内容。", None),
    ],
)
def test_each_problem_has_its_measure(text, wanted):
    messages = [finding.message for finding in measures(subject(text, part=4))]
    assert (any(wanted in message for message in messages)) if wanted else not messages, messages


FIVE = "（一）主动公开\n发布信息。\n（二）依申请公开\n没有。\n（三）政府信息管理\n规范。\n（四）平台建设\n维护网站。\n（五）监督保障\n定期检查。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIVE, []),
        ("", ["没有总体情况的内容"]),
        (FIVE.replace("政府信息管理", "文件归档"), ["政府信息管理"]),
        (FIVE.replace("\n定期检查。", ""), ["标题下没有内容"]),
        (FIVE.replace("\n维护网站。", ""), ["标题下没有内容"]),
    ],
)
def test_topics_of_the_overview(text, expected):
    messages = [finding.message for finding in overview_topics(subject(text))]
    assert len(messages) == len(expected) and all(part in message for part, message in zip(expected, messages))


def test_a_report_without_part_one_is_an_error():
    assert told(overview_topics, "") == {("OVERVIEW", "error")}


@pytest.mark.parametrize(
    "text",
    ["制发行政规范性文件2件，收到信件3件。", "参加培训的有人次30次。", "办理监督事项5项。"],
)
def test_a_noun_that_ends_in_its_measure_word_is_not_doubled(text):
    assert not told(doubled_words, text)


def test_each_problem_with_its_measure_in_its_own_paragraph():
    text = "一是个别申请办理周期较长。改进措施：加强督办。\n二是培训开展不足。改进措施：制定培训计划。\n三是部分申请跨年办理。改进措施：逐件督办。"
    assert not told(measures, text, part=4)
