"""A large ledger is read in a process of its own, with the same result and the same sentences, and once."""

import shutil
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest

from domain import UnusableInput
from services import Gongkai, large, ledgers
from settings import load_settings

LAST_YEAR, LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))


@pytest.fixture
def services(tmp_path):
    return Gongkai(load_settings(home=tmp_path / "data", llm="none"))


@pytest.fixture
def every_ledger_is_large(monkeypatch):
    monkeypatch.setattr(ledgers, "LARGE", 0)


def stray(path, rows):
    """The example with so many numbered rows below its list of publications, as a formula drawn down too far leaves."""
    with zipfile.ZipFile(LEDGER) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        sheet = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))[1]
        for name in book.namelist():
            content = book.read(name)
            if name == sheet:
                below = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (r, r, r) for r in range(5000, rows))
                content = content.replace(b"</sheetData>", below + b"</sheetData>")
            made.writestr(name, content)
    return path


def test_what_is_large_is_what_there_is_to_read(tmp_path):
    assert 0 < large.content_size(LEDGER) < large.LARGE < large.content_size(stray(tmp_path / "多.xlsx", 600_000))
    folder = tmp_path / "台账"
    folder.mkdir()
    for name in ("一.xlsx", "二.xlsx"):
        shutil.copy(LEDGER, folder / name)
    assert large.content_size(folder) == 2 * large.content_size(LEDGER)
    for name, content in {"空.xlsx": b"", "坏.xlsx": b"PK\x03\x04no", "坏.csv": b"\xff" * 9}.items():
        (tmp_path / name).write_bytes(content)
    sizes = [large.content_size(tmp_path / name) for name in ("空.xlsx", "坏.xlsx", "坏.csv", "没有.xlsx")]
    assert sizes == [0, 0, 9, 0]


def test_the_result_is_the_same_and_kept(services, every_ledger_is_large, monkeypatch):
    read = []
    monkeypatch.setattr(large, "apart", lambda *given, really=large.apart: read.append(given) or really(*given))
    apart = services.ledgers.compute(LEDGER)
    with_last_year = services.ledgers.compute(LEDGER, LAST_YEAR)
    assert services.ledgers.compute(LEDGER) is apart and len(read) == 3
    monkeypatch.setattr(ledgers, "LARGE", 1 << 40)
    assert apart == services.ledgers.compute(LEDGER)
    assert with_last_year == services.ledgers.compute(LEDGER, LAST_YEAR)


def test_what_is_wrong_with_it_is_told_as_of_any_other(services, tmp_path, monkeypatch):
    book = openpyxl.load_workbook(LEDGER)
    book["依申请公开"]["D8"], book["行政执法"]["B6"] = "外星人", "年初"
    book.save(tmp_path / "有问题.xlsx")
    told = []
    for size in (0, 1 << 40):
        monkeypatch.setattr(ledgers, "LARGE", size)
        with pytest.raises(UnusableInput) as refused:
            services.ledgers.compute(tmp_path / "有问题.xlsx")
        told.append((str(refused.value), refused.value.problems))
    assert told[0] == told[1] and len(told[0][1]) == 2


def test_what_takes_too_long_is_let_go_with_what_can_be_done(services, tmp_path, monkeypatch):
    monkeypatch.setattr(large, "LONGEST", 0.3)
    with pytest.raises(UnusableInput, match="“多.xlsx”太大：0秒还没有读完.*请删除表格下方多余的行"):
        services.ledgers.compute(stray(tmp_path / "多.xlsx", 600_000))


def test_others_go_on_meanwhile(services, tmp_path, monkeypatch):
    whole = stray(tmp_path / "多.xlsx", 60_000)
    monkeypatch.setattr(ledgers, "LARGE", 1 << 20)
    reading = threading.Thread(target=services.ledgers.compute, args=(whole,))
    reading.start()
    assert services.ledgers.compute(LEDGER).figures.org
    assert reading.is_alive()  # long after the other's
    reading.join()
