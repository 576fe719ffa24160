"""What several commands take: dates, files, answers, texts; each refused with a sentence that names the option."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from domain import SECTION_TITLES, UnusableInput


class Day(click.ParamType):
    """A date option: 2023-12-31."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UnusableInput(f"选项 --as-of 的日期“{value}”无法识别，请写成 2023-12-31 的样子") from None


as_json = click.option("--json", "as_json", is_flag=True, help="在标准输出打印一个 JSON 文档")


as_of = click.option("--as-of", type=Day(), default=None, help="按这一天判断条文效力（默认今天）")


path_type = click.Path(path_type=Path)


answers_file = click.option(
    "--answers", type=path_type, default=None, help="对台账问题的答复：JSON 文件，{问题编号: 选项}"
)


last_year = click.option("--previous", type=path_type, default=None, help="与上年比较：上年的台账、figures.json 或报告")


def assignments(options: tuple[str, ...]) -> dict[str, str]:
    """The options --set by name; UnusableInput for one without a value, or given twice."""
    found: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UnusableInput(f"选项 --set 的“{option[:30]}”应写成 项=数，如 行政处罚=10 或 行政强制=没有")
        name = name.strip()
        if name in found:
            raise UnusableInput(f"选项 --set 给了两次“{name}”")
        found[name] = value.strip()
    return found


def read_answers(path: Path | None) -> dict[str, str]:
    """The answers in a file, question id → choice key; UnusableInput where it holds none."""
    if path is None:
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnusableInput(f"--answers 的文件 {path} 不能读取，请用 UTF-8 编码的 JSON 文件") from error
    if not isinstance(data, dict) or not all(isinstance(choice, str) for choice in data.values()):
        raise UnusableInput(f'--answers 的文件 {path} 应为 {{"问题编号": "选项"}}')
    return data


def own_words(text: str, option: str = "--notes") -> str:
    """The text of an option, or of the file behind an @; UnusableInput where that cannot be read."""
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(f"{option} 的文件 {text[1:]} 不能读取，请用 UTF-8 编码的文本文件") from error


def own_sections(options: tuple[str, ...]) -> dict[str, str]:
    """The texts of --section by section; UnusableInput for an unknown or doubled one."""
    found: dict[str, str] = {}
    for option in options:
        name, equals, text = option.partition("=")
        if not equals or name not in SECTION_TITLES:
            raise UnusableInput(
                f"选项 --section 的“{option[:30]}”应写成 部分=文字 或 部分=@文件，部分可选：{'、'.join(SECTION_TITLES)}"
            )
        if name in found:
            raise UnusableInput(f"选项 --section 给了两次 {name}")
        found[name] = own_words(text, "--section")
    if "overview" in found and len(found.keys() - {"overview", "problems", "other"}):
        raise UnusableInput("选项 --section 给了 overview（整个第一部分），就不能再给其中的一个方面")
    return found
