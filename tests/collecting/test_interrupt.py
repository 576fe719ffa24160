"""Ctrl-C in the middle of ``gongkai collect``: its processes end, nothing is half written, and the next run goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.collecting.county import finished, hand_in, tables
from tests.waiting import until

ROOT = Path(__file__).parents[2]
YEAR = 2025
ORGANS = 6
SLOW = 4000  # paragraphs, so that a check is going on when the signal comes

# What has begun when the signal comes: any process; one that reads and checks; one that has been at a check for a while.
MOMENTS = {
    "as processes begin": lambda group: _processes(group),
    "as work begins": lambda group: [each for each in _processes(group) if each.works],
    "in a check": lambda group: [each for each in _processes(group) if each.works and each.seconds],
}


@pytest.mark.skipif(os.name == "nt", reason="process groups are those of POSIX")
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupted_collection_ends_its_processes_and_leaves_what_was_there(tmp_path, moment):
    text = {"problems": "\n".join(f"第{n}项解读形式不多，下一步每季度做一次图解。" for n in range(SLOW))}
    for at in range(ORGANS):
        org = f"青石县第{at}管理局"
        hand_in(tmp_path / "收到", finished(org, YEAR, tables({"granted": at + 1}), texts=text))
    out = tmp_path / "反馈"
    command = [sys.executable, ROOT / "app.py", "collect", tmp_path / "收到", "--year", str(YEAR)]
    environment = os.environ | {"GONGKAI_HOME": str(tmp_path / "data"), "GONGKAI_LLM": "none"}
    with subprocess.Popen(
        [*command, "--letters", out],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        until(lambda: MOMENTS[moment](running.pid) or running.poll() is not None)
        assert running.poll() is None, "it was over before it could be interrupted"
        os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it: to all of them
        told = running.communicate(timeout=120)[1].decode()
    assert running.returncode == 2 and "已停止" in told and "Traceback" not in told, told
    assert not out.exists()
    until(lambda: not _processes(running.pid))
    hand_over = subprocess.run([*command, "--json"], env=environment, capture_output=True, timeout=300)
    assert len(json.loads(hand_over.stdout)["organs"]) == ORGANS


class Process(NamedTuple):
    """A process beside the first of its group; ``works`` where it was not started by the first itself; processor time in s."""

    works: bool
    seconds: int


def _processes(group):
    command = ["ps", "-e", "-o", "pgid=,pid=,ppid=,cputimes=,stat="]
    lines = map(str.split, subprocess.run(command, capture_output=True, text=True).stdout.splitlines())
    return [
        Process(parent != str(group), int(seconds))
        for its, pid, parent, seconds, state in lines
        if its == str(group) != pid and not state.startswith("Z")
    ]
