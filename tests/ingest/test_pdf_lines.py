"""Characters of different fonts on one baseline are one line of a PDF."""

from types import SimpleNamespace

import pytest

from ingest.pdf_files import _on_its_line


def char(baseline, descent, text="8", upright=True, size=12.0):
    """A character whose box reaches ``descent`` of its size below the baseline, on a page 800 high."""
    y0 = baseline - descent * size
    top = 800 - y0 - size
    return {
        "text": text, "upright": upright, "matrix": (1, 0, 0, 1, 50, baseline), "size": size,
        "y0": y0, "y1": y0 + size, "top": top, "bottom": top + size, "doctop": top,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "one_line"),
    [
        (char(600, 0.12, "件"), char(600, 0.4), True),
        (char(600, 0.12, "件"), char(600, 0.0), True),
        (char(600, 0.12, "件"), char(580, 0.12), False),
        (char(600, 0.12, "件"), char(600, 0.4, upright=False), False),
    ],
)
def test_digits_stand_on_the_line_of_the_hanzi(first, second, one_line):
    hanzi = dict(first)
    _on_its_line(SimpleNamespace(chars=[first, second]))
    assert first["top"] == pytest.approx(hanzi["top"])
    assert (abs(first["top"] - second["top"]) < 0.01) is one_line
    assert first["bottom"] - first["top"] == pytest.approx(first["size"])
