"""How a question was read is shown part by part; each part can be corrected, and the correction is what is answered."""

from __future__ import annotations

from datetime import date

import pytest

from collecting.asking import answer_over_organs
from tests.collecting.truth import ALL, DEPT, JU, LIC, NEW, TS, held, num, top, tot

HELD = held()
QUESTIONS = (
    "哪个部门收到的申请最多",
    "各部门共收到多少件申请",
    "哪些部门有纠正的行政复议",
    "各部门行政许可分别多少",
    "公安局和教育局收到的申请相差多少件",
    "依申请公开增长最快的五个部门",
    "哪些部门的行政处罚超过行政许可",
)


def ask(question, earlier=()):
    return answer_over_organs(question, HELD, (), earlier, date(2026, 11, 30))


def part(answer, name):
    return next(one for one in answer.readings[0].parts if one.part == name)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_choice_asks_for_what_it_says(question):
    answer = ask(question)
    for one in answer.readings[0].parts:
        for choice in one.choices:
            made = ask(choice.ask)
            assert made is not None and len(made.readings) == 1, choice
            if made.refused:  # the year before the first one held
                assert "没有2021年数字" in made.answer, made.answer
            corrected, others = part(made, one.part), {each.part: each.said for each in made.readings[0].parts}
            assert corrected.said != one.said
            if one.part in ("年度", "单位"):
                assert choice.label.removeprefix("全部") in corrected.said
            kept = [each for each in answer.readings[0].parts if each.part not in (one.part, "怎样")]
            assert all(others[each.part] == each.said for each in kept)


@pytest.mark.parametrize(
    ("brackets", "organs", "numbers"),
    [
        ("按：2024年", *top(NEW, DEPT, 2024)),
        ("按：全部单位", *top(NEW, ALL)),
        ("按：局", *top(NEW, JU)),
        ("按：乡镇街道，2023年", *top(NEW, TS, 2023)),
        ("按：行政许可", *top(LIC, DEPT)),
        ("按：最少的", *top(NEW, DEPT, least=True)),
        ("按:前3名，全部单位，2024年", *top(NEW, ALL, 2024, 3)),
    ],
)
def test_a_correction_typed_behind_the_question_is_read(brackets, organs, numbers):
    answer = ask(f"哪个部门收到的申请最多（{brackets}）？")
    assert all(org in answer.answer for org in organs) and all(num(one) in answer.answer for one in numbers)


def test_a_correction_that_is_not_understood_is_not_passed_over():
    answer = ask("哪个部门收到的申请最多（按：网上收到的）")
    assert answer.refused and "没有看懂" in answer.answer


def test_corrections_of_other_parts_stay_when_one_is_picked():
    first = part(ask("哪个部门收到的申请最多"), "年度").choices[0].ask
    second = next(one.ask for one in part(ask(first), "单位").choices if one.label == "全部单位")
    assert second == "哪个部门收到的申请最多（按：2024年，全部单位）"
    again = next(one.ask for one in part(ask(second), "年度").choices if one.label == "2023年")
    assert again == "哪个部门收到的申请最多（按：全部单位，2023年）"


def test_what_is_asked_next_goes_on_from_the_corrected_reading():
    answer = ask("那2024年呢", ["各部门共收到多少件申请（按：全部单位）"])
    assert num(tot(NEW, 2024)) in answer.answer


def test_departments_leave_out_towns_and_say_how_many():
    assert part(ask(QUESTIONS[0]), "单位").said == "全部18个部门（不含乡镇街道5个、开发区1个、公司2个）"


def test_the_reading_is_part_of_the_json():
    (read,) = ask(QUESTIONS[0]).as_json()["readings"]
    assert read["said"].startswith("2025年，") and read["parts"][0]["choices"][0]["label"] == "2024年"
