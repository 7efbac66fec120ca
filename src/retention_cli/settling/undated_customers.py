"""What a list of customers without dates adds to the spells that another export has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Collection

    from retention_cli.records.base import Record


def only_describes(model: type[Record], columns: Collection[str]) -> bool:
    """Say whether rows of spells have names and segments alone, and nothing of who came or left.

    Example:
        >>> from retention_cli.records import model
        >>> customers = model("customers")
        >>> only_describes(customers, ["customer_id", "customer_name", "Region"])
        True
        >>> only_describes(customers, ["customer_id", "status"])
        False
    """
    telling = {*model.figures_rest_on, *model.dated_by} - {model.key[0]} if model.is_spell else {""}
    return model.is_spell and not telling & set(columns)


def share_customers(one: pa.Table, other: pa.Table) -> bool:
    """Say whether any customer is in both tables.

    Example:
        >>> ann, bob = (pa.table({"customer_id": [name]}) for name in ("ann", "bob"))
        >>> share_customers(ann, ann), share_customers(ann, bob)
        (True, False)
    """
    known = pc.is_in(one["customer_id"], value_set=_whole(other["customer_id"]))
    return pc.any(known).as_py() is True


def with_details(spells: pa.Table, details: pa.Table) -> pa.Table:
    """Add to each spell what another table says of its customer, where it is blank itself.

    Shape: the rows of `spells`, with all columns of both.
    Example:
        >>> spells = pa.table({"customer_id": ["a", "b"], "start_date": [1, 2]})
        >>> names = pa.table({"customer_id": ["b", "c"], "customer_name": ["Bob", "Cy"]})
        >>> with_details(spells, names)["customer_name"].to_pylist()
        [None, 'Bob']
    """
    place = pc.index_in(spells["customer_id"], value_set=_whole(details["customer_id"]))
    for name in details.column_names:
        if name in {"customer_id", ROW, FILE}:
            continue
        told = details[name].take(place)
        if name in spells.column_names:
            told = pc.coalesce(spells[name], told)
            spells = spells.set_column(spells.column_names.index(name), name, told)
        else:
            spells = spells.append_column(name, told)
    return spells


def without_spell(spells: pa.Table, details: pa.Table) -> int:
    """Count the customers of a list that have no spell."""
    known = pc.is_in(details["customer_id"], value_set=_whole(spells["customer_id"]))
    return len(pc.unique(details["customer_id"].filter(pc.invert(known))))


def _whole(column: pa.ChunkedArray) -> Any:
    return column.combine_chunks()
