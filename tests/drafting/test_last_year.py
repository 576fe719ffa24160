"""Last year's report: what a draft is compared with, what persists, what is told as improved."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Change, Comparison, Draft, Finished, PublishedReport, Section, Signal, UnusableInput
from drafting import draft, inspect, redraft, spans
from drafting.patterns import PATTERNS
from drafting.problems import AGAIN_STEP, AGAIN_STEPS
from drafting.similarity import MOST_COPIED, SHORTEST, copied, measure, plain
from gates import find_numerals
from tests.drafting.scripted import ScriptedModel, Statutes, ledger

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"


def last_year(problems: str = "", overview: str = "") -> PublishedReport:
    sections = (
        Section("一、总体情况", tuple(overview.split("\n"))),
        Section("五、存在的主要问题及改进情况", (problems,)),
    )
    return PublishedReport(
        "甲县生态环境局", 2022, "甲县生态环境局2022年政府信息公开工作年度报告", "old.md", "", sections, {}
    )


def drafted(section: str, result=None, model=None, **options) -> Draft:
    *_, last = draft(section, result or ledger(), Statutes(), model, **options)
    return last.result


@pytest.mark.parametrize(
    ("now", "then", "share"),
    [
        ("行政许可办理结果公开不够全面，逐件核对补齐。", "行政许可办理结果公开不够全面，逐件核对补齐。", 1.0),
        ("全年发布38条信息，更新比较均衡及时到位。", "全年发布40条信息，更新比较均衡及时到位。", 1.0),
        (
            "认真履行职责，持续规范平台建设，加强网站日常管理。",
            "切实履行职责，不断规范平台建设，强化网站日常管理。",
            0.75,
        ),  # small edits
        (
            "全年新收政府信息公开申请，政府信息公开工作由办公室负责。",
            "政府信息公开申请由窗口登记，统筹政府信息公开工作。",
            0.0,
        ),  # words of the trade
        ("门户网站栏目重新梳理，过期的办事指南全部清理。", "组织各股室学习条例，讨论申请答复文书的写法。", 0.0),
    ],
)
def test_the_share_copied_knows_other_numbers_from_other_words(now: str, then: str, share: float) -> None:
    assert copied(plain(now), plain(then))[0] == pytest.approx(share, abs=0.25)


PARAGRAPH = "按照职责抓好门户网站和公众号的日常维护，每条信息由股室起草、分管领导审签以后才发，涉及群众利益的稿件再由办公室复读一遍，读到错字漏字当天改正并登记。"


@pytest.mark.parametrize("every", [6, 8, 12, 200])
def test_a_changed_character_here_and_there_is_still_copying(every: int) -> None:
    prose = plain(PARAGRAPH)
    poked = "".join("某" if at % every == every - 1 else char for at, char in enumerate(prose))
    assert copied(poked, prose)[0] > MOST_COPIED


def test_the_share_is_that_of_all_long_common_runs() -> None:
    """Against the plain definition: each character that lies in some common run of eight or more."""
    now = plain(PARAGRAPH + "对股室报送的材料由办公室统一核对后发布。")
    then = plain(
        "涉及群众利益的稿件再由办公室复读一遍，读到错字漏字当天改正。按照职责抓好门户网站和公众号的日常维护。材料由办公室统一核对后发布到网站。"
    )
    common = {at for start in range(len(now) - 7) if now[start : start + 8] in then for at in range(start, start + 8)}
    assert copied(now, then)[0] == pytest.approx(len(common) / len(now))


@given(st.text("政府信息公开工作，。0123", max_size=60), st.text("政府信息公开工作，。0123", max_size=60))
def test_a_share_is_a_share(now: str, then: str) -> None:
    share, longest = copied(plain(now), plain(then))
    assert 0 <= share <= 1 and longest in plain(then)


def test_a_paragraph_like_last_years_is_told_in_other_words() -> None:
    old = drafted("overview").text
    again = drafted("overview", previous=last_year(overview=old))
    assert again.text != old
    assert again.compared_with.startswith("甲县生态环境局2022年") and again.similarity
    before = {p.paragraph: p.share for p in measure(old, old)}
    assert all(p.share < before.get(p.paragraph, 1) for p in again.similarity)
    assert max(p.share for p in again.similarity) <= MOST_COPIED or any("请改写" in str(note) for note in again.notes)


def wordings() -> list[tuple[str, str]]:
    """Pairs of wordings for one place, as the patterns have them, what is filled in masked."""
    hidden = {
        (topic, rule["at"], number): [
            plain(re.sub(r"\{[^}]*\}|<[^>]*>", "□", re.sub(r"[\[\]]", "", text))) for text in rule["say"]
        ]
        for topic, rules in tomllib.loads(PATTERNS.read_text(encoding="utf-8")).items()
        for number, rule in enumerate(rules)
    }
    return [
        (one, other)
        for said in hidden.values()
        for one in said
        for other in said
        if one != other and len(one.replace("□", "")) >= SHORTEST
    ]


def test_no_wording_has_a_numeral_of_its_own() -> None:
    """``{…}`` and ``<…>`` apart; one that has would be taken out of the draft, sentence and all."""
    data = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (PATTERNS, PATTERNS.with_name("problems.toml"))]
    rules = [rule for topics in data for rules in topics.values() for rule in rules]
    said = [
        text
        for rule in rules
        for key in ("say", "statement", "detail", "none", "measure", "steps", "again")
        for text in rule.get(key, ())
    ]
    bare = [re.sub(r"\{[^}]*\}|<[^>]*>", "□", text) for text in said] + [*AGAIN_STEPS, AGAIN_STEP]
    assert [text for text in bare if find_numerals(text)] == []


@pytest.mark.parametrize(("one", "other"), wordings())
def test_another_wording_of_a_sentence_is_no_copy_of_it(one: str, other: str) -> None:
    assert copied(one, other)[0] <= MOST_COPIED


def test_a_report_that_is_nearly_our_own_is_written_anew() -> None:
    for section in ("overview", "problems"):
        own = drafted(section, ledger(25)).text
        copy = own.replace("开展", "组织").replace("全年", "本年")
        previous = last_year(copy) if section == "problems" else last_year(overview=copy)
        again = drafted(section, ledger(25), previous=previous)
        assert max(p.share for p in measure(own, copy)) > 0.8
        assert again.similarity and max(p.share for p in again.similarity) <= MOST_COPIED
        assert not any("请改写" in str(note) for note in again.notes)


def test_names_figures_titles_and_gaps_are_no_copying() -> None:
    text = "甲县生态环境局在甲县人民政府门户网站发布企业环境信息依法披露名单12条，依据《政府信息公开条例》第二十条，【请补充：发出收费通知的件数和应收总金额】。"
    names = ("甲县生态环境局", "甲县人民政府门户网站", "企业环境信息依法披露名单")
    assert copied(plain(text, names), plain(text, names))[0] == 0


def measures(signal: str) -> list[str]:
    """What may be promised where last year's promise did not help."""
    rules = tomllib.loads(PATTERNS.with_name("problems.toml").read_text(encoding="utf-8"))["problem"]
    return next(rule["again"] for rule in rules if rule["signal"] == signal)


