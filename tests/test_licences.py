"""docs/licences.md lists what requirements.lock brings in, with the licence that each package states."""

import re
from importlib import metadata

from bench import licences

ROW = re.compile(r"^\| ([^ -]\S*) \| (\d\S*) \| (.+) \|$", re.MULTILINE)


def test_the_list_is_in_step_with_the_lock_file():
    """Out of step: python bench/licences.py"""
    listed = {name: (version, said) for name, version, said in ROW.findall(licences.PAGE.read_text(encoding="utf-8"))}
    assert {name: version for name, (version, _) in listed.items()} == licences.locked()
    for name, version in licences.locked().items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:  # of another system, or of the tools
            continue
        if installed == version:
            assert listed[name][1] == licences.licence(name).replace("|", "/"), name


def test_no_licence_binds_who_passes_the_program_on():
    """The Lesser licences bind only who changes such a library: it lies beside the program as it was published."""
    others = re.sub(r".*\bLesser General Public.*|.*\bLGPL.*", "", licences.PAGE.read_text(encoding="utf-8"))
    assert not re.search(r"\bA?GPL|General Public|Proprietary|Commercial", others)
