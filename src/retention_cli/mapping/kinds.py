"""Which kind of export headers are of, and where that may be doubted."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import Ask, UnrecognisedFileError
from retention_cli.mapping.headers import Matches, Strength, folded, match_headers
from retention_cli.mapping.place import Place
from retention_cli.mapping.questions import only_rated
from retention_cli.mapping.refusing import header_names, missing_columns, unrecognised
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention_cli.records.base import Record

_OF_DAYS = lazy_pattern(r"(?<!up)(?<!candi)(?<!man)date(?!d)|datum|fecha|^data|data$")


def recognise(
    headers: Sequence[str],
    *,
    file: str,
    sheet: str | None = None,
    kinds: Sequence[str] | None = None,
    fits: Callable[[str, str, str], bool] | None = None,
) -> str:
    """Say which kind of export has these headers; `fits` whether cells may be of a column.

    Errors: UnrecognisedFileError, with the nearest kind and the columns it lacks, where no kind
        fits or two fit equally well.
    Example:
        >>> recognise(["Invoice No", "Invoice Date", "Net Amount"], file="a.csv")
        'invoices'
    """
    place = Place(file, sheet, fits)
    matches = {k: match_headers(headers, records.model(k)) for k in kinds or records.names()}
    ranked = sorted(matches, key=lambda k: (-matches[k].score, k))
    best = ranked[0]
    missing = missing_columns(records.model(best), matches[best].found, matches[best].rivals)
    top = [kind for kind in ranked if matches[kind].score == matches[best].score]
    whole = [
        k for k in top if not missing_columns(records.model(k), matches[k].found, matches[k].rivals)
    ]
    doubts = {kind: _doubt(headers, records.model(kind), matches[kind]) for kind in whole}
    sure = [kind for kind in whole if doubts[kind] is None]
    if not matches[best].score or not whole:
        raise unrecognised(headers, place, best, missing, matches[best])
    if sure == ["tickets"] and "surveys" in matches and only_rated(headers):
        return "surveys"
    if len(sure) == 1:
        return sure[0]
    if sure:
        raise UnrecognisedFileError(
            f"{place}: its columns fit {' and '.join(sure)} equally well",
            f"choose one: {_options(sure, place)}",
        ).asking(Ask(file, kind, "", sheet=sheet) for kind in sure)
    named = header_names(headers)
    others = _as_likely(whole[0], matches)
    if others:
        may_be = " or ".join([*others, whole[0]])
        raise UnrecognisedFileError(
            f"{place}: may be {may_be}: nothing in it is named as in one of them alone;"
            f" its columns are {named}",
            f"choose one: {_options([*others, whole[0]], place)}",
        ).asking(Ask(file, kind, "", sheet=sheet) for kind in (*others, whole[0]))
    raise UnrecognisedFileError(
        f"{place}: looks most like {whole[0]}, but {doubts[whole[0]]}; its columns are {named}",
        f"if it is, name the kind: {_options(whole, place)}",
    ).asking(Ask(file, kind, "", sheet=sheet) for kind in whole)


def kind_in_own_names(headers: Sequence[str], *, file: str, sheet: str | None = None) -> str | None:
    """Give the kind that a sheet or file is called, if all its columns have this project's names.

    None too where it lacks a column which that kind needs.
    Example:
        >>> kind_in_own_names(["invoice_date", "amount", "status"], file="invoices-2025.csv")
        'invoices'
        >>> kind_in_own_names(["invoice_date", "amount", "vendor"], file="invoices-2025.csv")
    """
    called = (sheet or PurePath(file).stem).casefold()
    named = [kind for kind in records.names() if kind.removesuffix("s") in called]
    if len(named) != 1:
        return None
    model = records.model(named[0])
    whole = not missing_columns(model, dict.fromkeys(headers), {})
    return named[0] if whole and model.model_fields.keys() >= {*headers} else None


def _options(kinds: Sequence[str], place: Place) -> str:
    return " or ".join(place.option(kind) for kind in kinds)


def _as_likely(best: str, matches: Mapping[str, Matches]) -> list[str]:
    """List the kinds that lack no column either, and have a name for as many headers or more."""
    headers = {match.index for match in matches[best].found.values()}
    return sorted(
        (
            kind
            for kind, one in matches.items()
            if kind != best
            and not missing_columns(records.model(kind), one.found, one.rivals)
            and headers <= {match.index for match in one.found.values()}
        ),
        key=lambda kind: -len(matches[kind].found),
    )


def refuse_mistaken(
    headers: Sequence[str], *, kind: str, file: str, told: Mapping[str, str]
) -> None:
    """Refuse a file that was given as one kind, and whose columns are surely those of another.

    Errors: UnrecognisedFileError, with the kind that they look like.
    """
    try:
        seen = recognise(headers, file=file)
    except UnrecognisedFileError:
        return
    model = records.model(kind)
    matches = match_headers(headers, model)
    missing = missing_columns(model, {**matches.found, **told}, matches.rivals)
    strange = _foreign(headers, model)
    if seen == kind or not (missing or strange):
        return
    why = f"'{strange}' is not a column of {kind}" if strange else f"none of them is {missing[0]}"
    raise UnrecognisedFileError(
        f"{file}: these columns look like {seen}, not {kind}: {why}",
        f"use {Place(file).option(seen)}; if it is {kind} after all, name the file and its kind under"
        " [[export]] in retention.toml",
    )


def _foreign(headers: Sequence[str], model: type[Record]) -> str | None:
    """Give a header that a kind is known not to have."""
    foreign = {folded(name) for name in model.foreign_headers}
    return next((header for header in headers if folded(header) in foreign), None)


def _day_of_others(headers: Sequence[str], model: type[Record], matches: Matches) -> str | None:
    """Give a header that speaks of days, where none is known as a day of the kind."""
    if {*matches.found, *matches.rivals} & {*model.dated_by}:
        return None
    return next((header for header in headers if _OF_DAYS.search(folded(header))), None)


def _doubt(headers: Sequence[str], model: type[Record], matches: Matches) -> str | None:
    """Say why a file with all columns of a kind may be something else; None where it may not."""
    strange = _foreign(headers, model)
    if strange is not None:
        return f"'{strange}' is a column of something else"
    if model.needs_its_day and (day := _day_of_others(headers, model, matches)) is not None:
        return f"'{day}' may be the day of something else"
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    telling = [m for name, m in matches.found.items() if name in (model.told_by or matches.found)]
    if len(needed) > 1 or matches.rivals or any(m.strength > Strength.WEAK for m in telling):
        return None
    return "no column name is theirs alone"
