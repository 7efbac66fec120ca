"""Money in a smaller unit, so that nothing is rounded; never past what sums can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 2**63


def times(
    table: pa.Table, columns: Mapping[str, Any], *, largest: int, why: str, hint: str
) -> pa.Table:
    """Multiply columns of a table by whole numbers, the same for all rows or one for each.

    Errors: DataRefusedError, saying why and what to do, where the sum of a column times the
        `largest` of them could leave 64 bits.
    Example:
        >>> rows = pa.table({"amount": [5, None]})
        >>> times(rows, {"amount": 3}, largest=3, why="", hint="")["amount"].to_pylist()
        [15, None]
    """
    for name, factor in columns.items():
        if name not in table.column_names:
            continue
        amounts = table[name]
        whole = pc.sum(pc.abs(pc.cast(amounts, pa.decimal128(38, 0)))).as_py() or 0
        if (int(whole) + len(table)) * largest >= _LARGEST:
            raise DataRefusedError(why, hint)
        place = table.column_names.index(name)
        table = table.set_column(place, name, pc.multiply(amounts, factor))
    return table