@pytest.mark.parametrize("key", ["few_trainings", "late_answers", "posted_below_decided.penalties", "corrected.review"])
def test_what_was_promised_last_year_is_not_promised_again(key: str) -> None:
    seen = {
        "few_trainings": "业务培训偏少",
        "late_answers": "申请答复不够及时",
        "posted_below_decided.penalties": "行政处罚信息公开不全",
        "corrected.review": "复议中有结果被纠正",
    }[key]
    given = replace(ledger(), signals=(Signal(key, "线索", "按月核对"),))
    for promised in measures(key):
        previous = last_year(f"一是{seen}。改进措施：{promised}。")
        said = drafted("problems", given, previous=previous).text.splitlines()[1].partition("改进措施：")[2]
        assert said.rstrip("。") in set(measures(key)) - {promised}


def test_a_problem_of_last_year_that_is_still_there_says_so() -> None:
    result = drafted("problems", previous=last_year("一是行政许可信息公开不全。改进措施：补齐。"))
    assert "上年报告也提出过这一问题。改进措施" in result.text.splitlines()[1]
    measure = result.text.splitlines()[1].partition("改进措施：")[2]
    assert measure.rstrip("。") in measures("posted_below_decided.licensing")
    assert "persisting.posted_below_decided.licensing" in {signal.key for signal in result.signals}


