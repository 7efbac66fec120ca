"""Work out the figures of the example by naive code: an oracle that shares nothing with src/."""

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from naive_reading import (
    Answer,
    Booking,
    Export,
    Line,
    Spell,
    Ticket,
    read_costs,
    read_customers,
    read_invoices,
    read_surveys,
    read_tickets,
)

Figure = dict[str, Any]
Number = Fraction | Decimal | int


@dataclass(frozen=True)
class World:
    """Everything in the exports that counts."""

    spells: list[Spell]
    lines: list[Line]
    answers: list[Answer]
    tickets: list[Ticket]
    bookings: list[Booking]


@dataclass(frozen=True)
class Span:
    """A period of whole months."""

    before: date
    start: date
    end: date
    months: int


def customers_at(spells: list[Spell], instant: date) -> set[str]:
    """Give the ids active at an instant."""
    return {spell.customer_id for spell in spells if spell.active(instant)}


def retention(world: World, span: Span) -> dict[str, Figure]:
    """Count customers."""
    first, last = customers_at(world.spells, span.start), customers_at(world.spells, span.end)
    starts: dict[str, date] = {}
    for spell in world.spells:
        starts[spell.customer_id] = min(spell.start, starts.get(spell.customer_id, spell.start))
    acquired = {one for one, start in starts.items() if span.start <= start < span.end}
    back = {one for one in last - first if starts[one] < span.start}
    cs, parts = len(first), {"CS": len(first), "CE": len(last), "CN": len(last - first)}
    lost, none = first - last, "no customers at the start"
    return {
        "retention_rate": ratio(cs - len(lost), cs, n=cs, parts=parts, reason=none),
        "churn_rate": ratio(len(lost), cs, n=cs, parts={"CS": cs, "lost": len(lost)}, reason=none),
        "monthly_churn_rate": monthly_churn(cs - len(lost), cs, span.months),
        "customers_acquired": count(acquired),
        "customers_lost": count(lost),
        "customers_reactivated": count(back),
        "acquired_and_lost": count(acquired - last),
        "customer_lifespan": ratio(
            Fraction(span.months, 12) * cs, len(lost), n=cs, reason="nobody left in the period"
        ),
    }


def monthly_churn(stayed: int, cs: int, months: int) -> Figure:
    """Give the churn of one month that makes the churn of the period."""
    figure = ratio(cs - stayed, cs, n=cs, reason="no customers at the start")
    if months > 1 and cs:
        return {"value": 1 - (stayed / cs) ** (1 / months), "n": cs}
    return figure


def revenue_retention(world: World, span: Span) -> dict[str, Figure]:
    """Compare what the starters paid with what they paid in the period before."""
    first, last = customers_at(world.spells, span.start), customers_at(world.spells, span.end)
    before = {one: paid(world, one, span.before, span.start) for one in sorted(first)}
    now = {one: paid(world, one, span.start, span.end) for one in sorted(first & last)}
    base, sample = (
        sum(before.values(), Decimal()),
        sum(1 for amount in before.values() if amount > 0),
    )
    sums = {
        "gross_revenue_retention": sum(
            (max(Decimal(), min(now[one], before[one])) for one in now), Decimal()
        ),
        "net_revenue_retention": sum(now.values(), Decimal()),
        "revenue_weighted_retention": sum((before[one] for one in now), Decimal()),
    }
    gap = median_gap(world, first, span)
    rare = gap is not None and gap > 1.5 * (span.end - span.start).days
    found = {}
    for name, total in sums.items():
        parts = {"revenue_before": money(base), "counted": money(total)}
        found[name] = ratio(total, base, n=sample, parts=parts, reason="no revenue before")
        if rare and name != "revenue_weighted_retention":
            found[name] = undefined("customers are billed less often than the period", sample)
    return found


def paid(world: World, customer_id: str, start: date, end: date) -> Decimal:
    """Sum the invoices and credit notes of one customer."""
    return sum(
        (
            line.amount
            for line in world.lines
            if line.customer_id == customer_id and start <= line.day < end
        ),
        Decimal(),
    )


def purchases(lines: list[Line]) -> list[Line]:
    """Give one line an invoice, with its total, without the credit notes."""
    found: dict[str, Line] = {}
    for line in lines:
        total = line.amount + (found[line.invoice_id].amount if line.invoice_id in found else 0)
        found[line.invoice_id] = Line(line.invoice_id, line.customer_id, line.day, total)
    return [line for line in found.values() if line.amount >= 0]


def median_gap(world: World, customers: set[str], span: Span) -> float | None:
    """Give the median of days between purchase days of one customer, over all of them."""
    days: dict[str, set[date]] = defaultdict(set)
    for bought in purchases(world.lines):
        if bought.day < span.end and bought.customer_id in customers:
            days[bought.customer_id].add(bought.day)
    gaps = [(b - a).days for some in days.values() for a, b in pairwise(sorted(some))]
    return statistics.median(gaps) if gaps else None


