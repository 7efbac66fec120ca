"""Raw text to canonical text: one decision per column from all its cells, then rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retention_cli.errors import AmbiguousColumnError, Ask
from retention_cli.frames.columns import ROW, as_text
from retention_cli.mapping.amounts.net import refuse_unproven
from retention_cli.mapping.amounts.once_per import by_lines, once
from retention_cli.mapping.amounts.summaries import refuse_summary
from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.ids import float_notes, rounded_notes
from retention_cli.mapping.cells.placeholders import nothing_notes
from retention_cli.mapping.cells.zones import offset_notes, offsets_in, twice_notes
from retention_cli.mapping.evidence import Source, decided, plans_of
from retention_cli.mapping.feeding import sources_of, tidy
from retention_cli.mapping.filling import fill_currency
from retention_cli.mapping.header_zones import in_their_zones
from retention_cli.mapping.money.case import Case
from retention_cli.mapping.money.costs import beside_costs, costs_as_told
from retention_cli.mapping.money.layouts import before_refunds, with_refunds_of
from retention_cli.mapping.money.rows import Money, as_money
from retention_cli.mapping.month_columns import months_said
from retention_cli.mapping.passed_over import passed_over
from retention_cli.mapping.place import Place
from retention_cli.mapping.plan import place_of
from retention_cli.mapping.proposing import offered
from retention_cli.mapping.rewriting import as_decided, constant_of, rewritten
from retention_cli.mapping.status_words import status_words
from retention_cli.mapping.suggesting import slips
from retention_cli.mapping.times_of_day import days_said, times_of_day
from retention_cli.mapping.unread_columns import with_looks
from retention_cli.reading.text import TextBatch
from retention_cli.records.base import DAY, IDENTITY, INSTANT, UnsettledError, may_be_blank
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.findings.file_report import ColumnPlan
    from retention_cli.findings.problems import Notice
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Settled
    from retention_cli.settings import ExportRule, Settings

BATCH_ROWS = 1 << 20


@dataclass(frozen=True, slots=True)
class Canonical:
    """An export in canonical names and text.

    Shape: `batches` have the columns of the kind that the file has, then its other columns;
        `plans` says what was decided of each; `assumed` what the file does not prove;
        `remarks` what was left aside or rewritten; `by_its_cells` what the cells decided for the
        whole file; `shown` the sign of its currency, where number formats alone tell it.
    """

    layout: Layout
    batches: list[TextBatch]
    plans: tuple[ColumnPlan, ...]
    assumed: tuple[str, ...] = ()
    remarks: tuple[Notice, ...] = ()
    by_its_cells: str | None = None
    shown: str | None = None


def canonical(
    sheet: TextSheet, layout: Layout, *, settings: Settings, rule: ExportRule | None = None
) -> Canonical:
    """Decide how each column of a sheet is written, and rewrite all of it.

    Errors: AmbiguousColumnError where the cells of a column allow two readings, or prove both.
    """
    refuse_summary(sheet, layout, rule)
    found = sources_of(sheet, layout, settings=settings, rule=rule)
    found, of_zones = in_their_zones(found, settings.time_zone, name=sheet.name)
    sources = decided(found, file=sheet.name, settings=settings)
    by_column: dict[str, list[Source]] = {}
    for source in sources:
        by_column.setdefault(source.column, []).append(source)
    cells = _cells(by_column, sheet, layout, settings, rule)
    if (by_line := _of_lines(cells, layout, sheet, rule)) is not None:
        return canonical(sheet, by_line, settings=settings, rule=rule)
    if settings.tax is None and not (rule and "amount" in rule.columns):
        refuse_unproven(sheet, before_refunds(layout, sheet))
    money = _as_money(cells, by_column, sheet, layout, settings, rule)
    filled = fill_currency(cells, by_column, layout, sheet, settings)
    text = {column: _written(made, layout) for column, made in cells.items()}
    headers = {column: feeding[0].header for column, feeding in by_column.items()}
    rates = {name: str(rate) for name, rate in settings.cost_rates.items()}
    words = rule.values if rule else {}
    told = {**layout.constants, **_zeros(words)}
    named = {**headers, "file": PurePath(sheet.file).stem}
    settled = _settled(layout.model.priced(text, rates), named, told, sheet, layout)
    others = _others(sheet, sources, layout, settings)
    return Canonical(
        layout,
        list(_batches({**settled.columns, **others}, sheet)),
        tuple(with_looks(plans_of(sources, layout, money.because), sheet, layout)),
        (
            *layout.proven,
            *filter(None, (source.said for source in sources)),
            *filled.said,
            *money.assumed,
            *slips(layout),
            *status_words(sources, layout, words.get("status", ())),
            *settled.assumed,
            *_of_times(sources, layout, settings, of_zones),
        ),
        (*passed_over(sheet, layout), *_rewriting_notes(text, sources, layout, settings)),
        settled.by_its_cells,
        filled.shown,
    )


def _others(
    sheet: TextSheet, sources: Sequence[Source], layout: Layout, settings: Settings
) -> dict[str, Any]:
    """Give the columns that are none of the kind's, as they are; and the times beside days."""
    found = {name: tidy(sheet.held(place)) for name, place in layout.others.items()}
    found |= times_of_day(sources, layout, settings)
    return {name: _written(cells, layout) for name, cells in found.items()}


