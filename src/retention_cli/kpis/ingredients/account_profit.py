"""What each account brought in a period and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.by_group import GROUP, once_for_all, worked_out
from retention_cli.frames.columns import RATE, as_text
from retention_cli.frames.frames import Frame, grouped, has, kept, stacked, totals
from retention_cli.kpis._invoices import (
    AMOUNT,
    CUSTOMER,
    NO_CUSTOMER_IDS,
    NO_NET_AMOUNTS,
    OWNED,
    UNOWNED,
    WITH_TAX,
    Currencies,
    billed_in,
    currencies,
    has_tax,
    unowned_rows,
    without_a_cost,
)
from retention_cli.kpis._rows import spent_in
from retention_cli.kpis.ingredients._account_rows import KNOWN, SUMS, RowsBehind, billed, served
from retention_cli.kpis.ingredients.driven_costs import owners
from retention_cli.kpis.ingredients.service import service
from retention_cli.kpis.ingredients.spread_costs import said, spread_rows
from retention_cli.values.measures import Manner, Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from retention_cli.frames.opened import Behind
    from retention_cli.kpis.ingredients.driven_costs import DrivenCosts
    from retention_cli.kpis.ingredients.spread_costs import SpreadCosts
    from retention_cli.values.periods import Period

LACKS = {"no-costs": "invoices.cost or costs", "no-customer-ids": "invoices.customer_id"}

REVENUE, DIRECT, SERVED = nw.col("revenue"), nw.col("direct_cost"), nw.col("cost_to_serve")
"""Revenue of the rows whose cost is known; their direct cost; the cost of serving."""
PROFIT, COST = REVENUE - DIRECT - SERVED, DIRECT + SERVED
COSTED = nw.col("known") > 0
"""Accounts of which some cost is known."""
NO_COSTS = Undefined("no-costs", "no costs in the exports")
_SUMS = {name: nw.col(name) for name in SUMS}
_NOBODY = {"count": UNOWNED.cast(nw.Int64)}


@dataclass(frozen=True, slots=True)
class AccountProfit:
    """One row an account, with sums in ten-thousandths.

    Shape: `accounts` has customer_id, revenue, direct_cost, cost_to_serve, and `unknown`: the
        revenue of rows whose cost is blank, which is in no margin; `known` counts the others. `unallocated` has the same
        sums of the rows that belong to no account. `direct` and `serving` say which half of the
        costs the exports have. `reason` says why nothing can be told.
    """

    accounts: Frame
    unallocated: Mapping[str, int]
    currencies: Currencies
    direct: bool
    serving: bool
    notes: tuple[str, ...]
    reason: Undefined | None = None
    behind: Behind | None = field(default=None, compare=False)
    driven: DrivenCosts | None = None
    spread: SpreadCosts | None = None


def account_profit(  # an argument for each thing that costs
    *,
    invoices: Frame,
    period: Period,
    costs: Frame | None = None,
    driven_costs: DrivenCosts | None = None,
    driven_tickets: Frame | None = None,
    spread_of: Callable[[Period], SpreadCosts | None] | None = None,
) -> AccountProfit:
    """Add up the invoices and costs of a period by account.

    Formula: direct cost comes from the cost column of the invoices, cost to serve from the cost
        export, both dated in the period, from what drivers count, and from what is spread over
        accounts. Other rows without a customer id are unallocated.
    Undefined: without customer ids, without any cost data, in several currencies, where amounts
        have sales tax in them.
    Source: docs/definitions.md, "Profit".
    """
    direct, serving = has(invoices, "cost"), costs is not None or driven_costs is not None
    rows = billed_in(invoices, period, "customer_id", "cost", "currency")
    sums, money = [billed(rows, direct=direct)], _currencies(rows, direct=direct)
    driven = driven_costs.parts if driven_costs else ()
    sums += [_by_account(worked_out(one.frame, "counted", _counted)) for one in driven]
    spread = spread_of(period) if spread_of else None
    if costs is not None:
        spent = spent_in(costs, period)
        sums.append(_by_account(served(spent)))
        money = Currencies(money.names | _currencies(spent, direct=False).names)
        if spread is not None and spread.pools:
            pools = spent.filter(spread_rows(spent, spread.pools))
            money = Currencies(money.names | currencies(pools).names)
            sums += _moved(sums, pools, spread, _with_tickets(driven_tickets, period, spread))
    together = stacked(*sums)
    accounts = _of_customers(together)
    nobody = totals(together.filter(UNOWNED), **_SUMS)
    taxed = has_tax(rows)
    notes = _notes(accounts, nobody, rows, direct=direct)
    notes += [WITH_TAX] if taxed else []
    notes += _of_costs(costs, direct=direct, serving=serving)
    notes += driven_costs.notes if driven_costs else ()
    if driven and has(invoices, RATE):
        notes.append("what [cost_drivers] prices is in report_currency, and not converted")
    return AccountProfit(
        accounts=accounts,
        unallocated=nobody,
        currencies=money,
        direct=direct,
        serving=serving,
        notes=(*notes, *(said(spread) if spread else ())),
        reason=_reason(invoices, accounts, money, direct=direct, served=serving)
        or (NO_NET_AMOUNTS if taxed else None),
        behind=RowsBehind(invoices, costs, period, driven_costs, spread).of,
        driven=driven_costs,
        spread=spread,
    )


def _counted(rows: pa.Table) -> pa.Table:
    """Give rows that a driver counts as costs."""
    none = pa.array(np.zeros(len(rows), dtype=np.int64))
    known = pc.greater(pc.fill_null(pc.add(rows["rate"], rows["quantity"]), -1), -1).cast(
        pa.int64()
    )
    group = {GROUP: rows[GROUP]} if GROUP in rows.column_names else {}
    return pa.table(
        {
            **group,
            "customer_id": owners(rows),
            "revenue": none,
            "direct_cost": none,
            "cost_to_serve": rows["worth"],
            "unknown": none,
            "blanks": none,
            "known": known,
        }
    )


def _with_tickets(tickets: Frame | None, period: Period, spread: SpreadCosts) -> Iterator[Frame]:
    """Give whose tickets are of a period, where some costs are spread by them."""
    if tickets is None or "tickets" not in {pool.key for pool in spread.pools}:
        return
    created = service(tickets=tickets, period=period).created
    if created is not None and has(created, "customer_id"):
        yield created.select(CUSTOMER.cast(nw.String))


def _moved(
    sums: Sequence[Frame], pools: Frame, spread: SpreadCosts, others: Iterable[Frame]
) -> Iterator[Frame]:
    """Give each of these accounts its shares, and take the pools from what is nobody's."""
    ours = stacked(*(one.select("customer_id") for one in sums), *others)

    def shared(accounts: pa.Table) -> pa.Table:
        place = accounts.column_names.index("customer_id")
        ids = as_text(accounts["customer_id"]).cast(pa.string())
        once = accounts.set_column(place, "customer_id", ids).group_by(accounts.column_names)
        shares = spread.shares.drop_columns(["pool"])
        return once.aggregate([]).join(shares, keys="customer_id", join_type="inner")

    yield _by_account(served(worked_out(ours, ("shares", id(spread)), shared)))
    yield _by_account(served(pools.with_columns(AMOUNT * -1)).with_columns(known=nw.lit(-1)))


