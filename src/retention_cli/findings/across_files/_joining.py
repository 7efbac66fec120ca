"""Columns by which two exports could be joined whose ids have nothing in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.across_files._together import marked
from retention_cli.frames.columns import as_text
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

_ID = "customer_id"
_TELLS_APART = 0.9
"""A column has so many values for each customer, at least, if customers are known by it."""
_MEET = 0.5
"""So many values of the shorter of two columns are in the other one, at least, if they meet."""


def how_to_join(together: Together, kind: str) -> str | None:
    """Say which columns of a kind and of the customers hold the same values; None where none do.

    The ids themselves are preferred, of the customers first.
    """
    customers = dict(_values(together, "customers"))
    many = len(customers[_ID])
    known = [name for name in customers if len(customers[name]) >= _TELLS_APART * many]
    theirs = dict(_values(together, kind))
    for there in sorted(known, key=lambda name: name != _ID):
        for here in sorted(theirs, key=lambda name: name != _ID):
            if _meet(theirs[here], customers[there]):
                return _said(together, kind, here, there)
    return None


def _said(together: Together, kind: str, here: str, there: str) -> str:
    ours, others = _header(together, kind, here), _header(together, "customers", there)
    of_kind, of_customers = (
        f"{_ID} = {quoted(header)} for {whose}"
        for header, whose in ((ours, kind), (others, "customers"))
    )
    if there == _ID:
        meet, say = f"'{ours}' of {kind} has the ids of customers", of_kind
    elif here == _ID:
        meet = f"the ids of {kind} are what customers have in '{others}'"
        say = f"{of_customers}, and so on for every other kind"
    else:
        meet = f"'{ours}' of {kind} is what customers have in '{others}'"
        say = f"{of_kind}, {of_customers}, and so on for every other kind"
    return f"{meet}: to join by it, say {say}, under [export.columns] in retention.toml"


def _values(together: Together, kind: str) -> Iterator[tuple[str, pa.Array]]:
    """Give the different texts of each column that has texts."""
    table = together.tables[kind]
    for name in table.column_names:
        if pa.types.is_string(table[name].type) or pa.types.is_dictionary(table[name].type):
            yield name, pc.drop_null(pc.unique(as_text(table[name])))


def _meet(one: pa.Array, other: pa.Array) -> bool:
    least = min(len(one), len(other))
    return bool(least) and int(np.count_nonzero(marked(one, other))) >= _MEET * least


def _header(together: Together, kind: str, column: str) -> str:
    """Give the header that a column was read from."""
    plans = (plan for export in together.of_kind(kind) for plan in export.plans)
    return next((plan.source for plan in plans if plan.column == column), column)
