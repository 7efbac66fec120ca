"""Columns that are not read, as numbers: what proves or disproves a reading of those that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.numbers import DecimalMark, decide_mark, rewrite_numbers
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from retention_cli.reading.text import TextSheet

    Numbers = npt.NDArray[np.int64]

SCALE = 10**6
_NUMBER = r"\A-?[0-9]{1,12}(?:\.[0-9]{1,20})?\z"
_EXACT = pa.decimal256(33, 20)


def numbers_of(sheet: TextSheet, place: int) -> Numbers | None:
    """Give a column in whole millionths, 0 where a cell is blank.

    Undefined: None where a cell that is not blank is not a number, and where none is filled.
    """
    texts = pc.utf8_trim(sheet.column(place), WHITE_SPACE)
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    typed = sheet.typed(place)
    written = texts if typed is None else texts.filter(pc.invert(typed))
    decision = decide_mark(written)
    # Where cells leave the mark open, sums agree in either reading, or in neither.
    mark = DecimalMark.POINT if decision.ambiguous else decision.mark
    plain = rewrite_numbers(texts, mark)
    if typed is not None:
        plain = pc.if_else(typed, texts, plain)
    return millionths(plain)


def millionths(plain: pa.ChunkedArray | pa.Array) -> Numbers | None:
    """Give canonical numbers in whole millionths, as `numbers_of` does."""
    fits = pc.match_substring_regex(plain, _NUMBER)
    if pc.all(fits).as_py() is not True:
        return None
    exact = pc.multiply(pc.cast(plain, _EXACT), pa.scalar(SCALE, pa.decimal256(7, 0)))
    whole = pc.cast(pc.cast(pc.round(exact, 0, "half_to_even"), pa.decimal256(19, 0)), pa.int64())
    numbers: Numbers = pc.fill_null(whole, 0).to_numpy(zero_copy_only=False)
    return numbers
