"""What was decided about an export: its kind, where each column comes from, how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import (
    AmbiguousColumnError,
    DataRefusedError,
    UnknownNameError,
    UnrecognisedFileError,
    raise_together,
)
from retention_cli.mapping.gross import gross_header
from retention_cli.mapping.headers import Matches, Strength, folded, match_headers, places_of
from retention_cli.mapping.suggesting import likely_header, likely_preset
from retention_cli.reading.text import ROW
from retention_cli.records.invoices import TAX
from retention_cli.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import ExportRule, Recipe


_NUMBERED = 3

KEPT = "kept as it is"
"""What is said of a column that is none of ours."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What was decided about one column, and why; `retention check` prints it.

    Shape: `proofs` counts the cells that read only so, `against` those that read only otherwise,
        None where cells decide nothing; `example` is one of them.
    """

    source: str
    column: str
    format: str | None
    because: str
    proofs: int | None = None
    against: int | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the canonical columns of a file come from, before any cell was looked at.

    Shape: `sources` gives the place of each column's header, or the recipe that makes it;
        `aliases` the folded header it was matched by; `others` the headers kept for `--by`;
        `reasons` why a column is taken, where it is not for its header.
    """

    kind: str
    model: type[Record]
    sources: Mapping[str, int | Recipe]
    aliases: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where headers stand: in messages, and as it is typed in options and settings."""

    file: str
    sheet: str | None = None

    def __str__(self) -> str:
        return f"{self.file} sheet '{self.sheet}'" if self.sheet else self.file

    def option(self, kind: str) -> str:
        """Write what says on the command line that it is of a kind."""
        return f"--{kind} {self.file}" + (f" --sheet {quoted(self.sheet)}" if self.sheet else "")

    def rule(self, kind: str, column: str, header: str) -> tuple[str, ...]:
        """Write the rule of the settings that says which header of it a column has."""
        return (
            "[[export]]",
            f"file = {quoted(self.file)}",
            *([f"sheet = {quoted(self.sheet)}"] if self.sheet else []),
            f"kind = {quoted(kind)}",
            "[export.columns]",
            f"{column} = {quoted(header)}",
        )


def recognise(
    headers: Sequence[str],
    *,
    file: str,
    sheet: str | None = None,
    kinds: Sequence[str] | None = None,
) -> str:
    """Say which kind of export has these headers.

    Errors: UnrecognisedFileError, with the nearest kind and the columns it lacks, where no kind
        fits or two fit equally well.
    Example:
        >>> recognise(["Invoice No", "Invoice Date", "Net Amount"], file="a.csv")
        'invoices'
    """
    place = Place(file, sheet)
    matches = {k: match_headers(headers, records.model(k)) for k in kinds or records.names()}
    ranked = sorted(matches, key=lambda k: (-matches[k].score, k))
    best = ranked[0]
    missing = _missing(records.model(best), matches[best].found, matches[best].rivals)
    top = [kind for kind in ranked if matches[kind].score == matches[best].score]
    whole = [k for k in top if not _missing(records.model(k), matches[k].found, matches[k].rivals)]
    doubts = {kind: _doubt(headers, records.model(kind), matches[kind]) for kind in whole}
    sure = [kind for kind in whole if doubts[kind] is None]
    if not matches[best].score or not whole:
        raise _unrecognised(headers, place, best, missing, matches[best])
    if len(sure) == 1:
        return sure[0]
    either = " or ".join(place.option(kind) for kind in sure or whole)
    if sure:
        raise UnrecognisedFileError(
            f"{place}: its columns fit {' and '.join(sure)} equally well",
            f"say which it is: {either}",
        )
    raise UnrecognisedFileError(
        f"{place}: looks most like {whole[0]}, but {doubts[whole[0]]};"
        f" its columns are {_named(headers)}",
        f"if it is that all the same, say so: {either}",
    )


def refuse_mistaken(headers: Sequence[str], *, kind: str, file: str) -> None:
    """Refuse a file that was given as one kind, and whose columns are surely those of another.

    Errors: UnrecognisedFileError, with the kind that they look like.
    """
    try:
        seen = recognise(headers, file=file)
    except UnrecognisedFileError:
        return
    model = records.model(kind)
    matches = match_headers(headers, model)
    missing = _missing(model, matches.found, matches.rivals)
    strange = _foreign(headers, model)
    if seen == kind or not (missing or strange):
        return
    why = f"'{strange}' is no column of {kind}" if strange else f"none of them is {missing[0]}"
    raise UnrecognisedFileError(
        f"{file}: these columns look like {seen}, not {kind}: {why}",
        f"say --{seen} {file}; if it is {kind} all the same, name the file and its kind under"
        " [[export]] in retention.toml",
    )


def _foreign(headers: Sequence[str], model: type[Record]) -> str | None:
    """Give a header that a kind is known not to have."""
    foreign = {folded(name) for name in model.foreign_headers}
    return next((header for header in headers if folded(header) in foreign), None)


def _doubt(headers: Sequence[str], model: type[Record], matches: Matches) -> str | None:
    """Say why a file with all columns of a kind may be something else; None where it may not."""
    strange = _foreign(headers, model)
    if strange is not None:
        return f"'{strange}' is a column of something else"
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    telling = [m for name, m in matches.found.items() if name in (model.told_by or matches.found)]
    if len(needed) > 1 or matches.rivals or any(m.strength > Strength.WEAK for m in telling):
        return None
    return "nothing in it is named as only they are"


def lay_out(  # noqa: PLR0913  # where headers stand, and who may say what they are
    headers: Sequence[str],
    *,
    kind: str,
    file: str,
    sheet: str | None = None,
    rule: ExportRule | None = None,
    preset: Applied | None = None,
) -> Layout:
    """Find the canonical columns of a kind in the headers of a file.

    A preset knows what its system exports: no other column is then taken for its header.
    Errors: UnrecognisedFileError for a column that the kind cannot do without;
        AmbiguousColumnError where two headers name one column equally well; UnknownNameError
        for a header of the settings that the file does not have.
    """
    place = Place(file, sheet)
    model = records.model(kind)
    matches = Matches() if preset else match_headers(headers, model)
    told = rule.columns if rule else {}
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
    refuse_rivals(headers, rivals, kind, place)
    missing = _missing(model, {**sources, **constants}, {})
    if missing:
        raise _unrecognised(headers, place, kind, missing, matches)
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
    )


def _told_sources(
    headers: Sequence[str], told: Mapping[str, str | Recipe], file: str
) -> dict[str, int | Recipe]:
    """Find what the settings name; a header that they give away is nothing else by its name."""
    found: dict[str, int | Recipe] = {}
    for column, source in told.items():
        named = (source,) if isinstance(source, str) else recipe_headers(source)
        places = [place_of(headers, header, file) for header in named]
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
    several = (*recipe.multiply, *recipe.subtract, *recipe.first, *recipe.join)
    return (recipe.from_,) if recipe.from_ else several


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


def _missing(
    model: type[Record], found: Mapping[str, object], rivals: Mapping[str, object]
) -> list[str]:
    here = {*found, *rivals}
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    missing = [name for name in needed if name not in here]
    if model.needs_one_of and not here & set(model.needs_one_of):
        missing.append(" or ".join(model.needs_one_of[:2]))
    return missing


def refuse_rivals(
    headers: Sequence[str],
    rivals: Mapping[str, tuple[int, ...]],
    kind: str,
    place: Place,
) -> None:
    """Refuse where a figure could rest on either column; names and comments can do without.

    Errors: AmbiguousColumnError with what to write into the settings, for each such column.
    """
    refusals = []
    for column, places in rivals.items():
        if column in records.model(kind).figures_rest_on:
            _refuse_twins(headers, places, column, place)
            named = " and ".join(f"'{headers[at]}'" for at in places)
            refusals.append(
                AmbiguousColumnError(
                    str(place),
                    column,
                    f"{named} could each be it",
                    "say which in retention.toml:",
                    snippet=place.rule(kind, column, headers[places[0]]),
                )
            )
    raise_together(refusals)


def _refuse_twins(
    headers: Sequence[str], places: tuple[int, ...], column: str, place: Place
) -> None:
    """Refuse headers that are the same to the letter: nothing but the file can tell them apart."""
    if len({headers[at] for at in places}) == 1:
        numbers = " and ".join(str(at + 1) for at in places)
        raise AmbiguousColumnError(
            str(place),
            column,
            f"columns {numbers} are both named '{headers[places[0]]}'",
            "rename the one that is not it in the export",
        )


def _others(headers: Sequence[str], taken: set[int], model: type[Record]) -> dict[str, int]:
    others: dict[str, int] = {}
    ours = {*model.model_fields, ROW, "_file", TAX}
    for place, header in enumerate(headers):
        if place not in taken and header and header not in ours:
            others.setdefault(header, place)
    return others


def _named(headers: Sequence[str]) -> str:
    """List the names of a header row, and say where there are none."""
    unnamed = [str(place) for place, header in enumerate(headers, start=1) if not header]
    named = ", ".join(f"'{header}'" for header in headers if header) or "none"
    if not unnamed:
        return named
    if len(unnamed) > _NUMBERED:
        return f"{named}, and {len(unnamed)} without a name"
    return f"{named}, and {' and '.join(unnamed)} without a name"


def _unrecognised(
    headers: Sequence[str], place: Place, kind: str, missing: list[str], matches: Matches
) -> DataRefusedError:
    named, likely = _named(headers), likely_preset(headers)
    looks = f"; {likely}" if likely else ""
    if not matches.score:
        return UnrecognisedFileError(
            f"{place}: no kind of export has its columns: {named}{looks}",
            f"kinds are {', '.join(records.names())}; is it the right file, or the right"
            " delimiter?",
        )
    lacks = f"{place}: looks most like {kind}, but has no column for {', '.join(missing)}"
    gross = gross_header(headers) if kind == "invoices" and "amount" in missing else None
    if gross is not None:
        return UnrecognisedFileError(
            f"{lacks}, which is net of sales tax; its columns are {named}{looks}",
            f"if '{gross}' is the amount, with tax in it, say so and what the tax is in"
            " retention.toml:",
            snippet=('tax = "included 19%"', *place.rule(kind, "amount", gross)),
        )
    # Of several that would do, the first is asked for.
    first = missing[0].partition(" or ")[0] if missing else "…"
    taken = {match.index for match in matches.found.values()}
    free = [header for at, header in enumerate(headers) if header and at not in taken]
    meant = likely_header(free, records.model(kind), first)
    return UnrecognisedFileError(
        f"{lacks}; its columns are {named}{looks}",
        f"did you mean '{meant}'? say so in retention.toml:"
        if meant
        else "if one of them is it, say so in retention.toml:",
        snippet=place.rule(kind, first, meant or "…"),
    )
