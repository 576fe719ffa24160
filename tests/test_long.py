"""tests/long.toml is in step with the tests."""

from pathlib import Path

import pytest

from tests.conftest import LONG, ROOT


@pytest.mark.parametrize("name", sorted(LONG))
def test_what_is_named_long_is_there(name):
    """Out of step: python bench/suite.py"""
    place, _, function = name.partition("::")
    path = Path(ROOT / place)
    text = (path / "conftest.py" if path.is_dir() else path).read_text(encoding="utf-8")
    assert f"def {function}(" in text
