"""What stands beside the accounts: figures after steps, with what was assumed, and the ledger."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.accounts._shown import money, ratio
from retention_cli.reports.words.numbers import change_text
from retention_cli.text.wording import many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.accounts import Accounts, Amount

_MOST = 10


def what_if_lines(found: Accounts) -> Iterator[str]:
    """Say what steps would change, and what was taken for granted."""
    told = found.what_if
    if told is None:
        return
    yield f"with {'; '.join(one.text for one in told.steps)}:"
    known = [one for one in found.accounts if one.profit is not None]
    revenue = sum(one.revenue for one in known)
    yield f"revenue {money(revenue)} today, {money(told.revenue)} then{_by(told.revenue, revenue)}"
    profit = found.totals.profit or 0
    yield f"profit {money(profit)} today, {money(told.profit)} then{_by(told.profit, profit)}"
    yield f"margin {ratio(found.totals.margin)} today, {ratio(told.margin)} then"
    if told.dropped:
        left = f"; {money(told.left_over)} of common costs are left over" if told.left_over else ""
        yield f"{many(told.dropped, 'account')} dropped{left}"
    for said in told.assumptions:
        yield f"assumed: {said}"


def _by(then: Amount, today: Amount) -> str:
    return f" ({change_text(Fraction(then - today), Unit.MONEY)})" if then != today else ""


def ledger_text(found: Accounts, *, most: int | None = _MOST) -> Iterator[str]:
    """Set revenue beside the ledger, and name the accounts that differ."""
    told = found.ledger
    if told is None:
        return
    sums = f"exports {money(told.revenue)}, ledger {money(told.ledger)}"
    if told.agrees:
        yield f"{sums}: they agree"
        return
    yield f"{sums}, difference {change_text(Fraction(told.difference), Unit.MONEY)}"
    for one in told.lines[:most]:
        name = "no customer" if one.account is None else one.account
        away = change_text(Fraction(one.difference), Unit.MONEY)
        yield f"{name}: exports {money(one.revenue)}, ledger {money(one.ledger)}, difference {away}"
    more = len(told.lines) - len(told.lines[:most])
    if more > 0:
        yield f"and {many(more, 'account')} more: --all, or --format json"