def _cells(
    by_column: Mapping[str, Sequence[Source]],
    sheet: TextSheet,
    layout: Layout,
    settings: Settings,
    rule: ExportRule | None,
) -> dict[str, Cells]:
    """Rewrite the cells of each column; a constant stands in each row."""
    words = rule.values if rule else {}
    cells = {
        column: rewritten(column, feeding, layout, settings, words.get(column, {}))
        for column, feeding in by_column.items()
    }
    for column, value in layout.constants.items():
        repeated = constant_of(column, value, layout, rule)
        cells[column] = Cells.repeated(repeated, sheet.numbers)
    return cells


def _settled(
    text: Mapping[str, Any],
    headers: Mapping[str, str],
    told: Mapping[str, str],
    sheet: TextSheet,
    layout: Layout,
) -> Settled:
    """Let the model decide what only all columns of a row tell together.

    Errors: AmbiguousColumnError where the cells of a column leave it undecided.
    """
    try:
        return layout.model.settle(text, headers, told)
    except UnsettledError as error:
        raise _unsettled(error, sheet, layout) from None


def _unsettled(error: UnsettledError, sheet: TextSheet, layout: Layout) -> AmbiguousColumnError:
    """Make the question about a column that its cells leave undecided."""
    place = Place(sheet.file, sheet.sheet)
    snippet = (*place.head(layout.kind), *error.lines) if error.lines else ()
    also = " ".join(map(offered, layout.asks))
    hint = f"{error.hint}; what may be added: {also}" if also else error.hint
    asks = [
        Ask(sheet.file, layout.kind, name, None, values, sheet=sheet.sheet, constant=True)
        for name, values in error.constants.items()
    ]
    found = AmbiguousColumnError(sheet.name, error.column, error.readings, hint, snippet=snippet)
    return found.asking([*asks, *layout.asks])


