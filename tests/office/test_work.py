"""Ledgers, figures, drafts and review decisions: kept, shared by the office, brought back."""

import os
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain import (
    Citation,
    DerivedFact,
    Draft,
    Figures,
    Finding,
    Hit,
    LedgerResult,
    Note,
    Phrase,
    Provenance,
    Rejection,
    Signal,
    UnusableInput,
)
from office import fingerprint, report_key
from office.drafts import MovedOn

ORG = "清河县环境保护局"
WHERE = Provenance("计数", "信息发布", (5, 6, 9))
RESULT = LedgerResult(
    Figures(
        ORG,
        2025,
        "2026-01-20",
        "门户网站",
        {"fees_wan_yuan": Decimal("0.35")},
        {"new_received": {"total": 8}},
        {},
        {"trainings": 2},
    ),
    {"facts.trainings": WHERE},
    (),
    source="/tmp/upload/台账.xlsx",
    derived=(DerivedFact("derived.empty_months", "无发布月份", 2, "个", WHERE, "2月、8月"),),
)
HIT = Hit("regulation", "条例", "第五十条", 50, "文字", False, "现行有效", date(2019, 5, 15), None, "", "来源", 0.5)
DRAFT = Draft(
    "problems",
    "全年公开311条。",
    "model",
    (Phrase("total", "facts.total", "311条", Decimal("311.5"), "条", "台账"),),
    (Citation(1, HIT),),
    (Signal("gap", "2月没有发布", "2个月", WHERE),),
    (Rejection("翻一番", "数字"),),
    (Note("copied", "说明"),),
)


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "上传的台账.XLSX"
    path.write_bytes(b"applicants: Zhang San 13800138000")
    return path


# --- ledgers and figures ----------------------------------------------------------------------------


def test_a_ledger_is_back_on_the_desk_after_a_restart(office, home, clerk, workbook, opened):
    kept = office.ledgers.keep(clerk, workbook, ORG, 2025, "2025年台账.xlsx")
    office.ledgers.put_on_desk(clerk, kept)
    workbook.unlink()
    restarted = opened().ledgers
    assert restarted.on_desk(clerk).ledger == kept and kept.name == "2025年台账.xlsx"
    assert kept.path.parent == home / "ledgers" and kept.path.read_bytes().startswith(b"applicants")


def test_personal_data_of_a_ledger_stays_in_its_file(office, clerk, workbook, held):
    office.ledgers.put_on_desk(clerk, office.ledgers.keep(clerk, workbook, ORG, 2025))
    office.remember_figures(RESULT)
    kept = held()
    assert b"13800138000" not in kept and "清河县".encode() in kept


def test_what_a_killed_run_left_half_copied_does_not_stay(office, home, clerk, workbook):
    office.ledgers.keep(clerk, workbook, ORG, 2024)
    old, new = (home / "ledgers" / f".x-{name}.partial" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"applicants: Zhang San")
    os.utime(old, (time.time() - 7200,) * 2)
    office.ledgers.keep(clerk, workbook, ORG, 2025)
    assert not old.exists() and new.exists(), "another program may be writing the new one"


def test_the_same_ledger_again_is_the_same_ledger(office, clerk, reviewer, workbook):
    first = office.ledgers.keep(clerk, workbook, ORG, 2025)
    workbook.write_bytes(b"corrected")
    second = office.ledgers.keep(clerk, workbook, ORG, 2025)
    assert office.ledgers.of_year(ORG, 2025) == second
    workbook.write_bytes(b"applicants: Zhang San 13800138000")
    again = office.ledgers.keep(reviewer, workbook, ORG, 2025)
    assert again.id == first.id and again.by == "老张" and office.ledgers.of_year(ORG, 2025) == again


def test_a_ledger_of_several_files_is_kept_whole_and_goes_whole(office, home, clerk, reviewer, tmp_path):
    folder = tmp_path / "几个 CSV"
    folder.mkdir()
    for name in ("基本信息.csv", "信息发布.csv"):
        (folder / name).write_text(f"{name},12\n", encoding="utf-8")
    kept = office.ledgers.keep(clerk, folder, ORG, 2025, "基本信息.csv等2个文件")
    assert kept.path.parent == home / "ledgers"
    assert {each.name: each.read_bytes() for each in kept.path.iterdir()} == {
        each.name: each.read_bytes() for each in folder.iterdir()
    }
    assert office.ledgers.keep(reviewer, folder, ORG, 2025).id == kept.id
    (folder / "信息发布.csv").write_text("信息发布.csv,13\n", encoding="utf-8")
    other = office.ledgers.keep(clerk, folder, ORG, 2025)
    assert other.path != kept.path and len(list((home / "ledgers").iterdir())) == 2
    assert office.ledgers.damaged() == []
    (other.path / "基本信息.csv").write_text("基本信息.csv,99\n", encoding="utf-8")
    assert [one.id for one in office.ledgers.damaged()] == [other.id]
    office.ledgers.delete(kept.id)
    assert not kept.path.exists() and other.path.is_dir()


