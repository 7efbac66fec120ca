"""Tables as frames of a library, and back."""

from __future__ import annotations

from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import pyarrow as pa

Frame: TypeAlias = nw.LazyFrame[Any]
"""What a KPI is given: columns with types, rows in no order."""

BACKENDS = ("arrow", "pandas", "polars", "duckdb")


def from_arrow(table: pa.Table, backend: str = "arrow") -> Frame:
    """Give a table to a dataframe library, keeping the types of its columns.

    Errors: ValueError for a library that is not among `BACKENDS`.
    Example:
        >>> import pyarrow as pa
        >>> gathered(from_arrow(pa.table({"n": [1, None]}))).to_pydict()
        {'n': [1, None]}
    """
    if backend == "arrow":
        native: Any = table
    elif backend == "pandas":
        import pandas as pd  # noqa: PLC0415  # only the library that is used is loaded

        native = table.to_pandas(types_mapper=pd.ArrowDtype)
    elif backend == "polars":
        import polars as pl  # noqa: PLC0415  # only the library that is used is loaded

        native = pl.from_arrow(written_out(table))
    elif backend == "duckdb":
        import duckdb  # noqa: PLC0415  # only the library that is used is loaded

        native = duckdb.from_arrow(written_out(table))
    else:
        raise ValueError(f"{backend} is not one of {', '.join(BACKENDS)}")
    frame: Frame = nw.from_native(native).lazy()
    return frame


def backend_of(frame: Frame) -> str:
    """Say which library a frame is of."""
    return "arrow" if frame.implementation.is_pyarrow() else frame.implementation.value


def gathered(frame: Frame) -> pa.Table:
    """Compute a frame and give its rows as an arrow table, text in codes where it is held so."""
    table: pa.Table = frame.collect(backend="pyarrow").to_native()
    # Pandas adds its index as a column once rows were filtered or sorted.
    table = table.select(frame.collect_schema().names())
    # DuckDB adds up whole numbers without bounds: a sum of them comes back as a decimal without decimals.
    whole = [
        field.with_type(pa.int64()) if pa.types.is_decimal(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(whole))


def written_out(table: pa.Table) -> pa.Table:
    """Write out the text of a table that is held as codes."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            text = table.column(place).cast(field.type.value_type)
            table = table.set_column(place, field.name, text)
    return table
