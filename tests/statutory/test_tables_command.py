"""`gongkai tables` with last year's figures, and asked where a figure comes from."""

import json
import sys
from pathlib import Path

import pytest

import app

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
