"""Which kind of export a file is: by the names of its columns, then by words, cells and its own name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import NoKindError, UnrecognisedFileError
from retention_cli.mapping.headers import Strength
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.place import Place
from retention_cli.mapping.refusing import header_names, missing_columns
from retention_cli.mapping.words.naming import Worded
from retention_cli.mapping.words.subjects import foreign_subject, speaks_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from retention_cli.mapping.headers import Matches
    from retention_cli.mapping.words.subjects import Subject


_STRANGE = {"tickets": {"vendor", "asset", "vehicle"}}
"""Whose rows are of none of ours whatever the file is called."""
_PEOPLE = {"customer", "user", "org", "email", "phone"}
_WHOSE = {
    "customers": {*_PEOPLE, "contract", "birth", "churned"},
    "costs": {*_PEOPLE, "staff", "agent", "task", "category"},
    "tickets": {*_PEOPLE, "agent", "subject", "response", "comment"},
}
"""What some word of a header has to mean where neither its names nor that of the file tell a kind."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file read as one kind, by names and words."""

    kind: str
    matches: Matches
    missing: tuple[str, ...]
    named: bool
    telling: bool
    foreign: int | None

    @property
    def weight(self) -> tuple[bool, int, int]:
        """How much speaks for it: the name of the file, words of its own, all columns it explains."""
        return self.named, len(self.missing) == 0, self.matches.score + 2 * self.telling

    def explains(self, other: _Reading) -> bool:
        """Say whether it explains as much of a file as another reading does."""
        return self.matches.score >= other.matches.score


def recognised(
    headers: Sequence[str],
    *,
    file: str,
    sheet: str | None = None,
    cells: Callable[[int], Any] | None = None,
) -> str:
    """Say which kind of export has these headers and cells.

    Errors: UnrecognisedFileError where no kind fits, where two fit equally well, and for rows of
        something else, as vendors and staff are. Where only its owner knows, it asks.
    """
    if cells is None:
        return recognise(headers, file=file, sheet=sheet)
    worded = Worded.of(headers, cells)
    place = Place(file, sheet, worded.fits)
    about = subject_of(file, sheet, worded.languages)
    readings = {kind: _read(worded, kind, about) for kind in records.names()}
    try:
        seen = recognise(headers, file=file, sheet=sheet, fits=worded.fits)
    except UnrecognisedFileError as error:
        refusal = error
    else:
        better = _told_better(seen, readings, worded)
        if better is None and seen == "customers" and not readings[seen].telling:
            better = _sold(readings, about)
        if better is None:
            _refuse_others(readings[seen], worded, about, place)
            _refuse_vague(readings[seen], worded, place)
        return better or seen
    whole = [one for one in readings.values() if not one.missing and _is_supported(one, about)]
    whole = [one for one in whole if not about.bars(one.kind)]
    if whole:
        best = max(whole, key=lambda one: one.weight)
        if sum(one.weight == best.weight for one in whole) == 1 and not _is_doubted(best, readings):
            return best.kind
    near = [one for one in readings.values() if one.named and one.missing]
    if near and about.none is None:
        return max(near, key=lambda one: one.weight).kind
    if sold := _sold(readings, about):
        return sold
    likely = [one for one in readings.values() if one.telling and _may_be_asked(one, worded)]
    if likely and about.none is None:
        return max(likely, key=lambda one: one.weight).kind
    _refuse_lists(refusal, readings, worded, about, place)
    raise refusal


def _refuse_lists(
    refusal: UnrecognisedFileError,
    readings: Mapping[str, _Reading],
    worded: Worded,
    about: Subject,
    place: Place,
) -> None:
    """Refuse a list of something else, of which no column is worth asking for.

    Errors: NoKindError.
    """
    kinds = [ask.kind for ask in refusal.asks]
    foreign = next((readings[kind].foreign for kind in kinds), None)
    if about.none is None and foreign is None:
        return
    why = "the name of the file" if foreign is None else f"'{worded.headers[foreign]}'"
    raise NoKindError(
        f"{place}: no kind of export has its columns, and {why} says that its rows are of something"
        f" else: {header_names(worded.headers)}",
        f"if it is a kind after all, name it: {place.option(next(iter(kinds), 'customers'))}",
    )


