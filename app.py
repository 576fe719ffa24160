"""Entry: arguments → settings → services → workbench or subcommand. Nobody imports this module.

Exit code 0: done. 1: done, and ``check``/``tables``/``build`` found errors. 2: the input cannot be
used, with one plain Chinese sentence on standard error.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

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

from domain import (  # noqa: E402
    SECTION_TITLES,
    Answer,
    Delta,
    Finished,
    Kind,
    LedgerResult,
    Outcome,
    Progress,
    Status,
    UnusableInput,
)
from services import Checked, Gongkai, last_result  # noqa: E402
from services.library import Kinds  # noqa: E402
from settings import load_settings  # noqa: E402

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


Decided = Literal["confirmed", "dismissed", "open"]


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


@click.group(help="gongkai（公开）：政府信息公开工作年度报告助手。不带子命令时打开工作台。")
@click.pass_context
def cli(context: click.Context) -> None:
    context.obj = Gongkai(load_settings())
    context.call_on_close(context.obj.close)
    if context.obj.safekeeping.restore_was_stopped():  # before anything is opened among contents of two times
        context.obj.safekeeping.finish_restore()
        say("上一次恢复中途停止，现在已经完成；原来的内容在数据文件夹的 before-restore 中。")


@cli.command(help="打开浏览器工作台")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="监听端口")
@click.option("--browser/--no-browser", default=False, help="启动后打开浏览器")
@click.pass_obj
def serve(services: Gongkai, host: str, port: int, browser: bool) -> None:
    import ui

    if services.safekeeping.finish_restore():
        say("备份已恢复；原来的内容在数据文件夹的 before-restore 中，确认无误后可以删除。")
    # A filled store is looked through in the background, so that the page opens at once.
    if services.library.is_new():
        say("正在载入内置法规要点和示例…")
        services.library.load_built_in(say)
    ui.launch(services, host=host, port=port, open_browser=browser)


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


@cli.command(help="起草一个叙述部分")
@click.argument("section", metavar="SECTION")
@click.option("--ledger", required=True, type=path_type, help="台账")
@last_year
@answers_file
@click.option("--notes", default="", help="单位自己的说明，原样写入：一段文字，或 @文件")
@as_json
@click.pass_obj
def draft(
    services: Gongkai,
    section: str,
    ledger: Path,
    previous: Path | None,
    answers: Path | None,
    notes: str,
    as_json: bool,
) -> None:
    if section not in SECTION_TITLES:
        raise UnusableInput(f"没有“{section}”这个部分，可选：{'、'.join(SECTION_TITLES)}")
    figures = services.ledgers.compute(ledger, previous, read_answers(answers))
    last = services.ledgers.published(previous)
    result = last_result(services.writing.draft(section, figures, notes=own_words(notes), previous=last))
    if as_json:
        show_json(result.as_json())
        return
    click.echo(result.text)
    for rejection in result.rejected:
        say(f"已删去“{rejection.text}”：{rejection.reason}")
    for note in result.notes:
        say(f"注：{note}")


@cli.command(help="生成完整报告（docx、html、md、figures.json；装有 LibreOffice 时还有 pdf）")
@click.argument("ledger", type=path_type)
@click.option("--out", required=True, type=path_type, help="输出文件夹")
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="SECTION=文字或@文件",
    help="自己写的部分，代替起草，可以多次使用：overview、problems、other，或第一部分中的 disclosure 等",
)
@click.option("--pdf/--no-pdf", "with_pdf", default=True, help="装有 LibreOffice 时同时生成 pdf（多用一两秒）")
@last_year
@answers_file
@as_json
@click.pass_obj
def build(
    services: Gongkai,
    ledger: Path,
    out: Path,
    sections: tuple[str, ...],
    with_pdf: bool,
    previous: Path | None,
    answers: Path | None,
    as_json: bool,
) -> int:
    figures, written = services.ledgers.compute(ledger, previous, read_answers(answers)), own_sections(sections)
    supplied = {name: services.writing.own_text(name, text, figures) for name, text in written.items()}
    last = services.ledgers.published(previous)
    built = services.reports.build(figures, out, progress=say, supplied=supplied, previous=last, with_pdf=with_pdf)
    if as_json:
        show_json(built.as_json())
    else:
        for path in built.files:
            click.echo(str(path))
    for note in built.notes:
        say(f"注：{note}")
    if built.report.draft_mark:
        say(f"报告已标为{built.report.draft_mark}，改正台账、答复问题后请重新生成。")
    tell_stale(built.ledger, answers)
    return verdict(built.ledger)


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


@cli.command(help="年度汇集：各单位的年报对照名单收齐，同时体检，逐格相加，写反馈单和汇总表")
@click.argument("folder", type=path_type)
@click.option("--year", required=True, type=int, help="报告年度（2026 年度的报告在 2027 年 1 月 31 日前交）")
@click.option("--organs", type=path_type, default=None, help="单位名单：文本文件，一行一个；不给时按报告里的名称")
@click.option("--previous", type=path_type, default=None, help="上年各单位报告的文件夹，用来比较")
@click.option(
    "--letters", type=path_type, default=None, metavar="DIR", help="各单位的反馈单、打包的 zip 和给领导的汇总"
)
@click.option("--save", type=path_type, default=None, metavar="TOTALS.xlsx", help="汇总表：合计、各单位的数、核对结果")
@click.option("--answers", type=path_type, default=None, help="对问题的答复：JSON 文件，{问题编号: 选项}，以后一直有效")
@as_json
@click.pass_obj
def collect(
    services: Gongkai,
    folder: Path,
    year: int,
    organs: Path | None,
    previous: Path | None,
    letters: Path | None,
    save: Path | None,
    answers: Path | None,
    as_json: bool,
) -> int:
    with progress_bar("年度汇集", 0, "份") as bar:

        def watch(what: str, done: int, total: int) -> None:
            bar.set_description(what, refresh=False)
            bar.total, bar.n = total or None, done
            bar.refresh() if done == total else bar.update(0)

        held = read_answers(answers)
        result = services.collections.collect(folder, year, organs or (), previous, held, watch)
    written = services.collections.write(result, letters, save)
    if as_json:
        show_json(result.as_json())
    else:
        click.echo(services.collections.told(result))
        for path in written:
            click.echo(str(path))
    return 0 if result.settled else 1


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


def place(hit: Any) -> str:
    """A hit as it is cited: 《title》第…条 （status）."""
    successor = f"，由《{hit.replaced_by}》取代" if hit.replaced_by and hit.status in ("已废止", "已被修订") else ""
    digest = "" if hit.verbatim else "，要点，非原文" if hit.article or hit.heading else "，只有版本信息"
    return f"《{hit.title}》{hit.article or hit.heading}（{hit.status}{successor}{digest}）"


def verdict(result: LedgerResult) -> int:
    """1 where an identity fails or a question is open, with these on standard error."""
    for failure in result.failed:
        say(f"校验未通过 {failure.rule} {failure.where}：{failure.message}")
    for question in result.open_questions:
        choices = "、".join(f"{choice.key}（{choice.label}）" for choice in question.choices)
        say(f"待答复 {question.id} {question.text}可选：{choices}；暂按 {question.assumed}")
    if result.open_questions:
        say('以上问题答复以前只出草稿：把答复写成 {"问题编号": "选项"} 的 JSON 文件，用 --answers 交给本命令')
    return 0 if result.final else 1


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


def tell_stale(result: LedgerResult, answers: Path | None) -> None:
    """Say which answers are to nothing that is asked: the ledger has changed since."""
    asked = {question.id for question in result.questions}
    if stale := [id for id in read_answers(answers) if id not in asked]:
        say(f"提醒：{answers} 里的{'、'.join(stale)}不是这本台账的问题，没有用到")


def say(line: str) -> None:
    """A line of progress, on standard error."""
    click.echo(line, err=True)


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


def show_json(value: Any, indent: int | None = 1) -> None:
    """One JSON document; ASCII escapes wherever standard output is not UTF-8. ``indent`` None: on one line."""
    unicode_console = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8mb4")
    click.echo(json.dumps(value, ensure_ascii=not unicode_console, indent=indent))


def progress_bar(what: str, total: int, unit: str) -> Any:
    """A bar on standard error; a log file needs a drawing of it only now and then."""
    from tqdm import tqdm

    pace = 0.2 if sys.stderr.isatty() else 10.0
    return tqdm(desc=what, total=total, unit=unit, mininterval=pace, file=sys.stderr)


def in_words(outcome: Outcome) -> str:
    """What became of one file, in a line."""
    words = {"added": "新增", "unchanged": "未变", "replaced": "替换", "rejected": "拒收"}
    size = f"（{outcome.passages} 段）" if outcome.passages else ""
    return f"  {words[outcome.status]} {outcome.title or Path(outcome.path).name}{size} {outcome.reason}".rstrip()


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
