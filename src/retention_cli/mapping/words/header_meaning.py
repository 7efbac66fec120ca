"""What a whole header means: in the languages of its file or any other, without its unit."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from retention_cli.mapping.amounts.units import unit_in
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.cells.durations import DurationUnit, unit_of, without_unit
from retention_cli.mapping.words.meaning import Meaning, meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import NUMBER

if TYPE_CHECKING:
    from retention_cli.mapping.words.cells import Samples

THINGS = {"order", "invoice", "ticket", "customer", "user", "payment", "answer", "survey"}
_MONEY = lazy_pattern(
    r"([^(\[]*[^(\[\s])\s?[(\[](?:[^\W\d_]{1,3}|[A-Z]{4}|[A-Z]{0,3}[^\w\s%])[)\]]"
)
"""A header with one to three letters or a sign in brackets: a currency, of amounts."""
_FORM = lazy_pattern(r"\s*[(\[](?=[^)\]]*(?i:dd|mm|yy|aa|jj))[a-zA-Z/.:, -]{2,}[)\]]\s*\Z")
"""How days are written, as some say of them: (dd/mm/yyyy)."""
_SEVERAL = lazy_pattern(r"(?<=[^\W\d_])[(](?:e?s|e?n|i|in|innen|as?|e)[)]")
"""One or several: `Name(s)`. Seconds are written so, too: `Duration(s)`."""
_TIMED = {"time", "duration", "response", "resolved", "call"}
_QUESTION = lazy_pattern(r"[?¿]|(?:\w+\W+){6}\w")
_SCALED = lazy_pattern(
    r"\w.*[(\[][^()\[\]]*\b[01]\s?(?:[-\u2013\u2014\u2026/]|\.\.\.?|to|bis|à|a|al|tot|t/m|até)\s?(?:[3-7]|10)"
    r"(?:\s?[^\W\d_]{3,9})?[)\]]"
)
"""A header that ends with how it is rated: Food (1-5), Service (1 bis 10), Clean (1-5 stars)."""
_SPANNED = lazy_pattern(r"(?i)\b(?:day|hour|week|month|year|min|tag|stund|jour|heure|mois)")
_RATED = {"score", "recommend"}
_OF_QUESTIONS = {*_RATED, "comment", "scale", "average", "exam"}
_AMOUNTS = {"amount", "total", "net", "gross", "sub", "revenue"}


@lru_cache(maxsize=1 << 13)
def meant_by(header: str, languages: tuple[str, ...]) -> Meaning:
    """Give what a header means, in any language where those of the file do not know all its words.

    A unit of time at its end says that it is a duration.
    """
    header = _FORM.sub("", header)
    if (one := _SEVERAL.sub("", header)) != header and not meaning(one, languages).any & _TIMED:
        header = one
    if (amount := unit_in(header)) is not None:
        return meaning(amount[0], languages)
    if (money := _MONEY.fullmatch(header)) and meaning(money[1], languages).any & _AMOUNTS:
        header = money[1]
    said, bare = meaning(header, languages), without_unit(header)
    if _SCALED.match(header) and not _SPANNED.search(header):
        rated = tuple(word for word in said.words if word & _OF_QUESTIONS)
        return Meaning(rated if said.any & _RATED else (*rated, frozenset(("score",))), loose=True)
    if said.any & _RATED and _QUESTION.search(header):
        # A question may ask how good anything is.
        return replace(said, words=tuple(w for w in said.words if w & _OF_QUESTIONS), loose=True)
    other = meaning(header) if said.loose else said
    if said.loose and not other.loose and not other.any & THINGS:
        return other
    counted = said.any & {"hours", "duration"} and not header.endswith((")", "]"))
    if bare == header or (counted and not said.loose):
        return said
    unit = "hours" if unit_of(header) is DurationUnit.HOURS else "duration"
    found = meaning(bare, languages)
    return replace(found, words=(*found.words, frozenset((unit,))))


def of_cells(header: str, said: Meaning, samples: Samples, at: int) -> Meaning:
    """Give which of the meanings of a header its cells are."""
    if "comment" in said.any and samples.shape(at) is Shape.NUMBERS:
        # Its language may be one of few words of the file: marks go by such names.
        return meaning(header)
    dated = samples.shape(at) is Shape.MOMENTS and not samples.are_digits(at)
    if {"issue", "problem"} <= said.any:
        # Something is issued on a day, or there is an issue.
        return said.without("problem" if dated else "issue")
    if said.any == {"customer"} and dated:
        # A day above which only a customer is named is the one on which they became one.
        return Meaning((frozenset(("start",)),))
    if {"comment", "score"} <= said.any and not samples.fit(at, "score", NUMBER):
        return said.without("score")
    return said
