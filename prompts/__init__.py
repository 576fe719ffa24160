"""Every sentence said to a model, one Markdown file each, rendered under strict rules.

A prompt file opens with a front matter in YAML (``version``: whole number, raised whenever the
wording changes; ``variables``: the list of names the text uses), followed by a Jinja2 template.
``render`` refuses a missing, an undeclared and an empty (``None``) variable, so that a model never
reads a blank. Whatever is filled in is data: its angle brackets become full-width ones, so that no
passage, ledger cell or question can close the ``<passage>`` it stands in or forge a chat template's
``<|…|>`` control token.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FENCE = "---"
_FULL_WIDTH = str.maketrans({"<": "＜", ">": "＞"})


class PromptError(ValueError):
    """A prompt file is malformed, or its variables and the values given do not agree."""


@dataclass(frozen=True)
class Prompt:
    """One prompt file: its name, version, the variables it uses, and its compiled template."""

    name: str
    version: int
    variables: frozenset[str]
    template: Any


def render(name: str, /, **variables: Any) -> str:
    """The text of ``prompts/<name>.md`` with its variables filled in.

    Raises PromptError for an unknown prompt, a missing or undeclared variable, or a ``None``.
    """
    import jinja2

    prompt = load(name)
    if missing := prompt.variables - variables.keys():
        raise PromptError(f"prompt {name}: missing {sorted(missing)}")
    if undeclared := variables.keys() - prompt.variables:
        raise PromptError(f"prompt {name}: undeclared {sorted(undeclared)}")
    try:
        return prompt.template.render(**variables).strip()
    except jinja2.TemplateError as error:
        raise PromptError(f"prompt {name}: {error}") from error


def names() -> tuple[str, ...]:
    """The prompts there are, by name, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def load(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt of that name, compiled once; PromptError where its file breaks the rules."""
    return _load(name, folder)


@cache
def _load(name: str, folder: Path) -> Prompt:
    import jinja2
    from jinja2 import meta

    path = folder / f"{name}.md"
    if not path.is_file():
        raise PromptError(f"no prompt named {name}")
    version, declared, body = _front_matter(name, path.read_text(encoding="utf-8"))
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    try:
        used = meta.find_undeclared_variables(environment.parse(body))
        template = environment.from_string(body)
    except jinja2.TemplateSyntaxError as error:
        raise PromptError(f"prompt {name}: {error}") from error
    if used != declared:
        raise PromptError(f"prompt {name}: declares {sorted(declared)} but uses {sorted(used)}")
    return Prompt(name, version, frozenset(declared), template)


def _front_matter(name: str, source: str) -> tuple[int, set[str], str]:
    import yaml

    head, fence, rest = source.replace("\r\n", "\n").partition(f"{FENCE}\n")
    front, closing, body = rest.partition(f"\n{FENCE}\n")
    if head.strip() or not fence or not closing:
        raise PromptError(f"prompt {name}: no front matter between {FENCE} lines")
    try:
        values = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise PromptError(f"prompt {name}: front matter is not YAML: {error}") from error
    if not isinstance(values, dict) or set(values) != {"version", "variables"}:
        raise PromptError(f"prompt {name}: front matter needs exactly version and variables")
    version, variables = values["version"], values["variables"]
    if not isinstance(version, int) or not isinstance(variables, list):
        raise PromptError(f"prompt {name}: version is a whole number, variables a list")
    if not all(isinstance(variable, str) for variable in variables):
        raise PromptError(f"prompt {name}: variables are names")
    return version, set(variables), body


def _inert(value: Any) -> Any:
    if value is None:
        raise PromptError("a variable is None; a prompt never renders a blank")
    return value.translate(_FULL_WIDTH) if isinstance(value, str) else value
