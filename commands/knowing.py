"""``ingest``, ``forget``, ``laws``, ``search``: the knowledge base."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from commands.group import cli
from commands.options import as_json, as_of, path_type
from commands.printing import in_words, place, progress_bar, say, show_json
from domain import Kind, Outcome, Status, UnusableInput
from services import Gongkai
from services.library import Kinds


@cli.command(help="把文件或文件夹收入知识库")
@click.argument("paths", nargs=-1, required=True, type=path_type)
@click.option("--kind", type=click.Choice(["auto", "regulation", "report"]), default="auto", show_default=True)
@click.option("--beside", is_flag=True, help="条文有缺的法规文本也收入，与已收入的完整文本并存，不替换它")
@as_json
@click.pass_obj
def ingest(services: Gongkai, paths: tuple[Path, ...], kind: Kinds, beside: bool, as_json: bool) -> int:
    outcomes: list[Outcome] = []
    files = services.library.files(paths)
    with progress_bar("收入知识库", len(files), "份") as bar:
        for path in files:
            told = services.library.ingest([path], kind, lambda line: bar.set_postfix_str(line, refresh=False), beside)
            for outcome in told:
                outcomes.append(outcome)
                bar.write(in_words(outcome), file=sys.stderr)
            bar.update()
    rejected = [outcome for outcome in outcomes if outcome.status == "rejected"]
    if as_json:
        show_json([outcome.__dict__ for outcome in outcomes])
    else:
        click.echo(f"共 {len(outcomes)} 个文件，拒收 {len(rejected)} 个。")
    if rejected and len(rejected) == len(outcomes):
        raise UnusableInput(rejected[0].reason)
    return 0


@cli.command(help="从知识库移除一份文件（按来源文件名、标题或编号）")
@click.argument("name", metavar="NAME")
@as_json
@click.pass_obj
def forget(services: Gongkai, name: str, as_json: bool) -> None:
    gone = services.library.forget(name)
    if as_json:
        show_json([{"id": held["id"], "title": held["title"], "source": held["source"]} for held in gone])
        return
    for held in gone:
        click.echo(f"已移除《{held['title']}》（{held['source']}，{held['passages']} 段）")


@cli.command(help="下载法律条文库（378 部法律）并收入知识库；中断后再运行会接着做")
@as_json
@click.pass_obj
def laws(services: Gongkai, as_json: bool) -> None:
    outcomes: list[Outcome] = []
    with progress_bar("收入法律条文", services.library.count_laws(), "部") as bar:
        for outcome in services.library.add_laws(progress=lambda line: None):
            outcomes.append(outcome)
            bar.update()
    if as_json:
        show_json([outcome.__dict__ for outcome in outcomes])
        return
    rejected = [outcome for outcome in outcomes if outcome.status == "rejected"]
    doubtful = sum(bool(outcome.reason) for outcome in outcomes) - len(rejected)
    passages = sum(outcome.passages for outcome in outcomes)
    for outcome in rejected:
        say(outcome.reason)
    click.echo(
        f"条文库共 {len(outcomes)} 部、{passages} 段，其中 {doubtful} 部的日期或条序有待核对（--json 可看每一部的说明）。"
    )
    if faults := services.library.faults(outcomes):
        click.echo("有待核对的：" + "，".join(f"{said} {count} 部" for said, count in faults.items()) + "。")


@cli.command(help="检索条文和往年报告")
@click.argument("text")
@click.option("-k", "k", default=10, show_default=True, type=click.IntRange(1, 200), help="最多几条")
@click.option("--kind", type=click.Choice(["regulation", "report"]), default=None)
@click.option("--level", default="", help="只查一个效力级别，如 法律、行政法规、部门规章")
@click.option("--status", type=click.Choice(get_args(Status)), default=None, help="只查这一天是这种效力的")
@click.option("--year", type=int, default=0, help="只查这一年度的报告、这一年公布的法规")
@click.option("--org", default="", help="只查这个机关的报告、制定的法规（名称的一部分）")
@as_of
@as_json
@click.pass_obj
def search(
    services: Gongkai, text: str, k: int, kind: Kind | None, as_of: date | None, as_json: bool, **kept: Any
) -> None:
    filters = {name: value for name, value in kept.items() if value}
    hits = services.lookup.look_up(text, k=k, kind=kind, as_of=as_of, **filters)
    if as_json:
        show_json([hit.as_json() for hit in hits])
        return
    for number, hit in enumerate(hits, start=1):
        click.echo(f"{number}. {place(hit)}\n   {hit.text}\n")
    if not hits:
        click.echo("知识库中没有找到相关内容。")
