"""Measures of an account, each a ratio of sums over its rows, as the figures of that name are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli.signs.groups import NEVER
from retention_cli.values.measures import Better, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention_cli.signs.groups import Mask, Sorted
    from retention_cli.signs.history import Past


@dataclass(frozen=True, slots=True)
class Series:
    """Rows with what each adds above and below the line; without `below` sums are not divided."""

    rows: Sorted
    above: Any
    below: Any | None = None

    def values(self, start: int, end: int, size: int, months: Mask | None = None) -> Any:
        """Give the value of each account over some days; NaN where nothing is to be divided.

        `months` are the rows that count besides.
        """
        chosen = (self.rows.day >= start) & (self.rows.day < end)
        if months is not None:
            chosen &= months
        who = self.rows.who[chosen]
        above = np.bincount(who, weights=self.above[chosen], minlength=size)
        if self.below is None:
            return above
        below = np.bincount(who, weights=self.below[chosen], minlength=size)
        return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)

    def count(self, start: int, end: int, size: int) -> Any:
        """Count the rows of each account."""
        return self.rows.between(start, end).count(size)

    def whole(self, start: int, end: int) -> float:
        """Give the value of all accounts together."""
        chosen = (self.rows.day >= start) & (self.rows.day < end)
        above = float(self.above[chosen].sum())
        below = 1.0 if self.below is None else float(self.below[chosen].sum())
        return above / below if below > 0 else float("nan")


@dataclass(frozen=True, slots=True)
class AccountMeasure:
    """A measure: its name, that of the figure where there is one, and whether customers feel it."""

    name: str
    title: str
    unit: Unit
    better: Better
    seen: bool
    series: Callable[[Past], Series | None]


def measures() -> Iterator[AccountMeasure]:
    """Give all measures."""
    more, less = Better.HIGHER, Better.LOWER
    seconds, ratio, count = Unit.SECONDS, Unit.RATIO, Unit.COUNT
    yield AccountMeasure("revenue", "Revenue", Unit.MONEY, more, False, _revenue)  # a table
    yield AccountMeasure("purchases", "Days of purchases", count, more, False, _purchases)
    yield AccountMeasure("gross_margin", "Gross margin", ratio, more, False, _margin)
    yield AccountMeasure("late_days", "Days paid late", count, less, False, _late)
    yield AccountMeasure("tickets", "Tickets", count, less, True, _tickets)
    yield AccountMeasure("first_response_time", "First response", seconds, less, True, _response)
    yield AccountMeasure("resolution_time", "Resolution", seconds, less, True, _resolution)
    yield AccountMeasure("contacts", "Contacts a ticket", count, less, True, _contacts)
    yield AccountMeasure("reopen_rate", "Reopened tickets", ratio, less, True, _reopened)
    yield AccountMeasure("csat", "CSAT", ratio, more, True, _csat)
    yield AccountMeasure("nps", "NPS", Unit.POINTS, more, True, _nps)


def _revenue(past: Past) -> Series | None:
    rows = past.rows.get("invoices")
    if rows is None or len(np.unique(rows.cells["currency"])) > 1:
        return None  # nothing is added up in several currencies
    return Series(rows, rows.cells["amount"] / past.money_parts)


def _purchases(past: Past) -> Series | None:
    if "invoices" not in past.rows:
        return None
    rows = past.purchases
    return Series(rows, np.ones(len(rows.who)))


def _margin(past: Past) -> Series | None:
    rows = past.rows.get("invoices")
    if rows is None or "cost" not in past.columns["invoices"]:
        return None
    rows = rows.where(rows.cells["costed"])
    return Series(rows, rows.cells["amount"] - rows.cells["cost"], rows.cells["amount"])


def _late(past: Past) -> Series | None:
    rows = past.rows.get("invoices")
    if rows is None or "due" not in rows.cells:
        return None
    rows = rows.where((rows.cells["paid"] < NEVER) & (rows.cells["due"] < NEVER))
    late = np.maximum(rows.cells["paid"] - rows.cells["due"], 0)
    return Series(rows, late, np.ones(len(late)))


def _tickets(past: Past) -> Series | None:
    rows = past.rows.get("tickets")
    return None if rows is None else Series(rows, np.ones(len(rows.who)))


def _of_tickets(past: Past, cell: str, known: str | None = None) -> Series | None:
    rows = past.rows.get("tickets")
    if rows is None or not (rows.cells[cell] >= 0).any():
        return None
    there = rows.cells[cell] >= 0
    if known is not None:
        there &= rows.cells[known] < past.close
    rows = rows.where(there)
    return Series(rows, rows.cells[cell], np.ones(len(rows.who)))


def _response(past: Past) -> Series | None:
    return _of_tickets(past, "response", "answered")


def _resolution(past: Past) -> Series | None:
    return _of_tickets(past, "resolution", "resolved")


def _contacts(past: Past) -> Series | None:
    return _of_tickets(past, "contacts")


def _reopened(past: Past) -> Series | None:
    found = _of_tickets(past, "reopened", "resolved")
    return found and Series(found.rows, found.above > 0, found.below)


def _csat(past: Past) -> Series | None:
    return _of_answers(past, "satisfied", nps=False)


def _nps(past: Past) -> Series | None:
    return _of_answers(past, "points", nps=True)


def _of_answers(past: Past, cell: str, *, nps: bool) -> Series | None:
    rows = past.rows.get("surveys")
    if rows is None or not (mine := rows.cells["nps"] == nps).any():
        return None
    rows = rows.where(mine)
    return Series(rows, rows.cells[cell] * rows.cells["answers"], rows.cells["answers"])
