"""The two Chroma collections of a knowledge base: passages with vectors, and document markers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from domain import UnusableInput
from store.records import LAYOUT, Record
from store.shelf import Rows

if TYPE_CHECKING:
    import numpy as np

_BATCH = 1000


class Collections:
    """Reads and writes records. Faults of a server are told as UnusableInput naming its address."""

    def __init__(self, client: Any, fingerprint: str) -> None:
        self._client = client
        self._passages = self._collection("passages", fingerprint)
        self._documents = self._collection("documents", fingerprint)

    def _collection(self, what: str, fingerprint: str) -> Any:
        """One collection a model and layout: vectors of two models never mix."""
        return self._client.get_or_create_collection(
            f"gongkai-{what}-{LAYOUT}-{fingerprint}", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

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

    def mark(self, id: str, title: str, metadata: Mapping[str, Any], vector: np.ndarray) -> None:
        """Make an edition the valid one of a document, in one step."""
        self._documents.upsert(ids=[id], embeddings=vector[None, :], documents=[title], metadatas=[dict(metadata)])

    def unmark(self, id: str) -> None:
        self._documents.delete(ids=[id])

    def markers(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Every marker: document id and metadata."""
        found = self._documents.get(include=["metadatas"])
        return list(zip(found["ids"], found["metadatas"] or ()))

    def drop_edition(self, edition: str) -> None:
        """Delete the records of an edition that is no longer valid."""
        self._passages.delete(where={"edition": edition})

    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._passages.delete(ids=list(ids[start : start + _BATCH]))

    def count(self) -> int:
        """How many records there are, valid or not."""
        return self._passages.count()

    def ids(self, written_before: int | None = None) -> list[str]:
        """The ids of all records, or of those written before a time (seconds since 1970)."""
        where = {"written": {"$lt": written_before}} if written_before else None
        return self._passages.get(where=where, include=[])["ids"]

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
    """A client of the database in a folder, made where there is none."""
    import chromadb

    folder.mkdir(parents=True, exist_ok=True)
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
