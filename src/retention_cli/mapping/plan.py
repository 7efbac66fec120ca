"""What was decided about an export: its kind, where each column comes from, how it is written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import (
    AmbiguousColumnError,
    Ask,
    UnknownNameError,
    UnrecognisedFileError,
)
from retention_cli.frames.columns import CLOCK, FILE, ROW, TAX
from retention_cli.mapping.asking import Question
from retention_cli.mapping.by_cells import Weighed, weighed
from retention_cli.mapping.headers import (
    Matches,
    Strength,
    best_of,
    candidates,
    folded,
    match_headers,
    places_of,
)
from retention_cli.mapping.layout import Layout
from retention_cli.mapping.questions import only_rated
from retention_cli.mapping.refusing import (
    Place,
    header_names,
    lacking,
    missing_columns,
    refuse_changed,
    refuse_rivals,
    unrecognised,
)
from retention_cli.mapping.words.naming import Worded
from retention_cli.records.stamps import offset_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import ExportRule, Recipe


_OF_DAYS = re.compile(r"(?<!up)(?<!candi)(?<!man)date(?!d)|datum|fecha|^data|data$")


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
        f"say --{seen} {file}; if it is {kind} after all, name the file and its kind under"
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


def lay_out(  # noqa: PLR0913  # where headers stand, and who may say what they are
    headers: Sequence[str],
    *,
    kind: str,
    file: str,
    sheet: str | None = None,
    rule: ExportRule | None = None,
    preset: Applied | None = None,
    settled: bool | None = None,
    cells: Callable[[int], Any] | None = None,
) -> Layout:
    """Find the canonical columns of a kind in the headers of a file.

    A preset knows what its system exports: no other column is then taken for its header. `cells`
    gives the cells of a column: a name decides nothing against them. Where the settings have the
    rule, or `settled` says so, what the file can do without is not asked for.
    Errors: UnrecognisedFileError for a column that the kind cannot do without;
        AmbiguousColumnError where two headers name one column equally well; UnknownNameError
        for a header of the settings that the file does not have.
    """
    worded = Worded.of(headers, cells) if cells is not None else None
    place = Place(file, sheet, worded.fits if worded else None)
    if preset is None and not (rule and rule.columns):
        refuse_changed(headers, kind, place)
    model = records.model(kind)
    told = rule.columns if rule else {}
    found = Weighed({} if preset else candidates(headers, model))
    if cells is not None:
        found = weighed(found.candidates, headers, model=model, told=told, cells=cells)
    if worded is not None and preset is None:
        found = replace(found, candidates=worded.candidates(found.candidates, kind))
    matches = best_of(found.candidates)
    for column in (*told, *(rule.constants if rule else {})):
        if column not in model.model_fields:
            raise UnknownNameError("column", column, model.model_fields, where=f"{kind}: ")
    chosen = _told_sources(headers, told, str(place))
    given = {at for at in chosen.values() if isinstance(at, int)}
    sources: dict[str, int | Recipe] = {
        column: match.index
        for column, match in matches.found.items()
        if column not in told and match.index not in given
    }
    sources |= chosen
    constants = {c: v for c, v in (rule.constants if rule else {}).items() if c not in told}
    for column in constants:
        sources.pop(column, None)
    rivals = {c: p for c, p in matches.rivals.items() if c not in sources and c not in constants}
    asks: tuple[Ask, ...] = ()
    said = found.said
    if worded is not None and preset is None:
        here = {**sources, **constants}
        question = Question(worded, kind, place, here, rivals, found.candidates, told)
        question.ask(settled=rule is not None if settled is None else settled)
        asks, said = question.open(), (*said, *question.notes())
    refuse_rivals(headers, rivals, kind, place, asks)
    missing = missing_columns(model, {**sources, **constants}, {})
    if missing:
        raise lacking(headers, place, kind, missing, matches)
    taken = {at for at in sources.values() if isinstance(at, int)}
    return Layout(
        kind=kind,
        model=model,
        sources=sources,
        aliases={
            column: matches.found[column].alias
            if column in matches.found and matches.found[column].index == place
            else folded(headers[place])
            for column, place in sources.items()
            if isinstance(place, int)
        },
        constants=constants,
        others=_others(headers, taken, model),
        rivals=rivals,
        reasons=preset.reasons if preset else {},
        proven=said,
        asks=asks,
        words=tuple(
            column
            for column, match in matches.found.items()
            if match.by_words and sources.get(column) == match.index
        ),
    )


def _told_sources(
    headers: Sequence[str], told: Mapping[str, str | Recipe], file: str
) -> dict[str, int | Recipe]:
    """Find what the settings name; a header that they give away is nothing else by its name."""
    found: dict[str, int | Recipe] = {}
    for column, source in told.items():
        named = [source] if isinstance(source, str) else [*recipe_headers(source), source.once_per]
        places = [place_of(headers, header, file) for header in named if header]
        found[column] = places[0] if isinstance(source, str) else source
    return found


def used_columns(layout: Layout, sheet: TextSheet) -> dict[int, str]:
    """Give the places of all headers that figures may rest on, each with its canonical column."""
    used: dict[int, str] = {}
    for column, source in layout.sources.items():
        if isinstance(source, int):
            used[source] = column
        else:
            for header in recipe_headers(source):
                used.setdefault(place_of(sheet.headers, header, sheet.name), column)
    return used


def recipe_headers(recipe: Recipe) -> tuple[str, ...]:
    """List the headers that a recipe makes its column of."""
    parts = (part for _, part in recipe.parts if isinstance(part, str))
    named = (*recipe.multiply, *recipe.subtract, *recipe.first, *recipe.join, *recipe.charged)
    several = (*named, *parts)
    return (*((recipe.from_,) if recipe.from_ else several), *recipe.less)


def place_of(headers: Sequence[str], header: str, file: str) -> int:
    """Find a header that the settings name.

    Errors: UnknownNameError where the file does not have it; AmbiguousColumnError where it has
        it more than once.
    """
    places = places_of(headers, header)
    if not places:
        raise UnknownNameError("column", header, headers, where=f"{file}: ")
    if len(places) > 1:
        raise AmbiguousColumnError(
            file, header, f"stands {len(places)} times in the header", "rename one of them"
        )
    return places[0]


def _others(headers: Sequence[str], taken: set[int], model: type[Record]) -> dict[str, int]:
    others: dict[str, int] = {}
    hidden = {ROW, FILE, TAX, CLOCK, *map(offset_column, model.model_fields)}
    ours = {*model.model_fields, *hidden}
    for place, header in enumerate(headers):
        if place not in taken and header and header not in ours:
            others.setdefault(header, place)
    return others
