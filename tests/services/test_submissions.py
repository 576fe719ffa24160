"""What organs hand in: who sees it (by direct call), versions, returns, the government's figures, what stays apart."""

import shutil
import zipfile
from pathlib import Path

import pytest

from domain import UnusableInput
from ingest.masking import mask
from office import Office
from report.annex import carried
from services import EXAMPLES, Gongkai
from services.submissions import CheckingStopped
from services.writing import last_result
from settings import load_settings
from tests.collecting.county import ORGANS, PLACE, finished, hand_in, tables

YEAR = 2025
GOVERNMENT = f"{PLACE}人民政府"
EDUCATION, LAND, FINANCE = ORGANS[:3]
TEXTS = {
    "problems": "一是政策解读的形式还不够丰富，图解和短视频较少，群众读起来费力。下一步每个季度选取两件重要文件制作图解，在政务大厅设置查询点。"
}


class County:
    """A workbench with an administrator, the 主管部门, the education bureau's clerk and reviewer, a clerk of the office.

    Two organs' reports are received and checked; the third has handed in nothing.
    """

    def __init__(self, home):
        self.services = Gongkai(load_settings(home=home / "data", llm="none"))
        self.services.office.hold(Office(home / "data", mask, rounds=4))
        chief = self.services.people.create_administrator("主任", "chief-secret-1")
        for name, role, org in (
            ("主管", "authority", ""),
            ("教育", "clerk", EDUCATION),
            ("教育审核", "reviewer", EDUCATION),
            ("土地", "clerk", "自然资源局"),
            ("本办", "clerk", ""),
        ):
            self.services.people.create(chief, name, "user-secret-12", role, org)
        self.people = {user.name: user for user in self.services.people.all()}

    def collect(self, folder):
        submissions, desk = self.services.submissions, self.people["主管"]
        submissions.list_organs(YEAR, "\n".join((GOVERNMENT, *ORGANS[:3])), desk)
        wrong = tables({"granted": 5})
        wrong["table3"]["granted"]["total"] = 6
        files = [hand_in(folder, finished(EDUCATION, YEAR, tables({"granted": 3}, licensing=40), texts=TEXTS), ".docx")]
        files.append(hand_in(folder, finished(LAND, YEAR, wrong)))
        submissions.receive(YEAR, [(path, path.name) for path in files], desk)
        submissions.check(YEAR, desk)
        return submissions


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, filled_home):
    """A county that the tests only look at."""
    home = tmp_path_factory.mktemp("county")
    shutil.copytree(filled_home, home / "data")
    county = County(home)
    county.collect(home / "收到")
    return county


@pytest.fixture
def county(filled_home, tmp_path):
    shutil.copytree(filled_home, tmp_path / "data")
    return County(tmp_path)


@pytest.fixture
def services(county):
    return county.services


@pytest.fixture
def people(county):
    return county.people


@pytest.fixture
def collected(county, tmp_path):
    return county.collect(tmp_path / "收到")


# --- fences, by direct call -----------------------------------------------------------------------


COUNTY_ONLY = [
    lambda s, by: s.listed(YEAR, by),
    lambda s, by: s.of_last_year(YEAR, by),
    lambda s, by: s.list_organs(YEAR, EDUCATION, by),
    lambda s, by: s.check(YEAR, by),
    lambda s, by: s.collection(YEAR, by),
    lambda s, by: s.set_aside(YEAR, 1, "不要", by),
    lambda s, by: s.judge(YEAR, EDUCATION, "通过", "好", by),
    lambda s, by: s.letters(YEAR, by),
    lambda s, by: s.summary(YEAR, by),
    lambda s, by: s.workbook(YEAR, by),
    lambda s, by: s.government_ledger(YEAR, by),
    lambda s, by: s.to_library(YEAR, by),
]
OF_AN_ORGAN = [
    lambda s, by, org: s.place(YEAR, org, by),
    lambda s, by, org: s.checked(YEAR, org, by),
    lambda s, by, org: s.versions(YEAR, org, by),
    lambda s, by, org: s.letter(YEAR, org, by),
    lambda s, by, org: s.original(YEAR, org, by),
]


