"""The catalogue: every rule is declared once, keeps to its examples, and knows no other rule."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from checks import rules
from checks.__main__ import PAGE
from checks.catalogue import declared, examiners
from checks.checkup import examined
from checks.examples import Example
from checks.manual import manual
from checks.rule import Rule
from checks.words import read_words
from forms import all_forms

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "checks"
MODULES = sorted(PACKAGE.rglob("*.py"))
RULE_MODULES = sorted((PACKAGE / "rules").glob("*.py"))
EXAMPLES = [
    pytest.param(rule, example, speaks, id=f"{rule.id}-{'speaks' if speaks else 'silent'}-{number}")
    for rule in declared()
    for speaks, given in ((True, rule.speaks), (False, rule.silent))
    for number, example in enumerate(given, start=1)
]


def found_by(rule, subject):
    """What the functions that look for a rule find of it."""
    lookers = [examiner for examiner in examiners() if rule in examiner.rules]
    return [finding for examiner in lookers for finding in examiner(subject) if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "example", "speaks"), EXAMPLES)
def test_an_example(rule, example, speaks):
    subject = example.subject()
    found = {examiner: list(examiner(subject)) for examiner in examiners()}
    assert any(finding.rule == rule.id for findings in found.values() for finding in findings) == speaks
    errors = {finding.rule for findings in found.values() for finding in findings if finding.severity == "error"}
    assert errors <= ({rule.id, *example.beside} if speaks else set(example.beside)), "no other error"
    for examiner, findings in found.items():
        assert {finding.rule for finding in findings} <= {one.id for one in examiner.rules}, "rules that it names"


def test_the_report_of_an_example_that_changes_nothing_is_faultless():
    assert examined(Example().subject()) == ()
    assert examined(Example(year=2020, parts={5: "没有其他事项。"}).subject()) == ()


@pytest.mark.parametrize("rule", declared(), ids=lambda rule: rule.id)
def test_a_rule_is_declared_in_full(rule):
    assert re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)?", rule.id)
    assert rule.title and rule.advice and rule.severities
    assert len(rule.speaks) >= 2 and len(rule.silent) >= 2
    shown = {finding.severity for example in rule.speaks for finding in found_by(rule, example.subject())}
    assert shown == set(rule.severities), "each severity that is declared is that of an example"


def test_each_code_is_declared_once():
    modules = {rule for path in RULE_MODULES for rule in declared_in(path)}
    assert Counter(rule.id for rule in declared()).most_common(1)[0][1] == 1
    assert modules == set(declared()), "a rule that nobody looks for"
    assert {identity.rule for form in all_forms() for identity in form.identities} <= {rule.id for rule in declared()}


def declared_in(path):
    from importlib import import_module

    module = import_module(f"checks.rules.{path.stem}" if path.stem != "__init__" else "checks.rules")
    return {value for value in vars(module).values() if isinstance(value, Rule)}


def test_only_a_declared_rule_makes_a_finding():
    """``Rule.finding`` makes them all; it refuses a severity that is not declared."""
    makers = {path.relative_to(PACKAGE).as_posix() for path in MODULES if "Finding" in called(path)}
    assert makers == {"rule.py"}
    first = declared()[0]
    with pytest.raises(ValueError):
        first.finding(Example().subject(), "", "", severity="error" if "error" not in first.severities else None)


def called(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


def test_places_in_the_order_are_taken_once():
    orders = [examiner.order for examiner in examiners()]
    assert len(set(orders)) == len(orders)


@pytest.mark.parametrize("path", RULE_MODULES, ids=lambda path: path.stem)
def test_a_rule_knows_no_other_rule(path):
    assert not any(name.startswith("checks.rules") for name in imports(path))


def test_what_rules_share_knows_no_rule():
    knowing = {path.name for path in PACKAGE.glob("*.py") if "checks.rules" in " ".join(imports(path))}
    assert knowing == {"catalogue.py"}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


NEW_RULE = '''"""A platform is named."""

from checks.examples import texts
from checks.rule import Rule, looks_for

RULE = Rule(
    id="PLATFORM",
    title="写明网站的名称",
    severities=("notice",),
    source="{form}",
    advice="写明网站的名称",
    speaks=texts("维护本网站。"),
    silent=texts("维护县政府网站。"),
)


@looks_for(RULE)
def unnamed(subject):
    for paragraph in subject.paragraphs:
        if "本网站" in paragraph.text:
            yield RULE.finding(subject, "没有写明是哪个网站", paragraph.where, paragraph.text)
'''


def test_a_new_rule_is_one_new_file(tmp_path, monkeypatch):
    (tmp_path / "platform_named.py").write_text(NEW_RULE, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    examiners.cache_clear()
    try:
        (new,) = [rule for rule in declared() if rule.id == "PLATFORM"]
        assert declared()[-1] is new, "findings of the others keep their numbers"
        assert [finding.rule for finding in examined(new.speaks[0].subject())] == ["PLATFORM"]
        assert examined(new.silent[0].subject()) == ()
        assert "PLATFORM 写明网站的名称" in manual()
    finally:
        sys.modules.pop("checks.rules.platform_named", None)
        examiners.cache_clear()


def test_the_manual_is_that_of_the_declarations():
    assert PAGE.read_text(encoding="utf-8") == manual(), "run: python -m checks"


# --- words ------------------------------------------------------------------------------------------

WORD_FILES = sorted(PACKAGE.rglob("*.toml"))


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.stem)
def test_words_find_what_they_must_and_pass_over_the_rest(path):
    words = read_words(str(path))
    wrong = [(name, text) for name, text, finds in words.examples() if bool(words[name].search(text)) != finds]
    assert not wrong


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.stem)
def test_words_are_used_by_the_module_that_they_stand_beside(path):
    text = path.read_text(encoding="utf-8")
    module = path.with_suffix(".py").read_text(encoding="utf-8")
    unused = {name for name in read_words(str(path)).entries if f'"{name}"' not in module and f"{{{name}}}" not in text}
    assert not unused


def test_a_pattern_may_name_another(tmp_path):
    (tmp_path / "some.toml").write_text(
        'one = ["a", "b"]\nmany = "x{one}{2}$"\n[group]\n"甲" = ["{one}c", "d"]\n', encoding="utf-8"
    )
    words = read_words(str(tmp_path / "some.py"))
    assert words["many"].match("xab") and not words["many"].match("xa")
    assert words.group("group")["甲"].fullmatch("bc") and words.listed("one") == ("a", "b")
    with pytest.raises(KeyError):
        words["none"]
