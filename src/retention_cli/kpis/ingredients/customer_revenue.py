"""What the customers at the start of a period paid in the period before it and in it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import narwhals.stable.v2 as nw

from retention_cli.frames.by_group import once_for_all
from retention_cli.frames.frames import (
    Frame,
    collect,
    grouped,
    has,
    kept,
    listed,
    stacked,
    summed,
    totals,
)
from retention_cli.kpis._invoices import (
    AMOUNT,
    NO_CUSTOMER_IDS,
    OWNED,
    UNOWNED,
    Currencies,
    billed_in,
    counted,
    dated_in,
    first_day,
    unowned_rows,
)
from retention_cli.kpis._rows import invoice_rows
from retention_cli.kpis.ingredients.cohort import FIRST, LAST
from retention_cli.values.measures import Measure, Undefined, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa

    from retention_cli.frames.opened import Rows
    from retention_cli.kpis.ingredients.cohort import Cohort
    from retention_cli.values.measures import Part
    from retention_cli.values.periods import Period

LACKS = {"no-period": "customers.start_date"}

BEFORE, NOW = nw.col("before"), nw.col("now")
"""Revenue of the period before, of the period; in ten-thousandths."""


def nonzero(amount: nw.Expr) -> nw.Expr:
    """Give an amount where there is one: whoever has 0 is not behind a sum."""
    return nw.when(amount != 0).then(amount)


_BEFORE = nonzero(BEFORE)
_PAYING = {"paying": (BEFORE > 0).cast(nw.Int64)}
_OWED = {"owed": (BEFORE < 0).cast(nw.Int64)}
_ONE_EACH = (~AMOUNT.is_null()).cast(nw.Int64)
_ROWS = {"rows": nw.col("rows")}
_LATER = nw.col("later")


class CustomerRevenue(NamedTuple):
    """One row a customer at the start: still there at the end, revenue before, revenue now.

    Shape: `people` has customer_id, last, before and now. `paying` of them have a revenue before
        above 0. `began` is the day of the first invoice where that is after the start of the
        period before.
    """

    people: Frame
    cohort: Cohort
    period: Period
    paying: int
    before_currencies: Currencies
    now_currencies: Currencies
    began: date | None
    notes: tuple[str, ...]
    invoices: Frame

    @property
    def currencies(self) -> Currencies:
        """The currencies of both periods."""
        return Currencies(self.before_currencies.names | self.now_currencies.names)

    def share(
        self,
        name: str,
        kept: nw.Expr,
        *,
        adding: Currencies,
        unless: Undefined | None = None,
    ) -> Measure:
        """Divide what was kept by the revenue before; the ids behind either have a part in it.

        `adding` are the currencies of the rows that are added up; `unless` is a reason against.
        """
        if adding.reason is not None:
            return self._undefined(adding.reason)
        found = self._sums(before=_BEFORE, **{name: kept})
        before = found["before"].total
        reason = unless or (self._no_revenue() if before <= 0 else None)
        if reason is not None:
            return self._undefined(reason, found, adding.one)
        return Measure.of(
            Fraction(found[name].total, before),
            found,
            sample_size=self.paying,
            basis=self.cohort.basis,
            currency=adding.one,
            notes=self.notes,
        )

    def _sums(self, **sums: nw.Expr) -> dict[str, Part]:
        return summed(self.people, key="customer_id", unit=Unit.MONEY, behind=self._behind, **sums)

    def _behind(self, name: str, ids: pa.ChunkedArray) -> tuple[Rows, ...]:
        """Give the rows of both periods, or those that add up to a sum of one of them."""
        earlier, now = dated_in(self.period.previous()), dated_in(self.period)
        window = {"before": earlier, "stayed": earlier, "now": now}.get(name)
        if window is None:
            return (invoice_rows(self.invoices, earlier | now).among(ids),)
        return (invoice_rows(self.invoices, window, adds=AMOUNT).among(ids),)

    def _no_revenue(self) -> Undefined:
        if self.began is not None and self.began >= self.period.start:
            return Undefined(
                "no-revenue-before",
                f"the invoices begin on {self.began}, so there are none for {self._earlier}",
                "use a later period or add earlier invoices",
            )
        return Undefined(
            "no-revenue-before",
            f"the customers at the start brought no revenue in {self._earlier}",
        )

    @property
    def _earlier(self) -> str:
        return self.period.previous().label

    def _undefined(
        self,
        reason: Undefined,
        found: Mapping[str, Part] | None = None,
        currency: str | None = None,
    ) -> Measure:
        return Measure.undefined(
            reason.code,
            reason.message,
            found,
            hint=reason.hint,
            sample_size=self.paying,
            basis=self.cohort.basis,
            currency=currency,
            notes=self.notes,
        )


def customer_revenue(
    *, starters: Cohort, invoices: Frame, period: Period, invoices_begin: date | None = None
) -> CustomerRevenue | Measure:
    """Add up the revenue of each customer at the start, before the period and in it.

    Formula: before: the amounts dated in the period before; now: those dated in the period.
    Undefined: the answer of the figures that rest on it, where there is no cohort, no period
        (customers taken as exported) or no customer id in the invoices.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.frames.frames import collect
        >>> from retention_cli.kpis.ingredients.cohort import cohort
        >>> from retention_cli.testing import frame, membership
        >>> from retention_cli.values.periods import Period
        >>> lines = ("customer_id,invoice_date,amount", "ann,2025-05-02,9", "ann,2025-06-02,8")
        >>> june = Period.parse("2025-06")
        >>> people = cohort(membership=membership("ann 2024-05-01"), period=june)
        >>> found = customer_revenue(
        ...     starters=people, invoices=frame("invoices", *lines), period=june
        ... )
        >>> collect(found.people).select(["before", "now"]).to_pylist()
        [{'before': 90000, 'now': 80000}]
    """
    cohort = starters
    if cohort.as_exported:
        return cohort.undefined(
            "no-period",
            "the customers have no dates, so nobody knows who was there in the period",
            "add start dates to the customers",
        )
    if not has(invoices, "customer_id"):
        return cohort.undefined(*NO_CUSTOMER_IDS)
    every = _by_customer_and_currency(invoices, period)
    each = every.filter(OWNED)
    first_there = cohort.people.filter(FIRST).select("customer_id", "last")
    people = _beside(first_there, each)
    before, now = _currencies(each.join(first_there, on="customer_id", how="inner"))
    first = invoices_begin or first_day(invoices)
    began = first if first is not None and first > period.previous().start else None
    return CustomerRevenue(
        people=people,
        cohort=cohort,
        period=period,
        paying=totals(people, **_PAYING)["paying"],
        before_currencies=before,
        now_currencies=now,
        began=began,
        notes=(*cohort.notes, *_coverage(every, each, people, cohort), *_start(began, period)),
        invoices=invoices,
    )


@once_for_all
def _beside(customers: Frame, each: Frame) -> Frame:
    """Put what customers paid beside them."""
    sums = each.group_by("customer_id").agg(BEFORE.sum(), NOW.sum())
    beside = customers.join(sums, on="customer_id", how="left")
    return kept(beside.with_columns(BEFORE.fill_null(0), NOW.fill_null(0)))


@once_for_all
def _by_customer_and_currency(invoices: Frame, period: Period) -> Frame:
    """Add up before and now; a customer has a row for each of both, and for each currency there is."""
    earlier, now = (_added_up(invoices, one) for one in (period.previous(), period))
    nothing = AMOUNT * 0
    return kept(
        stacked(
            earlier.with_columns(before=AMOUNT, now=nothing, later=nw.lit(False)),
            now.with_columns(before=nothing, now=AMOUNT, later=nw.lit(True)),
        )
    )


@once_for_all
def _added_up(invoices: Frame, period: Period) -> Frame:
    rows = billed_in(invoices, period, "customer_id", "currency")
    if not has(rows, "currency"):
        rows = rows.with_columns(currency=nw.lit(None, dtype=nw.String))
    each = grouped(rows, "customer_id", "currency", amount=AMOUNT, rows=_ONE_EACH)
    return each.with_columns(nw.col("currency").fill_null(""))


def _currencies(each: Frame) -> tuple[Currencies, Currencies]:
    """Give the currencies of the rows before, and of the rows now of those who stayed."""
    found = listed(each.filter(~_LATER | LAST).select("currency", "later").unique())
    before, now = (
        Currencies(frozenset(row["currency"] or None for row in found if row["later"] is later))
        for later in (False, True)
    )
    return before, now


def _coverage(every: Frame, each: Frame, people: Frame, cohort: Cohort) -> tuple[str, ...]:
    """Say which rows and customers the figures leave out, and whose credits they hold."""
    notes = []
    unowned = totals(every.filter(UNOWNED), **_ROWS)["rows"]
    if unowned:
        notes.append(unowned_rows(unowned))
    unknown = _strangers(each, cohort) if cohort.basis == "dates" else 0
    if unknown:
        ids = counted(unknown, "customer of the invoices is", "customers of the invoices are")
        notes.append(f"{ids} not in the customer export and left out")
    owed = totals(people, **_OWED)["owed"]
    if owed:
        customers = counted(owed, "customer was", "customers were")
        notes.append(f"{customers} credited more than billed in the period before")
    return tuple(notes)


def _strangers(each: Frame, cohort: Cohort) -> int:
    ids = each.select("customer_id").unique()
    return len(collect(ids.join(cohort.people, on="customer_id", how="anti")))


def _start(began: date | None, period: Period) -> tuple[str, ...]:
    if began is None or began >= period.start:
        return ()
    return (f"the invoices begin on {began}, inside the period before",)
