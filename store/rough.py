"""Vectors in a quarter of their size: the first look of a search over a large library, which the exact ones settle.

Reading all vectors is most of what such a search costs. One byte a number, with a scale for each row, gives products
that are off by some thousandths, in a third of the time; the best of them are computed again from the vectors themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.mapped import let_go

if TYPE_CHECKING:
    import numpy as np

LARGE = 100_000
"""From so many passages on; fewer are looked through exactly."""
SETTLED = 300
"""So many of the best are computed again."""
_PORTION = 2048
_GREATEST = 127


@dataclass(frozen=True)
class Rough:
    """``rows`` (int8) times ``scales`` (float32, one a row) are about the vectors."""

    rows: np.ndarray
    scales: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray) -> Rough:
        """Read the vectors once; the memory of those that lie on the disk is given back."""
        import numpy as np

        rows = np.empty(vectors.shape, dtype=np.int8)
        scales = np.empty(len(vectors), dtype=np.float32)
        for start in range(0, len(vectors), _PORTION):
            part = slice(start, start + _PORTION)
            scales[part] = np.maximum(np.abs(vectors[part]).max(axis=1), 1e-9) / _GREATEST
            rows[part] = np.rint(vectors[part] / scales[part, None])
        let_go(vectors)
        return cls(rows, scales)

    def products(self, *vectors: np.ndarray) -> tuple[np.ndarray, ...]:
        """As ``store.products.products``, nearly."""
        import numpy as np
        import torch

        few = torch.from_numpy(np.stack(vectors).astype(np.float32, copy=False))
        found = torch.empty((len(vectors), len(self.rows)))
        with torch.inference_mode():
            rows, scales = torch.from_numpy(self.rows), torch.from_numpy(self.scales)
            for start in range(0, len(rows), _PORTION):  # made numbers of four bytes where they stay in the cache
                part = slice(start, start + _PORTION)
                torch.mm(few, rows[part].float().T, out=found[:, part])
            found *= scales
        return tuple(found.numpy())
