"""An answer becomes a paragraph: its citations by name, every figure accounted for, undone by itself."""

import itertools
from dataclasses import replace

import pytest

import statutory
from domain import Answer, Citation, Hit, UnusableInput
from services import EXAMPLES, Gongkai
from services.insertion import paragraph
from services.parts import with_paragraph
from settings import Settings
from tests.services.test_sheets import Library

LEDGER = sorted(EXAMPLES.glob("*.xlsx"))[-1]
SAID = "按照《政府信息公开条例》第三十五条，申请的数量、频次明显超出合理范围的，行政机关可以要求说明理由。"
numbers = itertools.count(100)


def law(number, article, title="政府信息公开条例"):
    return Hit("regulation", title, article, number, "文字", False, "现行有效", None, None, "", "", 1.0)


def answer(text, *hits, mode="extractive"):
    return Answer(text, mode, False, tuple(Citation(n, hit) for n, hit in enumerate(hits, start=1)))


DAYS = "不能当场答复的，自收到申请之日起20个工作日内予以答复。"


class Held(Library):
    def article(self, title, no, *rest):
        hit = super().article(title, no, *rest) if no < 800 else None
        return replace(hit, text=DAYS) if hit and no == 33 else hit


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    opened = Gongkai(Settings(home=tmp_path_factory.mktemp("home"), llm="none"))
    opened.knowledge.hold(Held())
    yield opened
    opened.office().close()


@pytest.fixture
def ledger():
    computed = statutory.compute(LEDGER)
    return replace(computed, figures=replace(computed.figures, org=f"第{next(numbers)}生态环境分局"))


@pytest.fixture(scope="module")
def user(services):
    return services.office().users.local()


REPORT = replace(law(0, ""), kind="report", title="云岫县生态环境局2024年政府信息公开工作年度报告", heading="总体情况")


@pytest.mark.parametrize(
    ("given", "hits", "made"),
    [
        (
            "《政府信息公开条例》第三十五条对此有规定，以下是要点（非原文）：频次明显超出合理范围的，可以要求说明理由。[1]",
            [law(35, "第三十五条")],
            "按照《政府信息公开条例》第三十五条，频次明显超出合理范围的，可以要求说明理由。",
        ),
        (
            "可以延期：《政府信息公开条例》第三十三条对此有规定，以下是要点（非原文）：能当场答复的要当场答复。[1]",
            [law(33, "第三十三条")],
            "按照《政府信息公开条例》第三十三条，能当场答复的要当场答复。",
        ),
        (
            "《政府信息公开条例》第三十五条规定：“可以要求申请人说明理由。”[1]\n\n另见：\n- 《政府信息公开条例》第三十六条：“另一句。”[2]",
            [law(35, "第三十五条"), law(36, "第三十六条")],
            "《政府信息公开条例》第三十五条规定：“可以要求申请人说明理由。”",
        ),
        (
            "理由不合理的，告知不予处理。[1]延迟答复要告知申请人。[1][2]",
            [law(35, "第三十五条"), law(33, "第三十三条")],
            "按照《政府信息公开条例》第三十五条，理由不合理的，告知不予处理。按照《政府信息公开条例》第三十三条，延迟答复要告知申请人。",
        ),
        (
            "2025年新收政府信息公开申请24件。\n来源：台账“台账.xlsx”工作表“依申请公开”，共24行。",
            [],
            "2025年新收政府信息公开申请24件。",
        ),
        (
            "《云岫县生态环境局2024年政府信息公开工作年度报告》总体情况写道：“开展业务培训，覆盖全部科室。”[1]",
            [REPORT],
            "开展业务培训，覆盖全部科室。",
        ),
        ("- 第一项[1]\n- 第二项[1]", [law(20, "第二十条")], "按照《政府信息公开条例》第二十条，第一项。按照《政府信息公开条例》第二十条，第二项。"),
    ],
)  # fmt: skip
def test_an_answer_reads_as_a_paragraph_of_a_report(given, hits, made):
    assert paragraph(answer(given, *hits)) == made


