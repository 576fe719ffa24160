"""What is typed on any sheet, in any order and in two windows, stands in the report, or is set aside and told."""

import itertools
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from docx import Document as WordFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

import statutory
from domain import SECTION_TITLES, Filled, Note, UnusableInput
from report.topics import NARRATIVE, TOPICS, apart, begun, together
from services import EditedMeanwhile, Gongkai, last_result
from services.parts import parts_of, shown
from settings import Settings
from tests.conftest import examples
from tests.report.finished import EveryArticle

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
PART_ONE = ("overview", *TOPICS)
HEADINGS = [f"（{number}）{SECTION_TITLES[topic]}" for number, topic in zip("一二四五", TOPICS)] + [
    "（三）政府信息管理"
]
numbers = itertools.count()


class Library(EveryArticle):
    def reports(self):
        return []


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    opened = Gongkai(Settings(home=tmp_path_factory.mktemp("home"), llm="none"))
    opened.knowledge.hold(Library())
    yield opened
    opened.office().close()


@pytest.fixture(scope="module")
def computed():
    return statutory.compute(LEDGER)


@pytest.fixture
def ledger(computed):
    """Another organ's in each test: its report is written from the beginning."""
    return another(computed)


def another(computed):
    return replace(computed, figures=replace(computed.figures, org=f"第{next(numbers)}生态环境分局"))


@pytest.fixture(scope="module")
def user(services):
    return services.office().users.local()


def drafted(services, ledger, section):
    return last_result(services.writing.draft(section, ledger, with_model=False))


def sheet(services, ledger, section):
    held = services.sheets.sheet(section, ledger)
    return held.text if held else ""


def add(services, user, ledger, section, words, at=None):
    """Type ``words`` as a paragraph of its own (the last, unless ``at`` tells), as one window that has just been opened."""
    base = sheet(services, ledger, section)
    lines = base.splitlines()
    lines.insert(len(lines) if at is None else at, words)
    services.sheets.keep_text(user, ledger, section, "\n".join(lines), [base])


def exported(services, ledger, folder):
    """report.md, report.html and report.docx as one text each, as the workbench builds them."""
    user = services.office().users.local()
    for section in NARRATIVE:
        if section not in services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year):
            services.sheets.keep_draft(user, ledger, drafted(services, ledger, section))
    kept = services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year)
    built = services.reports.build(ledger, folder, with_model=False, supplied=kept, with_pdf=False)
    files = {path.suffix: path for path in built.files}
    word = "\n".join(paragraph.text for paragraph in WordFile(files[".docx"]).paragraphs)
    return [word, files[".html"].read_text(encoding="utf-8"), files[".md"].read_text(encoding="utf-8")]


# --- what was lost -----------------------------------------------------------------------------------


def test_a_sentence_in_a_topic_stays_when_the_whole_is_typed_in(services, user, ledger, tmp_path):
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "organisation"))
    add(services, user, ledger, "organisation", "会议照常召开。")
    assert all("会议照常召开。" in text for text in exported(services, ledger, tmp_path))
    add(services, user, ledger, "overview", "工作平稳。", at=0)
    assert all("会议照常召开。" in text and "工作平稳。" in text for text in exported(services, ledger, tmp_path))
    add(services, user, ledger, "organisation", "又开了一次会。")
    found = exported(services, ledger, tmp_path)
    assert all(words in text for text in found for words in ("会议照常召开。", "工作平稳。", "又开了一次会。"))
    assert "又开了一次会。" in sheet(services, ledger, "overview")


def test_typing_on_a_full_disk_is_told_and_what_was_kept_stays(tmp_path, computed):
    services = Gongkai(Settings(home=tmp_path, llm="none"))
    services.knowledge.hold(Library())
    user, ledger = services.office().users.local(), another(computed)
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "organisation"))
    engine = services.office()._database._engine
    event.listen(engine, "connect", lambda raw, record: raw.execute("PRAGMA max_page_count = 120").close())
    engine.dispose()
    kept = 0
    with pytest.raises(UnusableInput, match="office.db 不能读写：磁盘已满$"):
        for kept in range(1000):
            add(services, user, ledger, "organisation", f"第{kept}次会议" + "照常召开，" * 200 + "会后存档。")
    text = sheet(services, ledger, "organisation")
    assert kept > 1 and all(f"第{number}次会议" in text for number in range(kept)) and f"第{kept}次会议" not in text
    services.close()


