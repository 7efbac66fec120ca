"""A customer who writes that it may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.leaving import phrase_in
from retention_cli.signs.rule import Found
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from retention_cli.signs.groups import Sorted
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Words of leaving"
STEP = "Call today: they have said that they may leave"
RANK = 10
NEEDS = ()
THRESHOLDS: dict[str, object] = {}


def find(past: Past, told: Told) -> Found | Undefined:
    """Find customers whose recent tickets or comments announce leaving, in four languages."""
    kinds = [kind for kind in ("tickets", "surveys") if kind in past.texts and kind in past.rows]
    if not kinds:
        return Undefined("no-texts", "no tickets with a subject and no surveys with comments")
    recent = [
        past.rows[kind].between(past.close - int(told["recent"]), past.close) for kind in kinds
    ]
    rows = tuple(one.where(one.cells["leaving"]) for one in recent)
    found = np.unique(np.concatenate([one.who for one in rows]))
    first = np.min([one.first(past.size) for one in rows], axis=0)

    def said(at: int) -> str:
        return "; ".join(_quotes(past, rows, int(found[at])))

    return Found(found, first[found], rows, said)


def _quotes(past: Past, rows: tuple[Sorted, ...], who: int) -> list[str]:
    """Quote what a customer wrote, the latest first."""
    found = []
    for one in rows:
        for at in one.at[one.who == who][::-1]:
            text, id_ = past.written(one.kind, int(at))
            found.append(
                f"{one.kind.removesuffix('s')} {id_}: '{phrase_in(text)}'".replace(" :", ":")
            )
    return found
