"""Whether the database gives what was written: text that was altered on the disk is told, never shown.

An edition is a hash of the document, and every record follows from the document. So nothing has to
be kept beside the records to tell whether they are all there and as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.records import Damaged, DocumentSummary, passages_of, records
from store.rows import Rows

if TYPE_CHECKING:
    import numpy as np

CHECK = "check"
"""The name under which a record keeps the check of its vector."""

_OF_LENGTH = 0.02  # a vector's length is 1, as far as a model that counts in 16 bits can tell
_OF_CHECK = 1e-5  # Chroma makes lengths 1 again, and so changes last digits


def checks(vectors: np.ndarray) -> np.ndarray:
    """A number a vector, (n, d) → (n,), that tells whether one of its components, or its sign, was altered."""
    import numpy as np

    exact = vectors.astype(np.float64)
    weights = 1 + np.arange(vectors.shape[1]) * 0.618034 % 1  # neighbours differ by much
    return exact / np.linalg.norm(exact, axis=1, keepdims=True) @ weights


def prove(held: Sequence[DocumentSummary], rows: Rows) -> None:
    """Damaged where ``rows`` do not hold the records of the documents as they were written."""
    by_edition: dict[Any, dict[str, tuple[str, Mapping[str, Any]]]] = defaultdict(dict)
    for id, text, metadata in zip(rows.ids, rows.texts, rows.metadata):
        by_edition[(metadata or {}).get("edition")][id] = text or "", metadata
    for item in held:
        _prove(item, by_edition[item.edition])
    _prove_vectors(rows)


def _prove_vectors(rows: Rows) -> None:
    """Records of earlier versions have no check; of theirs only the length is known."""
    import numpy as np

    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(rows.vectors, axis=1)
        found = checks(rows.vectors) if len(rows.vectors) else lengths
    written = np.array([_written(metadata, check) for metadata, check in zip(rows.metadata, found)])
    whole = (np.abs(lengths - 1) < _OF_LENGTH) & (np.abs(found - written) < _OF_CHECK)
    if not whole.all():  # nor is a length that is no number
        raise Damaged("向量与收入时不同")


def _written(metadata: Mapping[str, Any], found: float) -> float:
    check = (metadata or {}).get(CHECK, found)
    return check if isinstance(check, float) else float("nan")


def _prove(item: DocumentSummary, found: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
    passages = passages_of(item, (row for row in found.values() if row[1].get("role") == "passage"))
    document = replace(item.document, passages=passages)
    written = {row.id: (row.text, row.metadata) for row in records(document, 0, item.edition)}
    if written != {id: (text, _as_written(metadata)) for id, (text, metadata) in found.items()}:
        raise Damaged(f"《{item.title}》的记录与收入时不同")


def _as_written(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """A record's metadata without its time and the check of its vector."""
    return {name: value for name, value in metadata.items() if name != CHECK} | {"written": 0}
