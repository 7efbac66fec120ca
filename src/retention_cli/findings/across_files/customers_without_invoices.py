"""Customers that no invoice is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.findings.across_files._together import marked
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, many, named, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together


def find(together: Together) -> Iterator[Notice]:
    """Find the customers without any invoice; they count in retention, and bring no revenue."""
    if not together.has("customers") or not together.has("invoices", "customer_id"):
        return
    ids, billed = together.ids("customers"), together.ids("invoices").texts
    silent = ~marked(ids.texts, billed)
    count, everyone = int(silent.sum()), len(silent)
    if not count:
        return
    without = ids.texts.filter(silent).to_pylist()
    yield Notice(
        "customer-without-invoice",
        f"{many(count, 'customer')} of {everyone:,} ({share(count, everyone)}) {do(count, 'have')}"
        f" no invoice in these exports ({named(without)}): they count as customers"
        " and bring no revenue",
        count,
        kind="customers",
        hint="do the invoice exports reach back far enough, and are the ids those of the customers?",
        examples=together.examples("customers", without, ids.rows_of(silent)),
    )
