"""A scorecard as CSV: one row a figure, fixed columns, for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.words import as_csv
from retention_cli.reports.words.figures import (
    change_of,
    label_of,
    period_of,
    previous_of,
    reason_text,
    source_text,
)
from retention_cli.reports.words.numbers import machine, machine_text
from retention_cli.text.outputs import FIGURES
from retention_cli.text.safe_text import safe_cell

if TYPE_CHECKING:
    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.values.measures import Number


def render(card: Scorecard) -> str:
    """Write a scorecard as CSV (RFC 4180)."""
    return as_csv.written(FIGURES, map(row, card.lines))


def row(line: Line) -> dict[str, str]:
    """Give the cells of one figure by column; what there is not is empty."""
    return {
        **{name: safe_cell(word or "") for name, word in words(line).items()},
        **{
            name: "" if number is None else machine_text(number)
            for name, number in numbers(line).items()
        },
    }


def words(line: Line) -> dict[str, str | None]:
    """Give the texts of one figure by column."""
    measure, benchmark, span = line.measure, line.benchmark, period_of(line)
    by, group = line.group or (None, None)
    return {
        "period": label_of(span),
        "period_start": str(span.start) if span else None,
        "period_end": str(span.end) if span else None,
        "kpi": line.kpi.name,
        "group_by": by,
        "group": group,
        "unit": line.kpi.unit.value,
        "currency": measure.currency,
        "verdict": line.verdict.value,
        "basis": measure.basis,
        "reason": _reason(line),
        "source": source_text(benchmark) if benchmark else None,
        "owner": benchmark.owner if benchmark else None,
    }


def _reason(line: Line) -> str:
    """Say why there is no value, and why the one that is there is not the last word."""
    reason = line.measure.reason
    said = [reason_text(reason)] if reason else []
    if line.unfinished:
        said.append(f"the period is unfinished: {line.unfinished}")
    return "; ".join(said)


def numbers(line: Line) -> dict[str, float | str | None]:
    """Give the numbers of one figure by column, as programs read them."""
    measure, benchmark, before = line.measure, line.benchmark, previous_of(line)
    low, high = measure.interval or (None, None)
    found: dict[str, Number | None] = {
        "value": measure.value,
        "low": low,
        "high": high,
        "previous": before.value if before else None,
        "change": change_of(line),
        "target": benchmark.target if benchmark else None,
        "warn": benchmark.warn if benchmark else None,
        "gap": line.gap,
    }
    written = {
        name: None if number is None else machine(number, line.kpi.unit)
        for name, number in found.items()
    }
    return {**written, "n": measure.sample_size}
