"""``tables``, ``template``, ``intake``: from an office's files to the figures."""

from __future__ import annotations

from pathlib import Path

import click

from commands.group import cli
from commands.options import answers_file, as_json, assignments, last_year, path_type, read_answers
from commands.printing import say, show_json, tell_stale, verdict
from services import Gongkai


@cli.command(help="从台账计算三张法定表格")
@click.argument("ledger", type=path_type)
@last_year
@answers_file
@click.option("--explain", "key", default=None, help="只看一个数字的来源，如 table3.granted.total")
@as_json
@click.pass_obj
def tables(
    services: Gongkai, ledger: Path, previous: Path | None, answers: Path | None, key: str | None, as_json: bool
) -> int:
    result = services.ledgers.compute(ledger, previous, read_answers(answers))
    if key is not None:
        explanation = services.ledgers.explain(ledger, key, result)
        if as_json:
            show_json(explanation.as_json())
        else:
            from report.plain import render_explanation

            click.echo(render_explanation(explanation))
        return 0
    if as_json:
        show_json(result.as_json())
    else:
        from forms import form_for
        from report.layout import grids
        from report.markdown import render_table
        from report.plain import render_account

        click.echo(f"{render_account(result)}\n")
        for grid in grids(result.figures, form_for(result.figures.year)).values():
            click.echo(f"{grid.caption}\n\n{render_table(grid)}\n")
        if result.comparison:
            from report.plain import render_comparison

            click.echo(f"{render_comparison(result.comparison)}\n")
    for warning in result.warnings:
        say(f"提醒：{warning}")
    for check in result.checks:
        if check.status == "uncertain":
            say(f"请核实 {check.rule} {check.where}：{check.message}")
    tell_stale(result, answers)
    return verdict(result)


@cli.command(help="生成一个空白台账工作簿")
@click.argument("out", type=path_type)
@click.option("--year", type=int, default=0, help="哪一年度的台账（默认今年）：格式随年度")
@click.pass_obj
def template(services: Gongkai, out: Path, year: int) -> None:
    services.ledgers.write_template(out, year)
    click.echo(str(out))


@cli.command(help="用单位自己的文件作台账：登记表、网站导出、统计表、上年报告，不论格式；逐项确认后生成台账")
@click.argument("files", nargs=-1, required=True, type=path_type)
@click.option("--answers", type=path_type, default=None, help="JSON 文件：{问题编号: 回答}")
@click.option("--accept", is_flag=True, help="所有建议都按建议的办")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="项=数",
    help="文件里没有的：行政处罚=10、行政强制=没有、单位名称=…、报告年度=2025，可以多次使用",
)
@click.option("--year", type=int, default=0, help="报告年度")
@click.option("--by", default="", metavar="姓名", help="填写数字的人")
@click.option(
    "--profile", type=path_type, default=None, help="用这个对照文件（默认用数据文件夹里的），确认的内容也存在其中"
)
@click.option("--save", type=path_type, default=None, metavar="台账.xlsx", help="写成九张表的台账")
@as_json
@click.pass_obj
def intake(
    services: Gongkai,
    files: tuple[Path, ...],
    answers: Path | None,
    accept: bool,
    settings: tuple[str, ...],
    year: int,
    by: str,
    profile: Path | None,
    save: Path | None,
    as_json: bool,
) -> int:
    given = dict(read_answers(answers))
    sources = services.intakes.read(files)
    proposal = services.intakes.propose(sources, given, accept, assignments(settings), year, by, profile)
    if (given or accept) and not proposal.problems:
        services.intakes.keep(proposal, profile)
    if save and proposal.settled:
        services.intakes.write(proposal, save)
    if as_json:
        show_json(proposal.as_json())
    else:
        from report.plain import render_proposal

        click.echo(render_proposal(proposal.as_json()))
    for line in (*proposal.problems, *proposal.notes):
        say(line)
    if save and not proposal.settled:
        say(f"还有{len(proposal.questions) + len(proposal.problems)}个问题没有解决，没有写出“{save}”")
    return 0 if proposal.settled and not proposal.missing else 1