def test_last_year_s_ledger_is_found_or_chosen(office, clerk, workbook):
    last = office.ledgers.keep(clerk, workbook, ORG, 2024)
    workbook.write_bytes(b"another of last year's")
    other = office.ledgers.keep(clerk, workbook, ORG, 2024)
    this = office.ledgers.keep(clerk, workbook, ORG, 2025)
    office.ledgers.put_on_desk(clerk, this)
    assert office.ledgers.on_desk(clerk).previous == other
    office.ledgers.put_on_desk(clerk, this, last)
    assert office.ledgers.on_desk(clerk).previous == last


def test_a_deleted_ledger_goes_with_its_file_and_figures(office, clerk, workbook):
    first = office.ledgers.keep(clerk, workbook, ORG, 2024)
    second = office.ledgers.keep(clerk, workbook, ORG, 2025)
    office.ledgers.put_on_desk(clerk, second)
    office.remember_figures(RESULT)
    office.ledgers.delete(second.id)
    assert first.path.exists() and office.ledgers.on_desk(clerk).ledger is None and not office.year_figures()
    office.ledgers.delete(first.id)
    assert not first.path.exists() and office.ledgers.all() == []
    with pytest.raises(UnusableInput, match="没有这本台账"):
        office.ledgers.delete(first.id)


def test_figures_come_back_as_they_were(office, opened):
    known = office.remember_figures(RESULT, "2025年台账.xlsx")
    office.remember_figures(replace(RESULT, figures=replace(RESULT.figures, year=2024)))
    latest, before = opened().year_figures()
    assert latest == known and latest.figures["table2.fees_wan_yuan"] == Decimal("0.35")
    assert latest.derived[0].detail == "2月、8月" and latest.provenance["facts.trainings"].rows == (5, 6, 9)
    assert (before.year, before.source) == (2024, "台账.xlsx")


def test_the_latest_figures_of_a_year_count(office):
    office.remember_figures(RESULT)
    corrected = replace(RESULT.figures, facts={"trainings": 3})
    office.remember_figures(replace(RESULT, figures=corrected))
    (known,) = office.year_figures()
    assert known.figures["facts.trainings"] == 3


# --- drafts -----------------------------------------------------------------------------------------


def save(office, user, text, origin="edited", **more):
    return office.drafts.save(ORG, 2025, replace(DRAFT, text=text), user, origin, **more)


def texts(office):
    return [version.draft.text for version in office.drafts.versions(ORG, 2025, "problems")]


def now(office):
    return office.drafts.current(ORG, 2025)["problems"].draft.text


def test_a_draft_comes_back_whole(office, clerk, opened):
    saved = office.drafts.save(ORG, 2025, DRAFT, clerk, "model")
    assert opened().drafts.current(ORG, 2025) == {"problems": saved}
    assert (saved.draft, saved.by, saved.origin) == (DRAFT, "小李", "model")
    assert office.drafts.current(ORG, 2024) == office.drafts.current("别的单位", 2025) == {}


def test_typing_makes_one_version_until_a_pause_or_another_hand(office, clock, clerk, reviewer):
    save(office, clerk, "模型写的", "model")
    for text in ("改", "改一", "改一改"):
        save(office, clerk, text)
    clock.passes(minutes=3)
    save(office, clerk, "后来又改")
    save(office, reviewer, "审核改的")
    save(office, reviewer, "审核改的")
    assert texts(office) == ["审核改的", "后来又改", "改一改", "模型写的"]


def test_undo_and_redo_lose_nothing(office, clerk):
    for text in ("一", "二", "三"):
        save(office, clerk, text, "model")
    assert office.drafts.redo(ORG, 2025, "problems") is None
    assert office.drafts.undo(ORG, 2025, "problems").draft.text == "二"
    assert office.drafts.undo(ORG, 2025, "problems").draft.text == "一"
    assert office.drafts.undo(ORG, 2025, "problems") is None and now(office) == "一"
    assert office.drafts.redo(ORG, 2025, "problems").draft.text == "二" == now(office)
    save(office, clerk, "二改")
    assert office.drafts.undo(ORG, 2025, "problems").draft.text == "二"
    assert office.drafts.redo(ORG, 2025, "problems").draft.text == "二改"
    assert texts(office) == ["二改", "三", "二", "一"]


def test_an_edit_of_what_was_undone_does_not_overwrite_it(office, clerk):
    save(office, clerk, "一", "model")
    save(office, clerk, "二")
    clerk_version = save(office, clerk, "三", "model")
    office.drafts.undo(ORG, 2025, "problems")
    save(office, clerk, "二之后")
    assert clerk_version.draft.text in texts(office) and "二" in texts(office)


