"""A folder of a county's reports, collected by the services as by ``gongkai collect``: who, what is asked, what adds up."""

import json
import random
import shutil
import zipfile
from dataclasses import replace

import pytest

from collecting.organs import listed
from collecting.parallel import Stopped
from domain import User
from forms import value_at
from services import Gongkai
from settings import load_settings
from tests.collecting.county import FORM, ORGANS, PLACE, finished, hand_in, random_tables, tables

YEAR = 2025
LIST = listed("\n".join(ORGANS))
GOVERNMENT = f"{PLACE}人民政府"


@pytest.fixture
def services(tmp_path):
    return Gongkai(load_settings(home=tmp_path / "data"))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "收到"


def state(result):
    return {one.org: one.status for one in result.organs}


def county(folder, seed=3, organs=ORGANS):
    """Every organ's report, formats mixed; the tables by organ."""
    chance = random.Random(seed)
    given = {org: random_tables(chance) for org in organs}
    for at, (org, its) in enumerate(given.items()):
        hand_in(folder, finished(org, YEAR, its), (".md", ".html", ".docx")[at % 3])
    return given


def test_every_cell_is_the_sum_of_the_organs_with_who_gives_what(services, folder):
    given = county(folder)
    result = services.collections.collect(folder, YEAR, LIST)
    assert {one.file for one in result.organs} == {path.name for path in folder.iterdir()}
    for key in FORM.figures():
        each = {org: value_at(its, key) for org, its in given.items()}
        assert result.totals.figures[key] == sum(each.values()), key
        assert result.totals.contributors[key] == {org: value for org, value in each.items() if value}, key
    assert {check.status for check in result.totals.checks} == {"pass"}
    told = result.as_json()
    assert value_at(told["tables"], "table3.granted.total") == result.totals.figures["table3.granted.total"]
    json.dumps(told, ensure_ascii=False)


def test_who_has_not_handed_in_and_who_is_not_on_the_list(services, folder):
    county(folder, organs=(*ORGANS[:3], f"{PLACE}气象局"))
    result = services.collections.collect(folder, YEAR, LIST)
    assert [one.org for one in result.organs if one.status == "未交"] == list(ORGANS[3:])
    (unmatched,) = result.unmatched
    assert "气象局" in unmatched.reason and unmatched.question
    (question,) = result.open
    answered = services.collections.collect(folder, YEAR, LIST, answers={question.id: "不计"})
    assert not answered.open and answered.unmatched[0].reason == "按答复不计"


def test_without_a_list_the_organs_are_those_of_the_reports_and_of_last_year(services, folder, tmp_path):
    county(folder, organs=ORGANS[:3])
    for org in ORGANS[1:4]:
        hand_in(tmp_path / "上年", finished(org, YEAR - 1, tables({"granted": 1})))
    result = services.collections.collect(folder, YEAR, previous=tmp_path / "上年")
    assert {one.org for one in result.organs} == set(ORGANS[:4])
    assert state(result)[ORGANS[3]] == "未交"


def test_the_deadline_and_the_day(services, folder):
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 1}), day="2026年1月31日"))
    hand_in(folder, finished(ORGANS[1], YEAR, tables({"granted": 1}), day="2026年2月1日"))
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert [(one.day.isoformat(), one.late) for one in result.organs] == [("2026-01-31", False), ("2026-02-01", True)]


def test_an_error_returns_the_report_until_a_reviewer_dismisses_it_and_again_after_another_run(services, folder):
    given = tables({"granted": 3, "denied.state_secret": 2})
    given["table3"]["granted"]["total"] = 4
    hand_in(folder, finished(ORGANS[0], YEAR, given))
    result = services.collections.collect(folder, YEAR, LIST[:1])
    assert state(result) == {ORGANS[0]: "退回"}
    checked = services.reports.check(folder / f"{ORGANS[0]}.md")
    for finding in checked.errors:
        services.reports.decide(checked, finding, "dismissed", "已电话核对")
    for _ in range(2):
        again = services.collections.collect(folder, YEAR, LIST[:1])
        assert not again.organs[0].errors and again.organs[0].status in ("已交", "通过")