@pytest.mark.parametrize(
    "told",
    [
        "一是人员更换频繁。改进措施：开展业务培训，行政许可信息及时公开。",  # a remedy is no problem
        "仍存在制度不健全的问题。针对上述问题，我们将加强培训，做好行政许可决定公开。\n一是加强业务培训。\n二是公开行政许可决定。",
        "一是人员更换频繁。\n（二）改进措施\n1.加强业务培训。\n2.公开行政许可决定。",
        "存在人员更换频繁的不足。下一步，我局将加强培训，做好行政许可决定公开。",
    ],
)
def test_a_measure_of_last_year_names_no_problem(told: str) -> None:
    text = drafted("problems", previous=last_year(told)).text
    assert "上年报告已经提出" not in text and "改进情况" not in text


def test_several_problems_that_persist_share_one_step_and_not_one_sentence() -> None:
    keys = ("posted_below_decided.licensing", "few_trainings", "few_briefings_heard", "few_policy_explanations")
    result = replace(ledger(), signals=tuple(Signal(key, "线索", "按月核对") for key in keys))
    told = "一是行政许可公开不全。二是培训偏少。三是听取工作汇报不够。四是政策解读薄弱。"
    for year in (2023, 2024, 2025):  # each of the wordings
        given = replace(result, figures=replace(result.figures, year=year))
        draft_ = drafted("problems", given, previous=replace(last_year(told), year=year - 1))
        *_, last = draft_.text.splitlines()
        assert draft_.rejected == () and len(draft_.text.splitlines()) == 6 and "上年" in last
        assert "逐项检查落实情况" not in draft_.text
        assert len(set(re.findall("。([^。]*上年[^。]*)。改进措施", draft_.text))) > 1


def test_next_year_in_the_middle_of_a_problem_ends_nothing() -> None:
    told = "一是结转下一年度继续办理的申请较多，答复较慢。二是业务培训偏少，内容单一。"
    assert "针对上年提出的业务培训不足" in drafted("problems", previous=last_year(told)).text


def test_a_problem_between_two_measures_is_seen() -> None:
    told = "一是人员更换频繁。改进措施：固定人员。二是行政许可信息公开不全。改进措施：补齐。三是业务培训偏少。改进措施：培训。"
    text = drafted("problems", previous=last_year(told)).text
    assert "上年报告也提出过这一问题" in text and "针对上年提出的业务培训不足，全年组织业务培训1次" in text


def test_a_problem_that_is_gone_is_an_improvement_only_with_figures() -> None:
    solved = drafted("problems", previous=last_year("一是业务培训偏少。"))
    assert "改进情况：针对上年提出的业务培训不足，全年组织业务培训1次。" in solved.text
    assert "改进情况" not in drafted("problems", ledger(trainings=0), previous=last_year("一是业务培训偏少。")).text


def test_a_problem_of_last_year_without_any_trace_is_put_to_the_office() -> None:
    result = drafted("problems", previous=last_year("一是公众号粉丝数量增长缓慢。"))
    assert any("公众号粉丝数量增长缓慢" in str(note) for note in result.notes)


def test_the_office_may_name_the_problem_itself() -> None:
    bare = replace(ledger(), signals=())
    assert "【请补充" in drafted("problems", bare).text
    assert drafted("problems", bare, notes="栏目有3个没有更新").text == "栏目有3个没有更新。"


