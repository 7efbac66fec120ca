"""What customers wrote in tickets and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes, as_text
from retention_cli.mapping.headers import is_named

if TYPE_CHECKING:
    from collections.abc import Sequence


def ids_of(table: pa.Table, kind: str) -> Any:
    """Give the ids of tickets; an answer is named by its ticket, else by its own id."""
    names = ("ticket_id",) if kind == "tickets" else ("response_id", "ticket_id")
    return next((as_text(table[name]) for name in names if name in table.column_names), None)


def written_in(table: pa.Table, kind: str) -> Any:
    """Give what was written in each ticket or answer, as codes; None where nothing was."""
    if kind == "invoices":
        return None
    names = [
        name
        for name in table.column_names
        if name in {"subject", "comment"}
        or (kind == "tickets" and is_named(name, "tickets.written"))
    ]
    columns: Sequence[Any] = [
        pc.fill_null(as_text(table[name]).cast(pa.string()), "") for name in names
    ]
    if not columns:
        return None
    return as_codes(pc.binary_join_element_wise(*columns, ". ") if len(columns) > 1 else columns[0])
