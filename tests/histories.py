"""Random histories of customers and invoices, as rows and as files, for what adds up over time."""

from __future__ import annotations

import random
from datetime import date, timedelta
from types import SimpleNamespace

from retention_cli.dataset.dataset import Dataset
from retention_cli.settings import Window
from retention_cli.testing import table

START = date(2024, 11, 20)
DAYS = 320
REASONS = ("Price", "price ", "moved away", "")
BY = ("plan", "region")
PLANS = ("gold", "silver", "")


def history(seed, *, customers=12, invoices=60):
    """Give rows of customers and of invoices: returns, unknown ids, credits, rows of nobody."""
    draw = random.Random(seed)  # noqa: S311  # rows of a test
    people = []
    for number in range(customers):
        plan, day = draw.choice(PLANS), START + timedelta(draw.randrange(DAYS))
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            end = day + timedelta(draw.choice((0, 10, 40, 90, 200)) + draw.randrange(20))
            is_open = draw.random() < 0.3
            people.append(
                {
                    "customer_id": f"c{number}",
                    "start_date": day,
                    "end_date": None if is_open else end,
                    "plan": plan,
                    "end_reason": "" if is_open else draw.choice(REASONS),
                }
            )
            if is_open:
                break
            day = end + timedelta(draw.randrange(2, 60))
    ids = [*(f"c{number}" for number in range(customers)), "stranger", ""]
    billed = [
        {
            "customer_id": draw.choice(ids),
            "invoice_date": START + timedelta(draw.randrange(DAYS)),
            "amount": draw.choice((-1, 1, 1, 1)) * draw.randrange(20_000) / 100,
        }
        for _ in range(invoices)
    ]
    billed.append({"customer_id": "c0", "invoice_date": START, "amount": 5.0})
    return people, billed


def lines(rows):
    """Write rows as lines of CSV, the header first."""
    header = list(rows[0])
    cells = (["" if row[name] is None else str(row[name]) for name in header] for row in rows)
    return [",".join(header), *(",".join(row) for row in cells)]


def write(folder, people, billed):
    """Write rows as the files of a folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("customers", people), ("invoices", billed)):
        (folder / f"{name}.csv").write_text("\n".join(lines(rows)) + "\n", "utf-8")


def loaded(people, billed):
    """Give the tables of rows, without files."""
    kinds = {"customers": people, "invoices": billed}
    tables = {kind: table(kind, *lines(rows)) for kind, rows in kinds.items() if rows}
    return Dataset(tables, window=Window(months=2))


def exports():
    """Give what loading files would tell of the columns that rows can be grouped by."""
    plans = [SimpleNamespace(column=name, source=name) for name in BY]
    return [SimpleNamespace(kind=kind, plans=plans) for kind in ("customers", "invoices")]
