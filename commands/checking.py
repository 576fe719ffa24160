"""``check``: a finished report, with what a reviewer decides on the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from commands.group import cli
from commands.options import answers_file, as_json, last_year, path_type, read_answers
from commands.printing import say, show_json
from domain import UnusableInput
from services import Checked, Gongkai

Decided = Literal["confirmed", "dismissed", "open"]


@cli.command(help="体检一份已成稿的报告；也可以按列出的序号记下审核意见")
@click.argument("file", type=path_type)
@click.option("--ledger", type=path_type, default=None, help="与台账核对")
@last_year
@click.option(
    "--annotate", "out", type=path_type, default=None, metavar="OUT.docx", help="把发现写成批注和修订，另存为一份 Word"
)
@answers_file
@click.option("--confirm", "confirmed", multiple=True, type=int, metavar="N", help="第 N 条属实，可以多次使用")
@click.option("--dismiss", "dismissed", multiple=True, type=int, metavar="N", help="第 N 条不是问题，要写 --reason")
@click.option("--reopen", "reopened", multiple=True, type=int, metavar="N", help="撤回对第 N 条的意见")
@click.option("--reason", default="", help="审核意见的理由")
@click.option("--by", default="", metavar="用户", help="审核人；建立了用户以后必须写")
@as_json
@click.pass_obj
def check(
    services: Gongkai,
    file: Path,
    ledger: Path | None,
    previous: Path | None,
    out: Path | None,
    answers: Path | None,
    reason: str,
    by: str,
    as_json: bool,
    **decided: Any,
) -> int:
    held = read_answers(answers)
    checked = services.reports.check(file, ledger, previous, held)
    if any(decided.values()):
        record_decisions(services, checked, decided, reason, by)
        checked = services.reports.check(file, ledger, previous, held)
    if out:
        made = services.reports.annotate(file, checked, out)
        say(f"已写入 {out}：批注 {made.comments} 条，修订 {made.revisions} 处。")
        for note in made.notes:
            say(f"注：{note}")
    if as_json:
        show_json(checked.as_json())
    else:
        show_findings(checked)
        found = {finding.message for finding in checked.findings}
        for note in checked.published.notes:
            if note.code == "incomplete" or str(note) not in found:
                say(f"注：{note}")
    return 1 if checked.errors else 0


def record_decisions(
    services: Gongkai, checked: Checked, decided: dict[str, tuple[int, ...]], reason: str, by: str
) -> None:
    """Keep the decisions on findings by their numbers in the list; none is kept where one cannot be."""
    verdicts: dict[str, Decided] = {
        "confirmed": "confirmed",
        "dismissed": "dismissed",
        "reopened": "open",
    }
    chosen: list[tuple[int, Decided]] = [
        (number, verdicts[name]) for name, numbers in decided.items() for number in numbers
    ]
    wrong = [number for number, _ in chosen if not 1 <= number <= len(checked.findings)]
    if wrong:
        raise UnusableInput(f"没有第 {wrong[0]} 条，这份报告共查出 {len(checked.findings)} 条")
    if len({number for number, _ in chosen}) < len(chosen):
        raise UnusableInput("同一条只能有一个审核意见")
    if decided["dismissed"] and not reason.strip():
        raise UnusableInput("认定“不是问题”要用 --reason 写明理由")
    if not by and not services.people.single_user:
        raise UnusableInput("已经建立了用户，请用 --by 写明审核人")
    user = services.people.named(by) if by else None
    for number, verdict in chosen:
        services.reports.decide(checked, checked.findings[number - 1], verdict, reason, user)


def show_findings(checked: Checked) -> None:
    """The findings by number, each with what a reviewer has decided on it."""
    words = {"error": "错误", "warning": "警告", "notice": "提示"}
    verdicts = {"confirmed": "审核认定属实", "dismissed": "审核认定不是问题"}
    for number, finding in enumerate(checked.findings, start=1):
        place = "" if finding.message.startswith(finding.where) else f"{finding.where}："
        click.echo(f"{number}. 【{words[finding.severity]}】{finding.rule} {place}{finding.message}")
        mend = str(finding.mend) if finding.mend else ""
        for label, said in (("依据", finding.law), ("建议", finding.advice), ("改法", mend), ("怎么知道", finding.how)):
            if said:
                click.echo(f"    {label}：{said}")
        if made := checked.decision(finding):
            reason = f"，理由：{made.reason}" if made.reason else ""
            click.echo(f"    {verdicts[made.decision]}（{made.by}{reason}）")
    if checked.unjudged:
        click.echo("没有核对的引用：")
        for one in checked.unjudged:
            click.echo(f"    {one.text}（{one.where}）：{one.reason}")
    counts = "，".join(
        f"{name} {sum(one.severity == key for one in checked.findings)} 条" for key, name in words.items()
    )
    click.echo(f"共 {len(checked.findings)} 条：{counts}。" if checked.findings else "没有发现问题。")
