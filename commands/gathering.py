"""``collect``: the reports of many organs."""

from __future__ import annotations

from pathlib import Path

import click

from commands.group import cli
from commands.options import as_json, path_type, read_answers
from commands.printing import progress_bar, show_json
from services import Gongkai


@cli.command(help="年度汇集：各单位的年报对照名单收齐，同时体检，逐格相加，写反馈单和汇总表")
@click.argument("folder", type=path_type)
@click.option("--year", required=True, type=int, help="报告年度（2026 年度的报告在 2027 年 1 月 31 日前交）")
@click.option("--organs", type=path_type, default=None, help="单位名单：文本文件，一行一个；不给时按报告里的名称")
@click.option("--previous", type=path_type, default=None, help="上年各单位报告的文件夹，用来比较")
@click.option(
    "--letters", type=path_type, default=None, metavar="DIR", help="各单位的反馈单、打包的 zip 和给领导的汇总"
)
@click.option("--save", type=path_type, default=None, metavar="TOTALS.xlsx", help="汇总表：合计、各单位的数、核对结果")
@click.option("--own", type=path_type, default=None, metavar="LEDGER.xlsx", help="政府办公室自己的台账，一并计入合计")
@click.option(
    "--report",
    type=path_type,
    default=None,
    metavar="OUT.docx",
    help="政府自己的年度报告：数字是各单位之和，未收齐时是草稿",
)
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
    own: Path | None,
    report: Path | None,
    answers: Path | None,
    as_json: bool,
) -> int:
    with progress_bar("年度汇集", 0, "份") as bar:

        def watch(what: str, done: int, total: int) -> None:
            bar.set_description(what, refresh=False)
            bar.total, bar.n = total or None, done
            bar.refresh() if done == total else bar.update(0)

        held = read_answers(answers)
        result = services.collections.collect(folder, year, organs or (), previous, held, watch, own=own)
    written = services.collections.write(result, letters, save)
    if report:
        written.append(services.submissions.write_report(result, organs, report))
    if as_json:
        show_json(result.as_json())
    else:
        click.echo(services.collections.told(result))
        for path in written:
            click.echo(str(path))
    return 0 if result.settled else 1
