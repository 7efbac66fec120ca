"""Seeded worlds: small random exports as lists of rows, and as the tables that validating gives.

Days are drawn near the edges of `PERIOD`, because that is where figures go wrong. All amounts
are whole ten-thousandths. A world is as unruly as loaded rows may be: spells of a day, a gap of
one day, credit notes, drafts, lines of one invoice, unknown customers and rows of nobody. Spells
never touch, as loading has joined those that did.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pyarrow as pa

from retention_cli.dataset.dataset import Dataset
from retention_cli.kpis import computing
from retention_cli.settings import Window
from retention_cli.values.periods import Period

PERIOD = Period.parse("2025-Q1")
BASES = ("dates", "flag", "activity")
YEAR = Window(months=12)
INSIDE = date(2025, 2, 2)
"""A day of the period, far from its ends."""

EPOCH = date(2022, 1, 1)
HORIZON = date(2025, 6, 30)
EDGES = tuple(
    edge + timedelta(days=by)
    for edge in (PERIOD.previous().start, PERIOD.start, PERIOD.end)
    for by in (-2, -1, 0, 1)
)

TYPES = {
    "customers": {
        "customer_id": pa.string(),
        "start_date": pa.date32(),
        "end_date": pa.date32(),
        "status": pa.string(),
    },
    "invoices": {
        "invoice_date": pa.date32(),
        "amount": pa.int64(),
        "invoice_id": pa.string(),
        "customer_id": pa.string(),
        "currency": pa.string(),
        "cost": pa.int64(),
        "status": pa.string(),
    },
    "surveys": {
        "score": pa.int64(),
        "response_id": pa.string(),
        "customer_id": pa.string(),
        "responded_at": pa.date32(),
        "sent_at": pa.date32(),
        "kind": pa.string(),
        "scale_min": pa.int64(),
        "scale_max": pa.int64(),
    },
    "tickets": {
        "ticket_id": pa.string(),
        "customer_id": pa.string(),
        "contacts": pa.int64(),
        "reopened": pa.int64(),
        "first_contact_resolved": pa.string(),
        "created_on": pa.date32(),
        "resolved_on": pa.date32(),
        "first_response_seconds": pa.int64(),
        "resolution_seconds": pa.int64(),
        "waiting_seconds": pa.int64(),
    },
}


def table(kind, rows, *, without=()):
    """Rows of a kind as an arrow table, with every column of `TYPES` that is not left out."""
    columns = {
        name: pa.array([row.get(name) for row in rows], arrow)
        for name, arrow in TYPES[kind].items()
        if name not in without
    }
    return pa.table(columns | {"_row": pa.array(range(2, len(rows) + 2), pa.int64())})


def dataset(tables, backend="pandas", *, window=YEAR):
    return Dataset(tables=tables, window=window, backend=backend)


def answer(name, tables, backend="pandas", *, period=PERIOD, window=YEAR, **settings):
    """What the KPI of a name answers for tables."""
    told = {"csat_top": None, "lifespan_years": None} | settings
    loaded = dataset(tables, backend, window=window)
    return computing.compute((name,), dataset=loaded, period=period, settings=told)[name]


def ids(measure):
    """The ids behind the parts of a measure."""
    return {name: part.ids() for name, part in measure.parts.items()}


def crowd(counts):
    """Customers by how many have which spells: `{"2024-01-01 2025-02-10, 2025-03-01": 3}`."""
    rows = []
    for number, (written, count) in enumerate(counts.items()):
        for one in range(count):
            for spell in written.split(","):
                start, end = (*map(date.fromisoformat, spell.split()), None)[:2]
                key = f"{number}-{one:05}" if count > 1 else f"{number}"
                rows.append({"customer_id": key, "start_date": start, "end_date": end})
    return rows


def people(*lines):
    """Spells written `id start [end]`."""
    rows = []
    for line in lines:
        key, *days = line.split()
        start, end = (*map(date.fromisoformat, days), None)[:2]
        rows.append({"customer_id": key, "start_date": start, "end_date": end})
    return rows


def of_customers(rows):
    """Customers alone, as the tables of a dataset."""
    return {"customers": table("customers", rows, without=("status",))}


def after(days):
    """The day so many days after the first of the period."""
    return PERIOD.start + timedelta(days=days)


def scored(scores, scale=(1, 5), *, kind="csat", start=0, responded_at=INSIDE, sent_at=None):
    """Answers by how many have which score; None has none. Ids count on from `start`."""
    flat = [score for score, count in scores.items() for _ in range(count)]
    return [
        {
            "response_id": f"r{number:05}",
            "kind": kind,
            "score": score,
            "scale_min": None if score is None else scale[0],
            "scale_max": None if score is None else scale[1],
            "responded_at": None if score is None else responded_at,
            "sent_at": sent_at,
        }
        for number, score in enumerate(flat, start)
    ]


def there(rows, day):
    """Who is a customer when `day` begins: at the close of the day before it, by the calendar."""
    eve = day - timedelta(days=1)
    found = set()
    for row in rows:
        started = row["start_date"] <= eve
        gone = row["end_date"] is not None and row["end_date"] <= eve
        if started and not gone:
            found.add(row["customer_id"])
    return found


def world(seed, *, basis="dates"):
    """The tables of one company. Each basis of membership leaves away what it does without."""
    people = spells(seed)
    tables = {
        "customers": table("customers", people, without=("status",)),
        "invoices": table("invoices", invoices(seed, people)),
        "surveys": table("surveys", surveys(seed, people)),
        "tickets": table("tickets", tickets(seed, people), without=("first_contact_resolved",)),
    }
    if basis == "flag":
        tables["customers"] = table(
            "customers", flagged(people), without=("start_date", "end_date")
        )
    elif basis == "activity":
        del tables["customers"]
    return tables


def spells(seed, count=30):
    """Customers with one to three spells each, with at least a day between them."""
    rng = _rng("spells", seed)
    rows = []
    for number in range(count):
        start = _day(rng, EPOCH, near_edge=0.3)
        for left in reversed(range(rng.choice((1, 1, 1, 2, 2, 3)))):
            end = None if not left and rng.random() < 0.55 else _day(rng, start)
            rows.append({"customer_id": f"c{number:02}", "start_date": start, "end_date": end})
            if end is None:
                break
            start = end + timedelta(days=rng.choice((2, 2, 3, rng.randrange(3, 150))))
    rng.shuffle(rows)
    return rows


def flagged(people):
    """The same customers as an export without dates: an id once, with what it is by now."""
    ended = {}
    for row in people:
        over = row["end_date"] is not None
        ended[row["customer_id"]] = ended.get(row["customer_id"], True) and over
    return [
        {"customer_id": key, "status": "ended" if over else "active"} for key, over in ended.items()
    ]


def invoices(seed, people):
    """Invoices about every month of each spell; every fifth seed has a second currency."""
    rng = _rng("invoices", seed)
    rows = []
    for spell in people:
        day = max(spell["start_date"], date(2023, 6, 1)) + timedelta(days=rng.randrange(20))
        until = min(spell["end_date"] or HORIZON, HORIZON) + timedelta(days=rng.choice((0, 0, 40)))
        while day <= until:
            currency = "USD" if seed % 5 == 4 and rng.random() < 0.1 else "EUR"
            head = {
                "invoice_date": rng.choice(EDGES) if rng.random() < 0.05 else day,
                "invoice_id": f"i{len(rows):04}",
                "customer_id": spell["customer_id"],
                "currency": currency,
                "status": rng.choices(("paid", None, "draft", "void"), (60, 30, 4, 4))[0],
            }
            rows += [head | _amount(rng) for _ in range(rng.choice((1, 1, 1, 2)))]
            day += timedelta(days=rng.randrange(24, 38))
    for number, owner in enumerate((None, None, "ghost")):
        head = {"invoice_id": f"n{number}", "customer_id": owner, "currency": "EUR"}
        rows.append(head | {"invoice_date": rng.choice(EDGES), "status": "paid"} | _amount(rng))
    rng.shuffle(rows)
    return rows


def surveys(seed, people, count=90):
    """Invitations to both kinds of survey. Every third seed has CSAT on three scales."""
    rng = _rng("surveys", seed)
    owners = [row["customer_id"] for row in people] + ["ghost", None]
    scales = ((1, 5), (1, 7), (0, 1)) if seed % 3 == 2 else ((1, 5),)
    rows = []
    for number in range(count):
        kind = rng.choice(("csat", "nps"))
        low, high = (0, 10) if kind == "nps" else rng.choice(scales)
        sent = rng.choice(EDGES) if rng.random() < 0.4 else _day(rng, date(2024, 11, 15))
        answered = rng.random() < 0.7
        rows.append(
            {
                "response_id": f"r{number:03}",
                "customer_id": rng.choice(owners),
                "sent_at": sent,
                "responded_at": sent + timedelta(days=rng.randrange(6)) if answered else None,
                "score": rng.randint(low, high) if answered else None,
                "kind": kind,
                "scale_min": low if answered else None,
                "scale_max": high if answered else None,
            }
        )
    return rows


def tickets(seed, people, count=90):
    """Tickets as timing leaves them: some unanswered, some unresolved, some of unknown contacts."""
    rng = _rng("tickets", seed)
    rows = []
    for number in range(count):
        created = _day(rng, date(2024, 9, 1))
        answered, resolved = rng.random() < 0.8, rng.random() < 0.7
        seconds = rng.choice((0, 60, 3_600, 14_400, 14_401, rng.randrange(200_000)))
        row = {
            "ticket_id": f"t{number:03}",
            "customer_id": rng.choice([*people, {"customer_id": None}])["customer_id"],
            "contacts": rng.choice((None, 1, 1, 1, 2, 3)),
            "reopened": rng.choice((None, 0, 0, 1, 2)),
            "first_contact_resolved": rng.choice((None, "yes", "yes", "no")),
            "created_on": created,
            "first_response_seconds": seconds if answered else None,
            "waiting_seconds": rng.choice((60, 14_400, 900_000)),
        }
        if resolved:
            row["resolution_seconds"] = seconds + rng.randrange(100_000)
            row["resolved_on"] = created + timedelta(seconds=row["resolution_seconds"])
        rows.append(row)
    return rows


def _rng(kind, seed):
    return random.Random(f"{kind} {seed}")  # noqa: S311  # a world has a seed and no secrets


def _day(rng, earliest, near_edge=0.5):
    near = [day for day in EDGES if day >= earliest]
    if near and rng.random() < near_edge:
        return rng.choice(near)
    return earliest + timedelta(days=rng.randrange(max(1, (HORIZON - earliest).days)))


def _amount(rng):
    amount = rng.choices(
        (rng.randrange(1, 50_000) * 100, 0, -rng.randrange(1, 9_000) * 100), (90, 4, 6)
    )[0]
    cost = None if rng.random() < 0.05 else amount * rng.randrange(30, 110) // 100
    return {"amount": amount, "cost": cost}
