"""Text to rows of cells, one by one, as the standard library reads CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from itertools import count, islice, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.torn_text import pieces, strict_cells, with_quotes_as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FIELD = 1 << 20
_SHOWN_CHARACTERS = 80
_FEWEST_SWALLOWED = 2
_PROVING_LINES = 10
_MOST_PROVE = 0.7
_READ_AGAIN_LINES = 1 << 22
"""How many lines are read twice at most, where quotes seemed to swallow them."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of a text: where it starts, and the number of the last row above it.

    It ends where the text does, unless `end` says otherwise. `notes` say what was taken of how it
    is written.
    """

    data: bytes
    start: int
    above: int
    mark: str
    file: str
    end: int | None = None
    quote: str = '"'
    notes: tuple[str, ...] = ()

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
        text = self.data[self.start : self.stop]
        return replace(self, data=text, start=0, above=above, end=None)


class Row(NamedTuple):
    """One row: its cells, or all of its text as one where its quotes are wrong.

    Shape: `end` is where the next row starts; `unclosed` is what to say, and how to fix it, where
        a quote of the row would swallow rows below it.
    """

    number: int
    cells: list[str]
    end: int
    quotes_are_wrong: bool = False
    unclosed: tuple[str, str] | None = None


def quick_rows(rest: Rest, *, escape: str | None = None) -> Iterator[Row]:
    """Give the rows of a text without wrong quotes, in a third of the time.

    Shape: `end` counts the lines down to the end of the row. `escape` is the character that takes
        a quote's meaning away.
    Errors: csv.Error at the first row that `rows` has to look at.
    """
    csv.field_size_limit(LONGEST_FIELD)
    stream = io.BytesIO(rest.data)
    stream.seek(rest.start)
    lines = io.TextIOWrapper(stream, "utf-8", newline="\n")
    reader = csv.reader(
        lines, delimiter=rest.mark, quotechar=rest.quote, escapechar=escape, strict=True
    )
    ends = map(attrgetter("line_num"), repeat(reader))
    return map(Row, count(rest.above + 1), reader, ends)


def rows(rest: Rest, *, width: int | None = None) -> Iterator[Row]:
    """Give the rows of a text; a row with wrong quotes does not spoil those below it.

    A quote that never closes, or only lines below, is taken for a stray one where its line has
    `width` cells without it, and the lines below have too.
    Errors: DataRefusedError for such a quote that nothing proves stray, and for a field of more
        than a mebibyte.
    """
    csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(rest.data, rest.start)
    reader = csv.reader(lines, delimiter=rest.mark, quotechar=rest.quote, strict=True)
    number = rest.above
    read_again = _READ_AGAIN_LINES
    while True:
        number += 1
        lines.start_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, wrong = [], str(error)
        else:
            wrong = ""
        taken = len(lines.taken)
        if not wrong and (width is None or taken <= _FEWEST_SWALLOWED or len(cells) == width):
            yield Row(number, cells, lines.position)
            continue
        if "expected after" in wrong and taken == 1:
            yield Row(number, ["".join(lines.taken).rstrip("\n")], lines.position, True)
            continue
        stray = width is not None and taken <= read_again and _is_stray(lines.taken, rest, width)
        if wrong and not stray:
            raise _swallowed(wrong, number, lines.taken, rest.file)
        if not stray:
            yield Row(number, cells, lines.position)
            continue
        read_again -= taken - 1
        said = _unclosed(wrong, lines.taken)
        first = lines.taken[0].rstrip("\n")
        lines.go_back_to_second()
        yield Row(number, [first], lines.position, True, said)


def lenient_rows(rest: Rest) -> Iterator[Row]:
    """Give each line as a row whose quotes close only before a delimiter or at its end."""
    end = rest.start
    for number, line in enumerate(io.BytesIO(rest.data[rest.start : rest.stop]), rest.above + 1):
        end += len(line)
        found = pieces(line.decode().removesuffix("\n"), rest.mark, rest.quote, doubled=False)
        wrong = any(cell.text.startswith(rest.quote) and not cell.is_quoted for cell in found)
        yield Row(number, [cell.text for cell in found], end, wrong)


def shown(text: str) -> str:
    """Quote the beginning of some text in a message."""
    return repr(text.rstrip("\n")[:_SHOWN_CHARACTERS])


def _is_stray(taken: list[str], rest: Rest, width: int) -> bool:
    """Tell whether a quote of the first line is text: with it as text, all lines are whole rows."""
    if width == 1 or len(taken[0]) > LONGEST_FIELD:
        return False
    if not _is_row_with_a_quote_as_text(taken[0], rest, width):
        return False
    below = [line for line in islice(taken, 1, 1 + _PROVING_LINES) if line.strip()]
    return sum(_is_row(line, rest, width) for line in below) >= _MOST_PROVE * len(below)


def _is_row(line: str, rest: Rest, width: int) -> bool:
    cells = strict_cells(line, rest)
    if cells is None:
        return _is_row_with_a_quote_as_text(line, rest, width)
    return len(cells) == width


def _is_row_with_a_quote_as_text(line: str, rest: Rest, width: int) -> bool:
    return any(len(one.cells) == width for one in with_quotes_as_text(line, rest))


def _swallowed(wrong: str, number: int, taken: list[str], file: str) -> DataRefusedError:
    if "field larger" in wrong:
        return DataRefusedError(
            f"{file} row {number}: a field is longer than a mebibyte",
            "is a quote missing? look at that row",
        )
    message, hint = _unclosed(wrong, taken)
    return DataRefusedError(f"{file} row {number}: {message}", hint)


def _unclosed(wrong: str, taken: list[str]) -> tuple[str, str]:
    hint = "close the quote, or double it inside a quoted field"
    if "expected after" not in wrong:
        return f"a quote opens there and never closes: {shown(taken[0])}", hint
    below = f"{len(taken) - 1} lines below, the field goes on: {shown(taken[0])}"
    message = f"a quote opens there, and where the next one stands, {below}"
    return message, f"{hint}: all lines between would be taken for one row"


class _Lines:
    """The lines of a text from a place on, remembering those that the current row took."""

    def __init__(self, data: bytes, start: int) -> None:
        self._stream = io.BytesIO(data)
        self._stream.seek(start)
        self._start = start
        self.taken: list[str] = []

    @property
    def position(self) -> int:
        """Where the line after those taken starts."""
        return self._stream.tell()

    def start_row(self) -> None:
        """Forget the lines of the row above."""
        self.taken.clear()
        self._start = self.position

    def go_back_to_second(self) -> None:
        """Give the lines below the first of the row again."""
        self._stream.seek(self._start + len(self.taken[0].encode()))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._stream).decode()
        self.taken.append(line)
        return line