def test_changes_against_last_year_are_exact_phrases() -> None:
    change = Change("facts.published_total", "主动公开信息", "条", 41, 30, 11, Decimal("36.67"))
    from_zero = Change("table2.penalties", "行政处罚", "件", 10, 0, 10, None)
    result = drafted("disclosure", replace(ledger(), comparison=Comparison(2022, "上年.xlsx", (change, from_zero))))
    assert "发布总数比上年增加11条，增长36.67%" in result.text
    assert "行政处罚决定比上年增加10件" in result.text and "行政处罚决定比上年增加10件，增长" not in result.text
    assert ("change.facts.published_total.rate", Decimal("36.67"), "%") in {
        (p.key, p.value, p.unit) for p in result.figures
    }


def test_two_offices_and_two_years_read_differently() -> None:
    base = ledger(25)
    texts = {
        drafted("overview", replace(base, figures=replace(base.figures, org=org, year=year)))
        .text.replace(org, "")
        .replace(str(year), "")
        for org in ("甲县生态环境局", "乙县生态环境局")
        for year in (2022, 2023)
    }
    assert len(texts) == 4


# --- one paragraph anew, and an edited text ---------------------------------------------------------


def rewritten(section: str, paragraph: int, text: str, model=None) -> Draft:
    *_, last = redraft(section, ledger(), paragraph, text, Statutes(), model)
    assert isinstance(last, Finished)
    return last.result


def test_only_the_one_paragraph_is_written_anew() -> None:
    lines = drafted("disclosure").text.splitlines()
    lines.append("本局自己写的一段话，系统没有对应的内容，应当原样保留。")
    new = rewritten("disclosure", 0, "\n".join(lines)).text.splitlines()
    assert new[0] != lines[0] and new[1:] == lines[1:]
    assert "各类信息41条" in new[0]


def test_a_model_may_rewrite_one_paragraph() -> None:
    text = drafted("problems").text
    reply = "全年作出{行政许可决定}，在平台发布{行政许可信息}，公开环节有脱节。改进措施：由承办股室逐件核对后补齐公开。"
    result = rewritten("problems", 1, text, ScriptedModel(reply))
    assert result.mode == "model" and "公开环节有脱节" in result.text.splitlines()[1]
    assert result.text.splitlines()[2] == text.splitlines()[2]


def test_a_heading_stays_and_a_missing_paragraph_is_named() -> None:
    text = drafted("overview").text
    assert rewritten("overview", 1, text).text == text
    with pytest.raises(UnusableInput, match="没有第100段"):
        rewritten("overview", 99, text)


def test_an_edited_text_is_inspected() -> None:
    text = "作出行政许可38件，公开率99%，更新栏目12个。依照《政府信息公开条例》第九十条公开，【请补充：渠道】，{行政许可决定}。"

    class Held(Statutes):
        def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None):
            return super().article(title, no) if no < 60 else None

    remarks = inspect(text, ledger(), Held(), notes="更新栏目12个")
    assert [(r.kind, r.quote) for r in remarks] == [
        ("numeral", "99%"),
        ("note", "12个"),
        ("citation", "《政府信息公开条例》第九十条"),
        ("gap", "【请补充：渠道】"),
        ("placeholder", "{行政许可决定}"),
    ]
    assert all(text[r.start : r.end] == r.quote for r in remarks)


def test_what_the_composer_wrote_passes_inspection() -> None:
    for section in ("overview", "problems", "other"):
        assert inspect(drafted(section).text, ledger(), Statutes()) == ()


def test_figures_are_found_for_chips() -> None:
    text = "作出行政许可38件、行政处罚10件。"
    assert [(text[start:end], phrase.key) for start, end, phrase in spans(text, ledger())] == [
        ("行政许可38件", "table2.licensing"),
        ("行政处罚10件", "table2.penalties"),
    ]


def test_a_signal_without_words_of_its_own_keeps_its_message() -> None:
    odd = replace(ledger(), signals=(Signal("odd", "公开指南没有更新", ""),))
    assert "一是公开指南没有更新。改进措施：【请补充：" in drafted("problems", odd).text
