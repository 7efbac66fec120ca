"""Columns of addresses that go by the name of a status: `Estado` is a state, and a state of mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli import records
from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.records.customer_flags import ACTIVE, ENDED, told_by_yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.headers import Match
    from retention_cli.mapping.words.cells import Samples
    from retention_cli.mapping.words.meaning import Meaning


def without_states(
    statuses: Sequence[Match], meant: Mapping[int, Meaning], samples: Samples
) -> list[Match]:
    """Drop a status that may be a state, stands in an address, and has no word of a status."""
    return [one for one in statuses if not _is_a_state(meant, samples, one.index)]


def _is_a_state(meant: Mapping[int, Meaning], samples: Samples, place: int) -> bool:
    if place not in meant or not {"status", "address"} <= meant[place].any:
        return False
    beside = (meant[at].any for at in (place - 1, place + 1) if at in meant)
    if not any("address" in said for said in beside):
        return False
    words = known_words(records.model("customers").model_fields["status"], "", {})
    said = pc.unique(rewrite_words(samples.filled(place), words, told_by_yes))
    return not {ACTIVE, ENDED} & {*said.to_pylist()}
