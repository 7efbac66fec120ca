"""A trend as CSV: one row a figure and period, with the columns of a scorecard first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retention_cli.reports.scorecard.csv import numbers, row, words
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.numbers import machine, machine_text
from retention_cli.text.outputs import TREND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.scorecard import Line
    from retention_cli.results.trend import Row, Trend
    from retention_cli.values.measures import Number


def render(found: Trend) -> str:
    """Write a trend as CSV (RFC 4180)."""
    return as_csv.written(TREND, (row(line) | more for line, more in _points(found)))


def rows(found: Trend) -> Iterator[dict[str, object]]:
    """Give each figure of each period, by column."""
    for line, more in _points(found):
        yield {**words(line), **numbers(line), **more}


def _points(found: Trend) -> Iterator[tuple[Line, dict[str, str]]]:
    for one in found.rows:
        low, high = map(partial(_end, one), one.band) if one.band else ("", "")
        for point in one.points:
            if point.line is not None:
                yield (
                    point.line,
                    {
                        "unfinished": _yes(point.line.unfinished),
                        "band_low": low,
                        "band_high": high,
                        "outside_band": _yes(point.outside_band) if one.band else "",
                    },
                )


def _end(one: Row, end: Number) -> str:
    return machine_text(machine(end, one.kpi.unit))


def _yes(told: object) -> str:
    return "yes" if told else "no"
