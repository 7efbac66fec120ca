"""Header text to canonical columns: the exact name, a strong alias, a weak one, a faint one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from retention_cli import records
from retention_cli.mapping.amounts.units import unit_in
from retention_cli.mapping.cells.currencies import currency_at_end
from retention_cli.mapping.cells.durations import DurationUnit, unit_of, without_unit
from retention_cli.mapping.joined_parts import parts_joined
from retention_cli.mapping.month_spans import days_between
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import DURATION, HOURS, NUMBER, Form, form_of, headers_of
from retention_cli.records.header_names import names
from retention_cli.records.scores.stated import without_scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic.fields import FieldInfo

    from retention_cli.records.base import Beside, Record

_NOT_A_NAME = lazy_pattern(r"[^0-9a-z]+")
_CURRENCY = "{currency}"
_SCORE = "score"
_MOST_ENDS = 64
"""Headers beyond these are known as they stand alone: nobody wrote so many by hand."""
_SPANS: dict[DurationUnit | None, tuple[Form, ...]] = {
    **dict.fromkeys(DurationUnit, (DURATION, HOURS)),
    DurationUnit.DAYS: (DURATION,),
}
"""What may be counted in a unit of time: how many hours a day of work has is not known."""

_AMOUNTS = (NUMBER, HOURS)
"""What a share of something is not: "Cost %" has no costs."""


class Strength(IntEnum):
    """How surely a header names a column; also what it counts for in recognising a kind."""

    FAINT = 0
    WEAK = 1
    STRONG = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One header that names one canonical column; `alias` is the name it matched, folded.

    `by_words` says that no name of it is known, and that its words and cells tell it.
    """

    column: str
    index: int
    strength: Strength
    alias: str
    by_words: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """What the headers of a file say under the model of one kind.

    `rivals` are columns that several headers name equally well.
    """

    found: Mapping[str, Match] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How much of the file the kind explains."""
        return sum(match.strength for match in self.found.values()) + len(self.rivals)


@lru_cache(maxsize=1 << 14)
def folded(header: str) -> str:
    """Fold a header to what is compared: no case, accents, spaces or marks.

    Example:
        >>> folded("Customer ID"), folded("customer_id"), folded("N° Client"), folded("Währung")
        ('customerid', 'customerid', 'nclient', 'wahrung')
    """
    plain = unicodedata.normalize("NFKD", header.replace("°", " ").replace("ß", "ss"))
    return _NOT_A_NAME.sub("", plain.encode("ascii", "ignore").decode().casefold())


def match_headers(headers: Sequence[str], model: type[Record]) -> Matches:
    """Match the headers of a file with the columns of one kind.

    Example:
        >>> from retention_cli.records import model
        >>> found = match_headers(["Customer ID", "Start"], model("customers")).found
        >>> {name: match.index for name, match in found.items()}
        {'customer_id': 0, 'start_date': 1}
    """
    return best_of(candidates(headers, model))


def candidates(headers: Sequence[str], model: type[Record]) -> dict[str, list[Match]]:
    """List the headers that may name each column of one kind."""
    known = _names(model)
    by_column: dict[str, list[Match]] = {}
    parts = parts_joined(tuple(headers))
    for index, header in enumerate(headers):
        if index in parts:
            continue
        alias = _alias(header, model) if index < _MOST_ENDS else folded(header)
        if alias in known:
            column, strength = known[alias]
            if is_share(header, model.model_fields[column]):
                continue
            by_column.setdefault(column, []).append(Match(column, index, strength, alias))
    for column, matches in list(by_column.items()):
        beside = headers_of(model.model_fields[column]).beside
        if beside is not None:
            _give_way(by_column, matches, beside)
    return by_column


def _give_way(by_column: dict[str, list[Match]], matches: Sequence[Match], beside: Beside) -> None:
    """Move a header of a column to another one where its own is surely named by what is left."""
    giving, taking = (set(map(folded, names)) for names in (beside.names, beside.others))
    given = [match for match in matches if match.alias in giving]
    left = [match for match in matches if match.alias not in giving]
    best = max((match.strength for match in left), default=Strength.WEAK)
    surely = all(match.alias in taking for match in left if match.strength == best)
    if not given or not left or not surely or best < max(one.strength for one in given):
        return
    by_column[left[0].column] = left
    if len(given) == 1 and beside.column not in by_column:
        by_column[beside.column] = [replace(given[0], column=beside.column)]


def is_share(header: str, info: FieldInfo) -> bool:
    """Say whether a header is of per cents, where amounts or hours are wanted."""
    return "%" in header and form_of(info) in _AMOUNTS


def best_of(by_column: Mapping[str, Sequence[Match]]) -> Matches:
    """Take the header that names each column best; where several do, they are rivals."""
    found: dict[str, Match] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for column, matches in by_column.items():
        best = max(match.strength for match in matches)
        top = [match for match in matches if match.strength == best]
        if len(top) == 1:
            found[column] = top[0]
        else:
            rivals[column] = tuple(match.index for match in top)
    return Matches(found, rivals)


@lru_cache(maxsize=1 << 13)
def _alias(header: str, model: type[Record]) -> str:
    """Fold a header; where it names no column as it stands, without the unit at its end.

    That is a currency for numbers, a unit of time for durations, and a scale for scores.
    """
    alias, known = folded(header), _names(model)
    if alias in known:
        return alias
    without_currency, bare, unit, rated = _without_ends(header)
    for name, forms in ((without_currency, (NUMBER,)), (bare, _SPANS.get(unit, ()))):
        if name in known and _forms(model, known[name][0]) & {*forms}:
            return name
    return rated if rated in known and known[rated][0] == _SCORE else alias


@lru_cache(maxsize=1 << 12)
def _without_ends(header: str) -> tuple[str, str, DurationUnit | None, str]:
    """Fold a header without its currency, without its unit of time, and without its scale."""
    name = (unit_in(header) or currency_at_end(header))[0]
    return (
        folded(name),
        folded(without_unit(header)),
        unit_of(header),
        folded(without_scale(header)),
    )


def _forms(model: type[Record], column: str) -> set[Form | None]:
    """Give the form of a column, and of the one that it is where its cells say so."""
    twin = model.in_place_of.get(column, column)
    return {form_of(model.model_fields[one]) for one in (column, twin)}


def places_of(headers: Sequence[str], name: str) -> tuple[int, ...]:
    """Find the headers of a name: those written so, or else those that fold to the same.

    `*` in the name stands for any text, `{currency}` for the code of a currency or nothing; 'Jan 2026..Mar 2026'
    are columns of months.
    Example:
        >>> places_of(["Name", "name", "Amount (EUR)"], "Name")
        (0,)
        >>> places_of(["Name", "name", "Amount (EUR)"], "Amount ({currency})")
        (2,)
    """
    known = _places(tuple(headers))
    if name in known.exact:
        return known.exact[name]
    if "*" in name or _CURRENCY in name:
        form = _form(name)
        return tuple(i for i, header in enumerate(headers) if form.fullmatch(header.strip()))
    return known.folded.get(folded(name), ()) or tuple(days_between(headers, name))


class _Places(NamedTuple):
    """Where each header stands, as it is written and folded."""

    exact: Mapping[str, tuple[int, ...]]
    folded: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=8)
def _places(headers: tuple[str, ...]) -> _Places:
    exact: dict[str, tuple[int, ...]] = {}
    alike: dict[str, tuple[int, ...]] = {}
    for at, header in enumerate(headers):
        exact[header] = (*exact.get(header, ()), at)
        if name := folded(header):
            alike[name] = (*alike.get(name, ()), at)
    return _Places(exact, alike)


def currency_in(headers: Sequence[str], name: str) -> str | None:
    """Give the currency that the one header of a name is in, where the name has a place for it.

    Example:
        >>> currency_in(["Amount (eur)"], "Amount ({currency})")
        'EUR'
    """
    places = places_of(headers, name) if _CURRENCY in name else ()
    found = _form(name).fullmatch(headers[places[0]].strip()) if len(places) == 1 else None
    return found["currency"].upper() or None if found else None


@cache
def _form(name: str) -> re.Pattern[str]:
    # Each run of stars is one: a form of many takes for ever where it does not fit.
    parts = re.split(r"(\*|\{currency\})", re.sub(r"\*+", "*", name))
    forms = {"*": ".*", _CURRENCY: "(?P<currency>[a-z]{3}|)"}
    written = "".join(forms.get(part, re.escape(part)) for part in parts)
    return re.compile(written, re.IGNORECASE | re.DOTALL)


def is_named(header: str, place: str) -> bool:
    """Tell whether a header is among the names that stand in one place of all languages.

    Example:
        >>> is_named("Kündigungsfrist (Tage)", "customers.notice_period")
        True
    """
    return folded(header) in _folded_names(place)


@cache
def _folded_names(place: str) -> frozenset[str]:
    return frozenset(map(folded, names(place)))


def is_known(header: str) -> bool:
    """Tell whether a column of some kind is known by this header.

    Example:
        >>> is_known("Invoice Date"), is_known("Acme Ltd")
        (True, False)
    """
    alias = folded(header)
    return bool(alias) and any(alias in _names(records.model(kind)) for kind in records.names())


@cache
def _names(model: type[Record]) -> dict[str, tuple[str, Strength]]:
    known: dict[str, tuple[str, Strength]] = {}
    for column, info in model.model_fields.items():
        headers = headers_of(info)
        names = [(column, Strength.EXACT)]
        names += [(name, Strength.STRONG) for name in headers.strong]
        names += [(name, Strength.WEAK) for name in headers.weak]
        names += [(name, Strength.FAINT) for name in headers.faint]
        for name, strength in names:
            known.setdefault(folded(name), (column, strength))
    return known
