"""Headers whose cells say otherwise: a name alone decides nothing against them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.cells.cells import lettered
from retention_cli.mapping.cells.placeholders import marked
from retention_cli.mapping.cells.spoken_durations import spoken_seconds
from retention_cli.mapping.headers import Match, Strength, folded
from retention_cli.records.base import DAY, DURATION, INSTANT, NO, NUMBER, YES, form_of, headers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from retention_cli.records.base import Form, Record

_DATE = (
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
    r"|[0-9]{1,2}(?:er|st|nd|rd|th)?[-/. ]+(?:de )?\p{L}{3,}\.?,?[-/. ]+(?:del? )?[0-9]{2}"
    r"|\p{L}{3,}\.? {1,2}[0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{2}|\A[0-9]{4}-\p{L}{3,}-[0-9]"
    r"|\A(?:19|20|21)[0-9]{6}(?:T|\z)|\A[0-9]{9,}(?:\.[0-9]+)?\z"
)
"""What looks like a date: in digits, with the name of a month, run together, or counted."""
_SERIAL = r"\A[1-9][0-9]{4}(?:\.[0-9]+)?\z"
_NUMBER = r"\A[0-9]{1,7}(?:[.,][0-9]+)?\z"
_CLOCK = r"\A[0-9]{1,6}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?\z"
_STATUS = "status"
_SEEN = 2_000
_FLAGS = pa.array([*YES, *NO, "1", "0", "1.0", "0.0"])


class Shape(StrEnum):
    """What the cells of a column look like, where they look like one thing."""

    MOMENTS = "dates or times"
    SPANS = "durations"
    NUMBERS = "numbers"
    FLAGS = "yes and no"


_FITS: dict[Form | None, set[Shape]] = {
    DAY: {Shape.MOMENTS},
    INSTANT: {Shape.MOMENTS},
    DURATION: {Shape.SPANS, Shape.NUMBERS},
}


def shape_of(cells: Any) -> Shape | None:
    """Say what the cells of a column are; words for nothing are left aside.

    Undefined: None for a column that is blank, mixed, or something else.
    Example:
        >>> shape_of(pa.array(["Y", "N", None])), shape_of(pa.array(["1h 30m", "0:45"]))
        (<Shape.FLAGS: 'yes and no'>, <Shape.SPANS: 'durations'>)
    """
    texts = pc.unique(as_text(cells)).drop_null()
    texts = texts.filter(pc.and_not(pc.not_equal(texts, ""), marked(texts, INSTANT)))
    if not len(texts):
        return None
    dates = pc.match_substring_regex(texts, lettered(_DATE, texts))
    if pc.all(dates).as_py():
        return Shape.SPANS if _says_units(texts) else Shape.MOMENTS
    if pc.all(pc.is_in(pc.utf8_lower(texts), value_set=_FLAGS)).as_py():
        return Shape.FLAGS
    if pc.all(pc.match_substring_regex(texts, _SERIAL)).as_py():
        return Shape.MOMENTS
    if pc.all(pc.match_substring_regex(texts, _NUMBER)).as_py():
        return Shape.NUMBERS
    spans = pc.or_(
        pc.match_substring_regex(texts, _CLOCK), pc.match_substring_regex(texts, _NUMBER)
    )
    return Shape.SPANS if _says_units(texts.filter(pc.invert(spans))) else None


def _says_units(texts: Any) -> bool:
    return all(spoken_seconds(text) is not None for text in texts.to_pylist())


class Weighed(NamedTuple):
    """What headers name once their cells were looked at, and what there is to say of it."""

    candidates: Mapping[str, Sequence[Match]]
    said: tuple[str, ...] = ()


def weighed(
    found: Mapping[str, Sequence[Match]],
    headers: Sequence[str],
    model: type[Record],
    *,
    told: Collection[str],
    cells: Callable[[int], Any],
    flags: bool,
) -> Weighed:
    """Take columns of times and durations from headers whose cells are something else.

    A column of times that holds durations is the duration in its place, and the other way round;
    one of yes and no is neither. What was `told` stands.
    """
    kept: dict[str, list[Match]] = {}
    said: list[str] = []
    for column, matches in found.items():
        twin = model.in_place_of.get(column)
        fitting = None if column in told else _fitting(model, column)
        for match in matches:
            if column == _STATUS and column not in told and _has_days(cells(match.index)):
                continue  # "Churned" above days is when, not whether.
            shape = shape_of(cells(match.index)) if fitting else None
            if fitting is None or shape is None or shape in fitting:
                kept.setdefault(column, []).append(match)
                continue
            header = headers[match.index]
            if twin and twin not in told and shape in (_fitting(model, twin) or ()):
                kept.setdefault(twin, []).append(replace(match, column=twin))
                said.append(f"'{header}' is read as {twin}: its cells are {shape}")
            elif shape is Shape.FLAGS:
                said.append(f"'{header}' is not read as {column}: its cells are {shape}")
            else:
                kept.setdefault(column, []).append(match)
    # A preset names all columns of its system, and has none to look for.
    for column, info in model.model_fields.items() if flags else ():
        tells = headers_of(info).yes
        if tells is not None and column not in {*kept, *told}:
            more = _flags(column, headers, tells, cells, taken=kept)
            kept |= {column: more} if more else {}
    return Weighed(kept, tuple(said))


def _has_days(cells: Any) -> bool:
    return shape_of(cells.slice(0, _SEEN)) is Shape.MOMENTS


def _flags(
    column: str,
    headers: Sequence[str],
    tells: Callable[[str], str | None],
    cells: Callable[[int], Any],
    *,
    taken: Mapping[str, Sequence[Match]],
) -> list[Match]:
    """Find columns of yes and no whose headers say what a yes is."""
    places = {match.index for matches in taken.values() for match in matches}
    return [
        Match(column, place, Strength.WEAK, folded(header))
        for place, header in enumerate(headers)
        if place not in places and tells(header) and _are_flags(cells(place))
    ]


def _are_flags(cells: Any) -> bool:
    """Say whether cells are yes and no; a column of 0 alone is, which has no shape by itself."""
    if shape_of(cells) is Shape.FLAGS:
        return True
    texts = pc.unique(as_text(cells)).drop_null()
    return bool(pc.all(pc.is_in(texts, value_set=pa.array(["", "0"]))).as_py()) and "0" in {
        *texts.to_pylist()
    }


def _fitting(model: type[Record], column: str) -> set[Shape] | None:
    """Give what cells of a column may look like; None where they have no say."""
    form = form_of(model.model_fields[column])
    if form == NUMBER and column in model.in_place_of:
        return {Shape.NUMBERS, Shape.FLAGS}
    return _FITS.get(form)
