"""Rows that leave blank what the row above says: lines of an invoice below its first one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.reading.text import TextBatch
from retention_cli.records.base import DURATION, HOURS, IDENTITY, NUMBER, form_of
from retention_cli.settling.total_rows import is_a_word_for_total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from retention_cli.records.base import Record

_AMOUNT = "amount"
_MEASURES = (NUMBER, HOURS, DURATION)
_PROVES = 2
"""So many rows with lines below them show that an export is written so."""
_WORTH_ASKING = 0.05


class Filled(NamedTuple):
    """Rows with what the row above says of them, and those that repeat it.

    Shape: `left_out` are the numbers of rows whose amounts are in another row; `assumed` is what to
        say; `asked` is what nothing proves, where any of the rows in `open` is not a total.
    """

    batches: list[TextBatch]
    left_out: tuple[int, ...] = ()
    because: str = ""
    assumed: str | None = None
    asked: str | None = None
    open: tuple[int, ...] = ()


def with_parents(
    batches: Sequence[TextBatch],
    model: type[Record],
    *,
    gone: Iterable[int] = (),
    told: bool | None = None,
) -> Filled:
    """Fill down what says of which invoice a row is, where the rows show that it has to be.

    They do where two rows or more have lines below them, where each row without a day has none of
    these cells, and where no row of `gone` stands between. Where the amounts of lines add up to
    that of the row above them, each time, they are in it already. `told` goes before all of this.
    """
    whole = list(batches)
    keys = _keys(whole, model)
    if told is False or not keys:
        return Filled(whole)
    table = pa.Table.from_batches([batch.columns for batch in whole]).combine_chunks()
    rows = np.concatenate([batch.rows.to_numpy() for batch in whole])
    found = _Lines(table, rows, keys, model, np.array(sorted(gone), np.int64))
    if not found.lines.any():
        return Filled(whole)
    if not told and not found.are_proven:
        asked = found.question if found.are_worth_asking else None
        return Filled(whole, asked=asked, open=tuple(found.numbers))
    return found.filled()


def _keys(batches: Sequence[TextBatch], model: type[Record]) -> list[str]:
    """List the columns that say of which thing a row is, its day first; none where no day lacks."""
    names = batches[0].columns.schema.names if batches else []
    fields = model.model_fields
    days = [name for name in model.dated_by if name in names and fields[name].is_required()]
    if not days or _AMOUNT not in names:
        return []
    if not any(batch.columns.column(days[0]).null_count for batch in batches):
        return []
    ids = [name for name in names if name in fields and form_of(fields[name]) == IDENTITY]
    return [days[0], *ids]


class _Lines:
    """The rows of an export, and which of them leave blank what the row above says."""

    def __init__(
        self,
        table: pa.Table,
        rows: npt.NDArray[np.int64],
        keys: Sequence[str],
        model: type[Record],
        gone: npt.NDArray[np.int64],
    ) -> None:
        self._table, self._rows, self._keys, self._model = table, rows, keys, model
        no_day = _null(table[keys[0]])
        self._used = [key for key in keys[1:] if not _null(table[key])[~no_day].all()]
        nothing = reduce(np.logical_and, [_null(table[key]) for key in self._used], no_day)
        totals = no_day & self._says_total()
        self._partial = int((no_day & ~nothing & ~totals).sum())
        parents = np.where(~no_day, np.arange(len(rows)), -1)
        self._parent = np.maximum.accumulate(parents)
        above = np.searchsorted(gone, rows) - np.searchsorted(gone, rows[self._parent])
        self._amounts = [_amount(text) for text in as_text(table[_AMOUNT]).to_pylist()]
        self.lines = nothing & ~totals & (self._parent >= 0) & (above == 0)
        if self.lines[-1] and len(rows) > _PROVES and self._is_a_sum(len(rows) - 1, 0):
            self.lines[-1] = False

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows."""
        return [int(row) for row in self._rows[self.lines]]

    @property
    def are_proven(self) -> bool:
        """Whether the export is surely written so."""
        groups = self._groups()
        several = {head: lines for head, lines in groups.items() if len(lines) > 1}
        ends_in_sums = several and all(
            self._is_a_sum(lines[-1], head) for head, lines in several.items()
        )
        return (
            bool(self._used)
            and not self._partial
            and len(groups) >= _PROVES
            and not ends_in_sums
            and self._adds_up() is not None
        )

    @property
    def are_worth_asking(self) -> bool:
        """Whether there are more of them than a few rows that lost their cells."""
        return bool(self._used) and self.lines.sum() > _WORTH_ASKING * len(self.lines)

    @property
    def question(self) -> str:
        """What nobody but the owner of the export can know."""
        first = int(self._rows[self.lines][0])
        count = int(self.lines.sum())
        rows = "1 row has" if count == 1 else f"{count:,} rows have"
        return (
            f"{rows} no {', '.join((self._keys[0], *self._used))}, from row {first} on, and may be"
            " lines of the row above"
        )

    def filled(self) -> Filled:
        """Give the rows with what the row above says."""
        adds_up = self._adds_up()
        amounts = _null(self._table[_AMOUNT])
        count = int(self.lines.sum())
        if adds_up or (amounts & self.lines).sum() == count:
            because = "is a line of the row above, which has its amount"
            left, said = self.lines, f"{count:,} lines below other rows are left out: the amount"
            said += " of the row above has theirs in it"
        else:
            because = "names the lines below it, which have the amounts"
            heads = np.isin(np.arange(len(amounts)), self._parent[self.lines])
            left = heads & amounts
            said = (
                f"{count:,} rows are read as lines of the row above, which says their"
                f" {', '.join((self._keys[0], *self._used))}"
            )
        said += "; fill_down = false under [[export]] in retention.toml rejects them"
        return Filled(
            self._batches(~left),
            tuple(int(row) for row in self._rows[left]),
            because,
            said,
        )

    def _batches(self, kept: npt.NDArray[np.bool_]) -> list[TextBatch]:
        take = pa.array(np.where(self.lines, self._parent, np.arange(len(self._rows))))
        table = self._table
        for place, name in enumerate(table.column_names):
            if self._is_of_parents(name):
                table = table.set_column(place, name, table[name].take(take))
        (made,) = table.filter(pa.array(kept)).combine_chunks().to_batches() or [None]
        if made is None:
            return []
        return [TextBatch(made, pa.array(self._rows[kept]))]

    def _is_of_parents(self, name: str) -> bool:
        """Tell a column that only the first rows fill, and that is not a measure of theirs alone."""
        info = self._model.model_fields.get(name)
        measures = info is not None and form_of(info) in _MEASURES
        return not measures and bool(_null(self._table[name])[self.lines].all())

    def _says_total(self) -> npt.NDArray[np.bool_]:
        said = np.zeros(len(self._rows), dtype=bool)
        for column in self._table.columns:
            if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
                for_total = is_a_word_for_total(column.combine_chunks())
                said |= np.asarray(for_total, dtype=bool)
        return said

    def _groups(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place in np.flatnonzero(self.lines):
            found.setdefault(int(self._parent[place]), []).append(int(place))
        return found

    def _adds_up(self) -> bool | None:
        """Tell whether the lines are in the amount above them; None where that cannot be told."""
        groups = self._groups()
        same = [
            self._amounts[head] is not None and self._amounts[head] == self._sum(lines)
            for head, lines in groups.items()
        ]
        if not all(same):
            return False
        return True if any(len(lines) > 1 for lines in groups.values()) else None

    def _is_a_sum(self, place: int, first: int) -> bool:
        """Tell whether a row has the sum of all rows from one on down to it."""
        amount = self._amounts[place]
        return amount is not None and amount == self._sum(range(first, place))

    def _sum(self, places: Iterable[int]) -> Decimal:
        return sum((self._amounts[at] or Decimal(0) for at in places), Decimal(0))


def _null(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.is_null(column), dtype=bool)


def _amount(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None
