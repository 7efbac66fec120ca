"""Invoices and costs as rows of accounts, and the rows of exports behind sums of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import Frame, has
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


@dataclass(frozen=True, slots=True)
class RowsBehind:
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
    """Give invoices as rows of accounts; `direct` says that costs are known."""
    known = KNOWN if direct else ~AMOUNT.is_null()
    cost = _COST.fill_null(0) if direct else AMOUNT * 0
    owner = CUSTOMER if has(rows, "customer_id") else nw.lit(None, dtype=nw.String)
    return rows.select(
        owner.alias("customer_id"),
        nw.when(known).then(AMOUNT).otherwise(0).alias("revenue"),
        cost.alias("direct_cost"),
        (AMOUNT * 0).alias("cost_to_serve"),
        nw.when(known).then(0).otherwise(AMOUNT).alias("unknown"),
        (~known).cast(nw.Int64).alias("blanks"),
        known.cast(nw.Int64).alias("known"),
    )


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
