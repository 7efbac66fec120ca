"""What is behind the total of a part: its members, what each adds, and the rows that make them members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import FILE, ROW, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Behind: TypeAlias = "Callable[[str, Any], tuple[Rows, ...]]"
"""Gives the rows behind the part of a name, whose ids it is told."""

MEMBER, ADDS = "_member", "_adds"
"""The columns of members and of what each of them, or of their rows, adds to the total."""


@dataclass(frozen=True, slots=True)
class Source:
    """The kind of export that a frame has rows of, and the columns of it that decide."""

    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind of export behind the members of a part.

    Shape: `table` has _member; _file and _row where it is known; `cells`, the columns that decided;
        and _adds where a row by itself adds to the total.
    """

    kind: str
    table: pa.Table
    cells: tuple[str, ...]

    @classmethod
    def of(
        cls,
        kind: str,
        rows: pa.Table,
        *,
        member: str,
        cells: Sequence[str],
        adds: pa.Array | None = None,
    ) -> Rows:
        """Take of rows what is to be shown of them."""
        shown = tuple(name for name in dict.fromkeys(cells) if name in rows.column_names)
        columns = {MEMBER: as_text(rows[member]).cast(pa.string())}
        if adds is not None:
            columns[ADDS] = adds
        there = [name for name in (FILE, ROW) if name in rows.column_names]
        return cls(kind, pa.table(columns | {name: rows[name] for name in (*there, *shown)}), shown)

    @property
    def adds(self) -> bool:
        """Whether each row adds to the total."""
        return ADDS in self.table.column_names

    def without_adds(self) -> Rows:
        """Give the same rows where they are not what adds up to the total."""
        return Rows(self.kind, self.table.drop_columns(ADDS), self.cells) if self.adds else self

    def among(self, ids: Any) -> Rows:
        """Keep the rows of some members."""
        wanted = pc.is_in(self.table[MEMBER], value_set=ids.cast(self.table[MEMBER].type))
        return Rows(self.kind, self.table.filter(wanted), self.cells)


class Opened(NamedTuple):
    """The members of a part, and the rows behind them.

    Shape: `members` has _member and _adds; one without an id has no name of its own.
    """

    members: pa.Table
    rows: tuple[Rows, ...] = ()

    def ids(self) -> list[str]:
        """List the ids of the members, each once, sorted."""
        return sorted(pc.unique(self.members[MEMBER]).drop_null().to_pylist())


def counted_once(ids: Any, rows: tuple[Rows, ...] = ()) -> Opened:
    """Open a count of ids, each of which adds one."""
    column = pa.chunked_array([ids]) if isinstance(ids, pa.Array) else ids
    members = pa.table(
        {MEMBER: as_text(column).cast(pa.string()), ADDS: pa.array(np.ones(len(column), np.int64))}
    )
    return Opened(members, rows)
