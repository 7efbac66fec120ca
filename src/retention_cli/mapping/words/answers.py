"""Columns of surveys that say again in words what another says, or name the survey and not its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import Strength
from retention_cli.mapping.words.meaning import words_of
from retention_cli.records.scales import kind_told_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.headers import Match
    from retention_cli.mapping.words.cells import Samples
    from retention_cli.mapping.words.meaning import Meaning

_POINTS = r"\A(?:[1-9][0-9]{3,}|[2-9][0-9]{2}|1[1-9][0-9]|10[1-9])(?:[.,][0-9]+)?\z"
"""Numbers above a hundred."""


def drop_labels(added: dict[str, list[Match]], headers: Sequence[str], samples: Samples) -> None:
    """Drop what goes by the name of a score, or of a kind of survey, and has cells of something else.

    That is points in a game, nothing at all, and words or a yes beside the numbers of another column.
    """
    scores = [
        one
        for one in added.get("score", ())
        if one.strength is Strength.EXACT or _may_score(samples.filled(one.index), one.strength)
    ]
    numbers = [one.index for one in scores if samples.shape(one.index) is Shape.NUMBERS]
    bare = [{*words_of(headers[at])} for at in numbers]
    added["score"] = [
        one
        for one in scores
        if one.index in numbers
        or (
            not any(b < {*words_of(headers[one.index])} for b in bare)
            and not (numbers and one.strength < Strength.EXACT and _is_a_yes(samples, one.index))
        )
    ]
    added["kind"] = [
        one
        for one in added.get("kind", ())
        if one.strength is Strength.EXACT
        or any(map(kind_told_by, samples.shown(one.index)))
        or not samples.shown(one.index)
    ]


def overall(scores: list[Match], meant: Mapping[int, Meaning]) -> list[Match]:
    """Give the score that sums up the others of an answer, where one says that it does."""
    said = {one.index: meant[one.index].any for one in scores if one.index in meant}
    first = [one for one in scores if "total" in said.get(one.index, ())]
    apart = any("recommend" in words for words in said.values())
    return first if len(first) == 1 and not apart else scores


def replied(
    added: Mapping[str, Sequence[Match]], meant: Mapping[int, Meaning], samples: Samples
) -> tuple[int, set[int]]:
    """Give how many rows have a score, and the days on which somebody replied to an answer.

    Fewer rows have those, or a reply stands beside the comment.
    """
    given = max((len(samples.filled(one.index)) for one in added.get("score", ())), default=0)
    said = [one.any for one in meant.values()]
    beside = {"response"} in said and any("comment" in words for words in said)
    return given, {
        one.index
        for one in added.get("responded_at", ())
        if len(samples.filled(one.index)) < given
        or (beside and one.index in meant and "response" in meant[one.index].any)
    }


def _is_a_yes(samples: Samples, place: int) -> bool:
    return samples.shape(place) is Shape.FLAGS


def _may_score(filled: Any, strength: Strength) -> bool:
    """Say whether no number is above a hundred; blank cells may be scores under a sure name alone."""
    if not len(filled):
        return strength is Strength.STRONG
    return not pc.any(pc.match_substring_regex(filled, _POINTS)).as_py()
