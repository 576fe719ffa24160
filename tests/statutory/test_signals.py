"""Signals say what the rows show, without a numeral, and only when the rows show it."""

import re
from datetime import date

import pytest

from statutory import compute
from tests.statutory.ledger_samples import application, minimal, posted, row, save
from working_days import working_days

NUMERAL = re.compile(r"[0-9０-９〇零二两三四五六七八九十百千万亿]|一[条件次个项月]")


@pytest.fixture
def signals(tmp_path):
    return lambda sheets: {s.key: s for s in compute(save(sheets, tmp_path / "台账.xlsx")).signals}


def sound():
    """A ledger that gives no signal."""
    sheets = minimal()
    sheets["信息发布"] += [
        posted(f"2025-{month:02}-10", category) for month in range(1, 13) for category in ("政策解读", "行政许可")
    ]
    sheets["媒体采用"].append(row("媒体采用", 报送日期="2025-01-01", 采用单位="日报"))
    sheets["工作记录"] += [
        row("工作记录", 日期=f"2025-0{n}-01", 类型=kind) for n in (1, 2) for kind in ("听取汇报", "业务培训")
    ]
    sheets["行政执法"].append(row("行政执法", 决定类型="行政许可", 决定日期="2025-01-01"))
    sheets["依申请公开"].append(application("2025-03-03", "2025-03-20", "予以公开"))
    return sheets


def test_none_where_there_is_nothing_to_say(signals):
    assert signals(sound()) == {}


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("months_without_publication", lambda s: s["信息发布"].__delitem__(slice(3, 5))),
        ("no_publication", lambda s: s["信息发布"].__delitem__(slice(1, None))),
        (
            "few_policy_explanations",
            lambda s: s["信息发布"].__setitem__(
                slice(1, None), [posted(f"2025-{m}-1", "行政许可") for m in range(1, 13)]
            ),
        ),
        ("posted_below_decided.licensing", lambda s: s["行政执法"].extend([s["行政执法"][1]] * 20)),
        ("low_media_adoption", lambda s: s["媒体采用"].extend([row("媒体采用", 报送日期="2025-01-01")] * 2)),
        ("few_trainings", lambda s: s["工作记录"].__delitem__(2)),
        ("few_briefings_heard", lambda s: s["工作记录"].__delitem__(1)),
        ("late_answers", lambda s: s["依申请公开"].append(application("2025-03-03", "2025-04-02", "予以公开"))),
        ("carried_out", lambda s: s["依申请公开"].append(application("2025-11-03"))),
        (
            "corrected.review",
            lambda s: s["复议诉讼"].append(
                row("复议诉讼", 受理日期="2025-03-03", 案件类型="行政复议", 结果="结果纠正")
            ),
        ),
    ],
)
def test_each_signal(signals, key, change):
    sheets = sound()
    change(sheets)
    found = signals(sheets)
    assert key in found and found[key].measure and found[key].provenance.formula
    assert not any(NUMERAL.search(signal.message + signal.measure) for signal in found.values())


def test_an_application_that_is_open_within_its_time_is_no_problem(signals):
    sheets = sound()
    sheets["依申请公开"].append(application("2025-12-22"))
    assert signals(sheets) == {}


def test_months_stand_in_the_provenance(signals):
    sheets = sound()
    del sheets["信息发布"][3:5]
    assert signals(sheets)["months_without_publication"].provenance.formula.endswith("：2月")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2025, 3, 3), date(2025, 3, 31), 20),
        (date(2025, 3, 3), date(2025, 4, 1), 21),
        (date(2025, 9, 28), date(2025, 10, 11), 5),
        (date(2024, 12, 31), date(2025, 1, 2), 1),
        (date(2025, 3, 3), date(2025, 3, 3), 0),
    ],
)
def test_working_days_by_the_holiday_arrangement(start, end, days):
    assert working_days(start, end) == days


def test_years_beyond_the_calendar_are_not_guessed(tmp_path):
    sheets = minimal()
    sheets["基本信息"][1][1] = 2090
    sheets["依申请公开"].append(application("2090-03-03", "2090-12-01", "予以公开"))
    result = compute(save(sheets, tmp_path / "台账.xlsx"))
    assert "late_answers" not in {signal.key for signal in result.signals}
    assert any("未核对依申请公开的答复期限" in warning for warning in result.warnings)