def _zeros(values: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Give the columns of which the settings say that a 0 is one."""
    return {column: "0" for column, words in values.items() if words.get("0") == "0"}


def _of_lines(
    cells: dict[str, Cells], layout: Layout, sheet: TextSheet, rule: ExportRule | None
) -> Layout | None:
    """Take totals once, as recipes say; find the amounts of lines where nobody said which is one."""
    for column, source in layout.sources.items():
        if isinstance(source, Recipe) and source.once_per:
            ids = tidy(sheet.held(place_of(sheet.headers, source.once_per, sheet.name)))
            cells[column] = Cells(once(cells[column].text, ids.column, sheet, source))
    told = "amount" in layout.reasons or (rule and "amount" in rule.columns)
    if layout.kind != "invoices" or told or not {"amount", "invoice_id"} <= cells.keys():
        return None
    plain = before_refunds(layout, sheet)
    found = by_lines(sheet, plain, cells["amount"].text, cells["invoice_id"].column)
    return None if found is None else with_refunds_of(found, layout, sheet)


def _as_money(  # a file half rewritten, and what is said of it
    cells: dict[str, Cells],
    sources: Mapping[str, Sequence[Source]],
    sheet: TextSheet,
    layout: Layout,
    settings: Settings,
    rule: ExportRule | None,
) -> Money:
    """Settle which rows of invoices are money, and what of costs; other kinds are left as they are."""
    case = Case(sheet, layout, cells, rule)
    if layout.kind not in {"invoices", "costs"} or (layout.kind == "costs" and layout.of_preset):
        return Money()
    if "amount" not in cells:
        return Money(tuple(beside_costs(case)) if layout.kind == "costs" else ())
    feeding = sources.get("amount", ())
    recipe = layout.sources.get("amount")
    less = len(recipe.less or ()) if isinstance(recipe, Recipe) else 0
    refunds = {one.header: as_decided(one, settings) for one in feeding[len(feeding) - less :]}
    if layout.kind == "costs":
        costs_as_told(case, feeding[: len(feeding) - less], refunds)
        return Money(tuple(beside_costs(case)))
    return as_money(case, feeding[: len(feeding) - less], refunds)


def _written(cells: Cells, layout: Layout) -> Any:
    return cells.column if layout.model.coded else cells.text


def _of_times(
    sources: Sequence[Source], layout: Layout, settings: Settings, of_zones: Sequence[str]
) -> Iterator[str]:
    """Say what is assumed of moments, months and days."""
    zone = settings.time_zone
    moments = (source for source in sources if source.form == INSTANT)
    if zone and any("" in offsets_in(source.cells.texts) for source in moments):
        yield f"times without an offset are taken as those of {zone}"
    yield from of_zones
    yield from months_said(sources, layout)
    yield from days_said(sources)


def _rewriting_notes(
    text: Mapping[str, Any], sources: Sequence[Source], layout: Layout, settings: Settings
) -> Iterator[Notice]:
    """Say what cells became that were not written as one would think."""
    fields = layout.model.model_fields
    zone = settings.time_zone
    moments = [source for source in sources if source.form == INSTANT]
    yield from offset_notes([source.cells.texts for source in moments], zone)
    days = [source.cells.texts for source in sources if source.form == DAY]
    yield from offset_notes(days, zone, are_days=True)
    for source in moments if zone else ():
        yield from twice_notes(
            source.cells.text, as_text(text[source.column]), str(zone), source.header
        )
    for source in sources:
        # A blank where none may be is told as the row's rejection.
        if source.form not in {None, IDENTITY} and may_be_blank(fields[source.column]):
            yield from nothing_notes(source.held, source.header, source.form)
        for notes in (float_notes, rounded_notes) if source.form == IDENTITY else ():
            if list(notes(source.cells.texts, source.header)):
                yield from notes(source.cells.text, source.header)


def _batches(columns: Mapping[str, Any], sheet: TextSheet) -> Iterator[TextBatch]:
    table = pa.table({**columns, ROW: sheet.numbers})
    for batch in table.to_batches(max_chunksize=BATCH_ROWS) or _no_rows(table):
        rows = batch.column(ROW)
        yield TextBatch(batch.drop_columns([ROW]), rows)


def _no_rows(table: pa.Table) -> list[pa.RecordBatch]:
    """Keep the columns of a file that has only its header."""
    empty = [pa.array([], column.type) for column in table.columns]
    return [pa.RecordBatch.from_arrays(empty, names=table.column_names)]
