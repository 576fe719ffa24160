"""What was confirmed once is kept: nothing is asked again, and a new heading or word asks only about itself."""

import pytest

import intake
from domain import UnusableInput
from tests.intake.files import book
from tests.statutory.ledger_samples import YEAR

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
ROW = ["a1", "2025-03-03", "企业", "信息不存在", "2025-03-10"]


def kept(tmp_path, rows):
    found = intake.propose(intake.read_sources([book(tmp_path / "今年.xlsx", {"S": rows})]), accept=True, year=YEAR)
    intake.save_profile(found.profile, tmp_path / "对照.toml")
    return intake.load_profile(tmp_path / "对照.toml")


def asked(tmp_path, profile, rows):
    sources = intake.read_sources([book(tmp_path / "明年.xlsx", {"另一张": rows})])
    return [question.id for question in intake.propose(sources, {}, profile, year=YEAR).questions]


@pytest.mark.parametrize(
    ("rows", "questions"),
    [
        ([HEAD, ROW], []),
        ([["标题"], HEAD, [*ROW[:3], "没见过的说法", ROW[4]]], ["值/依申请公开/办理结果/没见过的说法"]),
        ([[*HEAD, "延期至"], [*ROW, ""]], ["列/明年.xlsx/另一张/延期至"]),
        ([[*HEAD, "经办人"], [*ROW, "某"]], []),
        (
            [["登记编号", "来信日期", "申请人性质", "答复类型", "答复日期"], ROW],
            ["表/明年.xlsx/另一张", "列/明年.xlsx/另一张/收到日期"],
        ),
    ],
)
def test_only_what_is_new_is_asked(tmp_path, rows, questions):
    assert asked(tmp_path, kept(tmp_path, [HEAD, ROW]), rows) == questions


def test_the_file_can_be_read_and_a_broken_one_is_told(tmp_path):
    kept(tmp_path, [HEAD, ROW])
    told = (tmp_path / "对照.toml").read_text(encoding="utf-8")
    assert '"企业" = "商业企业"' in told and "收件日期" in told
    (tmp_path / "对照.toml").write_text("[values", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"对照\.toml"):
        intake.load_profile(tmp_path / "对照.toml")
