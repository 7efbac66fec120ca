"""`--by COLUMN`: which group each row belongs to, and each group as a dataset of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.frames.columns import FILE, ROW
from retention_cli.mapping.headers import folded
from retention_cli.records import model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.file_report import Export
    from retention_cli.values.measures import Measure

MOST_GROUPS = 1_000
ALSO = {"manager": ("account manager", "account owner", "customer owner", "owner", "csm")}
"""Headers that a column is found under where none has its own name."""

Value = str | None
"""What a group has in the column; None for the rows without a value."""


class Grouping(NamedTuple):
    """The rows of a dataset by their value in one column.

    Shape: `by` is the column as it was asked for, `columns` all names it has in the exports,
        folded. `values` are in order, None last. `rows` has the value of each row of the kinds
        that can be split.
    """

    by: str
    columns: frozenset[str]
    values: tuple[Value, ...]
    dataset: Dataset
    rows: Mapping[str, Any]

    def is_named(self, column: str) -> bool:
        """Say whether a column, as a benchmark has it, is the one of these groups."""
        return folded(column) in self.columns

    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Give the values that differ in case or spaces alone."""
        found: dict[str, list[str]] = {}
        for value in self.values:
            if value is not None:
                found.setdefault(" ".join(value.casefold().split()), []).append(value)
        return tuple(tuple(some) for some in found.values() if len(some) > 1)

    def datasets(self) -> Iterator[tuple[Value, Dataset]]:
        """Give each group with its rows."""
        places = {kind: _places(rows, self.values) for kind, rows in self.rows.items()}
        strangers = self.values[-1:] == (None,)
        parts = self.dataset.split(places, len(self.values), strangers=strangers)
        return zip(self.values, parts, strict=True)

    def of_customers(self) -> dict[str, Value]:
        """Give the group of each customer that has one.

        Errors: RetentionError where rows of one customer are of several groups.
        """
        found: dict[str, Value] = {}
        for kind in self.rows:
            table = self.dataset.tables[kind]
            if "customer_id" not in table.column_names:
                continue
            owned = pa.table({"id": table["customer_id"], "value": self.rows[kind]})
            for row in owned.group_by(["id", "value"]).aggregate([]).to_pylist():
                if row["id"] is None:
                    continue
                if found.setdefault(row["id"], row["value"]) != row["value"]:
                    raise RetentionError(
                        f"--by: rows of customer '{row['id']}' have several values of '{self.by}':"
                        f" '{found[row['id']]}' and '{row['value']}'",
                        "an account belongs to one group; name a column of the customer export",
                    )
        return found


def group_by(dataset: Dataset, exports: Sequence[Export], by: str) -> Grouping:
    """Look a column up: in the customers, by id, else in each export itself.

    A customer with several spells is of the group that the latest one says. Rows of customers
    that the export does not have, or of nobody, are of the group without a value, as are blank
    cells.
    Errors: UnknownNameError where no export has the column; RetentionError where two columns have
        the name, or where there are more than a thousand groups.
    """
    names = {kind: _names(kind, dataset, exports) for kind in sorted(dataset.tables)}
    columns = {kind: _column(names[kind], by) for kind in names}
    rows = _rows(dataset, {kind: name for kind, name in columns.items() if name is not None})
    if not rows:
        raise UnknownNameError("column", by, _known(names), where="--by: ")
    values = _distinct([*rows.values(), *_strangers(dataset)])
    if len(values) > MOST_GROUPS:
        raise RetentionError(
            f"--by: '{by}' has {len(values):,} values, more than {MOST_GROUPS:,} groups",
            "name a column with fewer values, such as a segment, plan or region",
        )
    found = {
        folded(header)
        for kind, column in columns.items()
        for header, name in names[kind].items()
        if name == column
    }
    return Grouping(by, frozenset({*found, folded(by)}), values, dataset, rows)


def manager_column(headers: Sequence[str]) -> str | None:
    """Find the column that says who looks after a customer.

    Example:
        >>> manager_column(["Plan", "CSM", "Account Manager"])
        'Account Manager'
    """
    wanted = map(folded, ("manager", *ALSO["manager"]))
    places = {folded(header): header for header in reversed(headers)}
    return next((places[name] for name in wanted if name in places), None)


