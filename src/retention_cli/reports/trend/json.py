"""A trend as JSON, schema `retention-trend/1`: what scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.reports.trend._words import held_against, reason
from retention_cli.reports.words.machine import data_of, fields, group_of, number, period, written
from retention_cli.reports.words.numbers import machine
from retention_cli.results.trend import NO_PROOF

if TYPE_CHECKING:
    from retention_cli.results.trend import (
        Compared,
        Comparison,
        Difference,
        Mixed,
        Point,
        Row,
        Trend,
    )
    from retention_cli.values.events import Event
    from retention_cli.values.measures import Unit

SCHEMA = "retention-trend/1"
_OF_MIXES = "change rates mix both"


def render(found: Trend) -> str:
    """Write a trend as JSON."""
    envelope: dict[str, Any] = {
        "schema": SCHEMA,
        "period": period(found.period),
        "periods": [one.label for one in found.periods],
        "figures": [_figure(one, found) for one in found.rows],
        "events": [_event(one) for one in found.events],
    }
    if found.comparison is not None:
        envelope["comparison"] = [_compared(one) for one in found.comparison.figures]
        envelope["compared"] = _about(found.comparison)
    if found.mixes is not None:
        envelope["mix"] = [_mixed(one) for one in found.mixes]
    return written({**envelope, "data": data_of(found)})


def _figure(one: Row, found: Trend) -> dict[str, Any]:
    unit = one.kpi.unit
    before, year = held_against(found.periods[-1])
    return {
        "kpi": one.kpi.name,
        "group": group_of(one.group),
        "unit": unit,
        "currency": one.currency,
        "as_exported": one.as_exported,
        "points": [_point(point, unit) for point in one.points],
        "band": [machine(end, unit) for end in one.band] if one.band else None,
        "change": _difference(one.change, unit, before),
        "year_change": _difference(one.year_change, unit, year),
    }


def _point(point: Point, unit: Unit) -> dict[str, Any]:
    line = point.line
    measure = line.measure if line else None
    ends = measure.interval if measure else None
    return {
        "period": point.period.label,
        "value": number(measure.value if measure else None, unit),
        "n": measure.sample_size if measure else 0,
        "interval": [machine(end, unit) for end in ends] if ends else None,
        "verdict": line.verdict if line else "undefined",
        "reason": reason(point),
        "unfinished": bool(line and line.unfinished),
        "outside_band": point.outside_band,
        "notes": list(measure.notes) if measure else [],
    }


def _difference(one: Difference | None, unit: Unit, against: str | None) -> dict[str, Any] | None:
    if one is None:
        return None
    ends = [machine(end, unit) for end in one.interval] if one.interval else None
    told = {"value": machine(one.value, unit), "interval": ends}
    return {**told, "against": against, "said": one.said}


def _event(event: Event) -> dict[str, Any]:
    return {"date": str(event.day), "name": event.name, "group": group_of(event.group)}


def _about(comparison: Comparison) -> dict[str, Any]:
    return {
        "event": _event(comparison.event),
        "before": [one.label for one in comparison.before],
        "after": [one.label for one in comparison.after],
        "said": NO_PROOF,
    }


def _compared(one: Compared) -> dict[str, Any]:
    unit, change = one.kpi.unit, one.difference
    ends = change.interval if change else None
    told = {
        "kpi": one.kpi.name,
        "group": group_of(one.group),
        "before": number(one.before.value if one.before else None, unit),
        "after": number(one.after.value if one.after else None, unit),
        "difference": number(change.value if change else None, unit),
        "interval": [machine(end, unit) for end in ends] if ends else None,
        "n": [side.n if side else None for side in (one.before, one.after)],
        "unit": unit,
        "currency": one.currency,
        "said": change.said if change else None,
        "reason": one.reason,
    }
    if one.others is None:
        return told
    return {**told, "others": _compared(one.others), "beyond_others": number(one.beyond, unit)}


def _mixed(one: Mixed) -> dict[str, Any]:
    unit, mix = one.kpi.unit, one.mix
    return {
        "kpi": one.kpi.name,
        "by": one.by,
        "from": one.before,
        "to": one.now,
        **{name: machine(value, unit) for name, value in fields(mix, _OF_MIXES).items()},
        "apart": [
            {"group": group_of((one.by, value)), "change": machine(change, unit)}
            for value, change in mix.apart.items()
        ],
    }
