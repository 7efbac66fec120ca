"""Readings of the first response: on which clock, and what of those outside hours and still waiting."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np

from retention_cli.dataset.ticket_times import answered_outside, timed, unplaced
from retention_cli.frames.frames import Frame, collect, from_arrow, has
from retention_cli.kpis.ingredients.service import (
    RESPONSE,
    answered,
    counted,
    durations,
    quantile,
    without_zone,
)
from retention_cli.values.measures import Part, Undefined
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.kpis.ingredients.response_times import ResponseTimes
    from retention_cli.kpis.ingredients.service import Seconds, Service

_MEAN, _MEDIAN, _P90 = "first_response_time", "first_response_median", "first_response_p90"
KPIS = (_MEAN, _MEDIAN, _P90)
_CELLS = ("first_response_at", "first_response_duration", RESPONSE)
_NO_HOURS = Undefined(
    "no-business-hours",
    "no setting says when the desk is open",
    "set [business_hours] in retention.toml",
)
_NONE_LEFT = Undefined("none-answered", "no ticket is left that was answered")
_NEARLY = 1e-6


def _mean(seconds: Seconds) -> Fraction:
    return Fraction(int(seconds.sum()), len(seconds))


_STATISTICS: dict[str, Callable[[Seconds], Fraction]] = {
    _MEAN: _mean,
    _MEDIAN: lambda seconds: quantile(seconds, Fraction(1, 2)),
    _P90: lambda seconds: quantile(seconds, Fraction(9, 10)),
}


def ours(*, response_times: ResponseTimes, kpi: str = _MEAN) -> Reading:
    """Take the times of answered tickets: open time where hours are set, else that of the clock."""
    parts = {"answered": response_times.answered}
    value = _STATISTICS[kpi](response_times.seconds)
    return Reading.of(value, parts, n=response_times.answered.total)


def mean_by_the_clock(
    *, service: Service, answerable: Frame, time_zone: str | None = None
) -> Reading:
    """Take all time that passed, nights and holidays too."""
    return _by_the_clock(service, answerable, time_zone, _MEAN)


def median_by_the_clock(
    *, service: Service, answerable: Frame, time_zone: str | None = None
) -> Reading:
    """Take the middle one of all times that passed."""
    return _by_the_clock(service, answerable, time_zone, _MEDIAN)


def mean_in_business_hours(*, response_times: ResponseTimes, business_hours: Any = None) -> Reading:
    """Take the time in which the desk was open."""
    return ours(response_times=response_times) if business_hours else Reading.undefined(_NO_HOURS)


def median_in_business_hours(
    *, response_times: ResponseTimes, business_hours: Any = None
) -> Reading:
    """Take the middle one of the times in which the desk was open."""
    if not business_hours:
        return Reading.undefined(_NO_HOURS)
    return ours(response_times=response_times, kpi=_MEDIAN)


def counted_(
    *, response_times: ResponseTimes, business_hours: Any = None, kpi: str = _MEAN
) -> Reading:
    """Count the open time up to a response outside hours."""
    if not business_hours:
        return Reading.undefined(_NO_HOURS)
    return ours(response_times=response_times, kpi=kpi)


def zero(
    *,
    service: Service,
    answerable: Frame,
    business_hours: Any = None,
    time_zone: str | None = None,
    kpi: str = _MEAN,
) -> Reading:
    """Take 0 for a response that was given outside hours."""
    if not business_hours:
        return Reading.undefined(_NO_HOURS)
    lost = without_zone(service, answerable, RESPONSE)
    if lost is not None:
        return Reading(lost)
    frame = _outside(answerable, business_hours, time_zone)
    none = nw.when(nw.col("outside") & ~nw.col(RESPONSE).is_null()).then(nw.lit(0))
    there = frame.with_columns(none.otherwise(nw.col(RESPONSE)).cast(nw.Int64).alias(RESPONSE))
    return _of(there, kpi, sense="as 0", counts=counted(frame, *_CELLS, of=nw.col("outside"))["of"])


def left_out(
    *,
    answerable: Frame,
    response_times: ResponseTimes,
    business_hours: Any = None,
    time_zone: str | None = None,
    kpi: str = _MEAN,
) -> Reading:
    """Leave out the tickets that were answered outside hours."""
    if not business_hours:
        return Reading.undefined(_NO_HOURS)
    frame = _outside(answerable, business_hours, time_zone)
    inside = frame.filter(~nw.col("outside"))
    return _of(inside, kpi, sense="as answered", ours_=response_times.answered)


def kaplan_meier_median(*, service: Service, answerable: Frame) -> Reading:
    """Give the time after which half of all tickets are answered; others wait until the data end."""
    return _survival(service, answerable, Fraction(1, 2))


def kaplan_meier_p90(*, service: Service, answerable: Frame) -> Reading:
    """Give the time after which nine of ten tickets are answered."""
    return _survival(service, answerable, Fraction(1, 10))


def _by_the_clock(service: Service, tickets: Frame, zone: str | None, kpi: str) -> Reading:
    table = collect(tickets.drop(unplaced(RESPONSE), strict=False))
    clock = from_arrow(timed(table, zone=zone).append_column("open", table[RESPONSE]))
    lost = without_zone(service, clock, RESPONSE)
    if lost is not None:
        return Reading(lost)
    other = counted(clock, *_CELLS, of=nw.col("open") != nw.col(RESPONSE))["of"]
    return _of(clock, kpi, sense="with another time", counts=other)


def _outside(tickets: Frame, hours: Any, zone: str | None) -> Frame:
    table = collect(tickets)
    marks = answered_outside(table, zone=zone, hours=hours)
    return from_arrow(table.append_column("outside", marks))


def _of(
    tickets: Frame,
    kpi: str,
    *,
    sense: str,
    counts: Part | None = None,
    ours_: Part | None = None,
) -> Reading:
    """Read the times of tickets; `counts` are those that it takes otherwise, or all against ours."""
    seconds, part = durations(tickets, RESPONSE)
    if not len(seconds):
        return Reading.undefined(_NONE_LEFT)
    return Reading.of(
        _STATISTICS[kpi](seconds),
        {"answered": part},
        n=part.total,
        sense=sense,
        counted=counts or part,
        ours=ours_ or Part(0),
    )


def _survival(service: Service, tickets: Frame, share: Fraction) -> Reading:
    """Estimate when no more than a share of the tickets still waits."""
    lost = without_zone(service, tickets, RESPONSE)
    if lost is not None:
        return Reading(lost)
    waiting = ~answered(tickets)
    found = counted(tickets, *_CELLS, answered=answered(tickets), waiting=waiting)
    still = found["waiting"].total
    known = has(tickets, "waiting_seconds") or not still
    if not known:
        why = "the tickets do not say since when the unanswered ones wait"
        return Reading.undefined(Undefined("no-creation", why), found)
    # Who is answered at the moment at which another one drops out came first.
    times = np.asarray(collect(tickets.filter(~waiting))[RESPONSE], dtype=np.int64)
    cut = collect(tickets.filter(waiting))["waiting_seconds"] if still else []
    moment = _comes_down_to(share, times, np.asarray(cut, dtype=np.int64))
    if moment is None:
        why = f"fewer than {float(1 - share):.0%} of the tickets are known to be answered".replace(
            "%", " %"
        )
        return Reading.undefined(Undefined("curve-too-high", why), found)
    notes = (f"unanswered tickets that count as waiting until the data end: {still}",)
    return Reading.of(
        moment,
        found,
        n=found["tickets"].total,
        sense="as still waiting",
        counted=found["waiting"],
        ours=Part(0),
        notes=notes if still else (),
    )


def _comes_down_to(share: Fraction, answered_: Seconds, waiting: Seconds) -> Fraction | None:
    """Find when the product of (at risk - answered) / at risk is no more than a share."""
    moments, deaths = np.unique(answered_, return_counts=True)
    earlier = np.concatenate([[0], np.cumsum(deaths)[:-1]])
    at_risk = len(answered_) + len(waiting) - earlier
    at_risk -= np.searchsorted(np.sort(waiting), moments, side="left")
    curve = np.cumprod((at_risk - deaths) / at_risk)

    def down(place: int) -> bool:
        # Where nobody drops out between, what is left of one step is what the next one begins with.
        risk, left = at_risk[: place + 1], (at_risk - deaths)[: place + 1]
        breaks = risk[1:] != left[:-1]
        over = left[np.append(breaks, True)].tolist()
        under = risk[np.append([True], breaks)].tolist()
        return Fraction(prod(over), prod(under)) <= share

    first, last = (int((curve > float(share) * edge).sum()) for edge in (1 + _NEARLY, 1 - _NEARLY))
    last = min(last + 1, len(moments))
    place = bisect_left(range(last), True, lo=min(first, last), key=down)
    return Fraction(int(moments[place])) if place < len(moments) and place < last else None


READINGS = MappingProxyType(
    {
        "ours": ("answered tickets, in open time where hours are set", ours),
        "mean-by-the-clock": ("desks that count nights and holidays", mean_by_the_clock),
        "median-by-the-clock": ("Zendesk's calendar hours", median_by_the_clock),
        "mean-in-business-hours": ("the time in which the desk is open", mean_in_business_hours),
        "median-in-business-hours": ("Zendesk's business hours", median_in_business_hours),
        "counted": ("outside hours the open time up to the response", counted_),
        "zero": ("Keeping's older rule: 0 for a response outside hours", zero),
        "left-out": ("Keeping's newer rule: without responses outside hours", left_out),
        "kaplan-meier-median": ("statisticians: half are answered by then", kaplan_meier_median),
        "kaplan-meier-p90": ("statisticians: nine of ten are answered by then", kaplan_meier_p90),
    }
)
