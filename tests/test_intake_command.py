"""gongkai intake from outside: JSON, answers, exit codes, and nothing half-written."""

import json

import pytest
from click.testing import CliRunner

import app
from services import Gongkai
from settings import load_settings
from tests.intake.files import book

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
ROWS = [
    ["a1", "2025-03-03", "公民", "同意公开", "2025-03-10"],
    ["a2", "2025-04-03", "企业", "信息不存在", "2025-04-10"],
]
REST = [
    f"{name}=没有"
    for name in (
        "信息发布",
        "行政许可",
        "行政强制",
        "行政事业性收费",
        "信息处理费",
        "复议诉讼",
        "规章",
        "行政规范性文件",
        "媒体采用",
        "听取汇报",
        "业务培训",
    )
]


@pytest.fixture
def run(tmp_path):
    services = Gongkai(load_settings(home=tmp_path / "data", llm="none"))

    def call(*arguments):
        return CliRunner().invoke(
            app.cli.commands["intake"], list(map(str, arguments)), obj=services, standalone_mode=False
        )

    yield call
    services.close()


@pytest.fixture
def register(tmp_path):
    return book(tmp_path / "登记.xlsx", {"S": [HEAD, *ROWS]})


def test_it_asks_and_claims_nothing(run, register, tmp_path):
    result = run(register, "--json", "--save", tmp_path / "台账.xlsx")
    told = json.loads(result.stdout)
    assert result.return_value == 1
    assert {"表/登记.xlsx/S", "值/依申请公开/办理结果/信息不存在"} <= {question["id"] for question in told["questions"]}
    assert all(question["proposal"] in [*question["choices"], None] for question in told["questions"])
    assert "行政处罚" in {area["name"] for area in told["missing"]}
    assert not (tmp_path / "台账.xlsx").exists()
    assert not (tmp_path / "data" / "intake_profile.toml").exists()


def test_answered_and_typed_it_writes_the_ledger_and_asks_no_more(run, register, tmp_path):
    told = json.loads(run(register, "--json", "--year", 2025).stdout)
    answers = {question["id"]: question["proposal"] for question in told["questions"]}
    answers["值/依申请公开/办理结果/信息不存在"] = "无法提供-没有现成信息需要另行制作"
    (tmp_path / "答.json").write_text(json.dumps(answers), encoding="utf-8")
    typed = [part for setting in ["单位名称=示例局", "行政处罚=10", *REST] for part in ("--set", setting)]
    done = run(
        register,
        "--year",
        2025,
        "--answers",
        tmp_path / "答.json",
        *typed,
        "--by",
        "王某",
        "--save",
        tmp_path / "台账.xlsx",
    )
    assert done.return_value == 0, done.output
    from statutory import compute

    result = compute(tmp_path / "台账.xlsx")
    assert not result.failed and not result.open_questions
    assert result.figures.table3["unavailable.needs_creation"]["total"] == 1
    assert result.figures.table2["penalties"] == 10
    assert "填报人填写（王某" in result.provenance["table2.penalties"].formula
    again = run(register, "--year", 2025, *typed, "--json")
    assert json.loads(again.stdout)["questions"] == [] and again.return_value == 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--set", "行政处罚"], "应写成 项=数"),
        (["--set", "行政处罚=十来件"], "不是数字"),
        (["--set", "行政处罚=1.5"], "不是整数"),
        (["--set", "依申请公开=3"], "要分项填写"),
        (["--set", "天气=好"], "不是可以填写的项"),
        (["--set", "行政处罚=1", "--set", "行政处罚=2"], "给了两次"),
    ],
)
def test_what_is_typed_wrongly_is_told(run, register, options, why):
    result = run(register, *options)
    assert why in str(result.exception)


def test_a_typed_figure_beside_one_of_a_file_is_asked(run, tmp_path):
    path = book(tmp_path / "执法数量.xlsx", {"执法统计": [["月份", "行政处罚"], ["1月", 3], ["2月", 4]]})
    told = json.loads(run(path, "--json", "--accept", "--set", "行政处罚=10", "--set", "单位名称=示例局").stdout)
    (question,) = told["questions"]
    assert "7" in question["text"] and "10" in question["text"] and question["proposal"] is None


def test_an_answer_that_is_no_choice_and_a_file_that_is_none(run, register, tmp_path):
    (tmp_path / "答.json").write_text(json.dumps({"表/登记.xlsx/S": "别的"}), encoding="utf-8")
    assert "不在可选的答案中" in str(run(register, "--answers", tmp_path / "答.json").exception)
    assert "找不到" in str(run(tmp_path / "没有.xlsx").exception)