operations = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 1), st.sampled_from(tuple(SECTION_TITLES)), st.integers(0, 400)),
        st.tuples(st.just("head"), st.integers(0, 1), st.sampled_from(PART_ONE), st.integers(0, len(HEADINGS) - 1)),
        st.tuples(st.just("turn"), st.integers(0, 1), st.sampled_from(tuple(SECTION_TITLES)), st.just(0)),
        st.tuples(st.just("draft"), st.just(0), st.sampled_from(tuple(SECTION_TITLES)), st.just(0)),
    ),
    min_size=4,
    max_size=14,
)


class Window:
    """A browser's window: a sheet as it was when it was turned to, and what was typed on it since."""

    def __init__(self, services, user, ledger):
        self.services, self.user, self.ledger = services, user, ledger
        self.section = self.text = None

    def turn(self, section):
        self.section, self.text = section, sheet(self.services, self.ledger, section)

    def type(self, section, words, at):
        """Whether it counts; after a refusal the sheet is turned to anew, as the message asks."""
        if self.section != section:
            self.turn(section)
        at = min(at, len(self.text))
        new = self.text[:at] + words + self.text[at:]
        try:
            self.services.sheets.keep_text(self.user, self.ledger, section, new, [self.text])
        except EditedMeanwhile as told:
            assert "另存" in str(told)
            self.turn(section)
            return False
        self.text = new
        return True


@settings(
    max_examples=examples(16),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=operations)
def test_every_character_typed_is_exported_or_set_aside(services, computed, user, tmp_path_factory, steps):
    ledger = another(computed)
    org, year = ledger.figures.org, ledger.figures.year
    windows = [Window(services, user, ledger) for _ in range(2)]
    counted, aside = [], []
    for number, (what, window, section, place) in enumerate(steps):
        words = chr(0x3400 + number)  # one of a kind, so that nothing can be typed into it
        if what == "draft":
            # 起草 replaces what stands on the sheet: it is asked for where nobody's typing does
            if not any(word in sheet(services, ledger, section) for _, word in counted):
                services.sheets.keep_draft(user, ledger, drafted(services, ledger, section))
        elif what == "turn":
            windows[window].turn(section)
        else:
            typed = words if what == "type" else f"\n{HEADINGS[place]}\n{words}\n"
            (counted if windows[window].type(section, typed, place) else aside).append((section, words))
    texts = exported(services, ledger, tmp_path_factory.mktemp("built"))
    for section, words in counted:
        assert all(text.count(words) == 1 for text in texts), f"{words} typed in {section}"
        assert words in (
            sheet(services, ledger, "overview") if section in PART_ONE else sheet(services, ledger, section)
        )
    for section, words in aside:
        assert any(words in version.draft.text for version in services.office().drafts.versions(org, year, section))


# Whatever a keyboard gives, in pieces that a mask of numbers does not take for a telephone's.
SENTENCES = st.text(
    st.characters(
        categories=("L", "N", "P", "S", "Zs"),
        exclude_characters="0123456789",
        include_characters="甲乙。，<>&\"'*_#`|\\",
    ),
    min_size=1,
    max_size=30,
).filter(lambda words: words.strip() and begun(words) is None)


def paragraphs(folder):
    """The paragraphs of report.docx and of report.html, in order, as they are read."""
    word = [paragraph.text for paragraph in WordFile(str(folder / "report.docx")).paragraphs]
    page = lxml.html.fromstring((folder / "report.html").read_text(encoding="utf-8"))
    return word, [one.text_content() for one in page.iter("p", "h1", "h2", "h3", "h4")]


@settings(
    max_examples=examples(16),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.lists(st.tuples(st.sampled_from(tuple(SECTION_TITLES)), SENTENCES), min_size=3, max_size=10))
