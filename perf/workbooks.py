"""How much faster a workbook is read than by pandas, and in how much memory: one run, two tables.

`python perf/workbooks.py` makes 100,000 rows each of four plain columns and of invoices, always the
same ones, and prints seconds and peak megabytes of a fresh process for each reader.
"""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROWS = 100_000
START = dt.datetime(2023, 1, 1)  # noqa: DTZ001  # spreadsheets know no zones
CITIES = ("Zürich", "Málaga", "Köln", "New York", "São Paulo")
_READ = {
    "retention": "from retention_cli.reading.workbooks.xlsx import read_workbook\n"
    "work = lambda: read_workbook(Path(name).read_bytes(), file=name)",
    "careful": "from retention_cli.reading.workbooks.xlsx import read_workbook\n"
    "work = lambda: read_workbook(Path(name).read_bytes(), file=name, quick=False)",
    "pandas": "import pandas\nwork = lambda: pandas.read_excel(name, engine='openpyxl')",
}
_RUN = """
import resource, sys, time
from pathlib import Path
name = sys.argv[1]
{read}
start = time.perf_counter()
work()
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def make_plain(path: Path) -> None:
    """Write an id, a customer, a day and an amount a row."""
    draw = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["invoice_id", "customer_id", "invoice_date", "amount"])
        for row in range(1, ROWS + 1):
            page.write_string(row, 0, f"INV-{row:06}")
            page.write_number(row, 1, draw.randrange(1_000, 9_000))
            page.write_datetime(row, 2, START + dt.timedelta(days=draw.randrange(900)), day)
            page.write_number(row, 3, draw.randrange(1, 1_000_000) / 100)


def make_invoices(path: Path) -> None:
    """Write eight columns a row: stamps, texts with blanks at their end, gaps and credit notes."""
    draw = random.Random(2)
    header = ["No", "Stock", "Description", "Quantity", "Date", "Price", "Customer", "City"]
    with xlsxwriter.Workbook(path) as book:
        page, stamp = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        page.write_row(0, 0, header)
        for row in range(1, ROWS + 1):
            page.write_number(row, 0, 536_365 + row // 4)
            page.write_string(row, 1, f"{draw.randrange(99_999):05}")
            page.write_string(row, 2, f"HOLDER {draw.randrange(4_000)} OF HEARTS ")
            page.write_number(row, 3, draw.choice((1, 2, 6, 12, -1)))
            page.write_datetime(row, 4, START + dt.timedelta(minutes=row), stamp)
            page.write_number(row, 5, draw.randrange(1, 9_999) / 100)
            if draw.random() < 0.75:
                page.write_number(row, 6, draw.randrange(12_000, 18_000))
            page.write_string(row, 7, draw.choice(CITIES))


def measured(reader: str, path: Path) -> tuple[float, float]:
    """Read a workbook in a process of its own."""
    command = [sys.executable, "-c", _RUN.format(read=_READ[reader]), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def main() -> None:
    """Print a line for each table and reader, and the ratio to pandas."""
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("plain", make_plain), ("invoices", make_invoices)):
            path = Path(folder) / f"{name}.xlsx"
            make(path)
            found = {reader: measured(reader, path) for reader in _READ}
            slowest = found["pandas"][0]
            print(f"{name}: {ROWS:,} rows, {path.stat().st_size / 1e6:.1f} MB")
            for reader, (seconds, megabytes) in found.items():
                ratio = slowest / seconds
                print(f"  {reader:10} {seconds:6.2f} s  {megabytes:6.0f} MB  {ratio:5.1f} x pandas")


if __name__ == "__main__":
    main()
