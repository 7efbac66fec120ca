"""How many tickets of a period were answered within what time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from retention_cli.kpis import computing
from retention_cli.results.report import Bar
from retention_cli.values.measures import Measure, Undefined

if TYPE_CHECKING:
    from retention_cli.dataset.dataset import Dataset
    from retention_cli.kpis.ingredients.response_times import ResponseTimes
    from retention_cli.settings import Settings
    from retention_cli.values.periods import Period

_BOUNDS = (900, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 72 * 3600, None)
"""From minutes to days: the steps in which people speak of waiting."""


def response_bars(
    dataset: Dataset, period: Period | None, settings: Settings
) -> tuple[Bar, ...] | Undefined:
    """Count the answered tickets of a period by how long they waited, over those of the figures.

    Undefined: without tickets, without dates, and where nothing was answered.
    """
    if not dataset.has("tickets"):
        return Undefined("not-loaded", "no tickets in the exports")
    if period is None:
        return Undefined("no-creation", "no ticket has a date")
    found = computing.call(
        {"times": _times}, dataset=dataset, period=period, settings=dict(settings)
    )["times"]
    if isinstance(found, Measure):
        return found.reason or Undefined("none-answered", "no ticket was answered")
    seconds = found.seconds
    ends = [
        len(seconds) if bound is None else int(np.searchsorted(seconds, bound, "right"))
        for bound in _BOUNDS
    ]
    counts = [end - start for start, end in pairwise((0, *ends))]
    return tuple(Bar(bound, n) for bound, n in zip(_BOUNDS, counts, strict=True))


def _times(*, response_times: ResponseTimes) -> ResponseTimes:
    return response_times