def test_nothing_is_kept_over_what_the_caller_has_not_seen(office, clerk, reviewer):
    save(office, clerk, "底稿", "model")
    seen = office.drafts.current(ORG, 2025)
    save(office, reviewer, "审核先存", seen=seen)
    with pytest.raises(MovedOn):
        save(office, clerk, "经办后存", seen=seen)
    assert texts(office) == ["审核先存", "底稿"]


def test_a_text_set_aside_is_among_the_versions_and_does_not_count(office, clerk):
    save(office, clerk, "底稿", "model")
    for text, bases in (("另", ["底"]), ("另存的", ["底", "另"]), ("别的窗口", ["底"])):
        office.drafts.set_aside(ORG, 2025, replace(DRAFT, text=text), clerk, bases)
    assert texts(office) == ["别的窗口", "另存的", "底稿"] and now(office) == "底稿"
    assert office.drafts.redo(ORG, 2025, "problems") is None


def test_what_was_saved_together_is_undone_and_redone_together(office, clerk):
    def both():
        return [office.drafts.current(ORG, 2025)[name].draft.text for name in ("overview", "platform")]

    def write(whole, part):
        parts = [replace(DRAFT, section="platform", text=part)]
        return office.drafts.save(ORG, 2025, replace(DRAFT, section="overview", text=whole), clerk, "model", parts)

    write("一", "甲")
    write("二", "乙")
    office.drafts.undo(ORG, 2025, "overview")
    assert both() == ["一", "甲"]
    office.drafts.redo(ORG, 2025, "overview")
    assert both() == ["二", "乙"]
    office.drafts.save(ORG, 2025, replace(DRAFT, section="platform", text="后来改的"), clerk)
    office.drafts.undo(ORG, 2025, "overview")
    assert both() == ["一", "后来改的"]  # changed since by itself: it stays


def test_notes_of_the_office(office):
    office.drafts.note(ORG, 2025, "problems", "写明2月停机")
    office.drafts.note(ORG, 2025, "overview", "")
    assert office.drafts.notes(ORG, 2025) == {"problems": "写明2月停机"}
    with pytest.raises(UnusableInput, match="没有“summary”"):
        office.drafts.note(ORG, 2025, "summary", "x")


# --- decisions --------------------------------------------------------------------------------------

FOUND = Finding(
    "RATE", "warning", "写的是增长1.05%，按 3646 和 3607 计算是 1.08%", "第一部分第3段", excerpt="同比增长 1.05%"
)


@pytest.mark.parametrize(
    "change",
    [
        {"where": "第一部分第12段"},
        {"excerpt": "同比增长1.05％"},
        {"message": "正文写 1.05%，由 3646 与 3607 算出 1.08%"},
        {"severity": "notice", "advice": "改正"},
    ],
)
def test_a_finding_is_recognised_where_its_text_is_unchanged(change):
    assert fingerprint(replace(FOUND, **change)) == fingerprint(FOUND)


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "SHARE"},
        {"where": "第五部分第3段"},
        {"excerpt": "同比增长1.06%"},
        {"message": "写的是增长1.05%，按 3647 和 3607 计算是 1.11%"},
        {"excerpt": "", "message": "缺少第六部分"},
    ],
)
def test_a_finding_about_another_text_is_another(change):
    assert fingerprint(replace(FOUND, **change)) != fingerprint(FOUND)


def test_a_decision_outlives_runs_and_restarts(office, reviewer, opened):
    key = report_key(ORG, 2025)
    office.decide(key, FOUND, "dismissed", "按原始数据计算", reviewer)
    held = opened().decisions(report_key("清河县 环境保护局", 2025))
    decision = held[fingerprint(replace(FOUND, where="第一部分第4段"))]
    assert (decision.decision, decision.reason, decision.by) == ("dismissed", "按原始数据计算", "老张")
    assert office.decisions(report_key(ORG, 2024)) == {}


def test_the_latest_decision_counts_and_all_are_kept(office, reviewer, administrator):
    key = report_key(ORG, 2025)
    office.decide(key, FOUND, "confirmed", "", reviewer)
    office.decide(key, FOUND, "dismissed", "复核后无误", administrator)
    assert office.decisions(key)[fingerprint(FOUND)].by == "王主任"
    office.decide(key, FOUND, "open", "", reviewer)
    assert office.decisions(key) == {}
    assert [made.decision for made in office.reviews.history(key, FOUND)] == ["confirmed", "dismissed", "open"]


def test_who_may_decide_and_how(office, clerk, reviewer):
    with pytest.raises(UnusableInput, match="只有审核"):
        office.decide("k", FOUND, "confirmed", "", clerk)
    with pytest.raises(UnusableInput, match="理由"):
        office.decide("k", FOUND, "dismissed", " ", reviewer)
