"""Readings of the Net Promoter Score: one voice an answer, an account, or a unit of revenue."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.frames import collect, from_arrow, grouped, only_among
from retention_cli.kpis._invoices import AMOUNT, NO_CUSTOMER_IDS, currencies, dated_in, first_day
from retention_cli.readings._accounts import ByAccount
from retention_cli.values.measures import Part, Undefined, Unit
from retention_cli.values.periods import Period, add_months
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from datetime import date

    from retention_cli.frames.frames import Frame
    from retention_cli.values.measures import Measure

KPIS = ("nps",)
_PARTS = ("promoters", "passives", "detractors")
_YEAR = 12


def ours(*, nps: Measure) -> Reading:
    """Count each answer."""
    return Reading(nps)


def per_account(*, nps: Measure) -> Reading:
    """Count each account once, by its mean score: a promoter from 9, a detractor up to 6."""
    given = _given(nps)
    if not isinstance(given, ByAccount):
        return Reading.undefined(given)
    promoting, detracting = _sides(given)
    parts = {
        "promoters": given.accounts(promoting),
        "passives": given.accounts(~promoting & ~detracting),
        "detractors": given.accounts(detracting),
    }
    points = 100 * (parts["promoters"].total - parts["detractors"].total)
    return _of(given, Fraction(points, len(given.ids)), parts)


def by_revenue(
    *, nps: Measure, invoices: Frame, period: Period, invoices_begin: date | None = None
) -> Reading:
    """Weigh each account by its revenue of the twelve months before the end of the period."""
    given = _given(nps)
    if not isinstance(given, ByAccount):
        return Reading.undefined(given)
    if "customer_id" not in invoices.collect_schema().names():
        return Reading.undefined(Undefined(*NO_CUSTOMER_IDS))
    year = Period(add_months(period.end, -_YEAR), period.end)
    rows = only_among(
        invoices.filter(dated_in(year)),
        "customer_id",
        from_arrow(pa.table({"customer_id": given.ids})),
    )
    if (several := currencies(rows).reason) is not None:
        return Reading.undefined(several)
    weights = _weights(rows, given.ids)
    promoting, detracting = _sides(given)
    whole = int(weights.sum())
    if not whole:
        return Reading.undefined(
            Undefined("no-revenue", f"the accounts brought no revenue from {year.start} on")
        )
    sums = (promoting, ~promoting & ~detracting, detracting)
    parts = {
        name: Part(int(weights[mask].sum()), Unit.MONEY)
        for name, mask in zip(_PARTS, sums, strict=True)
    }
    value = Fraction(100 * (parts["promoters"].total - parts["detractors"].total), whole)
    begin = invoices_begin or first_day(invoices)
    late = begin is not None and begin > year.start
    notes = (f"the invoices begin on {begin}, inside the twelve months",) if late else ()
    return _of(given, value, parts, notes, currencies(rows).one)


def _given(nps: Measure) -> ByAccount | Undefined:
    if nps.reason is not None:
        return nps.reason
    given = ByAccount.of([nps.parts[name] for name in _PARTS], "score")
    if isinstance(given, ByAccount) and not len(given.ids):
        return Undefined("no-accounts", "no answer has a customer id")
    return given


def _sides(given: ByAccount) -> tuple[Any, Any]:
    """Mark the accounts that promote and those that detract."""
    return given.points >= 9 * given.answers, given.points <= 6 * given.answers


def _weights(rows: Frame, ids: pa.Array) -> Any:
    """Give the revenue of each account, one below 0 as 0."""
    each = collect(grouped(rows, "customer_id", amount=AMOUNT))
    place = pc.index_in(ids, value_set=each["customer_id"].combine_chunks())
    amounts = each["amount"].combine_chunks().take(place)
    return np.maximum(np.asarray(pc.fill_null(amounts, 0), dtype=np.int64), 0)


def _of(
    given: ByAccount,
    value: Fraction,
    parts: dict[str, Part],
    notes: tuple[str, ...] = (),
    currency: str | None = None,
) -> Reading:
    return Reading.of(
        value,
        parts,
        n=len(given.ids),
        sense="as answers",
        counted=given.owned,
        ours=given.every,
        notes=(*given.notes, *notes),
        currency=currency,
    )


READINGS = MappingProxyType(
    {
        "ours": ("per answer: everyone who answered counts once an answer", ours),
        "per-account": ("CustomerGauge: one voice an account, by its mean score", per_account),
        "by-revenue": ("account managers: weighted by a year's revenue", by_revenue),
    }
)
