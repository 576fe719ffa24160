"""`gongkai tables` with last year's figures, and asked where a figure comes from."""

import json
import random
import sys
from pathlib import Path

import pytest

import app
from tests.statutory.books import Book, sound, write
from tests.statutory.troubles import KINDS

EXAMPLES = Path(__file__).parent.parent.parent / "knowledge" / "examples"
LEDGER, BEFORE = (EXAMPLES / f"台账示例-{year}.xlsx" for year in (2025, 2024))


@pytest.fixture
def tables(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["gongkai", "tables", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            app.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return ended.value.code, out, err

    return run


def test_against_a_ledger_its_figures_and_its_report(tables, tmp_path):
    code, out, _ = tables(BEFORE, "--json")
    figures = tmp_path / "figures.json"
    figures.write_text(out, encoding="utf-8")
    changes = []
    for previous in (BEFORE, figures, EXAMPLES / "年度报告示例-2024.md"):
        code, out, err = tables(LEDGER, "--previous", previous, "--json")
        found = json.loads(out)
        assert code == 0, err
        assert [check["status"] for check in found["checks"] if check["rule"] == "X-CARRY"] == ["pass"] * 7
        assert found["previous"]["source"] == previous.name and found["previous"]["year"] == 2024
        changes.append({key: value for key, value in found["previous"]["changes"].items() if key.startswith("table")})
    assert changes[0] == changes[1] == changes[2]
    assert changes[0]["table3.new_received.total"] == {
        "label": "表三“一、本年新收政府信息公开申请数量”总计",
        "unit": "件",
        "current": 24,
        "previous": 15,
        "difference": 9,
        "rate": "60.00",
    }


def test_a_readable_comparison(tables):
    code, out, _ = tables(LEDGER, "--previous", BEFORE)
    assert code == 0
    assert "| 表二“行政许可”本年处理决定数量 | 33 | 41 | 比上年增加8件，增长24.24% |" in out


@pytest.mark.parametrize(
    "previous", [LEDGER, Path("没有这个文件.xlsx"), Path("没有这个文件.json"), Path("没有这个文件.md")]
)
def test_a_previous_year_that_cannot_be_used(tables, previous):
    code, out, err = tables(LEDGER, "--previous", previous, "--json")
    assert (code, out) == (2, "") and previous.name in err.strip().splitlines()[-1]


def test_explained(tables):
    code, out, _ = tables(LEDGER, "--explain", "table3.granted.natural_person", "--json")
    found = json.loads(out)
    assert code == 0 and found["value"] == len(found["rows"]) == 6 and found["sheet"] == "依申请公开"
    assert {row["cells"]["申请人"] for row in found["rows"]} == {"***"}
    code, out, _ = tables(LEDGER, "--explain", "derived.adoption_rate")
    assert code == 0 and out.startswith("derived.adoption_rate = 58.11\n") and "工作表“媒体采用”，共 74 行" in out


def test_an_unknown_figure(tables):
    code, out, err = tables(LEDGER, "--explain", "table3.granted.persons", "--json")
    assert (code, out) == (2, "") and "table3.granted" in err


def test_what_fell_to_zero_can_be_explained(tables):
    code, out, _ = tables(LEDGER, "--previous", BEFORE, "--explain", "derived.categories_fallen_to_zero")
    assert code == 0 and "2024年（台账示例-2024.xlsx）" in out


def with_a_question(tmp_path):
    book = Book(sound())
    KINDS["a_remark_says_void"](book, random.Random(1))
    return write(book, tmp_path)


def test_an_open_question_ends_with_1_and_an_answer_settles_it(tables, tmp_path):
    ledger, answers = with_a_question(tmp_path), tmp_path / "答复.json"
    code, out, err = tables(ledger, "--json")
    (asked,) = json.loads(out)["questions"]
    assert code == 1 and asked["answer"] == "" and asked["rows"]
    assert f"待答复 {asked['id']}" in err and "--answers" in err
    answers.write_text(json.dumps({asked["id"]: asked["choices"][0]["key"]}), encoding="utf-8")
    code, out, err = tables(ledger, "--answers", answers, "--json")
    found = json.loads(out)
    assert code == 0 and found["questions"][0]["answer"] == asked["choices"][0]["key"] and "待答复" not in err
    assert {sheet["sheet"] for sheet in found["account"]} == set(sound()) - {"基本信息"}


@pytest.mark.parametrize(
    ("content", "said"),
    [("[1]", "应为"), ("{", "不能读取"), ('{"a": 1}', "应为")],
    ids=["a list", "no JSON", "a number"],
)
def test_answers_that_are_none(tables, tmp_path, content, said):
    (tmp_path / "答复.json").write_text(content, encoding="utf-8")
    code, out, err = tables(LEDGER, "--answers", tmp_path / "答复.json")
    assert code == 2 and out == "" and said in err


def test_an_answer_to_another_ledger_is_told_and_a_wrong_choice_refused(tables, tmp_path):
    answers = tmp_path / "答复.json"
    answers.write_text('{"abcdef": "aside"}', encoding="utf-8")
    code, _, err = tables(LEDGER, "--answers", answers)
    assert code == 0 and "abcdef不是这本台账的问题" in err
    ledger = with_a_question(tmp_path)
    (asked,) = json.loads(tables(ledger, "--json")[1])["questions"]
    answers.write_text(json.dumps({asked["id"]: "perhaps"}), encoding="utf-8")
    code, _, err = tables(ledger, "--answers", answers)
    assert code == 2 and "“perhaps”不在可选之内" in err and "aside（不计入）" in err


def test_the_account_stands_above_the_tables(tables):
    code, out, _ = tables(LEDGER)
    assert code == 0 and out.index("台账的账") < out.index("主动公开政府信息情况")
    assert "| 信息发布 | 346 | 342 | 2（" in out
