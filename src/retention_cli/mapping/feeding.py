"""Columns of a file that feed ours: blank where they say nothing, with dates that can be read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, Choice, RetentionError, raise_together
from retention_cli.mapping.amounts.units import recipe_with_unit, unit_in, unit_of_title
from retention_cli.mapping.cells.cells import Cells, may_be_padded
from retention_cli.mapping.cells.centuries import with_centuries, year_place
from retention_cli.mapping.cells.counted_days import (
    EXCEL_DAYS,
    counted_since_1970,
    excel_days,
    since_1970,
)
from retention_cli.mapping.cells.dittos import without_dittos
from retention_cli.mapping.cells.durations import DurationUnit, days_said
from retention_cli.mapping.cells.exchanged import (
    Exchange,
    exchange_in,
    exchanged_back,
    may_be_exchanged,
)
from retention_cli.mapping.cells.nobodies import without_nobodies
from retention_cli.mapping.cells.placeholders import without_told, without_words
from retention_cli.mapping.cells.sentinels import without_sentinels
from retention_cli.mapping.evidence import Source
from retention_cli.mapping.money.letters import without_letters
from retention_cli.mapping.month_columns import of_months, with_first_days
from retention_cli.mapping.place import Place
from retention_cli.mapping.plan import place_of, recipe_headers
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import DAY, DURATION, HOURS, INSTANT, NUMBER, form_of
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Form
    from retention_cli.settings import ExportRule, Settings

_PADDED = rf"\A[{WHITE_SPACE}]|[{WHITE_SPACE}]\z"
_IN_MONEY = ("amount", "cost", "rate")
_SIGNED_BY_LETTERS = ("amount", "cost")
_DATES, _SPANS = (DAY, INSTANT), (DURATION, HOURS)


def sources_of(
    sheet: TextSheet, layout: Layout, *, settings: Settings, rule: ExportRule | None
) -> list[Source]:
    """Give the columns of a file that ours are made of.

    Errors: AmbiguousColumnError for years of two digits that may stand first or last, and for
        dates that a spreadsheet has most likely exchanged; RetentionError for an unknown unit.
    """
    found = [_counted(source, settings) for source in _sources(sheet, layout, settings, rule)]
    found = _in_four_digits(found, sheet, settings, rule)
    return _in_their_places(found, layout.kind, sheet, rule)


def _sources(
    sheet: TextSheet, layout: Layout, settings: Settings, rule: ExportRule | None
) -> Iterator[Source]:
    for column, source in layout.sources.items():
        if column in _IN_MONEY and isinstance(source, int) and not layout.knows(column):
            _refuse_unit(column, layout.kind, sheet, sheet.headers[source])
        form = form_of(layout.model.model_fields[column])
        recipe = source if isinstance(source, Recipe) else None
        headers = recipe_headers(recipe) if recipe else ()
        places = [place_of(sheet.headers, header, sheet.name) for header in headers]
        if isinstance(source, int):
            places = [source]
        for place in places:
            held, cells, said = _with_what_is_meant(column, place, sheet, layout, rule)
            if form == DURATION and settings.working_day is None:
                said += days_said(cells.texts, sheet.headers[place])
            if of_months(column, layout):
                cells = with_first_days(cells, column, layout)
            if column in _SIGNED_BY_LETTERS and form == NUMBER and layout.kind == "invoices":
                cells = without_letters(cells)
            if recipe and form in _DATES and recipe.unit is not None:
                cells = _by_excel(cells, recipe.unit, column)
            yield Source(
                column,
                sheet.headers[place],
                cells,
                # A part of a day is not a day itself.
                None if recipe and recipe.parts else form,
                held=held,
                unit=_unit_of(recipe, column, form) if recipe and form in _SPANS else None,
                typed=sheet.typed(place),
                said="; ".join(said) or None,
            )


def _refuse_unit(column: str, kind: str, sheet: TextSheet, header: str) -> None:
    """Ask whether amounts are in the unit that their header names."""
    found, told_by = unit_in(header), "its header"
    if found is None:
        found, told_by = unit_of_title(sheet.metadata), "the row above the header"
    if found is None:
        return
    recipe = recipe_with_unit(header, found[1])
    place = Place(sheet.file, sheet.sheet)
    lines = (
        place.lines(kind, f"{column} = {recipe}"),
        place.lines(kind, f"{column} = {{ from = {quoted(header)} }}"),
    )
    raise AmbiguousColumnError(
        str(place),
        f"{column} ('{header}')",
        f"{told_by} says {found[1]}",
        "if that is so, write in retention.toml, else the same without the unit:",
        snippet=lines[0],
    ).offering(Choice(f"in {found[1]}", lines[0]), Choice("in whole units", lines[1]))


def _with_what_is_meant(
    column: str, place: int, sheet: TextSheet, layout: Layout, rule: ExportRule | None
) -> tuple[Cells, Cells, list[str]]:
    """Give the cells of a column as they are held, and without words and marks for others or nothing."""
    form = form_of(layout.model.model_fields[column])
    header, own_words = sheet.headers[place], rule.values.get(column, {}) if rule else {}
    # A workbook says of each cell whether it is a number: cells are looked at one by one.
    held = tidy(sheet.held(place) if sheet.typed(place) is None else sheet.column(place))
    said: list[str] = []
    if form not in {NUMBER, *_SPANS} and not (rule and rule.fill_down is False):
        gone = sorted(row.row for row in sheet.torn)
        if (dittos := without_dittos(held, header, sheet.numbers, gone)) is not None:
            held, said = dittos.cells, [dittos.said]
    cells = without_told(without_words(held, form), own_words)
    if form == DURATION:
        cells, more = without_sentinels(cells, header, own_words)
        said += more
    if column == "customer_id" and not layout.model.is_spell:
        cells, more = without_nobodies(cells, header, own_words)
        said += more
    return held, cells, said


def _unit_of(recipe: Recipe, column: str, form: Form | None) -> DurationUnit | None:
    """Take the unit of a recipe; how many hours a day of work has is not known."""
    units = [unit for unit in DurationUnit if form == DURATION or unit is not DurationUnit.DAYS]
    if recipe.unit is None:
        return None
    if recipe.unit not in units:
        raise RetentionError(
            f"{column}: '{recipe.unit}' is not a unit of its time", f"units are {', '.join(units)}"
        )
    return DurationUnit(recipe.unit)


def _by_excel(cells: Cells, unit: str, column: str) -> Cells:
    if unit != EXCEL_DAYS:
        raise RetentionError(
            f"{column}: '{unit}' is not a unit of its dates", f"the unit is {EXCEL_DAYS}"
        )
    return cells.each(excel_days)


def _counted(source: Source, settings: Settings) -> Source:
    """Read a column that counts the time since 1970, and say so."""
    unit = counted_since_1970(source.cells.texts) if source.form in _DATES else None
    if unit is None:
        return source
    days = f"its days are those of {settings.time_zone or 'UTC'}"
    said = f"'{source.header}' counts {unit.word} since 1970, in UTC: {days}"
    return replace(source, cells=source.cells.each(partial(since_1970, unit=unit)), said=said)


def _in_four_digits(
    sources: list[Source], sheet: TextSheet, settings: Settings, rule: ExportRule | None
) -> list[Source]:
    """Write years of two digits in four, where the settings say of which hundred years they are."""
    first = rule.two_digit_years if rule else None
    dates = [source for source in sources if source.form in _DATES]
    if first is None or not dates:
        return sources
    order: str | None = settings.date_order
    if order is None:
        found = year_place([source.cells.texts for source in dates], first)
        if found.open_cell is not None:
            raise AmbiguousColumnError(
                sheet.name,
                dates[0].header,
                f"'{found.open_cell}' may be {' or '.join(found.readings)}",
                "the year may stand first or last: say which with --date-order ymd, dmy or mdy",
            ).offering(
                *(
                    Choice(said, (f'date_order = "{key}"',))
                    for key, said in (
                        ("ymd", "the year stands first"),
                        ("dmy", "the day stands first"),
                        ("mdy", "the month stands first"),
                    )
                )
            )
        order = None if found.first is None else "ymd" if found.first else "dmy"
    whole = partial(with_centuries, first=first, order=order)
    return [
        replace(source, cells=source.cells.each(whole)) if source.form in _DATES else source
        for source in sources
    ]


def _in_their_places(
    sources: list[Source], kind: str, sheet: TextSheet, rule: ExportRule | None
) -> list[Source]:
    """Exchange days and months back where that was told; ask where it has to be."""
    told = rule.date_cells if rule else None
    found = {
        place: exchange
        for place, source in enumerate(sources)
        if source.form in _DATES and (exchange := exchange_in(source.cells.texts))
    }
    if not found or told == "right":
        return sources
    if told is None:
        place = Place(sheet.file, sheet.sheet)
        raise_together(
            [_refused(exchange, sources[at].header, kind, place) for at, exchange in found.items()]
        )
    return [
        replace(
            source,
            cells=source.cells.each(exchanged_back),
            said=f"day and month of the dates in '{source.header}' are exchanged back",
        )
        if place in found or (source.form in _DATES and may_be_exchanged(source.cells.texts))
        else source
        for place, source in enumerate(sources)
    ]


def _refused(found: Exchange, header: str, kind: str, place: Place) -> AmbiguousColumnError:
    return AmbiguousColumnError(
        str(place),
        header,
        f"'{found.date}' is a date and '{found.text}' a text; no date has a day above 12, and every"
        " text has: a spreadsheet has most likely swapped day and month of the dates",
        'say it in retention.toml, or date_cells = "right" if they are right:',
        snippet=(*place.head(kind), 'date_cells = "swapped"'),
    ).offering(
        Choice("swapped: exchange them back", (*place.head(kind), 'date_cells = "swapped"')),
        Choice("right: leave them as they are", (*place.head(kind), 'date_cells = "right"')),
    )


def tidy(column: pa.ChunkedArray) -> Cells:
    """Trim a column where any cell needs it; what is blank then is null."""
    return Cells.of(column).each(_trimmed)


def _trimmed(texts: Any) -> Any:
    if may_be_padded(texts) and pc.any(pc.match_substring_regex(texts, _PADDED)).as_py():
        texts = pc.utf8_trim(texts, WHITE_SPACE)
    if pc.any(pc.equal(texts, "")).as_py():
        texts = pc.if_else(pc.equal(texts, ""), None, texts)
    return texts
