"""What is kept of a run: its figures, the ids and rows behind each, and a fingerprint of every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import records
from retention_cli.frames.columns import CLOCK, FILE, ROW, TAX, as_text
from retention_cli.frames.fingerprints import fingerprints
from retention_cli.frames.frames import collect, has
from retention_cli.frames.opened import MEMBER, Rows
from retention_cli.kpis import registry
from retention_cli.kpis._invoices import dated_in
from retention_cli.kpis._rows import COSTS, INVOICES, spent_in
from retention_cli.results.frozen import FrozenFigure, FrozenPart
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.file_report import Export
    from retention_cli.results.accounts import Account, Totals
    from retention_cli.results.frozen import Group
    from retention_cli.results.scorecard import Line
    from retention_cli.scoring.accounts import Ranking
    from retention_cli.values.measures import Part
    from retention_cli.values.periods import Period

CELL = "cell:"
"""What the columns of fingerprints begin with."""

_HIDDEN = {FILE, ROW, TAX, CLOCK}
_ACCOUNT = ("revenue", "revenue_without_cost", "direct_cost", "cost_to_serve", "margin")


def key_of(kind: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that name a row of a kind: its key, its document, or whose and when."""
    model = records.model(kind)
    named = (model.key, model.line_of[:1], ("customer_id", *model.dated_by))
    whole = (names for names in named if names and {*names} <= {*columns})
    return next(whole, tuple(name for name in named[-1] if name in columns))


def rows_of(kind: str, table: pa.Table, exports: Sequence[Export]) -> pa.Table:
    """Give the place, the key and the fingerprints of every row of a kind."""
    files = [place for place, one in enumerate(exports) if one.kind == kind]
    key = key_of(kind, table.column_names)
    texts = [pc.fill_null(as_text(table[name]).cast(pa.string()), "") for name in key]
    named = pc.binary_join_element_wise(*texts, " ") if texts else pa.nulls(len(table), pa.string())
    place = pa.array(files, pa.int32()).take(table[FILE].combine_chunks())
    cells = {
        f"{CELL}{name}": pa.array(fingerprints(table[name]))
        for name in table.column_names
        if name not in _HIDDEN
    }
    return pa.table({"file": place, "row": table[ROW], "key": named, **cells})


