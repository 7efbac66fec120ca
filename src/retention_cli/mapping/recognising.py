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


_STRANGE = {"tickets": {"vendor", "asset", "vehicle"}, "customers": {"vendor", "exam"}}
"""Whose rows are of none of ours whatever the file is called."""
_PEOPLE = {"customer", "user", "org", "email", "phone"}
_WHOSE = {
    "customers": {*_PEOPLE, "contract", "birth", "churned"},
    "surveys": {*_PEOPLE, "name", "comment", "survey", "answer", "response", "recommend", "ticket"},
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
            better = _sold(readings, worded, about)
        if better is None and seen == "costs" and not readings[seen].telling:
            # What has a date can be any; sales without one are asked about, and are no costs.
            better = "invoices" if about.kinds == ("invoices",) else None
        if better is None and readings[seen].foreign is not None:
            better = _told(readings, worded, about)
        if better is None:
            _refuse_others(readings[seen], worded, about, place)
            _refuse_vague(readings[seen], worded, place)
        return better or seen
    if found := _told(readings, worded, about):
        return found
    _refuse_lists(refusal, readings, worded, about, place)
    if not any(ask.kind == "customers" for ask in refusal.asks):
        _refuse_people(readings["customers"], worded, place)
    raise refusal


def _told(readings: Mapping[str, _Reading], worded: Worded, about: Subject) -> str | None:
    """Give the kind that words, cells and the name of the file tell where names alone do not."""
    whole = [one for one in readings.values() if not one.missing and _is_supported(one, about)]
    whole = [one for one in whole if not (about.bars(one.kind) or _is_vague(one, worded))]
    if whole:
        best = max(whole, key=lambda one: one.weight)
        if sum(one.weight == best.weight for one in whole) == 1 and not _is_doubted(best, readings):
            return best.kind
    near = [one for one in readings.values() if one.named and one.missing]
    if near and about.none is None:
        return max(near, key=lambda one: one.weight).kind
    if sold := _sold(readings, worded, about):
        return sold
    likely = [one for one in readings.values() if one.telling and _may_be_asked(one, worded)]
    if likely and about.none is None:
        return max(likely, key=lambda one: one.weight).kind
    return None


def assumed(
    kind: str, headers: Sequence[str], *, place: Place, cells: Callable[[int], Any]
) -> tuple[str, ...]:
    """Say what is assumed where no word tells that a customer, a day and an amount are a sale."""
    worded = Worded.of(headers, cells) if kind == "invoices" else None
    if worded is None or speaks_of(worded.meant, kind):
        return ()
    if subject_of(place.file, place.sheet, worded.languages).kinds:
        return ()
    said = "rows of a customer, a day and an amount are read as invoices; if they are costs, add"
    return (f"{said} {place.option('costs')}",)


def _refuse_people(one: _Reading, worded: Worded, place: Place) -> None:
    """Ask whether people with a day on which each joined are customers: they may be anybody.

    Errors: UnrecognisedFileError.
    """
    joined = one.matches.found.get("start_date")
    meant = frozenset().union(*(said.any for said in worded.meant.values()))
    if joined is None or one.foreign is not None or not meant & _PEOPLE:
        return
    raise UnrecognisedFileError(
        f"{place}: has people and '{worded.headers[joined.index]}', and nothing in it says whether"
        f" they are customers; its columns are {header_names(worded.headers)}",
        f"if they are, name the kind: {place.option('customers')}",
    )


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
    if kind == "customers" and foreign is None:
        foreign = _of_one_day(matches, worded)
    strange = () if foreign is None else worded.meant[foreign].any & _STRANGE.get(kind, {"vendor"})
    return _Reading(
        kind,
        matches,
        tuple(missing_columns(model, matches.found, matches.rivals)),
        kind in about.kinds and not strange,
        speaks_of(worded.meant, kind),
        foreign,
    )


def _of_one_day(matches: Matches, worded: Worded) -> int | None:
    """Give where rows start that all end on the same day, as appointments do."""
    start, end = (matches.found.get(column) for column in ("start_date", "end_date"))
    if start is None or end is None:
        return None
    return start.index if worded.samples.on_one_day(start.index, end.index) else None


def _is_supported(one: _Reading, about: Subject) -> bool:
    """Say whether anything beside the columns alone tells the kind, and nothing tells another."""
    if one.foreign is not None and not one.named:
        return False
    if one.kind == "costs" and not one.named and "cost_date" not in one.matches.found:
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


def _sold(readings: Mapping[str, _Reading], worded: Worded, about: Subject) -> str | None:
    """Give invoices, where rows are a customer, a day and an amount, and no word says anything else."""
    one = readings["invoices"]
    others = (other.telling and not other.missing for other in readings.values() if other != one)
    strange = about.kinds or about.bars(one.kind) or one.foreign is not None or any(others)
    key = one.matches.found.get("customer_id")
    if strange or one.missing or key is None or "ledger" in worded.meant[key.index].any:
        return None
    return one.kind


def _is_vague(one: _Reading, worded: Worded) -> bool:
    """Say whether no word tells whose the rows are; a score alone may be of anything."""
    wanted, found = _WHOSE.get(one.kind), one.matches.found
    told = one.named or (one.telling and one.kind != "surveys")
    if told or wanted is None or (one.kind == "costs" and "amount" in found):
        return False
    key = found.get("customer_id") if one.kind == "customers" else None
    meant = frozenset().union(*(said.any for said in worded.meant.values()))
    return not (meant & wanted) and (key is None or key.strength == Strength.WEAK)


def _refuse_vague(one: _Reading, worded: Worded, place: Place) -> None:
    """Refuse rows that have names such as an id, a day and a duration, and no word of whose they are.

    Errors: UnrecognisedFileError.
    """
    if not _is_vague(one, worded):
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
