"""``status``, ``backup``, ``restore``, ``repair``, ``unlock``: the data folder and who may use it."""

from __future__ import annotations

from pathlib import Path

import click

from commands.group import cli
from commands.options import as_json, path_type
from commands.printing import say, show_json
from services import Gongkai


@cli.command(help="显示已载入的内容和所用模型")
@as_json
@click.pass_obj
def status(services: Gongkai, as_json: bool) -> None:
    for sentence in services.safekeeping.damage():
        say(sentence)
    state = services.status()
    if as_json:
        show_json(state)
        return
    model = state["model"]
    documents = state["documents"]
    click.echo(f"gongkai {state['version']}，数据文件夹 {state['home']}")
    beside = f"（另有并存的缺条文本 {documents['beside']} 份）" if documents["beside"] else ""
    click.echo(f"法规 {documents['regulation']} 部{beside}，报告 {documents['report']} 份，共 {state['passages']} 段")
    click.echo(f"向量模型 {state['embedding']}；对话模型 {model['name'] or '不使用'} {model['note']}".rstrip())


@cli.command(help="把数据文件夹中的全部内容备份成一个 zip 文件（工作台可以开着）")
@click.argument("out", type=path_type)
@click.pass_obj
def backup(services: Gongkai, out: Path) -> None:
    click.echo(str(services.safekeeping.backup(out)))


@cli.command(help="用备份替换数据文件夹中的全部内容（先停下工作台）")
@click.argument("file", type=path_type)
@click.pass_obj
def restore(services: Gongkai, file: Path) -> None:
    manifest = services.safekeeping.restore(file)
    click.echo(f"已恢复 {manifest['made_at']} 的备份；原来的内容在数据文件夹的 before-restore 中，确认无误后可以删除。")


@cli.command(help="知识库文件损坏时，用保存的资料重建（先停下工作台）")
@as_json
@click.pass_obj
def repair(services: Gongkai, as_json: bool) -> int:
    outcomes = list(services.safekeeping.repair(progress=say))
    if as_json:
        show_json([outcome.__dict__ for outcome in outcomes])
    else:
        for outcome in (outcome for outcome in outcomes if outcome.status == "rejected"):
            say(outcome.reason)
        click.echo(f"已重建 {sum(outcome.status != 'rejected' for outcome in outcomes)} 份资料。")
    return 1 if any(outcome.status == "rejected" for outcome in outcomes) else 0


@cli.command(help="解除一个用户名因连续输错密码的锁定")
@click.argument("name", metavar="用户名")
@click.pass_obj
def unlock(services: Gongkai, name: str) -> None:
    lifted = services.people.unlock(name)
    click.echo(f"已解除“{name}”的锁定，可以登录了。" if lifted else f"“{name}”没有被锁定。")
