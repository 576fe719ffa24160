"""``draft`` and ``build``: the text of a part, the whole report."""

from __future__ import annotations

from pathlib import Path

import click

from commands.group import cli
from commands.options import answers_file, as_json, last_year, own_sections, own_words, path_type, read_answers
from commands.printing import say, show_json, tell_stale, verdict
from domain import SECTION_TITLES, UnusableInput
from services import Gongkai, last_result


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
