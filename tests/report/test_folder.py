"""A report's folder holds the files of one report, or says that they are not all there: whoever is killed, and when."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain import UnusableInput
from report import folder as module
from report.folder import FILES, MARK, PDF, incomplete, renewed
from tests.report.killing import put

OWN = "通知.docx"  # of the office, and nobody's business
ROOT = Path(__file__).resolve().parents[2]


def shown(folder):
    """The report's files that are to be seen, each with the year of the report that it is of."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in (*FILES, PDF) if (folder / name).is_file()}


def whole(year, *names):
    return dict.fromkeys(names, year)


SETS = {"earlier": whole("2024", *FILES, PDF), "new": whole("2025", *FILES)}  # the new one has no PDF


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A kill is no power cut: what was written is there without waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def folder(tmp_path):
    """With the report of 2024 in it, and a file of the office's own."""
    made = tmp_path / "成稿"
    put(made, "2024", *FILES, PDF)
    (made / OWN).write_text("own", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def program():
    command = [sys.executable, "-m", "tests.report.killing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        yield running
        running.stdin.close()


@pytest.fixture
def killed(program):
    """Put a report in, in a program that is gone before its ``step``-th change of the folder; False if it made fewer.

    ``blocked``: the file that cannot be moved in.
    """

    def ask(step, folder, year, blocked=""):
        print(json.dumps([step, str(folder), year, blocked]), file=program.stdin, flush=True)
        return {"9": True, "0": False}[program.stdout.readline().strip()]

    return ask


def left(folder):
    return {path.name for path in folder.iterdir()} - {OWN}


def check(folder):
    """Never of two reports; all of one, or the visible file beside it."""
    seen = shown(folder)
    assert len(set(seen.values())) <= 1, seen
    assert seen in SETS.values() or (folder / MARK).exists(), seen
    assert (folder / OWN).read_text(encoding="utf-8") == "own"


def mended(folder):
    """What is there after the next build has begun, though it fails itself."""
    with pytest.raises(ZeroDivisionError), renewed(folder):
        raise ZeroDivisionError
    assert shown(folder) in SETS.values() and left(folder) == set(shown(folder))
    return shown(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("blocked", ["", "report.md", pytest.param("report.docx", marks=pytest.mark.thorough)])
def test_killed_at_any_step_and_mended_by_the_next_build(killed, tmp_path, blocked):
    steps, seen, said = 0, [], 0
    while True:
        steps += 1
        place = tmp_path / f"{steps}"
        put(place, "2024", *FILES, PDF)
        (place / OWN).write_text("own", encoding="utf-8")
        if not killed(steps, place, "2025", blocked):
            break
        check(place)
        said += (place / MARK).exists()
        seen.append(mended(place))
        put(place, "2026", *FILES)
        assert shown(place) == whole("2026", *FILES) and left(place) == set(FILES)
    assert said >= 10 and steps > 25  # it was killed in the middle, not only before and after
    assert SETS["earlier"] in seen and SETS["new"] in seen
    assert shown(place) == SETS["earlier" if blocked else "new"] and left(place) == set(shown(place))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("first", [18, *(pytest.param(step, marks=pytest.mark.thorough) for step in (12, 15, 22, 25))])
def test_killed_again_while_it_is_mended(killed, tmp_path, first):
    for step in range(1, 100):
        place = tmp_path / f"{step}"
        put(place, "2024", *FILES, PDF)
        (place / OWN).write_text("own", encoding="utf-8")
        assert killed(first, place, "2025")
        if not killed(step, place, "2025"):
            break
        check(place)
        mended(place)
    assert 30 < step < 99 and shown(place) == SETS["new"] and left(place) == set(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
@pytest.mark.parametrize("going", ["out", "in"])
def test_a_file_that_cannot_be_moved_leaves_the_earlier_report(folder, monkeypatch, name, fault, going):
    move = os.replace
    faults = [fault]

    def blocked(source, target):
        at = source if going == "out" else target
        if faults and Path(at) == folder / name:
            raise faults.pop()
        move(source, target)

    monkeypatch.setattr(os, "replace", blocked)
    with pytest.raises((UnusableInput, KeyboardInterrupt)) as raised:
        put(folder, "2025", *FILES)
    assert not faults and (shown(folder), left(folder)) == (SETS["earlier"], {*FILES, PDF})
    if raised.type is UnusableInput:
        assert str(raised.value) == f"不能写入输出文件夹 {folder}：没有写入权限"


def test_what_cannot_be_brought_back_is_said_and_mended(folder, monkeypatch):
    move = os.replace

    def blocked(source, target):  # the new report.html is opened at once, and report.md cannot come in
        taken_back = Path(source) == folder / "report.html" and Path(target).parent.name == ".build-ready"
        if taken_back or Path(target) == folder / "report.md":
            raise PermissionError(13, "Permission denied", str(source))
        move(source, target)

    with (
        monkeypatch.context() as patched,
        pytest.raises(UnusableInput, match=rf"没有写入权限（report.html）；.*{MARK}"),
    ):
        os.remove(folder / "report.html")  # else it could not be moved out either
        patched.setattr(os, "replace", blocked)
        put(folder, "2025", *FILES)
    assert (folder / MARK).exists()
    check(folder)
    assert mended(folder) == SETS["new"]


def test_two_programs_do_not_write_at_once(folder, monkeypatch):
    monkeypatch.setattr(module, "_WAIT", 0.2)
    with renewed(folder) as made:
        for name in FILES:
            (made / name).write_text("2025", encoding="utf-8")
        with pytest.raises(UnusableInput, match="另一个程序正在往文件夹"):
            put(folder, "2026", *FILES, PDF)
    assert (shown(folder), left(folder)) == (SETS["new"], set(FILES))


def test_what_is_not_the_reports_stays(folder):
    for own in (".build-tools", ".build-ready-made", "图片"):
        (folder / own).mkdir()
        (folder / own / "x").write_text("x", encoding="utf-8")
    killed = folder / ".build-q3xz81ab"  # as a build of before left it, killed while moving
    (killed / "before").mkdir(parents=True)
    (killed / "report.md").write_text("2025", encoding="utf-8")
    put(folder, "2025", *FILES)
    assert left(folder) == {*FILES, ".build-tools", ".build-ready-made", "图片"}
    assert (folder / ".build-tools" / "x").exists()


def test_a_folder_under_the_name_of_a_file_is_nobodys_to_take_away(folder):
    (folder / PDF).unlink()
    (folder / PDF / "自己的").mkdir(parents=True)
    with pytest.raises(UnusableInput, match="这是一个文件夹（report.pdf）$"):
        put(folder, "2025", *FILES)
    assert shown(folder) == dict.fromkeys(FILES, "2024") and (folder / PDF / "自己的").exists()


def test_a_file_beside_the_mark_is_told_as_incomplete(folder):
    assert incomplete(folder / "report.docx") == ""
    (folder / MARK).write_text("…", encoding="utf-8")
    assert "请重新生成" in incomplete(folder / "report.docx") and incomplete(folder / OWN) == ""
