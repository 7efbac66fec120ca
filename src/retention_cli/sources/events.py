"""`events.csv`: days with names, which a trend is held against; no export."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError
from retention_cli.reading import read
from retention_cli.sources.beside import named_cells, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


EVENTS_FILE = "events.csv"
_DAY, _NAME, _COLUMN, _VALUE = "date", "name", "column", "value"
_HINT = (
    "give each event a date and a name, and a column with its value where only some were touched"
)


class EventRow(NamedTuple):
    """One row as it was written; `group` are a column and its value."""

    row: int
    day: str
    name: str
    group: tuple[str, str] | None


def is_events(name: str, start: bytes) -> bool:
    """Tell by its name and its first line that a file of a folder holds events.

    Example:
        >>> is_events("events.csv", b"Date;Name"), is_events("events.csv", b"ticket_id,date,name")
        (True, False)
    """
    words = words_of(start)
    extra = words - {_DAY, _NAME}
    # Rows with ids are of an export, whatever the name of the file.
    alone = len(extra) <= 2 and not any(word.endswith("id") for word in extra)
    return name.casefold() == EVENTS_FILE and {_DAY, _NAME} <= words and alone


def event_rows(path: Path) -> Iterator[EventRow]:
    """Read the events of a file.

    Errors: RetentionError where it is not there; DataRefusedError where it has no dates or names.
    """
    (sheet, *_) = read(path, name=str(path))
    for number, cells in named_cells(sheet, {_DAY, _NAME, _COLUMN, _VALUE}):
        day, name = cells.get(_DAY), cells.get(_NAME)
        if day is None or name is None:
            lacks = _DAY if day is None else _NAME
            raise DataRefusedError(f"{path} row {number}: the event has no {lacks}", _HINT)
        yield EventRow(number, day, name, _group(path, number, cells))


def _group(path: Path, number: int, cells: Mapping[str, str]) -> tuple[str, str] | None:
    """Give whom an event touched: a column and a value, or a value under the column's own header."""
    column, value = cells.get(_COLUMN), cells.get(_VALUE)
    if column and value:
        return column, value
    own = [(name, cell) for name, cell in cells.items() if name not in {_DAY, _NAME}]
    if column or value or len(own) > 1:
        raise DataRefusedError(
            f"{path} row {number}: it is not clear whom the event touched",
            "give it one column and one value, such as segment and Enterprise",
        )
    return own[0] if own else None