def _currencies(rows: Frame, *, direct: bool) -> Currencies:
    return currencies(_added_up(rows, direct=direct))


@once_for_all
def _by_account(rows: Frame) -> Frame:
    return grouped(rows, "customer_id", **_SUMS)


@once_for_all
def _of_customers(each: Frame) -> Frame:
    return kept(each.filter(OWNED).group_by("customer_id").agg(nw.col(*_SUMS).sum()))


@once_for_all
def _added_up(rows: Frame, *, direct: bool) -> Frame:
    """Keep the rows that a sum over accounts adds up."""
    if not has(rows, "customer_id"):
        return rows
    owned = rows.filter(OWNED)
    return owned.filter(KNOWN) if direct else owned


def _reason(
    invoices: Frame, accounts: Frame, money: Currencies, *, direct: bool, served: bool
) -> Undefined | None:
    if not direct and not served:
        return NO_COSTS
    if not has(invoices, "customer_id"):
        return Undefined(*NO_CUSTOMER_IDS)
    there = totals(accounts, known=_SUMS["known"], blanks=_SUMS["blanks"])
    if not there["known"] and not there["blanks"]:
        return Undefined("no-accounts", "no invoices of an account in the period")
    if not there["known"]:
        return Undefined("no-costs", "no costs in the invoices of the period")
    return money.reason


def _of_costs(costs: Frame | None, *, direct: bool, serving: bool) -> Iterator[str]:
    """Say which costs are not in the exports, or not of a day."""
    if direct != serving:
        yield f"{'cost to serve' if direct else 'direct cost'} is not in the exports and counts 0"
    if costs is not None and not has(costs, "cost_date"):
        yield "the costs have no dates, so all of them count"


def _notes(accounts: Frame, nobody: Mapping[str, int], rows: Frame, *, direct: bool) -> list[str]:
    notes = []
    sums = totals(accounts, blanks=_SUMS["blanks"], unknown=_SUMS["unknown"], known=REVENUE)
    if direct and sums["blanks"]:
        adds_up = currencies(_added_up(rows, direct=False)).reason is None
        whole = sums["unknown"] + sums["known"] if adds_up else 0
        notes.append(without_a_cost(sums["blanks"], sums["unknown"], whole))
    if has(rows, "customer_id"):
        unowned = totals(rows, **_NOBODY)["count"]
        if unowned:
            notes.append(unowned_rows(unowned))
    if nobody["cost_to_serve"]:
        notes.append(Manner("costs without a customer id are left out"))  # the file has a notice
    return notes
