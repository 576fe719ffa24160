"""The cells of the three tables, each by its dotted key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeGuard


def leaves(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(``table3.granted.total``, what stands there) of every cell."""
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{rest}", leaf) for rest, leaf in leaves(value))
        else:
            yield key, value


def is_number(value: Any) -> TypeGuard[int | Decimal | float]:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)
