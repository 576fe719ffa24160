"""The arrangement of a year that the library does not hold, from a notice in the State Council's form."""

from datetime import date

import pytest

import working_days
from domain import UnusableInput
from intake.holidays import FOLDER, keep, load, read_notice
from services import Gongkai
from settings import load_settings
from tests.intake.files import book

# Dates made up for these tests, in the form of the notice.
NOTICE = """关于2031年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月22日（农历除夕、周三）至28日（周二）放假调休，共7天。1月19日（周日）、2月1日（周六）上班。
三、清明节：4月5日（周六）至7日（周一）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：6月24日（周二）放假1天。
六、中秋节：9月30日（周二）放假1天。
七、国庆节：10月1日（周三）至7日（周二）放假调休，共7天。9月28日（周日）、10月11日（周六）上班。
"""


@pytest.fixture(autouse=True)
def as_before():
    yield
    working_days._ARRANGED.clear()
    working_days._working_days_of.cache_clear()


def test_working_days_go_by_it_once_it_is_kept(tmp_path):
    assert working_days.working_days(date(2031, 1, 17), date(2031, 2, 3)) is None
    keep(NOTICE, read_notice(NOTICE, "通知.txt"), tmp_path)
    # 19 January is worked, 22 to 28 off, 1 February worked: 19, 20, 21, 29, 30, 31 January, 1 and 3 February.
    assert working_days.working_days(date(2031, 1, 17), date(2031, 2, 3)) == 8
    working_days._ARRANGED.clear()
    working_days._working_days_of.cache_clear()
    load(tmp_path)
    assert working_days.is_arranged(2031) and (tmp_path / FOLDER / "2031.txt").is_file()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("1月1日（周三）", "1月1日（周四）", "是周三，写的是周四"),
        ("至28日（周二）放假调休，共7天", "至28日（周二）放假调休，共8天", "写共8天"),
        ("六、中秋节：9月30日（周二）放假1天。\n", "", "没有读到中秋"),
        ("2月1日（周六）上班", "2月3日上班", "不是周六、周日"),
        ("6月24日（周二）", "6月34日", "不是日期"),
    ],
)
def test_what_does_not_hold_is_told(old, new, why):
    assert old in NOTICE
    with pytest.raises(UnusableInput) as told:
        read_notice(NOTICE.replace(old, new), "通知.txt")
    assert any(why in problem for problem in told.value.problems)


def test_it_is_asked_for_once_when_an_application_runs_into_that_year(tmp_path):
    import intake

    head = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
    path = book(tmp_path / "登记.xlsx", {"S": [head, ["a", "2030-12-20", "公民", "办理中", ""]]})
    (asked,) = [
        note for note in intake.propose(intake.read_sources([path]), accept=True, year=2030).notes if "放假安排" in note
    ]
    assert "2031年" in asked and "第2行" in asked
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    sources = intake.read_sources([path, tmp_path / "通知.txt"])
    assert not any("放假安排" in note for note in intake.propose(sources, accept=True, year=2030).notes)


DAMAGED = [
    (b"", "没有“某年部分节假日安排”"),
    (b"\xff\xfe\x00", "无法读取"),
    (NOTICE.encode("gb18030"), "无法读取"),
    (NOTICE[:110].encode(), "没有读到清明"),
    (NOTICE.encode().replace("共7天".encode(), "共9天".encode()), "写共9天"),
    (NOTICE.encode().replace("1月22日".encode(), "1月52日".encode()), "不是日期"),
    (b"\x00" * 512, "没有“某年部分节假日安排”"),
    (NOTICE.encode().replace(b"2031", b"\xb22031", 1), "无法读取"),
]


@pytest.mark.parametrize(("content", "why"), DAMAGED, ids=[why for _, why in DAMAGED])
def test_a_damaged_one_is_told_with_the_way_back_and_stops_no_command(content, why, tmp_path, monkeypatch, caplog):
    keep(NOTICE, read_notice(NOTICE, "通知.txt"), tmp_path)
    (tmp_path / FOLDER / "2030.txt").write_bytes(content)
    (tmp_path / FOLDER / "2032.txt").mkdir()  # nor does what is no file
    working_days._ARRANGED.clear()
    working_days._working_days_of.cache_clear()
    services = Gongkai(load_settings(home=tmp_path, llm="none"))
    first, second = [record.getMessage() for record in caplog.records]
    assert "2030.txt" in first and why in first and "再交给 gongkai intake" in first and "2032.txt" in second
    assert working_days.is_arranged(2031)  # the sound one holds
    assert services.intakes.damage == [first, second]
    assert [told for told in services.safekeeping.damage() if FOLDER in told] == [first, second]
