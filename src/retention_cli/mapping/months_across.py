"""Tables whose months are columns: each row has the amounts of many days, and none is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_cli.errors import NoKindError, UnrecognisedFileError
from retention_cli.findings.problems import Notice
from retention_cli.mapping.cells.calendar_names import month_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST = 3
_NAMED = re.compile(r"(?P<name>[^\W\d_]{3,10})\.?[ /'-]*(?:[0-9]{2}|[0-9]{4})?")
_NUMBERED = re.compile(
    r"(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])(?:[-/.]0?1(?:[ T]00:00(?::00)?)?)?"
)
_HINT = (
    "write a row for each customer and month, with a customer, a date and an amount:"
    " 'Unpivot Columns' of a spreadsheet does"
)


def refuse_months(place: str, headers: Sequence[str], error: UnrecognisedFileError) -> None:
    """Say of a file that was not recognised that its months are columns, if they are.

    Errors: UnrecognisedFileError.
    """
    if (said := _months(headers)) and not isinstance(error, NoKindError):
        raise UnrecognisedFileError(f"{place}: its months are columns, {said}", _HINT)


def months_said(headers: Sequence[str]) -> Iterator[Notice]:
    """Say which columns of months of a file that is read are not."""
    if said := _months(headers):
        message = f"{said} are columns of months, and are not read"
        brief = f"{message}; a row for each customer and month would be"
        yield Notice("months-in-columns", message, hint=_HINT, brief=brief)


def _months(headers: Sequence[str]) -> str | None:
    found = [header for header in headers if _is_month(header.strip())]
    return f"'{found[0]}' to '{found[-1]}'" if len(found) >= _LEAST else None


def _is_month(header: str) -> bool:
    named = _NAMED.fullmatch(header)
    return bool(_NUMBERED.fullmatch(header)) or bool(named and month_number(named["name"]))