@pytest.mark.parametrize("section", ["overview", "organisation", "problems", "other"])
def test_it_stands_at_the_end_of_its_section_and_is_undone_by_itself(services, user, ledger, section):
    services.sheets.stand(user, ledger)
    before = services.sheets.sheet(section, ledger)
    services.sheets.keep_text(user, ledger, section, f"{before.text}\n刚写的一句。", [before.text])
    typed = services.sheets.sheet(section, ledger).text
    draft = services.insertion.put(user, ledger, section, SAID)
    assert SAID in draft.text.split("\n")
    assert draft.text.replace(f"{SAID}\n", "").removesuffix(f"\n{SAID}") == typed
    assert services.sheets.current(ledger, section).origin in ("answer", "edited")
    drafts = services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year)
    assert SAID in services.reports.assembled(ledger, drafts).drafts["overview" if section == "organisation" else section].text  # fmt: skip
    services.sheets.undo(ledger, section)
    assert services.sheets.sheet(section, ledger).text == typed
    services.sheets.redo(ledger, section)
    assert SAID in services.sheets.sheet(section, ledger).text.split("\n")


def test_part_one_takes_it_before_its_topics():
    text = "总述。\n（一）主动公开\n甲。\n（二）依申请公开\n乙。"
    assert with_paragraph("overview", text, "新。").split("\n")[:3] == ["总述。", "新。", "（一）主动公开"]
    assert with_paragraph("other", "", "新。") == "新。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年新收99件投诉。", "“99件”不是本单位台账算出的数字"),
        ("自收到申请之日起20个工作日内答复。", "20个工作日"),
        ("全年办理20个工作日。按照《政府信息公开条例》第三十三条，自收到申请之日起答复。", "20个工作日"),
        ("按照《政府信息公开条例》第三十三条，全年办结20个工作日的3件。", "20个工作日"),
        ("按照《政府信息公开条例》第三十三条，自收到申请之日起15个工作日内答复。", "15个工作日"),
        ("按照《政府信息公开条例》第九百条，公开。", "没有这一条"),
        ("新收{新收申请}。", "占位符"),
        ("", "1 到"),
        ("公开。" * 900, "1 到"),
    ],
)
def test_what_is_not_accounted_for_is_not_written(services, user, ledger, text, told):
    services.sheets.stand(user, ledger)
    before = services.sheets.sheet("other", ledger).text
    with pytest.raises(UnusableInput, match=told):
        services.insertion.put(user, ledger, "other", text)
    assert services.sheets.sheet("other", ledger).text == before


def test_a_figure_of_the_ledger_is_accounted_for_and_stays_its_figure(services, user, ledger):
    received = ledger.figures.table3["new_received"]["total"]
    draft = services.insertion.put(user, ledger, "other", f"全年新收政府信息公开申请{received}件。")
    assert any(f"{received}件" in one.phrase.text for one in draft.placed)


@pytest.mark.parametrize("section", ["other", "overview", "organisation"])
def test_a_number_of_the_article_that_is_cited_before_it_is_the_law_s(services, user, ledger, section):
    from report.trace import trace

    text = f"按照《政府信息公开条例》第三十三条，{DAYS}"
    draft = services.insertion.put(user, ledger, section, text)
    said = services.writing.inspect(draft.text, ledger, "", draft, services.sheets.own(ledger))
    assert not [one for one in said if one.kind == "numeral"]
    drafts = services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year)
    traced = trace(services.reports.assembled(ledger, drafts, services.sheets.own(ledger)))
    kinds = [one.kind for one in traced if one.text == "20个工作日"]
    assert kinds.count("law") == 1 and set(kinds) <= {"law", "figure"}


def test_a_number_that_somebody_vouches_for_is_the_office_s_own(services, user, ledger):
    draft = services.insertion.put(user, ledger, "other", "全年接待来访99人次。", vouched=True)
    said = services.writing.inspect(draft.text, ledger, "", draft, services.sheets.own(ledger))
    assert [one.kind for one in said if one.quote == "99人次"] == ["own"]


def test_nothing_is_put_into_an_approved_report(services, user, ledger):
    services.sheets.stand(user, ledger)
    services.handover.take(user, ledger, "submitted")
    services.handover.take(user, ledger, "approved")
    with pytest.raises(UnusableInput, match="已经定稿"):
        services.insertion.put(user, ledger, "other", SAID)
