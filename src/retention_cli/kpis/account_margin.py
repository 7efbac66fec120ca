"""Margin over all accounts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.frames.frames import parts, summed
from retention_cli.kpis._invoices import OWNED
from retention_cli.kpis.ingredients.account_profit import COST, COSTED, REVENUE
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Undefined, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.account_profit import AccountProfit


@kpi(
    title="Account margin",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.PROFIT,
    place=30,
    aliases=("margin_after_service",),
    lowest=None,
    ratio="revenue - cost / revenue",
)
def account_margin(*, account_profit: AccountProfit) -> Measure:
    """Share of the revenue of all accounts that remains after their costs.

    Formula: (revenue - direct cost - cost to serve) / revenue, over the invoice and cost rows of
        the period that have a customer id. Direct cost is the invoices' own cost column, cost to
        serve the cost export.
    Unit: ratio; below 0 where accounts cost more than they bring.
    Edge cases: a blank cost is unknown and not 0: its row is left out of revenue and cost, and a
        note says what share of the revenue that is. Rows without a customer id belong to no
        account; an id that the customer export lacks is an account like any other. n counts
        accounts with a row in the period, with a known cost or not.
    Errors: undefined without costs (no-costs), without customer ids (no-customer-ids), without
        a row of an account in the period (no-accounts), in several currencies
        (several-currencies), where amounts have sales tax in them (tax-included), and where the
        revenue is 0 or less (no-revenue).
    Source: docs/definitions.md, "Profit".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = ("customer_id,invoice_date,amount,cost", "ann,2025-06-02,100,70")
        >>> figure("account_margin", "2025-06", invoices=billed).value
        Fraction(3, 10)
    """
    behind = account_profit.behind
    found = parts(account_profit.accounts, key="customer_id", behind=behind, accounts=OWNED)
    n = found["accounts"].total
    if account_profit.reason is None:
        sums = {"revenue": REVENUE, "cost": COST}
        costed = account_profit.accounts.filter(COSTED)
        found |= summed(costed, key="customer_id", unit=Unit.MONEY, behind=behind, **sums)
    why = account_profit.reason
    if why is None and found["revenue"].total <= 0:
        why = Undefined("no-revenue", "the accounts brought no revenue in the period")
    if why is not None:
        return Measure.undefined(
            why.code, why.message, found, hint=why.hint, sample_size=n, notes=account_profit.notes
        )
    revenue, cost = found["revenue"].total, found["cost"].total
    return Measure.of(
        Fraction(revenue - cost, revenue),
        found,
        sample_size=n,
        currency=account_profit.currencies.one,
        notes=account_profit.notes,
    )
