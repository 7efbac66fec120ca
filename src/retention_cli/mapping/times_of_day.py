"""Times of day: they tell two sales of one day apart, and what is said of days that have none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.frames.columns import CLOCK
from retention_cli.mapping.cells.clocks import plainly
from retention_cli.mapping.cells.dates import DateDecision, rewrite_dates
from retention_cli.records.base import DAY, INSTANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.cells.cells import Cells
    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout
    from retention_cli.settings import Settings

_CLOCK_AFTER_DAY = r"\AT[0-9]{2}:[0-9]{2}:[0-9]{2}\z"
_MIDNIGHT = "T00:00:00"
"""How a spreadsheet or a data frame writes a day without a time."""
_TELLS_TIME = r"[0-9][T ]+[0-9]{1,2}:[0-9]{2}"
_AT_MIDNIGHT = r"[0-9][T ]+0?0:00(?::00(?:\.0+)?)?(?:[^0-9:]|\z)"


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


def days_said(sources: Sequence[Source]) -> list[str]:
    """Say which stamps have no time of day: what lies between them and others is in days, or unsure."""
    stamps = [
        one
        for one in sources
        if one.form == INSTANT and one.cells.texts.null_count < len(one.cells.texts)
    ]
    bare = [one for one in stamps if one.said is None and not _tells_time(one)]
    if len(stamps) < 2 or not bare:
        return []
    named = " and ".join(f"'{one.header}'" for one in bare)
    have = f"{named} {'has' if len(bare) == 1 else 'have'} days without a time"
    if len(bare) == len(stamps):
        return [f"{have}: times between them are in whole days"]
    return [f"{have}, taken as midnight: times between them and others are up to a day off"]


def _tells_time(source: Source) -> bool:
    texts = plainly(source.cells.texts)
    timed = pc.match_substring_regex(texts, _TELLS_TIME)
    midnight = pc.match_substring_regex(texts, _AT_MIDNIGHT)
    return bool(pc.any(pc.and_(timed, pc.invert(midnight))).as_py())