def test_what_is_typed_over_all_parts_is_exported_character_for_character(
    services, computed, user, tmp_path_factory, typed
):
    """The sheet keeps the blanks at a line's ends; printed, the layout indents, and they are left out."""
    ledger, folder = another(computed), tmp_path_factory.mktemp("built")
    services.sheets.stand(user, ledger)
    for section, words in typed:
        add(services, user, ledger, section, words)
    exported(services, ledger, folder)
    for read in paragraphs(folder):
        for section in NARRATIVE:
            lines = [line.strip() for line in sheet(services, ledger, section).split("\n")]
            start = read.index(lines[0])
            assert read[start : start + len(lines)] == lines
    for section, words in typed:
        assert words in sheet(services, ledger, section).split("\n")


def test_a_new_overview_leaves_alone_what_was_written_on_other_sheets(services, user, ledger):
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "platform"))
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "overview"))
    add(services, user, ledger, "overview", "栏目有人维护。")  # stands in the last topic
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "overview"))
    assert "栏目有人维护。" in sheet(services, ledger, "overview")
    assert "“监督保障”" in str(services.sheets.sheet("overview", ledger).notes[-1]) and "保留原样" in str(
        services.sheets.sheet("overview", ledger).notes[-1]
    )


# --- two at once -------------------------------------------------------------------------------------


def test_two_windows_on_different_parts_both_count(services, user, ledger):
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "overview"))
    whole, topic = sheet(services, ledger, "overview"), sheet(services, ledger, "organisation")
    services.sheets.keep_text(user, ledger, "organisation", topic + "甲句。", [topic])
    services.sheets.keep_text(user, ledger, "overview", "乙句。\n" + whole, [whole])  # typed on a sheet without 甲句
    assert all(words in sheet(services, ledger, "overview") for words in ("甲句。", "乙句。"))


@pytest.mark.parametrize("section", ["organisation", "problems"])
def test_two_windows_on_one_part_overwrite_nothing(services, user, ledger, section):
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, section))
    base = sheet(services, ledger, section)
    services.sheets.keep_text(user, ledger, section, base + "甲句。", [base])
    with pytest.raises(EditedMeanwhile, match="另一个窗口"):
        services.sheets.keep_text(user, ledger, section, base + "乙句。", [base])
    assert sheet(services, ledger, section) == base + "甲句。"
    aside, *_ = services.office().drafts.versions(ledger.figures.org, ledger.figures.year, section)
    assert aside.origin == "aside" and aside.draft.text == base + "乙句。"


def test_what_another_typed_before_the_user_changed_does_not_count(services, user, ledger):
    before = services.sheets.sheet("other", ledger)
    base = before.text if before else ""
    with pytest.raises(EditedMeanwhile, match="是小李写的.*另存"):
        services.sheets.keep_text(user, ledger, "other", f"{base}\n小李的一句。", [base], by="小李")
    now = services.sheets.sheet("other", ledger)
    assert (now.text if now else "") == base
    assert "小李的一句。" in services.sheets.versions(ledger, "other")[0].draft.text
    services.sheets.keep_text(user, ledger, "other", f"{base}\n自己的一句。", [base], by=user.name)
    assert "自己的一句。" in services.sheets.sheet("other", ledger).text


def test_what_was_said_of_copied_words_goes_when_the_text_is_changed(services, user, ledger):
    said = (Note("copied", "第1段与上年相同"), Note("by-model", "第2段由模型改写"))
    services.sheets.keep_draft(user, ledger, replace(drafted(services, ledger, "platform"), notes=said))
    base = sheet(services, ledger, "platform")
    services.sheets.keep_text(user, ledger, "platform", base + "甲句。", [base])
    assert [note.code for note in services.sheets.sheet("platform", ledger).notes] == ["by-model"]


def test_a_text_whose_answer_was_lost_may_be_gone_on_with(services, user, ledger):
    services.sheets.keep_text(user, ledger, "problems", "甲", [""])
    services.sheets.keep_text(user, ledger, "problems", "甲乙", ["", "甲"])  # the page does not know that 甲 was kept
    assert sheet(services, ledger, "problems") == "甲乙"
    services.sheets.keep_text(user, ledger, "problems", "", ["甲乙"])
    assert sheet(services, ledger, "problems") == ""


