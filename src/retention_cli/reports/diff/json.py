"""A diff as JSON, schema retention-diff/1."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention_cli.reports.words.machine import data_of, fields, group_of, number, period, written
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.diff import Diff, Differing
    from retention_cli.results.frozen import FrozenFigure


_OF_RUNS = "command version as_of by"


def render(found: Diff) -> str:
    """Write each figure that differs, with what moved it. Money is text, so that no reader rounds it."""
    return written(
        {
            "schema": "retention-diff/1",
            "period": period(found.period),
            "then": fields(found.then, _OF_RUNS),
            "now": fields(found.now, _OF_RUNS),
            "figures": [_figure(one) for one in found.figures],
            "unchanged": found.unchanged,
            "row_counts": {kind: dict(counts) for kind, counts in found.counts.items()},
            "rows": [asdict(row) for row in found.rows],
            "data": data_of(found),
        }
    )


def _figure(one: Differing) -> dict[str, Any]:
    figure = one.figure
    sides = (one.then, one.now)
    then, now = (number(side.value, Unit(side.unit)) if side else None for side in sides)
    return {
        "kpi": figure.kpi,
        "group": group_of(figure.group),
        **fields(figure, "unit currency"),
        "then": then,
        "now": now,
        "parts": {"then": _parts(one.then), "now": _parts(one.now)},
        "because": list(_because(one)),
    }


def _parts(figure: FrozenFigure | None) -> dict[str, float | str | None]:
    parts = figure.parts if figure else {}
    return {name: number(part.value, Unit(part.unit)) for name, part in parts.items()}


def _because(one: Differing) -> Iterator[dict[str, Any]]:
    for other in one.others:
        yield {"what": other.what, "file": None, "row": None, **asdict(other)}
    for row in one.rows:
        yield asdict(row)
