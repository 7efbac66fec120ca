"""Costs that an export writes as negative numbers, read as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

_COSTS = {"invoices": "cost", "costs": "amount"}


def with_positive_costs(
    tables: Mapping[str, pa.Table],
) -> tuple[dict[str, pa.Table], frozenset[str]]:
    """Turn costs round where every known one that is not 0 has the sign opposite to its amount.

    In a cost export that is: where every one is below 0. Costs of both signs are credits among
    costs, and stay.

    Shape: the tables, and the kinds whose costs were turned round.
    Example:
        >>> spent = pa.table({"amount": [-200, 0, -600]})
        >>> found, turned = with_positive_costs({"costs": spent})
        >>> found["costs"]["amount"].to_pylist(), turned
        ([200, 0, 600], frozenset({'costs'}))
    """
    found = dict(tables)
    turned = set()
    for kind, column in _COSTS.items():
        if (
            kind in found
            and column in found[kind].column_names
            and _are_negative(found[kind], kind)
        ):
            table = found[kind]
            place = table.column_names.index(column)
            found[kind] = table.set_column(place, column, pc.negate(table[column]))
            turned.add(kind)
    return found, frozenset(turned)


def _are_negative(table: pa.Table, kind: str) -> bool:
    """Say whether all costs are negative; a credit note, below 0, has its cost above 0."""
    costs = table[_COSTS[kind]]
    below = pc.less(costs, 0)
    if kind == "invoices":
        below = pc.xor(below, pc.less(table["amount"], 0))
    known = pc.fill_null(pc.not_equal(costs, 0), False)
    negative: bool = pc.any(known).as_py() and pc.all(below.filter(known)).as_py()
    return negative
