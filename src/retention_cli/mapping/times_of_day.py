"""Times of day: they tell two sales of one day apart, and what is said of days that have none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.frames.columns import CLOCK
from retention_cli.mapping.cells.clocks import plainly
from retention_cli.mapping.cells.dates import DateDecision, rewrite_dates
from retention_cli.records.base import DAY, INSTANT
from retention_cli.text.wording import quoted_names

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
_FEW = 0.01
"""A workbook shows a stamp at midnight as a day, and few are."""
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
    if len(stamps) < 2:
        return []
    told = [(one, *_times_told(one)) for one in stamps]
    bare = [one.header for one, timed, _ in told if one.said is None and not timed]
    some = [one.header for one, timed, days in told if timed and days > _FEW * (timed + days)]
    said = [f"{_named(some)} days without a time beside others, taken as midnight"] if some else []
    if not bare:
        return said
    if len(bare) == len(stamps):
        return [f"{_named(bare)} days without a time: times between them are in whole days"]
    off = "times between them and others are up to a day off"
    return [f"{_named(bare)} days without a time, taken as midnight: {off}", *said]


def _named(headers: Sequence[str]) -> str:
    return f"{quoted_names(headers)} {'has' if len(headers) == 1 else 'have'}"


def _times_told(source: Source) -> tuple[int, int]:
    """Count the texts that have a time of day other than midnight, and those that have none."""
    texts = plainly(source.cells.texts)
    timed = pc.match_substring_regex(texts, _TELLS_TIME)
    midnight = pc.match_substring_regex(texts, _AT_MIDNIGHT)
    told = pc.sum(pc.and_(timed, pc.invert(midnight))).as_py() or 0
    return told, pc.sum(pc.invert(timed)).as_py() or 0
