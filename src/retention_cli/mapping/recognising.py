"""Which kind of export a file is: by the names of its columns, then by words, cells and its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import Ask, NoKindError, UnrecognisedFileError
from retention_cli.mapping.headers import Strength
from retention_cli.mapping.kind_readings import (
    Reading,
    has_people,
    is_vague,
    lists_named_people,
    reading_of,
    subject_in,
)
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.place import Place
from retention_cli.mapping.refusing import header_names
from retention_cli.mapping.words.naming import Worded
from retention_cli.mapping.words.subjects import Subject, speaks_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


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
    about = subject_in(worded, file, sheet)
    readings = {kind: reading_of(worded, kind, about) for kind in records.names()}
    try:
        seen = recognise(headers, file=file, sheet=sheet, fits=worded.fits)
    except UnrecognisedFileError as error:
        refusal = error
    else:
        better = _told_better(seen, readings, worded)
        better = better or _scored(seen, readings, worded, about, place)
        if better is None and seen == "customers" and not readings[seen].telling:
            better = _sold(readings, worded, about)
        if better is None and seen == "costs" and not readings[seen].telling:
            # What has a date can be any; sales without one are asked about, and are no costs.
            sold = readings["invoices"]
            told = sold.telling and not sold.missing and sold.foreign is None
            better = sold.kind if about.kinds == (sold.kind,) or told else None
        if better is None and readings[seen].foreign is not None:
            better = _told(readings, worded, about)
        if better is None:
            _refuse_others(readings[seen], worded, about, place)
            _refuse_vague(readings[seen], worded, place)
            _refuse_costs(readings, seen, place)
        return better or seen
    if found := _told(readings, worded, about):
        return found
    _refuse_lists(refusal, readings, worded, about, place)
    if not any(ask.kind == "customers" for ask in refusal.asks):
        _refuse_people(readings["customers"], worded, place)
    raise refusal


def _told(readings: Mapping[str, Reading], worded: Worded, about: Subject) -> str | None:
    """Give the kind that words, cells and the name of the file tell where names alone do not."""
    lacking = all(one.missing for one in readings.values() if one.named)
    whole = [
        one
        for one in readings.values()
        if not one.missing and _is_supported(one, about, lacking=lacking)
    ]
    whole = [one for one in whole if not (about.bars(one.kind) or is_vague(one, worded))]
    if whole:
        best = max(whole, key=lambda one: one.weight)
        if sum(one.weight == best.weight for one in whole) == 1 and not _is_doubted(
            best, readings, worded
        ):
            return best.kind
    near = [one for one in readings.values() if one.named and one.missing]
    if not (about.customers or has_people(worded, or_names=True)):
        # Contracts and members may be of anybody: nobody is in these rows.
        near = [one for one in near if one.kind != "customers"]
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


def _refuse_people(one: Reading, worded: Worded, place: Place) -> None:
    """Ask whether people with a day on which each joined are customers: they may be anybody.

    Errors: UnrecognisedFileError.
    """
    joined = one.matches.found.get("start_date")
    if joined is None or one.foreign is not None or not has_people(worded):
        return
    raise UnrecognisedFileError(
        f"{place}: has people and '{worded.headers[joined.index]}', and nothing in it says whether"
        f" they are customers; its columns are {header_names(worded.headers)}",
        f"if they are, name the kind: {place.option('customers')}",
    )


def _refuse_lists(
    refusal: UnrecognisedFileError,
    readings: Mapping[str, Reading],
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


def _is_supported(one: Reading, about: Subject, *, lacking: bool) -> bool:
    """Say whether anything beside the columns alone tells the kind, and nothing tells another."""
    if one.foreign is not None and not one.named:
        return False
    if one.kind == "costs" and not one.named and "cost_date" not in one.matches.found:
        return False
    worked = one.kind == "costs" and "hours" in {*one.matches.found, *one.matches.rivals}
    asked = one.kind == "tickets" and lacking
    return one.named or (one.telling and (not about.kinds or worked or asked))


def _may_be_asked(one: Reading, worded: Worded) -> bool:
    """Say whether a file has all of a kind but what its owner can name."""
    if not one.missing or one.foreign is not None:
        return False
    taken = {match.index for match in one.matches.found.values()}
    return len(one.matches.found) > 1 and all(
        worded.asked(column, one.kind, taken) for column in one.missing
    )


def _is_doubted(best: Reading, readings: Mapping[str, Reading], worded: Worded) -> bool:
    """Say whether the name of the file alone tells the kind, and a word of a header another."""
    if best.kind == "customers" and lists_named_people(best.matches, worded):
        return False
    others = (one for one in readings.values() if one.telling and not one.missing)
    as_good = (one.matches.score >= best.matches.score for one in others)
    return not best.telling and any(as_good)


def _told_better(seen: str, readings: Mapping[str, Reading], worded: Worded) -> str | None:
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
    undated = seen == "costs" and "cost_date" not in readings[seen].matches.found
    if (vague or undated) and not told and not readings[seen].named:
        told = [one for one in readings.values() if one.named and _may_be_asked(one, worded)]
    if readings[seen].named or len(told) != 1:
        return None
    return told[0].kind


def _sold(readings: Mapping[str, Reading], worded: Worded, about: Subject) -> str | None:
    """Give invoices, where rows are a customer, a day and an amount, and no word says anything else.

    Which day it is may be open: then it is asked.
    """
    one = readings["invoices"]
    whole = (other for other in readings.values() if other != one and not other.missing)
    others = (other.telling and other.foreign is None for other in whole)
    strange = about.kinds or about.bars(one.kind) or one.foreign is not None or any(others)
    key = one.matches.found.get("customer_id")
    if strange or key is None or "ledger" in worded.meant[key.index].any:
        return None
    dated = not one.missing or (one.missing == ("invoice_date",) and _may_be_asked(one, worded))
    return one.kind if dated else None


def _scored(
    seen: str, readings: Mapping[str, Reading], worded: Worded, about: Subject, place: Place
) -> str | None:
    """Give what rows are whose header names scores and whose cells are none.

    Errors: UnrecognisedFileError where nothing tells that.
    """
    one = readings["surveys"]
    if seen != one.kind or one.named or "score" not in one.missing:
        return None
    better = _told(readings, worded, about)
    if better in {None, one.kind}:
        raise UnrecognisedFileError(
            f"{place}: has columns as surveys have, but no cells that are scores; its columns are"
            f" {header_names(worded.headers)}",
            f"if it is surveys after all, name the kind: {place.option(one.kind)}",
        )
    return better


def _refuse_vague(one: Reading, worded: Worded, place: Place) -> None:
    """Refuse rows that have names such as an id, a day and a duration, and no word of whose they are.

    Errors: UnrecognisedFileError.
    """
    if not is_vague(one, worded):
        return
    raise UnrecognisedFileError(
        f"{place}: has columns as {one.kind} have, but nothing in it says that it is {one.kind};"
        f" its columns are {header_names(worded.headers)}",
        f"if it is, name the kind: {place.option(one.kind)}",
    )


def _refuse_costs(readings: Mapping[str, Reading], seen: str, place: Place) -> None:
    """Ask whose bills are in a file that its name calls costs.

    Errors: UnrecognisedFileError.
    """
    ours, sold = readings["costs"], readings["invoices"]
    if seen == sold.kind and not sold.named and ours.named and not ours.missing:
        raise UnrecognisedFileError(
            f"{place}: has columns as invoices have, but its name says that it is costs",
            f"choose one: {place.option(ours.kind)} or {place.option(sold.kind)}",
        ).asking(Ask(place.file, one.kind, "", sheet=place.sheet) for one in (ours, sold))


def _refuse_others(one: Reading, worded: Worded, about: Subject, place: Place) -> None:
    """Refuse rows of something else, whose columns are named as those of a kind are.

    Errors: UnrecognisedFileError; NoKindError where the name of the file says so.
    """
    key, refusal = one.matches.found.get("customer_id"), UnrecognisedFileError
    said = worded.meant.get(key.index) if key else None
    # Vendors have account numbers, too.
    ours = key and key.strength >= Strength.STRONG and not (said and "ledger" in said.any)
    if one.foreign is not None and not one.named:
        why = f"'{worded.headers[one.foreign]}' says that its rows are of something else"
    elif about.bars(one.kind) and not ours:
        why, refusal = (
            f"its name says that its rows are of something else ('{about.none}')",
            NoKindError,
        )
    else:
        return
    raise refusal(
        f"{place}: has columns as {one.kind} have, but {why}; its columns are"
        f" {header_names(worded.headers)}",
        f"if it is {one.kind} after all, name the kind: {place.option(one.kind)}",
    )
