"""The files of a report, made here or by whichever workbench is free."""

import shutil

import pytest

from domain import UnusableInput
from services import EXAMPLES
from tests.services.test_jobs import services  # noqa: F401  (here, and over a real PostgreSQL)

LEDGER = sorted(EXAMPLES.glob("*.xlsx"))[-1]


@pytest.fixture(autouse=True)
def home(filled_home, tmp_path):
    """The data folder, with the built-in knowledge in it."""
    return shutil.copytree(filled_home, tmp_path / "data", dirs_exist_ok=True)


@pytest.fixture
def written(home, services):  # noqa: F811
    """A ledger on a user's desk, and a sentence of the user's own in the report."""
    user = services.office().users.local()
    ledger = services.ledgers.take(user, LEDGER)
    sheet = services.sheets.sheet("other", ledger)
    before = sheet.text if sheet else ""
    services.sheets.keep_text(user, ledger, "other", f"{before}另设意见箱一处。", [before])
    return user, ledger


def test_a_file_holds_what_is_on_the_page_under_the_name_of_the_report(services, written, tmp_path):  # noqa: F811
    user, ledger = written
    title = f"{ledger.figures.org}{ledger.figures.year}年政府信息公开工作年度报告"
    for name in ("report.md", "report.docx", "figures.json"):
        folder = tmp_path / name
        folder.mkdir()
        made = services.publishing.make(user, ledger, name, folder)
        assert made.path.parent == folder and made.path.name.startswith(title)
        assert made.path.suffix == f".{name.rpartition('.')[2]}"
        assert name != "report.md" or "另设意见箱一处。" in made.path.read_text(encoding="utf-8")
        assert list((services.choices.home / "jobs").glob("*")) == []
    with pytest.raises(UnusableInput, match="没有生成这个文件"):
        services.publishing.make(user, ledger, "report.odt", folder)
