"""Columns beside scores: words that contradict them, and scores that are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.headers import folded, is_named
from retention_cli.mapping.proposing import settles
from retention_cli.records.base import NUMBER
from retention_cli.records.scores.wordings import is_praise
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from retention_cli.mapping.place import Place
    from retention_cli.mapping.words.naming import Worded

_OF_STAFF = ("enps", "employeenps", "employeesatisfaction", "mitarbeiterzufriedenheit")
_RATED = {"score", "recommend"}
_NOT_GIVEN = {"total", "average", "percent", "last", "id", "quantity", "risk"}
_MOST = 12
_SCORE = r"\A[0-9]{1,2}\z"
_PROMOTERS, _DETRACTORS = ("promot",), ("detra", "kritiker", "criticaster")
_LEAST, _MOST_OF_A_DETRACTOR, _HIGHEST = 9, 6, 10


def refuse_turned_round(worded: Worded, at: int, taken: Collection[int], place: Place) -> None:
    """Refuse scores beside labels that praise the low ones alone.

    Errors: DataRefusedError with the scores turned round.
    """
    for label, pairs in _beside(worded, at, taken):
        sides: dict[bool | None, list[tuple[int, str]]] = {True: [], False: []}
        for score, word in pairs:
            sides.setdefault(is_praise(word), []).append((score, word))
        good, bad = sides[True], sides[False]
        if not (good and bad) or max(good)[0] >= min(bad)[0]:
            continue
        scores = {score for score, _ in pairs}
        low, high = min(1, *scores), max(5, *scores)
        turned = (f'"{score}" = "{low + high - score}"' for score in range(low, high + 1))
        raise DataRefusedError(
            f"{place}: score: '{worded.headers[label]}' says '{min(good)[1]}' of {min(good)[0]} and"
            f" '{max(bad)[1]}' of {max(bad)[0]}: a lower score is a better answer",
            "say in retention.toml which score each of them is:",
            snippet=(*place.head("surveys"), "[export.values.score]", *turned),
        )


def said_otherwise(worded: Worded, at: int, taken: Collection[int]) -> Iterator[str]:
    """Say of groups of NPS answers that they are others by the scores, on which figures rest."""
    for label, pairs in _beside(worded, at, taken):
        wrong = sorted((s, word) for s, word in pairs if _is_another(s, folded(word)))
        if wrong and max(score for score, _ in pairs) <= _HIGHEST:
            score, word = wrong[0]
            header = worded.headers[label]
            yield f"'{header}' says '{word}' of a score of {score}: figures rest on the scores"


def other_scores(worded: Worded, at: int, taken: Collection[int]) -> Iterator[str]:
    """Name the columns of scores beside the one that is read, and the line that reads both."""
    samples, headers = worded.samples, worded.headers
    for one, said in worded.meant.items():
        rated = said.any & _RATED and not said.any & _NOT_GIVEN
        if one in taken or not rated or not samples.are_few(one) or samples.same(one, at):
            continue
        if len(samples.filled(one)) and samples.fit(one, "score", NUMBER):
            both = f"score = [{quoted(headers[at])}, {quoted(headers[one])}]"
            yield f"'{headers[one]}' is not read; {both} under [export.columns] reads both"


def who_answers(worded: Worded, at: int, taken: Collection[int]) -> Iterator[str]:
    """Say of answers of employees that they count as those of customers, and of weights that none does."""
    header = worded.headers[at]
    if at in worded.meant and folded(header).startswith(_OF_STAFF):
        said = f"'{header}' is what employees answer, and counts as answers of customers"
        yield f"{said}{settles(header)}"
    for one, meant in worded.meant.items():
        other = worded.headers[one]
        if {"staff", "id"} <= meant.any and worded.samples.is_unique(one):
            rows = f"each row has a '{other}' of its own: answers of employees count as those of"
            yield f"{rows} customers{settles(other)}"
        weighs = one not in taken and is_named(other, "surveys.weights")
        if weighs and len(pc.unique(worded.samples.filled(one))) > 1:
            yield f"'{other}' is not read: each answer counts once{settles(other)}"


def _is_another(score: int, group: str) -> bool:
    low = group.startswith(_PROMOTERS) and score < _LEAST
    return low or (group.startswith(_DETRACTORS) and score > _MOST_OF_A_DETRACTOR)


def _beside(
    worded: Worded, at: int, taken: Collection[int]
) -> Iterator[tuple[int, set[tuple[int, str]]]]:
    """Give each column of few words beside whole scores, with the pairs that there are."""
    scores = worded.samples.first(at)
    plain = pc.fill_null(pc.match_substring_regex(scores, _SCORE), False)
    for label in worded.meant:
        if label in taken or len(pc.unique(worded.samples.filled(label))) > _MOST:
            continue
        words = worded.samples.first(label)
        there = pc.and_(plain, pc.is_valid(words))
        told = zip(scores.filter(there).to_pylist(), words.filter(there).to_pylist(), strict=True)
        yield label, {(int(score), word) for score, word in told}