def value(world: World, span: Span) -> dict[str, Figure]:
    """Give revenue, and what it says about the value of a customer."""
    inside = [line for line in world.lines if span.start <= line.day < span.end]
    bought = purchases(world.lines)
    invoices = [line for line in bought if span.start <= line.day < span.end]
    buyers = {line.customer_id for line in invoices} - {""}
    earlier = {line.customer_id for line in bought if line.day < span.start}
    there = {
        spell.customer_id
        for spell in world.spells
        if spell.start < span.end and (spell.end is None or spell.end >= span.start)
    }
    active, often = len(there | buyers), len(invoices)
    revenue = sum((line.amount for line in inside), Decimal())
    life = retention(world, span)["customer_lifespan"]
    frequency = Fraction(12 * often, span.months)
    parts = {"invoices": often, "customers": active}
    return {
        "revenue": in_euro(revenue, n=len({line.invoice_id for line in inside})),
        "average_purchase_value": in_euro(Fraction(revenue) / often, n=often)
        if often
        else undefined("no invoices", 0),
        "purchase_frequency": ratio(
            frequency, active, n=active, parts=parts, reason="no customers"
        ),
        "clv": in_euro(
            Fraction(revenue) / often * frequency / active * Fraction(life["exact"]), n=active
        )
        if often and life["value"]
        else undefined("no invoices, or nobody left in the period", active),
        "repeat_purchase_rate": ratio(
            len(buyers & earlier),
            len(buyers),
            n=len(buyers),
            parts={"repeat": len(buyers & earlier), "buyers": len(buyers)},
            reason="no buyers",
        ),
    }


def voice(world: World, span: Span) -> dict[str, Figure]:
    """Give satisfaction, recommendation and the share that answers."""
    answered = [answer for answer in world.answers if answer.answered and answer.score is not None]
    inside = [a for a in answered if a.answered and span.start <= a.answered < span.end]
    csat = [a.score for a in inside if a.kind == "csat" and a.score is not None]
    nps = [a.score for a in inside if a.kind == "nps" and a.score is not None]
    sent = [answer for answer in world.answers if span.start <= answer.sent < span.end]
    replies = [answer for answer in sent if answer.score is not None]
    top = sum(1 for score in csat if score >= 4)
    up, down = sum(1 for score in nps if score >= 9), sum(1 for score in nps if score <= 6)
    kinds = {"promoters": up, "passives": len(nps) - up - down, "detractors": down}
    n, sample = len(csat), len(nps)
    return {
        "csat": ratio(top, n, n=n, parts={"satisfied": top}, reason="no responses"),
        "csat_mean": ratio(sum(csat) - n, 4 * n, n=n, reason="no responses"),
        "nps": ratio(100 * (up - down), sample, n=sample, parts=kinds, reason="no responses"),
        "survey_response_rate": ratio(
            len(replies),
            len(sent),
            n=len(sent),
            parts={"answered": len(replies), "sent": len(sent)},
            reason="no invitations",
        ),
    }


def service(world: World, span: Span) -> dict[str, Figure]:
    """Give how fast tickets of the period were answered, and how those that it solved went."""
    created = [ticket for ticket in world.tickets if within(ticket.created, span)]
    solved = [ticket for ticket in world.tickets if ticket.solved and within(ticket.solved, span)]
    waits = sorted(int((t.replied - t.created).total_seconds()) for t in created if t.replied)
    taken = [int((t.solved - t.created).total_seconds()) for t in solved if t.solved]
    counted = [ticket for ticket in solved if ticket.contacts is not None]
    once = [ticket for ticket in counted if ticket.contacts == 1 and not ticket.reopens]
    known = [ticket for ticket in solved if ticket.reopens is not None]
    n, quick = len(waits), sum(1 for wait in waits if wait <= 4 * 3600)
    again = sum(1 for ticket in known if ticket.reopens)
    none = "no tickets"
    return {
        "first_response_time": ratio(sum(waits), n, n=n, reason=none),
        "first_response_median": ratio(ranked(waits, Fraction(1, 2)), 1, n=n, reason=none),
        "first_response_p90": ratio(ranked(waits, Fraction(9, 10)), 1, n=n, reason=none),
        "unanswered_tickets": {"value": len(created) - n, "n": len(created)},
        "response_within_target": ratio(quick, len(created), n=len(created), reason=none),
        "resolution_time": ratio(sum(taken), len(taken), n=len(taken), reason=none),
        "first_contact_resolution": ratio(len(once), len(counted), n=len(counted), reason=none),
        "reopen_rate": ratio(again, len(known), n=len(known), reason=none),
    }


def within(moment: datetime, span: Span) -> bool:
    """Tell whether a moment is in a period."""
    return span.start <= moment.date() < span.end


def ranked(values: list[int], share: Fraction) -> Fraction:
    """Give the value at a rank between two, linear between them."""
    at = (len(values) - 1) * share
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (at - low) * (values[high] - values[low]) if values else Fraction()


