"""Accounts as people read them: the columns of the table and of Markdown."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import change_text, text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from retention_cli.results.accounts import Account, Accounts, Amount, Totals

_UNKNOWN = "-"
HEADINGS = (
    *("Rank", "Account", "Name", "Manager", "Revenue", "Direct cost", "Cost to serve"),
    *("Profit", "Change", "Margin", "± pp", "Share", "Cumulative", "Tier", "Status"),
)
NUMBERS = {"Rank", *HEADINGS[4:13]}
TOTAL = "Total"
_BETWEEN = "…"
_MOST_GROUPS = 12


def rows(found: Accounts, *, limit: int | None = None) -> list[tuple[str, ...]]:
    """Give a row for each account, then totals, of all and by group, then what belongs to no account.

    With a limit there are so many accounts at each end, and a sign between them.
    """
    accounts, groups = found.accounts, found.groups
    if between(found, limit):
        high, low = accounts[:limit], accounts[-(limit or 0) :]
        shown = [*map(_account, high), ("", _BETWEEN, *[""] * 13), *map(_account, low)]
        groups = groups[:_MOST_GROUPS]
    else:
        shown = [_account(one) for one in accounts]
    shown.append(_total(TOTAL, len(accounts), found.totals))
    for group in groups:
        name = f"no {group.by}" if group.value is None else f"{group.by}: {group.value}"
        shown.append(_total(name, group.accounts, group.totals))
    nobody = found.unallocated
    if any((nobody.revenue, nobody.direct_cost, nobody.cost_to_serve)):
        sums = (*_sums(nobody), *[""] * 7)
        shown.append(("", "Unallocated", "rows without a customer", "", *sums))
    return shown


def between(found: Accounts, limit: int | None) -> int:
    """Count the accounts that are not shown: none where they would take no more than a line or two."""
    hidden = 0 if limit is None else len(found.accounts) - 2 * limit
    return hidden if hidden > 2 else 0


def money(value: Amount | None) -> str:
    """Write an amount."""
    return _UNKNOWN if value is None else text(value, Unit.MONEY)


def ratio(value: Fraction | None) -> str:
    """Write a share."""
    return _UNKNOWN if value is None else text(value, Unit.RATIO)


def _total(name: str, accounts: int, totals: Totals) -> tuple[str, ...]:
    counted = "1 account" if accounts == 1 else f"{accounts:,} accounts"
    sums = (*_sums(totals), "", ratio(totals.margin))
    return ("", name, counted, "", *sums, *[""] * 5)


def _account(one: Account) -> tuple[str, ...]:
    return (
        str(one.rank or ""),
        one.customer_id,
        one.customer_name or "",
        one.manager or "",
        *_sums(one),
        _change(one.profit, one.profit_before, Unit.MONEY),
        ratio(one.margin),
        _change(one.margin, one.margin_before, Unit.RATIO).removesuffix(" pp"),
        ratio(one.share),
        ratio(one.cumulative_share),
        one.tier or "",
        one.status or "",
    )


def _change(now: Amount | None, before: Amount | None, unit: Unit) -> str:
    return "" if now is None or before is None else change_text(Fraction(now - before), unit)


def _sums(one: Account | Totals) -> tuple[str, ...]:
    return tuple(map(money, (one.revenue, one.direct_cost, one.cost_to_serve, one.profit)))
