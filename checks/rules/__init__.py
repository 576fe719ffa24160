"""The rules, a module each, with the words that only they need beside them. No rule knows another.

A new rule is a new file here: a ``Rule`` with its examples, and the function that ``looks_for`` it. Its
examples are its tests (tests/checks/test_catalogue.py); ``python -m checks`` puts it on docs/rules.md.
Words and exceptions stand in a .toml of the same name (``checks.words``). What another rule needs as
well goes into a module of ``checks``, named after what it is about.
"""