# --- bad input: asked, nothing guessed, nothing lost ---------------------------------------------


def test_two_different_reports_of_one_organ_are_asked_about(services, folder):
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 3})), name="初稿")
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 5})), name="终稿")
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert state(result)[ORGANS[0]] == "待定" and result.totals.figures["table3.granted.total"] == 0
    assert {one.file for one in result.unmatched} == {"初稿.md", "终稿.md"}
    (question,) = result.open
    final = next(choice.key for choice in question.choices if choice.label == "终稿.md")
    services.collections.collect(folder, YEAR, LIST[:2], answers={question.id: final})
    again = services.collections.collect(folder, YEAR, LIST[:2])  # the answer was kept
    assert again.organs[0].file == "终稿.md" and again.totals.figures["table3.granted.total"] == 5
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 6})), name="再改")  # a third one is a new question
    assert services.collections.collect(folder, YEAR, LIST[:2]).open


def test_the_same_report_in_two_formats_counts_once(services, folder):
    report = finished(ORGANS[0], YEAR, tables({"granted": 3}))
    hand_in(folder, report, ".docx")
    hand_in(folder, report, ".html")
    result = services.collections.collect(folder, YEAR, LIST[:1])
    assert not result.open and result.totals.figures["table3.granted.total"] == 3
    assert result.organs[0].file.endswith(".docx") and "内容相同" in "".join(result.organs[0].notes)


def test_a_changed_sentence_makes_another_report(services, folder):
    given = tables({"granted": 3})
    hand_in(folder, finished(ORGANS[0], YEAR, given), name="初稿")
    hand_in(
        folder,
        finished(ORGANS[0], YEAR, given, texts={"other": "本年度没有收取信息处理费，没有发出收费通知。"}),
        name="改稿",
    )
    result = services.collections.collect(folder, YEAR, LIST[:1])
    assert state(result) == {ORGANS[0]: "待定"} and "2份不同的报告" in result.open[0].text


def test_a_report_of_another_year_is_asked_about(services, folder):
    hand_in(folder, finished(ORGANS[0], YEAR - 1, tables({"granted": 3})))
    result = services.collections.collect(folder, YEAR, LIST[:1])
    assert state(result) == {ORGANS[0]: "待定"} and "2024年度" in result.open[0].text
    assert any("--year 2024" in note for note in result.notes)
    assert result.totals.figures["table3.granted.total"] == 0


def test_a_name_that_fits_two_organs_is_asked_about(services, folder):
    organs = listed("青石县农业农村局\n青石县农业综合局")
    hand_in(folder, finished("青石县农业局", YEAR, tables({"granted": 3})))
    result = services.collections.collect(folder, YEAR, organs)
    assert set(state(result).values()) == {"待定"}
    assert [choice.key for choice in result.open[0].choices] == ["青石县农业农村局", "青石县农业综合局", "不计"]


def test_a_file_with_two_organs_is_asked_about(services, folder):
    report = finished(ORGANS[0], YEAR, tables({"granted": 3}), title=f"{ORGANS[1]}{YEAR}年政府信息公开工作年度报告")
    hand_in(folder, report, name="年报")
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert set(state(result).values()) == {"待定"} and ORGANS[1] in result.open[0].text
    one = hand_in(folder / "另", finished(ORGANS[0], YEAR, tables({"granted": 3}))).read_text(encoding="utf-8")
    two = hand_in(folder / "另", finished(ORGANS[1], YEAR, tables({"granted": 4}))).read_text(encoding="utf-8")
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "两份.md").write_text(f"{one}\n\n{two}", encoding="utf-8")
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert "不止一份报告" in result.open[0].text and result.totals.figures["table3.granted.total"] == 0


def test_a_file_named_after_another_organ_is_asked_about(services, folder):
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 3})), name="财政局2025年报")
    result = services.collections.collect(folder, YEAR, LIST[:3])
    assert "文件名" in result.open[0].text


