"""Money that is of one piece by what its cells prove: it does not grow with the quantity beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.amounts.other_numbers import millionths
from retention_cli.mapping.cells.numbers import DecimalMark, decide_mark, rewrite_numbers
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.mapping.money.case import Case

    Numbers = npt.NDArray[np.int64]

_SAMPLE, _SURE = 1 << 14, 3
_CLOSER = 0.4
"""Costs of pieces times their number follow an amount so much closer than costs of whole rows would."""


def of_one_piece(case: Case, column: str, quantity: int) -> bool:
    """Say whether money is the same for each thing however many of it a row has, or a cost grows with it alone."""
    count = min(case.rows, _SAMPLE)
    money, pieces = millionths(case.first(column, count)), _numbers(case, quantity, count)
    if money is None or pieces is None:
        return False
    sold = (money > 0) & (pieces > 0)
    if sold.sum() < _SURE or (pieces[sold] == pieces[sold][0]).all():
        return False
    places = case.layout.others_and_quantity(case.sheet.headers).values()
    named = map(case.layout.sources.get, ("product", "category"))
    for place in {*places, *(one for one in named if isinstance(one, int))} - {quantity}:
        things, known = codes_of(as_text(case.sheet.held(place)[:count]))
        if _same_for_each(things[sold & known], money[sold & known], pieces[sold & known]):
            return True
    if column != "cost":
        return False
    whole = millionths(case.first("amount", count))
    return whole is not None and _follows(money, pieces, whole)


def _same_for_each(things: Numbers, money: Numbers, pieces: Numbers) -> bool:
    """Say whether each thing has one price, and things differ, in rows of several quantities."""
    names, at = np.unique(things, return_inverse=True)
    if len(names) < 2 or 2 * len(names) > len(things):  # names, and rows of each
        return False
    least = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(least, at, money)
    pairs = np.unique(np.stack([at, pieces]), axis=1).shape[1]
    return bool((least[at] == money).all()) and len({*least}) > 1 and pairs - len(names) >= _SURE


def _follows(cost: Numbers, pieces: Numbers, whole: Numbers) -> bool:
    """Say whether costs times pieces are a steadier share of amounts than the costs are."""
    there = (cost > 0) & (pieces > 0) & (whole > 0)
    if there.sum() < 2 * _SURE:
        return False
    alone = np.log(cost[there] / whole[there])
    times = alone + np.log(pieces[there])
    return bool(np.std(times) < _CLOSER * np.std(alone))


def _numbers(case: Case, place: int, count: int) -> Numbers | None:
    texts = pc.utf8_trim(as_text(case.sheet.held(place)[:count]), WHITE_SPACE)
    return millionths(rewrite_numbers(texts, decide_mark(texts).mark or DecimalMark.POINT))
