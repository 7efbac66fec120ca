"""What was decided about an export: its kind, where each column comes from, how it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import AmbiguousColumnError, UnknownNameError
from retention_cli.frames.columns import CLOCK, FILE, ROW, TAX
from retention_cli.mapping.asking import Question
from retention_cli.mapping.by_cells import Weighed, weighed
from retention_cli.mapping.header_zones import without_zone
from retention_cli.mapping.headers import (
    Strength,
    best_of,
    candidates,
    folded,
    match_headers,
    places_of,
)
from retention_cli.mapping.joined_parts import parts_joined
from retention_cli.mapping.layout import Layout
from retention_cli.mapping.place import Place
from retention_cli.mapping.proposing import as_value
from retention_cli.mapping.refusing import lacking, missing_columns, refuse_changed
from retention_cli.mapping.rivals import refuse_rivals
from retention_cli.mapping.words.counted import counted
from retention_cli.mapping.words.naming import Worded
from retention_cli.records.stamps import offset_column
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from retention_cli.errors import Ask, DataRefusedError
    from retention_cli.mapping.headers import Matches
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import ExportRule, Recipe


def lay_out(  # noqa: PLR0913  # where headers stand, and who may say what they are
    headers: Sequence[str],
    *,
    kind: str,
    file: str,
    sheet: str | None = None,
    rule: ExportRule | None = None,
    preset: Applied | None = None,
    priced: bool = False,
    cells: Callable[[int], Any] | None = None,
) -> Layout:
    """Find the canonical columns of a kind in the headers of a file.

    A preset knows what its system exports: no other column is then taken for its header. `cells`
    gives the cells of a column: a name decides nothing against them. What a rule says of one column
    settles nothing of another; `priced` says that the settings have the rates of people.
    Errors: UnrecognisedFileError for a column that the kind cannot do without;
        AmbiguousColumnError where two headers name one column equally well; UnknownNameError
        for a header of the settings that the file does not have.
    """
    worded = Worded.of(headers, cells) if cells is not None else None
    place = Place(file, sheet, worded.fits if worded else None)
    by_words = worded if preset is None else None
    model = records.model(kind)
    told, constants = _told(rule, model, kind)
    said = {**told, **constants}
    if preset is None:
        refuse_changed(headers, kind, place, said)
    found = Weighed({} if preset else candidates(headers, model))
    if cells is not None:
        found = weighed(found.candidates, headers, model, told=told, cells=cells, flags=not preset)
    named = by_words.candidates(found.candidates, kind) if by_words else found.candidates
    matches = best_of(named)
    sources = _sources(headers, matches, told, str(place), constants)
    here = {**sources, **constants}
    rivals = {column: at for column, at in matches.rivals.items() if column not in here}
    answered = {*said, *(rule.values if rule else ())}
    question = Question(by_words, kind, place, here, rivals, named, answered) if by_words else None
    if question:
        question.ask(priced=priced)
    asks = question.open() if question else ()
    settled = rule.leave_out if rule else {}
    refuse_rivals(headers, rivals, kind, place, asks)
    if missing := missing_columns(model, here, {}):
        raise _with_more(lacking(headers, place, kind, missing, matches), asks)
    return Layout(
        kind=kind,
        model=model,
        sources=sources,
        aliases=_aliases(headers, matches, sources),
        constants=constants,
        others=_others(headers, sources, model),
        rivals=rivals,
        reasons=preset.reasons if preset else {},
        of_preset=preset is not None,
        proven=(*found.said, *_notes(question, worded, kind, sources, preset, settled)),
        asks=asks,
        words=_by_words(matches, sources),
    )


def _notes(
    question: Question | None,
    worded: Worded | None,
    kind: str,
    sources: Mapping[str, int | Recipe],
    preset: Applied | None,
    settled: Collection[str],
) -> Iterable[str]:
    """Say what is open of a file; of one that a preset reads, only which rows count that it leaves in.

    Columns of which `leave_out` speaks are settled.
    """
    if worded is not None and settled:
        meant = {at: one for at, one in worded.meant.items() if worded.headers[at] not in settled}
        worded = replace(worded, meant=meant)
    if question and worded:
        return question._replace(worded=worded).notes()
    if worded is None or preset is None or kind == "invoices":
        return ()
    rules = (condition for skip in preset.feed.skip for condition in skip.when)
    known = {folded(name) for condition in rules for name in condition.column}
    headers = worded.headers
    open_ = {at: said for at, said in worded.meant.items() if folded(headers[at]) not in known}
    return (
        *_named_too(worded, kind, sources),
        *counted(replace(worded, meant=open_), kind, sources),
    )


def _named_too(worded: Worded, kind: str, sources: Mapping[str, int | Recipe]) -> Iterator[str]:
    """Say which columns go by a known name though the preset of a file does not have them."""
    model = records.model(kind)
    twins = {model.in_place_of.get(column) for column in sources}
    headers = [*map(without_zone, worded.headers)]
    for column, match in match_headers(headers, model).found.items():
        lacks = column in model.figures_rest_on and column not in {*sources, *twins}
        free = match.index in worded.meant and match.index not in sources.values()
        if lacks and free and match.strength > Strength.WEAK and worded.samples.filled(match.index):
            header = worded.headers[match.index]
            yield f"'{header}' is not read; if it is {column}, add --map {column}={as_value(header)}"


def _told(
    rule: ExportRule | None, model: type[Record], kind: str
) -> tuple[Mapping[str, str | Recipe], dict[str, str]]:
    """Give where the settings find columns, and what they say of those that no header has.

    Errors: UnknownNameError for a column that the kind does not have.
    """
    if rule is None:
        return {}, {}
    for column in (*rule.columns, *rule.constants):
        if column not in model.model_fields:
            raise UnknownNameError("column", column, model.model_fields, where=f"{kind}: ")
    return rule.columns, {c: v for c, v in rule.constants.items() if c not in rule.columns}


def _with_more(error: DataRefusedError, asks: Sequence[Ask]) -> DataRefusedError:
    """Add to lines to paste whose the rows are, as its owner may say too."""
    whose = [one for one in asks if one.column == "customer_id" and one.proposed]
    if error.snippet and whose:
        error.snippet += tuple(f"{one.column} = {quoted(str(one.proposed))}" for one in whose)
        error.asks += tuple(whose)
    return error


def _sources(
    headers: Sequence[str],
    matches: Matches,
    told: Mapping[str, str | Recipe],
    file: str,
    constants: Mapping[str, str],
) -> dict[str, int | Recipe]:
    """Find where each column comes from: as the settings say, else by the header that names it."""
    chosen = _told_sources(headers, told, file)
    given = {at for at in chosen.values() if isinstance(at, int)}
    named = {
        column: match.index
        for column, match in matches.found.items()
        if column not in told and column not in constants and match.index not in given
    }
    return {**named, **chosen}


def _aliases(
    headers: Sequence[str], matches: Matches, sources: Mapping[str, int | Recipe]
) -> dict[str, str]:
    """Give the name by which each column was found, folded."""
    return {
        column: matches.found[column].alias
        if column in matches.found and matches.found[column].index == place
        else folded(headers[place])
        for column, place in sources.items()
        if isinstance(place, int)
    }


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
    return (*((recipe.from_,) if recipe.from_ else several), *(recipe.less or ()))


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


def _by_words(matches: Matches, sources: Mapping[str, int | Recipe]) -> tuple[str, ...]:
    return tuple(
        column
        for column, match in matches.found.items()
        if match.by_words and sources.get(column) == match.index
    )


def _others(
    headers: Sequence[str], sources: Mapping[str, int | Recipe], model: type[Record]
) -> dict[str, int]:
    others: dict[str, int] = {}
    taken = {at for at in sources.values() if isinstance(at, int)}
    hidden = {ROW, FILE, TAX, CLOCK, *map(offset_column, model.model_fields)}
    ours = {*model.model_fields, *hidden}
    if parts_joined(tuple(headers)):
        ours.add(headers[-1])
    for place, header in enumerate(headers):
        if place not in taken and header and header not in ours:
            others.setdefault(header, place)
    return others
