"""The two Chroma collections of a knowledge base: passages with vectors, and document markers."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

import durable
from domain import UnusableInput
from store.kept import SOURCES
from store.proof import CHECK, checks
from store.records import LAYOUT, Damaged, Record
from store.rows import Rows

if TYPE_CHECKING:
    import numpy as np

_BATCH = 1000
ANSWERS_WITHIN = 10.0
WORKS_WITHIN = 60.0
"""Seconds that a server is waited for: for a sign of life, and for what it is asked (a portion of records, or all)."""
_ROOM = 64 << 20
"""Free bytes that a portion may need for a moment."""
_DATABASE_CODE = re.compile(r"\bcode: (\d+)")
_SYSTEM_CODE = re.compile(r"\(os error (\d+)\)")
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def _told(place: str | Path, giving: bool = False) -> Iterator[None]:
    """Faults of a database (a server's address, or the folder of an embedded one) as UnusableInput.

    ``giving`` says that Chroma is given records: what only a mistake of ours can cause (arguments that
    it refuses) passes through. Else it is asked for what is there, and whatever goes wrong is its own
    fault: on damaged files it answers with errors of Python, of the language it is written in, and of
    arguments that nobody gave.
    """
    try:
        yield
    except BaseException as error:
        if not _is_fault(error, giving):
            raise
        raise UnusableInput(_sentence(place, error)) from error


def _is_fault(error: BaseException, giving: bool) -> bool:
    import httpx
    from chromadb import errors

    mistakes = (
        errors.InvalidArgumentError,
        errors.InvalidDimensionException,
        errors.DuplicateIDError,
        errors.BatchSizeExceededError,
    )
    if giving and isinstance(error, mistakes):
        return False
    if isinstance(error, (errors.ChromaError, httpx.HTTPError)) or type(error).__name__ == "PanicException":
        return True
    return not giving and isinstance(error, (ValueError, TypeError, LookupError, AttributeError, OSError))


def _sentence(place: str | Path, error: BaseException) -> str:
    said, code = _words(error), 0
    if found := _DATABASE_CODE.search(said):
        code = int(found[1])
    words = durable.database_cause(code)
    if found := _SYSTEM_CODE.search(said):
        words = durable.cause(OSError(int(found[1]), os.strerror(int(found[1]))))
    if isinstance(place, str):
        why = f"（{words}）" if words else ""
        return f"Chroma 服务器 {place} 没有应答或出错{why}，请确认它正在运行，或核对 GONGKAI_CHROMA_URL"
    if durable.is_damage(code):
        return damage(place, "chroma.sqlite3 不是完好的数据库")
    if words:
        return f"知识库文件夹 {place} 不能读写：{words}"
    if words := _surroundings(place):
        return f"知识库文件夹 {place} 不能读写：{words}；改正以后仍然这样的，{_way_back(place)}"
    return f"知识库文件夹 {place} 不能读写（{said[:200]}）；再试仍然这样的，{_way_back(place)}"


def _surroundings(folder: Path) -> str:
    """What explains that it cannot be written where Chroma keeps the reason to itself; "" where nothing does."""
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        return f"磁盘已满，或空间不足（只剩 {free / 2**20:.0f} MB）"
    places = (folder, *folder.rglob("*"))
    return "" if all(os.access(each, os.R_OK | os.W_OK) for each in places) else "没有读写权限，或磁盘是只读的"


def _words(error: BaseException | None) -> str:
    """What an error says, and those that led to it: Chroma hides some behind a guess of its own."""
    said = []
    while error is not None:
        said.append(f"{type(error).__name__}：{error}".strip().partition("\n")[0])
        error = error.__cause__ or error.__context__
    return "；".join(dict.fromkeys(said))


def damage(folder: Path, what: str) -> str:
    """The files of an embedded database are not what was written, and what can be done about it."""
    return f"知识库文件夹 {folder} 中的文件已损坏（{what[:200]}）：{_way_back(folder)}"


def _way_back(folder: Path) -> str:
    if next(folder.with_name(SOURCES).glob("*.json"), None):
        return f"请运行 gongkai repair，用数据文件夹的 {SOURCES} 中另存的资料重建，或用 gongkai restore 恢复最近的备份"
    return "请用 gongkai restore 恢复最近的备份；没有备份的，把这个文件夹移走，再重新收入资料"


def _asking(method: Callable[Concatenate[Collections, P], T]) -> Callable[Concatenate[Collections, P], T]:
    """A method of Collections that asks for what is there, its database's faults told."""
    return _telling(method, giving=False)


def _giving(method: Callable[Concatenate[Collections, P], T]) -> Callable[Concatenate[Collections, P], T]:
    """A method of Collections that gives records, its database's faults told."""
    return _telling(method, giving=True)


def _telling(
    method: Callable[Concatenate[Collections, P], T], giving: bool
) -> Callable[Concatenate[Collections, P], T]:
    @wraps(method)
    def told(self: Collections, *args: P.args, **kwargs: P.kwargs) -> T:
        with _told(self._place, giving):
            return method(self, *args, **kwargs)

    return told


@dataclass(frozen=True)
class _Opened:
    client: Any
    passages: Any
    documents: Any


def _collection(client: Any, name: str) -> Any:
    """One collection a model and layout: vectors of two models never mix."""
    return client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})


