"""A header row to the preset of its system, with how sure that is."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.headers import folded, places_of
from retention_cli.mapping.presets import names, preset, signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.presets.vocabulary import Signature

SURE = Fraction(1, 2)
"""From this confidence on a preset is taken by itself."""
_ENOUGH = 3
"""So many required headers tell a system though another of them lacks."""
_DESCRIBING = frozenset({"agent", "comment", "customer_name", "priority", "product", "subject"})
"""Columns that no figure rests on."""


class Recognition(NamedTuple):
    """A preset that fits some headers.

    Shape: `confidence` is the larger of two shares: of the preset's headers those that are there,
        and of the headers that are there those that the preset knows.
    """

    preset: str
    confidence: Fraction


def fitting(headers: Sequence[str]) -> list[Recognition]:
    """List the presets whose required headers are all there, the surest first.

    One may lack where it only describes, and three others are there: people leave texts out.
    """
    there = {fold for fold in map(folded, headers) if fold}
    found = [
        Recognition(name, _confidence(signature(name), headers))
        for name, first in _first_headers()
        if (first is None or not first.isdisjoint(there))
        and (not lacking(signature(name), headers) or _lacks_only_a_text(name, headers))
    ]
    return sorted(found, key=lambda one: (-one.confidence, one.preset))


def surest(found: Sequence[Recognition], *, file: str) -> Recognition | None:
    """Take the surest of some presets, which come in that order.

    Errors: UnrecognisedFileError where two are equally sure.
    """
    if not found:
        return None
    top = [one.preset for one in found if one.confidence == found[0].confidence]
    if len(top) > 1:
        raise UnrecognisedFileError(
            f"{file}: its columns fit the presets {' and '.join(top)} equally well",
            "choose one: " + " or ".join(f"--preset {name}" for name in top),
        )
    return found[0]


def lacking(found: Signature, headers: Sequence[str]) -> str | None:
    """Say why a preset does not fit some headers; None where it does."""
    for required in found.required:
        if not any(places_of(headers, name) for name in required):
            named = " or ".join(f"'{name}'" for name in required)
            return f"has no column {named}"
    for absent in found.absent:
        if places_of(headers, absent):
            return f"has a column '{absent}'"
    return None


def _lacks_only_a_text(name: str, headers: Sequence[str]) -> bool:
    told = signature(name)
    absent = [some for some in told.required if not any(places_of(headers, one) for one in some)]
    strange = any(places_of(headers, one) for one in told.absent)
    if len(absent) != 1 or strange or len(told.required) <= _ENOUGH:
        return False
    feeds = {
        column
        for feed in preset(name).feeds.values()
        for column, sources in feed.columns.items()
        if {*absent[0]} & {source for source in sources if isinstance(source, str)}
    }
    return bool(feeds) and feeds <= _DESCRIBING and _confidence(told, headers) >= SURE


@cache
def _first_headers() -> tuple[tuple[str, frozenset[str] | None], ...]:
    """Give the first required header of each preset as it folds: it rules most presets out.

    Shape: None for one of a form, that any header may have.
    """
    first = ((name, signature(name).required[0]) for name in names())
    return tuple(
        (name, None if re.search("[*{]", "".join(some)) else frozenset(map(folded, some)))
        for name, some in first
    )


def _confidence(found: Signature, headers: Sequence[str]) -> Fraction:
    wanted = [*found.required, *((name,) for name in found.known)]
    places = [[place for name in some for place in places_of(headers, name)] for some in wanted]
    explained = {place for some in places for place in some}
    named = sum(bool(folded(header)) for header in headers)
    return max(
        Fraction(sum(map(bool, places)), len(wanted)),
        Fraction(min(len(explained), named), named),
    )
