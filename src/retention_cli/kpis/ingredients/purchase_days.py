"""On which days which customers bought."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.purchases import of_purchases
from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import Frame, collect, has
from retention_cli.frames.opened import counted_once
from retention_cli.kpis._invoices import dated_before, narrowed
from retention_cli.kpis._rows import invoice_rows
from retention_cli.values.measures import Part

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.frames.opened import Rows
    from retention_cli.values.periods import Period

_EPOCH = date(1970, 1, 1)
_OF_32_BITS = 1 << 32


@dataclass(frozen=True, slots=True)
class PurchaseDays:
    """Each customer and day of a purchase once, sorted by customer, then by day.

    Shape: `customer` are places in `ids`, `day` are days since 1970-01-01, both of 32 bits. `ids`
        may hold some who never bought. `known` says whether the invoices have customer ids at all.
    """

    ids: pa.Array
    customer: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]
    known: bool
    invoices: Frame | None = field(default=None, compare=False)

    def bought(self, *, before: date, since: date | None = None) -> npt.NDArray[np.bool_]:
        """Mark the ids with a purchase before a day, and not before another."""
        chosen = self.day < _number(before)
        if since is not None:
            chosen &= self.day >= _number(since)
        marks = np.zeros(len(self.ids), dtype=np.bool_)
        marks[self.customer[chosen]] = True
        return marks

    def among(self, customers: pa.Array) -> npt.NDArray[np.bool_]:
        """Mark the ids that are in a list."""
        wanted = customers.cast(self.ids.type)
        return np.asarray(pc.is_in(self.ids, value_set=wanted), dtype=np.bool_)

    def part(
        self, marks: npt.NDArray[np.bool_], *, before: date = date.max, since: date | None = None
    ) -> Part:
        """Count marked ids, remembering which they are, and by which days' purchases."""
        chosen = self.ids.filter(pa.array(marks, pa.bool_()))
        return Part(
            len(chosen),
            opens=lambda: counted_once(chosen, self.rows(chosen, before=before, since=since)),
        )

    def rows(self, ids: pa.Array, *, before: date, since: date | None = None) -> tuple[Rows, ...]:
        """Give the rows of the purchases of some ids on some days."""
        if self.invoices is None:
            return ()
        days = dated_before(before)
        if since is not None:
            days = days & ~dated_before(since)
        rows = invoice_rows(self.invoices, days)
        bought = pa.array(of_purchases(rows.table))
        return (replace(rows, table=rows.table.filter(bought)).among(ids),)


def purchase_days(
    *, invoices: Frame, period: Period, purchase_history: PurchaseDays | None = None
) -> PurchaseDays:
    """List the days of purchases up to the end of a period.

    Formula: those of the history that are before the end.
    Source: docs/definitions.md, "Which rows are the same thing".
    Example:
        >>> from retention_cli.values.periods import Period
        >>> from retention_cli.testing import frame
        >>> lines = ("customer_id,invoice_date,amount", "ann,1970-01-05,1", "bob,1970-01-06,-1")
        >>> found = purchase_days(invoices=frame("invoices", *lines), period=Period.parse("1970"))
        >>> found.part(found.bought(before=date(1970, 1, 6))).ids(), found.day.tolist()
        (['ann'], [4])
    """
    history = purchase_history or all_purchase_days(invoices)
    earlier = history.day < _number(period.end)
    return replace(history, customer=history.customer[earlier], day=history.day[earlier])


def all_purchase_days(invoices: Frame) -> PurchaseDays:
    """List the days of all purchases.

    Formula: a row is of a purchase where the total of its invoice is not negative; a row without
        an invoice id is an invoice by itself. Rows without a customer id are nobody's.
    """
    if not has(invoices, "customer_id"):
        nothing = np.array([], dtype=np.int32)
        return PurchaseDays(pa.array([], pa.string()), nothing, nothing, known=False)
    rows = collect(narrowed(invoices, "customer_id", "invoice_id"), coded=True)
    coded = as_codes(rows["customer_id"])
    bought = of_purchases(rows) & np.asarray(pc.is_valid(coded))
    owners = pc.fill_null(coded.indices, 0).to_numpy()[bought]
    days = rows["invoice_date"].cast(pa.int32()).to_numpy()[bought]
    customer, day = _each_once(owners, days, len(coded.dictionary))
    return PurchaseDays(
        ids=coded.dictionary.cast(pa.string()),
        customer=customer,
        day=day,
        known=True,
        invoices=invoices,
    )


def _each_once(
    owners: npt.NDArray[np.int32], days: npt.NDArray[np.int32], customers: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Sort pairs and leave out repeats: np.unique takes fifteen times as long by hashing.

    A pair is one number, of 32 bits where all fit: those sort in half the time.
    """
    first = int(days.min(initial=0))
    span = int(days.max(initial=0)) - first + 1
    number: Any = np.uint32 if customers * span < _OF_32_BITS else np.uint64
    pairs = owners.astype(number) * number(span) + (days - first).astype(number)
    pairs.sort()
    fresh = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    customer, day = np.divmod(pairs[fresh], number(span))
    return customer.astype(np.int32), day.astype(np.int32) + np.int32(first)


def _number(day: date) -> int:
    return (day - _EPOCH).days
