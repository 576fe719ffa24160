"""All rules: whatever the modules of ``checks.rules`` declare. A new rule is a new module there."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from checks import rules
from checks.rule import Examiner, Rule


@cache
def examiners() -> tuple[Examiner, ...]:
    """The functions in the order in which they run; without an order of their own, by their rule's code."""
    found = [value for module in _modules() for value in vars(module).values() if isinstance(value, Examiner)]
    return tuple(sorted(found, key=lambda examiner: (examiner.order, examiner.rules[0].id)))


def declared() -> tuple[Rule, ...]:
    """Each rule once, in the order in which it is first looked for."""
    return tuple(dict.fromkeys(rule for examiner in examiners() for rule in examiner.rules))


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return [import_module(f"{rules.__name__}.{name}") for name in names]
