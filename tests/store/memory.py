"""The two collections in dictionaries: what Chroma keeps, without Chroma."""

import numpy as np

from domain import UnusableInput
from store.rows import Rows


class MemoryCollections:
    """Every method of ``store.chroma.Collections`` that a knowledge base calls."""

    def __init__(self):
        self.records = {}
        self.marks = {}

    def close(self):
        """There is nothing to connect to."""

    def write(self, rows, vectors):
        self.records |= {row.id: (row, vector) for row, vector in zip(rows, vectors)}

    def mark(self, ids, titles, metadata, vectors):
        self.marks |= dict(zip(ids, metadata))

    def seal(self, metadata):
        self.marks |= metadata

    def damaged(self, what):
        return UnusableInput(str(what))

    def unmark(self, id):
        del self.marks[id]

    def markers(self):
        return list(self.marks.items())

    def passages(self, edition):
        held = [row for row, _ in self.records.values() if row.metadata["edition"] == edition]
        return [(row.text, row.metadata) for row in sorted(held, key=lambda row: row.id) if row.role == "passage"]

    def drop_editions(self, editions):
        self.delete([id for id, (row, _) in self.records.items() if row.metadata["edition"] in editions])

    def delete(self, ids):
        for id in ids:
            del self.records[id]

    def count(self):
        return len(self.records)

    def ids(self, written_before=None):
        return [
            id
            for id, (row, _) in self.records.items()
            if not written_before or row.metadata["written"] < written_before
        ]

    def read(self, editions):
        held = [(row, vector) for row, vector in self.records.values() if row.metadata["edition"] in editions]
        rows, vectors = zip(*held)
        return Rows(
            [row.id for row in rows], [row.text for row in rows], [row.metadata for row in rows], np.stack(vectors)
        )