@pytest.mark.parametrize("call", COUNTY_ONLY)
@pytest.mark.parametrize("name", ["教育", "教育审核", "本办"])
def test_only_the_county_does_what_concerns_all_organs(looked_at, call, name):
    with pytest.raises(UnusableInput):
        call(looked_at.services.submissions, looked_at.people[name])


@pytest.mark.parametrize("call", OF_AN_ORGAN)
def test_an_organs_clerk_sees_that_organ_and_no_other(looked_at, call):
    collected, people = looked_at.services.submissions, looked_at.people
    call(collected, people["教育"], EDUCATION)
    call(collected, people["主管"], LAND)
    for name in ("教育", "教育审核", "本办"):
        with pytest.raises(UnusableInput):
            call(collected, people[name], LAND)


def test_what_a_clerk_sees_of_the_year_names_nobody_else(looked_at):
    collected, people = looked_at.services.submissions, looked_at.people
    seen = collected.known(YEAR, people["教育"])
    assert [one.org for one in seen.collection.organs] == [EDUCATION] and set(seen.examined) <= {EDUCATION}
    told = str(seen.collection.as_json())
    assert not any(org in told for org in (LAND, FINANCE)) and seen.files == {}
    assert collected.known(YEAR, people["土地"]).collection.organs[0].org == LAND  # by a short name as well
    assert collected.known(YEAR, people["本办"]).collection.organs == ()
    assert collected.files(YEAR, people["教育"]) == [] and collected.years(people["本办"]) == []


def test_a_clerk_hands_in_for_that_organ_and_for_no_other(collected, people, tmp_path):
    path = hand_in(tmp_path / "新", finished(FINANCE, YEAR, tables({"granted": 1})))
    with pytest.raises(UnusableInput, match="所属单位"):
        collected.receive(YEAR, [(path, path.name)], people["本办"])
    collected.receive(YEAR, [(path, path.name)], people["教育"])
    state = collected.check(YEAR, people["主管"])
    assert state.collection.totals.figures["table3.granted.total"] == 9  # 3 + 6; not yet another's report
    assert any("财政局" in question.text for question in state.collection.open)


def test_an_organs_reviewer_does_not_settle_what_the_county_found(collected, people, services):
    checked = collected.checked(YEAR, EDUCATION, people["教育审核"])
    with pytest.raises(UnusableInput):
        services.reports.decide(checked, checked.findings[0], "dismissed", "没有的事", people["教育审核"])
    services.reports.decide(checked, checked.findings[0], "dismissed", "电话核对过", people["主管"])


def test_figures_of_others_are_answered_to_nobody_who_may_not_see_them(services, people, collected):
    question = f"{YEAR}年哪个部门收到的申请最多？"

    def asked(by):
        return last_result(services.answers.ask(question, by=by)).answer

    assert LAND.removeprefix(PLACE) in asked(people["主管"])
    for name in ("教育", "本办"):
        assert LAND.removeprefix(PLACE) not in asked(people[name])


def test_the_governments_sums_lie_on_nobody_elses_desk(collected, people, services):
    made = collected.government_ledger(YEAR, people["主管"])
    assert services.ledgers.on_desk(people["主管"]).figures == made.figures
    for name in ("教育", "本办"):
        assert services.ledgers.on_desk(people[name]) is None


# --- versions and returns ---------------------------------------------------------------------------


def test_what_is_handed_in_after_a_return_takes_its_place_and_the_older_is_listed(collected, people, tmp_path):
    desk = people["主管"]
    assert collected.place(YEAR, LAND, desk).status == "退回"
    path = hand_in(tmp_path / "新", finished(LAND, YEAR, tables({"granted": 5})), name="改正稿")
    collected.receive(YEAR, [(path, path.name)], desk)
    for _ in range(2):  # and stays so
        state = collected.check(YEAR, desk)
        place = collected.place(YEAR, LAND, desk)
        assert place.file == "改正稿.md" and place.status != "退回" and not state.collection.open
    assert [one.status for one in collected.versions(YEAR, LAND, desk)][-1] == "退回"
    assert len(collected.files(YEAR, desk)) == 3


