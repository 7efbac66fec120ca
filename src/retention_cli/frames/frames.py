"""The only room that knows how dataframe libraries differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.backends import (
    BACKENDS,
    Frame,
    backend_of,
    from_arrow,
    gathered,
    written_out,
)
from retention_cli.frames.by_group import GROUP, AllRows, GroupFrame
from retention_cli.frames.codes import added_by, added_by_group, pairs_among
from retention_cli.frames.columns import as_codes
from retention_cli.frames.expressions import UnreadError, shape, shapes
from retention_cli.frames.opened import ADDS, MEMBER, Opened, Rows, Source
from retention_cli.values.measures import Part, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from retention_cli.frames.opened import Behind


__all__ = [
    "BACKENDS",
    "Frame",
    "alike",
    "collect",
    "from_arrow",
    "grouped",
    "grouped_by_id",
    "has",
    "kept",
    "listed",
    "only_among",
    "opening",
    "parts",
    "per_id",
    "stacked",
    "summed",
    "totals",
]

_ONE = nw.lit(1)


def collect(frame: Frame, *, coded: bool = False) -> pa.Table:
    """Compute a frame and give its rows as an arrow table.

    Shape: text that tables hold as codes is written out, unless `coded` says that it may stay so.
    """
    if isinstance(frame, GroupFrame):
        return frame.rows.table(frame.group)
    table = gathered(frame)
    return table if coded else written_out(table)


def listed(frame: Frame) -> list[dict[str, Any]]:
    """Compute a frame of few rows, and give them one by one."""
    if isinstance(frame, GroupFrame):
        return frame.rows.listed(frame.group)
    rows: list[dict[str, Any]] = collect(frame).to_pylist()
    return rows


def has(frame: Frame, *columns: str) -> bool:
    """Say whether a frame has all of these columns.

    Example:
        >>> has(from_arrow(pa.table({"n": [1]})), "n", "m")
        False
    """
    return frame.collect_schema().keys() >= {*columns}


def stacked(first: Frame, *others: Frame) -> Frame:
    """Put the rows of frames with the same columns below one another."""
    if isinstance(first, GroupFrame) and all(map(first.is_beside, others)):
        below = [one.rows for one in others if isinstance(one, GroupFrame)]
        return first.step(("stacked", *below), lambda rows: _below(rows, below))
    return nw.concat([first, *others])


def _below(first: Frame, others: Sequence[AllRows]) -> Frame:
    names = first.collect_schema().names()
    return nw.concat([first, *(one.frame.select(names) for one in others)])


def kept(frame: Frame) -> Frame:
    """Work a frame out once, for what is asked of it several times."""
    if isinstance(frame, GroupFrame):
        return frame.step("kept", kept)
    return alike(gathered(frame), frame)


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

    def made(rows: Frame, *group: str) -> Frame:
        marks = (flag.fill_null(value=False).alias(name) for name, flag in flags.items())
        marked = rows.filter(~nw.col(key).is_null()).select(*group, key, *marks)
        return marked.group_by(*group, key).agg(*(nw.col(name).any() for name in flags))

    return _for_all_groups(frame, ("per_id", key), flags, made)


def _for_all_groups(
    frame: Frame,
    said: Hashable,
    exprs: Mapping[str, nw.Expr],
    make: Callable[..., Frame],
) -> Frame:
    """Make a frame of another; of that of a group, with the column of groups as one more key."""
    if isinstance(frame, GroupFrame):
        try:
            return frame.step((said, shapes((), exprs)), lambda rows: make(rows, GROUP))
        except UnreadError:
            frame = frame.alone
    return make(frame)


def only_among(frame: Frame, key: str, ids: Frame) -> Frame:
    """Keep the rows whose key is one of some ids; a blank one is not.

    Example:
        >>> import pyarrow as pa
        >>> rows = from_arrow(pa.table({"id": ["a", None, "b", "a"]}))
        >>> collect(only_among(rows, "id", rows.filter(nw.col("id") == "a"))).to_pydict()
        {'id': ['a', 'a']}
    """
    if isinstance(frame, GroupFrame) and frame.is_beside(ids):
        others = ids.rows
        return frame.step(("among", key, others), lambda rows: pairs_among(rows, key, others.frame))
    table = collect(frame, coded=True)
    coded = as_codes(table[key])
    wanted = collect(ids.select(key))[key].drop_null().cast(coded.dictionary.type)
    found = pc.is_in(coded.dictionary, value_set=wanted).take(coded.indices)
    return alike(table.filter(pc.fill_null(found, False)), frame)


def grouped(frame: Frame, *keys: str, **sums: nw.Expr) -> Frame:
    """Add up whole numbers over the rows of each combination of keys; blank is a key like another.

    Ten times as fast as grouping by text: keys are codes. Text without codes is hardly ever repeated,
    and only the rows that are get codes.
    Example:
        >>> rows = from_arrow(pa.table({"id": ["a", "b", "a"], "n": [1, 5, 2]}))
        >>> collect(grouped(rows, "id", all=nw.col("n")).sort("id")).to_pydict()
        {'id': ['a', 'b'], 'all': [3, 5]}
    """
    return _for_all_groups(
        frame, ("grouped", keys), sums, lambda rows, *group: added_by(rows, (*group, *keys), sums)
    )


def grouped_by_id(frame: Frame, key: str, **sums: nw.Expr) -> Frame:
    """Add up whole numbers over the rows of each id; a row without one stays a row of its own.

    Example:
        >>> rows = from_arrow(pa.table({"id": ["a", None, None, "a"], "n": [1, 2, 3, 4]}))
        >>> collect(grouped_by_id(rows, "id", all=nw.col("n")).sort("all"))["all"].to_pylist()
        [2, 3, 5]
    """
    return _for_all_groups(
        frame,
        ("grouped_by_id", key),
        sums,
        lambda rows, *group: added_by(rows, (*group, key), sums, blanks_apart=True),
    )


def alike(table: pa.Table, frame: Frame) -> Frame:
    """Give a table to the library that a frame is of."""
    return from_arrow(table, backend_of(frame))


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

    def counts() -> dict[str, nw.Expr]:
        ones = {n: mask.fill_null(value=False).cast(nw.Int64) for n, mask in masks.items()}
        return ones if times is None else {name: one * times for name, one in ones.items()}

    counted = _totals(frame, ("parts", times), masks, counts)
    adds = _ONE if times is None else times
    return {
        name: Part(
            counted[name], opens=opening(frame, mask, key=key, adds=adds, name=name, behind=behind)
        )
        for name, mask in masks.items()
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
            opening(frame, None, key=key, adds=expr, name=name, behind=behind),
        )
        for name, expr in sums.items()
    }


def totals(frame: Frame, **sums: nw.Expr) -> Mapping[str, int]:
    """Add up whole numbers over all rows; over none it is 0.

    Example:
        >>> totals(from_arrow(pa.table({"n": [1, 5]})), all=nw.col("n"))
        {'all': 6}
    """
    return _totals(frame, ("totals", None), sums, lambda: sums)


def _totals(
    frame: Frame,
    how: tuple[str, nw.Expr | None],
    told: Mapping[str, nw.Expr],
    make: Callable[[], Mapping[str, nw.Expr]],
) -> Mapping[str, int]:
    """Add up the columns that are made of what is told, once for all groups."""
    if isinstance(frame, GroupFrame):
        try:
            said = (how[0], shape(how[1]), shapes((), told))
            return frame.rows.answer(said, lambda rows: added_by_group(rows, make()))[frame.group]
        except UnreadError:
            frame = frame.alone
    sums = make()
    row = collect(frame.select(*(expr.sum().alias(name) for name, expr in sums.items())))
    return {name: int(row[name][0].as_py() or 0) for name in sums}


def opening(  # what a part is, and where it comes from
    frame: Frame,
    mask: nw.Expr | None,
    *,
    key: str,
    adds: nw.Expr,
    name: str = "",
    behind: Source | Behind | None = None,
) -> Callable[[], Opened]:
    """Remember how to find what each row adds to the part of a name, under a mask or if anything."""

    def opened() -> Opened:
        chosen = ~adds.is_null() if mask is None else mask.fill_null(value=False)
        marked = frame.filter(chosen).with_columns(adds.cast(nw.Int64).alias(ADDS))
        if isinstance(behind, Source):
            table = collect(marked)
            found = Rows.of(behind.kind, table, member=key, cells=behind.cells, adds=table[ADDS])
            return Opened(found.table.select([MEMBER, ADDS]), (found,))
        table = collect(marked.select(key, ADDS))
        ids = table[key].cast(pa.string())
        members = pa.table({MEMBER: ids, ADDS: table[ADDS]})
        return Opened(members, behind(name, ids) if behind else ())

    return opened