def _read(worded: Worded, kind: str, about: Subject) -> _Reading:
    model = records.model(kind)
    matches = worded.matches(kind)
    foreign = foreign_subject(worded.meant, kind)
    strange = () if foreign is None else worded.meant[foreign].any & _STRANGE.get(kind, {"vendor"})
    return _Reading(
        kind,
        matches,
        tuple(missing_columns(model, matches.found, matches.rivals)),
        kind in about.kinds and not strange,
        speaks_of(worded.meant, kind),
        foreign,
    )


def _is_supported(one: _Reading, about: Subject) -> bool:
    """Say whether anything beside the columns alone tells the kind, and nothing tells another."""
    if one.foreign is not None and not one.named:
        return False
    return one.named or (one.telling and not about.kinds)


def _may_be_asked(one: _Reading, worded: Worded) -> bool:
    """Say whether a file has all of a kind but what its owner can name."""
    if not one.missing or one.foreign is not None:
        return False
    taken = {match.index for match in one.matches.found.values()}
    return len(one.matches.found) > 1 and all(
        worded.asked(column, one.kind, taken) for column in one.missing
    )


def _is_doubted(best: _Reading, readings: Mapping[str, _Reading]) -> bool:
    """Say whether the name of the file alone tells the kind, and a word of a header another."""
    others = (one for one in readings.values() if one.telling and not one.missing)
    as_good = (one.matches.score >= best.matches.score for one in others)
    return not best.telling and any(as_good)


def _told_better(seen: str, readings: Mapping[str, _Reading], worded: Worded) -> str | None:
    """Give the kind that the name of the file and its own words tell, against that of names alone."""
    foreign, vague = readings[seen].foreign is not None, not readings[seen].telling
    told = [
        one
        for one in readings.values()
        if one.named
        and not one.missing
        and (
            one.telling
            or foreign
            or (one.kind != "customers" and (vague or one.explains(readings[seen])))
        )
    ]
    if vague and not told and not readings[seen].named:
        told = [one for one in readings.values() if one.named and _may_be_asked(one, worded)]
    if readings[seen].named or len(told) != 1:
        return None
    return told[0].kind


def _sold(readings: Mapping[str, _Reading], about: Subject) -> str | None:
    """Give invoices, where rows are a customer, a day and an amount, and no word says anything else."""
    one = readings["invoices"]
    others = (other.telling and not other.missing for other in readings.values() if other != one)
    if about.kinds or about.none or one.missing or one.foreign is not None or any(others):
        return None
    return one.kind if "customer_id" in one.matches.found else None


def _refuse_vague(one: _Reading, worded: Worded, place: Place) -> None:
    """Refuse rows that have names such as an id, a day and a duration, and no word of whose they are.

    Errors: UnrecognisedFileError.
    """
    wanted = _WHOSE.get(one.kind)
    found = one.matches.found
    if one.named or one.telling or wanted is None or (one.kind == "costs" and "amount" in found):
        return
    sure = one.kind == "customers" and found.get("customer_id")
    meant = frozenset().union(*(said.any for said in worded.meant.values()))
    if (sure and sure.strength > Strength.WEAK) or meant & wanted:
        return
    raise UnrecognisedFileError(
        f"{place}: has columns as {one.kind} have, but nothing in it says that it is {one.kind};"
        f" its columns are {header_names(worded.headers)}",
        f"if it is, name the kind: {place.option(one.kind)}",
    )


def _refuse_others(one: _Reading, worded: Worded, about: Subject, place: Place) -> None:
    """Refuse rows of something else, whose columns are named as those of a kind are.

    Errors: UnrecognisedFileError.
    """
    key = one.matches.found.get("customer_id")
    ours = key is not None and key.strength >= Strength.STRONG
    if one.foreign is not None and not one.named:
        said = f"'{worded.headers[one.foreign]}' says that its rows are of something else"
    elif about.none is not None and not ours:
        said = f"its name says that its rows are of something else ('{about.none}')"
    else:
        return
    raise UnrecognisedFileError(
        f"{place}: has columns as {one.kind} have, but {said}; its columns are"
        f" {header_names(worded.headers)}",
        f"if it is {one.kind} after all, name the kind: {place.option(one.kind)}",
    )
