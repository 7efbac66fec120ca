"""A diff as CSV: one row for each figure and what moved it, RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.diff._shown import Cause, causes_of
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.machine import number
from retention_cli.reports.words.numbers import machine_text
from retention_cli.results.diff import RowChange
from retention_cli.text.outputs import DIFF
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.diff import Diff, Differing
    from retention_cli.results.frozen import FrozenFigure


def render(found: Diff) -> str:
    """Write the causes of each figure that differs; one that has none has a row too."""
    return as_csv.written(DIFF, rows(found), texts=_TEXT)


def rows(found: Diff) -> Iterator[dict[str, object]]:
    """Give each figure and what moved it, by column."""
    for one in found.figures:
        causes: list[Cause | None] = [*causes_of(one)]
        for cause in causes or [None]:
            yield {"period": found.then.period, **_figure(one), **_cause(cause)}


_TEXT = {*DIFF} - {"then", "now"}


def _figure(one: Differing) -> dict[str, object]:
    figure = one.figure
    by, group = figure.group or (None, None)
    told = {"kpi": figure.kpi, "group_by": by, "group": group, "unit": figure.unit}
    sides = {"then": _value(one.then), "now": _value(one.now)}
    return {**told, "currency": figure.currency, **sides}


def _value(figure: FrozenFigure | None) -> str | None:
    value = number(figure.value, Unit(figure.unit)) if figure else None
    return None if value is None else machine_text(value)


def _cause(cause: Cause | None) -> dict[str, object]:
    if cause is None:
        return {}
    if not isinstance(cause, RowChange):
        return {"what": cause.what, "key": cause.key}
    place = {"file": cause.file, "sheet": cause.sheet, "row": cause.row, "key": cause.key}
    return {"what": cause.what, **place, "columns": ", ".join(cause.columns)}
