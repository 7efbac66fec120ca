"""What the workbook of 100,000 accounts takes, beside the bare cells of it: seconds and peak memory.

`python perf/workbook_of_accounts.py` writes the accounts and a cost line of each, and then the same cells with
XlsxWriter alone. The first may take 1.5 times as long as the second.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction
from io import BytesIO

import xlsxwriter

from retention_cli.findings.problems import Problems
from retention_cli.reports.accounts.xlsx import render
from retention_cli.results.accounts import Account, Accounts, CostLine, Totals
from retention_cli.values.periods import Period

SIZE = 100_000


def accounts() -> Accounts:
    """Make accounts that all earn, each with a cost line."""
    gains = SIZE * 100_000
    found = tuple(
        Account(
            f"K{n:06}",
            f"Customer {n}",
            "Ada",
            300_000,
            0,
            150_000,
            50_000,
            100_000,
            Fraction(1, 3),
            n + 1,
            Fraction(100_000, gains),
            Fraction(100_000 * (n + 1), gains),
            "A",
            None,
            "customer",
            90_000,
            Fraction(3, 10),
        )
        for n in range(SIZE)
    )
    sums = Totals(300_000 * SIZE, 0, 150_000 * SIZE, 50_000 * SIZE, gains, Fraction(1, 3))
    return Accounts(
        problems=Problems(),
        period=Period(date(2025, 1, 1), date(2026, 1, 1)),
        accounts=found,
        totals=sums,
        unallocated=Totals(0, 0, 0, 0, 0),
        currency="EUR",
        notes=(),
        lines=lambda: (
            CostLine(
                one.customer_id, "Visit", 50_000, "2025-02-03", Fraction(1), 50_000, "costs.csv", 3
            )
            for one in found
        ),
    )


def bare() -> None:
    """Write as many cells of the same sorts, without anything around them."""
    book = xlsxwriter.Workbook(BytesIO(), {"constant_memory": True})
    texts, numbers, formulas = 5, 8, 6
    sheet = book.add_worksheet()
    for row in range(SIZE):
        for place in range(texts):
            sheet.write_string(row, place, "Customer 12")
        for place in range(texts, texts + numbers):
            sheet.write_number(row, place, 12.5)
        for place in range(texts + numbers, texts + numbers + formulas):
            sheet.write_formula(row, place, "=H4-I4-J4-K4", None, 12.5)
    lines = book.add_worksheet()
    for row in range(SIZE):
        for place in range(4):
            lines.write_string(row, place, "Customer 12")
        for place in range(4, 7):
            lines.write_number(row, place, 12.5)
        lines.write_formula(row, 7, "=D4*E4", None, 12.5)
    book.close()


def main() -> None:
    """Measure each in a process of its own, and print the ratio."""
    if len(sys.argv) > 1:
        work = bare if sys.argv[1] == "bare" else None
        found = None if work else accounts()
        begin = time.process_time()
        work() if work else render(found)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{time.process_time() - begin} {peak}\n")
        return
    told = {}
    for name in ("bare", "workbook"):
        done = subprocess.run(
            [sys.executable, __file__, name], capture_output=True, text=True, check=True
        )
        told[name] = tuple(map(float, done.stdout.split()))
        sys.stdout.write(f"{name}: {told[name][0]:.1f} s, {told[name][1]:.0f} MB at most\n")
    sys.stdout.write(f"ratio {told['workbook'][0] / told['bare'][0]:.2f}\n")


if __name__ == "__main__":
    main()
