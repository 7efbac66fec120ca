"""Cohorts by the month, quarter or year of the first start, over all spells and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.kpis._invoices import counted
from retention_cli.results.cohorts import Amount, Average, Cell, Cohort
from retention_cli.scoring.cohort_cells import Laid, laid_out, revenue_of
from retention_cli.values.coverage import reaches_past
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.membership import History, Membership

EVERY = {"month": 1, "quarter": 3, "year": 12}
"""How many months there are in each sort of cohort."""
_NO_PERIOD = Undefined(
    "no-start-dates",
    "the customers have no start dates, so nobody knows when they started",
    "add a start_date to the customer export",
)
_NO_CUSTOMERS = Undefined("no-customers", "no customers in the exports")


@dataclass(frozen=True, slots=True)
class Table:
    """The cohorts of a dataset, before the files they were read from are beside them."""

    cohorts: tuple[Cohort, ...] = ()
    average: tuple[Average, ...] = ()
    currency: str | None = None
    basis: str | None = None
    notes: tuple[str, ...] = ()
    reason: Undefined | None = None
    active_reason: Undefined | None = None
    revenue_reason: Undefined | None = None


def cohort_table(
    dataset: Dataset, days: Sequence[date], *, as_of: date, every: str, min_n: int
) -> Table:
    """Lay all customers ever out by when they first started.

    Formula: the cell of age k: customers of the cohort active at the close of the k-th month after
        its own; revenue: the amounts dated in that month. Average: the sum of these over the sum
        of sizes, or of revenue at age 0, of the cohorts of at least `min_n` that have the cell
        finished.
    Undefined: where nothing says when customers started; numbers of active ones where nobody is
        seen to leave, and revenue without invoices or in several currencies.
    Source: docs/definitions.md, "Cohorts".
    """
    today = Period(days[-1].replace(day=1), add_months(days[-1].replace(day=1), 1))
    membership = dataset.membership(today)
    if membership is None:
        reason = computing.compute(("customers_lost",), dataset=dataset, period=today, settings={})[
            "customers_lost"
        ].reason
        return Table(reason=reason)
    if membership.as_exported:
        return Table(reason=_NO_PERIOD, basis=membership.basis)
    spells = collect(membership.spells, coded=True)
    codes = as_codes(spells["customer_id"])
    if not len(spells):
        return Table(reason=_NO_CUSTOMERS, basis=membership.basis)
    laid = laid_out(spells, codes, EVERY[every], days[-1])
    revenue, currency, notes = revenue_of(dataset, codes.dictionary, laid)
    unseen = _unseen(membership)
    unfinished = reaches_past(laid.period(laid.last), days, as_of=as_of) is not None
    active = None if unseen else laid.active
    why = revenue if isinstance(revenue, Undefined) else None
    billed, parts = (None if why else revenue), dataset.money_parts
    found = tuple(
        _cohort(at, laid, active, billed, parts, unfinished=unfinished)
        for at in np.flatnonzero(laid.sizes).tolist()
    )
    said = (*membership.notes, *_said(dataset, membership, laid), *notes)
    return Table(
        cohorts=found,
        average=tuple(_averages(found, min_n, dataset.history)),
        currency=currency,
        basis=membership.basis,
        notes=said,
        active_reason=unseen,
        revenue_reason=why,
    )


def _cohort(
    at: int, laid: Laid, active: Any, revenue: Any, money_parts: int, *, unfinished: bool
) -> Cohort:
    ages = laid.last - laid.first - at + 1
    cells = tuple(
        Cell(
            age,
            None if active is None else int(active[at, age]),
            None if revenue is None else _amount(int(revenue[at, age]), money_parts),
            unfinished and age == ages - 1,
        )
        for age in range(ages)
    )
    return Cohort(laid.period(laid.first + at), int(laid.sizes[at]), cells)


def _averages(found: Sequence[Cohort], min_n: int, history: History | None) -> Iterator[Average]:
    """Give the ratio of sums of each age, over the cohorts that are large enough and have it.

    Those that started before the invoices begin have no revenue at age 0 to be a share of.
    """
    for age in range(max((len(one.cells) for one in found), default=0)):
        ours = [
            one
            for one in found
            if one.size >= min_n and len(one.cells) > age and not one.cells[age].unfinished
        ]
        active = [one.cells[age].active for one in ours]
        sizes = sum(one.size for one in ours)
        share = None
        if ours and None not in active:
            share = Fraction(sum(number or 0 for number in active), sizes)
        billed = [one for one in ours if history and not _begins_before(history, one.period)]
        paid = sum(one.cells[age].revenue or 0 for one in billed)
        first = sum(one.cells[0].revenue or 0 for one in billed)
        yield Average(age, share, Fraction(paid) / first if first > 0 else None, len(ours))


def _begins_before(history: History, period: Period) -> bool:
    """Say whether the invoices begin too late to have the whole of a period."""
    return (history.first - period.start).days > history.slack


def _unseen(membership: Membership) -> Undefined | None:
    """Say why nobody knows who was still there."""
    if membership.unseen is not None:
        return membership.unseen
    undated = membership.without_day
    if undated is None:
        return None
    count = pc.count_distinct(undated["customer_id"]).as_py()
    have = counted(count, "customer has", "customers have")
    return Undefined(
        "leavers-without-a-day",
        f"{have} left by their status, on a day that no end_date says",
        'fill in end_date, or set ended_without_day = "leave-out" in retention.toml',
    )


def _said(dataset: Dataset, membership: Membership, laid: Laid) -> Iterator[str]:
    if membership.basis == "activity":
        yield (
            "a cohort is the time of the first purchase in the exports: who bought before they"
            f" begin, on {dataset.invoices_begin}, is in too late a one"
        )
    history = dataset.history
    if history and _begins_before(history, laid.period(laid.first)):
        yield (
            f"the invoices begin on {history.first}: cells before it have a revenue of 0, and cohorts that"
            " started before it are in no average of revenue"
        )
    if laid.later:
        start = counted(laid.later, "customer starts", "customers start")
        yield f"{start} after the last date of the data, and in no cohort"


def _amount(amount: int, per: int) -> Amount:
    return amount if per == 1 else Fraction(amount, per)