def profit(world: World, span: Span) -> dict[str, Figure]:
    """Give what is left of revenue after direct cost and the hours booked on customers."""
    now, before = (
        earned(world, *ends) for ends in ((span.start, span.end), (span.before, span.start))
    )
    lines = [line for line in world.lines if span.start <= line.day < span.end]
    revenue = sum((line.amount for line in lines), Decimal())
    direct = sum((line.cost for line in lines), Decimal())
    billed = sum((line.amount for line in lines if line.customer_id), Decimal())
    first, last = customers_at(world.spells, span.start), customers_at(world.spells, span.end)
    gains = {one: before[one] for one in first if before.get(one, 0) > 0}
    base = sum(gains.values(), Decimal())
    kept = sum((gains[one] for one in gains if one in last), Decimal())
    invoices = len({line.invoice_id for line in lines})
    billed_before = {
        line.customer_id for line in world.lines if span.before <= line.day < span.start
    }
    n = len(first & billed_before)
    return {
        "gross_margin": ratio(revenue - direct, revenue, n=invoices, reason="no revenue"),
        "account_margin": ratio(
            sum(now.values(), Decimal()), billed, n=len(now), reason="no revenue"
        ),
        "unprofitable_accounts": count({one for one in now if now[one] < 0}) | {"n": len(now)},
        "profit_weighted_retention": ratio(kept, base, n=n, reason="no profit before"),
    }


def earned(world: World, start: date, end: date) -> dict[str, Decimal]:
    """Give the profit of each customer with an invoice or a cost."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in world.lines:
        if line.customer_id and start <= line.day < end:
            found[line.customer_id] += line.amount - line.cost
    for booking in world.bookings:
        if booking.customer_id and start <= booking.day < end:
            found[booking.customer_id] -= booking.amount
    return found


# Writing


def ratio(
    top: Number, bottom: Number, *, n: int, reason: str, parts: dict[str, Any] | None = None
) -> Figure:
    """Give a quotient and its exact form, or why there is none."""
    if bottom <= 0:
        return undefined(reason, n)
    exact = Fraction(top) / Fraction(bottom)
    return {"value": float(exact), "exact": str(exact), "n": n, "parts": parts or {}}


def in_euro(amount: Number, *, n: int) -> Figure:
    """Give an amount of money."""
    return {"value": money(amount), "exact": str(Fraction(amount)), "currency": "EUR", "n": n}


def count(ids: set[str]) -> Figure:
    """Give a count, and whom it counts."""
    return {"value": len(ids), "n": len(ids), "ids": sorted(ids)}


def undefined(reason: str, sample: int) -> Figure:
    """Give a figure that cannot be computed, and why."""
    return {"value": None, "reason": reason, "n": sample}


def money(amount: Number) -> str:
    """Round once, half to even, to four decimals; write two at least."""
    whole, rest = f"{Decimal(round(Fraction(amount) * 10_000)) / 10_000:.4f}".split(".")
    return f"{whole}.{rest[:2]}{rest[2:].rstrip('0')}"


def span_of(text: str) -> Span:
    """Read 2025-06, 2025-Q2 or 2025."""
    year, _, rest = text.partition("-")
    months = 12 if not rest else 3 if rest.startswith("Q") else 1
    month = 1 if not rest else 3 * int(rest[1:]) - 2 if months == 3 else int(rest)
    start = date(int(year), month, 1)
    return Span(shifted(start, -months), start, shifted(start, months), months)


def shifted(day: date, months: int) -> date:
    """Give the first of the month so many months away."""
    index = 12 * day.year + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def orphans(export: Export, known: set[str]) -> dict[str, int]:
    """Count the accepted rows whose customer is blank, or not among the accepted customers."""
    ids = [row["Customer ID"] for _, row in export.rows]
    blank = ids.count("")
    return {"no customer": blank, "unknown customer": sum(i not in known for i in ids) - blank}


def main(period: str, folder: Path) -> None:
    """Print the figures of a period and the counts of every file as JSON."""
    span = span_of(period)
    customers, spells = read_customers(folder / "customers.csv")
    invoices, lines = read_invoices(sorted(folder.glob("invoices-*.csv")))
    surveys, answers = read_surveys(folder / "surveys.csv")
    desk, tickets = read_tickets(folder / "tickets.csv")
    costs, bookings = read_costs(folder / "costs.csv")
    world = World(spells, lines, answers, tickets, bookings)
    figures = retention(world, span) | revenue_retention(world, span)
    figures |= value(world, span) | voice(world, span)
    figures |= service(world, span) | profit(world, span)
    exports = {"customers.csv": customers, **invoices, "surveys.csv": surveys}
    exports |= {"tickets.csv": desk, "costs.csv": costs}
    files = {name: export.counts() for name, export in exports.items()}
    last = str(span.end - timedelta(days=1))
    report = {"period": {"first": str(span.start), "last": last}, "figures": figures}
    known = {row["Customer ID"] for _, row in customers.rows}
    nobody = {name: orphans(export, known) for name, export in exports.items()}
    print(json.dumps({**report, "files": files, "orphans": nobody}, indent=1))


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else "2025-06",
        Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "brambeck",
    )
