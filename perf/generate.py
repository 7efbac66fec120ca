"""Write seeded exports of an invented company with millions of invoices, flaws and all."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

if TYPE_CHECKING:
    from collections.abc import Iterable

SEED = 2025
CUSTOMERS = 200_000
FIRST, LAST = date(2022, 1, 1), date(2025, 6, 30)
CHUNK_ROWS = 1_000_000

_EPOCH = date(1970, 1, 1)
_START, _END = ((day - _EPOCH).days for day in (FIRST, LAST))
_STATUS = pa.array(["paid", "open", "void", "draft"])


def main(folder: Path, rows: int, customers: int = CUSTOMERS) -> None:
    """Write `customers.csv` and `invoices.csv` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    _write(folder / "customers.csv", [_customers(rng, customers)])
    days = np.sort(rng.integers(_START, _END + 1, rows))
    starts = range(0, rows, CHUNK_ROWS)
    chunks = (
        _invoices(rng, days[start : start + CHUNK_ROWS], start, customers) for start in starts
    )
    _write(folder / "invoices.csv", chunks)


def _write(path: Path, tables: Iterable[pa.Table]) -> None:
    plain = csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        for place, table in enumerate(tables):
            if not place:
                file.write((",".join(table.column_names) + "\n").encode())
            csv.write_csv(table, file, plain)


def _customers(rng: np.random.Generator, customers: int) -> pa.Table:
    """Make spells: a fifth has ended, and some of those who left came back."""
    starts = rng.integers(_START - 1500, _END - 30, customers)
    ended = rng.random(customers) < 0.2
    ends = starts + rng.integers(30, 1200, customers)
    ended &= ends < _END
    back = np.flatnonzero(ended & (rng.random(customers) < 0.1) & (ends + 100 < _END))
    numbers = np.concatenate([np.arange(customers), back])
    return pa.table(
        {
            "customer_id": _numbered("C", numbers, 6),
            "start_date": _days(np.concatenate([starts, ends[back] + 60])),
            "end_date": _days(
                np.concatenate([ends, ends[back]]),
                blank=np.concatenate([~ended, np.ones(len(back), dtype=bool)]),
            ),
        }
    )


def _invoices(rng: np.random.Generator, days: np.ndarray, first: int, customers: int) -> pa.Table:
    """Make rows of invoices, most of one line; then put flaws into a few of them."""
    rows = len(days)
    number = np.arange(first, first + rows)
    # Some customers buy often, most now and then.
    customer = (customers * rng.random(rows) ** 1.5).astype(np.int64)
    cents = np.round(np.exp(rng.normal(4.5, 1.0, rows)) * 100).astype(np.int64) + 1
    cents[rng.random(rows) < 0.02] *= -1
    status = rng.choice(4, rows, p=[0.93, 0.055, 0.01, 0.005])
    fate = rng.random(rows)
    days = days.copy()
    second = 1 + 2 * np.flatnonzero(rng.random(rows // 2) < 0.15)
    for column in (number, customer, days, fate):
        column[second] = column[second - 1]
    equal = second[rng.random(len(second)) < 0.01]
    for column in (cents, status):
        column[equal] = column[equal - 1]
    # Lines of one invoice that name two customers.
    astray = second[rng.random(len(second)) < 0.0002]
    customer[astray] = (customer[astray] + 1) % customers
    return pa.table(
        {
            "invoice_id": _numbered("INV", number, 8),
            "customer_id": _owners(customer, fate, customers),
            "invoice_date": _spoiled(rng, _days(days), "2024-02-30"),
            "amount": _spoiled(rng, _amounts(cents), "n/a"),
            "currency": pa.repeat(pa.scalar("EUR"), rows),
            "status": _STATUS.take(pa.array(status)),
        }
    )


def _owners(customer: np.ndarray, fate: np.ndarray, customers: int) -> pa.Array:
    """Name customers, a few of whom nobody knows, and leave a few blank."""
    strangers = np.where(fate < 0.001, customer + customers, customer)
    named = _numbered("C", strangers, 6)
    return pc.if_else(pa.array(fate > 0.999), "", named)


def _numbered(letters: str, numbers: np.ndarray, width: int) -> pa.Array:
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(letters, digits, "")


def _days(days: np.ndarray, blank: np.ndarray | None = None) -> pa.Array:
    text = pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32()).cast(pa.string())
    return text if blank is None else pc.if_else(pa.array(blank), "", text)


def _amounts(cents: np.ndarray) -> pa.Array:
    whole, rest = np.divmod(np.abs(cents), 100)
    signs = pc.if_else(pa.array(cents < 0), "-", "")
    rests = pc.utf8_lpad(pa.array(rest).cast(pa.string()), 2, "0")
    whole_text = pc.binary_join_element_wise(signs, pa.array(whole).cast(pa.string()), "")
    return pc.binary_join_element_wise(whole_text, rests, ".")


def _spoiled(rng: np.random.Generator, cells: pa.Array, with_what: str) -> pa.Array:
    return pc.if_else(pa.array(rng.random(len(cells)) < 0.00005), with_what, cells)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
