"""The only room that knows how dataframe libraries differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals.stable.v2 as nw

from retention_cli.measures import Part, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

Frame: TypeAlias = nw.LazyFrame[Any]
"""What a KPI is given: columns with types, rows in no order."""

BACKENDS = ("pandas", "polars")


def from_arrow(table: pa.Table, backend: str = "pandas") -> Frame:
    """Give a table to a dataframe library, keeping the types of its columns.

    Errors: ValueError for a library that is not among `BACKENDS`.
    Example:
        >>> import pyarrow as pa
        >>> collect(from_arrow(pa.table({"n": [1, None]}))).to_pydict()
        {'n': [1, None]}
    """
    if backend == "pandas":
        import pandas as pd  # noqa: PLC0415  # only the library that is used is loaded

        native: Any = table.to_pandas(types_mapper=pd.ArrowDtype)
    elif backend == "polars":
        import polars as pl  # noqa: PLC0415  # only the library that is used is loaded

        native = pl.from_arrow(table)
    else:
        raise ValueError(f"{backend} is none of {', '.join(BACKENDS)}")
    frame: Frame = nw.from_native(native).lazy()
    return frame


def collect(frame: Frame) -> pa.Table:
    """Compute a frame and give its rows as an arrow table."""
    table: pa.Table = frame.collect(backend="pyarrow").to_native()
    # Pandas adds its index as a column once rows were filtered or sorted.
    return table.select(frame.collect_schema().names())


def has(frame: Frame, *columns: str) -> bool:
    """Say whether a frame has all of these columns.

    Example:
        >>> import pyarrow as pa
        >>> has(from_arrow(pa.table({"n": [1]})), "n", "m")
        False
    """
    names = frame.collect_schema().names()
    return all(column in names for column in columns)


def per_id(frame: Frame, *, key: str, **flags: nw.Expr) -> Frame:
    """Make one row of each id: a flag is true where it is for any of the id's rows.

    Shape: the key and one boolean column a flag; rows without an id are left out.
    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", "a", "b"], "n": [1, 5, 1]}))
        >>> table = collect(per_id(rows, key="id", large=nw.col("n") > 3).sort("id"))
        >>> table.to_pydict()
        {'id': ['a', 'b'], 'large': [True, False]}
    """
    marked = frame.filter(~nw.col(key).is_null()).select(
        nw.col(key), *(flag.fill_null(value=False).alias(name) for name, flag in flags.items())
    )
    return marked.group_by(key).agg(*(nw.col(name).any() for name in flags))


def parts(frame: Frame, *, key: str, **masks: nw.Expr) -> dict[str, Part]:
    """Count the rows under each mask, and remember how to find the ids behind each count.

    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", "b", "c"], "n": [1, 5, 7]}))
        >>> found = parts(rows, key="id", large=nw.col("n") > 3)
        >>> found["large"].total, found["large"].ids()
        (2, ['b', 'c'])
    """
    filled = {name: mask.fill_null(value=False) for name, mask in masks.items()}
    counted = totals(frame, **{name: mask.cast(nw.Int64) for name, mask in filled.items()})
    return {
        name: Part(counted[name], fetch=_ids(frame, key, mask)) for name, mask in filled.items()
    }


def summed(
    frame: Frame, *, key: str, unit: Unit, where: nw.Expr | None = None, **sums: nw.Expr
) -> dict[str, Part]:
    """Add up whole numbers over the rows, remembering how to find the ids behind each sum."""
    rows = frame if where is None else frame.filter(where.fill_null(value=False))
    added = totals(rows, **sums)
    return {
        name: Part(added[name], unit, _ids(rows, key, ~expr.is_null()))
        for name, expr in sums.items()
    }


def totals(frame: Frame, **sums: nw.Expr) -> dict[str, int]:
    """Add up whole numbers over all rows; over none it is 0.

    Example:
        >>> import pyarrow as pa
        >>> totals(from_arrow(pa.table({"n": [1, 5]})), all=nw.col("n"))
        {'all': 6}
    """
    row = collect(frame.select(*(expr.sum().alias(name) for name, expr in sums.items())))
    return {name: int(row[name][0].as_py() or 0) for name in sums}


def _ids(frame: Frame, key: str, mask: nw.Expr) -> Callable[[], list[str]]:
    def fetch() -> list[str]:
        found = collect(frame.filter(mask).select(nw.col(key)))[key]
        return sorted(value for value in found.to_pylist() if value is not None)

    return fetch
