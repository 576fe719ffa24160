"""What other people wrote never runs in a spreadsheet: names and cells that begin like formulas, in each export."""

import csv
import io
import subprocess

import pytest
from openpyxl import Workbook, load_workbook

from collecting import workbook as collected
from ingest.masking import mask
from intake import writing
from office import Office
from services.trial import Trial, Tried, as_csv

TYPED = ["=1+1", "=SUM(1,1)", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", " =1+1", "　=1+1", "＝1+1", "=\n1+1", "\r=1+1"]


def of_audit(tmp_path):
    office = Office(tmp_path / "data", mask, rounds=4)
    user = office.users.local()
    for text in TYPED:
        office.audit.record(user, "upload", text, text)
        office.audit.record(text, "export", text)
    made = office.audit.as_csv(user)
    office.close()
    return made


def of_trial(tmp_path):
    return as_csv([Tried(Trial(n, text, text), None, text) for n, text in enumerate(TYPED, 1)])


@pytest.fixture(params=[of_audit, of_trial], ids=["audit", "trial"])
def exported(request, tmp_path):
    return request.param(tmp_path)


def test_no_cell_of_a_csv_begins_like_a_formula(exported):
    cells = [cell for row in csv.reader(io.StringIO(exported)) for cell in row]
    assert sum("1+1" in cell or "SUM" in cell for cell in cells) >= len(TYPED)
    for cell in cells:
        assert not cell.lstrip(" \u3000\t\r\n").startswith(("=", "+", "-", "@", "＝")), repr(cell)


def of_collection(path):
    """The same in the workbook of a county's reports: names of organs and of files, remarks."""
    book = Workbook()
    collected._list(
        book, "交报情况", ("单位", "文件"), [(text, f"{text}.docx") for text in (*TYPED, "名\x01称", "\udcb9\udcab")]
    )
    book.save(path)


def test_no_cell_of_a_countys_workbook_is_a_formula_and_no_name_breaks_it(tmp_path):
    of_collection(tmp_path / "汇总.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "汇总.xlsx")["交报情况"].iter_rows() for cell in row]
    assert len(cells) == 2 * (len(TYPED) + 3) and {cell.data_type for cell in cells} == {"s"}
    assert cells[-4].value == "名称" and cells[-2].value == "??"


def workbook(path):
    """The text as an intake writes it: headings, cells, sources that are the names of files."""
    book = Workbook(write_only=True)
    writing._fill(
        book.create_sheet("依申请公开"),
        [["=1+1", "来源"], *([text, f"{text}.xlsx"] for text in TYPED if text.isprintable())],
    )
    book.save(path)


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    workbook(tmp_path / "台账.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "台账.xlsx").active.iter_rows() for cell in row]
    assert len(cells) > 10 and {cell.data_type for cell in cells} == {"s"}


@pytest.mark.thorough
def test_a_spreadsheet_computes_nothing_of_them(exported, tmp_path, libreoffice):
    """Opened by LibreOffice, and saved again: what it took for a formula would be one."""
    (tmp_path / "导出.csv").write_text("\ufeff" + exported, encoding="utf-8")
    (tmp_path / "对照.csv").write_text("=1+1\n", encoding="utf-8")
    workbook(tmp_path / "台账.xlsx")
    of_collection(tmp_path / "汇总.xlsx")
    for name in ("导出.csv", "对照.csv", "台账.xlsx", "汇总.xlsx"):
        subprocess.run(
            [libreoffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
             "--outdir", str(tmp_path / "opened"), str(tmp_path / name)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    kinds = {
        name: {
            cell.data_type
            for row in load_workbook(tmp_path / "opened" / f"{name}.xlsx").active.iter_rows()
            for cell in row
        }
        for name in ("导出", "对照", "台账", "汇总")
    }
    assert kinds["对照"] == {"f"}
    assert all("f" not in kinds[name] for name in ("导出", "台账", "汇总"))
