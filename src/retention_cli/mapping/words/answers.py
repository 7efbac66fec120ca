"""Columns of surveys that say again in words what another says, or name the survey and not its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import Strength
from retention_cli.mapping.words.meaning import words_of
from retention_cli.records.scales import kind_told_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.headers import Match
    from retention_cli.mapping.words.cells import Samples


def drop_labels(added: dict[str, list[Match]], headers: Sequence[str], samples: Samples) -> None:
    """Drop scores that are words for the numbers of another column, and names of surveys."""
    scores = added.get("score", [])
    numbers = [one.index for one in scores if samples.shape(one.index) is Shape.NUMBERS]
    bare = [{*words_of(headers[at])} for at in numbers]
    added["score"] = [
        one
        for one in scores
        if one.index in numbers or not any(b < {*words_of(headers[one.index])} for b in bare)
    ]
    added["kind"] = [
        one
        for one in added.get("kind", ())
        if one.strength is Strength.EXACT
        or any(map(kind_told_by, samples.shown(one.index)))
        or not samples.shown(one.index)
    ]
