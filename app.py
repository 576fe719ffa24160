"""Entry: the environment is set, a subcommand is run, what goes wrong is told. Nobody imports this module.

Exit code 0: done. 1: done, and ``check``/``tables``/``build`` found errors. 2: the input cannot be
used, with one plain Chinese sentence on standard error.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import re
import sys
from typing import NoReturn

# Offices are offline: no library may look for a hub, a font or a place to send statistics to.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Threads that have nothing to do sleep: those that wait awake take a core from the others on it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# A proxy set for the office's internet must not catch the workbench's calls to itself.
for _name in ("NO_PROXY", "no_proxy"):
    os.environ[_name] = ",".join(filter(None, (os.environ.get(_name), "127.0.0.1,localhost,::1")))

import click  # noqa: E402

from commands import cli, say  # noqa: E402
from domain import UnusableInput  # noqa: E402

SUBCOMMANDS = (
    "serve",
    "ingest",
    "forget",
    "laws",
    "search",
    "ask",
    "tables",
    "draft",
    "build",
    "check",
    "template",
    "intake",
    "collect",
    "status",
    "backup",
    "restore",
    "repair",
    "unlock",
    "mcp",
)


def refuse(sentence: str) -> NoReturn:
    """Exit code 2; further problems stand one a line below the sentence."""
    say(sentence)
    raise SystemExit(2)


def wrong_usage(error: click.UsageError) -> str:
    """Click's complaint as one Chinese sentence that names the option or argument."""
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项"
    if isinstance(error, click.MissingParameter):
        return f"缺少{'参数' if error.param_type == 'argument' else '选项'} {name_of(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{name_of(error.param)} 的值无法使用{expected(error.param)}"
    if error.message.startswith("No such command"):
        return f"没有“{sys.argv[1]}”这个子命令，可用：{'、'.join(SUBCOMMANDS)}"
    extra = re.search(r"extra arguments? \((.*)\)", error.message)
    return f"多出的参数 {extra.group(1)} 无法使用（有空格的文字请加引号）" if extra else "命令行无法理解，请看 --help"


def expected(parameter: click.Parameter | None) -> str:
    """What the value should have been, as far as its type tells."""
    wanted = parameter.type if parameter else None
    if isinstance(wanted, click.Choice):
        return f"，可选：{'、'.join(wanted.choices)}"
    if isinstance(wanted, click.IntRange):
        return f"，应为 {wanted.min} 到 {wanted.max} 的整数"
    return ""


def name_of(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def main() -> NoReturn:
    """Console script ``gongkai``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    remarks = logging.getLogger("gongkai")  # what a package has to say beside its result, a sentence each
    remarks.addHandler(logging.StreamHandler())
    arguments = sys.argv[1:]
    if arguments[:1] in (["search"], ["ask"]):
        # Nearly all that such a command loads stays until its end: looking through it for garbage is a tenth of its time.
        gc.set_threshold(200_000, 50, 50)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("--help",)):
        arguments = ["serve", *arguments]
    try:
        code = cli.main(arguments, prog_name="gongkai", standalone_mode=False)
    except click.UsageError as error:
        refuse(wrong_usage(error))
    except UnusableInput as error:
        refuse("\n".join((str(error), *error.problems[1:])))
    except (KeyboardInterrupt, click.Abort):
        refuse("已停止。")
    raise SystemExit(code or 0)


if __name__ == "__main__":
    main()
