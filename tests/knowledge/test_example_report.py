"""Last year's example report is what gongkai builds today from the example ledger."""

import importlib.util
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"


def script(name):
    specification = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.embedding
def test_the_committed_report_is_what_its_script_builds(tmp_path, filled_home):
    report = script("make_report")
    assert report.make(tmp_path, filled_home).read_text(encoding="utf-8") == report.REPORT.read_text(encoding="utf-8")
