"""On which days which customers ever bought: the same for every period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.purchase_days import PurchaseDays, all_purchase_days

if TYPE_CHECKING:
    from retention_cli.frames.frames import Frame


def purchase_history(*, invoices: Frame) -> PurchaseDays:
    """List the days of all purchases, once a run.

    Source: docs/definitions.md, "Which rows are the same thing".
    Example:
        >>> from retention_cli.testing import frame
        >>> lines = ("customer_id,invoice_date,amount", "ann,1970-01-05,1", "ann,1971-01-05,1")
        >>> purchase_history(invoices=frame("invoices", *lines)).day.tolist()
        [4, 369]
    """
    return all_purchase_days(invoices)