# --- versions ----------------------------------------------------------------------------------------


def test_undo_on_a_sheet_takes_back_what_was_done_on_it(services, user, ledger):
    kept, org, year = services.office().drafts, ledger.figures.org, ledger.figures.year
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "overview"))
    before = sheet(services, ledger, "overview")
    add(services, user, ledger, "overview", "写在监督保障。")
    assert "写在监督保障。" in sheet(services, ledger, "organisation")
    kept.undo(org, year, "overview")
    assert sheet(services, ledger, "overview") == before
    kept.redo(org, year, "overview")
    assert "写在监督保障。" in sheet(services, ledger, "organisation")
    add(services, user, ledger, "platform", "另一处。")
    kept.undo(org, year, "overview")
    assert "另一处。" in sheet(services, ledger, "overview") and "写在监督保障" not in sheet(
        services, ledger, "overview"
    )


def test_an_earlier_overview_comes_back_whole(services, user, ledger):
    services.sheets.keep_draft(user, ledger, drafted(services, ledger, "overview"))
    first = sheet(services, ledger, "overview")
    version = services.office().drafts.current(ledger.figures.org, ledger.figures.year)["overview"]
    add(services, user, ledger, "organisation", "后来写的。")
    services.sheets.restore_version(user, ledger, "overview", version.id)
    assert sheet(services, ledger, "overview") == first
    with pytest.raises(UnusableInput, match="没有这个版本"):
        services.sheets.restore_version(user, ledger, "problems", version.id)


def test_an_earlier_program_s_texts_count_as_they_did(services, user, ledger):
    """Before the topics were kept apart, the later of an overview and a topic counted."""
    kept, org, year = services.office().drafts, ledger.figures.org, ledger.figures.year
    whole = drafted(services, ledger, "overview")
    for draft in (
        replace(drafted(services, ledger, "platform"), text="早些写的平台。"),
        whole,
        replace(whole, section="organisation", text="晚些写的保障。"),
    ):
        kept.save(org, year, draft, user, "model")
    assert "早些写的平台。" not in sheet(services, ledger, "overview") and "晚些写的保障。" in sheet(
        services, ledger, "overview"
    )
    add(services, user, ledger, "platform", "现在写的。")
    text = sheet(services, ledger, "overview")
    assert "现在写的。" in text and "晚些写的保障。" in text
    assert sheet(services, ledger, "platform") in text and "早些写的平台。" not in text


# --- part 一 apart and together -----------------------------------------------------------------------

lines = st.lists(
    st.one_of(
        st.sampled_from(HEADINGS), st.sampled_from(["（六）其他工作", "全年公开。", "　1.件", "（一）主动公开。"])
    ),
    max_size=12,
)


@given(text=lines.map("\n".join))
def test_part_one_taken_apart_and_put_together_is_the_same(text):
    assert together(*apart(Filled(text))).text == text


@given(text=lines.map("\n".join))
def test_the_parts_of_a_sheet_show_the_sheet(text):
    assert shown("overview", parts_of("overview", text)) == text


def test_a_topic_without_a_heading_gets_one(services):
    topics = {"disclosure": Filled("甲"), "platform": Filled("乙"), "organisation": Filled()}
    assert together(Filled("总述。\n（一）主动公开"), topics).text.splitlines() == [
        "总述。",
        "（一）主动公开",
        "甲",
        "（二）政府信息公开平台建设",
        "乙",
    ]


def test_what_was_changed_after_a_look_is_not_approved_unseen(services, ledger, user):
    services.sheets.stand(user, ledger)
    services.handover.take(user, ledger, "submitted")
    services.handover.look(user, ledger)
    services.sheets.keep_text(
        user, ledger, "problems", "问题另写一段。", [services.sheets.sheet("problems", ledger).text]
    )
    with pytest.raises(UnusableInput, match="存在的主要问题"):
        services.handover.take(user, ledger, "approved")
    services.handover.look(user, ledger)
    assert services.handover.take(user, ledger, "approved").number == 1
    with pytest.raises(UnusableInput, match="已经定稿"):
        services.sheets.note(ledger, "problems", "后来想起的一句。")
