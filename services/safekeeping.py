"""The whole data folder as one file, and back; the knowledge base made again from what was kept of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import durable
from domain import Document, Outcome, UnusableInput
from services.choices import Choices
from services.opening import Report, load_built_in, open_knowledge

if TYPE_CHECKING:
    from office import Office


class Safekeeping:
    """Backup, which works while others work; restore and repair, which do not."""

    def __init__(self, choices: Choices, office: Callable[[], Office]) -> None:
        self._choices = choices
        self._office = office

    def backup(self, out: Path) -> Path:
        """Everything in the data folder as one zip file; works while others work.

        UnusableInput where the office's tables are on a server: one file could not hold both of one moment.
        """
        from office.backup import backup

        self._on_this_machine()
        self._office()  # a folder that was never worked in has none yet
        return backup(self._choices.home, out)

    def stage_restore(self, file: Path) -> dict[str, Any]:
        """Check and unpack a backup; it takes the place of everything at the next start. Its manifest."""
        from office.backup import stage

        self._on_this_machine()
        return stage(file, self._choices.home)

    def restore(self, file: Path) -> dict[str, Any]:
        """Put a backup in place now; UnusableInput, and no change, while a workbench is open."""
        from office.backup import unstage

        manifest = self.stage_restore(file)
        try:
            self.finish_restore()
        except UnusableInput:
            unstage(self._choices.home)
            raise
        return manifest

    def restore_was_stopped(self) -> bool:
        """Whether a restore was stopped between its first move and its last."""
        if not next(self._choices.home.glob("restore-*"), None):  # without importing the office, which takes a while
            return False
        from office.backup import is_begun

        return is_begun(self._choices.home)

    def finish_restore(self) -> bool:
        """Put a staged backup in place, before anything is opened; False where none is staged."""
        from office.backup import swap

        return swap(self._choices.home)

    def damage(self) -> list[str]:
        """What in the data folder is not what was written, a sentence each, with the way back.

        Of the knowledge base only the texts it can be made again from: it checks itself when it is opened.
        """
        import intake
        from intake import holidays
        from services.intakes import PROFILE
        from services.opening import forgotten_examples
        from statutory.aliases import FILE_NAME, load_aliases
        from store.kept import SOURCES, KeptSources

        home, told = self._choices.home, self._office().damage()
        for look in (
            lambda: load_aliases(home / FILE_NAME),
            lambda: intake.load_profile(home / PROFILE),
            lambda: forgotten_examples(home),
        ):
            try:
                look()
            except UnusableInput as error:
                told.append(str(error))
        told += holidays.load(home)
        return told + [str(each) for each in KeptSources(home / SOURCES).read() if isinstance(each, UnusableInput)]

    def repair(self, progress: Report = lambda line: None) -> Iterator[Outcome]:
        """Make the knowledge base again from what was kept of each document, one Outcome a document.

        The folder with the damaged one is set aside under another name. UnusableInput, and no change,
        while a workbench is open, and where the knowledge base is a server's.
        """
        if server := self._choices.settings.chroma_url:
            raise UnusableInput(f"知识库在 Chroma 服务器 {server} 上，请在那台机器上恢复")
        progress(f"原来的知识库移到 {self._set_aside() or '（没有）'}，正在重建 …")
        knowledge = open_knowledge(self._choices)
        documents: list[Document] = []
        for each in knowledge.kept():
            if isinstance(each, UnusableInput):
                yield Outcome("", "rejected", str(each))
            else:
                documents.append(each)
        for number, (document, status) in enumerate(
            zip(documents, knowledge.add_all(documents, copying=True)), start=1
        ):
            progress(f"[{number}/{len(documents)}] {document.title}")
            if isinstance(status, UnusableInput):
                yield Outcome(document.source, "rejected", str(status), document.kind, document.title)
            else:
                yield Outcome(document.source, status, "", document.kind, document.title, len(document.passages))
        load_built_in(knowledge, self._choices.home, progress)

    def _on_this_machine(self) -> None:
        if self._choices.settings.database_url:
            raise UnusableInput(
                "用户、对话、草稿、审核、汇集和操作记录在 PostgreSQL 数据库里：请由管理员用 pg_dump 备份、用 pg_restore 恢复，"
                f"数据文件夹 {self._choices.home} 和 Chroma 服务器的数据在同一时间一起备份（见 docs/deployment.md）"
            )

    def _set_aside(self) -> Path | None:
        """Where the knowledge base has gone to; None where there was none."""
        from office.backup import DAMAGED, at_rest, unused_by_others

        home = self._choices.home
        try:
            with at_rest(home):
                unused_by_others(home / "office.db")
                if not (home / "chroma").exists():
                    return None
                aside = home / f"{DAMAGED}-{date.today():%Y%m%d}"
                while aside.exists():
                    aside = aside.with_name(f"{aside.name}.again")
                os.replace(home / "chroma", aside)
                return aside
        except OSError as error:
            raise UnusableInput(f"知识库文件夹 {home / 'chroma'} 不能移开：{durable.cause(error)}") from error
