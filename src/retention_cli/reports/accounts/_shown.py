"""Accounts as people read them: the columns of the table and of Markdown."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.words.numbers import change_text, text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.results.accounts import Account, Accounts, Amount, Totals
    from retention_cli.results.what_if import Changed

_UNKNOWN = "-"
HEADINGS = (
    *("Rank", "Account", "Name", "Manager", "Revenue", "Direct cost", "Cost to serve"),
    *("Profit", "What if", "Change", "Margin", "± pp", "Share", "Cumulative", "Tier", "Status"),
)
NUMBERS = {"Rank", *HEADINGS[4:14]}
TOTAL = "Total"
_IF_FILLED = {"What if", "Change", "± pp", "Status"}
_BETWEEN = "…"
_MOST_GROUPS = 12


def rows(found: Accounts, *, limit: int | None = None) -> list[tuple[str, ...]]:
    """Give a row for each account, then totals, of all and by group, then what belongs to no account.

    With a limit there are so many accounts at each end, and a sign between them.
    """
    accounts, groups = found.accounts, found.groups
    changed = {one.customer_id: one for one in found.what_if.accounts} if found.what_if else {}
    if between(found, limit):
        high, low = accounts[:limit], accounts[-(limit or 0) :]
        shown = [
            *(_account(one, changed) for one in high),
            ("", _BETWEEN, *[""] * 14),
            *(_account(one, changed) for one in low),
        ]
        groups = groups[:_MOST_GROUPS]
    else:
        shown = [_account(one, changed) for one in accounts]
    then = money(found.what_if.profit) if found.what_if else ""
    shown.append(_total(TOTAL, len(accounts), found.totals, then))
    for group in groups:
        name = f"no {group.by}" if group.value is None else f"{group.by}: {group.value}"
        shown.append(_total(name, group.accounts, group.totals))
    nobody = found.unallocated
    if any((nobody.revenue, nobody.direct_cost, nobody.cost_to_serve)):
        sums = (*_sums(nobody), *[""] * 8)
        shown.append(("", "Unallocated", "rows without a customer", "", *sums))
    return shown


def filled(cells: Sequence[tuple[str, ...]]) -> list[int]:
    """Give the places of the columns to show: some are there only where they say something."""
    return [
        place
        for place, name in enumerate(HEADINGS)
        if name not in _IF_FILLED or any(row[place] for row in cells)
    ]


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


def _total(name: str, accounts: int, totals: Totals, then: str = "") -> tuple[str, ...]:
    counted = "1 account" if accounts == 1 else f"{accounts:,} accounts"
    sums = (*_sums(totals), then, "", ratio(totals.margin))
    return ("", name, counted, "", *sums, *[""] * 5)


def _account(one: Account, then: Mapping[str, Changed]) -> tuple[str, ...]:
    changed = then.get(one.customer_id)
    return (
        str(one.rank or ""),
        one.customer_id,
        one.customer_name or "",
        one.manager or "",
        *_sums(one),
        "" if changed is None else "dropped" if changed.dropped else money(changed.profit),
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
