"""Customers who were billed before they were customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._spans import billed, can_tell, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together
    from retention_cli.findings.problems import Notice


def find(together: Together) -> Iterator[Notice]:
    """Find invoices dated before the first day of their customer; credit notes are none."""
    if not can_tell(together):
        return
    days, first, _ = billed(together)
    yield from finding(
        together,
        days < first,
        code="invoiced-before-start",
        said="before the customer's start date: who was new, and when, may be wrong",
        hint="is the start date that of the first contract, or of a later system?",
    )
