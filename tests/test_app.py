"""The command line as others call it: exit codes, JSON shapes, one Chinese sentence for bad input."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "knowledge" / "examples"
LEDGER = EXAMPLES / "台账示例-2025.xlsx"
HIT_KEYS = {
    "kind",
    "title",
    "article",
    "article_no",
    "text",
    "verbatim",
    "status",
    "effective_from",
    "effective_to",
    "replaced_by",
    "source",
    "score",
}


@pytest.fixture
def process(tmp_path):
    """Run a command as a process of its own; gives (exit code, standard output, standard error)."""

    def run(*arguments, llm="none", **settings):
        home = tmp_path.parent / f"{tmp_path.name}-home"
        environment = os.environ | {"GONGKAI_HOME": str(home), "GONGKAI_LLM": llm, "PYTHONUTF8": "1"} | settings
        done = subprocess.run(
            [sys.executable, ROOT / "app.py", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=300,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def gongkai(filled_home, monkeypatch, capsys):
    """The same within this process, over the built-in knowledge: torch is imported once, not each time."""

    def run(*arguments, llm="none", **settings):
        for name, value in ({"GONGKAI_HOME": str(filled_home), "GONGKAI_LLM": llm} | settings).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def sentence(stderr):
    """The last line of standard error, checked to be one plain Chinese sentence."""
    assert "Traceback" not in stderr
    last = stderr.strip().splitlines()[-1]
    assert any("\u4e00" <= char <= "\u9fff" for char in last)
    return last


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["tables", "没有这个文件.xlsx"], "没有这个文件.xlsx"),
        (["tables", "x.xlsx", "--jsno"], "--jsno"),
        (["frobnicate"], "frobnicate"),
        (["ask"], "TEXT"),
        (["draft", "problems"], "--ledger"),
        (["draft", "序言", "--ledger", str(LEDGER)], "序言"),
        (["search", "公开", "--as-of", "2023-02-30"], "2023-02-30"),
        (["search", "公开", "-k", "0"], "-k"),
        (["check", str(ROOT / "app.py")], "app.py"),
        (["check", "没有.docx"], "没有.docx"),
        (["ingest", "没有文件夹"], "没有文件夹"),
        (["build", "没有.xlsx", "--out", "成稿"], "没有.xlsx"),
        (["--port", "99999"], "65535"),
        (["ask", "年报", "什么时候公布"], "什么时候公布"),
        (["search", "公开", "--kind", "foo"], "可选：regulation、report"),
    ],
)
def test_unusable_input_ends_with_2_and_one_sentence(process, tmp_path, arguments, named, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = process(*arguments)
    assert (code, out) == (2, "")
    assert named in sentence(err)
    assert list(tmp_path.iterdir()) == []


def test_tables_give_figures_checks_and_provenance(process):
    code, out, _err = process("tables", LEDGER, "--json")
    result = json.loads(out)
    assert code == 0 and result["year"] == 2025
    assert {check["status"] for check in result["checks"]} <= {"pass", "fail", "uncertain", "not_applicable"}
    assert set(result["provenance"]["table3.granted.natural_person"]) == {"formula", "sheet", "rows"}


def test_tables_equal_the_expected_figures(process, shared):
    code, out, _ = process("tables", shared / "ledgers" / "lufeng-2023.xlsx", "--json")
    expected = json.loads((shared / "ledgers" / "lufeng-2023.expected.json").read_text(encoding="utf-8"))
    result = json.loads(out)
    assert code == 0 and {key: result[key] for key in expected} == expected


@pytest.mark.slow
@pytest.mark.embedding
def test_a_ledger_that_does_not_add_up_ends_with_1(gongkai, tmp_path):
    from openpyxl import load_workbook

    workbook = load_workbook(LEDGER)
    sheet = workbook["信息发布"]
    total = next(row for row in sheet.iter_rows() if any(str(c.value).replace(" ", "") == "合计" for c in row))
    cell = next(c for c in total if isinstance(c.value, int))
    cell.value += 1
    broken = tmp_path / "对不上.xlsx"
    workbook.save(broken)
    assert gongkai("tables", broken, "--json")[0] == 1
    code, out, _ = gongkai("build", broken, "--out", tmp_path / "成稿", "--json")
    assert code == 1 and "草稿" in json.loads(out)["draft_mark"]


def test_every_problem_of_a_ledger_is_printed(process, tmp_path):
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "信息发布.csv").write_text("发布日期,信息类别\n2025-02-30,\n", encoding="utf-8")
    (folder / "工作记录.csv").write_text("日期,类型\n某日,业务培训\n", encoding="utf-8")
    code, out, err = process("tables", folder, "--json")
    lines = err.strip().splitlines()
    assert (code, out) == (2, "") and lines[0].startswith("台账：缺少工作表") and "另有" in lines[0]
    assert any(line.startswith("信息发布.csv 工作表“信息发布”第2行：“发布日期”") for line in lines[1:])
    assert any(line.startswith("工作记录.csv 工作表“工作记录”第2行：“日期”") for line in lines[1:])


def test_template_is_written_once(process, tmp_path):
    path = tmp_path / "台账.xlsx"
    assert process("template", path)[0] == 0
    before = path.read_bytes()
    code, _, err = process("template", path)
    assert code == 2 and "台账.xlsx" in sentence(err) and path.read_bytes() == before


@pytest.mark.embedding
def test_build_then_check_finds_nothing_wrong(gongkai, tmp_path):
    code, out, _ = gongkai("build", LEDGER, "--out", tmp_path / "成稿", "--json")
    assert code == 0
    written = {Path(name).name for name in json.loads(out)["files"]}  # report.pdf where LibreOffice is
    assert written - {"report.pdf"} == {"report.docx", "report.html", "report.md", "figures.json"}
    for name in ("report.docx", "report.html", "report.md"):
        code, out, _ = gongkai("check", tmp_path / "成稿" / name, "--ledger", LEDGER, "--json")
        checked = json.loads(out)
        errors = [finding for finding in checked["findings"] if finding["severity"] == "error"]
        assert (code, errors) == (0, []), name
        figures = json.loads((tmp_path / "成稿" / "figures.json").read_text(encoding="utf-8"))
        assert checked["tables"]["table3"] == figures["table3"]


@pytest.mark.embedding
@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"table3": {}}',
        '{"table2": 3, "table3": {}, "table4": {}}',
        '{"table2": {"regulations": "x"}, "table3": {}, "table4": {}}',
    ],
)
def test_a_file_that_is_no_figures_json_is_named(gongkai, tmp_path, text):
    previous = tmp_path / "上年.json"
    previous.write_text(text, encoding="utf-8")
    report = EXAMPLES / "年度报告示例-2024.md"
    code, out, err = gongkai("check", report, "--previous", previous)
    assert (code, out) == (2, "") and "上年.json" in sentence(err)


@pytest.mark.embedding
@pytest.mark.thorough
@pytest.mark.parametrize("filled", [True, False])
def test_one_unusable_file_does_not_stop_the_others(gongkai, tmp_path, filled_home, filled):
    files, home = tmp_path / "files", tmp_path / "home"
    files.mkdir()
    if filled:  # else the built-in knowledge is taken in first
        shutil.copytree(filled_home, home)
    (files / "1.txt").write_text("某局2024年政府信息公开工作年度报告\n", encoding="utf-8")
    (files / "2.txt").write_text(
        "云山暂行办法\n第一条 为了试验，制定本办法。\n第二条 本办法自公布之日起施行。\n", encoding="utf-8"
    )
    code, out, _ = gongkai("ingest", files, "--json", GONGKAI_HOME=str(home))
    assert code == 0
    assert [outcome["status"] for outcome in json.loads(out)] == ["rejected", "added"]


@pytest.mark.embedding
def test_applicants_appear_nowhere(gongkai, tmp_path):
    from openpyxl import load_workbook

    rows = list(load_workbook(LEDGER)["依申请公开"].iter_rows(values_only=True))
    heading = next(row for row in rows if row and "申请人" in row)
    columns = [heading.index(name) for name in ("申请人", "联系电话")]
    private = {str(row[place]).strip() for row in rows[rows.index(heading) + 1 :] for place in columns if row[place]}
    assert len(private) > 10
    _, computed, warned = gongkai("tables", LEDGER, "--json")
    _, drafted, noted = gongkai("draft", "applications", "--ledger", LEDGER, "--json")
    gongkai("build", LEDGER, "--out", tmp_path / "成稿")
    written = [(tmp_path / "成稿" / name).read_text(encoding="utf-8") for name in ("report.md", "figures.json")]
    for text in (computed, warned, drafted, noted, *written):
        assert not [name for name in private if name in text]


@pytest.mark.embedding
def test_ask_without_a_model_lists_the_governing_articles(gongkai):
    code, out, _ = gongkai("ask", "哪些条款管企业环境信息披露？", "--json")
    answer = json.loads(out)
    assert (code, answer["mode"], answer["refused"]) == (0, "extractive", False)
    cited = {(c["title"], c["article_no"]) for c in answer["citations"]}
    assert {("企业环境信息依法披露管理办法", 9), ("企业环境信息依法披露管理办法", 12)} <= cited
    for citation in answer["citations"]:
        assert HIT_KEYS | {"marker"} <= set(citation)
        assert f"[{citation['marker']}]" in answer["answer"]


@pytest.mark.embedding
def test_a_model_that_is_down_falls_back_with_a_note(gongkai):
    code, out, _ = gongkai("ask", "部门的年报什么时候公布？", "--json", llm="http://127.0.0.1:9/v1")
    answer = json.loads(out)
    assert (code, answer["mode"]) == (0, "extractive")
    assert any("127.0.0.1:9" in note for note in answer["notes"])


@pytest.mark.embedding
def test_an_off_topic_question_is_refused(gongkai):
    _, out, _ = gongkai("ask", "红烧肉怎么做才好吃？", "--json")
    answer = json.loads(out)
    assert answer["refused"] and answer["citations"] == []


@pytest.mark.embedding
def test_a_file_of_questions_is_answered_line_by_line_and_a_broken_line_is_told(gongkai, tmp_path):
    file = tmp_path / "问题.jsonl"
    lines = [
        '{"id": "甲", "q": "部门的年报什么时候公布？"}',
        "{坏",
        f'{{"q": "{"长" * 20_000}"}}',
        '{"id": 7, "q": "红烧肉怎么做？"}',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = gongkai("ask", "--file", file, "--json")
    first, last = map(json.loads, out.splitlines())
    assert code == 1
    assert first["id"] == "甲" and first["citations"] and last["id"] == 7 and last["refused"]
    assert "问题.jsonl 第 2 行" in err and "问题.jsonl 第 3 行" in err and "Traceback" not in err
    file.write_text(lines[0], encoding="utf-8")
    code, out, _ = gongkai("ask", "--file", file)
    assert code == 0 and "甲. 部门的年报什么时候公布？" in out
    assert gongkai("ask", "年报", "--file", file)[0] == 2


def test_search_gives_hits_of_the_agreed_shape(gongkai):
    code, out, _ = gongkai("search", "政府信息公开条例第五十条", "-k", "3", "--json")
    hits = json.loads(out)
    assert code == 0 and 0 < len(hits) <= 3
    assert set(hits[0]) >= HIT_KEYS
    assert (hits[0]["title"], hits[0]["article_no"], hits[0]["article"]) == ("政府信息公开条例", 50, "第五十条")


@pytest.mark.slow
@pytest.mark.embedding
def test_ingest_takes_texts_and_reports_and_repeats_nothing(gongkai, shared, tmp_path, filled_home):
    folder = [shared / "reports" / "lufeng-2023.txt", shared / "regulations" / "政府信息公开条例(2019-04-03).md"]
    bad = tmp_path / "空.txt"
    bad.write_bytes(b"")
    fresh = {"GONGKAI_HOME": str(shutil.copytree(filled_home, tmp_path / "home"))}
    code, out, _ = gongkai("ingest", *folder, bad, "--json", **fresh)
    statuses = {Path(o["path"]).name: o["status"] for o in json.loads(out)}
    assert code == 0 and set(statuses.values()) == {"added", "replaced", "rejected"}
    assert statuses["空.txt"] == "rejected"
    code, out, _ = gongkai("ingest", *folder, "--json", **fresh)
    assert {o["status"] for o in json.loads(out)} == {"unchanged"}
    _, out, _ = gongkai("search", "政府信息公开条例第五十条", "--json", **fresh)
    assert json.loads(out)[0]["verbatim"] is True


@pytest.mark.embedding
def test_ingest_refuses_a_damaged_regulation_and_keeps_it_beside_when_told_to(gongkai, tmp_path, filled_home):
    articles = [f"第{number}条　管井人每日查看井台，这是第{number}项。" for number in "一二三四五六七八"]
    path, home = tmp_path / "井水办法.txt", {"GONGKAI_HOME": str(shutil.copytree(filled_home, tmp_path / "home"))}

    def taken(kept, *options):
        path.write_text(
            "\n".join(["云岫县井水管理办法", "（2023年5月1日公布，自2023年6月1日起施行）", *kept]), encoding="utf-8"
        )
        return gongkai("ingest", path, *options, **home)

    assert taken(articles)[0] == 0
    code, out, err = taken(articles[:2] + articles[5:6])
    assert (
        code == 2 and "缺少第三条至第五条、第七条、第八条，共5条" in sentence(err) and "井水办法.txt" in sentence(err)
    )
    code, out, _ = taken(articles[:2] + articles[5:6], "--beside", "--json")
    assert code == 0 and [(o["status"], o["passages"]) for o in json.loads(out)] == [("added", 3)]
    assert "另有并存的缺条文本 1 份" in gongkai("status", **home)[1]
    _, out, _ = gongkai("search", "云岫县井水管理办法第八条", "--json", **home)
    assert json.loads(out)[0]["article"] == "第八条"


@pytest.mark.embedding
@pytest.mark.parametrize(
    "section", ["overview", "disclosure", "applications", "platform", "organisation", "problems", "other"]
)
def test_every_section_can_be_drafted_without_a_model(gongkai, section):
    code, out, _ = gongkai("draft", section, "--ledger", LEDGER, "--json")
    draft = json.loads(out)
    assert code == 0 and draft["section"] == section and len(draft["text"]) > 20
    for figure in draft["figures"]:
        assert set(figure) == {"key", "phrase", "value", "unit", "source"}
        assert figure["phrase"] in draft["text"]


@pytest.mark.embedding
def test_status_counts_what_is_loaded(gongkai):
    code, out, _ = gongkai("status", "--json")
    status = json.loads(out)
    assert code == 0 and status["documents"]["regulation"] >= 4 and status["passages"] > 100


@pytest.mark.model
@pytest.mark.embedding
def test_ask_with_the_local_model(gongkai):
    code, out, _ = gongkai("ask", "哪些条款管企业环境信息披露？", "--json", llm="local")
    answer = json.loads(out)
    assert (code, answer["mode"], answer["refused"]) == (0, "extractive", False)  # a small model words no law
    cited = {c["article_no"] for c in answer["citations"] if c["title"] == "企业环境信息依法披露管理办法"}
    assert {9, 12} <= cited


@pytest.mark.model
@pytest.mark.embedding
def test_draft_with_the_local_model_holds_no_number_of_its_own(gongkai):
    from gates.numbers import find_numerals

    code, out, _ = gongkai("draft", "problems", "--ledger", LEDGER, "--json", llm="local")
    draft = json.loads(out)
    text = draft["text"]
    for figure in draft["figures"]:
        text = text.replace(figure["phrase"], "")
    for citation in draft["citations"]:
        text = text.replace(citation["article"], "")
    assert code == 0 and find_numerals(text, list_marks=True) == []
