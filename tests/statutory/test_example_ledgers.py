"""The example ledgers are what their script writes; they balance, and carry over into each other."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from forms import form_for
from statutory import check_identities, compute

EXAMPLES = Path(__file__).parent.parent.parent / "knowledge" / "examples"


@pytest.fixture(scope="module")
def results():
    return {year: compute(EXAMPLES / f"台账示例-{year}.xlsx") for year in (2024, 2025)}


def test_every_check_passes(results):
    for result in results.values():
        assert {check.status for check in result.checks} == {"pass"}
        assert result.figures.org == "云岫县生态环境局"


def test_one_year_carries_into_the_next(results):
    tables = {year: {n: getattr(r.figures, n) for n in ("table2", "table3", "table4")} for year, r in results.items()}
    checks = check_identities(tables[2025], form_for(2025), tables[2024], 2025)
    assert {check.status for check in checks} == {"pass"}
    assert tables[2025]["table3"]["carried_in"]["total"] > 0


def test_there_is_something_to_report_on(results):
    figures, keys = results[2025].figures, {signal.key for signal in results[2025].signals}
    assert figures.facts["info_processing_fee_yuan"] > 0
    assert sum(1 for row in figures.table3.values() if row["total"]) > 15
    assert {"months_without_publication", "few_policy_explanations", "late_answers"} <= keys


def test_the_script_writes_the_same_again(tmp_path):
    script = runpy.run_path(str(EXAMPLES / "make_examples.py"), run_name="examples")
    script["main"].__globals__["HERE"] = tmp_path
    script["main"]()
    for path in tmp_path.iterdir():
        assert compute(path).as_json() == compute(EXAMPLES / path.name).as_json()


def test_the_engine_needs_no_model_and_no_store():
    heavy = "{'torch', 'chromadb', 'gradio', 'langchain', 'langchain_core', 'sentence_transformers', 'jieba'}"
    code = f"import sys, statutory; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=EXAMPLES.parent.parent, check=True
    )
    assert run.stdout.strip() == "[]"
