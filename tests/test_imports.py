"""The direction of imports: who may know whom. A new arrow is a decision, made here."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOTTOM = {"domain", "forms", "durable", "matters", "working_days"}
MAY_IMPORT = {
    "domain": set(),
    "durable": set(),
    "working_days": set(),
    "forms": {"domain"},
    "matters": {"domain", "forms"},
    "settings": {"domain", "durable"},
    "weights": {"durable"},
    "gates": BOTTOM,
    "ingest": BOTTOM,
    "statutory": BOTTOM,
    "intake": BOTTOM | {"ingest", "statutory"},
    "prompts": set(),
    "chat": {"domain"},
    "store": BOTTOM | {"ingest"},
    "answering": BOTTOM | {"gates", "prompts", "chat", "store"},
    "drafting": BOTTOM | {"gates", "prompts", "chat", "store", "statutory"},
    "report": BOTTOM | {"statutory", "gates"},
    "checks": BOTTOM | {"statutory", "gates"},
    "annotating": BOTTOM | {"checks", "statutory"},
    "collecting": BOTTOM | {"statutory", "checks", "drafting", "report", "answering"},
    "office": BOTTOM,
    "services": BOTTOM
    | {
        "settings",
        "weights",
        "ingest",
        "intake",
        "statutory",
        "store",
        "chat",
        "answering",
        "drafting",
        "report",
        "checks",
        "annotating",
        "collecting",
        "office",
    },
    "ui": BOTTOM | {"services", "report"},
    "assistants": BOTTOM | {"services"},
    "commands": BOTTOM | {"settings", "services", "report", "ui", "assistants"},
    "app": {"domain", "commands"},
}
# Libraries that may be named in these packages only.
CONFINED = {
    "gradio": {"ui"},
    "langchain": {"store", "chat", "ingest"},
    "langchain_openai": {"store", "chat", "ingest"},
    "langchain_core": {"store", "chat", "ingest"},
    "chromadb": {"store"},
    "mcp": {"assistants"},
    "xllamacpp": {"chat"},
    "sentence_transformers": {"store"},
    "pebble": {"collecting"},
    "sqlalchemy": {"office"},
    "alembic": {"office"},
    "psycopg": {"office", "services"},
    "procrastinate": {"services"},
}


def sources():
    for name in MAY_IMPORT:
        folder = ROOT / name
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{name}.py"]:
            yield name, path


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a file, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imported(path: Path) -> frozenset[str]:
    """Top-level names of every import in the file, those inside functions too."""
    names = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return frozenset(names)


@pytest.mark.parametrize(("package", "path"), sources(), ids=lambda value: getattr(value, "name", value))
def test_imports_point_downwards(package, path):
    own = imported(path) & set(MAY_IMPORT) - {package}
    # `report.docx` and `report.html` are named after what they write; the library is imported there.
    assert own <= MAY_IMPORT[package], f"{path.relative_to(ROOT)} imports {own - MAY_IMPORT[package]}"
    for library, homes in CONFINED.items():
        if library in imported(path):
            assert package in homes, f"{path.relative_to(ROOT)} imports {library}"


@pytest.mark.parametrize("package", ["ui", "app"])
def test_the_office_and_the_knowledge_base_are_reached_through_the_parts_of_the_services(package):
    """``services.office`` and ``services.knowledge`` are what the parts are made of, not for the pages."""
    for path in [path for name, path in sources() if name == package]:
        reached = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)} & {"office", "knowledge"}
        assert not reached, f"{path.relative_to(ROOT)} reaches {reached}"


def test_no_modules_import_each_other_in_a_circle():
    """Not by way of others and not inside functions; a package is a module of its own, its ``__init__``."""
    modules = {}
    for _, path in sources():
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        graph[name] = set()
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom) and node.module in modules:
                taken = [f"{node.module}.{alias.name}" for alias in node.names]
                graph[name] |= {one if one in modules else node.module for one in taken}
    TopologicalSorter(graph).prepare()


def test_every_module_is_in_a_known_place():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    modules = {path.stem for path in ROOT.glob("*.py")} - {"bootstrap"}
    assert packages | modules <= set(MAY_IMPORT)


@pytest.mark.parametrize(
    "module", ["statutory", "report.write", "checks", "annotating", "ingest", "gates", "services", "app"]
)
def test_light_modules_pull_in_nothing_heavy(module):
    code = f"import sys, {module}; print([m for m in ('torch','chromadb','gradio','langchain','jieba') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


def test_no_two_classes_have_one_name():
    """Not even in packages that know nothing of each other: a reader knows them all."""
    found: dict[str, set[Path]] = {}
    for _, path in sources():
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, set()).add(path.relative_to(ROOT))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