def test_another_report_beside_one_that_was_not_returned_is_asked_about(collected, people, tmp_path):
    path = hand_in(tmp_path / "新", finished(EDUCATION, YEAR, tables({"granted": 4})), name="另一份")
    collected.receive(YEAR, [(path, path.name)], people["主管"])
    state = collected.check(YEAR, people["主管"])
    assert len(state.collection.open) == 1 and collected.place(YEAR, EDUCATION, people["主管"]).status == "待定"


def test_the_same_name_again_is_a_new_version(collected, people, tmp_path):
    path = hand_in(tmp_path / "新", finished(EDUCATION, YEAR, tables({"granted": 4})), ".docx")
    collected.receive(YEAR, [(path, path.name)], people["主管"])
    state = collected.check(YEAR, people["主管"])
    assert not state.collection.open and state.collection.totals.contributors["table3.granted.total"][EDUCATION] == 4


def test_a_persons_word_holds_for_its_version_and_needs_a_reason(collected, people):
    desk = people["主管"]
    with pytest.raises(UnusableInput, match="退回要写明理由"):
        collected.judge(YEAR, EDUCATION, "退回", " ", desk)
    with pytest.raises(UnusableInput, match="处错误"):
        collected.judge(YEAR, LAND, "通过", "", desk)
    with pytest.raises(UnusableInput, match="还没有"):
        collected.judge(YEAR, FINANCE, "退回", "没有交", desk)
    assert collected.judge(YEAR, LAND, "通过", "电话核对，按期更正", desk).status == "通过"
    assert collected.check(YEAR, desk).collection.organs[1].status == "通过"  # after another run as well
    assert collected.judge(YEAR, LAND, "撤回", "", desk).status == "退回"


def test_a_check_that_was_stopped_keeps_nothing_and_goes_on_later(collected, people, tmp_path):
    path = hand_in(tmp_path / "新", finished(FINANCE, YEAR, tables({"granted": 1})))
    collected.receive(YEAR, [(path, path.name)], people["主管"])
    with pytest.raises(CheckingStopped):
        collected.check(YEAR, people["主管"], cancelled=lambda: True)
    assert collected.place(YEAR, FINANCE, people["主管"]).status == "未交"
    collected.check(YEAR, people["主管"])
    assert collected.place(YEAR, FINANCE, people["主管"]).report


def test_after_a_restart_the_files_and_what_was_said_are_there(collected, people, tmp_path):
    collected.judge(YEAR, LAND, "通过", "核对过", people["主管"])
    again = Gongkai(load_settings(home=tmp_path / "data", llm="none")).submissions
    assert again.known(YEAR, people["主管"]) is None
    again.check(YEAR, people["主管"])
    assert again.place(YEAR, LAND, people["主管"]).status == "通过"


def test_last_years_list_and_likeness(collected, people, services, tmp_path):
    desk = people["主管"]
    assert collected.of_last_year(YEAR + 1, desk).splitlines()[1:] == list(ORGANS[:3])
    collected.list_organs(YEAR + 1, collected.of_last_year(YEAR + 1, desk), desk)
    path = hand_in(tmp_path / "次年", finished(EDUCATION, YEAR + 1, tables({"granted": 8}, licensing=4), texts=TEXTS))
    collected.receive(YEAR + 1, [(path, path.name)], desk)
    collected.check(YEAR + 1, desk)
    assert collected.place(YEAR + 1, EDUCATION, desk).likeness > 0.9


# --- the government's own ---------------------------------------------------------------------------


