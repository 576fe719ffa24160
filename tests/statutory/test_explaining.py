"""Every figure leads back to its rows, and no personal data comes along."""

from pathlib import Path

import pytest

from domain import UnusableInput
from ingest.masking import mask
from statutory import compute, explain
from tests.statutory.ledger_samples import HEADINGS, application, minimal, posted, row, save, save_csv

EXAMPLE = Path(__file__).parent.parent.parent / "knowledge" / "examples" / "台账示例-2025.xlsx"


@pytest.fixture(scope="module")
def example():
    return compute(EXAMPLE)


def test_every_figure_has_its_provenance(example):
    figures = example.figures.flat()
    assert set(figures) == set(example.provenance)
    assert all(trace.formula and trace.sheet for trace in example.provenance.values())
    assert all(fact.provenance.formula and fact.provenance.sheet for fact in example.derived)
    for key, value in figures.items():
        if example.provenance[key].sheet != "汇总数据":
            assert len(example.provenance[key].rows) == value, key


@pytest.mark.parametrize(
    "key",
    [
        "table3.granted.natural_person",
        "table3.total_processed.total",
        "table2.licensing",
        "table2.fees_wan_yuan",
        "table4.review.total",
        "facts.published_total",
        "facts.trainings",
        "derived.months_without_publication",
        "derived.longest_answer_days",
        "table3.denied.state_secret.total",
    ],
)
def test_the_rows_behind_a_figure(example, key):
    shown = explain(EXAMPLE, example, key, mask)
    assert tuple(row.row for row in shown.rows) == shown.provenance.rows
    assert set(shown.as_json()) == {"key", "value", "formula", "sheet", "rows"}
    assert all(row.cells for row in shown.rows)


@pytest.fixture
def office(tmp_path):
    """A ledger with persons in places where they should and where they should not be."""
    sheets = minimal()
    sheets["依申请公开"][0] += ["身份证号", "备注", "答复方式", ""]
    entry = application(
        "2025-03-03",
        "2025-03-20",
        "予以公开",
        登记号="2025-001 王小明",
        申请人="王小明",
        联系电话=13800001111.0,
        申请内容="某某企业的排污许可",
    )
    sheets["依申请公开"].append(entry + ["530102199001011234", "王小明来电催办", "邮寄 13800001111", "李四"])
    sheets["信息发布"][0].append("经办人")
    sheets["信息发布"].append(
        posted("2025-05-01", 信息标题="公示，联系电话0878-6123456，身份证530102199001011234") + ["赵六"]
    )
    return save(sheets, tmp_path / "台账.xlsx")


def test_personal_data_is_masked(office):
    result = compute(office)
    (applicant,) = explain(office, result, "table3.granted.natural_person", mask).rows
    (item,) = explain(office, result, "facts.published_total", mask).rows
    shown = str(applicant.cells) + str(item.cells)
    for personal in ("王小明", "13800001111", "530102199001011234", "6123456", "排污许可", "李四", "赵六"):
        assert personal not in shown
    assert applicant.cells["申请人类型"] == "自然人" and applicant.cells["办结日期"] == "2025-03-20"
    assert applicant.cells["申请人"] == applicant.cells["联系电话"] == "***"
    assert item.cells["发布日期"] == "2025-05-01" and item.cells["信息标题"].startswith("公示，联系电话")


def test_unknown_keys_name_close_ones(example):
    with pytest.raises(UnusableInput, match="table3.granted.natural_person"):
        explain(EXAMPLE, example, "table3.granted.natural_persn", mask)
    with pytest.raises(UnusableInput, match="没有名为“别的”的数字"):
        explain(EXAMPLE, example, "别的", mask)


def test_rows_of_several_files_keep_their_file(tmp_path):
    folder = save_csv(minimal(), tmp_path / "台账", "utf-8")
    (folder / "信息发布.csv").unlink()
    for name, day in (("上半年", "2025-02-01"), ("下半年", "2025-08-01")):
        save({"信息发布": [HEADINGS["信息发布"], posted(day, 信息标题="乙")]}, folder / f"{name}.xlsx")
    result = compute(folder)
    shown = explain(folder, result, "facts.published_total", mask)
    assert [(row.sheet, row.row) for row in shown.rows] == [("上半年.xlsx/信息发布", 2), ("下半年.xlsx/信息发布", 2)]
    assert result.provenance["facts.published_total"].as_json()["parts"] == [
        "上半年.xlsx/信息发布",
        "下半年.xlsx/信息发布",
    ]


def test_a_title_above_the_headings_and_a_serial_date(tmp_path):
    sheets = minimal()
    sheets["工作记录"] = [["工作记录表"], [], *sheets["工作记录"], row("工作记录", 日期=45722, 类型="业务培训")]
    path = save(sheets, tmp_path / "台账.xlsx")
    (training,) = explain(path, compute(path), "facts.trainings", mask).rows
    assert training.row == 4 and training.cells["日期"] == "2025-03-06" and training.cells["类型"] == "业务培训"
