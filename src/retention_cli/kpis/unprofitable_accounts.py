"""Accounts that cost more than they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.frames.frames import parts
from retention_cli.kpis._invoices import OWNED
from retention_cli.kpis.ingredients.account_profit import PROFIT
from retention_cli.kpis.registry import Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.account_profit import AccountProfit


@kpi(
    title="Unprofitable accounts",
    unit=Unit.COUNT,
    better=Better.LOWER,
    group=Group.PROFIT,
    place=40,
    aliases=("loss_making_accounts",),
    scales_with_period=True,
)
def unprofitable_accounts(*, account_profit: AccountProfit) -> Measure:
    """Accounts whose profit in the period is below 0.

    Formula: the number of accounts with revenue - direct cost - cost to serve < 0.
    Unit: count.
    Edge cases: rows with a blank cost are in neither revenue nor cost. An account at exactly 0
        is not unprofitable. The sample is the accounts with a row in the period.
    Errors: undefined without any cost data (no-costs), without customer ids (no-customer-ids),
        in several currencies (several-currencies), where amounts have sales tax in them
        (tax-included).
    Source: docs/definitions.md, "Profit".
    Example:
        >>> from retention_cli.testing import figure
        >>> billed = ("customer_id,invoice_date,amount,cost", "ann,2025-06-02,100,170")
        >>> figure("unprofitable_accounts", "2025-06", invoices=billed).value
        1
    """
    why = account_profit.reason
    if why is not None and why.code == "no-accounts":
        why = None
    found = parts(
        account_profit.accounts,
        key="customer_id",
        behind=account_profit.behind,
        accounts=OWNED,
        unprofitable=PROFIT < 0,
    )
    n = found["accounts"].total
    if why is not None:
        return Measure.undefined(
            why.code, why.message, hint=why.hint, sample_size=n, notes=account_profit.notes
        )
    return Measure.of(found["unprofitable"].total, found, sample_size=n, notes=account_profit.notes)
