"""`follow_ups.csv`: who was spoken to when, which signs are answered by; no export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.reading import read
from retention_cli.sources.beside import named_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE_NAMES = ("follow_ups.csv", "follow-ups.csv", "followups.csv")
_CUSTOMER = ("customer_id", "customer id", "customer", "account_id", "account id", "account")
_DAY = ("date", "day", "followed_up_on", "followed up on", "answered_on", "answered on")


def is_follow_ups(name: str) -> bool:
    """Tell by its name that a file of a folder holds follow-ups.

    Example:
        >>> is_follow_ups("Follow_ups.csv"), is_follow_ups("tickets.csv")
        (True, False)
    """
    return name.casefold() in FILE_NAMES


def find(places: Iterable[Path]) -> Path | None:
    """Find the follow-ups beside the exports or the settings."""
    files = (place / name for place in places if place.is_dir() for name in FILE_NAMES)
    return next((file for file in files if file.is_file()), None)


def follow_up_rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Read the rows of a file: their numbers, the customer and the day as it was written.

    Errors: RetentionError where it is not there; DataRefusedError where a row has no customer or day.
    """
    (sheet, *_) = read(path, name=str(path))
    for number, cells in named_cells(sheet, {*_CUSTOMER, *_DAY}):
        customer = next((cells[name] for name in _CUSTOMER if name in cells), None)
        day = next((cells[name] for name in _DAY if name in cells), None)
        if customer is None or day is None:
            lacks = "customer_id" if customer is None else "date"
            raise DataRefusedError(
                f"{path} row {number}: the follow-up has no {lacks}",
                "give each follow-up a customer_id and a date",
            )
        yield number, customer, day
