"""Rows found and added up by the codes of their text: text itself is not compared."""

from __future__ import annotations

from collections import defaultdict
from math import prod
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.backends import Frame, backend_of, from_arrow, gathered, written_out
from retention_cli.frames.by_group import GROUP
from retention_cli.frames.columns import as_codes, as_text
from retention_cli.frames.hashes import repeated, text_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt


def pairs_among(frame: Frame, key: str, ids: Frame) -> Frame:
    """Keep the rows whose key is one of the ids of their group."""
    table, wanted = gathered(frame), gathered(ids.select(GROUP, key))
    coded = as_codes(table[key])
    many = len(coded.dictionary)
    place = pc.index_in(as_text(wanted[key]).cast(coded.dictionary.type), coded.dictionary)
    found = pc.fill_null(place, many).to_numpy() + wanted[GROUP].to_numpy() * (many + 1)
    blank = pc.fill_null(coded.indices, -1).to_numpy()
    there = np.isin(blank + table[GROUP].to_numpy() * (many + 1), found) & (blank >= 0)
    return from_arrow(table.filter(pa.array(there)), backend_of(frame))


def added_by(
    frame: Frame, keys: Sequence[str], sums: Mapping[str, nw.Expr], *, blanks_apart: bool = False
) -> Frame:
    """Add up whole numbers over the rows of each combination of keys.

    With `blanks_apart` each row whose last key is blank stays a row of its own.
    """
    columns = (expr.alias(name) for name, expr in sums.items())
    table = gathered(frame.select(*keys, *columns))
    alone = np.zeros(len(table), dtype=np.bool_)
    if len(keys) == 1 and not pa.types.is_dictionary(table[keys[0]].type):
        alone[:] = True
        alone[repeated(text_keys(table[keys[0]].cast(pa.string())))[0]] = False
    if blanks_apart:
        alone |= np.asarray(pc.is_null(table[keys[-1]]))
    if not alone.any():
        return from_arrow(_added_up(table, keys), backend_of(frame))
    added = _added_up(table.filter(pa.array(~alone)), keys)
    once = written_out(table.filter(pa.array(alone)))
    filled = [*once.select(keys).columns, *(pc.fill_null(once[name], 0) for name in sums)]
    once = pa.table(filled, names=table.column_names).cast(added.schema)
    return from_arrow(pa.concat_tables([once, added]), backend_of(frame))


def added_by_group(frame: Frame, sums: Mapping[str, nw.Expr]) -> Mapping[int, Mapping[str, int]]:
    """Add up columns for each group that has a row; the others have nothing."""
    columns = (expr.cast(nw.Int64).alias(name) for name, expr in sums.items())
    each = frame.select(GROUP, *columns).group_by(GROUP).agg(nw.col(*sums).sum())
    table = gathered(each)
    found: dict[int, Mapping[str, int]] = defaultdict(lambda: dict.fromkeys(sums, 0))
    numbers = [pc.fill_null(table[name], 0).to_pylist() for name in sums]
    for group, *ours in zip(table[GROUP].to_pylist(), *numbers, strict=True):
        found[group] = dict(zip(sums, ours, strict=True))
    return found


def _added_up(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    coded = [as_codes(table[key]) for key in keys]
    group = np.zeros(len(table), dtype=np.int64)
    for key in coded:
        blank = len(key.dictionary)
        group *= blank + 1
        group += pc.fill_null(key.indices, blank).to_numpy()
    highest = prod(len(key.dictionary) + 1 for key in coded)
    if highest > len(table):
        there, group = np.unique(group, return_inverse=True)
    else:
        there = np.arange(highest)
    counts = np.bincount(group, minlength=len(there))
    columns = {
        name: _sums(table[name], group, len(there)) for name in table.column_names[len(keys) :]
    }
    columns = {name: pa.array(total[counts > 0]) for name, total in columns.items()}
    found, ids = there[counts > 0], {}
    for name, key in reversed(list(zip(keys, coded, strict=True))):
        found, code = np.divmod(found, len(key.dictionary) + 1)
        cells = key.dictionary.take(pa.array(code, mask=code == len(key.dictionary)))
        ids[name] = cells if name == GROUP else cells.cast(pa.string())
    return pa.table({name: ids[name] for name in keys} | columns)


def _sums(
    column: pa.ChunkedArray, group: npt.NDArray[np.int64], groups: int
) -> npt.NDArray[np.int64]:
    total, start = np.zeros(groups, dtype=np.int64), 0
    for chunk in column.chunks:
        numbers = pc.fill_null(chunk.cast(pa.int64()), 0).to_numpy()
        np.add.at(total, group[start : start + len(chunk)], numbers)
        start += len(chunk)
    return total
