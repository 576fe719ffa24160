"""``gongkai collect`` as it is run: its JSON, its exit codes, the letters and the workbook that it writes."""

import io
import json
import shutil
import zipfile
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

import app
from collecting.organs import kind_of
from ingest import read_report
from services import EXAMPLES, Gongkai
from settings import load_settings
from statutory import compute
from tests.collecting.county import FORM, ORGANS, finished, hand_in, tables

YEAR = 2025


@pytest.fixture
def folder(tmp_path):
    """Three organs: one in order, one whose table does not hold, one late; a fourth has handed in nothing."""
    wrong = tables({"granted": 3, "denied.state_secret": 2})
    wrong["table3"]["granted"]["total"] = 4
    for org, given, day in (
        (ORGANS[0], tables({"granted": 6}, licensing=40), "2026年1月9日"),
        (ORGANS[1], wrong, "2026年1月20日"),
        (ORGANS[2], tables({"granted": 1}, licensing=2), "2026年2月7日"),
    ):
        hand_in(tmp_path / "收到", finished(org, YEAR, given, day=day))
    (tmp_path / "名单.txt").write_text("\n".join(ORGANS[:4]), encoding="utf-8")
    return tmp_path


def run(folder, *options):
    services = Gongkai(load_settings(home=folder / "data"))
    call = [
        "collect",
        str(folder / "收到"),
        "--year",
        str(YEAR),
        "--organs",
        str(folder / "名单.txt"),
        *map(str, options),
    ]
    return CliRunner().invoke(app.cli.commands["collect"], call[1:], obj=services, standalone_mode=False)


def test_what_is_printed_as_json(folder):
    told = json.loads(run(folder, "--json").stdout)
    assert [one["org"] for one in told["organs"]] == list(ORGANS[:4])
    assert [one["status"] for one in told["organs"]][1] == "退回" and told["organs"][3]["status"] == "未交"
    assert [one["late"] for one in told["organs"]] == [False, False, True, None]
    assert told["contributors"]["table2.licensing"] == {ORGANS[0]: 40, ORGANS[2]: 2}
    assert told["tables"]["table2"]["licensing"] == 42
    assert told["organs"][1]["errors"][0]["law"]


def test_it_is_told_in_words_and_the_exit_code_says_what_is_open(folder):
    done = run(folder)
    assert done.return_value == 1
    assert f"未交　{ORGANS[3]}" in done.stdout and "（逾期）" in done.stdout


def test_what_cannot_be_used_is_refused(folder):
    from domain import UnusableInput

    (folder / "名单.txt").write_text("", encoding="utf-8")
    refused = run(folder)
    assert isinstance(refused.exception, UnusableInput) and "名单.txt" in str(refused.exception)
    assert not (folder / "data").exists()


