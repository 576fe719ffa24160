"""Whatever figures an organ has: written as a messy ledger, the same figures are read back exactly."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from statutory import compute
from tests.conftest import examples
from tests.statutory.organs import expected, ledger, organs


def read_back(organ):
    with tempfile.TemporaryDirectory() as folder:
        path, _ = ledger(organ, Path(folder) / "台账.xlsx")
        result = compute(path)
    table2, table3, table4, facts = expected(organ)
    figures = result.figures
    assert figures.table3 == table3
    assert figures.table2 == table2
    assert figures.table4 == table4
    assert figures.facts == facts
    assert {check.status for check in result.checks} == {"pass"}
    for key, value in figures.flat().items():
        if (
            key not in ("table2.fees_wan_yuan", "facts.info_processing_fee_yuan")
            and result.provenance[key].sheet != "汇总数据"
        ):
            assert len(result.provenance[key].rows) == value, key


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs())
def test_figures_survive_a_messy_workbook(organ):
    read_back(organ)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs())
def test_thousands_of_figures_survive_a_messy_workbook(organ):
    read_back(organ)
