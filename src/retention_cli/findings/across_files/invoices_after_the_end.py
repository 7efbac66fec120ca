"""Customers who were billed after they had left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._spans import billed, can_tell, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together
    from retention_cli.findings.problems import Notice


def find(together: Together) -> Iterator[Notice]:
    """Find invoices dated after the last day of their customer; credit notes are none."""
    if not can_tell(together):
        return
    days, _, last = billed(together)
    yield from finding(
        together,
        days > last,
        code="invoiced-after-end",
        said="after the customer's end date: the revenue counts, the customer does not",
        hint="is the end date right, or does the customer still pay?",
    )
