"""Figures before and after an event, and what the mix of groups did to a change."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.results.trend import Compared, Comparison, Difference, Mixed
from retention_cli.scoring.sides import interval, ratio, side
from retention_cli.scoring.trend import in_order
from retention_cli.values.series import mixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.trend import Group
    from retention_cli.scoring.trend import Known
    from retention_cli.values.events import Event
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period

Sides = tuple[tuple["Period", ...], tuple["Period", ...]]
"""The periods before and those after."""


def compare(known: Known, event: Event, sides: Sides) -> Comparison:
    """Hold each figure after an event against the same before it."""
    places = in_order(known, (*sides[0], *sides[1]))
    figures = []
    for (name, group), kpi in places.items():
        others = None
        if event.group is not None and group == event.group:
            rest = [g for one, g in places if one == name and g is not None and g != group]
            others = _compared(kpi, rest, known, sides) if rest else None
        figures.append(_compared(kpi, [group], known, sides, others))
    return Comparison(event, *sides, tuple(figures))


def _compared(
    kpi: Kpi, groups: Sequence[Group], known: Known, sides: Sides, others: Compared | None = None
) -> Compared:
    """Compare what some groups come to; others are those that the event did not touch."""
    group = groups[0] if len(groups) == 1 else None
    before, after = (list(_measures(kpi.name, groups, known, periods)) for periods in sides)
    currencies = {one.currency for one in (*before, *after) if one.value is not None}
    currency = next(iter(currencies), None)
    why = _why_not(kpi, (*before, *after), several=len(currencies) > 1)
    one, other = (None, None) if why else (side(kpi, before), side(kpi, after))
    if one is None or other is None:
        why = why or "a side has nothing that divides"
        return Compared(kpi, group, currency, one, other, None, why, others)
    change = Difference(other.value - one.value, interval(before, after))
    return Compared(kpi, group, currency, one, other, change, None, others)


def _measures(
    name: str, groups: Sequence[Group], known: Known, periods: Sequence[Period]
) -> Iterator[Measure]:
    for period in periods:
        for group in groups:
            if (line := known[period].get((name, group))) is not None:
                yield line.measure


def _why_not(kpi: Kpi, measures: Sequence[Measure], *, several: bool) -> str | None:
    if not kpi.adds_up and kpi.ratio is None:
        return "it cannot be added up over periods"
    if any(one.as_exported for one in measures):
        return "it is as exported, and of no period"
    lost = next((one.reason for one in measures if one.reason and ratio(kpi, one) is None), None)
    if lost is not None:
        return lost.message
    return "its periods are in several currencies" if several else None


def mixes(known: Known, by: str, sides: Sides) -> tuple[Mixed, ...]:
    """Part the change of each ratio into that of its groups' rates and that of their shares."""
    found = []
    for (name, group), kpi in in_order(known, sides[1]).items():
        if group is not None or kpi.ratio is None:
            continue
        groups = [g for one, g in in_order(known, (*sides[0], *sides[1])) if one == name and g]
        whole, parts = (
            [_ratios(kpi, chosen, known, periods) for periods in sides]
            for chosen in ([None], groups)
        )
        if not groups or any(
            _total(one) != _total(all_) for one, all_ in zip(parts, whole, strict=True)
        ):
            continue
        values = [{g[1]: ratio_ for g, ratio_ in one.items() if g} for one in parts]
        if (mix := mixed(*values)) is not None:
            found.append(Mixed(kpi, by, _span(sides[0]), _span(sides[1]), mix))
    return tuple(found)


def _ratios(
    kpi: Kpi, groups: Sequence[Group], known: Known, periods: Sequence[Period]
) -> dict[Group, tuple[Fraction, Fraction]]:
    """Add up each group; one without a figure counts as nothing, which the total has to confirm."""
    found = {}
    for group in groups:
        ratios = [ratio(kpi, one) for one in _measures(kpi.name, [group], known, periods)]
        there = [one for one in ratios if one is not None]
        found[group] = (
            sum((above for above, _ in there), Fraction(0)),
            sum((below for _, below in there), Fraction(0)),
        )
    return found


def _total(ratios: dict[Group, tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    above = sum((one for one, _ in ratios.values()), Fraction(0))
    return above, sum((one for _, one in ratios.values()), Fraction(0))


def _span(periods: Sequence[Period]) -> str:
    first, last = periods[0], periods[-1]
    return first.label if first == last else f"{first.label}..{last.label}"
