"""Costs beside invoices that look a hundred times too large, or too small: one of the two may be in cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.findings.across_files._together import money_sum
from retention_cli.findings.problems import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from retention_cli.findings.across_files._together import Together

ALWAYS = True
_WHOLE, _LEAST = 10_000, 50 * 10_000
"""Amounts are whole ten-thousandths; who writes cents has no amount below half a unit."""
_FEWEST = 3
_FACTORS = {"costs": 5, "invoices": 200}
"""How many times as much as the other is odd: nobody spends five times what comes in, month after month."""


def find(together: Together) -> Iterator[Notice]:
    """Find costs, or invoices, of whole numbers alone beside the other with cents, far below them."""
    if not (together.has("costs", "amount") and together.has("invoices", "amount")):
        return
    tables = {kind: together.tables[kind] for kind in _FACTORS}
    sums = {kind: money_sum(table, np.ones(len(table), np.bool_)) for kind, table in tables.items()}
    for kind, other in (("costs", "invoices"), ("invoices", "costs")):
        ours, theirs = sums[kind], sums[other]
        if ours is None or theirs is None or not 0 < theirs * _FACTORS[kind] <= ours:
            continue
        if _may_be_cents(tables[kind]) and _has_cents(tables[other]):
            yield Notice(
                "one-in-cents",
                f"amounts add up to {ours // theirs:,} times those of the {other}, and all are whole"
                f" numbers where the {other} have decimals: they may be in cents",
                len(tables[kind]),
                kind=kind,
                hint='if they are, write in their [[export]]: amount = { from = "…", unit = "cents" }',
            )


def _may_be_cents(table: pa.Table) -> bool:
    amounts = np.abs(pc.drop_null(table["amount"]).to_numpy())
    amounts = amounts[amounts > 0]
    return (
        len(amounts) >= _FEWEST and not (amounts % _WHOLE).any() and bool(amounts.min() >= _LEAST)
    )


def _has_cents(table: pa.Table) -> bool:
    amounts = pc.drop_null(table["amount"]).to_numpy()
    return bool(np.count_nonzero(amounts % _WHOLE) * 2 >= len(amounts))
