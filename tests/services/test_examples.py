"""The examples that the project carries: their figures are nobody else's, and what was deleted stays away."""

import shutil
from pathlib import Path

import pytest

from services import Gongkai
from services.opening import FORGOTTEN
from settings import load_settings

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
ORG = "云岫县生态环境局"


@pytest.fixture
def home(tmp_path, filled_home):
    shutil.copytree(filled_home, tmp_path / "data")
    return tmp_path / "data"


def opened(home):
    return Gongkai(load_settings(home=home))


def test_the_examples_figures_are_given_only_beside_its_own_ledger(home):
    services = opened(home)
    assert services.answers.figures_held() == []
    held = services.answers.figures_held(services.ledgers.compute(LEDGER))
    assert {(one.org, one.year) for one in held} == {(ORG, 2025), (ORG, 2024)}
    services.office().close()


def test_a_deleted_example_does_not_come_back(home):
    services = opened(home)
    (example,) = [one for one in services.library.documents() if one["kind"] == "report"]
    assert services.library.remove(example["id"])
    services.office().close()
    again = opened(home)
    assert [one for one in again.library.documents() if one["kind"] == "report"] == []
    assert (home / FORGOTTEN).read_text(encoding="utf-8").strip().endswith(".md")
    again.office().close()
