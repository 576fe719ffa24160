"""What the manual and the comments refer to is in the repository."""

import re
from pathlib import Path

import pytest

from tests.test_imports import BOTTOM, CONFINED, MAY_IMPORT

ROOT = Path(__file__).parent.parent
MANUAL = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "README.md", ROOT / "CHANGELOG.md"]
OUTSIDE = re.compile(r"contract §|\brule \d+\b|\bin the manual\b|design\.md|(?<!\.\./)\bshared/\w+\.md")
SOURCES = [path for path in ROOT.rglob("*.py") if not {".venv", "models", "build"} & set(path.relative_to(ROOT).parts)]


def import_table():
    """The table in docs/architecture.md: which package may import which.

    Anew: ``.venv/bin/python -c "from tests.test_manual import *; print(import_table())"``
    """
    lines = ["| 包 | 可以引用 |", "|---|---|"]
    for package, allowed in MAY_IMPORT.items():
        whole = allowed >= BOTTOM
        words = ["底层"] * whole + [f"`{name}`" for name in sorted(allowed - BOTTOM if whole else allowed)]
        lines.append(f"| `{package}` | {' '.join(words) or '—'} |")
    return "\n".join(lines)


def test_the_table_of_imports_is_the_one_that_is_tested():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert import_table() in text
    for library, homes in CONFINED.items():
        assert f"`{library}` 只在 {'、'.join(f'`{home}`' for home in sorted(homes))}" in text


@pytest.mark.parametrize("page", MANUAL, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_page_refers_to_is_there(page):
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
    files = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|npz|md))`", text))
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_comment_cites_what_lies_elsewhere(path):
    if path != Path(__file__):
        assert not OUTSIDE.search(path.read_text(encoding="utf-8"))


def test_the_surprises_of_libraries_are_of_the_versions_in_use_and_held_by_tests():
    pinned = dict(
        re.findall(r"^\s*\"?([a-z0-9-]+)==([^\s\",]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    pinned |= dict(re.findall(r"\"([a-z0-9-]+)==([^\"]+)\"", (ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    lines = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ") and not line.startswith("| 库 ")]
    assert len(rows) > 13
    for library, version, surprise, _, tests in rows:
        assert library == "LibreOffice" or pinned[library] == version, library
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", tests)
        assert named, library
        assert [name for file, name in named if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")] == []
        scripts = re.findall(r"见 `([a-z0-9-]+)`", surprise)
        assert [script for script in scripts if not (ROOT / "findings" / f"{script}.sh").is_file()] == []