def splits_up(whole: Measure, parts: Sequence[Measure]) -> bool:
    """Say whether the parts of the groups add up to those of the whole.

    They do not where something that is counted, an invoice or a customer, is in several groups.
    """
    return all(
        sum(part.parts[name].total for part in parts if name in part.parts) == whole_part.total
        for name, whole_part in whole.parts.items()
    )


def _names(kind: str, dataset: Dataset, exports: Sequence[Export]) -> dict[str, str]:
    """Give the columns that a kind can be split by, under each header they have."""
    table = dataset.tables[kind]
    plans = [plan for export in exports if export.kind == kind for plan in export.plans]
    ours = {*model(kind).model_fields, *(plan.column for plan in plans)}
    there = [name for name in table.column_names if name in ours - {ROW, FILE}]
    headers = {plan.source: plan.column for plan in plans if plan.column in there}
    return headers | {name: name for name in there}


def _known(names: Mapping[str, Mapping[str, str]]) -> set[str]:
    """List each column once, under the name that its file gives it."""
    known: set[str] = set()
    for of_kind in names.values():
        first: dict[str, str] = {}
        for header, column in of_kind.items():
            first.setdefault(column, header)
        known.update(first.values())
    also = {name for name in ALSO if any(_column(of_kind, name) for of_kind in names.values())}
    return known | also


def _column(names: Mapping[str, str], wanted: str) -> str | None:
    if wanted in names:
        return names[wanted]
    key = folded(wanted)
    found = _under(names, {key}) or _under(names, {folded(one) for one in ALSO.get(key, ())})
    if len(found) > 1:
        one, other = sorted(found)[:2]
        raise RetentionError(
            f"--by: '{wanted}' may be '{one}' or '{other}'",
            f"write it as in the file: --by '{one}'",
        )
    return next(iter(found), None)


def _under(names: Mapping[str, str], keys: set[str]) -> set[str]:
    return {column for header, column in names.items() if folded(header) in keys - {""}}


def _rows(dataset: Dataset, columns: Mapping[str, str]) -> dict[str, Any]:
    """Give the value of each row, for each kind that has a way to one."""
    tables = dataset.tables
    own = {kind: pc.cast(tables[kind][column], pa.string()) for kind, column in columns.items()}
    if "customers" not in own:
        return own
    ids, values = _latest(tables["customers"], own["customers"])
    by_id = {
        kind: values.take(pc.index_in(table["customer_id"], value_set=ids))
        for kind, table in tables.items()
        if "customer_id" in table.column_names
    }
    return {**own, **by_id}


def _latest(customers: pa.Table, values: Any) -> tuple[pa.Array, pa.ChunkedArray]:
    """Give each id once, with the value of its spell that starts last."""
    rows = pa.table({"id": customers["customer_id"], "value": values})
    if "start_date" in customers.column_names:
        rows = rows.append_column("start", customers["start_date"])
        rows = rows.take(pc.sort_indices(rows, sort_keys=[("start", "ascending")]))
    ids = pc.unique(rows["id"])
    place = pc.index_in(rows["id"], value_set=ids)
    numbered = pa.table({"id": place, "at": pa.array(np.arange(len(rows)))})
    last = numbered.group_by("id").aggregate([("at", "max")]).sort_by("id")
    return ids, rows["value"].take(last["at_max"])


def _distinct(columns: Iterable[Any]) -> tuple[Value, ...]:
    found: set[Value] = set()
    for values in columns:
        found.update(pc.unique(values).to_pylist())
    named = sorted((one for one in found if one is not None), key=lambda one: (one.casefold(), one))
    return (*named, *([None] if None in found else []))


def _strangers(dataset: Dataset) -> Iterator[Any]:
    """Give the group of those whom the lists at both ends have and the customers do not."""
    lists = dataset.snapshots
    if lists is not None and not lists.alone:
        known = dataset.tables["customers"]["customer_id"].cast(pa.string())
        ids = lists.rows()["customer_id"].cast(pa.string())
        yield pa.nulls(1 if not pc.all(pc.is_in(ids, value_set=known)).as_py() else 0, pa.string())


def _places(rows: Any, values: Sequence[Value]) -> pa.Array:
    """Give the place of each row's value among all; that of none is the last."""
    found = pc.index_in(rows, value_set=pa.array(values, pa.string()))
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    return pc.fill_null(found, len(values) - 1).cast(pa.int64())
