"""Accounts as people read them: the columns of the table and of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.measures import Unit
from retention_cli.reports.numbers import text

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.accounts import Account, Accounts, Totals

_UNKNOWN = "-"
HEADINGS = (
    *("Rank", "Account", "Name", "Manager", "Revenue", "Direct cost", "Cost to serve"),
    *("Profit", "Margin", "Cumulative", "Tier"),
)
NUMBERS = {"Rank", *HEADINGS[4:10]}


def rows(found: Accounts) -> list[tuple[str, ...]]:
    """Give a row for each account, then their total, then what is no account's."""
    shown = [_account(one) for one in found.accounts]
    total = ("", "Total", f"{len(found.accounts)} accounts", "", *_sums(found.totals))
    shown.append((*total, _ratio(found.totals.margin), "", ""))
    nobody = found.unallocated
    if any((nobody.revenue, nobody.direct_cost, nobody.cost_to_serve)):
        shown.append(("", "Unallocated", "rows without a customer", "", *_sums(nobody), "", "", ""))
    return shown


def _account(one: Account) -> tuple[str, ...]:
    return (
        str(one.rank or ""),
        one.customer_id,
        one.customer_name or "",
        one.manager or "",
        *_sums(one),
        _ratio(one.margin),
        _ratio(one.cumulative_share),
        one.tier or "",
    )


def _sums(one: Account | Totals) -> tuple[str, ...]:
    amounts = (one.revenue, one.direct_cost, one.cost_to_serve, one.profit)
    return tuple(_UNKNOWN if a is None else text(a, Unit.MONEY).strip() for a in amounts)


def _ratio(value: Fraction | None) -> str:
    return _UNKNOWN if value is None else text(value, Unit.RATIO)
