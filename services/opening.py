"""What is opened at first use, so that ``tables`` or ``check`` never wait for it: the knowledge base and the office."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import durable
from domain import UnusableInput
from services.choices import Choices

if TYPE_CHECKING:
    from office import Office
    from store import KnowledgeBase

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
EXAMPLES = KNOWLEDGE / "examples"
REGISTRY = KNOWLEDGE / "registry.toml"
FORGOTTEN = "deleted-examples.txt"
_SAYING = logging.getLogger("gongkai")
Report = Callable[[str], None]
"""Receives one line of progress in Chinese."""
Thing = TypeVar("Thing")


class Once(Generic[Thing]):
    """Opens something at the first call, on one thread only, and gives the same ever after.

    ``held`` is what is open, None before; ``hold`` puts another in its place. ``exists`` tells whether
    opening it would find something: what nobody has worked in is not made by a look.
    """

    def __init__(self, open: Callable[[], Thing], exists: Callable[[], bool] = lambda: True) -> None:
        self._open = open
        self.exists = exists
        self._lock = threading.RLock()
        self.held: Thing | None = None

    def __call__(self) -> Thing:
        if (held := self.held) is not None:
            return held
        with self._lock:
            if self.held is None:  # else another thread opened it while this one waited
                self.held = self._open()
            return self.held

    def hold(self, thing: Thing) -> None:
        with self._lock:
            self.held = thing


def office_of(choices: Choices, mask: Callable[[str], str]) -> Once[Office]:
    """The office of the data folder, or of the database that several workbenches share."""
    settings = choices.settings
    file = settings.home / "office.db"
    return Once(lambda: open_office(choices, mask), lambda: bool(settings.database_url) or file.exists())


def open_office(choices: Choices, mask: Callable[[str], str]) -> Office:
    """Users, conversations, ledgers, drafts, decisions and the audit log of the data folder."""
    from office import Office
    from office.users_file import read_users

    settings = choices.settings
    listed = read_users(settings.users) if settings.users else None
    office = Office(settings.home, mask, url=settings.database_url)
    if listed:
        office.users.adopt(listed)
    return office


def open_knowledge(choices: Choices, embedding: str | None = None) -> KnowledgeBase:
    """The knowledge base, indexed for an embedding model: "" the built-in, None the chosen one."""
    import ingest
    from store import load_embedder, open_knowledge

    settings = choices.settings
    model = (settings.embedding if embedding is None else embedding) or _built_in_embedding(settings.weights)
    return open_knowledge(settings.home, load_embedder(model), settings.chroma_url, REGISTRY, ingest.load_aliases())


def _built_in_embedding(weights: Path) -> str:
    from weights import locate
    from weights.stamp import is_whole

    found = locate.embedding(weights)
    if found and is_whole(weights, "embedding"):
        return str(found)
    lacking = "的向量模型不完整" if found else "没有向量模型"
    raise UnusableInput(f"权重文件夹 {weights} 中{lacking}：请再运行一次 ./run，或设置 GONGKAI_EMBEDDING")


def open_filled(choices: Choices, progress: Report = lambda line: None) -> tuple[KnowledgeBase, int]:
    """The knowledge base with the built-in cards and example in it, and how many of these were new."""
    knowledge = open_knowledge(choices)
    if lost := knowledge.lost():
        _SAYING.warning(
            "另存的资料中有 %d 份不在知识库里（收入时中断、换过向量模型，或知识库受损）：请运行 gongkai repair 补齐",
            lost,
        )
    return knowledge, load_built_in(knowledge, choices.home, progress)


def load_built_in(knowledge: KnowledgeBase, home: Path, progress: Report = lambda line: None) -> int:
    """Cards, then the example report; unchanged ones cost a look-up and no embedding. How many were new.

    An example that somebody has deleted stays deleted (``forget_example``).
    """
    import ingest

    documents = list(ingest.load_cards())
    gone = forgotten_examples(home)
    documents += [ingest.read(path, "report") for path in sorted(EXAMPLES.glob("*.md")) if path.name not in gone]
    added = 0
    for document in documents:
        if knowledge.add(document) != "unchanged":
            added += 1
            progress(f"已载入《{document.title}》（{len(document.passages)} 段）")
    return added


def forget_example(home: Path, name: str) -> None:
    """Keep in mind that the example of that file name was deleted; nothing for any other file."""
    if name in {path.name for path in EXAMPLES.glob("*.md")}:
        gone = "".join(f"{each}\n" for each in sorted({*forgotten_examples(home), name}))
        durable.write(home / FORGOTTEN, gone.encode("utf-8"))


def forgotten_examples(home: Path) -> set[str]:
    """The file names of the examples that somebody has deleted; UnusableInput where their list cannot be read."""
    kept = home / FORGOTTEN
    try:
        return set(kept.read_text(encoding="utf-8").splitlines()) if kept.is_file() else set()
    except UnicodeDecodeError as error:
        raise UnusableInput(f"文件 {kept} 已损坏：请删去它（删除过的示例会重新出现，再删一次即可）") from error
