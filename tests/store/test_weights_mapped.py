"""Weight files in memory are let go of without loss."""

import pytest

from store.embedding import _weights_mapped

MAP = """7f00-7fff rw-p 00000000 fe:00 10                     /a b/model.safetensors
Size:                  4 kB
Anonymous:            {written} kB
Swap:                 {swapped} kB
VmFlags: rd mr mw me
"""
OTHER = MAP.replace("safetensors", "so")


@pytest.mark.parametrize(
    ("written", "swapped", "untouched"), [("0", "0", True), ("4", "0", False), ("0", "4", False), ("40", "0", False)]
)
def test_only_a_file_whose_pages_are_its_own_is_dropped(written, swapped, untouched):
    smaps = OTHER.format(written=0, swapped=0) + MAP.format(written=written, swapped=swapped)
    assert list(_weights_mapped(smaps)) == [(0x7F00, 0x7FFF, untouched)]


def test_what_the_system_does_not_tell_counts_as_written_to():
    without = MAP.replace("Swap:                 {swapped} kB\n", "").format(written=0)
    assert [untouched for *_, untouched in _weights_mapped(without)] == [False]
