"""Raw text to canonical text: one decision per column from all its cells, then rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, RetentionError
from retention_cli.mapping.dates import DateDecision, rewrite_dates
from retention_cli.mapping.durations import (
    DurationDecision,
    DurationUnit,
    rewrite_clock_hours,
    rewrite_durations,
)
from retention_cli.mapping.evidence import Source, decided
from retention_cli.mapping.ids import float_notes, without_decimals
from retention_cli.mapping.numbers import NumberDecision, currency_of, rewrite_numbers
from retention_cli.mapping.passed_over import passed_over
from retention_cli.mapping.plan import KEPT, ColumnPlan, Layout, place_of, recipe_headers
from retention_cli.mapping.recipes import from_minor_units, multiplied, subtracted
from retention_cli.mapping.words import known_words, rewrite_words
from retention_cli.mapping.zones import marked_gaps, offset_notes, offsets_in, twice_notes
from retention_cli.reading.text import ROW, WHITE_SPACE, Remark, TextBatch
from retention_cli.records.base import (
    CODE,
    DURATION,
    HOURS,
    IDENTITY,
    INSTANT,
    UnsettledError,
    form_of,
)
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic.fields import FieldInfo

    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule, Settings

BATCH_ROWS = 1 << 17

_PADDED = rf"\A[{WHITE_SPACE}]|[{WHITE_SPACE}]\z"
_MINOR_UNITS = ("cents", "cent", "pence", "rappen")


@dataclass(frozen=True, slots=True)
class Canonical:
    """An export in canonical names and text.

    Shape: `batches` have the columns of the kind that the file has, then its other columns;
        `plans` says what was decided of each; `assumed` what the file does not prove;
        `remarks` what was left aside or rewritten.
    """

    layout: Layout
    batches: list[TextBatch]
    plans: tuple[ColumnPlan, ...]
    assumed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def canonical(
    sheet: TextSheet, layout: Layout, *, settings: Settings, rule: ExportRule | None = None
) -> Canonical:
    """Decide how each column of a sheet is written, and rewrite all of it.

    Errors: AmbiguousColumnError where the cells of a column allow two readings, or prove both.
    """
    sources = decided(list(_sources(sheet, layout)), file=sheet.name, settings=settings)
    by_column: dict[str, list[Source]] = {}
    for source in sources:
        by_column.setdefault(source.column, []).append(source)
    text: dict[str, Any] = {}
    for column, found in by_column.items():
        told = rule.values.get(column, {}) if rule else {}
        text[column] = _rewritten(column, found, layout, settings, told)
    for column, value in layout.constants.items():
        text[column] = _repeated(_constant(column, value, layout, rule), sheet)
    assumed = _fill_currency(text, by_column, layout, sheet, settings)
    headers = {column: found[0].header for column, found in by_column.items()}
    rates = {name: str(rate) for name, rate in settings.people.items()}
    priced = layout.model.priced(text, rates)
    try:
        settled = layout.model.settle(priced, headers, layout.constants)
    except UnsettledError as error:
        raise AmbiguousColumnError(sheet.name, error.column, error.readings, error.hint) from None
    others = {name: _tidy(sheet.column(place)) for name, place in layout.others.items()}
    return Canonical(
        layout,
        list(_batches({**settled.columns, **others}, sheet)),
        tuple(_plans(sources, layout)),
        (*assumed, *settled.assumed, *_zone_assumed(sources, settings)),
        (*passed_over(sheet, layout), *_rewriting_notes(text, sources, settings)),
    )


def _sources(sheet: TextSheet, layout: Layout) -> Iterator[Source]:
    for column, source in layout.sources.items():
        form = form_of(layout.model.model_fields[column])
        if isinstance(source, Recipe):
            headers = recipe_headers(source)
            places = [place_of(sheet.headers, header, sheet.name) for header in headers]
        else:
            places = [source]
        unit = source.unit if isinstance(source, Recipe) and form == DURATION else None
        if unit is not None and unit not in list(DurationUnit):
            raise RetentionError(
                f"{column}: '{unit}' is not a unit of time", f"units are {', '.join(DurationUnit)}"
            )
        for place in places:
            cells = _tidy(sheet.column(place))
            typed = sheet.typed(place)
            yield Source(column, sheet.headers[place], cells, form, unit=unit, typed=typed)


def _tidy(cells: Any) -> Any:
    """Trim a column where any cell needs it; what is blank then is null."""
    if pc.any(pc.match_substring_regex(cells, _PADDED)).as_py():
        cells = pc.utf8_trim(cells, WHITE_SPACE)
    if pc.any(pc.equal(cells, "")).as_py():
        cells = pc.if_else(pc.equal(cells, ""), None, cells)
    return cells


def _rewritten(
    column: str,
    sources: Sequence[Source],
    layout: Layout,
    settings: Settings,
    told: Mapping[str, str],
) -> Any:
    cells = [_as_decided(source, settings) for source in sources]
    recipe = layout.sources[column]
    info = layout.model.model_fields[column]
    form = form_of(info)
    cooks = isinstance(recipe, Recipe) and form != DURATION
    made = _cooked(recipe, cells, column) if isinstance(recipe, Recipe) and cooks else cells[0]
    if form == IDENTITY:
        made = without_decimals(made)
    if form == IDENTITY and not pc.all(pc.string_is_ascii(made)).as_py():
        made = pc.utf8_normalize(made, "NFC")
    return _in_our_words(made, info, layout.aliases.get(column, ""), told)


def _in_our_words(text: Any, info: FieldInfo, alias: str, told: Mapping[str, str]) -> Any:
    if form_of(info) == CODE:
        text = pc.utf8_upper(text)
    words = known_words(info, alias, told)
    return rewrite_words(text, words) if words else text


def _constant(column: str, value: str, layout: Layout, rule: ExportRule | None) -> str:
    told = rule.values.get(column, {}) if rule else {}
    info = layout.model.model_fields[column]
    made: str = _in_our_words(pa.array([value.strip(WHITE_SPACE)]), info, "", told)[0].as_py()
    return made


def _as_decided(source: Source, settings: Settings) -> Any:
    decision = source.decision
    if isinstance(decision, DateDecision):
        zone, moments = settings.time_zone, source.form == INSTANT
        dates = rewrite_dates(source.cells, decision.order, zone=zone, keep_time=moments)
        return marked_gaps(dates, zone) if moments and zone else dates
    if isinstance(decision, DurationDecision):
        return rewrite_durations(source.cells, decision.unit)
    if isinstance(decision, NumberDecision):
        numbers = rewrite_numbers(source.cells, decision.mark)
        if source.typed is not None:
            numbers = pc.if_else(source.typed, source.cells, numbers)
        return rewrite_clock_hours(numbers) if source.form == HOURS else numbers
    return source.cells


def _cooked(recipe: Recipe, cells: Sequence[Any], column: str) -> Any:
    if recipe.multiply:
        return multiplied(cells)
    if recipe.subtract:
        return subtracted(cells)
    if recipe.unit in _MINOR_UNITS:
        return from_minor_units(cells[0])
    raise RetentionError(
        f"{column}: '{recipe.unit}' is not a unit it can be written in",
        f"units of money are {', '.join(_MINOR_UNITS)}",
    )


def _zone_assumed(sources: Sequence[Source], settings: Settings) -> list[str]:
    zone = settings.time_zone
    moments = (source for source in sources if source.form == INSTANT)
    if zone and any("" in offsets_in(source.cells) for source in moments):
        return [f"times without an offset are taken as those of {zone}"]
    return []


def _rewriting_notes(
    text: Mapping[str, Any], sources: Sequence[Source], settings: Settings
) -> Iterator[Remark]:
    """Say what cells became that were not written as one would think."""
    zone = settings.time_zone
    moments = [source for source in sources if source.form == INSTANT]
    yield from offset_notes([source.cells for source in moments], zone)
    for source in moments if zone else ():
        yield from twice_notes(text[source.column], str(zone), source.header)
    for source in sources:
        if source.form == IDENTITY:
            yield from float_notes(source.cells, source.header)


def _repeated(value: str, sheet: TextSheet) -> pa.ChunkedArray:
    return pa.chunked_array(
        [pa.repeat(pa.scalar(value), len(batch.rows)) for batch in sheet.batches], pa.string()
    )


def _fill_currency(
    text: dict[str, Any],
    sources: Mapping[str, Sequence[Source]],
    layout: Layout,
    sheet: TextSheet,
    settings: Settings,
) -> list[str]:
    """Take the currency from the amounts or the settings where the file has no column for it."""
    if "currency" not in layout.model.model_fields or "currency" in text:
        return []
    for amounts in sources.get("amount", ()):
        found = currency_of(amounts.cells)
        if found is not None:
            known = pc.fill_null(found, settings.currency) if settings.currency else found
            text["currency"] = known
            return [f"currencies are taken from '{amounts.header}'"]
    if settings.currency is None:
        return []
    text["currency"] = _repeated(settings.currency, sheet)
    return [f"amounts are taken as {settings.currency}, by the settings"]


def _batches(columns: Mapping[str, Any], sheet: TextSheet) -> Iterator[TextBatch]:
    table = pa.table({**columns, ROW: sheet.numbers})
    for batch in table.to_batches(max_chunksize=BATCH_ROWS) or _no_rows(table):
        rows = batch.column(ROW)
        yield TextBatch(batch.drop_columns([ROW]), rows)


def _no_rows(table: pa.Table) -> list[pa.RecordBatch]:
    """Keep the columns of a file that has only its header."""
    empty = [pa.array([], column.type) for column in table.columns]
    return [pa.RecordBatch.from_arrays(empty, names=table.column_names)]


def _plans(sources: Sequence[Source], layout: Layout) -> Iterator[ColumnPlan]:
    for source in sources:
        written, because = None, "by its header"
        if isinstance(source.decision, DateDecision):
            written = source.decision.order or "ymd"
            because = source.decision.because
        elif isinstance(source.decision, DurationDecision):
            written, because = source.decision.unit, source.decision.because
        elif isinstance(source.decision, NumberDecision):
            plain = "numbers" if source.is_typed else "whole"
            written = f"decimal {source.decision.mark}" if source.decision.mark else plain
            because = source.decision.because
        yield ColumnPlan(source.header, source.column, written, because)
    for column, value in layout.constants.items():
        yield ColumnPlan(f'"{value}"', column, None, "by the settings")
    for header in layout.others:
        yield ColumnPlan(header, header, None, KEPT)