@dataclass(slots=True)
class Sets:
    """Sets of ids and of rows, each kept once however many figures have it."""

    exports: Sequence[Export]
    _numbers: dict[bytes, int] = field(default_factory=dict)
    _members: list[pa.Table] = field(default_factory=list)
    _behind: list[pa.Table] = field(default_factory=list)
    _opened: dict[Any, tuple[int, tuple[Rows, ...]]] = field(default_factory=dict)

    def opened(self, part: Part) -> tuple[int | None, tuple[Rows, ...]]:
        """Give the set of the members of a part, and the rows behind them; many figures share parts."""
        if part.opens is None:
            return None, ()
        if part.opens not in self._opened:
            found = part.opens()
            number = self.members(found.members[MEMBER].cast(pa.string()))
            self._opened[part.opens] = number, found.rows
        return self._opened[part.opens]

    def members(self, ids: Any) -> int:
        """Keep a set of ids, and give its number."""
        table = pa.table({"id": pc.unique(ids).sort()})
        return self._number(self._members, table)

    def rows(self, found: Iterable[Rows]) -> int:
        """Keep a set of rows, and give its number."""
        tables = [
            self._places(one) for one in found if {FILE, ROW} <= {*one.table.column_names}
        ] or [self._empty()]
        once = pa.concat_tables(tables).group_by(["kind", "file", "row"]).aggregate([])
        return self._number(
            self._behind, once.sort_by([("file", "ascending"), ("row", "ascending")])
        )

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Give all sets of ids, and all sets of rows."""
        empty = pa.table({"set": pa.array([], pa.int32()), "id": pa.array([], pa.string())})
        blank = self._empty().add_column(0, "set", pa.array([], pa.int32()))
        return pa.concat_tables([empty, *self._members]), pa.concat_tables([blank, *self._behind])

    def _places(self, rows: Rows) -> pa.Table:
        files = [place for place, one in enumerate(self.exports) if one.kind == rows.kind]
        there = rows.table.filter(pc.is_valid(rows.table[FILE]))
        place = pa.array(files, pa.int32()).take(there[FILE].combine_chunks())
        kind = pa.repeat(pa.scalar(rows.kind), len(there))
        return pa.table({"kind": kind, "file": place, "row": there[ROW].cast(pa.int64())})

    def _empty(self) -> pa.Table:
        types = {"kind": pa.string(), "file": pa.int32(), "row": pa.int64()}
        return pa.table({name: pa.array([], type_) for name, type_ in types.items()})

    def _number(self, kept: list[pa.Table], table: pa.Table) -> int:
        seen = sha256("".join(table.column_names).encode())
        for column in table.columns:
            seen.update(fingerprints(column).tobytes())
        if (number := self._numbers.get(seen.digest())) is None:
            number = self._numbers[seen.digest()] = len(self._numbers)
            numbers = pa.repeat(pa.scalar(number, pa.int32()), len(table))
            kept.append(table.add_column(0, "set", numbers))
        return number


def of_lines(lines: Sequence[Line], dataset: Dataset, sets: Sets) -> Iterator[FrozenFigure]:
    """Give the figures of a scorecard as they are kept."""
    for line in lines:
        measure, kpi = line.measure, line.kpi
        parts, behind = _opened(measure.parts, sets)
        cells: dict[str, tuple[str, ...]] = {}
        for rows in behind:
            group = (line.group[0],) if line.group else ()
            told = (*cells.get(rows.kind, ()), *rows.cells, *group)
            cells[rows.kind] = tuple(dict.fromkeys(told))
        yield FrozenFigure(
            kpi=kpi.name,
            group=line.group,
            value=measure.value,
            unit=kpi.unit.value,
            currency=measure.currency,
            n=measure.sample_size,
            parts=parts,
            reason=measure.reason.code if measure.reason else None,
            basis=measure.basis,
            verdict=line.verdict.value,
            rows=sets.rows(behind),
            cells=cells,
            made_of=tuple(one.name for one in registry.made_of(kpi)),
            settings=registry.settings_of(kpi.name),
            rests_on=tuple(sorted(registry.rests_on(kpi.name, dataset))),
        )


def _opened(parts: Mapping[str, Part], sets: Sets) -> tuple[dict[str, FrozenPart], list[Rows]]:
    found: dict[str, FrozenPart] = {}
    behind: list[Rows] = []
    for name, part in parts.items():
        members, rows = sets.opened(part)
        behind += rows
        found[name] = FrozenPart(part.value, part.unit.value, members)
    return found, behind


def of_ranking(ranking: Ranking, behind: Sequence[Rows], sets: Sets) -> Iterator[FrozenFigure]:
    """Give the profit of all, of each group and of each account, with its sums as parts.

    Shape: `behind` are the rows of the period; those of an account are told by its id.
    """
    rows = sets.rows(behind)
    cells = {one.kind: one.cells for one in behind}
    ours: list[tuple[Group, Account | Totals]] = [
        (None, ranking.totals),
        *(((one.by, one.value), one.totals) for one in ranking.groups),
        (("customer_id", None), ranking.unallocated),
        *((("customer_id", one.customer_id), one) for one in ranking.accounts),
    ]
    groups: dict[str | None, list[str]] = {}
    for one in ranking.accounts:
        groups.setdefault(one.group, []).append(one.customer_id)
    for group, sums in ours:
        parts = dict(_sums(sums))
        if group is not None and group[0] != "customer_id":
            ids = groups[group[1]]
            parts["accounts"] = FrozenPart(len(ids), Unit.COUNT.value, sets.members(pa.array(ids)))
        yield FrozenFigure(
            kpi="profit",
            group=group,
            value=sums.profit,
            unit=Unit.MONEY.value,
            currency=ranking.currency,
            parts=parts,
            reason=ranking.reason.code if ranking.reason else None,
            rows=rows,
            cells=cells,
            rests_on=tuple(sorted(cells)),
        )


def _sums(sums: Account | Totals) -> Iterator[tuple[str, FrozenPart]]:
    for name in _ACCOUNT:
        unit = Unit.RATIO if name == "margin" else Unit.MONEY
        yield name, FrozenPart(getattr(sums, name, None), unit.value)


def rows_in(dataset: Dataset, period: Period) -> list[Rows]:
    """Give the invoices and the costs of a period, whosever they are."""
    taken = [(INVOICES, dataset.frame("invoices").filter(dated_in(period)))]
    if dataset.has("costs"):
        taken.append((COSTS, spent_in(dataset.frame("costs"), period)))
    return [
        Rows.of(source.kind, collect(frame), member=ROW, cells=source.cells)
        for source, frame in taken
        if has(frame, ROW)
    ]