def test_files_that_cannot_be_read_hold_nobody_up(services, folder):
    given = county(folder, organs=ORGANS[:3])
    (folder / "空.docx").write_bytes(b"")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "通知.txt").write_text("关于开会的通知", encoding="utf-8")
    (folder / "名单.xlsx").write_bytes(b"not a workbook")
    locked = hand_in(folder, finished(ORGANS[3], YEAR, tables({"granted": 1})))
    locked.unlink()
    locked.mkdir()  # what is there and cannot be read: root reads what it is forbidden to
    (locked / "空.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = services.collections.collect(folder, YEAR, LIST)
    assert result.totals.figures["table3.granted.total"] == sum(
        one["table3"]["granted"]["total"] for one in given.values()
    )
    reasons = {one.file: one.reason for one in result.unmatched}
    assert set(reasons) == {"空.docx", "坏.docx", "通知.txt", "名单.xlsx", f"{ORGANS[3]}.md/空.pdf"}
    assert all(reasons.values())


def test_a_zip_is_a_folder(services, folder, tmp_path):
    given = county(folder, organs=ORGANS[:3])
    with zipfile.ZipFile(tmp_path / "收到.zip", "w") as package:
        for path in folder.iterdir():
            package.write(path, f"年报/{path.name}")
    result = services.collections.collect(tmp_path / "收到.zip", YEAR, LIST[:3])
    assert {one.status for one in result.organs} <= {"已交", "通过", "退回"}
    assert result.totals.figures["table2.licensing"] == sum(one["table2"]["licensing"] for one in given.values())


def test_stopping_keeps_nothing(services, folder):
    county(folder, organs=ORGANS[:3])
    with pytest.raises(Stopped):
        services.collections.collect(folder, YEAR, LIST, cancelled=lambda: True)
    assert services.collections.figures() == []


def test_a_later_run_says_what_was_replaced_and_what_is_gone(services, folder):
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 3})))
    hand_in(folder, finished(ORGANS[1], YEAR, tables({"granted": 4})))
    services.collections.collect(folder, YEAR, LIST[:2])
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 5})))
    (folder / f"{ORGANS[1]}.md").unlink()
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert result.totals.figures["table3.granted.total"] == 5
    assert any("换成了新的一份" in note for note in result.notes)
    assert any(f"上次汇集时有“{ORGANS[1]}”" in note for note in result.notes)


# --- blanks, the government's own report ----------------------------------------------------------


def test_a_blank_cell_is_never_nought(services, folder):
    given = tables({"granted": 3}, licensing=7)
    path = hand_in(folder, finished(ORGANS[0], YEAR, given), ".html")
    path.write_text(path.read_text(encoding="utf-8").replace(">7</td>", "></td>"), encoding="utf-8")
    hand_in(folder, finished(ORGANS[1], YEAR, tables({"granted": 1}, licensing=2)))
    result = services.collections.collect(folder, YEAR, LIST[:2])
    assert result.totals.figures["table2.licensing"] == 2
    assert result.totals.unknown["table2.licensing"] == (ORGANS[0],)
    assert any("没有计入合计" in note and ORGANS[0] in note for note in result.notes)


def government(given, **changed):
    """The report that adds the organs' up, but for what is ``changed``."""
    totals = tables({"granted": sum(one["table3"]["granted"]["total"] for one in given.values())})
    for key in ("licensing", "penalties"):
        totals["table2"][key] = sum(one["table2"][key] for one in given.values())
    totals["table2"] |= changed
    return finished(GOVERNMENT, YEAR, totals, day="2026年3月20日")


def test_the_governments_report_is_held_against_its_organs(services, folder):
    given = {org: tables({"granted": at}, licensing=10**at, penalties=5) for at, org in enumerate(ORGANS[:4], start=1)}
    for org, its in given.items():
        hand_in(folder, finished(org, YEAR, its))
    hand_in(folder, government(given))
    result = services.collections.collect(folder, YEAR, (*LIST[:4], *listed(GOVERNMENT)))
    assert GOVERNMENT not in state(result) and result.government.late is False
    assert [check.status for check in result.checks if check.rule == "HIER"] == ["pass"]
    hand_in(folder, government(given, licensing=11110 - 1000))
    result = services.collections.collect(folder, YEAR, LIST[:4])
    (difference,) = result.differences
    assert (difference.key, difference.printed, difference.summed) == ("table2.licensing", 10110, 11110)
    assert difference.could == (ORGANS[2],) and difference.sure
    (check,) = [check for check in result.checks if check.rule == "HIER"]
    assert check.status == "fail" and "漏计" in check.message and "表二“行政许可”" in check.where


