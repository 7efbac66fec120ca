"""The cells of rows that signs are read from, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.purchases import of_purchases
from retention_cli.frames.columns import as_codes, as_text
from retention_cli.signs.groups import NEVER, Numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.settings import Settings


def days_of(table: pa.Table, column: str) -> Numbers:
    """Give the days of a column."""
    if column not in table.column_names:
        return np.full(len(table), NEVER)
    days = table[column].cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return np.asarray(pc.fill_null(days, NEVER), dtype=np.int64)


def whole_of(table: pa.Table, column: str, blank: int = -1) -> Numbers:
    """Give the whole numbers of a column."""
    if column not in table.column_names:
        return np.full(len(table), blank)
    return np.asarray(pc.fill_null(table[column].cast(pa.int64()), blank), dtype=np.int64)


def _of_invoices(table: pa.Table) -> dict[str, Any]:
    blank = pa.nulls(len(table), pa.string())
    money = as_codes(table["currency"] if "currency" in table.column_names else blank)
    return {
        "day": days_of(table, "invoice_date"),
        "amount": whole_of(table, "amount", 0),
        "bought": of_purchases(table),
        "cost": whole_of(table, "cost", 0),
        "costed": np.asarray(pc.is_valid(table["cost"]))
        if "cost" in table.column_names
        else np.zeros(len(table), np.bool_),
        "currency": np.asarray(pc.fill_null(money.indices, -1), dtype=np.int64),
    }


def _of_tickets(table: pa.Table) -> dict[str, Any]:
    created = days_of(table, "created_on")
    seconds = whole_of(table, "first_response_seconds")
    answered = days_of(table, "first_response_at")
    told = np.where(seconds >= 0, created + seconds // 86_400, NEVER)
    resolved, again = days_of(table, "resolved_on"), days_of(table, "reopened_at")
    reopened = whole_of(table, "reopened")
    return {
        "day": created,
        "answered": np.where(answered == NEVER, told, answered),
        "response": seconds,
        "resolved": resolved,
        "resolution": whole_of(table, "resolution_seconds"),
        "reopened": reopened,
        # Without its day, that a ticket was reopened is known once it is resolved for good.
        "again": np.where(reopened > 0, np.where(again == NEVER, resolved, again), NEVER),
        "contacts": whole_of(table, "contacts"),
    }


_CSAT_SCALES = (5, 7)


def topped(cells: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Count as satisfied what `csat_top` says, on the scale whose highest score it names."""
    if not settings.csat_top or "satisfied" not in cells:
        return cells
    mine = (cells["high"] == max(settings.csat_top)) & ~cells["nps"]
    told = np.isin(cells["score"], settings.csat_top)
    known = np.where(
        mine & ~np.isnan(cells["share"]), np.maximum(cells["answers"], 1), cells["answers"]
    )
    return {**cells, "satisfied": np.where(mine, told, cells["satisfied"]), "answers": known}


def _of_surveys(table: pa.Table) -> dict[str, Any]:
    score, low, high = (whole_of(table, name) for name in ("score", "scale_min", "scale_max"))
    kinds = table["kind"] if "kind" in table.column_names else pa.nulls(len(table), pa.string())
    nps, of_importance = (
        np.asarray(pc.fill_null(pc.equal(as_text(kinds), kind), False))
        for kind in ("nps", "importance")
    )
    # What matters to customers is no answer on how they are served.
    there = (score >= 0) & (high > low) & (low >= 0) & ~of_importance
    count = whole_of(table, "answer_count", 1)
    share = np.where(there, (score - low) / np.where(high > low, high - low, 1), np.nan)
    day = days_of(table, "responded_at")
    # The top two boxes of 1-5 and 1-7, the upper one of good/bad; other scales until csat_top tells.
    known = nps | np.isin(high, _CSAT_SCALES) | (high - low == 1)
    return {
        "day": np.where(there & (count > 0), day, NEVER),
        "score": score,
        "share": share,
        "nps": nps,
        "answers": np.where(known & there, np.maximum(count, 0), 0),
        "high": high,
        "satisfied": score >= np.where(high - low > 1, high - 1, high),
        "points": 100 * ((score >= 9).astype(np.int64) - (score <= 6)),
    }


CELLS: dict[str, Callable[[pa.Table], dict[str, Any]]] = {
    "invoices": _of_invoices,
    "tickets": _of_tickets,
    "surveys": _of_surveys,
}
