"""What a step in retention is worth on the accounts of a period, and what leavers cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from retention_cli.results.accounts import CUSTOMER
from retention_cli.results.impact import Replacing, Worth
from retention_cli.values.measures import MONEY_SCALE
from retention_cli.values.retention_worth import READINGS, factors, of_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.results.accounts import Account, Accounts
    from retention_cli.results.bridge import Amount

USUAL_DISCOUNT = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is written, and retention of today and after it, in a period of so many years."""

    name: str
    now: Fraction
    then: Fraction
    discount: Fraction
    years: Fraction


def worth(found: Accounts, customers: int, step: Step) -> Iterator[Worth]:
    """Give the four readings; profit is the mean of the accounts whose profit is known.

    Undefined: an amount where every customer stays for ever, or no profit is known.
    """
    discount = of_period(step.discount, step.years)
    profit, left = mean_profit(found), found.leavers
    now, then = factors(step.now, discount), factors(step.then, discount)
    lost = None if left is None else left.profit + left.losses
    for reading, formula in READINGS.items():
        today, after = now[reading], then[reading]
        yield Worth(
            reading,
            formula,
            _times(profit, today),
            _times(profit, after),
            after / today - 1 if after is not None and today else None,
            _times(profit, today, customers),
            _times(profit, after, customers),
            lost if reading == "margin_only" else _times(lost, today),
        )


def mean_profit(found: Accounts) -> Fraction | None:
    """Give the mean profit of the accounts whose profit is known."""
    known = [one.profit for one in found.accounts if one.profit is not None]
    return Fraction(sum(known)) / len(known) if known else None


def _times(amount: Amount | None, *by: Fraction | int | None) -> Fraction | None:
    if amount is None or None in by:
        return None
    found = Fraction(amount)
    for one in by:
        found *= one or 0
    return found


def replacing(found: Accounts, acquired: set[str], settings: Mapping[str, Any]) -> Replacing | None:
    """Set what replacing the leavers costs beside what serving those kept does.

    Undefined: None without `acquisition_cost` in the settings, or where nobody can be seen to leave.
    """
    told, left = settings.get("acquisition_cost"), found.leavers
    if told is None or left is None:
        return None
    cost = told * MONEY_SCALE
    new = [one for one in found.accounts if one.customer_id in acquired and one.revenue > 0]
    of_new = Fraction(sum(one.revenue for one in new)) / len(new) if new else None
    kept: list[Account] = [
        one for one in found.accounts if one.status == CUSTOMER and one.customer_id not in acquired
    ]
    served = [one.cost_to_serve for one in kept if one.cost_to_serve is not None]
    return Replacing(
        acquisition_cost=cost,
        by_customers=cost * left.customers,
        revenue_lost=left.revenue,
        revenue_of_new=of_new,
        by_revenue=None if of_new is None else cost * Fraction(left.revenue) / of_new,
        kept=len(kept),
        serving_kept=sum(served) if served else None,
    )


def assumptions(found: Accounts, step: Step, *, stated: bool) -> Iterator[str]:
    """Say what is taken for granted."""
    yield "every customer brings the mean profit of the accounts of the period, in each period to come"
    yield "retention is the same for all customers and in all periods, and the step costs nothing"
    discount = f"{float(step.discount * 100):g} % a year"
    yield f"the discount is {discount}" + ("" if stated else ", as discount_rate is not set")
    if found.leavers is not None and found.before is not None:
        yield f"what leavers were worth is their profit in {found.before.label}, loss-makers taken off"
    yield (
        "per cents that are quoted for five points, such as 25 to 95, are of other businesses and"
        " readings; none is used here"
    )
