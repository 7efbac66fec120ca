"""From sums to figures, for the hand-written scripts: the arithmetic of docs/definitions.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Sums:
    """What a script has to find out about a period."""

    starters: int
    enders: int
    new: int
    acquired: int
    lost: int
    reactivated: int
    acquired_and_lost: int
    before: object
    now_kept: object
    gross_kept: object
    before_kept: object
    paying: int
    revenue: object
    invoices: int
    credit_notes: int
    buyers: int
    repeat_buyers: int
    outsiders: int
    active: int
    accounts: int
    gap: float | None


def periods(year_or_month: str) -> list[tuple[str, str, str]]:
    """Give the start before, the start and the end of a period, and of the one before it."""
    year, _, month = year_or_month.partition("-")
    step = 1 if month else 12
    start = int(year) * 12 + (int(month) - 1 if month else 0)
    days = [_first_day(start + step * place).isoformat() for place in (-2, -1, 0, 1)]
    return [(days[1], days[2], days[3]), (days[0], days[1], days[2])]


def figures(sums: Sums, *, start: str, end: str) -> dict[str, str]:
    """Compute every figure of the scorecard that customers and invoices give."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    years = Fraction(months, 12)
    kept = Fraction(sums.enders - sums.new, sums.starters)
    before, revenue = Fraction(sums.before), Fraction(sums.revenue)
    value = revenue / sums.invoices
    customers = sums.active + sums.outsiders
    frequency = Fraction(sums.invoices, customers) / years
    lifespan = years / (1 - kept)
    said = {
        "retention_rate": kept,
        "churn_rate": 1 - kept,
        "customers_acquired": sums.acquired,
        "customers_lost": sums.lost,
        "customers_reactivated": sums.reactivated,
        "acquired_and_lost": sums.acquired_and_lost,
        "gross_revenue_retention": Fraction(sums.gross_kept) / before,
        "net_revenue_retention": Fraction(sums.now_kept) / before,
        "revenue_weighted_retention": Fraction(sums.before_kept) / before,
        "average_purchase_value": value,
        "purchase_frequency": frequency,
        "customer_lifespan": lifespan,
        "clv": value * frequency * lifespan,
        "repeat_purchase_rate": Fraction(sums.repeat_buyers, sums.buyers),
        "revenue": revenue,
    }
    days = (last - first).days
    if sums.gap is not None and Fraction(sums.gap) > Fraction(3, 2) * days:
        del said["gross_revenue_retention"], said["net_revenue_retention"]
    return {name: str(Fraction(number)) for name, number in said.items()}


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