def test_the_governments_figures_are_sums_with_the_organs_behind_them(collected, people, services):
    made = collected.government_ledger(YEAR, people["主管"])
    assert made.figures.org == GOVERNMENT and made.figures.table2["licensing"] == 40
    assert not made.final and any(check.rule == "COLLECT" and FINANCE in check.message for check in made.failed)
    path = services.ledgers.desk(people["主管"]).ledger.path
    rows = services.ledgers.explain(path, "table3.granted.total").rows
    assert [row.cells for row in rows] == [{"单位": EDUCATION, "数": "3"}, {"单位": LAND, "数": "6"}]


def test_the_report_states_the_sums_and_only_them(services, people, collected, tmp_path):
    path = hand_in(tmp_path / "新", finished(FINANCE, YEAR, tables({"granted": 7}, licensing=2)))
    right = hand_in(tmp_path / "新", finished(LAND, YEAR, tables({"granted": 5})), name="改正稿")
    collected.receive(YEAR, [(path, path.name), (right, right.name)], people["主管"])
    collected.check(YEAR, people["主管"])
    made = collected.government_ledger(YEAR, people["主管"])
    assert made.final and made.figures.table3["new_received"]["total"] == 15
    built = services.reports.build(made, tmp_path / "成稿", with_model=False, with_pdf=False)
    text = (tmp_path / "成稿" / "report.md").read_text(encoding="utf-8")
    assert "3个单位" in text and "财政局收到申请7件" in text and "新收政府信息公开申请15件" in text
    assert not built.report.draft_mark and "没有发布信息" not in text
    assert carried(tmp_path / "成稿" / "report.docx").intact
    # held against its organs, it agrees in every cell
    own = tmp_path / "成稿" / "report.docx"
    collected.receive(YEAR, [(own, "政府.docx")], people["主管"])
    state = collected.check(YEAR, people["主管"]).collection
    assert state.government and not state.differences and [check.status for check in state.hier] == ["pass"]


# --- apart from the office's own --------------------------------------------------------------------


def test_what_is_collected_is_in_the_library_only_once_asked(services, people, collected):
    before = {held["title"] for held in services.library.documents()}
    assert not any("教育体育局" in title for title in before)
    assert not any(one.org == EDUCATION for one in services.answers.figures_held())
    outcomes = collected.to_library(YEAR, people["主管"])
    assert [one.status for one in outcomes] == ["added", "added"]
    assert any("教育体育局" in held["title"] for held in services.library.documents())


# --- the machine-readable annex in zips and uploads -------------------------------------------------


@pytest.fixture
def built(services, tmp_path):
    ledger = sorted(EXAMPLES.glob("*2025*.xlsx"))[0]
    services.reports.build(services.ledgers.compute(ledger), tmp_path / "成稿", with_model=False, with_pdf=False)
    page = tmp_path / "成稿" / "report.html"
    text = page.read_text(encoding="utf-8")
    number = services.ledgers.compute(ledger).figures.table2["licensing"]
    page.write_text(text.replace(f">{number}<", f">{number + 5}<"), encoding="utf-8")
    return page


@pytest.mark.parametrize("way", ["loose", "zip"])
def test_a_page_is_held_against_its_figures_however_it_came(services, people, built, tmp_path, way):
    desk, annex = people["主管"], built.with_name("figures.json")
    org = services.ledgers.compute(sorted(EXAMPLES.glob("*2025*.xlsx"))[0]).figures.org
    services.submissions.list_organs(2025, org, desk)
    files = [(built, "report.html"), (annex, "figures.json")]
    if way == "zip":
        out = tmp_path / "一.zip"
        with zipfile.ZipFile(out, "w") as package:
            for path, name in files:
                package.write(path, f"分局/{name}")
        files = [(out, out.name)]
    services.submissions.receive(2025, files, desk)
    state = services.submissions.check(2025, desk).collection
    assert not state.unmatched
    assert any(one.rule == "ANNEX" and "行政许可" in one.where for one in state.organs[0].questions)


def test_a_file_that_is_gone_is_told(collected, people, tmp_path):
    for path in Path(tmp_path / "data" / "collected").glob("*.md"):
        path.unlink()
    state = collected.check(YEAR, people["主管"]).collection
    assert any("不见了" in one.reason for one in state.unmatched)
