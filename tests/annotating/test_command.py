"""``gongkai check report.docx --annotate OUT.docx``, from the command line."""

import json
import sys

import docx
import pytest

import app
from tests.annotating.word_files import faulty
from tests.test_app import EXAMPLES


@pytest.fixture
def check(monkeypatch, capsys):
    """Run ``check``: (exit code, standard output, standard error)."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["gongkai", "check", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.main()
        return ended.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "报告.docx"
    faulty(path)
    return path


def test_the_office_gets_its_file_back(check, report, tmp_path):
    before, out = report.read_bytes(), tmp_path / "批注.docx"
    code, printed, said = check(report, "--annotate", out, "--json")
    found = json.loads(printed)["findings"]
    assert code == 1 and f"批注 {len(found)} 条" in said
    assert report.read_bytes() == before
    told = list(docx.Document(str(out)).comments)
    assert len(told) == len(found) and {one.author for one in told} == {"gongkai体检"}
    assert all(any(finding["message"] in one.text for one in told) for finding in found)
    assert {"old": "布署", "new": "部署"} in [finding["mend"] for finding in found]


def test_what_a_reviewer_dismissed_is_left_out(check, report, tmp_path):
    number = next(
        at
        for at, finding in enumerate(json.loads(check(report, "--json")[1])["findings"], start=1)
        if finding["mend"] and finding["mend"]["old"] == "布署"
    )
    check(report, "--dismiss", number, "--reason", "引文如此", "--annotate", tmp_path / "批注.docx")
    assert "布署" not in "".join(one.text for one in docx.Document(str(tmp_path / "批注.docx")).comments)


@pytest.mark.parametrize(
    ("name", "out", "words"),
    [
        ("报告.docx", "报告.docx", "就是要体检的文件"),
        ("报告.docx", "已有.docx", "已经存在"),
        ("报告.docx", "批注.pdf", "扩展名应为 .docx"),
        ("报告.docx", "没有的文件夹/批注.docx", "不能写入"),
        ("报告.md", "批注.docx", "另存为 .docx"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(check, report, tmp_path, name, out, words):
    (tmp_path / "报告.md").write_bytes(next(EXAMPLES.glob("*.md")).read_bytes())
    (tmp_path / "已有.docx").write_bytes(b"own work")
    held = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    code, printed, said = check(tmp_path / name, "--annotate", tmp_path / out)
    assert (code, printed) == (2, "") and words in said and "Traceback" not in said
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == held


def test_a_file_that_only_calls_itself_docx_is_refused(check, tmp_path):
    path = tmp_path / "报告.docx"
    path.write_text("不是 Word", encoding="utf-8")
    code, _, said = check(path, "--annotate", tmp_path / "批注.docx")
    assert code == 2 and "报告.docx" in said and not (tmp_path / "批注.docx").exists()
