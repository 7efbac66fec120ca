"""Who was a customer when: spells, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import Frame, from_arrow
from retention_cli.frames.hashes import among
from retention_cli.records.kinds.customers import ACTIVE, ENDED
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.settings import Window
    from retention_cli.values.periods import Period

_ALWAYS = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Membership:
    """Spells of customers, and the basis they rest on.

    Shape: `spells` has customer_id, start_date and end_date (null: still a customer).
    `known_from` is the first day for which the basis can say who was a customer; a period that
    starts before it has no honest answer. `as_exported` spells belong to no period: they are
    laid so that whoever left did so inside the one asked for. `doubt` says why a basis that is
    there cannot be followed.
    """

    spells: Frame
    basis: str
    notes: tuple[str, ...] = ()
    known_from: date | None = None
    as_exported: bool = False
    doubt: str | None = None


def by_dates(customers: pa.Table, *, backend: str) -> Membership:
    """Take the spells that the customer export has."""
    ends = customers["end_date"] if "end_date" in customers.column_names else None
    spells = _spells(
        customers["customer_id"],
        customers["start_date"],
        ends if ends is not None else pa.nulls(len(customers), pa.date32()),
    )
    return Membership(from_arrow(spells, backend), "dates")


def by_flag(customers: pa.Table, *, period: Period, backend: str) -> Membership:
    """Take everyone in the export as there at the start, and the flagged ones as lost."""
    status = customers["status"]
    ended = pc.fill_null(pc.equal(status, ENDED), False)
    known = pa.array([ACTIVE, ENDED, None], pa.string())
    strange = customers.filter(pc.invert(pc.is_in(status, known)))
    blank = status.null_count
    count = len(customers)
    left_on = pa.array([period.start], pa.date32()).take(pa.array([0] * count, pa.int64()))
    spells = _spells(
        customers["customer_id"],
        pa.repeat(pa.scalar(_ALWAYS, pa.date32()), count),
        pc.if_else(ended, left_on, pa.scalar(None, pa.date32())),
    )
    doubt = None
    if len(strange):
        word = strange["status"][0].as_py()
        doubt = f"status '{word}' says neither active nor ended (rows like it: {len(strange)})"
    notes = (f"customers with a blank status, who count as not flagged: {blank}",) if blank else ()
    return Membership(
        from_arrow(spells, backend), "flag", notes=notes, as_exported=True, doubt=doubt
    )


def by_activity(
    invoices: pa.Table, *, window: Window, backend: str, begins: date | None = None
) -> Membership:
    """Make a spell of each day a customer bought on: from it to the same day a window later.

    `begins` is the first day of all invoices, where these are those of a group.
    Credit notes, which are invoices with a negative total, are no purchases; rows without a
    customer are nobody's. Spells are not joined: a customer who was silent for the whole window
    was lost, even where the next purchase is on the day after.
    """
    purchased = pa.array(of_purchases(invoices))
    bought = invoices.filter(pc.and_(purchased, pc.is_valid(invoices["customer_id"])))
    days = (
        bought.unify_dictionaries()
        .combine_chunks()
        .select(["customer_id", "invoice_date"])
        .group_by(["customer_id", "invoice_date"])
        .aggregate([])
    )
    first = begins or pc.min(invoices["invoice_date"]).as_py()
    ends = _moved(days["invoice_date"], window)
    spells = _spells(as_text(days["customer_id"]), days["invoice_date"], ends)
    return Membership(
        from_arrow(spells, backend),
        "activity",
        notes=(f"a customer is lost after {window} without a purchase",),
        known_from=_moved_day(first, window) if first else None,
    )


def of_purchases(invoices: pa.Table) -> npt.NDArray[np.bool_]:
    """Mark the rows of invoices whose total is not negative; a row without an id is its own.

    Only an invoice with a negative line can be a credit note: the ids of others are never compared.
    """
    marks: npt.NDArray[np.bool_] = invoices["amount"].to_numpy() >= 0
    if "invoice_id" not in invoices.column_names or marks.all():
        return marks
    ids = as_text(invoices["invoice_id"])
    unsure = np.flatnonzero(among(ids, ids.filter(pa.array(~marks)).drop_null().unique()))
    lines = pa.table({"id": ids, "amount": invoices["amount"]}).take(pa.array(unsure))
    totals = lines.group_by("id").aggregate([("amount", "sum")])
    credited = totals.filter(pc.less(totals["amount_sum"], 0))["id"].combine_chunks()
    marks[unsure] = ~np.asarray(pc.is_in(lines["id"], value_set=credited))
    return marks


def _spells(ids: pa.ChunkedArray, starts: pa.ChunkedArray, ends: pa.ChunkedArray) -> pa.Table:
    return pa.table({"customer_id": ids, "start_date": starts, "end_date": ends})


def _moved_day(day: date, window: Window) -> date:
    moved = add_months(day, window.months)
    return date.fromordinal(moved.toordinal() + window.days)


def _moved(days: pa.ChunkedArray, window: Window) -> pa.Array:
    """Move days by a window, each distinct day once."""
    coded = pa.chunked_array([days]) if isinstance(days, pa.Array) else days
    numbers = coded.cast(pa.int32()).to_numpy()
    distinct, places = np.unique(numbers, return_inverse=True)
    epoch = date(1970, 1, 1).toordinal()
    moved = [_moved_day(date.fromordinal(int(day) + epoch), window) for day in distinct]
    return pa.array(moved, pa.date32()).take(pa.array(places))
