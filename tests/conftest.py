"""The same surroundings for every test: no network, no settings of the user's, a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

import bootstrap
import settings
from weights import locate

ROOT = Path(__file__).parent.parent
# Set by ./test --all: what is missing then is a failure, not a reason to skip.
EVERYTHING = bool(os.environ.get("GONGKAI_TEST_ALL"))
WEIGHTS = locate.default_folder().absolute()

# How long one example takes says more of the machine than of the code. Each run looks for new examples,
# but for ./test --all: whether a change lands must not depend on the draw.
hypothesis.settings.register_profile("gongkai", deadline=None, derandomize=EVERYTHING)
hypothesis.settings.load_profile("gongkai")
os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the library is imported
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def absent(reason):
    """Skip the test, or fail it where everything was asked for."""
    (pytest.fail if EVERYTHING else pytest.skip)(reason)


@pytest.fixture(autouse=True)
def isolated(tmp_path, monkeypatch):
    """None of the user's settings, and a data folder that goes away with the test."""
    for name in list(os.environ):
        if name.startswith("GONGKAI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GONGKAI_WEIGHTS", str(WEIGHTS))
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(settings, "ROOT", tmp_path / "no-settings-file-here")


@pytest.fixture(scope="session")
def shared():
    """The folder of official texts, ledgers and reports that lies beside the project for its developers."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: official texts are not part of the repository")
    return folder


@pytest.fixture(scope="session")
def weights_folder():
    """Where ./run and ./test put the weights."""
    return WEIGHTS


@pytest.fixture(scope="session")
def embedding_folder():
    """The sentence-transformers folder of the embedded default."""
    return locate.embedding(WEIGHTS) or absent("no embedding weights; ./test fetches them")


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory, embedding_folder):
    """A data folder with the built-in knowledge in it, filled once for all who only look things up."""
    run = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        run = run.parent  # of this run, for all its processes
    home, filled = run / "filled-home", run / "filled-home.done"
    environment = os.environ | {"GONGKAI_HOME": str(home), "GONGKAI_WEIGHTS": str(WEIGHTS), "GONGKAI_LLM": "none"}
    with FileLock(run / "filled-home.lock"):
        if not filled.exists():
            subprocess.run(
                [sys.executable, ROOT / "app.py", "status"], env=environment, check=True, capture_output=True
            )
            filled.touch()
    return home


@pytest.fixture(scope="session")
def local_model_path():
    """The chat model that ./run fetches."""
    return locate.chat_model(WEIGHTS) or absent("no chat model; ./test --all fetches it")


@pytest.fixture(scope="session")
def small_model_path():
    """A chat model too weak to draft, and quick enough for tests of everything but its wits."""
    return locate.small_model(WEIGHTS) or absent("no small chat model; ./test --all fetches it")


@pytest.fixture(scope="session")
def browser_path():
    """A Chromium, Chrome or Edge of this machine."""
    return bootstrap.find_browser() or absent("no Chromium, Chrome or Edge; ./test --all installs one")
