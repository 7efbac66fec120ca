"""Months without a day, as costs are often exported: each is its first day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.calendar_names import month_number
from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    import re

_YEAR = "(?P<year>(?:19|20|21)[0-9]{2})"
_NAME = r"(?P<month>[^\W\d_]{3,10})"
_NUMBER = "(?P<month>0?[1-9]|1[0-2])"
_FORMS = tuple(
    lazy_pattern(form)
    for form in (
        rf"{_YEAR}[-/.]{_NUMBER}",
        rf"{_NUMBER}[-/.]{_YEAR}",
        rf"{_NAME}\.?,?[ /-]?(?:de |del )?{_YEAR}",
        rf"{_YEAR}[ /-]{_NAME}\.?",
    )
)
_RUN_TOGETHER = lazy_pattern(rf"{_YEAR}(?P<month>0[1-9]|1[0-2])")


def first_days(days: Any, *, of_months: bool = False) -> Any:
    """Write months of a year as their first days; all other cells stay as they are.

    `of_months` says that the column is one of months, so that 202506 is June and not a day.
    Example:
        >>> first_days(pa.array(["2025-06", "Jun 2025", "juin 2025", "06/2025"])).to_pylist()
        ['2025-06-01', '2025-06-01', '2025-06-01', '2025-06-01']
        >>> first_days(pa.array(["2025-06-30", "Jun 25", "202506"])).to_pylist()
        ['2025-06-30', 'Jun 25', '202506']
    """
    forms = (*_FORMS, _RUN_TOGETHER) if of_months else _FORMS
    return pc.coalesce(each_distinct(days, lambda text: _first_day(text, forms), pa.string()), days)


def _first_day(text: str, forms: tuple[re.Pattern[str], ...]) -> str | None:
    found = next(filter(None, (form.fullmatch(text) for form in forms)), None)
    if found is None:
        return None
    name = found["month"]
    month = int(name) if name.isdigit() else month_number(name)
    return date(int(found["year"]), month, 1).isoformat() if month else None
