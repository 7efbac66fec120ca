"""The invoices and credit notes of a period."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, grouped_by_id, has, kept, parts, summed, totals
from retention_cli.frames.opened import MEMBER, counted_once
from retention_cli.kpis._invoices import (
    AMOUNT,
    CUSTOMER,
    WITH_TAX,
    Currencies,
    billed_in,
    currencies,
    dated_in,
    has_tax,
)
from retention_cli.kpis._rows import DOCUMENT, invoice_rows
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.frames.opened import Opened, Rows
    from retention_cli.values.measures import Part
    from retention_cli.values.periods import Period


_SORTS = {"invoices": AMOUNT >= 0, "credit_notes": AMOUNT < 0}
_UNOWNED = nw.when(AMOUNT >= 0).then(nw.col("unowned")).otherwise(0)


class Purchases(NamedTuple):
    """What was billed in a period.

    Shape: `parts` has revenue (money), invoices and credit_notes; the ids behind them are
        invoice ids. `unowned` of the invoices have no customer id; `notes` says if any amount
        has sales tax in it.
    """

    parts: Mapping[str, Part]
    currencies: Currencies
    unowned: int
    notes: tuple[str, ...] = ()

    @property
    def revenue(self) -> int:
        """The sum of all amounts, in ten-thousandths."""
        return self.parts["revenue"].total

    @property
    def invoices(self) -> int:
        """How many invoices there are that are not credit notes."""
        return self.parts["invoices"].total

    @property
    def documents(self) -> int:
        """How many invoices and credit notes there are."""
        return self.invoices + self.parts["credit_notes"].total


def purchases(*, invoices: Frame, period: Period) -> Purchases:
    """Count the invoices of a period and add up their amounts.

    Formula: rows of one invoice id are one invoice, whose total is their sum; a row without an
        id is an invoice by itself. A negative total makes a credit note; zero does not.
    Source: docs/definitions.md, "Which rows are the same thing".
    Example:
        >>> from retention_cli.values.periods import Period
        >>> from retention_cli.testing import frame
        >>> lines = ("invoice_date,amount,invoice_id", "2025-06-02,7,A", "2025-06-02,-2,A")
        >>> june = purchases(invoices=frame("invoices", *lines), period=Period.parse("2025-06"))
        >>> june.invoices, june.revenue
        (1, 50000)
    """
    rows = billed_in(invoices, period, "invoice_id", "customer_id", "currency")

    def rows_of(name: str, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
        del name, ids  # all rows of the period are in the sum
        return (invoice_rows(invoices, dated_in(period), member=DOCUMENT, adds=AMOUNT),)

    each = _documents(rows)
    counts = parts(each, key="invoice_id", behind=None, **_SORTS)
    counts = {
        name: replace(part, opens=partial(_opened, invoices, period, name))
        for name, part in counts.items()
    }
    unowned = totals(each, count=_UNOWNED)
    return Purchases(
        parts={
            **summed(each, key="invoice_id", unit=Unit.MONEY, behind=rows_of, revenue=AMOUNT),
            **counts,
        },
        currencies=currencies(rows),
        unowned=unowned["count"],
        notes=(WITH_TAX,) if has_tax(rows) else (),
    )


def _opened(invoices: Frame, period: Period, name: str) -> Opened:
    """Find the invoices or credit notes of a period, with their lines."""
    rows = invoice_rows(invoices, dated_in(period), member=DOCUMENT)
    lines = pa.table({"id": rows.table[MEMBER], "amount": rows.table["amount"]})
    sums = lines.group_by("id").aggregate([("amount", "sum")])
    credited = pc.less(sums["amount_sum"], 0)
    wanted = credited if name == "credit_notes" else pc.invert(credited)
    ids = sums["id"].filter(wanted)
    return counted_once(ids, (rows.among(ids),))


@once_for_all
def _documents(rows: Frame) -> Frame:
    """Make one row of each invoice: its id, its total, and 1 if it is nobody's."""
    unowned = CUSTOMER.is_null().cast(nw.Int64) if has(rows, "customer_id") else nw.lit(1)
    marked = rows.with_columns(unowned=unowned.cast(nw.Int64))
    if not has(rows, "invoice_id"):
        unnumbered = marked.with_columns(invoice_id=nw.lit(None, dtype=nw.String))
        return kept(unnumbered.select("invoice_id", "amount", "unowned"))
    sums = {"amount": AMOUNT, "unowned": nw.col("unowned")}
    each = grouped_by_id(marked, "invoice_id", **sums)
    return kept(each.with_columns((nw.col("unowned") > 0).cast(nw.Int64)))
