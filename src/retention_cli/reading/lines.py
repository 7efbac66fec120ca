"""Text to rows of cells, one by one, as the standard library reads CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import count, repeat
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FIELD = 1 << 20
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of a text: where it starts, and the number of the last row above it.

    It ends where the text does, unless `end` says otherwise.
    """

    data: bytes
    start: int
    above: int
    mark: str
    file: str
    end: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return self.start >= self.stop

    @property
    def stop(self) -> int:
        """Where it ends."""
        return len(self.data) if self.end is None else self.end

    def alone(self, above: int) -> Rest:
        """Give it as a text of its own, below some row."""
        return Rest(self.data[self.start : self.stop], 0, above, self.mark, self.file)


class Row(NamedTuple):
    """One row: its cells, or all of its text as one where its quotes are wrong.

    Shape: `end` is where the next row starts.
    """

    number: int
    cells: list[str]
    end: int
    quotes_are_wrong: bool = False


def quick_rows(rest: Rest, *, escape: str | None = None) -> Iterator[Row]:
    """Give the rows of a text without wrong quotes, in a third of the time; `end` is not counted.

    `escape` is the character that takes a quote's meaning away.
    Errors: csv.Error at the first row that `rows` has to look at.
    """
    csv.field_size_limit(LONGEST_FIELD)
    stream = io.BytesIO(rest.data)
    stream.seek(rest.start)
    lines = io.TextIOWrapper(stream, "utf-8", newline="\n")
    reader = csv.reader(lines, delimiter=rest.mark, escapechar=escape, strict=True)
    return map(Row, count(rest.above + 1), reader, repeat(0))


def rows(rest: Rest) -> Iterator[Row]:
    """Give the rows of a text; a row with wrong quotes does not spoil those below it.

    Errors: DataRefusedError for a quote that never closes, or only lines below, and for a field of
        more than a mebibyte.
    """
    csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(rest.data, rest.start)
    reader = csv.reader(lines, delimiter=rest.mark, strict=True)
    number = rest.above
    while True:
        number += 1
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_what_swallows_rows(error, number, lines.taken, rest.file)
            yield Row(number, ["".join(lines.taken).rstrip("\n")], lines.position, True)
        else:
            yield Row(number, cells, lines.position)


def shown(text: str) -> str:
    """Quote the beginning of some text in a message."""
    return repr(text.rstrip("\n")[:_SHOWN_CHARACTERS])


def _refuse_what_swallows_rows(error: csv.Error, number: int, taken: list[str], file: str) -> None:
    if "field larger" in str(error):
        raise DataRefusedError(
            f"{file} row {number}: a field is longer than a mebibyte",
            "is a quote missing? look at that row",
        ) from None
    if "unexpected end" in str(error):
        raise DataRefusedError(
            f"{file} row {number}: a quote opens there and never closes: {shown(taken[0])}",
            "close the quote, or double it inside a quoted field",
        ) from None
    if len(taken) > 1:
        raise DataRefusedError(
            f"{file} row {number}: a quote opens there, and where the next one stands,"
            f" {len(taken) - 1} lines below, the field goes on: {shown(taken[0])}",
            "close the quote, or double it inside a quoted field: all lines between would be"
            " taken for one row",
        ) from None


class _Lines:
    """The lines of a text from a place on, remembering those that the current row took."""

    def __init__(self, data: bytes, start: int) -> None:
        self._stream = io.BytesIO(data)
        self._stream.seek(start)
        self.taken: list[str] = []

    @property
    def position(self) -> int:
        """Where the line after those taken starts."""
        return self._stream.tell()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._stream).decode()
        self.taken.append(line)
        return line
