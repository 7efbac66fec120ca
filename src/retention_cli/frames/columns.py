"""Columns of tables that no export has, and columns of text held as codes."""

from __future__ import annotations

import pyarrow as pa

ROW = "_row"
"""The column of row numbers in tables, under a name that no header is matched to."""

FILE = "_file"
"""The column that says which file of its kind a row is from, by its place among them."""

TAX = "_tax"
"""The column that says whether the amount of an invoice has sales tax in it."""

INCLUDED, EXCLUDED = "included", "excluded"


def as_text(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Write out a column that is given as codes and the texts they stand for.

    Example:
        >>> as_text(pa.array(["ann", "bob", "ann"]).dictionary_encode()).to_pylist()
        ['ann', 'bob', 'ann']
    """
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
