"""Ctrl-C in the middle of ``gongkai collect``: its processes end, nothing is half written, and the next run goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.collecting.county import finished, hand_in, tables

ROOT = Path(__file__).parents[2]
YEAR = 2025
SLOW = 4000  # paragraphs, so that a check is going on when the signal comes


@pytest.mark.skipif(os.name == "nt", reason="process groups are those of POSIX")
def test_an_interrupted_collection_ends_its_processes_and_leaves_what_was_there(tmp_path):
    text = {"problems": "\n".join(f"第{n}项解读形式不多，下一步每季度做一次图解。" for n in range(SLOW))}
    for at in range(6):
        org = f"青石县第{at}管理局"
        hand_in(tmp_path / "收到", finished(org, YEAR, tables({"granted": at + 1}), texts=text))
    out = tmp_path / "反馈"
    command = [
        sys.executable,
        str(ROOT / "app.py"),
        "collect",
        str(tmp_path / "收到"),
        "--year",
        str(YEAR),
        "--letters",
        str(out),
    ]
    environment = os.environ | {"GONGKAI_HOME": str(tmp_path / "data"), "GONGKAI_LLM": "none"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        deadline = time.monotonic() + 120
        while not _children(running.pid) and time.monotonic() < deadline:
            assert running.poll() is None, "it was over before it could be interrupted"
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it: to all of them
        told = running.communicate(timeout=120)[1].decode()
    assert running.returncode == 130 and "Traceback" not in told, told
    assert not out.exists()
    for _ in range(100):
        if not _alive(running.pid):
            break
        time.sleep(0.1)
    assert not _alive(running.pid)
    hand_over = subprocess.run([*command[:-2], "--json"], env=environment, capture_output=True, timeout=300)
    assert len(json.loads(hand_over.stdout)["organs"]) == 6


def _children(group):
    """The processes of a group beside its first."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,pgid=,stat="], capture_output=True, text=True).stdout.splitlines()
    lines = [line.split() for line in found]
    return [pid for pid, its, state in lines if its == str(group) and pid != str(group) and not state.startswith("Z")]


def _alive(group):
    return bool(_children(group))
