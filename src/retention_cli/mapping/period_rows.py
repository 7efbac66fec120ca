"""Rows that each sum up a month, a week, a team or an agent: no figure can be made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.cells.dates import DateOrder, rewrite_dates
from retention_cli.mapping.cells.year_months import first_days
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.place import Place
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_PERIODS = "surveys.periods"
_PERIOD = lazy_pattern(
    r"(?:(?:19|20)[0-9]{2}[-/. ]?)?(?:[QTKW]|KW|CW|S|W[KC]|Week|Woche|Sem\w*|Quar\w*|Trim\w*)[-/. ]?"
    r"[0-9]{1,2}(?:[-/. ]?(?:19|20)[0-9]{2})?",
    re.IGNORECASE,
)
_FIRST = lazy_pattern(
    r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.]0?1(?:[ T]0?0:00(?::00)?)?"
    r"|0?1[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|[0-9]{1,2}/0?1/(?:19|20)[0-9]{2}"
)
_DAY = lazy_pattern(r".*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*")
_NUMBER = lazy_pattern(r"[-+]?[0-9][0-9.,' ]*%?")
_KEYS = {"surveys": "response_id", "tickets": "ticket_id"}
_GROUPS = {"agent", "staff", "category", "product", "address"}
_OF_ONE = ("response_id", "ticket_id", "customer_id", "comment", "subject", "sent_at")
_SEEN, _FEWEST, _FEWEST_FIRSTS, _FEWEST_DAYS = 200, 2, 3, 7
_ISO = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"


def refuse_period_rows(sheet: TextSheet, layout: Layout) -> None:
    """Refuse rows of which each has a month or another period of its own, and nothing of one answer.

    Errors: DataRefusedError, with the line that says that each row is one answer or ticket.
    """
    key = _KEYS.get(layout.kind)
    if key is None or {*_OF_ONE} & {*layout.sources, *layout.constants} or not sheet.batches:
        return
    first = {at: _some(sheet, at) for at, header in enumerate(sheet.headers) if header}
    found = [at for at, some in first.items() if _is_period(sheet.headers[at], some)]
    found = found or [at for at, some in first.items() if _is_a_row_a_day(some)]
    if any(_are_days(some) for at, some in first.items() if at not in found):
        return
    ours = {at for column, at in layout.sources.items() if isinstance(at, int) if column != "agent"}
    ours -= {*found}
    groups = [at for at in first if at not in {*ours, *found} and not _all(_NUMBER, first[at])]
    if not found:
        # Without days, a row for each agent, team or product is not one answer either.
        found = [at for at in groups if _GROUPS & meaning(sheet.headers[at]).any]
        groups = [at for at in groups if at not in found]
        if groups or len(found) != 1 or len(first) != len(ours) + 1:
            return
    if _is_one_each(sheet, [found[0]], groups):
        header = sheet.headers[found[0]]
        one = "answer" if key == "response_id" else "ticket"
        raise DataRefusedError(
            f"{sheet.name}: each row sums up several {one}s, it seems: no two have the same '{header}'",
            f"export the {one}s themselves; if each row is one {one}, write in retention.toml:",
            snippet=Place(sheet.file, sheet.sheet).rule(layout.kind, **{key: header}),
        )


def _is_period(header: str, some: list[str]) -> bool:
    if not some:
        return False
    if is_named(header, _PERIODS) or _all(_PERIOD, some):
        return True
    cells = pa.array(some)
    months = not pc.any(pc.equal(first_days(cells), cells)).as_py()
    return months or (len(some) >= _FEWEST_FIRSTS and _all(_FIRST, some) and len({*some}) > 1)


def _is_a_row_a_day(some: list[str]) -> bool:
    """Say whether days follow one another without a gap or a repeat, by days, weeks, months or quarters."""
    alike = len(some) < _FEWEST_FIRSTS or len({*some}) < len(some)
    if alike or not _are_days(some) or any(":" in cell for cell in some):
        return False
    for order in (None, DateOrder.DMY, DateOrder.MDY):
        days = rewrite_dates(pa.array(some), order)
        if pc.all(pc.match_substring_regex(days, _ISO)).as_py():
            numbers = np.unique(days.to_numpy(zero_copy_only=False).astype("datetime64[D]"))
            if len(numbers) == len(some) and _follow(numbers):
                return True
    return False


def _follow(days: Any) -> bool:
    """Say whether sorted days are one or seven apart, or one day of each month or its last."""
    if len(days) >= _FEWEST_DAYS and {*np.diff(days).astype(int)} in ({1}, {7}, {1, 3}):
        return True
    months = days.astype("datetime64[M]")
    of_month, last = (
        days - months.astype("datetime64[D]"),
        (days + 1).astype("datetime64[M]") > months,
    )
    regular = len({*of_month.astype(int)}) == 1 or bool(last.all())
    return regular and {*np.diff(months).astype(int)} in ({1}, {3})


def _are_days(some: list[str]) -> bool:
    return len(some) > 0 and _all(_DAY, some)


def _all(form: re.Pattern[str], some: list[str]) -> bool:
    return all(form.fullmatch(cell) for cell in some)


def _some(sheet: TextSheet, place: int) -> list[str]:
    cells = sheet.batches[0].columns.column(place).slice(0, _SEEN).to_pylist()
    return [cell.strip(WHITE_SPACE) for cell in cells if cell and cell.strip(WHITE_SPACE)]


def _is_one_each(sheet: TextSheet, periods: list[int], groups: list[int]) -> bool:
    """Say whether no two rows share their period and groups, and no group has one row alone."""
    columns = {str(at): sheet.column(at) for at in (*periods, *groups)}
    rows = sheet.rows
    if (
        not rows
        or (rows < _FEWEST and groups)
        or any(pc.count_distinct(columns[str(at)]).as_py() == rows for at in groups)
    ):
        return False
    return len(pa.table(columns).group_by([*columns]).aggregate([])) == rows
