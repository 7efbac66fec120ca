"""A column of scores as numbers, each with the ends of its scale where the cells tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.base import UnsettledError
from retention_cli.records.scores.cells import Said, read_score
from retention_cli.records.scores.wordings import (
    GOOD_OR_BAD,
    LIKELY,
    SATISFIED_OR_NOT,
    WORDINGS,
    YES_OR_NO,
    Wording,
    is_praise,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ENOUGH = 20
"""So many answers leave no level of a scale of five unused by chance."""

_NUMBER = r"\A-?[0-9]{1,6}(?:\.[0-9]+)?\z"
_GROUPS = frozenset(
    ("promoter", "promoters", "passive", "passives", "detractor", "detractors", "promotor")
)
_MOST_LINES = 12
_TABLE = "[export.values.score]"


class Scores(NamedTuple):
    """A column of scores.

    Shape: `score`, `low` and `high` are text; `low` and `high` are null where the cells do not
        tell their scale. A cell that cannot be read stays in `score` as it is. `worded` is the scale
    that words were read on, where there are any.
    """

    score: Any
    low: Any
    high: Any
    assumed: tuple[str, ...] = ()
    worded: str | None = None


class _Meant(NamedTuple):
    score: int | None
    low: int | None = None
    high: int | None = None


def read_scores(cells: Any, is_nps: Any) -> Scores:
    """Read a column of scores: numbers stay, and what else is there is read as a whole.

    Errors: UnsettledError where words or labels leave their scale open.
    """
    nothing = pa.nulls(len(cells), pa.string())
    others = pc.fill_null(pc.invert(pc.match_substring_regex(cells, _NUMBER)), False)
    if not pc.any(others).as_py():
        return Scores(cells, nothing, nothing)
    score, low, high = cells, nothing, nothing
    assumed: list[str] = []
    worded = None
    for of_kind, read in ((is_nps, _nps), (pc.invert(is_nps), _csat)):
        ours = pc.and_(others, of_kind)
        counts = _counts(cells.filter(ours))
        if not counts:
            continue
        numbers = _counts(cells.filter(pc.and_(pc.invert(others), of_kind)))
        meant, said, wording = read(counts, numbers)
        assumed += said
        worded = f"{wording.high} in words" if wording else worded
        place = _places(cells, list(meant), ours)
        score = _put(place, (one.score for one in meant.values()), score)
        low = _put(place, (one.low for one in meant.values()), low)
        high = _put(place, (one.high for one in meant.values()), high)
    return Scores(score, low, high, tuple(assumed), worded)


def _places(cells: Any, texts: list[str], ours: Any) -> pa.Array:
    found = pc.index_in(cells, value_set=pa.array(texts, pa.string()))
    found = pc.if_else(ours, found, pa.scalar(None, pa.int32()))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _put(places: pa.Array, numbers: Iterable[int | None], rest: Any) -> Any:
    texts = pa.array([None if one is None else str(one) for one in numbers], pa.string())
    return pc.if_else(pc.is_valid(places), texts.take(places), rest)


def _counts(cells: Any) -> dict[str, int]:
    found = pc.value_counts(cells)
    return {one["values"]: one["counts"] for one in found.to_pylist() if one["values"] is not None}


def _nps(
    counts: Mapping[str, int], numbers: Mapping[str, int]
) -> tuple[dict[str, _Meant], list[str], Wording | None]:
    said = _said(counts)
    _refuse_counting_down(said, numbers)
    words = {text: one.words for text, one in said.items() if one.words}
    if any(word in _GROUPS or word in LIKELY.places for word in words.values()):
        shown = _shown(words)
        raise UnsettledError(
            "score",
            f"NPS answers go from 0 to 10, and some are in words: {shown}",
            "say in retention.toml which score each of them is:",
            lines=_lines(words, {}),
        )
    return _numbered(said), [], None


def _csat(
    counts: Mapping[str, int], numbers: Mapping[str, int]
) -> tuple[dict[str, _Meant], list[str], Wording | None]:
    said = _said(counts)
    _refuse_counting_down(said, numbers)
    meant = _numbered(said)
    words = {text: one.words for text, one in said.items() if one.words}
    if not words:
        return meant, [], None
    distinct = set(words.values())
    mixed = bool(numbers) or any(one.score is not None for one in said.values())
    for two in (GOOD_OR_BAD,) if mixed else (GOOD_OR_BAD, YES_OR_NO):
        if (scores := two.scores(distinct)) is not None:
            return meant | _worded(words, scores, two), [], two
    fitting = _fitting(words, counts)
    if len(fitting) == 1 and not mixed:
        wording, scores = fitting[0]
        read_as = _read_as(words, scores, wording)
        return meant | _worded(words, scores, wording), [read_as], wording
    if fitting or _prevail(words, counts, numbers):
        raise _open(words, fitting, mixed=mixed)
    known = {text: word for text, word in words.items() if word in GOOD_OR_BAD.places}
    scores = {word: GOOD_OR_BAD.level(word) for word in known.values()}
    return meant | _worded(known, scores, GOOD_OR_BAD), [], GOOD_OR_BAD if known else None


def _said(counts: Mapping[str, int]) -> dict[str, Said]:
    read = {text: read_score(text) for text in counts}
    return {text: found for text, found in read.items() if found is not None}


def _numbered(said: Mapping[str, Said]) -> dict[str, _Meant]:
    """Give the score of every cell that has a number, and none to those without an answer."""
    return {text: _Meant(one.score, None, one.high) for text, one in said.items() if not one.words}


def _worded(
    words: Mapping[str, str], scores: Mapping[str, int], wording: Wording
) -> dict[str, _Meant]:
    return {
        text: _Meant(scores[word], wording.low, wording.high)
        for text, word in words.items()
        if word in scores
    }


def _fitting(
    words: Mapping[str, str], counts: Mapping[str, int]
) -> list[tuple[Wording, dict[str, int]]]:
    """Give the scales that the words may be of, one of those that read them alike."""
    distinct = set(words.values())
    answers = sum(counts[text] for text in words)
    wordings: Sequence[Wording] = WORDINGS
    if SATISFIED_OR_NOT.scores(distinct) is not None:
        wordings = (SATISFIED_OR_NOT,) if answers >= ENOUGH else (SATISFIED_OR_NOT, *WORDINGS)
    found: dict[tuple[object, ...], tuple[Wording, dict[str, int]]] = {}
    for wording in wordings:
        scores = wording.scores(distinct)
        if scores is not None:
            read = (wording.low, wording.high, *sorted(scores.items()))
            found.setdefault(read, (wording, scores))
    fitting = list(found.values())
    if len(fitting) == 1 and _lacks_its_middle(*fitting[0]):
        four = Wording(1, (",,,",))
        fitting.append((four, {word: s - (s > 3) for word, s in fitting[0][1].items()}))
    return fitting


def _lacks_its_middle(wording: Wording, scores: Mapping[str, int]) -> bool:
    return wording.high == 5 and set(scores.values()) == {1, 2, 4, 5}


def _prevail(
    words: Mapping[str, str], counts: Mapping[str, int], numbers: Mapping[str, int]
) -> bool:
    """Say whether more answers are words than are anything else."""
    worded = sum(counts[text] for text in words)
    return 2 * worded > sum(counts.values()) + sum(numbers.values())


def _open(
    words: Mapping[str, str], fitting: Sequence[tuple[Wording, Mapping[str, int]]], *, mixed: bool
) -> UnsettledError:
    proposed = fitting[0][1] if fitting else {}
    if mixed and fitting:
        why = f"some answers are in words and some are numbers: {_shown(words)}"
    elif fitting:
        scales = " or ".join(f"{one.low} to {one.high}" for one, _ in fitting)
        why = f"answers in words may be of a scale of {scales}: {_shown(words)}"
    else:
        why = f"answers are in words that fit no known scale: {_shown(words)}"
    return UnsettledError(
        "score",
        why,
        "say in retention.toml which score each of them is, and the highest there is:",
        lines=(
            *_lines(words, proposed),
            "[export.constants]",
            f'scale_max = "{fitting[0][0].high if fitting else 5}"',
        ),
    )


def _shown(words: Iterable[str]) -> str:
    first = sorted(words)
    more = f" and {len(first) - 6} more" if len(first) > 6 else ""
    return ", ".join(f"'{text}'" for text in first[:6]) + more


def _lines(words: Mapping[str, str], proposed: Mapping[str, int]) -> tuple[str, ...]:
    ordered = sorted(words, key=lambda text: (-proposed.get(words[text], 0), text))
    scores = (f'{_quoted(t)} = "{proposed.get(words[t], "…")}"' for t in ordered[:_MOST_LINES])
    return (_TABLE, *scores)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read_as(words: Mapping[str, str], scores: Mapping[str, int], wording: Wording) -> str:
    ranked = sorted(words, key=lambda text: (-scores[words[text]], text))
    listed = ", ".join(f"'{text}' is {scores[words[text]]}" for text in ranked[:_MOST_LINES])
    return f"answers in words are read on a scale of {wording.low} to {wording.high}: {listed}"


def _refuse_counting_down(said: Mapping[str, Said], numbers: Mapping[str, int]) -> None:
    """Refuse a scale on which the lowest number is the best answer: its labels say so.

    Errors: UnsettledError with the scores turned round.
    """
    sides: dict[bool, dict[int, str]] = {True: {}, False: {}}
    for text, one in said.items():
        side = is_praise(one.label) if one.label and one.score is not None else None
        if side is not None and one.score is not None:
            sides[side].setdefault(one.score, text)
    given = {one.score for one in said.values() if one.score is not None}
    given |= {int(float(text)) for text in numbers}
    good, bad = sides[True], sides[False]
    if good and bad:
        down = min(good) < max(bad)
    else:
        down = (bool(good) and min(good) <= 1 < max(given)) or (
            bool(bad) and len(given) > 1 and min(bad) == max(given) and max(given) in {5, 7, 10}
        )
    if not down:
        return
    shown = good[min(good)] if good else bad[max(bad)]
    top, low = max(given), min(given)
    turned = {text: top + low - one.score for text, one in said.items() if one.score is not None}
    turned |= {text: top + low - int(float(text)) for text in numbers}
    raise UnsettledError(
        "score",
        f"'{shown}' says that a lower score is a better answer",
        "say in retention.toml which score each of them is, the highest for the best:",
        lines=(
            _TABLE,
            *(
                f'{_quoted(text)} = "{score}"'
                for text, score in sorted(turned.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
        ),
    )
