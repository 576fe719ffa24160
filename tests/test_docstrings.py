"""What a package says of itself is true: the modules that its docstring names are there, and none is left out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP = [path.parent for path in sorted(ROOT.glob("*/__init__.py"))]
PACKAGES = [init.parent for top in TOP for init in sorted(top.rglob("__init__.py"))]
# These name the modules that one begins to read with; every other package names all of its own.
CHIEF_MODULES_ONLY = {"checks/rules", "report", "ui"}
NAME = re.compile(r"``([a-z][a-z0-9_]*)((?:\.\w+)*)``")


def docstring(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""


def modules(package: Path) -> set[str]:
    """Modules, packages and folders of data directly inside."""
    inside = {path.stem for path in package.glob("*.py") if not path.name.startswith("__")}
    return inside | {path.name for path in package.iterdir() if path.is_dir() and not path.name.startswith("__")}


@cache
def defined(package: Path) -> set[str]:
    """Functions, classes, names of values and imports of the package, which a docstring may speak of as well."""
    found = {*(top.name for top in TOP), *(path.stem for path in package.iterdir())}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add((node.asname or node.name).split(".")[0])
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_package_docstring_names_is_there(package):
    named = {name for name, _ in NAME.findall(docstring(package))}
    assert named <= modules(package) | defined(package)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_docstring_names_every_module(package):
    left_out = modules(package) - {name for name, _ in NAME.findall(docstring(package))}
    assert bool(left_out) is (package.relative_to(ROOT).as_posix() in CHIEF_MODULES_ONLY), sorted(left_out)
