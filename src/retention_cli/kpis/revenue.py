"""Revenue of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis._invoices import currencies
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from datetime import date

    from retention_cli.frames.frames import Frame
    from retention_cli.kpis.ingredients.purchases import Purchases


@kpi(
    title="Revenue",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    group=Group.PROFIT,
    place=10,
    aliases=("sales", "turnover"),
    scales_with_period=True,
    lowest=None,
)
def revenue(*, invoices: Frame, purchases: Purchases, invoices_begin: date | None) -> Measure:
    """Sum of everything invoiced in a period, net of credit notes.

    Formula: sum of the amounts dated in the period; credit notes are negative.
    Unit: money, in the one currency of the rows.
    Edge cases: drafts and voided invoices are left out; invoices without a customer id or of an
        unknown customer are kept. Without an invoice in the period it is 0, in the currency of
        the export if that has just one; so it is for a group without invoices. n counts invoices and credit notes: distinct ids, and
        each row without an id. Amounts with sales tax in them carry the note `including tax`.
    Errors: undefined where the exports hold no invoice at all (no-invoices), and where the
        amounts are in several currencies (several-currencies).
    Source: docs/definitions.md, "Profit".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = ("invoice_date,amount", "2025-06-02,0.10", "2025-06-30,0.20")
        >>> figure("revenue", "2025-06", invoices=billed).value  # ten-thousandths
        3000
    """
    billed = {"revenue": purchases.parts["revenue"]}
    n = purchases.documents
    if invoices_begin is None:
        return Measure.undefined("no-invoices", "no invoices in the exports", billed)
    if (reason := purchases.currencies.reason) is not None:
        return Measure.undefined(reason.code, reason.message, hint=reason.hint, sample_size=n)
    found = purchases.currencies if n else currencies(invoices)
    return Measure.of(
        purchases.revenue, billed, sample_size=n, currency=found.one, notes=purchases.notes
    )
