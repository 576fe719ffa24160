"""Vectors in a quarter of their size: the first look of a search over a large library, which the exact ones settle.

Reading all vectors is most of what such a search costs. One byte a number, with a scale for each row, gives products
that are off by some thousandths, in a third of the time; the best of them are computed again from the vectors themselves.
A processor that multiplies whole numbers of one byte itself (VNNI) needs half of that again: the question then becomes
two rows of them, the second for what the first leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.mapped import let_go

if TYPE_CHECKING:
    import numpy as np
    import torch

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

        few = np.stack(vectors).astype(np.float32, copy=False)
        rows, scales = torch.from_numpy(self.rows), torch.from_numpy(self.scales)
        with torch.inference_mode():
            found = _of_whole_numbers(rows, few) if _whole_numbers_are_quick() else _of_fractions(rows, few)
            found *= scales
        return tuple(found.numpy())


@cache
def _whole_numbers_are_quick() -> bool:
    """Whether the processor adds up products of bytes in one step, and so without their sums running over."""
    import torch

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_vnni") or able.get("avx_vnni"))


def _of_whole_numbers(rows: torch.Tensor, few: np.ndarray) -> torch.Tensor:
    import numpy as np
    import torch

    steps = np.maximum(np.abs(few).max(axis=1, keepdims=True), 1e-9) / _GREATEST
    first = np.rint(few / steps)
    rest = np.rint((few / steps - first) * 2 * _GREATEST)
    both = torch.from_numpy(np.concatenate((first, rest)).astype(np.int8))
    sums = torch._int_mm(both, rows.T)  # pyright: ignore[reportPrivateImportUsage] - the few on the left: a third quicker
    found = sums[: len(few)].float()
    found.add_(sums[len(few) :], alpha=1 / (2 * _GREATEST))
    return found.mul_(torch.from_numpy(steps))


def _of_fractions(rows: torch.Tensor, few: np.ndarray) -> torch.Tensor:
    import torch

    asked, found = torch.from_numpy(few), torch.empty((len(few), len(rows)))
    for start in range(0, len(rows), _PORTION):  # made numbers of four bytes where they stay in the cache
        part = slice(start, start + _PORTION)
        torch.mm(asked, rows[part].float().T, out=found[:, part])
    return found
