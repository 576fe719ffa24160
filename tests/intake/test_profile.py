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


OWN = """[[sheets]]
is = "依申请公开"
headings = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]

[sheets.columns]
"登记号" = "登记编号"
"收到日期" = "收件日期"
"申请人类型" = "申请人性质"
"办理结果" = "答复类型"
"办结日期" = "答复日期"

[values."依申请公开"."申请人类型"]
"企业" = "商业企业"
"""
TOLD = {
    "no TOML": ("[values]\nx = = 1", "第 2 行"),
    "brackets without end": (f"a = {'[' * 50_000}", "看不懂"),
    "a number without end": (f"a = {'9' * 5000}", "看不懂"),
    "another encoding": (OWN.encode("utf-16"), "UTF-8"),
    "far too much": (b"#" * 5_000_000, "5 MB"),
    "sheets that are words": ('sheets = "x"', "列表"),
    "one sheet that is none": ('sheets = ["x"]', "第 1 个 [[sheets]]"),
    "a table for the list": ('[sheets]\nis = "x"', "列表"),
    "headings that are a word": (OWN.replace('["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]', '"登记"'), "列表"),
    "headings that are numbers": (OWN.replace('"登记编号"', "1"), "headings 里有不是文字"),
    "headings in headings": (OWN.replace('"登记编号"', '["登记编号"]'), "headings 里有不是文字"),
    "no kind": (OWN.replace('is = "依申请公开"', ""), "is 应当是"),
    "a kind that is a list": (OWN.replace('is = "依申请公开"', 'is = ["x"]'), "is 应当是"),
    "a column that is a number": (OWN.replace('= "收件日期"', "= 5"), "columns 里有不是文字"),
    "a meaning that is a list": (OWN.replace('= "商业企业"', '= ["x"]'), "不是文字"),
    "values that are words": ('values = "x"', "values 应当有"),
    "values too shallow": ('[values]\n"依申请公开" = "x"', "values.依申请公开 应当有"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), TOLD.values(), ids=TOLD)
def test_a_file_that_is_no_profile_is_told_in_one_sentence(tmp_path, content, said):
    place = tmp_path / "对照.toml"
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnusableInput) as refused:
        intake.load_profile(place)
    told = str(refused.value)
    assert told.startswith("台账对照“对照.toml”") and said in told and "\n" not in told and len(told) < 120
    assert not any(word in told for word in ("object", "unhashable", "expected", "Exceeds"))


SHEET, VALUE = "表/明年.xlsx/另一张", "值/依申请公开/申请人类型/企业"
FOREIGN = {
    "a kind like a path": ('is = "依申请公开"', 'is = "../../etc/passwd"', SHEET),
    "a kind like a formula": ('is = "依申请公开"', 'is = "=1+1"', SHEET),
    "a column that there is not": ('"收到日期" =', '"../收到日期" =', SHEET),
    "a value like a formula": ("[sheets.columns]", '[sheets.constants]\n"申请人类型" = "=1+1"\n[sheets.columns]', SHEET),
    "a value of a column that there is not": ("[sheets.columns]", '[sheets.constants]\n"x" = "y"\n[sheets.columns]', SHEET),
    "a meaning like a formula": ('= "商业企业"', '= "=HYPERLINK(1)"', VALUE),
    "a meaning with a turned direction": ('= "商业企业"', '= "\u202e商业企业"', VALUE),
    "a meaning like a path": ('= "商业企业"', '= "../../商业企业"', VALUE),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "foreign", "question"), FOREIGN.values(), ids=FOREIGN)
def test_what_the_file_says_and_we_do_not_know_is_asked_again(tmp_path, ours, foreign, question):
    assert ours in OWN
    (tmp_path / "对照.toml").write_text(OWN.replace(ours, foreign), encoding="utf-8")
    assert question in asked(tmp_path, intake.load_profile(tmp_path / "对照.toml"), [HEAD, ROW])


def test_the_file_can_be_read_and_a_broken_one_is_told(tmp_path):
    kept(tmp_path, [HEAD, ROW])
    told = (tmp_path / "对照.toml").read_text(encoding="utf-8")
    assert '"企业" = "商业企业"' in told and "收件日期" in told
    (tmp_path / "对照.toml").write_text("[values", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"对照\.toml"):
        intake.load_profile(tmp_path / "对照.toml")
