"""docs/security.md names tests and modules that there are, and every chapter of the standard."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_what_it_names_is_there():
    named = set(re.findall(r"`((?:tests|ui)/[\w/.]+)`", PAGE))
    assert len(named) > 20
    assert not sorted(name for name in named if not (ROOT / name).exists())


def test_every_chapter_stands_in_it_and_each_requirement_has_its_test():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| V")
    ]
    assert {int(re.match(r"V(\d+)", row[0])[1]) for row in rows} == set(range(1, 18))
    for chapter, requirement, how, test in rows:
        assert requirement.startswith("不适用") or (how and "test" in test or test.startswith("同上")), chapter
