"""What the rows of a sheet are: words, cells and the name of its file, each weighed for every kind."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from retention_cli import records
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.finding import INCOMING
from retention_cli.mapping.refusing import missing_columns
from retention_cli.mapping.words.meaning import meaning
from retention_cli.mapping.words.summaries import of_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from retention_cli.mapping.headers import Match, Matches
    from retention_cli.mapping.words.naming import Worded

_UNIT = 10
"""So much of a weight makes a kind e times as likely."""
_MOST_COLUMNS = 10
_NONE = "none"
_FEW_TYPES = 12
_ABOUT = {"subject", "problem", "comment"}
_SERVED = {*_ABOUT, "priority", "asker", "due", "status"}
_PEOPLE = {"customer", "user", "asker"}
_ANSWERED = {*_PEOPLE, "email", "name", "survey", "answer", "conversation"}
_TALKS = {"call", "conversation"}
_CUSTOMER, _NUMBER = {"customer", "id"}, {"id", "filler"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet read as one kind: what names and words find, and what it lacks of it."""

    kind: str
    matches: Matches
    missing: tuple[str, ...]
    asked: bool

    @property
    def weight(self) -> int:
        """How much speaks for it by the columns that it has."""
        known = _weights()["columns"]
        lacks = known["lacking"] * bool(self.missing) + known["asked"] * self.asked
        return int(lacks + known["found"] * min(self.matches.score, _MOST_COLUMNS))


class Weighed(NamedTuple):
    """How likely each kind is, and none of them: the likeliest first."""

    ranked: tuple[tuple[str | None, float], ...]
    readings: Mapping[str, Reading]

    def is_named_otherwise(self, kind: str, file: str, sheet: str | None) -> bool:
        """Say whether the name of a sheet or file speaks against a kind and for none."""
        lines = self._lines(kind)
        return sum(lines.get(f"file {word}", 0) for word in _words_of_name(file, sheet)) > 0

    def against(self, kind: str, worded: Worded) -> str | None:
        """Give the header that speaks most against a kind and for none, if one does."""
        lines = self._lines(kind)
        read = {match.index for match in self.readings[kind].matches.found.values()}
        weights = {
            at: sum(lines.get(word, 0) for word in said.any)
            for at, said in worded.meant.items()
            if at not in read and not said.any <= _NUMBER
        }
        most = max(weights, key=lambda at: weights[at], default=None)
        return worded.headers[most] if most is not None and weights[most] > 0 else None

    @staticmethod
    def _lines(kind: str) -> Mapping[str, int]:
        ours, none = (_weights()["kinds"].index(one) for one in (kind, _NONE))
        return {word: row[none] - row[ours] for word, row in _weights()["facts"].items()}


def weigh(worded: Worded, file: str, sheet: str | None) -> Weighed:
    """Weigh all that a sheet says of its kind."""
    readings = {kind: _read(worded, kind) for kind in records.names()}
    known, weights = _weights(), {kind: one.weight for kind, one in readings.items()}
    weights[_NONE] = 0
    for fact in facts(worded, readings, file, sheet):
        for kind, weight in zip(known["kinds"], known["facts"].get(fact, ()), strict=False):
            weights[kind] += weight
    most = max(weights.values())
    odds = {kind: math.exp((weight - most) / _UNIT) for kind, weight in weights.items()}
    shares = ((kind, one / sum(odds.values())) for kind, one in odds.items())
    ranked = sorted(shares, key=lambda one: -one[1])
    return Weighed(tuple((None if k == _NONE else k, share) for k, share in ranked), readings)


def _read(worded: Worded, kind: str) -> Reading:
    matches = worded.matches(kind)
    missing = tuple(missing_columns(records.model(kind), matches.found, matches.rivals))
    taken = {match.index for match in matches.found.values()}
    asked = len(matches.found) > 1 and all(worded.asked(c, kind, taken) for c in missing)
    return Reading(kind, matches, missing, bool(missing) and asked)


def facts(
    worded: Worded, readings: Mapping[str, Reading], file: str, sheet: str | None
) -> set[str]:
    """Give what a sheet says of its kind: words of its headers and its name, and shapes of cells."""
    whole = {f"all of {kind}" for kind, one in readings.items() if not one.missing}
    return {"any sheet", *whole, *words(worded, file, sheet), *_of_cells(worded, readings)}


