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
    ],
)
def test_the_registry_tells_the_status_of_a_title(title, day, status):
    assert KnownLaw(REGISTRY).validity(title, day)[0] == status


@pytest.mark.parametrize(
    ("title", "number", "day", "exists"),
    [
        ("政府信息公开条例", 56, date(2024, 1, 1), True),
        ("条例", 57, date(2024, 1, 1), False),
        ("政府信息公开条例", 57, date(2018, 1, 1), None),  # the card is of the version of 2019
        ("从未见过的办法", 3, date(2024, 1, 1), None),
    ],
)
def test_the_cards_tell_whether_an_article_exists(title, number, day, exists):
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
    assert said(found, "ARTICLE") == ["《政府信息公开条例》没有第68条"]
    assert len(said(found, "LAW")) == 1
