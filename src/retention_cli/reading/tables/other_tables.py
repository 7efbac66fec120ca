"""Several tables in one file: the first is read, the rows of the others are set aside and said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Problem
from retention_cli.reading.tables.find_header import SAMPLED_ROWS
from retention_cli.reading.tables.names_or_data import digit_columns, is_of_words
from retention_cli.reading.tables.row_cells import filled_places, has_digit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_cli.reading.text import TextBatch, TextSheet

_MOST_GAPS = 200
_MOST_TITLES = 3
_FEWEST_NAMES = 2
_IS_OF_ANOTHER = (
    "belongs to another table, which begins in row {} and is not read: save it as a file of its own"
)


def without_other_tables(
    sheet: TextSheet, is_name: Callable[[str], bool] = lambda _: False
) -> TextSheet:
    """Set aside what stands from the header of another table on, and titles above that.

    Such a header has words alone. It begins rows of another width, up to a blank row or the end;
    or it is below a blank row, with words in two columns whose cells above all hold digits,
    and with two known names, or above cells that do not go on as those above the blank row do, and
    have digits below its words. One below a title, whose cells go on, may be a row of data: then
    the sheet is to be refused.
    """
    if not sheet.batches or len(sheet.headers) == 1:
        return sheet
    start, is_sure = _start_of_another(sheet, is_name)
    if start is None:
        return sheet
    if not is_sure:
        return replace(sheet, refusal=sheet.refusal or _asked(sheet, start))
    torn = [row.row for row in sheet.torn if row.row >= start]
    numbers = sheet.numbers.to_numpy()
    rows = {*numbers[numbers >= start].tolist(), *torn}
    return moved(sheet, rows, "other-table", _IS_OF_ANOTHER.format(start))


def moved(sheet: TextSheet, rows: set[int], code: str, message: str) -> TextSheet:
    """Move some rows of a sheet, whole or torn, to those that are set aside."""
    cells = sheet.raws([*rows]) | {row.row: row.raw for row in sheet.torn}
    aside = [Problem(row, code, message, cells[row]) for row in sorted(rows)]
    gone = pa.array(sorted(rows), pa.int64())
    return replace(
        sheet,
        torn=tuple(row for row in sheet.torn if row.row not in rows),
        batches=[kept for batch in sheet.batches if len((kept := _without(batch, gone)).rows)],
        aside=tuple(sorted((*sheet.aside, *aside), key=lambda row: row.row)),
    )


def _without(batch: TextBatch, gone: pa.Array) -> TextBatch:
    mask = pc.is_in(batch.rows, value_set=gone)
    return batch.where(pc.invert(mask)) if pc.any(mask).as_py() else batch


def _asked(sheet: TextSheet, start: int) -> DataRefusedError:
    return DataRefusedError(
        f"{sheet.name}: another table may begin in row {start}, and no cell below settles it",
        "save that as a file of its own; or delete the blank row above it, if the table goes on",
    )


def _start_of_another(sheet: TextSheet, is_name: Callable[[str], bool]) -> tuple[int | None, bool]:
    """Give the row in which another table begins, or may begin, and whether that is sure."""
    if not sheet.torn and not sheet.blank:
        return None, True
    rows = _Rows(sheet)
    for place in rows.starts():
        header = rows.below_titles(place)
        found = rows.sample(header)
        if not is_of_words(found[0]):
            continue
        if _has_another_width(found, sheet.headers):
            return int(rows.numbers[place]), True
        if len(found[0]) == len(sheet.headers):
            above, has_title = rows.digits_above(place), header > place
            is_known = sum(map(is_name, found[0])) >= _FEWEST_NAMES
            is_sure = _begins_another(
                found, sheet.headers, above, has_title=has_title, is_known=is_known
            )
            if is_sure is not False:
                return int(rows.numbers[place]), bool(is_sure)
    return None, True


def _begins_another(
    rows: Sequence[Sequence[str]],
    first: Sequence[str],
    above: frozenset[int],
    *,
    has_title: bool,
    is_known: bool,
) -> bool | None:
    """Tell whether words as wide as the first table are a header; None where they may be one."""
    header, *below = rows
    padded = _has_another_width([_cut(cells) for cells in rows], _cut(first))
    if not _has_another_header(rows, above) and not (padded and (has_title or is_known)):
        return False
    goes_on = not _goes_on_otherwise(rows, above)
    if is_known or (not goes_on and (has_title or len(below) > 1)):
        return True
    return None if has_title and filled_places(header) & _with_digits(below) else False


def _cut(cells: Sequence[str]) -> Sequence[str]:
    """Leave out the blank cells at the end of a row."""
    return cells[: max(filled_places(cells), default=-1) + 1]


def _has_another_width(rows: Sequence[Sequence[str]], first: Sequence[str]) -> bool:
    header, *below = rows
    if len(header) == len(first) or not below:
        return False
    same = all(len(cells) == len(header) for cells in below)
    return (
        same
        and len(filled_places(header)) > 1
        and bool(filled_places(header) & _with_digits(below))
    )


def _has_another_header(rows: Sequence[Sequence[str]], above: frozenset[int]) -> bool:
    header, *below = rows
    whole = bool(below) and len(below[0]) == len(header)
    return whole and len(filled_places(header) & above) >= _FEWEST_NAMES


def _goes_on_otherwise(rows: Sequence[Sequence[str]], above: frozenset[int]) -> bool:
    """Tell rows below a header that have digits under its words, and not where those above do.

    They have words there in one column, or nothing in two: one may be blank for a few rows.
    """
    header, *below = rows
    digits = _with_digits(below)
    under = {
        place
        for place in filled_places(header) & digits
        if all(_with_digits([cells]) & {place} for cells in below if place in filled_places(cells))
    }
    without = above - digits
    worded = any(without & filled_places(cells) for cells in below)
    return bool(under) and (worded or len(without) > 1)


def _with_digits(rows: Sequence[Sequence[str]]) -> set[int]:
    return {place for cells in rows for place, cell in enumerate(cells) if has_digit(cell)}


class _Rows:
    """All rows of a sheet that are not blank, whole and torn, by their numbers."""

    def __init__(self, sheet: TextSheet) -> None:
        self._sheet = sheet
        self._torn = {row.row: row.raw for row in sheet.torn}
        whole = sheet.numbers.to_numpy()
        both = np.concatenate([whole, np.array(list(self._torn), np.int64)])
        # Both are sorted already, which a stable sort makes use of.
        self.numbers = np.sort(both, kind="stable")

    def cells(self, place: int) -> tuple[str, ...]:
        number = int(self.numbers[place])
        return self._torn[number] if number in self._torn else self._sheet.raw(number)

    def sample(self, start: int) -> list[tuple[str, ...]]:
        """Give some rows from a place on, up to a blank one."""
        end = start + 1
        most = min(start + SAMPLED_ROWS, len(self.numbers))
        while end < most and self.numbers[end] == self.numbers[end - 1] + 1:
            end += 1
        return [self.cells(place) for place in range(start, end)]

    def digits_above(self, place: int) -> frozenset[int]:
        """Give the columns that hold digits in the first rows, of those above a place."""
        first = [self.cells(at) for at in range(min(place, SAMPLED_ROWS))]
        return digit_columns(first) if len(first) > 1 else frozenset(_with_digits(first))

    def starts(self) -> list[int]:
        """Give the places below a blank row, and where rows of another width go on to the end."""
        gaps = np.flatnonzero(np.diff(self.numbers) > 1)[:_MOST_GAPS] + 1
        places = [int(place) for place in gaps]
        widths = {row: len(cells) for row, cells in self._torn.items()}
        last = int(self.numbers[-1])
        start = last
        while start - 1 in widths and widths.get(last) == widths[start - 1]:
            start -= 1
        if last in widths and start < last:
            places.append(int(np.searchsorted(self.numbers, start)))
        return places

    def below_titles(self, place: int) -> int:
        """Pass over lone cells of words, as of a title, blank rows below it included."""
        for _ in range(_MOST_TITLES):
            cells = self.cells(place)
            if (
                len(filled_places(cells)) > 1
                or not is_of_words(cells)
                or place + 1 == len(self.numbers)
            ):
                break
            place += 1
        return place
