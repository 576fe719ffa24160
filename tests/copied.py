"""A copy of the program in which one file may be another, and what it then does: the walks of docs/walks.md."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = (".git", ".venv", "models", "data", "docs", "bench", "__pycache__", "*.egg-info")


def program(folder: Path) -> Path:
    """The copy, in a new folder ``program`` of ``folder``."""
    return shutil.copytree(ROOT, folder / "program", ignore=shutil.ignore_patterns(*LEFT_OUT))


def told(copy: Path, module: str, folder: Path) -> dict:
    """What ``python -m module folder``, run inside the copy, prints as JSON."""
    command = [sys.executable, "-m", module, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=copy)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
