"""A wheel carries all that the program reads, and works far from the project's folder."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOT_SOURCE = ("tests", "docs", "bench", "models", "data", "build", "__pycache__", "*.egg-info", ".*")
ENTRY = "from importlib.metadata import distribution; next(iter(distribution('gongkai').entry_points)).load()()"

pytestmark = pytest.mark.thorough


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds what the wheel holds, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, because setuptools leaves its own folders where it builds.
    shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(*NOT_SOURCE))
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, folder / "source")
    (wheel,) = folder.glob("gongkai-*.whl")
    pip("install", "--no-deps", "--target", folder / "installed", wheel)
    return folder / "installed"


@pytest.fixture
def gongkai(installed, tmp_path):
    """The installed command, run in a folder elsewhere. -S: the link from the environment to this folder is not followed."""
    libraries = sysconfig.get_path("purelib")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(installed), libraries)), "GONGKAI_LLM": "none"}

    def run(*arguments):
        command = [sys.executable, "-S", "-c", ENTRY, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def data_files(folder):
    """The files that are no code, of the packages and of ``knowledge``."""
    kinds = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    homes = [home.name for home in ROOT.iterdir() if (home / "__init__.py").exists()] + ["knowledge"]
    found = {path for home in homes for path in (folder / home).rglob("*") if path.is_file()}
    return {path.relative_to(folder) for path in found if path.suffix not in (".py", ".pyc")}, kinds["*"]


def test_no_file_of_data_is_missing(installed):
    wanted, kinds = data_files(ROOT)
    assert wanted and {f"*{path.suffix}" for path in wanted} <= set(kinds)
    assert data_files(installed)[0] == wanted


def test_a_template_is_written(gongkai, tmp_path):
    gongkai("template", "台账.xlsx")
    assert (tmp_path / "台账.xlsx").stat().st_size > 5000


def test_status_tells_what_comes_with_the_program(gongkai, embedding_folder):
    status = json.loads(gongkai("status", "--json"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert status["version"] == project["version"]
    assert status["documents"]["regulation"] == len(list((ROOT / "knowledge" / "cards").glob("*.toml")))
