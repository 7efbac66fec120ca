"""Cohorts by the month, quarter or year of the first start, over all spells and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.converting import conversion_notes
from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.kpis._invoices import NO_CUSTOMER_IDS, Currencies, counted
from retention_cli.results.cohorts import Amount, Average, Cell, Cohort
from retention_cli.values.coverage import reaches_past
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import Period, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
class Laid:
    """Customers by cohort: how many, how many active at each age, and what they paid.

    Shape: `first` and `last` are units since 1970, the latter that of the last date. `starts` is
        that of each customer. `active` and `revenue` have a row a unit and a column an age.
    """

    first: int
    last: int
    sizes: Any
    active: Any
    starts: Any
    later: int


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
    months = EVERY[every]
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
    laid = _laid(spells, codes, months, _unit(days[-1], months))
    revenue, currency, notes = _revenue(dataset, codes.dictionary, laid, months)
    unseen = _unseen(membership)
    unfinished = reaches_past(_period(laid.last, months), days, as_of=as_of) is not None
    found = tuple(
        _cohort(at, laid, months, None if unseen else laid.active, revenue, unfinished, dataset)
        for at in np.flatnonzero(laid.sizes).tolist()
    )
    why = revenue if isinstance(revenue, Undefined) else None
    said = (*membership.notes, *_said(dataset, membership, laid, months), *notes)
    return Table(
        cohorts=found,
        average=tuple(_averages(found, min_n, dataset.history)),
        currency=currency,
        basis=membership.basis,
        notes=said,
        active_reason=unseen,
        revenue_reason=why,
    )


def _laid(spells: pa.Table, codes: pa.DictionaryArray, months: int, last: int) -> Laid:
    """Count customers by unit of their first start, and those active at each close after it."""
    ids = codes.indices.to_numpy()
    begins, ends = (
        _units(spells["start_date"], months),
        _units(spells["end_date"], months, last + 1),
    )
    starts = np.full(len(codes.dictionary), np.iinfo(np.int64).max)
    np.minimum.at(starts, ids, begins)
    there = starts <= last
    first = int(starts.min(initial=last))
    width = last - first + 1
    sizes = np.bincount(starts[there] - first, minlength=width)
    # A spell covers the closes from that of the unit it starts in to that before the one it ends in.
    begins, ends = begins - first, np.minimum(ends - 1, last) - first
    order = np.lexsort((begins, ids))
    ids, begins, ends = ids[order].astype(np.int64), begins[order], ends[order]
    # Closes that an earlier spell of the customer covers count once: ids lie a stride apart.
    stride = width + int(max(begins.max(initial=0), 0)) + 2
    reached = np.maximum.accumulate(ids * stride + np.maximum(ends, begins - 1) + 1)
    before = np.concatenate([[0], reached[:-1]]) - ids * stride
    begins = np.maximum(begins, before)
    some = begins <= ends
    own = starts[ids[some]] - first
    change = np.zeros((width, width + 1), dtype=np.int64)
    np.add.at(change, (own, begins[some] - own), 1)
    np.add.at(change, (own, ends[some] - own + 1), -1)
    active = change.cumsum(axis=1)[:, :width]
    return Laid(first, last, sizes, active, starts, int((~there).sum()))


def _revenue(
    dataset: Dataset, ids: pa.Array, laid: Laid, months: int
) -> tuple[Any, str | None, list[str]]:
    """Add up amounts by cohort and age; give why not, where they cannot be.

    Shape: an array with a row a unit and a column an age, or an `Undefined`; currency; notes.
    """
    if not dataset.has("invoices"):
        return computing.not_loaded("invoices").reason, None, []
    rows = dataset.rows("invoices")
    if "customer_id" not in rows.column_names:
        return Undefined(*NO_CUSTOMER_IDS), None, []
    owners = as_codes(rows["customer_id"])
    ids = ids.cast(pa.string())
    places = pc.index_in(owners.dictionary.cast(pa.string()), value_set=ids).take(owners.indices)
    who = pc.fill_null(places, -1).to_numpy()
    unit = _units(rows["invoice_date"], months)
    start = np.append(laid.starts, np.iinfo(np.int64).max)[who]
    known = who >= 0
    early, late = known & (unit < start), unit > laid.last
    chosen = known & ~early & ~late
    if "currency" in rows.column_names:
        names = pc.unique(rows["currency"].filter(pa.array(chosen))).to_pylist()
        currencies = Currencies(frozenset(names))
        if (reason := currencies.reason) is not None:
            one = "set report_currency and rates in retention.toml"
            return Undefined(reason.code, reason.message, one), None, []
    else:
        currencies = Currencies()
    width = laid.last - laid.first + 1
    found = np.zeros((width, width), dtype=np.int64)
    own = start[chosen] - laid.first
    np.add.at(found, (own, unit[chosen] - start[chosen]), rows["amount"].to_numpy()[chosen])
    left_out = (
        (int((~known).sum()), "of nobody, or of ids that are not among the customers"),
        (int((early & ~late).sum()), "from before the customer's first start"),
        (int((known & ~early & late).sum()), "dated after the last date of the data"),
    )
    said = [
        f"{counted(count, 'invoice row is', 'invoice rows are')} {why}, and in no cell"
        for count, why in left_out
        if count
    ]
    return found, currencies.one, [*said, *conversion_notes(dataset)]


def _cohort(  # noqa: PLR0913, PLR0917  # a row of tables, and what they are of
    at: int,
    laid: Laid,
    months: int,
    active: Any,
    revenue: Any,
    unfinished: bool,  # noqa: FBT001
    dataset: Dataset,
) -> Cohort:
    ages = laid.last - laid.first - at + 1
    money = None if isinstance(revenue, Undefined) else revenue
    cells = tuple(
        Cell(
            age,
            None if active is None else int(active[at, age]),
            None if money is None else _amount(int(money[at, age]), dataset.money_parts),
            unfinished and age == ages - 1,
        )
        for age in range(ages)
    )
    return Cohort(_period(laid.first + at, months), int(laid.sizes[at]), cells)


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


def _said(dataset: Dataset, membership: Membership, laid: Laid, months: int) -> Iterator[str]:
    if membership.basis == "activity":
        yield (
            "a cohort is the time of the first purchase in the exports: who bought before they"
            f" begin, on {dataset.invoices_begin}, is in too late a one"
        )
    history = dataset.history
    if history and _begins_before(history, _period(laid.first, months)):
        yield (
            f"the invoices begin on {history.first}: cells before it have a revenue of 0, and cohorts that"
            " started before it are in no average of revenue"
        )
    if laid.later:
        start = counted(laid.later, "customer starts", "customers start")
        yield f"{start} after the last date of the data, and in no cohort"


def _units(column: pa.ChunkedArray, months: int, blank: int = 0) -> Any:
    """Give the month, quarter or year of each day, as a number since 1970."""
    numbers = pc.fill_null(column.cast(pa.int32()), 0).to_numpy()
    units = numbers.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // months
    return np.where(np.asarray(column.is_null()), blank, units)


def _unit(day: date, months: int) -> int:
    return ((day.year - 1970) * 12 + day.month - 1) // months


def _period(unit: int, months: int) -> Period:
    start = add_months(date(1970, 1, 1), unit * months)
    return Period(start, add_months(start, months))


def _amount(amount: int, per: int) -> Amount:
    return amount if per == 1 else Fraction(amount, per)