def text_of(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_letters_say_what_where_and_what_to_do(folder):
    run(folder, "--letters", folder / "反馈")
    made = {path.name for path in (folder / "反馈").iterdir()}
    letters = {f"{org}-反馈单.docx" for org in ORGANS[:4]}
    assert made == letters | {"汇总.docx", f"{YEAR}年反馈单.zip"}
    with zipfile.ZipFile(folder / "反馈" / f"{YEAR}年反馈单.zip") as package:
        assert set(package.namelist()) == letters | {"汇总.docx"}
        returned = text_of(Document(io.BytesIO(package.read(f"{ORGANS[1]}-反馈单.docx"))))
    assert "予以退回" in returned.replace("现予退回", "予以退回") and "依据：" in returned and "怎样处理：" in returned
    assert "表三" in returned and f"{ORGANS[1]}：" in returned
    missing = text_of(Document(folder / "反馈" / f"{ORGANS[3]}-反馈单.docx"))
    assert "尚未收到" in missing and "2026年1月31日" in missing
    late = text_of(Document(folder / "反馈" / f"{ORGANS[2]}-反馈单.docx"))
    assert "晚于" in late


def test_the_leaders_summary_counts_and_draws(folder):
    run(folder, "--letters", folder / "反馈")
    path = folder / "反馈" / "汇总.docx"
    said = text_of(Document(path))
    assert "应报送4个单位，已报送3个，其中按期2个、逾期1个" in said and ORGANS[3] in said
    with zipfile.ZipFile(path) as package:
        charts = [name for name in package.namelist() if name.startswith("word/charts/")]
        drawn = "".join(package.read(name).decode() for name in charts)
    assert len(charts) == 2 and "<c:v>通过</c:v>" in drawn


def test_the_workbook_has_every_cell_with_who_gives_what(folder):
    run(folder, "--save", folder / "汇总.xlsx")
    book = openpyxl.load_workbook(folder / "汇总.xlsx")
    assert book.sheetnames[:2] == ["交报情况", "表二汇总"]
    rows = list(book["各单位"].iter_rows(values_only=True))
    assert rows[0] == ("项目", "合计", *ORGANS[:3])
    licensing = next(row for row in rows if row[0].startswith("表二“行政许可”"))
    assert licensing[1:] == (42, 40, 0, 2)
    assert len(rows) == len(FORM.figures()) + 1
    for row in rows[1:]:
        assert row[1] == sum(value or 0 for value in row[2:])
    drawn = [cell for row in book["表三汇总"].iter_rows(values_only=True) for cell in row]
    assert FORM.note in drawn and 11 in drawn


def test_a_workbook_under_another_suffix_is_refused(folder):
    refused = run(folder, "--save", folder / "汇总.doc")
    assert "扩展名应为 .xlsx" in str(refused.exception) and not (folder / "汇总.doc").exists()


@pytest.mark.parametrize(
    ("org", "kind"),
    [
        ("青石县财政局", "部门"),
        ("城关镇人民政府", "乡镇街道"),
        ("东关街道办事处", "乡镇街道"),
        ("青石经济开发区管理委员会", "开发区"),
        ("青石县人民医院", "其他单位"),
        ("青石县人民政府办公室", "部门"),
    ],
)
def test_kinds_of_organs(org, kind):
    assert kind_of(org) == kind


def test_letters_are_dated(folder):
    run(folder, "--letters", folder / "反馈")
    today = date.today()
    assert f"{today.year}年{today.month}月{today.day}日" in text_of(Document(folder / "反馈" / "汇总.docx"))


def test_the_own_ledger_is_added_and_the_governments_report_written(folder, filled_home):
    shutil.copytree(filled_home, folder / "data")
    ledger = sorted(EXAMPLES.glob("*2025*.xlsx"))[0]
    own = compute(ledger).figures
    done = run(folder, "--own", ledger, "--report", folder / "政府.docx", "--json")
    told = json.loads(done.stdout)
    assert told["contributors"]["table2.licensing"][own.org] == own.table2["licensing"]
    written = read_report(folder / "政府.docx")
    assert (
        written.org.startswith("青石县人民政府")
        and written.tables["table2"]["licensing"] == 42 + own.table2["licensing"]
    )
    assert any("草稿" in paragraph.text for paragraph in Document(folder / "政府.docx").paragraphs)  # one is missing
    refused = run(folder, "--report", folder / "政府.txt")
    assert "扩展名应为 .docx" in str(refused.exception) and not (folder / "政府.txt").exists()


def test_what_does_not_add_up_is_said(folder):
    for org in ORGANS[:2]:
        given = tables({"unavailable.not_held": 2}, documents={"in_force": 4, "issued": 0, "repealed": 0})
        hand_in(folder / "收到", finished(org, YEAR, given))
    told = json.loads(run(folder, "--json").stdout)
    assert told["tables"]["table2"]["normative_documents"]["in_force"] == 8
    assert any("现行有效" in note and "同一件只计一次" in note for note in told["notes"])
    assert any("不掌握" in note and "计了两次" in note for note in told["notes"])
