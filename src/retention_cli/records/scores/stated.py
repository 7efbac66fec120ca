"""What the header of a column of scores says of their scale: its ends, and which is the better."""

from __future__ import annotations

import re
from typing import NamedTuple

from retention_cli.patterns import lazy_pattern
from retention_cli.records.scores.wordings import fold_words, is_praise

_TOPS = "3|4|5|6|7|10|100"
_UP_TO = (
    r"\s*(?:[-\u2013\u2014\u2026]|\.{2,3})\s*|\s+(?:to|bis|\u00e0|a|al|ao|tot|til|till|through)\s+"
)
_ENDS = lazy_pattern(rf"(?<![\w.,/-])([01])(?:{_UP_TO})({_TOPS})(?![\w%]|[.,/-]\d)", re.IGNORECASE)
_TOP = lazy_pattern(
    rf"\bout of ({_TOPS})\b|[(\[] *(?:/|von|van|of|sur|su|de|max\.?) *({_TOPS}) *[)\]]|(?<=\D)/ ?({_TOPS})\Z",
    re.IGNORECASE,
)
_IN_BRACKETS = lazy_pattern(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_NUMBERED = lazy_pattern(r"(?<![\w.,])(\d{1,2})\s*[=:(\u2013-]\s*(?=[^\W\d])([^\d]+)")
_JOINED = lazy_pattern(
    r"(?:[\s,;:/|()\[\]?.!\u2013-]|\b(?:to|bis|\u00e0|a|al|tot|and|und|et|y|e|en)\Z)+\Z",
    re.IGNORECASE,
)
_BEST = frozenset(("best", "highest", "high", "maximum", "beste", "hoch", "meilleur", "mejor"))
_WORST = frozenset(
    ("worst", "lowest", "low", "minimum", "schlechteste", "niedrig", "pire", "peor", "not at all")
)
_COMPLAINT = lazy_pattern("dissatisf|insatisf|unzufrieden|insoddisf|ontevreden|missnojd|utilfreds")
_CONTENT = lazy_pattern("satisf|zufrieden|soddisf|tevreden|nojd|tilfreds")
_FROM_ZERO = (10, 100)


class Stated(NamedTuple):
    """The ends of a scale as a header states them."""

    low: int
    high: int


def stated_in(header: str) -> Stated | None:
    """Give the scale that a header states.

    Example:
        >>> stated_in("CSAT (1-7)"), stated_in("How satisfied are you, out of 10?")
        (Stated(low=1, high=7), Stated(low=0, high=10))
        >>> stated_in("1 = very poor, 5 = excellent"), stated_in("Q1-5 satisfaction")
        (Stated(low=1, high=5), None)
    """
    if found := _ENDS.search(header):
        return Stated(int(found[1]), int(found[2]))
    if found := _TOP.search(header):
        high = int(next(filter(None, found.groups())))
        return Stated(0 if high in _FROM_ZERO else 1, high)
    ends = _sides(header)
    if len(ends) > 1 and min(ends) in {0, 1} and str(max(ends)) in _TOPS.split("|"):
        return Stated(min(ends), max(ends))
    return None


def without_scale(header: str) -> str:
    """Leave of a header what stands before a scale in brackets at its end.

    Example:
        >>> without_scale("CSAT (1-7)"), without_scale("CSAT (June)")
        ('CSAT', 'CSAT (June)')
    """
    found = _IN_BRACKETS.search(header)
    return header[: found.start()] if found and stated_in(found[0]) else header


def counts_down(header: str) -> bool:
    """Say whether a header makes the lowest number the best answer, or asks for complaints.

    Example:
        >>> counts_down("1 = very satisfied, 5 = very dissatisfied"), counts_down("How unhappy? 1-5")
        (True, False)
        >>> counts_down("How dissatisfied are you?"), counts_down("How satisfied or dissatisfied?")
        (True, False)
    """
    sides = _sides(header)
    good = [number for number, praise in sides.items() if praise]
    bad = [number for number, praise in sides.items() if not praise]
    if good and bad:
        return min(good) < max(bad)
    if good or bad:
        return min(good) <= 1 if good else max(bad) in {5, 7, 10}
    compact = fold_words(header).replace(" ", "")
    rest = _COMPLAINT.sub("", compact)
    return rest != compact and not _CONTENT.search(rest)


def _sides(header: str) -> dict[int, bool]:
    """Give the numbers that a header labels, and whether each label is praise."""
    found: dict[int, bool] = {}
    for number, text in _NUMBERED.findall(header):
        label = fold_words(_JOINED.sub("", _JOINED.sub("", text)))
        side = True if label in _BEST else False if label in _WORST else is_praise(label)
        if side is not None:
            found[int(number)] = side
    return found
