"""The same surroundings for every test: no network, no settings of the user's, a data folder of its own."""

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

import bootstrap
import settings
from ingest.word_files import soffice
from weights import locate

ROOT = Path(__file__).parent.parent
# Set by ./test --all: what is missing then is a failure, not a reason to skip.
EVERYTHING = bool(os.environ.get("GONGKAI_TEST_ALL"))
WITHOUT_SHARED = bool(os.environ.get("GONGKAI_TEST_WITHOUT_SHARED"))
WEIGHTS = locate.default_folder().absolute()
_HOMES = itertools.count()
LONG = frozenset(tomllib.loads((ROOT / "tests" / "long.toml").read_text(encoding="utf-8"))["names"])

# How long one example takes says more of the machine than of the code. Each run looks for new examples,
# but for ./test --all: whether a change lands must not depend on the draw.
hypothesis.settings.register_profile("gongkai", deadline=None, derandomize=EVERYTHING)
hypothesis.settings.load_profile("gongkai")
os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the library is imported
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What tests/long.toml names, and what needs a fixture that it names, is ``long``."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs.items()
        needed = {f"{made[-1].baseid}::{name}" for name, made in fixtures}
        if item.nodeid.partition("[")[0] in LONG or not LONG.isdisjoint(needed):
            item.add_marker("long")


def absent(reason, expected=EVERYTHING):
    """Skip the test, or fail it where what is missing was ``expected``."""
    (pytest.fail if expected else pytest.skip)(reason)


def examples(whole):
    """How many examples of a property to try: all of them under ./test --all, else a quarter."""
    return whole if EVERYTHING else max(6, whole // 4)


@pytest.fixture(autouse=True)
def isolated(request, tmp_path_factory, monkeypatch):
    """None of the user's settings, and a data folder of its own: ``tmp_path / "data"`` where the test has a ``tmp_path``.

    Most tests keep nothing: a folder for each of ten thousand takes longer than the tests themselves.
    """
    base = tmp_path_factory.getbasetemp()
    own = "tmp_path" in request.fixturenames
    home = request.getfixturevalue("tmp_path") / "data" if own else base / f"home-{next(_HOMES)}"
    for name in list(os.environ):
        if name.startswith("GONGKAI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GONGKAI_WEIGHTS", str(WEIGHTS))
    monkeypatch.setenv("GONGKAI_HOME", str(home))
    monkeypatch.setattr(settings, "ROOT", base / "no-settings-file-here")


def shared_folder():
    """The folder of official texts, ledgers and reports that lies beside the project for its developers."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        absent(
            f"no folder {folder}: official texts are not part of the repository; ./test --all --without-shared",
            expected=EVERYTHING and not WITHOUT_SHARED,
        )
    return folder


@pytest.fixture(scope="session")
def shared():
    """See ``shared_folder``."""
    return shared_folder()


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server that lasts as long as the tests and keeps nothing."""
    from tests import servers

    programs = servers.postgresql_programs() or absent("no PostgreSQL server; ./test --all installs one")
    with servers.postgresql(programs, *servers.CARELESS) as server:
        yield server


@pytest.fixture(scope="session")
def weights_folder():
    """Where ./run and ./test put the weights."""
    return WEIGHTS


@pytest.fixture(scope="session")
def embedding_folder():
    """The sentence-transformers folder of the embedded default."""
    return locate.embedding(WEIGHTS) or absent("no embedding weights; ./test fetches them")


@pytest.fixture(scope="session")
def built_in_embedder(embedding_folder):
    """The embedded default, loaded once."""
    from store import load_embedder

    return load_embedder(str(embedding_folder))


# What decides the content of a filled data folder, beside the weights.
FILLS = (
    "domain",
    "forms.py",
    "services/opening.py",
    "office/schema.py",
    "office/migrations",
    "ingest",
    "store",
    "knowledge",
    "weights",
)


def fill_home(home, run, embedding_folder):
    """Make ``home`` a data folder with the built-in knowledge, a copy of an earlier run's where nothing that fills it has changed.

    ./test --all fills one anew, so that what it proves hangs on no earlier run.
    """
    sources = [path for name in FILLS for path in (ROOT / name, *sorted((ROOT / name).rglob("*"))) if path.is_file()]
    total = hashlib.sha256(str(embedding_folder).encode())
    for path in (path for path in sources if path.suffix != ".pyc"):
        total.update(path.read_bytes())
    folder = run / "kept" if EVERYTHING else ROOT / ".pytest_cache" / "filled-home"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / total.hexdigest()[:16]
    with FileLock(folder / "lock"):
        if not kept.exists():
            for earlier in (path for path in folder.iterdir() if path.is_dir()):
                shutil.rmtree(earlier)
            made = folder / "made"
            environment = os.environ | {
                "GONGKAI_HOME": str(made),
                "GONGKAI_WEIGHTS": str(WEIGHTS),
                "GONGKAI_LLM": "none",
            }
            command = [sys.executable, ROOT / "app.py", "status"]
            subprocess.run(command, env=environment, check=True, capture_output=True)
            made.rename(kept)
        shutil.copytree(kept, home)


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory, embedding_folder):
    """A data folder with the built-in knowledge in it, filled once for all who only look things up."""
    run = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        run = run.parent  # of this run, for all its processes
    home, filled = run / "filled-home", run / "filled-home.done"
    with FileLock(run / "filled-home.lock"):
        if not filled.exists():
            fill_home(home, run, embedding_folder)
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
def libreoffice():
    """The program of LibreOffice."""
    return soffice() or absent("no LibreOffice; ./test --all installs it")


@pytest.fixture(scope="session")
def browser_path():
    """A Chromium, Chrome or Edge of this machine."""
    return bootstrap.find_browser() or absent("no Chromium, Chrome or Edge; ./test --all installs one")