class Collections:
    """Reads and writes records; opened at first use. UnusableInput where the database fails, then or later.

    ``place`` names it then: a server's address (str), or the folder of an embedded one (Path).
    """

    def __init__(self, connect: Callable[[], Any], fingerprint: str, place: str | Path) -> None:
        self._connect = connect
        self._fingerprint = fingerprint
        self._place = place
        self._opened: _Opened | None = None
        self._lock = threading.RLock()
        self.around_opening: Callable[[], AbstractContextManager[None]] = nullcontext

    def close(self) -> None:
        """Let go of the connection, and of the index that an embedded database holds in memory; it is opened at need."""
        self._opened = None

    @property
    def _client(self) -> Any:
        return self._open().client

    @property
    def _passages(self) -> Any:
        return self._open().passages

    @property
    def _documents(self) -> Any:
        return self._open().documents

    def _open(self) -> _Opened:
        opened = self._opened
        if opened is None:
            with self._lock:
                if (opened := self._opened) is None:
                    with self.around_opening():
                        opened = self._opened = self._opened_now(self._connect())
        return opened

    @_asking
    def _opened_now(self, client: Any) -> _Opened:
        names = [f"gongkai-{what}-{LAYOUT}-{self._fingerprint}" for what in ("passages", "documents")]
        if isinstance(self._place, Path):
            # Where one is gone and the other holds something, the gone one must not be made anew, and empty.
            there = [each for each in client.list_collections() if each.name in names]
            if len(there) == 1 and there[0].count():
                raise self.damaged(Damaged("缺少一个集合"))
        return _Opened(client, *(_collection(client, name) for name in names))

    @_giving
    def write(self, rows: Sequence[Record], vectors: np.ndarray) -> None:
        """Write records; written again they stay the same."""
        for start in range(0, len(rows), _BATCH):
            part, of_part = rows[start : start + _BATCH], vectors[start : start + _BATCH]
            self._passages.upsert(
                ids=[row.id for row in part],
                embeddings=of_part,
                documents=[row.text for row in part],
                metadatas=[row.metadata | {CHECK: check} for row, check in zip(part, checks(of_part).tolist())],
            )

    @_giving
    def mark(
        self, ids: Sequence[str], titles: Sequence[str], metadata: Sequence[Mapping[str, Any]], vectors: np.ndarray
    ) -> None:
        """Make editions the valid ones of their documents, in one step."""
        self._documents.upsert(
            ids=list(ids), embeddings=vectors, documents=list(titles), metadatas=[dict(each) for each in metadata]
        )

    @_asking
    def seal(self, metadata: Mapping[str, Mapping[str, Any]]) -> None:
        """Let markers, by document id, say the same, sealed."""
        if metadata:
            self._documents.update(ids=list(metadata), metadatas=[dict(each) for each in metadata.values()])

    @_asking
    def unmark(self, id: str) -> None:
        self._documents.delete(ids=[id])

    @_asking
    def markers(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Every marker: document id and metadata."""
        found = self._documents.get(include=["metadatas"])
        return list(zip(found["ids"], found["metadatas"] or ()))

    @_asking
    def passages(self, edition: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The passages of an edition, in no order: text and metadata."""
        which = {"$and": [{"edition": edition}, {"role": "passage"}]}
        found = self._passages.get(where=which, include=["documents", "metadatas"])
        return list(zip(found["documents"] or (), found["metadatas"] or ()))

    @_asking
    def drop_editions(self, editions: Sequence[str]) -> None:
        """Delete the records of editions that are no longer valid."""
        if editions:
            self._passages.delete(where={"edition": {"$in": list(editions)}})

    @_asking
    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._passages.delete(ids=list(ids[start : start + _BATCH]))

    @_asking
    def count(self) -> int:
        """How many records there are, valid or not."""
        return self._passages.count()

    @_asking
    def ids(self, written_before: int | None = None) -> list[str]:
        """The ids of all records, or of those written before a time (seconds since 1970)."""
        where = {"written": {"$lt": written_before}} if written_before else None
        return self._passages.get(where=where, include=[])["ids"]

    @_asking
    def read(self, editions: Sequence[str]) -> Rows:
        """All records of some editions with their vectors; few editions, as Chroma makes an object of every number."""
        import numpy as np

        which = {"edition": {"$in": list(editions)}}
        part = self._passages.get(where=which, include=["documents", "metadatas", "embeddings"])
        vectors = np.asarray(part["embeddings"], dtype=np.float32)
        return Rows(part["ids"], part["documents"], part["metadatas"], vectors.reshape(len(part["ids"]), -1))

    def damaged(self, what: Damaged) -> UnusableInput:
        """That the database gives something else than it was given."""
        if isinstance(self._place, str):
            return UnusableInput(f"Chroma 服务器 {self._place} 中的内容已损坏（{what}），请在那台机器上恢复")
        return UnusableInput(damage(self._place, str(what)))


def embedded(folder: Path) -> Any:
    """A client of the database in a folder, made where there is none; UnusableInput where it is damaged."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    folder.mkdir(parents=True, exist_ok=True)
    with _told(folder):
        SharedSystemClient.clear_system_cache()  # else what an earlier client of this folder remembers is used again
        return chromadb.PersistentClient(path=str(folder), settings=_settings())


def server(url: str) -> Any:
    """A client of a Chroma server; UnusableInput where the address is wrong or nobody answers."""
    import chromadb
    import httpx
    from chromadb.errors import ChromaError

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableInput(f"Chroma 服务器地址 {url} 不正确：应如 http://127.0.0.1:8000，请核对 GONGKAI_CHROMA_URL")
    try:
        # Chroma's client waits for ever: a server that is stopped, not ended, takes a connection and says nothing.
        httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=ANSWERS_WITHIN).raise_for_status()
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
        client._server._session.timeout = httpx.Timeout(WORKS_WITHIN, connect=ANSWERS_WITHIN)  # pyright: ignore
    except (ValueError, httpx.HTTPError, ChromaError) as error:
        raise UnusableInput(f"Chroma 服务器 {url} 没有应答，请确认它已启动，或核对 GONGKAI_CHROMA_URL") from error
    return client


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
