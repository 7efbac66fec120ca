"""Readings of retention and churn: the same customers, counted as others count them."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.basis import reason_against
from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import collect, from_arrow, parts, per_id
from retention_cli.frames.opened import counted_once
from retention_cli.kpis.ingredients.cohort import EARLIER, FIRST, INSIDE, LAST, active_before
from retention_cli.readings._days import Spans, number
from retention_cli.values.measures import Part, Undefined
from retention_cli.values.periods import Period
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from retention_cli.dataset.membership import Membership
    from retention_cli.kpis.ingredients.cohort import Cohort

KPIS = ("churn_rate", "retention_rate")
_ID = "customer_id"
_NEW, _LOST = "as new", "as lost"
_NO_STARTERS = Undefined("no-starters", "no customers at the start of the period")
_NO_PERIOD = Undefined(
    "no-period",
    "the customers have no dates, so nobody knows on which day they left",
    "add start dates and end dates to the customers",
)

_NO_STARTS = Undefined(
    "no-start-dates",
    "the customers have no start dates, so nobody knows who was acquired",
    "add a start_date to the lists of customers",
)


def ours(*, starters: Cohort) -> Reading:
    """Count those at the start who are not there at the end."""
    found = _people(starters, CS=FIRST, lost=FIRST & ~LAST)
    return _lost(found["lost"], found["CS"], found, starters)


def standard(*, starters: Cohort) -> Reading:
    """Count as ours: who comes and goes, or goes and comes back, inside the period is in neither."""
    return ours(starters=starters)


def headcount_acquired(*, starters: Cohort) -> Reading:
    """Take everyone acquired for new: retention = (CE - acquired) / CS."""
    return _headcount(starters, INSIDE & ~EARLIER)


def headcount_still_there(*, starters: Cohort) -> Reading:
    """Take those for new who were acquired and are still there: retention = (CE - new) / CS."""
    return _headcount(starters, INSIDE & ~EARLIER & LAST)


def start_plus_new(*, cohort: Cohort) -> Reading:
    """Add those acquired to those at the start, above and below the line."""
    if not cohort.dated and not cohort.as_exported:
        return Reading.undefined(_NO_STARTS)
    there = FIRST | (INSIDE & ~EARLIER)
    found = _people(cohort, base=there, lost=there & ~LAST)
    none = Undefined("no-customers", "no customers at the start, and none acquired")
    return _lost(found["lost"], found["base"], found, cohort, none)


def sum_of_days(*, cohort: Cohort, membership: Membership, period: Period) -> Reading:
    """Add up the churn of each day of the period."""
    if cohort.as_exported or membership.only is not None:
        return Reading.undefined(_NO_PERIOD)
    spans = Spans.of(membership)
    rates, gone = Fraction(0), np.zeros(len(spans.customer), dtype=bool)
    for day in range(number(period.start), number(period.end)):
        there, lost = spans.active(day), spans.lost(day)
        if not there:
            on = period.start + timedelta(days=day - number(period.start))
            return Reading.undefined(Undefined("nobody-active", f"nobody was active on {on}"))
        rates += Fraction(int(lost.sum()), there)
        gone |= lost
    ids = spans.ids.take(pa.array(np.unique(spans.customer[gone])))
    behind = cohort.behind("lost", as_text(pa.chunked_array([ids]))) if cohort.behind else ()
    lost_part = Part(len(ids), opens=lambda: counted_once(ids, behind))
    ours_part = _people(cohort, lost=FIRST & ~LAST)["lost"]
    found = {"CS": cohort.parts["CS"], "lost": lost_part}
    return Reading.of(
        rates, found, n=cohort.starters, sense=_LOST, counted=lost_part, ours=ours_part
    )


def rolling_30(*, cohort: Cohort, membership: Membership, period: Period) -> Reading:
    """Take the last 30 days of the period, with those who came in them above the line only."""
    if cohort.as_exported or membership.only is not None:
        return Reading.undefined(_NO_PERIOD)
    last_days = Period(period.end - timedelta(days=30), period.end)
    reason = reason_against(membership, last_days)
    if reason is not None:
        return Reading.undefined(reason)
    start = nw.col("start_date")
    people = per_id(
        membership.spells,
        key=_ID,
        base=active_before(last_days.start),
        last=active_before(last_days.end),
        earlier=start < last_days.start,
        inside=(start >= last_days.start) & (start < last_days.end),
    )
    base = nw.col("base")
    lost = (base | (INSIDE & ~EARLIER)) & ~LAST
    found = parts(people, key=_ID, behind=cohort.behind, base=base, lost=lost)
    none = Undefined("no-customers", f"nobody was a customer 30 days before {period.end}")
    return _lost(found["lost"], found["base"], found, cohort, none)


def due_for_renewal(
    *,
    cohort: Cohort,
    membership: Membership,
    period: Period,
    customers_as_read: pa.Table | None = None,
    renewal_grace: int | None = None,
) -> Reading:
    """Count those whose renewal was due in the period, and who were not there after it."""
    if membership.only is not None:
        return Reading.undefined(_NO_PERIOD)
    due = _due(customers_as_read, period)
    if due is None:
        return Reading.undefined(
            Undefined("no-renewal-date", "the customers have no renewal_date", "add the column")
        )
    if not len(due):
        return Reading.undefined(Undefined("nobody-due", "no renewal was due in the period"))
    spells = collect(membership.spells)
    dated = pa.table(
        {_ID: as_text(spells[_ID]).cast(pa.string())}
        | {name: spells[name] for name in ("start_date", "end_date")}
    ).join(due, _ID, join_type="inner")
    days = pa.scalar(1 + (renewal_grace or 0), pa.int32())
    close = pc.add(dated["due"].cast(pa.int32()), days).cast(pa.date32())
    there = pc.and_(
        pc.less(dated["start_date"], close),
        pc.fill_null(pc.greater_equal(dated["end_date"], close), True),
    )
    stayed = pc.unique(dated.filter(there)[_ID])
    marked = due.append_column("stayed", pc.is_in(due[_ID], value_set=stayed))
    people = from_arrow(marked)
    gone = ~nw.col("stayed")
    found = parts(people, key=_ID, behind=cohort.behind, due=~nw.col(_ID).is_null(), lost=gone)
    return _lost(found["lost"], found["due"], found, cohort)


def _due(customers: pa.Table | None, period: Period) -> pa.Table | None:
    """Give the latest renewal date in the period of each customer that has one."""
    if customers is None or "renewal_date" not in customers.column_names:
        return None
    ids, day = as_text(customers[_ID]).cast(pa.string()), customers["renewal_date"]
    inside = pc.and_(pc.greater_equal(day, period.start), pc.less(day, period.end))
    rows = pa.table({_ID: ids, "due": day}).filter(inside)
    return rows.group_by(_ID).aggregate([("due", "max")]).rename_columns([_ID, "due"])


def of_everyone(*, cohort: Cohort, membership: Membership, period: Period) -> Reading:
    """Count those who are not there at the end, of all who ever were customers."""
    if membership.only is not None:
        return Reading.undefined(_NO_PERIOD)
    people = per_id(
        membership.spells,
        key=_ID,
        base=nw.col("start_date") < period.end,
        last=active_before(period.end),
    )
    base = nw.col("base")
    found = parts(people, key=_ID, behind=cohort.behind, base=base, lost=base & ~LAST)
    none = Undefined("no-customers", "there are no customers")
    return _lost(found["lost"], found["base"], found, cohort, none)


def _people(cohort: Cohort, **masks: nw.Expr) -> dict[str, Part]:
    return parts(cohort.people, key=_ID, behind=cohort.behind, **masks)


def _headcount(cohort: Cohort, new: nw.Expr) -> Reading:
    if not cohort.dated and not cohort.as_exported:
        return Reading.undefined(_NO_STARTS)
    found = _people(cohort, CS=FIRST, CE=LAST, new=new)
    starters, at_the_end, came = (found[name].total for name in ("CS", "CE", "new"))
    kept = Fraction(at_the_end - came, starters)
    outside = "it is not between 0 and 100 %: its new customers are not those who came on top"
    notes = (outside,) if not 0 <= kept <= 1 else ()
    return Reading.of(
        1 - kept,
        found,
        n=starters,
        sense=_NEW,
        counted=found["new"],
        ours=cohort.parts["CN"],
        notes=notes,
    )


def _lost(
    lost: Part,
    base: Part,
    found: dict[str, Part],
    cohort: Cohort,
    none: Undefined = _NO_STARTERS,
) -> Reading:
    if not base.total:
        return Reading.undefined(none, found)
    return Reading.of(
        Fraction(lost.total, base.total),
        found,
        n=base.total,
        sense=_LOST,
        counted=lost,
        ours=_people(cohort, lost=FIRST & ~LAST)["lost"],
    )


def value_of(kpi: str, churn: Fraction | float) -> Fraction | float:
    """Give the figure that was asked for: retention is what churn leaves."""
    return 1 - churn if kpi == "retention_rate" else churn


READINGS = MappingProxyType(
    {
        "ours": ("identity: who was there at the start and is at the end", ours),
        "headcount-acquired": (
            "the textbook formula, everyone acquired as new",
            headcount_acquired,
        ),
        "headcount-still-there": (
            "the textbook formula, those acquired and still there as new",
            headcount_still_there,
        ),
        "start-plus-new": ("Stripe's subscriber churn", start_plus_new),
        "sum-of-days": ("ChartMogul's other formula", sum_of_days),
        "rolling-30": ("Baremetrics", rolling_30),
        "standard": ("ChartMogul's standard, ProfitWell; their day of a loss may differ", standard),
        "due-for-renewal": ("Gainsight", due_for_renewal),
        "of-everyone": ("notebooks on churn data sets", of_everyone),
    }
)