def test_a_difference_is_a_question_while_an_organ_is_missing(services, folder):
    given = {org: tables({"granted": 2}, licensing=4) for org in ORGANS[:3]}
    for org in ORGANS[:2]:
        hand_in(folder, finished(org, YEAR, given[org]))
    hand_in(folder, government(given))
    result = services.collections.collect(folder, YEAR, LIST[:3])
    assert {check.status for check in result.checks if check.rule == "HIER"} == {"uncertain"}
    assert all(ORGANS[2] in check.message for check in result.checks if check.rule == "HIER")


def test_what_is_not_additive_is_said(services, folder):
    for org in ORGANS[:2]:
        hand_in(folder, finished(org, YEAR, tables({"unavailable.not_held": 2}, documents={"in_force": 3})))
    notes = "".join(services.collections.collect(folder, YEAR, LIST[:2]).notes)
    assert "联合制发" in notes and "计了两次" in notes


# --- likeness --------------------------------------------------------------------------------------

COPIED = (
    "为把公开工作做实，办公室每周五下午召集各股室碰头，对照目录逐条核实更新情况，未按时更新的当场说明原因并限期补上，"
    "年底把每个股室的更新次数张榜公布，作为评先评优的一项内容，群众在大厅随手就能翻看。"
)


def test_paragraphs_that_organs_copied_from_one_another_are_named(services, folder):
    for at, org in enumerate(ORGANS[:5]):
        own = f"{org[3:-1]}方面的事项由专人登记，" + "、".join(f"第{at}类事项第{n}件" for n in range(9)) + "逐件公示。"
        text = COPIED if at in (1, 3) else own
        hand_in(folder, finished(org, YEAR, tables({"granted": at}), texts={"problems": text}))
    (shared,) = services.collections.collect(folder, YEAR, LIST[:5]).copied
    assert shared.orgs == (ORGANS[1], ORGANS[3]) and shared.share > 0.9 and "五、" in shared.places[0][1]


def test_what_all_write_alike_is_the_countys_model_text(services, folder):
    for org in ORGANS:
        hand_in(folder, finished(org, YEAR, tables({"granted": 1}), texts={"problems": COPIED}))
    assert services.collections.collect(folder, YEAR, LIST).copied == ()


def test_likeness_to_the_organs_own_last_year_is_asked_about(services, folder, tmp_path):
    texts = {"problems": COPIED, "overview": f"{COPIED}\n全年新收申请1件。{COPIED[::-1]}"}
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 1}), texts=texts))
    hand_in(tmp_path / "上年", finished(ORGANS[0], YEAR - 1, tables({"granted": 2}), texts=texts))
    result = services.collections.collect(folder, YEAR, LIST[:1], previous=tmp_path / "上年")
    assert "SIMILAR" in {finding.rule for finding in result.organs[0].questions}


def test_what_is_collected_is_not_the_offices_own(services, folder):
    county(folder, organs=ORGANS[:2])
    services.collections.collect(folder, YEAR, LIST[:2])
    assert services.office().year_figures() == []
    assert {one.org for one in services.collections.figures()} == set(ORGANS[:2])


def test_answers_are_kept_with_who_gave_them(services, folder):
    county(folder, organs=(f"{PLACE}气象局",))
    (question,) = services.collections.collect(folder, YEAR, LIST).open
    by = replace(User(7, "", "clerk"), name="王五")
    services.collections.collect(folder, YEAR, LIST, answers={question.id: ORGANS[0], "别的": "不计"}, by=by)
    assert services.office().collected.answers(YEAR) == {question.id: ORGANS[0]}
