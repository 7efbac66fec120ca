"""Random worlds as exports in a folder: customers, invoices of two files, surveys and tickets."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import worlds

MONEY = ("amount", "cost")


def written(value):
    return "" if value is None else str(value)


def write(path, rows, columns, *, money=()):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            cells = {**row, **{name: in_units(row[name]) for name in money}}
            writer.writerow([written(cells[name]) for name in columns])


def in_units(tenths):
    if tenths is None:
        return None
    whole, rest = divmod(abs(tenths), 10_000)
    return f"{'-' if tenths < 0 else ''}{whole}.{rest:04}"


def tickets(seed):
    rng = worlds._rng("tickets", seed)
    for number in range(40):
        created = datetime(2025, 1, 1, 9) + timedelta(hours=rng.randrange(-400, 2600))
        answered = created + timedelta(minutes=rng.randrange(1, 900))
        resolved = answered + timedelta(minutes=rng.randrange(1, 9000))
        yield {
            "ticket_id": f"T{number}",
            "customer_id": f"c{rng.randrange(30):02}",
            "created_at": created,
            "first_response_at": answered if rng.random() < 0.8 else None,
            "resolved_at": resolved if rng.random() < 0.7 else None,
            "contacts": rng.randrange(1, 4),
            "reopened": rng.randrange(2),
        }


def exports(folder, seed):
    """Write a world as exports: invoices in two files, one with rows that are not sound."""
    people = worlds.spells(seed)
    invoices = [{**row, "currency": "EUR", "status": None} for row in worlds.invoices(seed, people)]
    for row in invoices:
        row.setdefault("cost", None)
        row.setdefault("invoice_id", None)
        row.setdefault("customer_id", None)
    for row in people:
        row["customer_name"] = f"Name of {row['customer_id']}"
    columns = ["customer_id", "customer_name", "start_date", "end_date"]
    write(folder / "customers.csv", people, columns)
    with (folder / "customers.csv").open("a", encoding="utf-8") as file:
        file.write("bad,Bad,31.02.2025,\n")
    ids = sorted({row["invoice_id"] for row in invoices}, key=str)
    first = {one for one in ids[: len(ids) // 2] if one}
    columns = ["invoice_id", "customer_id", "invoice_date", "amount", "cost", "currency"]
    for name, ours in (("a", True), ("b", False)):
        rows = [row for row in invoices if (row["invoice_id"] in first) is ours]
        write(folder / f"invoices-{name}.csv", rows, columns, money=MONEY)
    answers = [{**row} for row in worlds.surveys(seed, people)]
    columns = ["response_id", "customer_id", "responded_at", "sent_at", "kind", "score"]
    columns += ["scale_min", "scale_max"]
    write(folder / "surveys.csv", answers, columns)
    columns = ["ticket_id", "customer_id", "created_at", "first_response_at", "resolved_at"]
    write(folder / "tickets.csv", tickets(seed), [*columns, "contacts", "reopened"])
