"""`rates.csv`: rates of exchange by day, which `report_currency` takes; no export."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError
from retention_cli.reading import read
from retention_cli.sources.beside import named_cells, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATES_FILE = "rates.csv"
_NEEDED = ("date", "from", "to", "rate")
_SOURCE = "source"


class RateRow(NamedTuple):
    """One row as it was written."""

    row: int
    day: str
    of: str
    to: str
    rate: str
    source: str | None


def is_rates(name: str, start: bytes) -> bool:
    """Tell by its name and its first line that a file of a folder holds rates.

    Example:
        >>> is_rates("rates.csv", b"Date;From;To;Rate"), is_rates("rates.csv", b"date,amount")
        (True, False)
    """
    return name.casefold() == RATES_FILE and {*_NEEDED} <= words_of(start)


def rate_rows(path: Path) -> Iterator[RateRow]:
    """Read the rates of a file.

    Errors: DataRefusedError for a row that lacks something.
    """
    (sheet, *_) = read(path, name=str(path))
    for number, cells in named_cells(sheet, {*_NEEDED, _SOURCE}):
        lacks = [name for name in _NEEDED if name not in cells]
        if lacks:
            raise DataRefusedError(
                f"{path} row {number}: the rate has no {' and no '.join(lacks)}",
                "give each rate its date, from, to and rate: 2025-06-30,USD,EUR,0.9231,ECB",
            )
        day, of, to, rate = (cells[name] for name in _NEEDED)
        yield RateRow(number, day, of, to, rate, cells.get(_SOURCE))
