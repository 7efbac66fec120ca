"""Signals and their back-test over 100,000 customers, beside `retention compute` of the same files.

    python perf/signals.py

Rounds take turns, and the best of each counts: on a busy machine only the ratios mean anything.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

DATA = Path(__file__).parent / "data" / "signals"
CUSTOMERS, INVOICES, TICKETS = 100_000, 1_000_000, 100_000
ROUNDS = 3
FIRST, LAST = np.datetime64("2023-01-01"), np.datetime64("2025-06-30")
SUBJECTS = (
    "Login does not work",
    "We want to cancel our contract",
    "Wrong invoice",
    "How do I export?",
)
COMMANDS = {
    "compute": ("compute",),
    "signals": ("signals",),
    "backtest": ("signals", "--backtest"),
}


def write() -> None:
    """Write the exports once, the same each time."""
    DATA.mkdir(parents=True, exist_ok=True)
    draw, days = np.random.default_rng(18), int((LAST - FIRST).astype(int))
    ids = np.char.add("C", np.char.zfill(np.arange(CUSTOMERS).astype(str), 6))
    starts = FIRST + draw.integers(0, days, CUSTOMERS)
    ends = starts + draw.integers(30, 1_500, CUSTOMERS)
    customers = {
        "customer_id": ids,
        "start_date": starts,
        "end_date": pa.array(ends, mask=ends > LAST),
    }
    csv.write_csv(pa.table(customers), DATA / "customers.csv")
    when = FIRST + draw.integers(0, days + 1, INVOICES)
    invoices = {
        "invoice_id": np.char.add("R", np.arange(INVOICES).astype(str)),
        "customer_id": ids[draw.integers(0, CUSTOMERS, INVOICES)],
        "invoice_date": when,
        "amount": np.round(draw.gamma(2, 100, INVOICES), 2),
        "currency": np.full(INVOICES, "EUR"),
    }
    csv.write_csv(pa.table(invoices), DATA / "invoices.csv")
    opened = FIRST.astype("datetime64[s]") + draw.integers(0, days * 86_400, TICKETS)
    tickets = {
        "ticket_id": np.char.add("T", np.arange(TICKETS).astype(str)),
        "customer_id": ids[draw.integers(0, CUSTOMERS // 10, TICKETS)],
        "created_at": opened,
        "first_response_at": opened + draw.integers(60, 90_000, TICKETS),
        "resolved_at": opened + draw.integers(90_000, 900_000, TICKETS),
        "reopened": draw.integers(0, 2, TICKETS),
        "subject": np.array(SUBJECTS)[draw.integers(0, len(SUBJECTS), TICKETS)],
    }
    csv.write_csv(pa.table(tickets), DATA / "tickets.csv")


def main() -> None:
    """Measure, and print seconds and ratios."""
    if not (DATA / "tickets.csv").exists():
        write()
    best = dict.fromkeys(COMMANDS, float("inf"))
    retention = Path(sys.executable).with_name("retention")
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            out = DATA / f"{name}.json"
            subprocess.run(
                [retention, *command, DATA, "--as-of", "2025-06-30", "-o", out], check=True
            )
            best[name] = min(best[name], time.perf_counter() - began)
    for name, seconds in best.items():
        print(f"{name:10} {seconds:6.1f} s  {seconds / best['compute']:.2f} x compute")


if __name__ == "__main__":
    main()
