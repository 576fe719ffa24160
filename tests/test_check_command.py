"""``gongkai check``: reviewers' decisions, files that are no whole report, the law as it is known."""

import json
import re
import sys
from datetime import date

import pytest

import app
from report import docx, html
from report.folder import MARK
from services import REGISTRY
from statutory import compute
from store.cited import KnownLaw
from tests.report.finished import finished
from tests.test_app import EXAMPLES, LEDGER

EXAMPLE = EXAMPLES / "年度报告示例-2024.md"


@pytest.fixture
def check(monkeypatch, capsys):
    """Run ``check`` in this process: (exit code, what it prints, JSON where asked for; standard error)."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["gongkai", "check", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.main()
        out, err = capsys.readouterr()
        return ended.value.code, json.loads(out) if "--json" in arguments and out else out, err

    return run


@pytest.fixture(scope="module")
def report():
    return finished(compute(LEDGER))


@pytest.fixture(scope="module")
def page(report):
    return html.render(report)


@pytest.fixture
def wrong(tmp_path):
    """The example with one wrong number in table 3."""
    path = tmp_path / "报告.md"
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "本年新收政府信息公开申请数量" in line)
    lines[at] = re.sub(r"\d+( \|)$", r"999\1", lines[at])
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# --- decisions --------------------------------------------------------------------------------------


def test_looking_at_a_report_leaves_no_trace(check, tmp_path):
    assert check(EXAMPLE)[0] == 0
    assert not (tmp_path / "data").exists()


def test_a_dismissed_error_stays_dismissed_until_its_text_changes(check, wrong):
    code, found, _ = check(wrong, "--json")
    assert code == 1 and not any("decision" in finding for finding in found["findings"])
    errors = [n for n, finding in enumerate(found["findings"], start=1) if finding["severity"] == "error"]
    options = [option for number in errors for option in ("--dismiss", number)]
    assert check(wrong, *options, "--reason", "以台账为准")[0] == 0

    wrong.write_text("前面加一行。\n" + wrong.read_text(encoding="utf-8"), encoding="utf-8")
    code, found, _ = check(wrong, "--json")
    kept = [finding["decision"] for finding in found["findings"] if finding["severity"] == "error"]
    assert code == 0 and {(one["decision"], one["reason"]) for one in kept} == {("dismissed", "以台账为准")}
    assert all(one["by"] and one["at"] for one in kept)

    wrong.write_text(wrong.read_text(encoding="utf-8").replace("999 |", "998 |"), encoding="utf-8")
    code, found, _ = check(wrong, "--json")
    assert code == 1 and not any("decision" in finding for finding in found["findings"])


def test_a_confirmed_error_is_still_one_and_can_be_opened_again(check, wrong):
    code, out, _ = check(wrong, "--confirm", 1)
    assert code == 1 and "审核认定属实" in out
    assert "审核认定" not in check(wrong, "--reopen", 1)[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dismiss", 1], "--reason"),
        (["--dismiss", 99, "--reason", "无"], "第 99 条"),
        (["--dismiss", 1, "--confirm", 1, "--reason", "无"], "只能有一个"),
        (["--confirm", 1, "--by", "没有这个人"], "没有这个人"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(check, wrong, options, said):
    code, out, err = check(wrong, *options)
    assert (code, out) == (2, "") and said in err
    assert not any("decision" in finding for finding in check(wrong, "--json")[1]["findings"])


# --- files that are no whole report -----------------------------------------------------------------


def saved(tmp_path, text):
    path = tmp_path / "报告.html"
    path.write_text(text, encoding="utf-8")
    return path


def said(found, *rules):
    return [finding["message"] for finding in found["findings"] if finding["rule"] in rules]


def test_a_missing_row_is_named_and_the_rest_is_checked(check, page, tmp_path):
    row = next(row for row in re.findall(r"<tr.*?</tr>", page, re.S) if "属于行政查询事项" in row)
    code, found, _ = check(saved(tmp_path, page.replace(row, "")), "--json")
    assert code == 1 and said(found, "FORMAT-ROW") == ["表格缺少“（三）不予公开8.属于行政查询事项”一行"]
    assert found["tables"]["table3"]["granted"]["total"] is not None


def test_pictures_of_tables_are_called_so_once(check, page, tmp_path):
    text = re.sub(r"<table.*?</table>", '<p><img src="1.png"></p>', page, flags=re.S)
    code, found, _ = check(saved(tmp_path, text), "--json")
    assert code == 1 and len(said(found, "FORMAT-TABLE")) == 3 and not said(found, "READING")
    assert all("是图片" in message for message in said(found, "FORMAT-TABLE"))


def test_of_two_reports_the_first_is_checked_to_its_signature(check, page, tmp_path):
    other = page.replace("2025年", "2023年")
    inner = re.search(r"<body[^>]*>(.*)</body>", other, re.S).group(1)
    code, found, _ = check(saved(tmp_path, page.replace("</body>", f"{inner}</body>")), "--json")
    assert code == 0 and found["year"] == 2025
    assert "2份报告" in said(found, "READING")[0] and not said(found, "CLOSING")


def test_a_broken_download_says_so_first_and_is_checked_as_far_as_it_goes(check, page, tmp_path):
    cut = page[: page.index("属于四类过程性信息")]
    code, found, _ = check(saved(tmp_path, cut), "--json")
    first = found["findings"][0]
    assert code == 1 and first["rule"] == "READING" and "可能不完整" in first["message"]
    assert len(said(found, "FORMAT-ROW")) == 1  # and not one for each row that is missing
    assert found["tables"]["table3"]["granted"]["total"] is not None


def test_a_broken_word_file_and_a_report_of_another_kind_are_refused(check, report, tmp_path):
    path = tmp_path / "报告.docx"
    docx.render(report, path)
    path.write_bytes(path.read_bytes()[:9000])
    code, out, err = check(path)
    assert (code, out) == (2, "") and "报告.docx" in err
    other = tmp_path / "工作报告.md"
    other.write_text(
        "# 云溪县2024年政府工作报告\n\n各位代表：现在报告工作。\n\n一年来，生产总值增长6.1%。\n", encoding="utf-8"
    )
    code, out, err = check(other)
    assert (code, out) == (2, "") and "政府工作报告" in err


def test_what_the_reader_has_to_say_is_told(check, tmp_path):
    path = tmp_path / "报告.md"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("一、", "⼀、", 1), encoding="utf-8")
    found, told = check(path, "--json")[1], check(path)
    assert found["notes"] and all(note in told[1] + told[2] for note in found["notes"])


def test_a_report_whose_set_is_not_whole_is_told_so(check, page, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    assert "未完成" not in check(path)[2]
    (tmp_path / MARK).write_text("…", encoding="utf-8")
    assert f"“{MARK}”" in check(path)[2] and f"“{MARK}”" in check(path, "--json")[1]["notes"][0]


# --- the law ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "day", "status"),
    [
        ("环境保护法", date(2024, 1, 1), "现行有效"),
        ("中华人民共和国环境保护法", date(2027, 1, 1), "已废止"),
        ("企业事业单位环境信息公开 办法", date(2024, 1, 1), "已废止"),
        ("生态环境法典", date(2025, 12, 31), "尚未施行"),
        ("民法总则", date(2024, 1, 1), "已废止"),
        ("中华人民共和国民法总则", date(2020, 12, 31), "现行有效"),
        ("行政监察法", date(2019, 1, 1), "已废止"),
    ],
)
def test_the_registry_tells_the_status_of_a_title(title, day, status):
    assert KnownLaw(REGISTRY).validity(title, day)[0] == status


@pytest.mark.parametrize(
    ("title", "number", "day", "exists"),
    [
        ("政府信息公开条例", 56, date(2024, 1, 1), True),
        ("条例", 57, date(2024, 1, 1), False),
        ("政府信息公开条例", 39, date(2018, 12, 31), False),  # the version of 2007
        ("政府信息公开条例", 1, date(2008, 1, 1), None),  # before any version
        ("行政处罚法", 99, date(2024, 12, 31), False),
        ("处罚法", 86, date(2024, 12, 31), True),
        ("行政处罚法", 65, date(2020, 12, 31), False),  # the version of 1996 had 64
        ("固废法", 300, date(2024, 12, 31), False),
        ("安全生产法", 119, date(2024, 12, 31), True),  # of the list of national laws
        ("安全生产法", 200, date(2024, 12, 31), False),
        ("安全生产法", 114, date(2020, 12, 31), None),  # of its earlier text the list tells nothing
        ("从未见过的办法", 3, date(2024, 1, 1), None),
    ],
)
def test_whether_an_article_exists_is_known_without_a_knowledge_base(title, number, day, exists):
    assert KnownLaw(REGISTRY).article_exists(title, number, day) is exists
    assert KnownLaw(REGISTRY).validity("从未见过的办法", day) is None


def test_a_report_that_cites_an_article_too_many_is_told(check, tmp_path):
    path = tmp_path / "报告.md"
    text = EXAMPLE.read_text(encoding="utf-8")
    part = "（五）监督保障"
    assert part in text
    cited = (
        "依据《中华人民共和国政府信息公开条例》第六十八条完善指南，并依据《企业事业单位环境信息公开办法》公开环境信息。"
    )
    path.write_text(text.replace(part, f"{part}\n\n{cited}\n", 1), encoding="utf-8")
    found = check(path, "--json")[1]
    (told,) = said(found, "ARTICLE")
    assert told.startswith("《政府信息公开条例》没有第68条") and "第六十八条" in told
    assert len(said(found, "LAW")) == 1


CITED = [
    ("依据行政处罚法第九十九条作出处罚。", "ARTICLE", "《行政处罚法》没有第99条"),
    ("依据固废法第三百条督促整改。", "ARTICLE", "没有第300条"),
    ("依据《固体废物污染环境防治法》第一百二十七条处罚。", "ARTICLE", "没有第127条"),
    ("按照《排污许可管理条例》第五十二条公开许可信息。", "ARTICLE", "没有第52条"),
    ("按照《企业环境信息依法披露管理办法》第三十四条督促披露。", "ARTICLE", "没有第34条"),
    ("依据《中华人民共和国行政复议法》第九十一条办理。", "ARTICLE", "没有第91条"),
    ("依据《中华人民共和国民法总则》办理。", "LAW", "由《民法典》取代"),
    ("依据《中华人民共和国排污许可法》公开信息。", "LAW-NAME", "没有查到《中华人民共和国排污许可法》"),
    ("依据《环境保护信息公开条例》公开信息。", "LAW-NAME", "政府信息公开条例"),
    ("依据《安全生产法》第一百二十条开展检查。", "ARTICLE", "没有第120条"),
    ("依照《条例》第五十七条公开。", "ARTICLE", "没有第57条"),
    ("依据《民法典》第一千三百条处理。", "ARTICLE", "没有第1300条"),
    ("根据《档案法》第五十四条归档。", "ARTICLE", "没有第54条"),
    ("根据《国务院政府信息公开条例》编制。", "LAW-NAME", "应为《中华人民共和国政府信息公开条例》"),
    ("根据《中华人民共和国政府信息公开法》编制。", "LAW-NAME", "应为《中华人民共和国政府信息公开条例》"),
    ("依照《国家行政许可法》公开许可信息。", "LAW-NAME", "应为《中华人民共和国行政许可法》"),
    ("依据《中华人民共和国固体废物污染防治法》处罚。", "LAW-NAME", "应为《中华人民共和国固体废物污染环境防治法》"),
    ("落实《中华人民共和国政务信息公开条例》。", "LAW-NAME", "应为《中华人民共和国政府信息公开条例》"),
    ("根据《企业环境信息披露管理办法》督促披露。", "LAW-NAME", "是否应为《企业环境信息依法披露管理办法》"),
    ("根据《企业事业单位环境信息公开办法》督促公开。", "LAW", "已经废止"),
    ("依据《环境行政处罚办法》作出处罚。", "LAW", "已经废止"),
    ("依据《信访条例》办理信访事项。", "LAW", "已经废止"),
    ("依据《中华人民共和国生态环境法典》公开信息。", "LAW", "还没有施行"),
    ("根据《企业环境信息依法披露管理办法》第五十条编制本年度报告。", "ARTICLE", "没有第50条"),
    ("根据《中华人民共和国行政处罚法》第五十条的规定，编制本年度报告。", "ARTICLE-LAW", "《政府信息公开条例》第五十条"),
]


@pytest.fixture
def cited(check, tmp_path):
    """What is found in the example with a sentence put into part 一."""

    def run(sentence):
        part = "（五）监督保障"
        path = tmp_path / "报告.md"
        path.write_text(
            EXAMPLE.read_text(encoding="utf-8").replace(part, f"{part}\n\n{sentence}\n", 1), encoding="utf-8"
        )
        return check(path, "--json")[1]

    return run


@pytest.mark.parametrize(("sentence", "rule", "words"), CITED)
def test_a_citation_is_proved_from_the_command_line(cited, sentence, rule, words):
    found = cited(sentence)
    assert any(words in message for message in said(found, rule)), found["findings"]
    assert not any(sentence[:8] in one["text"] for one in found["not_judged"])


@pytest.mark.parametrize(
    "sentence",
    [
        "依据行政处罚法第八十六条作出处罚。",
        "依据固废法第一百二十六条督促整改。",
        "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条编制本年度报告。",
        "依照《安全生产法》第一百一十九条检查。",
        "组织学习《中华人民共和国生态环境法典》。",
        "依据《行政处罚法》第五十条收集证据。",
        "原《中华人民共和国治安管理处罚条例》已经废止。",
        "对照有行政处罚法第三十条所列情形的案件。",
    ],
)
def test_a_citation_that_is_right_is_passed_over(cited, sentence):
    found = cited(sentence)
    assert not said(found, "ARTICLE", "ARTICLE-LAW", "LAW", "LAW-NAME") and not found["not_judged"]


def test_what_could_not_be_judged_is_listed(cited, check, tmp_path):
    found = cited("依据《青州市生态环境保护条例》第九十条和《国家秘密定密管理暂行规定》第八十条处理。")
    assert [one["text"] for one in found["not_judged"]] == [
        "《青州市生态环境保护条例》",
        "《国家秘密定密管理暂行规定》第80条",
    ]
    assert all(one["where"] and one["reason"] for one in found["not_judged"])
    assert "没有核对的引用" in check(tmp_path / "报告.md")[1]
