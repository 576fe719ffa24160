"""``ask``: one question, or a file of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.group import cli
from commands.options import as_json, as_of, path_type
from commands.printing import place, say, show_json
from domain import Answer, Delta, Finished, LedgerResult, Progress, UnusableInput
from services import Gongkai, last_result


@cli.command(help="回答问题并列出所引条文")
@click.argument("text", required=False)
@click.option("--file", "file", type=path_type, default=None, help="一次问完文件里的问题：一行一个 JSON 对象")
@as_of
@click.option("--ledger", type=path_type, default=None, help="问本单位的数字时所依据的台账")
@as_json
@click.pass_obj
def ask(
    services: Gongkai, text: str | None, file: Path | None, as_of: date | None, ledger: Path | None, as_json: bool
) -> int:
    if (text is None) == (file is None):
        raise UnusableInput("缺少参数 TEXT 或选项 --file" if text is None else "TEXT 和 --file 只能给一个")
    figures = services.ledgers.compute(ledger) if ledger else None
    if file is not None:
        return ask_all(services, file, as_of, figures, as_json)
    events = services.answers.ask(text or "", as_of=as_of, ledger=figures)
    if as_json:
        show_json(last_result(events).as_json())
        return 0
    streamed = ""
    for event in events:
        if isinstance(event, Progress):
            say(event.message)
        elif isinstance(event, Delta):
            streamed += event.text
            click.echo(event.text, nl=False)
        elif isinstance(event, Finished):
            show_answer(event.result, streamed)
    return 0


def ask_all(services: Gongkai, file: Path, as_of: date | None, ledger: LedgerResult | None, as_json: bool) -> int:
    """The answers to a file of questions, each as soon as it is there; 1 where a line could not be asked."""
    from services.trial import read_trials

    questions = read_trials(file)
    problems = questions.problems
    for problem in problems:
        say(problem)
    for tried in services.answers.ask_all(questions.trials, as_of=as_of, ledger=ledger):
        if tried.answer is None:
            problems.append(f"{file.name} 第 {tried.trial.line} 行：{tried.problem}")
            say(problems[-1])
        elif as_json:
            show_json(tried.as_json(), indent=None)
        else:
            click.echo(f"{tried.trial.id}. {tried.trial.question}")
            show_answer(tried.answer, "")
    return 1 if problems else 0


def show_answer(answer: Answer, streamed: str) -> None:
    """What of an answer did not stand on the screen yet: its citations and notes, and the text where it is another."""
    if answer.answer.strip() != streamed.strip():
        click.echo(("\n\n" if streamed else "") + answer.answer, nl=False)
    click.echo("\n")
    for citation in answer.citations:
        click.echo(f"[{citation.marker}] {place(citation.hit)}")
    for note in answer.notes:
        say(f"注：{note}")
    if len(answer.readings) == 1 and (parts := [one for one in answer.readings[0].parts if one.choices]):
        say(f"读法可以改，写在问题后面的括号里，如 {parts[0].choices[0].ask}")
        for part in parts:
            say(f"  {part.part}：{'、'.join(one.label for one in part.choices)}")
