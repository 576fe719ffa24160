"""What ``kills.py`` looks at after a kill in drafting, review, intake, collection and backup."""

from __future__ import annotations

import itertools
import random
import re
import runpy
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from killing import Losses, command, copied, fill, gongkai, killed, moments

SHORT = 1.2
"""Seconds from the start of writing to the latest kill."""


def drafting(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    """Every sentence that was acknowledged stands in its section once and in order; so does the draft before it."""
    home, typed, drafted = folder / "home", [], set()
    for _ in range(kills):
        first = typed[-1][1] + 2 if typed else 0  # what was not acknowledged may stand there
        for what, *about in killed(program, chance.uniform(0, SHORT), "draft", home, first):
            if what == "typed":
                typed.append((about[0], about[1]))
            else:
                drafted.add(about[0])
        services = gongkai(home)
        ledger = services.ledgers.compute(sorted((program / "knowledge" / "examples").glob("*.xlsx"))[-1])
        losses = []
        with closing(services.office()):
            for section in {each for each, _ in typed} | drafted:
                sheet = services.sheets.sheet(section, ledger)
                there = [int(number) for number in re.findall(r"补写第(\d+)句。", sheet.text if sheet else "")]
                of_section = [number for each, number in typed if each == section]
                if section == "overview":  # shows the topics as well
                    there = [number for number in there if number in of_section or number % 4 == 1]
                if [number for number in there if number in of_section] != of_section:
                    losses.append("确认过的句子不在，或次序不对")
                if len(set(there)) != len(there):
                    losses.append("一句写了两遍")
        yield losses


def review(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    """Every step and remark that was acknowledged is there, each step with its line in the log and what it approved."""
    home, said, number = folder / "home", [], 0
    for _ in range(kills):
        for what, *about in killed(program, chance.uniform(0, SHORT), "review", home, number):
            said.append((what, *about))
            number = about[0]
        number += 2
        services = gongkai(home)
        ledger = services.ledgers.compute(sorted((program / "knowledge" / "examples").glob("*.xlsx"))[-1])
        losses = []
        office = services.office()
        with closing(office):
            steps, remarks = services.handover.steps(ledger), services.handover.comments(ledger)
            taken = {step.note: (step.state, step.number) for step in steps}
            if any(
                taken.get(f"第{at}次办理") != (state, no)
                for what, at, *rest in said
                if what == "step"
                for state, no in [rest]
            ):
                losses.append("确认过的办理不在")
            kept = {remark.text: remark.settled for remark in remarks}
            if any(f"第{at}条批注" not in kept for what, at, *_ in said if what == "comment"):
                losses.append("确认过的批注不在")
            if any(not kept.get(f"第{at}条批注") for what, at, *_ in said if what == "settled"):
                losses.append("已处理的批注又成了没有处理")
            logged = office.audit.entries(office.users.local(), action="hand_over", limit=None)
            if len(logged) != len(steps):
                losses.append("办理与操作日志不一致")
            for before, step in itertools.pairwise(steps):
                if step.state == "approved" and before.content.get("other") != step.content.get("other"):
                    losses.append("定稿的不是提交的那一稿")
        yield losses


def intake(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    """The ledger is whole or absent, what was confirmed is legible, and the next run makes what it would have made."""
    files = sorted((program / "knowledge" / "examples").glob("*.xlsx"))[-1]

    def at(place: Path, moment: str = "") -> list[int]:
        arguments = ["intake", str(files), "--accept", "--save", str(place / "台账.xlsx")]
        return command(program, place / "home", place, moment, arguments)

    before, whole = folder / "before", folder / "whole"
    (before / "home").mkdir(parents=True)
    shutil.copytree(before, whole)
    at(whole)
    for place, moment in moments(folder, before, at, kills, chance):
        at(place, moment)
        losses, ledger = [], place / "台账.xlsx"
        if ledger.exists() and cells(ledger) != cells(whole / "台账.xlsx"):
            losses.append("台账不完整")
        gongkai(place / "home").intakes.profile()
        ledger.unlink(missing_ok=True)
        at(place)
        left = sorted(each.name for each in place.iterdir())
        if cells(ledger) != cells(whole / "台账.xlsx") or left != ["home", "台账.xlsx"]:
            losses.append("再做一次没有补齐，或有残余")
        yield losses


def cells(book: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    opened = CalamineWorkbook.from_path(str(book))
    return [[name, *opened.get_sheet_by_name(name).to_python()] for name in opened.sheet_names]


def collection(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    """Figures of the organs all or none, with their line in the log; letters and totals whole; the next run completes them."""
    made = runpy.run_path(str(Path(__file__).with_name("collecting.py")))  # its name is a package's as well
    made["county"](folder / "reports", 2)

    def at(place: Path, moment: str = "") -> list[int]:
        arguments = [
            "collect",
            str(folder / "reports" / "now"),
            "--year",
            str(made["YEAR"]),
            "--letters",
            str(place / "反馈"),
            "--save",
            str(place / "汇总.xlsx"),
        ]
        return command(program, place / "home", place, moment, arguments)

    before, whole = folder / "before", folder / "whole"
    gongkai(before / "home").office().close()
    shutil.copytree(before, whole)
    at(whole)
    letters = {each.name for each in (whole / "反馈").iterdir()}
    for number, (place, moment) in enumerate(moments(folder, before, at, kills, chance)):
        at(place, moment)
        losses = collected(place, whole)
        if number % 5 == 0:
            at(place)
            names = {each.name for each in (place / "反馈").iterdir()}
            if collected(place, whole) or names != letters or not (place / "汇总.xlsx").exists():
                losses.append("再汇集一次没有补齐，或有残余")
        yield losses


def collected(place: Path, whole: Path) -> list[str]:
    """What is wrong with a collection that may have been stopped."""
    losses = []
    services = gongkai(place / "home")
    office = services.office()
    with closing(office):
        figures = services.collections.figures()
        logged = office.audit.entries(office.users.local(), action="collect", limit=None)
        if len(figures) not in (0, 2) or bool(figures) != bool(logged):
            losses.append("数字不全，或与操作日志不一致")
    if (place / "汇总.xlsx").exists() and cells(place / "汇总.xlsx") != cells(whole / "汇总.xlsx"):
        losses.append("汇总表不完整")
    for each in (place / "反馈").glob("[!.]*"):
        if each.suffix == ".partial":
            continue
        if zipfile.is_zipfile(each) and zipfile.ZipFile(each).testzip() or not each.stat().st_size:
            losses.append("反馈单不完整")
    return losses


def backup(folder: Path, kills: int, chance: random.Random, program: Path) -> Iterator[Losses]:
    """A file of the backup's name is a whole backup; the next one leaves no copy of anybody's data lying about."""
    before = folder / "before"
    before.mkdir()
    fill(folder / "home", "甲").close()

    def at(place: Path, moment: str = "") -> list[int]:
        (place / "备份.zip").unlink(missing_ok=True)
        return command(program, folder / "home", place, moment, ["backup", str(place / "备份.zip")])

    for place, moment in moments(folder, before, at, kills, chance):
        at(place, moment)
        losses = []
        if (place / "备份.zip").exists() and not restorable(place / "备份.zip", copied(before, folder)):
            losses.append("备份不完整")
        at(place)
        if [each.name for each in place.iterdir() if not each.is_dir() or any(each.iterdir())] != ["备份.zip"]:
            losses.append("留下数据的副本")
        if not restorable(place / "备份.zip", copied(before, folder)):
            losses.append("再备份一次没有成功")
        yield losses


def restorable(file: Path, home: Path) -> bool:
    from domain import UnusableInput

    try:
        gongkai(home).safekeeping.stage_restore(file)
    except UnusableInput:
        return False
    return True
