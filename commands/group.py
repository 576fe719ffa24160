"""The command ``gongkai`` itself: settings → services, and a restore that was stopped is finished first."""

from __future__ import annotations

import click

from commands.printing import say
from services import Gongkai
from settings import load_settings


@click.group(help="gongkai（公开）：政府信息公开工作年度报告助手。不带子命令时打开工作台。")
@click.pass_context
def cli(context: click.Context) -> None:
    context.obj = Gongkai(load_settings())
    context.call_on_close(context.obj.close)
    if context.obj.safekeeping.restore_was_stopped():  # before anything is opened among contents of two times
        context.obj.safekeeping.finish_restore()
        say("上一次恢复中途停止，现在已经完成；原来的内容在数据文件夹的 before-restore 中。")
