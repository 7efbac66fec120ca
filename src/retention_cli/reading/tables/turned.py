"""Tables that lie on their side: a column for each row, and the names of the columns below each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_cli.reading.text import TextSheet

_FEWEST_NAMES = 3
_MOST_NAMES = 40


def refuse_turned(sheet: TextSheet, is_name: Callable[[str], bool]) -> TextSheet:
    """Refuse a table whose first column has the names that its header lacks."""
    few = sheet.batches and _FEWEST_NAMES - 1 <= sheet.rows <= _MOST_NAMES
    if not few or len(sheet.headers) <= _FEWEST_NAMES or any(map(is_name, sheet.headers[1:])):
        return sheet
    first = [cell or "" for cell in (sheet.headers[0], *sheet.column(0).to_pylist())]
    names = [cell for cell in first if is_name(cell)]
    if len({*names}) < max(_FEWEST_NAMES, len(names)) or 2 * len(names) < len(first):
        return sheet
    shown = ", ".join(f"'{name}'" for name in names[:_FEWEST_NAMES])
    refused = DataRefusedError(
        f"{sheet.name}: the table lies on its side: {shown} are below each other in"
        " its first column",
        "turn it: copy it and paste it with 'Transpose' in Excel or LibreOffice",
    )
    return replace(sheet, refusal=sheet.refusal or refused)