def words(worded: Worded, file: str, sheet: str | None) -> Iterator[str]:
    """Give what words of headers, of the first of them, and of the name of a sheet or file mean."""
    said = {word for one in worded.meant.values() for word in one.any}
    yield from said
    if "vendor" in said and not said & _PEOPLE:
        yield "a vendor and no customer"
    if "question" in said and not said & _ANSWERED:
        yield "questions of nobody"
    if said & _TALKS and said & _PEOPLE:
        yield "somebody called"
    if "ticket" in said and said & {"hours", "cost"} and not said & _PEOPLE:
        yield "work for nobody"
    if {"blood", "donor"} <= {*said, *_words_of_name(file, sheet)}:
        yield "blood of donors"
    if {"birth", "start", "name"} <= said:
        yield "people who were born and started"
    if "priority" in said and said & {"asker", "subject"}:
        yield "asked for, and how urgent"
    if "problem" in said and said & _PEOPLE:
        yield "a problem of somebody"
    if worded.meant:
        yield from (f"first {word}" for word in worded.meant[min(worded.meant)].any)
    yield from (f"file {word}" for word in _words_of_name(file, sheet))


def _words_of_name(file: str, sheet: str | None) -> frozenset[str]:
    names = (meaning(name).any for name in (sheet, PurePath(file).stem) if name)
    return next(filter(None, names), frozenset())


def _of_cells(worded: Worded, readings: Mapping[str, Reading]) -> Iterator[str]:
    found, samples = readings["customers"].matches.found, worded.samples
    key, start, end = (found.get(c) for c in ("customer_id", "start_date", "end_date"))
    if key is not None:
        yield "each another customer" if samples.is_unique(key.index) else "customers again"
        if {*found} <= {"customer_id", "customer_name"}:
            yield "customers and no more"
    if start is not None:
        yield "starts"
    if start is not None and end is not None and samples.on_one_day(start.index, end.index):
        yield "starts and ends on one day"
    buyer = readings["invoices"].matches.found.get("customer_id")
    if buyer is not None and not samples.is_unique(buyer.index):
        yield "buyers again"
    yield from _of_types(worded)
    yield from _of_payers(worded, readings)
    yield from _of_tickets(worded, readings)
    for kind in ("surveys", "tickets"):
        if of_summaries(worded, kind) is not None:
            yield f"means of {kind}"


def _of_tickets(worded: Worded, readings: Mapping[str, Reading]) -> Iterator[str]:
    numbered = readings["tickets"].matches.found.get("ticket_id")
    if numbered and worded.says(numbered.index, "ticket"):
        said = {word for one in worded.meant.values() for word in one.any}
        if not readings["invoices"].missing and not said & _SERVED:
            yield "receipts of a till"
        elif said & _ABOUT and "amount" in readings["invoices"].missing:
            yield "numbered tickets and what they are about"
    if {*readings["tickets"].matches.found} >= {"ticket_id", "first_response_duration"}:
        yield "how long tickets waited"
    if _spans(worded, Shape.SPANS):
        yield "from hour to hour"
    entered = readings["tickets"].matches.found.get("created_at")
    if entered and not worded.says(entered.index, "start") and _spans(worded, Shape.MOMENTS):
        yield "from day to day, and a day of entry"


def _of_payers(worded: Worded, readings: Mapping[str, Reading]) -> Iterator[str]:
    said = {at: one.any for at, one in worded.meant.items()}
    if any("bank" in one for one in said.values()) and any(
        one >= _CUSTOMER for one in said.values()
    ):
        yield "ids of customers, and a bank"  # Which knows nobody's number.
    if _is_charged(worded, readings["costs"].matches.found):
        yield "hours that were charged"
    known = {match.index for match in readings["invoices"].matches.found.values()}
    numbers = (at for at, one in said.items() if one and one <= _NUMBER and at not in known)
    loose = (at for at in numbers if worded.meant[at].loose)
    if any(not worded.samples.is_unique(at) for at in loose):
        yield "unknown ids again"


def _spans(worded: Worded, shape: Shape) -> bool:
    """Say whether there are a start and an end whose cells have a shape."""
    shaped = [at for at in worded.meant if worded.samples.shape(at) is shape]
    return all(any(worded.says(at, word) for at in shaped) for word in ("start", "end"))


def _is_charged(worded: Worded, found: Mapping[str, Match]) -> bool:
    """Say whether the amount beside hours and a customer is what was charged for them."""
    amount = found.get("amount") if {"hours", "customer_id"} <= {*found} else None
    said = (
        worded.meant[amount.index].any if amount and amount.index in worded.meant else frozenset()
    )
    return not said.isdisjoint({"payment", "invoice", "revenue"}) and "cost" not in said


def _of_types(worded: Worded) -> Iterator[str]:
    types = {
        word
        for at, said in worded.meant.items()
        if "type" in said.any and len(words := worded.samples.words(at)) <= _FEW_TYPES
        for word in words
    }
    if not INCOMING.isdisjoint(map(folded, types)):
        yield "income among types"
    if any("leave" in meaning(word).any for word in types):
        yield "leave among types"


@cache
def _weights() -> Mapping[str, Any]:
    return tomllib.loads(files("retention_cli.mapping").joinpath("weights.toml").read_text("utf-8"))
