"""Which measures fit the accounts of a base: known, spread, moving, repeatable, and telling."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.results.review import Fit
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.measures import measures
from retention_cli.values.correlation import Correlation, spearman
from retention_cli.values.measures import Undefined
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from retention_cli.signs.history import History, Past
    from retention_cli.signs.measures import AccountMeasure, Series

MONTHS = 12
ALIKE = 0.9
"""Two measures that go together by more than this tell the same."""
_NOBODY_LEAVES = Undefined("no-basis", "nobody is seen to leave")


def fits(
    history: History, close: date, horizon: int
) -> tuple[tuple[Fit, ...], tuple[str, ...], tuple[tuple[str, str, float], ...]]:
    """Say of each measure how it fits, which ones there are not, and which ones are double.

    Formula: values of the twelve months before the close, of the accounts that were there; reliability
        is the rank correlation of its odd and even months, stepped up to the whole (2r / (1 + r));
        with retention, of the twelve months before an earlier close, with who was still there so many
        days later.
    """
    past, earlier = (history.at(number_of(day)) for day in (close, _before(close, horizon)))
    stayed = _stayed(history, earlier, horizon)
    known: dict[str, Any] = {}
    found, absent = [], []
    for measure in measures():
        series = measure.series(past)
        if series is None:
            absent.append(measure.title)
            continue
        values = np.where(past.there, _values(series, past), np.nan)[past.there]
        known[measure.title] = values
        found.append(_fit(measure, series, past, values, _kept(measure, earlier, stayed)))
    doubles = tuple(_doubles(known))
    twice = {name for pair in doubles for name in pair[:2]}
    marked = (
        replace(one, doubts=(*one.doubts, "double: see below")) if one.title in twice else one
        for one in found
    )
    return tuple(marked), tuple(absent), doubles


def _before(close: date, horizon: int) -> date:
    return day_of(number_of(close) - horizon)


def _values(series: Series, past: Past) -> Any:
    start = number_of(add_months(day_of(past.close), -MONTHS))
    return series.values(start, past.close, past.size)


def _fit(
    measure: AccountMeasure, series: Series, past: Past, values: Any, kept: Correlation
) -> Fit:
    known = values[~np.isnan(values)]
    n, all_ = len(known), len(values)
    spread = tuple(float(one) for one in np.quantile(known, (0.1, 0.5, 0.9))) if n else None
    movement = _movement(series, past)
    doubts = []
    if n and (spread is None or known.min() == known.max()):
        doubts.append("the same for every account")
    if movement == 0:
        doubts.append("never moves")
    missing = Fraction(all_ - n, all_) if all_ else Fraction(1)
    if missing > Fraction(1, 2):
        doubts.append("not known of more than half")
    reliability = _reliability(series, past)
    if reliability.rho is not None and reliability.rho < 0.5:  # half of it is noise
        doubts.append("half of it or more is chance")
    return Fit(
        *(measure.name, measure.title, measure.unit, measure.seen, n, missing),
        *((spread[0], spread[1], spread[2]) if spread else None, movement, reliability, kept),
        tuple(doubts),
    )


def _movement(series: Series, past: Past) -> float | None:
    """Give the highest month less the lowest, by the mean of the months."""
    close = day_of(past.close)
    edges = [number_of(add_months(close, -months)) for months in range(MONTHS, -1, -1)]
    months = [series.whole(start, end) for start, end in pairwise(edges)]
    there = [one for one in months if not np.isnan(one)]
    if len(there) < 2:  # what moves has two months at least
        return None
    mean = sum(there) / len(there)
    return (
        (max(there) - min(there)) / abs(mean)
        if mean
        else (0.0 if max(there) == min(there) else None)
    )


def _reliability(series: Series, past: Past) -> Correlation:
    """Correlate the odd months of each account with its even ones, stepped up to both together."""
    close = day_of(past.close)
    edges = np.array([number_of(add_months(close, -months)) for months in range(MONTHS, -1, -1)])
    odd = np.searchsorted(edges, series.rows.day, side="right") % 2 == 1
    first, second = (
        np.where(past.there, series.values(int(edges[0]), past.close, past.size, half), np.nan)
        for half in (odd, ~odd)
    )
    found = spearman(first, second)
    if found.rho is None or found.interval is None:
        return found
    low, high = (_stepped(one) for one in found.interval)
    return Correlation(found.n, _stepped(found.rho), (low, high))


def _stepped(rho: float) -> float:
    """Step a correlation of halves up to the whole, by Spearman and Brown; below 0 it is 0."""
    return 2 * rho / (1 + rho) if rho > 0 else 0.0


def _stayed(history: History, past: Past, horizon: int) -> Any | None:
    membership = history.membership
    if membership is None or membership.unseen or membership.as_exported:
        return None
    return history.active(past.close + horizon)


def _kept(measure: AccountMeasure, past: Past, stayed: Any | None) -> Correlation:
    """Correlate a measure with staying, over the accounts of an earlier close."""
    series = measure.series(past)
    if stayed is None or series is None:
        return Correlation(0, reason=_NOBODY_LEAVES)
    there = past.there
    return spearman(_values(series, past)[there], stayed[there].astype(np.float64))


def _doubles(known: Mapping[str, Any]) -> list[tuple[str, str, float]]:
    pairs = []
    for (one, first), (other, second) in combinations(known.items(), 2):
        found = spearman(first, second)
        if found.rho is not None and abs(found.rho) > ALIKE:
            pairs.append((one, other, found.rho))
    return pairs
