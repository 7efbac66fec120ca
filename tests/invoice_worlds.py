"""Figures that rest on invoices: cases written as text, seeded worlds, and the slow truth.

The truth is plain Python over rows, in fractions; it shares no code with the package.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise
from statistics import median

import pytest

import worlds
from retention_cli.kpis.computing import compute
from retention_cli.testing import table
from retention_cli.values.periods import Period
from seeded import seeds

SEEDS = seeds(8, 24)
PERIODS = ("2025-06", "2025-Q2", "2025-05-11..2025-06-19")
PLAIN = "customer_id,invoice_date,amount"

DAY_ZERO = date(2024, 9, 1)
HORIZON = date(2025, 7, 20)
EDGES = [Period.parse(text).start + timedelta(days=by) for text in PERIODS for by in (-1, 0, 1)] + [
    Period.parse(text).end + timedelta(days=by) for text in PERIODS for by in (-1, 0, 1)
]


def figure(name, period, *, invoices=None, customers=None, backend="pandas", **settings):
    """Compute a figure from lines of text.

    Customers are spells `id start [end]`; invoices are CSV, with a header of their own or PLAIN.
    """
    tables = {}
    if customers is not None:
        spells = (",".join([*spell.split(), ""][:3]) for spell in customers)
        tables["customers"] = table("customers", "customer_id,start_date,end_date", *spells)
    if invoices is not None:
        header = [] if invoices and "invoice_date" in invoices[0] else [PLAIN]
        tables["invoices"] = table("invoices", *header, *invoices)
    return of_tables(name, tables, Period.parse(period), backend, **settings)


def of_tables(name, tables, period, backend="pandas", **settings):
    dataset = worlds.dataset(tables, backend)
    return compute((name,), dataset=dataset, period=period, settings=settings)[name]


class _World:
    """A random company: rows for the truth, tables for the figures, and a period."""

    def __init__(self, seed):
        rng = random.Random(f"invoice world {seed}")  # noqa: S311  # a seeded world is not a secret
        self.period = Period.parse(PERIODS[seed % 3])
        self.spells = _spells(rng)
        self.all_invoices = _invoices(rng, seed, self.spells)
        self.tables = {
            "customers": worlds.table("customers", self.spells, without=("status",)),
            "invoices": worlds.table("invoices", self.all_invoices),
        }

    def figure(self, name, backend="pandas", **settings):
        return of_tables(name, self.tables, self.period, backend, **settings)

    @cached_property
    def invoices(self):
        return [row for row in self.all_invoices if row["status"] not in ("draft", "void")]

    @property
    def valid_invoices(self):
        """The table of the rows that are neither draft nor void."""
        return worlds.dataset(self.tables).rows("invoices")

    @cached_property
    def now(self):
        return [row for row in self.invoices if self.in_period(row["invoice_date"])]

    @cached_property
    def earlier(self):
        """The rows of the period before."""
        start = self.before_start
        return [row for row in self.invoices if start <= row["invoice_date"] < self.period.start]

    @cached_property
    def before_start(self):
        return {
            "2025-06": date(2025, 5, 1),
            "2025-Q2": date(2025, 1, 1),
            "2025-05-11..2025-06-19": date(2025, 4, 1),
        }[self.period.label]

    @cached_property
    def years(self):
        return {
            "2025-06": Fraction(1, 12),
            "2025-Q2": Fraction(3, 12),
            "2025-05-11..2025-06-19": Fraction(40) / Fraction("30.436875") / 12,
        }[self.period.label]

    def in_period(self, day):
        return self.period.start <= day < self.period.end

    def there(self, morning):
        """Who was a customer at the close of the day before."""
        return {
            spell["customer_id"]
            for spell in self.spells
            if spell["start_date"] < morning
            and (spell["end_date"] is None or spell["end_date"] >= morning)
        }

    @cached_property
    def starters(self):
        return self.there(self.period.start)

    @cached_property
    def stayers(self):
        return self.starters & self.there(self.period.end)


World = cache(_World)


def money(value):
    """An amount as people write it, of ten-thousandths."""
    return Fraction(value, 10_000)


def documents(rows):
    """Rows to invoices and credit notes: (rows, total)."""
    lines = defaultdict(list)
    for place, row in enumerate(rows):
        lines[row["invoice_id"] or place].append(row)
    return [(found, sum(money(row["amount"]) for row in found)) for found in lines.values()]


def purchases(rows):
    """The first row of each invoice that is not a credit note."""
    return [found[0] for found, total in documents(rows) if total >= 0]


def several(rows):
    return len({row["currency"] for row in rows}) > 1


def only_currency(rows):
    found = {row["currency"] for row in rows}
    return found.pop() if len(found) == 1 else None


def answer(measure):
    """The value, or the code of the reason."""
    return measure.reason.code if measure.reason else measure.value


PUBLISHED = [
    # before, up, down, lost; GRR and NRR in percent
    pytest.param((1_000_000, 200_000, 50_000, 100_000), 85, 105, id="coachpms.com, 1,000k"),
    pytest.param((100_000, 15_000, 5_000, 3_000), 92, 107, id="calcsimpler.com, 100k"),
    pytest.param((50_000, 2_000, 4_000, 6_000), 80, 84, id="calcsimpler.com, 50k"),
    pytest.param((500_000, 120_000, 30_000, 20_000), 90, 114, id="cal12.calculator.city, 500k"),
    pytest.param((100_000, 15_000, 3_000, 5_000), 92, 107, id="pitchkit.net, 100k"),
    pytest.param((50_000, 0, 2_000, 3_000), 90, 90, id="maximcalculator.com, 50k"),
    pytest.param(
        (200_000, 0, 10_000, 15_000),
        Fraction("87.5"),
        Fraction("87.5"),
        id="runfutureproof.com, 200k",
    ),
    pytest.param((10_000_000, 500_000, 200_000, 800_000), 90, 95, id="altiorco.com, 10M"),
    pytest.param((100, 10, 10, 10), 80, 90, id="ChartMogul, MRR of 100"),
]


def moved(before, up, down, lost):
    """A company of three customers that grew, shrank and left, and one new customer."""
    base = (before - lost) / 2
    customers = ["up 2024-01-01", "down 2024-01-01", "gone 2024-01-01 2025-06-20", "new 2025-06-02"]
    amounts = [
        *[("up", "05", base), ("up", "06", base + up), ("down", "05", base)],
        *[("down", "06", base - down), ("gone", "05", lost), ("new", "06", 77_000)],
    ]
    return customers, [f"{who},2025-{month}-05,{amount:.2f}" for who, month, amount in amounts]


def revenue_of(rows, customer):
    return sum(money(row["amount"]) for row in rows if row["customer_id"] == customer)


def median_gap(world):
    """Of all days between consecutive purchase days of customers at the start."""
    days = defaultdict(set)
    for row in purchases(world.invoices):
        if row["customer_id"] in world.starters and row["invoice_date"] < world.period.end:
            days[row["customer_id"]].add(row["invoice_date"])
    gaps = [
        (later - earlier).days
        for found in days.values()
        for earlier, later in pairwise(sorted(found))
    ]
    return median(map(Fraction, gaps)) if gaps else Fraction(0)


def billed_less_often(world):
    return median_gap(world) > Fraction(3, 2) * (world.period.end - world.period.start).days


def _spells(rng):
    rows = []
    for number in range(24):
        start = DAY_ZERO + timedelta(days=rng.randrange(300))
        if rng.random() < 0.2:
            start = rng.choice(EDGES)
        end = None
        if rng.random() < 0.4:
            end = max(start, rng.choice(EDGES) if rng.random() < 0.7 else _day(rng))
        rows.append({"customer_id": f"c{number:02}", "start_date": start, "end_date": end})
        if end and rng.random() < 0.3:
            again = end + timedelta(days=rng.randrange(2, 40))
            rows.append({"customer_id": f"c{number:02}", "start_date": again, "end_date": None})
    rng.shuffle(rows)
    return rows


def _invoices(rng, seed, spells):
    """Lines of invoices. Some seeds have a second currency, or cells without one."""
    rows = []
    owners = [*sorted({spell["customer_id"] for spell in spells}), "ghost", "stranger", None]
    other = {4: ("USD", "EUR"), 7: (None, "EUR"), 8: (None, None)}.get(seed % 10, ("EUR",))
    gap = 75 if seed % 6 == 5 else 30
    for owner in owners:
        day = DAY_ZERO + timedelta(days=rng.randrange(200))
        while day < HORIZON:
            rows += _invoice(rng, len(rows), owner, rng.choice(EDGES + [day] * 40), other)
            day += timedelta(days=rng.randrange(gap - 12, gap + 12))
    rng.shuffle(rows)
    return rows


def _invoice(rng, number, owner, day, other):
    named = rng.random() < 0.85
    head = {
        "customer_id": owner,
        "invoice_id": f"i{number}" if named else None,
        "invoice_date": day,
        "currency": rng.choice(other) if rng.random() < 0.3 else other[-1],
        "status": rng.choices(("paid", None, "draft", "void"), (50, 40, 5, 5))[0],
    }
    lines = rng.choice((1, 1, 1, 2, 3)) if named else 1
    sign = -1 if rng.random() < 0.12 else 1
    return [head | _amounts(rng, sign) for _ in range(lines)]


def _amounts(rng, sign):
    amount = rng.choice((0, rng.randrange(1, 9_000_000), rng.randrange(1, 90_000) * 100)) * sign
    if rng.random() < 0.15:
        amount = -amount // 3
    cost = None if rng.random() < 0.1 else amount * rng.randrange(-10, 130) // 100
    return {"amount": amount, "cost": cost}


def _day(rng):
    return DAY_ZERO + timedelta(days=rng.randrange((HORIZON - DAY_ZERO).days))
