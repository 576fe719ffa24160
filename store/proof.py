"""Whether the database gives what was written: text that was altered on the disk is told, never shown.

An edition is a hash of the document, and every record follows from the document. So nothing has to
be kept beside the records to tell whether they are all there and as they were.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any, Mapping, Sequence

from store.records import Damaged, DocumentSummary, passages_of, records
from store.shelf import Rows

_TOLERANCE = 1e-3  # of a vector's length, which is 1


def prove(held: Sequence[DocumentSummary], rows: Rows) -> None:
    """Damaged where ``rows`` do not hold the records of the documents as they were written."""
    import numpy as np

    by_edition: dict[Any, dict[str, tuple[str, Mapping[str, Any]]]] = defaultdict(dict)
    for id, text, metadata in zip(rows.ids, rows.texts, rows.metadata):
        by_edition[(metadata or {}).get("edition")][id] = text or "", metadata
    for item in held:
        _prove(item, by_edition[item.edition])
    lengths = np.linalg.norm(rows.vectors, axis=1)
    if not (np.abs(lengths - 1) < _TOLERANCE).all():  # nor is a length that is no number
        raise Damaged("向量与收入时不同")


def _prove(item: DocumentSummary, found: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
    passages = passages_of(item, (row for row in found.values() if row[1].get("role") == "passage"))
    document = replace(item.document, passages=passages)
    written = {row.id: (row.text, row.metadata) for row in records(document, 0, item.edition)}
    if written != {id: (text, {**metadata, "written": 0}) for id, (text, metadata) in found.items()}:
        raise Damaged(f"《{item.title}》的记录与收入时不同")
