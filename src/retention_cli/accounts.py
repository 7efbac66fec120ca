"""Every account's revenue, costs, profit and margin in a period, ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames import collect
from retention_cli.kpis.ingredients.account_profit import AccountProfit, account_profit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset import Dataset
    from retention_cli.exports import Export
    from retention_cli.measures import Undefined
    from retention_cli.periods import Period
    from retention_cli.problems import Problems

_A, _B = Fraction(80, 100), Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Money is in ten-thousandths; a half of the costs that no export has is None.

    `margin` is profit by the revenue whose cost is known, None where that is 0 or less; `share`
    is of the sum of all positive profits.
    """

    customer_id: str
    customer_name: str | None
    manager: str | None
    revenue: int
    direct_cost: int | None
    cost_to_serve: int | None
    profit: int | None
    margin: Fraction | None
    rank: int | None = None
    share: Fraction | None = None
    cumulative_share: Fraction | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in ten-thousandths: of all accounts, or of the rows that are no account's."""

    revenue: int
    direct_cost: int | None
    cost_to_serve: int | None
    profit: int | None
    margin: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts of a period, by profit. Accounts and `unallocated` are all rows there are."""

    period: Period
    accounts: tuple[Account, ...]
    totals: Totals
    unallocated: Totals
    currency: str | None
    notes: tuple[str, ...]
    exports: tuple[Export, ...]
    problems: Problems
    reason: Undefined | None = None
    assumed: tuple[str, ...] = ()
    rejects_file: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The accounts of a dataset before the files they were read from stand beside them."""

    accounts: tuple[Account, ...]
    totals: Totals
    unallocated: Totals
    currency: str | None
    notes: tuple[str, ...]
    reason: Undefined | None


def rank_accounts(dataset: Dataset, period: Period) -> Ranking:
    """Rank the accounts with a row in a period by profit, ties by id.

    Formula: profit = revenue - direct cost - cost to serve. Tiers: the share of positive profit
        before an account is below 80 % for A and below 95 % for B; the rest, and every account
        without profit, is C.
    Undefined: profit and margin without any cost data; nothing is added up in several currencies.
    Source: docs/definitions.md, "Profit".
    """
    costs = dataset.frame("costs") if dataset.has("costs") else None
    found = account_profit(invoices=dataset.frame("invoices"), period=period, costs=costs)
    reason = found.reason if found.reason and found.reason.code != "no-accounts" else None
    known = reason is None
    people = _people(dataset)
    rows = [] if reason and reason.code == "several-currencies" else _rows(found)
    accounts = [_account(row, people, found, known=known) for row in rows]
    accounts.sort(key=lambda one: (-(one.profit or 0), one.customer_id))
    nobody = found.unallocated
    return Ranking(
        accounts=tuple(_ranked(accounts)) if known else tuple(accounts),
        totals=_totals(accounts, rows, found, known=known),
        unallocated=Totals(
            revenue=nobody["revenue"] + nobody["unknown"],
            direct_cost=nobody["direct_cost"] if found.direct else None,
            cost_to_serve=nobody["cost_to_serve"] if found.serving else None,
            profit=_profit(nobody) if known else None,
        ),
        currency=found.currencies.one,
        notes=found.notes,
        reason=reason,
    )


def _rows(found: AccountProfit) -> list[dict[str, int]]:
    rows: list[dict[str, int]] = collect(found.accounts).to_pylist()
    return rows


def _people(dataset: Dataset) -> dict[str, tuple[str | None, str | None]]:
    """Give the name and manager of each customer, from the spell that starts last."""
    if not dataset.has("customers"):
        return {}
    table = dataset.tables["customers"]
    names = {name.casefold(): name for name in table.column_names}
    manager = next((names[n] for n in _MANAGERS if n in names), None)
    if "start_date" in table.column_names:
        table = table.take(pc.sort_indices(table, sort_keys=[("start_date", "ascending")]))
    blank = pa.nulls(len(table), pa.string())
    named = table["customer_name"] if "customer_name" in table.column_names else blank
    managed = table[manager] if manager else blank
    ids = table["customer_id"].to_pylist()
    return dict(zip(ids, zip(named.to_pylist(), managed.to_pylist(), strict=True), strict=True))


_MANAGERS = ("manager", "account manager", "account_manager", "owner", "csm")


def _profit(sums: Mapping[str, int]) -> int:
    return sums["revenue"] - sums["direct_cost"] - sums["cost_to_serve"]


def _account(
    row: dict[str, int],
    people: Mapping[str, tuple[str | None, str | None]],
    found: AccountProfit,
    *,
    known: bool,
) -> Account:
    key = str(row["customer_id"])
    name, manager = people.get(key, (None, None))
    profit = _profit(row) if known else None
    return Account(
        customer_id=key,
        customer_name=name,
        manager=manager,
        revenue=row["revenue"] + row["unknown"],
        direct_cost=row["direct_cost"] if found.direct else None,
        cost_to_serve=row["cost_to_serve"] if found.serving else None,
        profit=profit,
        margin=Fraction(profit, row["revenue"])
        if profit is not None and row["revenue"] > 0
        else None,
    )


def _ranked(accounts: Sequence[Account]) -> Iterator[Account]:
    gains = sum(max(one.profit or 0, 0) for one in accounts)
    running = 0
    for rank, one in enumerate(accounts, start=1):
        profit = one.profit or 0
        before = Fraction(running, gains) if gains else None
        running += profit
        yield replace(
            one,
            rank=rank,
            share=Fraction(profit, gains) if gains else None,
            cumulative_share=Fraction(running, gains) if gains else None,
            tier=_tier(profit, before),
        )


def _tier(profit: int, before: Fraction | None) -> str:
    if profit <= 0 or before is None or before >= _B:
        return "C"
    return "A" if before < _A else "B"


def _totals(
    accounts: Sequence[Account],
    rows: Sequence[Mapping[str, int]],
    found: AccountProfit,
    *,
    known: bool,
) -> Totals:
    costed = sum(row["revenue"] for row in rows)
    profit = sum(one.profit or 0 for one in accounts) if known else None
    return Totals(
        revenue=sum(one.revenue for one in accounts),
        direct_cost=sum(row["direct_cost"] for row in rows) if found.direct else None,
        cost_to_serve=sum(row["cost_to_serve"] for row in rows) if found.serving else None,
        profit=profit,
        margin=Fraction(profit, costed) if profit is not None and costed > 0 else None,
    )
