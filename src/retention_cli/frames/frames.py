"""The only room that knows how dataframe libraries differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.frames.hashes import repeated, text_keys
from retention_cli.frames.opened import ADDS, MEMBER, Opened, Rows, Source
from retention_cli.values.measures import Part, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from retention_cli.frames.opened import Behind

Frame: TypeAlias = nw.LazyFrame[Any]
"""What a KPI is given: columns with types, rows in no order."""

BACKENDS = ("arrow", "pandas", "polars")


def from_arrow(table: pa.Table, backend: str = "arrow") -> Frame:
    """Give a table to a dataframe library, keeping the types of its columns.

    Errors: ValueError for a library that is not among `BACKENDS`.
    Example:
        >>> import pyarrow as pa
        >>> collect(from_arrow(pa.table({"n": [1, None]}))).to_pydict()
        {'n': [1, None]}
    """
    if backend == "arrow":
        native: Any = table
    elif backend == "pandas":
        import pandas as pd  # noqa: PLC0415  # only the library that is used is loaded

        native = table.to_pandas(types_mapper=pd.ArrowDtype)
    elif backend == "polars":
        import polars as pl  # noqa: PLC0415  # only the library that is used is loaded

        native = pl.from_arrow(_written_out(table))
    else:
        raise ValueError(f"{backend} is not one of {', '.join(BACKENDS)}")
    frame: Frame = nw.from_native(native).lazy()
    return frame


def _written_out(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            text = table.column(place).cast(field.type.value_type)
            table = table.set_column(place, field.name, text)
    return table


def collect(frame: Frame, *, coded: bool = False) -> pa.Table:
    """Compute a frame and give its rows as an arrow table.

    Shape: text that tables hold as codes is written out, unless `coded` says to leave it.
    """
    table: pa.Table = frame.collect(backend="pyarrow").to_native()
    # Pandas adds its index as a column once rows were filtered or sorted.
    table = table.select(frame.collect_schema().names())
    return table if coded else _written_out(table)


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


def only_among(frame: Frame, key: str, ids: Frame) -> Frame:
    """Keep the rows whose key is one of some ids; a blank one is not.

    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", None, "b", "a"]}))
        >>> collect(only_among(rows, "id", rows.filter(nw.col("id") == "a"))).to_pydict()
        {'id': ['a', 'a']}
    """
    table = collect(frame, coded=True)
    coded = as_codes(table[key])
    wanted = collect(ids.select(key))[key].drop_null().cast(coded.dictionary.type)
    found = pc.is_in(coded.dictionary, value_set=wanted).take(coded.indices)
    return alike(table.filter(pc.fill_null(found, False)), frame)


def grouped(frame: Frame, *keys: str, **sums: nw.Expr) -> Frame:
    """Add up whole numbers over the rows of each combination of keys; blank is a key like another.

    Ten times as fast as grouping by text: keys are codes, and sums are added up by code. Text
    without codes is hardly ever repeated, and only the rows that are get codes.
    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", "b", "a"], "n": [1, 5, 2]}))
        >>> collect(grouped(rows, "id", all=nw.col("n")).sort("id")).to_pydict()
        {'id': ['a', 'b'], 'all': [3, 5]}
    """
    columns = (expr.alias(name) for name, expr in sums.items())
    table = collect(frame.select(*keys, *columns), coded=True)
    alone = np.zeros(len(table), dtype=np.bool_)
    if len(keys) == 1 and not pa.types.is_dictionary(table[keys[0]].type):
        text = table[keys[0]].cast(pa.string())
        alone = np.ones(len(table), dtype=np.bool_)
        alone[repeated(text_keys(text))[0]] = False
    added = _added_up(table.filter(pa.array(~alone)), keys)
    once = _written_out(table.filter(pa.array(alone)))
    filled = [*once.select(keys).columns, *(pc.fill_null(once[name], 0) for name in sums)]
    once = pa.table(filled, names=table.column_names).cast(added.schema)
    return alike(pa.concat_tables([once, added]), frame)


def alike(table: pa.Table, frame: Frame) -> Frame:
    """Give a table to the library that a frame is of."""
    return from_arrow(table, _backend(frame))


def _backend(frame: Frame) -> str:
    return "arrow" if frame.implementation.is_pyarrow() else frame.implementation.value


def _added_up(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    coded = [as_codes(table[key]) for key in keys]
    group = np.zeros(len(table), dtype=np.int64)
    for key in coded:
        blank = len(key.dictionary)
        group = group * (blank + 1) + pc.fill_null(key.indices, blank).to_numpy()
    highest = int(np.prod([len(key.dictionary) + 1 for key in coded]))
    there = np.arange(highest)
    if highest > len(table):
        there, group = np.unique(group, return_inverse=True)
    counts = np.bincount(group, minlength=len(there))
    columns = {
        name: _sums(table[name], group, len(there)) for name in table.column_names[len(keys) :]
    }
    columns = {name: pa.array(total[counts > 0]) for name, total in columns.items()}
    found, ids = there[counts > 0], {}
    for name, key in reversed(list(zip(keys, coded, strict=True))):
        found, code = np.divmod(found, len(key.dictionary) + 1)
        cells = key.dictionary.take(pa.array(code, mask=code == len(key.dictionary)))
        ids[name] = cells.cast(pa.string())
    return pa.table({name: ids[name] for name in keys} | columns)


def _sums(
    column: pa.ChunkedArray, group: npt.NDArray[np.int64], groups: int
) -> npt.NDArray[np.int64]:
    total = np.zeros(groups, dtype=np.int64)
    numbers = pc.fill_null(column.cast(pa.int64()), 0).to_numpy()
    np.add.at(total, group, numbers)
    return total


def parts(
    frame: Frame,
    *,
    key: str,
    times: nw.Expr | None = None,
    behind: Source | Behind | None = None,
    **masks: nw.Expr,
) -> dict[str, Part]:
    """Count the rows under each mask, and remember how to find the ids behind each count.

    `times` says how many things each row stands for, where it is not one; `behind` what rows of
    exports they come from: of a `Source` they are rows themselves.
    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", "b", "c"], "n": [1, 5, 7]}))
        >>> found = parts(rows, key="id", large=nw.col("n") > 3)
        >>> found["large"].total, found["large"].ids()
        (2, ['b', 'c'])
    """
    filled = {name: mask.fill_null(value=False) for name, mask in masks.items()}
    ones = {name: mask.cast(nw.Int64) for name, mask in filled.items()}
    counted = totals(
        frame, **{name: one if times is None else one * times for name, one in ones.items()}
    )
    adds = nw.lit(1) if times is None else times
    return {
        name: Part(
            counted[name], opens=opening(frame, mask, key=key, adds=adds, name=name, behind=behind)
        )
        for name, mask in filled.items()
    }


def summed(
    frame: Frame,
    *,
    key: str,
    unit: Unit,
    behind: Source | Behind | None = None,
    **sums: nw.Expr,
) -> dict[str, Part]:
    """Add up whole numbers over the rows, remembering how to find the ids behind each sum."""
    added = totals(frame, **sums)
    return {
        name: Part(
            added[name],
            unit,
            opening(frame, ~expr.is_null(), key=key, adds=expr, name=name, behind=behind),
        )
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


def opening(  # noqa: PLR0913  # what a part is, and where it comes from
    frame: Frame,
    mask: nw.Expr,
    *,
    key: str,
    adds: nw.Expr,
    name: str = "",
    behind: Source | Behind | None = None,
) -> Callable[[], Opened]:
    """Remember how to find what each row under a mask adds to the part of a name."""

    def opened() -> Opened:
        marked = frame.filter(mask).with_columns(adds.cast(nw.Int64).alias(ADDS))
        if isinstance(behind, Source):
            table = collect(marked)
            found = Rows.of(behind.kind, table, member=key, cells=behind.cells, adds=table[ADDS])
            return Opened(found.table.select([MEMBER, ADDS]), (found,))
        table = collect(marked.select(key, ADDS))
        ids = table[key].cast(pa.string())
        members = pa.table({MEMBER: ids, ADDS: table[ADDS]})
        return Opened(members, behind(name, ids) if behind else ())

    return opened
