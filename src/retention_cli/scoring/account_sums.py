"""What accounts are made of: the sums of each, and itself."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.results.accounts import Account, Amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.kpis.ingredients.account_profit import AccountProfit
    from retention_cli.values.periods import Period

_MONEY = ("revenue", "unknown", "direct_cost", "cost_to_serve")

Row: TypeAlias = "dict[str, Amount]"
"""The sums of one account, in ten-thousandths, under their names; its id, and its rows."""


def profits_of(dataset: Dataset, period: Period, settings: Mapping[str, Any]) -> AccountProfit:
    """Give the sums of all accounts with a row in a period."""
    told = computing.call({"it": _found}, dataset=dataset, period=period, settings=settings)
    found: AccountProfit = told["it"]
    return found


def _found(*, account_profit: AccountProfit) -> AccountProfit:
    return account_profit


def shared_costs(found: AccountProfit, money_parts: int) -> dict[str, Amount]:
    """Give the shared costs of each account."""
    if found.spread is None:
        return {}
    sums = found.spread.shares.group_by("customer_id").aggregate([("amount", "sum")])
    amounts = sums["amount_sum"].to_pylist()
    return {
        id_: amount if money_parts == 1 else Fraction(amount, money_parts)
        for id_, amount in zip(sums["customer_id"].to_pylist(), amounts, strict=True)
    }


def id_of(row: Row) -> str:
    """Give the id of an account."""
    return str(row["customer_id"])


def rows_of(found: AccountProfit, money_parts: int) -> list[Row]:
    """Give the sums of each account."""
    return [in_ten_thousandths(row, money_parts) for row in collect(found.accounts).to_pylist()]


def in_ten_thousandths(row: Mapping[str, Amount], money_parts: int) -> Row:
    """Give sums in ten-thousandths, where the tables are in parts of one."""
    if money_parts == 1:
        return dict(row)
    return {**row, **{name: Fraction(row[name], money_parts) for name in _MONEY}}


def _profit(sums: Row) -> Amount | None:
    """Give the profit of an account; None where the cost of every row of it is blank."""
    return gain_of(sums) if sums["known"] else None


def gain_of(sums: Row) -> Amount:
    """Give revenue less costs."""
    return sums["revenue"] - sums["direct_cost"] - sums["cost_to_serve"]


def account_of(
    row: Row,
    people: Mapping[str, tuple[str | None, str | None]],
    found: AccountProfit,
    *,
    known: bool,
) -> Account:
    """Make an account of its sums."""
    key = id_of(row)
    name, manager = people.get(key, (None, None))
    profit = _profit(row) if known else None
    return Account(
        customer_id=key,
        customer_name=name,
        manager=manager,
        revenue=row["revenue"] + row["unknown"],
        revenue_without_cost=row["unknown"],
        direct_cost=row["direct_cost"] if found.direct else None,
        cost_to_serve=row["cost_to_serve"] if found.serving else None,
        profit=profit,
        margin=Fraction(profit, row["revenue"])
        if profit is not None and row["revenue"] > 0
        else None,
    )
