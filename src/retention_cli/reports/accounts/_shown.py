"""Accounts as people read them: the columns of the table and of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_cli.results.accounts import Account, Accounts, Totals

_UNKNOWN = "-"
HEADINGS = (
    *("Rank", "Account", "Name", "Manager", "Revenue", "Direct cost", "Cost to serve"),
    *("Profit", "Margin", "Cumulative", "Tier"),
)
NUMBERS = {"Rank", *HEADINGS[4:10]}


TOTAL = "Total"


def rows(found: Accounts) -> list[tuple[str, ...]]:
    """Give a row for each account, then totals, of all and by group, then what belongs to no account."""
    shown = [_account(one) for one in found.accounts]
    shown.append(_total(TOTAL, len(found.accounts), found.totals))
    for group in found.groups:
        name = f"no {group.by}" if group.value is None else f"{group.by}: {group.value}"
        shown.append(_total(name, group.accounts, group.totals))
    nobody = found.unallocated
    if any((nobody.revenue, nobody.direct_cost, nobody.cost_to_serve)):
        shown.append(("", "Unallocated", "rows without a customer", "", *_sums(nobody), "", "", ""))
    return shown


def _total(name: str, accounts: int, totals: Totals) -> tuple[str, ...]:
    counted = "1 account" if accounts == 1 else f"{accounts:,} accounts"
    return ("", name, counted, "", *_sums(totals), _ratio(totals.margin), "", "")


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
