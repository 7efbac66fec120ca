"""Invoices and costs as rows of accounts, and the rows of exports behind sums of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, grouped, has
from retention_cli.kpis._invoices import AMOUNT, CUSTOMER, dated_in
from retention_cli.kpis._rows import cost_rows, driven_rows, invoice_rows, spent_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from retention_cli.frames.opened import Rows
    from retention_cli.kpis.ingredients.driven_costs import DrivenCosts
    from retention_cli.kpis.ingredients.spread_costs import SpreadCosts
    from retention_cli.values.periods import Period

_COST = nw.col("cost")
KNOWN = ~_COST.is_null()
SUMS = ("revenue", "direct_cost", "cost_to_serve", "unknown", "blanks", "known")
"""What is added up of each account."""


class RowsBehind(NamedTuple):
    """What the rows behind accounts are found in."""

    invoices: Frame
    costs: Frame | None
    period: Period
    driven: DrivenCosts | None
    spread: SpreadCosts | None

    def of(self, name: str, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
        """Give the rows of accounts in a period; those of a sum of revenue or cost add up to it.

        A share of a pool is of no row, so with pools the accounts themselves add up to their costs.
        """
        chosen, direct = dated_in(self.period), has(self.invoices, "cost")
        summed_up = {"revenue": AMOUNT, "cost": _COST}.get(name)
        if summed_up is not None and direct:
            chosen = chosen & KNOWN
        found = []
        if name != "cost" or direct:
            found.append(invoice_rows(self.invoices, chosen, adds=summed_up))
        if name != "revenue":
            found += self._served(AMOUNT if name == "cost" else None)
        pooled = name == "cost" and self.spread is not None and self.spread.pools
        return tuple((rows.without_adds() if pooled else rows).among(ids) for rows in found)

    def _served(self, adds: nw.Expr | None) -> Iterator[Rows]:
        if self.costs is not None and has(self.costs, "customer_id"):
            yield cost_rows(spent_in(self.costs, self.period), adds=adds)
        for one in self.driven.parts if self.driven else ():
            rows = driven_rows(one.kind, one.rows)
            yield rows if adds is not None else rows.without_adds()


@once_for_all
def billed(rows: Frame, *, direct: bool) -> Frame:
    """Add up invoices by account; `direct` says that costs are known."""
    revenue = (
        {"revenue": nw.when(KNOWN).then(AMOUNT).otherwise(0)} if direct else {"revenue": AMOUNT}
    )
    costs = {
        "direct_cost": _COST.fill_null(0),
        "unknown": nw.when(KNOWN).then(0).otherwise(AMOUNT),
        "blanks": (~KNOWN).cast(nw.Int64),
    }
    known = (KNOWN if direct else ~AMOUNT.is_null()).cast(nw.Int64)
    sums = revenue | (costs if direct else {}) | {"known": known}
    if not has(rows, "customer_id"):
        rows = rows.with_columns(customer_id=nw.lit(None, dtype=nw.String))
    each = grouped(rows, "customer_id", **sums)
    none = nw.col("known") * 0
    each = each.with_columns(**{name: none for name in SUMS if name not in sums})
    return each.select("customer_id", *SUMS)


@once_for_all
def served(spent: Frame) -> Frame:
    """Give costs as rows of accounts."""
    none = AMOUNT * 0
    owner = CUSTOMER if has(spent, "customer_id") else nw.lit(None, dtype=nw.String)
    return spent.select(
        owner.alias("customer_id"),
        none.alias("revenue"),
        none.alias("direct_cost"),
        AMOUNT.alias("cost_to_serve"),
        none.alias("unknown"),
        none.alias("blanks"),
        (none + 1).alias("known"),
    )
