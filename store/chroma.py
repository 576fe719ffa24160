"""The two Chroma collections of a knowledge base: passages with vectors, and document markers."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Mapping, ParamSpec, Sequence, TypeVar
from urllib.parse import urlsplit

from domain import UnusableInput
from store.records import LAYOUT, Record
from store.shelf import Rows

if TYPE_CHECKING:
    import numpy as np

_BATCH = 1000
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def _told(place: str | Path) -> Iterator[None]:
    """Faults of a database (a server's address, or the folder of an embedded one) as UnusableInput.

    What only a mistake of ours can cause (arguments that Chroma refuses) passes through.
    """
    import httpx
    from chromadb import errors

    mistakes = (
        errors.InvalidArgumentError,
        errors.InvalidDimensionException,
        errors.DuplicateIDError,
        errors.BatchSizeExceededError,
    )
    try:
        yield
    except mistakes:
        raise
    except (errors.ChromaError, httpx.HTTPError) as error:
        raise UnusableInput(_sentence(place)) from error


def _sentence(place: str | Path) -> str:
    if isinstance(place, str):
        return f"Chroma 服务器 {place} 没有应答或出错，请确认它正在运行，或核对 GONGKAI_CHROMA_URL"
    return (
        f"知识库文件夹 {place} 无法读写（可能已损坏，或没有写入权限）：请检查它，"
        "或把它移走后重新导入，或用 GONGKAI_HOME 另设数据文件夹"
    )


def _telling(method: Callable[P, T]) -> Callable[P, T]:
    """A method of Collections, its database's faults told."""

    @wraps(method)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        with _told(args[0]._place):  # type: ignore[attr-defined]
            return method(*args, **kwargs)

    return told


class Collections:
    """Reads and writes records; UnusableInput where the database fails, also after opening.

    ``place`` names it then: a server's address (str), or the folder of an embedded one (Path).
    """

    def __init__(self, connect: Callable[[], Any], fingerprint: str, place: str | Path) -> None:
        self._connect = connect
        self._fingerprint = fingerprint
        self._place = place
        self.reopen()

    def reopen(self) -> None:
        """Connect anew: an embedded database does not notice what another program has written to its vectors."""
        self._client = self._connect()
        self._passages = self._collection("passages", self._fingerprint)
        self._documents = self._collection("documents", self._fingerprint)

    @_telling
    def _collection(self, what: str, fingerprint: str) -> Any:
        """One collection a model and layout: vectors of two models never mix."""
        return self._client.get_or_create_collection(
            f"gongkai-{what}-{LAYOUT}-{fingerprint}", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    @_telling
    def write(self, rows: Sequence[Record], vectors: np.ndarray) -> None:
        """Write records; written again they stay the same."""
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            self._passages.upsert(
                ids=[row.id for row in part],
                embeddings=vectors[start : start + _BATCH],
                documents=[row.text for row in part],
                metadatas=[row.metadata for row in part],
            )

    @_telling
    def mark(self, ids: Sequence[str], titles: Sequence[str], metadata: Sequence[Mapping[str, Any]], vectors: np.ndarray) -> None:
        """Make editions the valid ones of their documents, in one step."""
        self._documents.upsert(
            ids=list(ids), embeddings=vectors, documents=list(titles), metadatas=[dict(each) for each in metadata]
        )

    @_telling
    def unmark(self, id: str) -> None:
        self._documents.delete(ids=[id])

    @_telling
    def markers(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Every marker: document id and metadata."""
        found = self._documents.get(include=["metadatas"])
        return list(zip(found["ids"], found["metadatas"] or ()))

    @_telling
    def passages(self, edition: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The passages of an edition in order: text and metadata."""
        which = {"$and": [{"edition": edition}, {"role": "passage"}]}
        found = self._passages.get(where=which, include=["documents", "metadatas"])
        return sorted(zip(found["documents"] or (), found["metadatas"] or ()), key=lambda row: row[1]["place"])

    @_telling
    def drop_editions(self, editions: Sequence[str]) -> None:
        """Delete the records of editions that are no longer valid."""
        if editions:
            self._passages.delete(where={"edition": {"$in": list(editions)}})

    @_telling
    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._passages.delete(ids=list(ids[start : start + _BATCH]))

    @_telling
    def count(self) -> int:
        """How many records there are, valid or not."""
        return self._passages.count()

    @_telling
    def ids(self, written_before: int | None = None) -> list[str]:
        """The ids of all records, or of those written before a time (seconds since 1970)."""
        where = {"written": {"$lt": written_before}} if written_before else None
        return self._passages.get(where=where, include=[])["ids"]

    @_telling
    def read(self) -> Rows:
        """All records with their vectors."""
        import numpy as np

        ids, texts, metadata, vectors = [], [], [], []
        for part in self._parts():
            ids += part["ids"]
            texts += part["documents"]
            metadata += part["metadatas"]
            vectors.append(np.asarray(part["embeddings"], dtype=np.float32))
        return Rows(ids, texts, metadata, np.concatenate(vectors))

    def _parts(self) -> Iterator[Mapping[str, Any]]:
        """In portions, so that a server's limit on the size of an answer is not met."""
        offset = 0
        while True:
            part = self._passages.get(
                limit=5 * _BATCH, offset=offset, include=["documents", "metadatas", "embeddings"]
            )
            if not part["ids"]:
                return
            yield part
            offset += len(part["ids"])


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

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableInput(f"Chroma 服务器地址 {url} 不正确：应如 http://127.0.0.1:8000，请核对 GONGKAI_CHROMA_URL")
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
        client.heartbeat()
    except (ValueError, httpx.HTTPError, chromadb.errors.ChromaError) as error:
        raise UnusableInput(f"Chroma 服务器 {url} 没有应答，请确认它已启动，或核对 GONGKAI_CHROMA_URL") from error
    return client


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
