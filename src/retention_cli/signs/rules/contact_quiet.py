"""A customer who used to write or answer, and does no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_cli.signs.groups import Sorted
from retention_cli.signs.rhythm import silent_beyond
from retention_cli.signs.thresholds import count, days, share
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.rule import Found
    from retention_cli.signs.thresholds import Told

TITLE = "Contact gone quiet"
STEP = "Find out who the contact is now, and call"
RANK = 60
NEEDS = ()
THRESHOLDS = {
    "quiet_percentile": share(95, "quiet for longer than this share of the gaps between contacts"),
    "quiet_gaps": count(4, "so many gaps between its contacts have to be known"),
    "quiet_least": days(30, "shorter silences never count"),
}


def find(past: Past, told: Told) -> Found | Undefined:
    """Find customers whose last ticket or answer is longer ago than a percentile of their own gaps."""
    rows = [past.rows[kind] for kind in ("tickets", "surveys") if kind in past.rows]
    if not rows:
        return Undefined("not-loaded", "no tickets and no surveys in the exports")
    who, day, at = (
        np.concatenate([getattr(one, name) for one in rows]) for name in ("who", "day", "at")
    )
    from_first = np.concatenate([np.full(len(one.who), one is rows[0]) for one in rows])
    every = np.ones(len(who), np.bool_)
    contacts = Sorted.of(
        rows[0].kind, who, day, {"first": from_first, "row": at}, every
    ).once_a_day()
    found = silent_beyond(
        past,
        contacts,
        told["quiet_percentile"],
        int(told["quiet_gaps"]),
        words=("no ticket and no answer", "contacts"),
        least=int(told["quiet_least"]),
    )
    return found.with_rows(*_by_kind(found.rows[0], [one.kind for one in rows]))


def _by_kind(rows: Sorted, kinds: list[str]) -> list[Sorted]:
    """Give each kind its rows: the last contact may be a ticket or an answer."""
    first = rows.cells["first"]
    marks = [first, ~first][: len(kinds)]
    return [rows.where(mask).placed(kind) for kind, mask in zip(kinds, marks, strict=True)]
