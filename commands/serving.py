"""``serve`` and ``mcp``: the workbench, and the same services for other programs."""

from __future__ import annotations

import click

from commands.group import cli
from commands.memory import keep_few_heaps
from commands.printing import say
from services import Gongkai


@cli.command(help="打开浏览器工作台")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="监听端口")
@click.option("--browser/--no-browser", default=False, help="启动后打开浏览器")
@click.pass_obj
def serve(services: Gongkai, host: str, port: int, browser: bool) -> None:
    keep_few_heaps()
    import ui

    if services.safekeeping.finish_restore():
        say("备份已恢复；原来的内容在数据文件夹的 before-restore 中，确认无误后可以删除。")
    # A filled store is looked through in the background, so that the page opens at once.
    if services.library.is_new():
        say("正在载入内置法规要点和示例…")
        services.library.load_built_in(say)
    ui.launch(services, host=host, port=port, open_browser=browser)


@cli.command(help="让别的助手通过 MCP 使用这里的检索、答复、核对引用、表格和体检（只读）")
@click.option("--http", is_flag=True, help="在本机的一个端口上服务（要口令），不用标准输入输出")
@click.option("--port", default=7861, show_default=True, type=click.IntRange(1, 65535), help="--http 的端口")
@click.pass_obj
def mcp(services: Gongkai, http: bool, port: int) -> None:
    import assistants

    if http:
        assistants.serve_http(services, port, say)
    else:
        assistants.serve_stdio(services)
