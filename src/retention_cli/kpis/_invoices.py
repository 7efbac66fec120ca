"""Shared vocabulary of the figures that rest on invoices."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.columns import INCLUDED, TAX
from retention_cli.frames.frames import Frame, collect, grouped, has, listed
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from retention_cli.values.periods import Period

AMOUNT, CUSTOMER, DAY = nw.col("amount"), nw.col("customer_id"), nw.col("invoice_date")

OWNED, UNOWNED = ~CUSTOMER.is_null(), CUSTOMER.is_null()
"""Rows of a customer, and those of nobody."""

NO_CUSTOMER_IDS = ("no-customer-ids", "the invoices have no customer ids")
"""Code and message of a figure per customer where nothing says whose an invoice is."""
WITH_TAX = "including tax"
"""The note of money of which some has sales tax in it."""
NO_NET_AMOUNTS = Undefined(
    "tax-included",
    "the amounts include sales tax, and a margin needs amounts without it",
    'set the tax in retention.toml: tax = "included 19%", or tax = "none"',
)


class Currencies(NamedTuple):
    """The currencies of the rows that a figure adds up; a blank one counts as one more."""

    names: frozenset[str | None] = frozenset()

    @property
    def one(self) -> str | None:
        """The currency that a sum of the rows carries, where they name just one."""
        (only,) = self.names if len(self.names) == 1 else (None,)
        return only

    @property
    def reason(self) -> Undefined | None:
        """Why the rows cannot be added up; None where they can."""
        if len(self.names) <= 1:
            return None
        *most, last = sorted(name for name in self.names if name is not None)
        if None in self.names:
            most, last = [*most, last], "no currency"
        return Undefined(
            "several-currencies",
            f"amounts are in {', '.join(most)} and {last} and no rates are given",
            "set report_currency and rates in retention.toml, or run retention compute --by currency",
        )


def currencies(rows: Frame) -> Currencies:
    """List the currencies of rows; without a currency column they have the one that is not named.

    Example:
        >>> from retention_cli.testing import frame
        >>> lines = ("invoice_date,amount,currency", "2025-06-01,1,USD", "2025-06-02,1,EUR")
        >>> currencies(frame("invoices", *lines)).reason.message
        'amounts are in EUR and USD and no rates are given'
    """
    if not has(rows, "currency"):
        return Currencies()
    return Currencies(frozenset(distinct(rows, "currency")))


def has_tax(rows: Frame) -> bool:
    """Say whether sales tax is in the amounts of any row, which the preset of its file knows."""
    return has(rows, TAX) and INCLUDED in distinct(rows, TAX)


def distinct(rows: Frame, column: str) -> list[str | None]:
    """List the values of a column of text, each once and in no order."""
    return [row[column] for row in listed(grouped(rows, column))]


@once_for_all
def narrowed(invoices: Frame, *columns: str) -> Frame:
    """Keep the date, the amount and those of some columns that there are.

    Done before rows are chosen: pandas copies every column of the rows it keeps.
    """
    there = [name for name in (*columns, TAX) if has(invoices, name)]
    return invoices.select("invoice_date", "amount", *there)


@once_for_all
def billed_in(invoices: Frame, period: Period, *columns: str) -> Frame:
    """Keep the rows of a period, with the date, the amount and those of some columns that there are."""
    return narrowed(invoices, *columns).filter(dated_in(period))


@cache
def dated_in(period: Period) -> nw.Expr:
    """Mark the rows of a period."""
    return dated_before(period.end) & ~dated_before(period.start)


@cache
def dated_before(day: date) -> nw.Expr:
    """Mark the rows of the days before one."""
    dated = nw.col("invoice_date")
    return dated < day


def first_day(invoices: Frame) -> date | None:
    """Give the day on which the invoices begin; None where there are none."""
    found: date | None = collect(invoices.select(DAY.min()))["invoice_date"][0].as_py()
    return found


def without_a_cost(count: int, revenue: int, whole: int) -> str:
    """Say how many rows have no known cost, and of which share of a revenue above 0 they are."""
    said = counted(count, "row without a cost is", "rows without a cost are")
    of = f", {percent(Fraction(revenue, whole))} of the revenue" if whole > 0 else ""
    return f"{said} left out{of}"


def counted(count: int, one: str, many: str) -> str:
    """Write a count and what is counted.

    Example:
        >>> counted(1, "row", "rows"), counted(2, "row", "rows")
        ('1 row', '2 rows')
    """
    return f"{count} {one if count == 1 else many}"


def unowned_rows(count: int) -> str:
    """Say how many rows are nobody's.

    Example:
        >>> unowned_rows(2)
        '2 invoice rows without a customer id are left out'
    """
    rows = counted(count, "invoice row", "invoice rows")
    return f"{rows} without a customer id {'is' if count == 1 else 'are'} left out"


def percent(share: Fraction) -> str:
    """Write a share for a note, to one decimal.

    Example:
        >>> from fractions import Fraction
        >>> percent(Fraction(1, 8)), percent(Fraction(2, 3))
        ('12.5 %', '66.7 %')
    """
    return f"{float(round(share * 100, 1)):.1f} %"


def without_repeats(notes: Iterable[str]) -> tuple[str, ...]:
    """Join the notes of several figures, each once, in the order they come."""
    return tuple(dict.fromkeys(notes))
