"""Times of day beside days: no figure rests on them, but they tell two sales of one day apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.frames.columns import CLOCK
from retention_cli.mapping.cells.dates import DateDecision, rewrite_dates
from retention_cli.records.base import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.cells.cells import Cells
    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout
    from retention_cli.settings import Settings

_CLOCK_AFTER_DAY = r"\AT[0-9]{2}:[0-9]{2}:[0-9]{2}\z"
_MIDNIGHT = "T00:00:00"
"""How a spreadsheet or a data frame writes a day without a time."""


def times_of_day(sources: Sequence[Source], layout: Layout, settings: Settings) -> dict[str, Cells]:
    """Give the times of day of rows that have no id to be compared by, under a name of ours."""
    dated = [one for one in sources if one.column in layout.model.dated_by and one.form == DAY]
    if layout.model.key or len(dated) != 1 or not isinstance(dated[0].decision, DateDecision):
        return {}
    order = dated[0].decision.order
    read = partial(_clocks, rewrite=partial(rewrite_dates, order=order, zone=settings.time_zone))
    found = dated[0].cells.each(read)
    return {CLOCK: found} if found.texts.null_count < len(found.texts) else {}


def _clocks(texts: Any, rewrite: partial[Any]) -> Any:
    clocks = pc.utf8_slice_codeunits(rewrite(texts, keep_time=True), len("YYYY-MM-DD"))
    told = pc.match_substring_regex(clocks, _CLOCK_AFTER_DAY)
    return pc.if_else(pc.and_(told, pc.not_equal(clocks, _MIDNIGHT)), clocks, None)
