"""A scorecard as JSON, schema `retention/1`: what scripts rely on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from retention_cli.reports.words.figures import (
    label_of,
    period_of,
    previous_of,
    references_of,
    source_text,
)
from retention_cli.reports.words.machine import (
    data_of,
    group_of,
    number,
    period,
    why,
    written,
)
from retention_cli.reports.words.numbers import machine

if TYPE_CHECKING:
    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.values.periods import Period

SCHEMA = "retention/1"


def render(card: Scorecard) -> str:
    """Write a scorecard as JSON."""
    return written(
        {
            "schema": SCHEMA,
            "period": period(card.period),
            "figures": [figure(line) for line in card.lines],
            "data": data_of(card),
        }
    )


def figure(line: Line) -> dict[str, Any]:
    """Give one figure with all that is beside it."""
    measure, unit = line.measure, line.kpi.unit
    return {
        "kpi": line.kpi.name,
        "group": group_of(line.group),
        "value": number(measure.value, unit),
        "unit": unit,
        "currency": measure.currency,
        "n": measure.sample_size,
        "interval": [machine(end, unit) for end in measure.interval] if measure.interval else None,
        "parts": {name: machine(part.value, part.unit) for name, part in measure.parts.items()},
        "period": label_of(period_of(line)),
        "previous": _previous(line),
        "basis": measure.basis,
        "reason": why(measure.reason),
        "notes": list(measure.notes),
        "benchmark": _held(line),
        "references": [_benchmark(one, line.kpi) for one in references_of(line)],
        "gap": number(line.gap, unit),
        "verdict": line.verdict,
        "because": line.because,
        "unfinished": line.unfinished is not None,
    }


def _previous(line: Line) -> dict[str, Any] | None:
    before, span = previous_of(line), period_of(line)
    if before is None or span is None:
        return None
    return {"period": _label_before(span), "value": number(before.value, line.kpi.unit)}


@cache
def _label_before(span: Period) -> str:
    return span.previous().label


def _held(line: Line) -> dict[str, Any] | None:
    if line.benchmark is None:
        return None
    return {**_benchmark(line.benchmark, line.kpi), "expired": line.expired}


def _benchmark(benchmark: Benchmark, kpi: Kpi) -> dict[str, Any]:
    return {
        "target": machine(benchmark.target, kpi.unit),
        "warn": number(benchmark.warn, kpi.unit),
        "direction": kpi.better,
        "source": source_text(benchmark),
        "owner": benchmark.owner,
        "role": benchmark.role,
        "period": benchmark.period,
        "min_n": benchmark.min_n,
    }
