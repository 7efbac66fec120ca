"""Columns of tables that no export has, and columns of text held as codes."""

from __future__ import annotations

import pyarrow as pa

ROW = "_row"
"""The column of row numbers in tables, under a name that no header is matched to."""

FILE = "_file"
"""The column that says which file of its kind a row is from, by its place among them."""

TAX = "_tax"
"""The column that says whether the amount of an invoice has sales tax in it."""

RATE = "_rate"
"""The column that says at which rate of its dataset the amounts of a row were converted."""

CLOCK = "_clock"
"""The column of the times of day that are beside days: rows are compared by it, and by nothing else."""

INCLUDED, EXCLUDED = "included", "excluded"


def as_text(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Write out a column that is given as codes and the texts they stand for.

    Example:
        >>> as_text(pa.array(["ann", "bob", "ann"]).dictionary_encode()).to_pylist()
        ['ann', 'bob', 'ann']
    """
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def as_codes(column: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """Hold a column as codes and the texts they stand for, each text once.

    Example:
        >>> codes = as_codes(pa.chunked_array([["ann", "bob"], ["ann"]]))
        >>> codes.indices.to_pylist(), codes.dictionary.to_pylist()
        ([0, 1, 0], ['ann', 'bob'])
    """
    coded = column.dictionary_encode()
    if isinstance(coded, pa.DictionaryArray):
        return coded
    if coded.num_chunks:
        return coded.unify_dictionaries().combine_chunks()
    # Before version 25 arrow cannot make an empty array of codes out of no chunks.
    return pa.DictionaryArray.from_arrays(
        pa.array([], pa.int32()), pa.array([], coded.type.value_type)
    )
