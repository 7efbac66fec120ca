"""One file, or sheet of a workbook, as far as its own rows can be judged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from retention_cli import reading
from retention_cli.errors import AmbiguousColumnError, Choice, DataRefusedError, RetentionError
from retention_cli.findings.problems import Outcome, Problem, alike
from retention_cli.frames.columns import EXCLUDED, INCLUDED, TAX
from retention_cli.loading.loaded_export import LoadedExport
from retention_cli.loading.rules import refuse_unknown_names
from retention_cli.mapping.answer_counts import weighed
from retention_cli.mapping.asked import Asked
from retention_cli.mapping.brought_forward import without_brought_forward
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.evidence import decided
from retention_cli.mapping.feeding import sources_of
from retention_cli.mapping.full_names import with_full_names
from retention_cli.mapping.marked_rows import without_marked
from retention_cli.mapping.money.layouts import with_money_columns
from retention_cli.mapping.period_rows import refuse_period_rows
from retention_cli.mapping.place import Place
from retention_cli.mapping.plan import used_columns
from retention_cli.mapping.preparing import prepared, without_left_out
from retention_cli.mapping.presets.shapes import known_with
from retention_cli.mapping.read_as import as_assigned, as_recognised, kept_while_asking
from retention_cli.mapping.sheets import assign
from retention_cli.mapping.survey_rows import without_other_rows
from retention_cli.reading.text import same_sheet
from retention_cli.reading.workbooks.faults import without_faults
from retention_cli.settings import Mapped
from retention_cli.settling.parent_rows import with_parents
from retention_cli.settling.total_rows import without_totals
from retention_cli.settling.validating import validate_batch
from retention_cli.sources.folders import fits
from retention_cli.sources.locating import rules_for
from retention_cli.text import stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.one_sheet import Assigned
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule, Settings
    from retention_cli.settling.parent_rows import Filled
    from retention_cli.settling.total_rows import Totals
    from retention_cli.sources.locating import Located


def read_parts(file: Located, settings: Settings) -> Iterator[LoadedExport]:
    """Read one file as each kind that it is; its rows are checked one by one.

    Errors: DataRefusedError where it cannot be read or recognised; BadConfigError for a kind of
        the settings that there is not.
    """
    refuse_unknown_names(settings)
    stages.begin(f"reading {file.name}")
    try:
        yield from _parts(file, settings)
    except RetentionError as error:
        ours = [rule for rule in settings.export if fits(file.path, rule.file)]
        raise settings.blamed(error, ours) from None


def _parts(file: Located, settings: Settings) -> Iterator[LoadedExport]:
    rules = [r for r in rules_for(file, settings.read) if same_sheet(r.sheet, file.sheet)]
    sheets = reading.read(
        file.path,
        name=file.name,
        encoding=file.encoding or next((r.encoding for r in rules if r.encoding), None),
        delimiter=file.delimiter or next((r.delimiter for r in rules if r.delimiter), None),
        sheet=file.sheet,
        known=known_with([*(r.preset for r in rules if r.preset), *file.presets]),
    )
    sheets = tuple(map(with_full_names, _without_ignored(sheets, file, settings)))
    if not sheets:
        return
    kinds = dict.fromkeys(filter(None, (file.kind, *(rule.kind for rule in rules))))
    with kept_while_asking(sheets, lambda: as_recognised(sheets, next(iter(kinds), None))):
        _refuse_unclosed_quotes(sheets)
        found = _assigned(sheets, file, rules, settings)
    for assigned in _rated(found):
        stages.begin(f"checking {file.name}: {assigned.sheet.rows:,} rows")
        with kept_while_asking(sheets, partial(as_assigned, assigned)):
            part = _read_part(assigned, settings)
        part.rule, part.edge = assigned.rule if rules else None, file.edge
        yield part


def _assigned(
    sheets: Sequence[TextSheet], file: Located, rules: Sequence[ExportRule], settings: Settings
) -> list[Assigned]:
    """Say what each sheet is read as; a question about columns tells of those about their cells too.

    Errors: DataRefusedError, with what would be asked once it is answered.
    """
    asked = Asked(file.presets, file.mapped, priced=bool(settings.people))
    try:
        return assign(sheets, kind=file.kind, rules=rules, asked=asked)
    except DataRefusedError as error:
        told = [
            Mapped(one.kind or None, one.column, one.proposed)
            for one in error.asks
            if one.proposed and one.column and not one.constant and not one.optional
        ]
        answered = replace(asked, mapped=(*asked.mapped, *told))
        with suppress(RetentionError):
            found = assign(sheets, kind=file.kind, rules=rules, asked=answered) if told else []
            error.also = (*error.also, *_asked_of_cells(found, settings))
        raise


def _asked_of_cells(found: Sequence[Assigned], settings: Settings) -> tuple[DataRefusedError, ...]:
    """Give what the cells of sheets leave open: the order of dates, decimal marks, units."""
    for one in found:
        try:
            of = sources_of(one.sheet, one.layout, settings=settings, rule=one.rule)
            decided(of, file=one.sheet.name, settings=settings)
        except AmbiguousColumnError as error:
            further, error.also = error.also, ()
            return (error, *further)
    return ()


def _rated(found: Sequence[Assigned]) -> list[Assigned]:
    """Mark the layouts of what is read as surveys as well: the answers beside tickets are read."""
    answers = {id(one.sheet) for one in found if one.layout.kind == "surveys"}
    return [
        replace(one, layout=replace(one.layout, rated=True)) if id(one.sheet) in answers else one
        for one in found
    ]


def _without_ignored(
    sheets: Sequence[TextSheet], file: Located, settings: Settings
) -> tuple[TextSheet, ...]:
    """Leave out the sheets of a workbook of which the settings say so."""
    names = [r.sheet for r in settings.export if r.ignore and r.sheet and fits(file.path, r.file)]
    return tuple(
        sheet for sheet in sheets if not any(same_sheet(name, sheet.sheet) for name in names)
    )


def _refuse_unclosed_quotes(sheets: Sequence[TextSheet]) -> None:
    """Stop at a quote that would swallow rows: whose they are is for their owner to say."""
    for sheet in sheets:
        for row in sheet.torn:
            if row.code == "unclosed-quote":
                raise DataRefusedError(f"{sheet.name} row {row.row}: {row.message}", row.hint)


def _read_part(assigned: Assigned, settings: Settings) -> LoadedExport:
    rule, applied = assigned.rule, assigned.applied
    if assigned.sheet.refusal:
        raise assigned.sheet.refusal
    layout = with_money_columns(assigned.sheet, assigned.layout, rule)
    sheet = without_faults(assigned.sheet, used_columns(layout, assigned.sheet))
    ready = without_left_out(prepared(sheet, applied), rule.leave_out if rule else {})
    ready = without_marked(ready, rule, layout.kind)
    layout = layout if applied else weighed(ready.sheet, layout)
    if applied is None:
        refuse_period_rows(ready.sheet, layout)
    ready = without_other_rows(ready, layout, preset=applied is not None)
    ready = without_brought_forward(ready, layout)
    text = canonical(ready.sheet, layout, settings=settings, rule=rule)
    filled = with_parents(
        text.batches,
        layout.model,
        gone=[*(row.row for row in sheet.torn), *(row.row for row in ready.skipped)],
        told=_fill_down(assigned),
    )
    totals = without_totals(filled.batches, layout.model, layout.constants)
    if filled.asked and not {*filled.open}.issubset(totals.rows):
        raise _asked_about_lines(filled.asked, assigned)
    assumed = (*text.assumed, *([filled.assumed] if filled.assumed else []))
    text = replace(text, batches=totals.batches, assumed=assumed)
    with ThreadPoolExecutor() as pool:
        checked = list(pool.map(partial(validate_batch, layout.model), text.batches))
    sheet = replace(sheet, remarks=(*ready.sheet.remarks, *text.remarks))
    # A batch has a column of offsets where any of its times has one.
    table = pa.concat_tables([one.table for one in checked], promote_options="default")
    if (said := _tax_said(applied, settings)) is not None:
        table = table.append_column(TAX, pa.repeat(pa.scalar(said), len(table)))
    order = rule.order if rule and rule.order else 1
    part = LoadedExport(sheet, text, table, applied=applied, order=order)
    part.note(*alike([*ready.skipped, *_told_twice(filled, totals)]))
    part.note(*(one for batch in checked for one in batch.refused))
    return part


def _told_twice(filled: Filled, totals: Totals) -> Iterator[Problem]:
    """Give the rows whose amounts are in other rows: lines of one, and sums of several."""
    for row in filled.left_out:
        yield Problem(
            row,
            "line-of-another-row",
            filled.because,
            column="amount",
            outcome=Outcome.SKIPPED,
        )
    for row in totals.rows:
        yield Problem(
            row, "totals-row", totals.message, column=totals.column, outcome=Outcome.SKIPPED
        )


def _fill_down(assigned: Assigned) -> bool | None:
    """Say whether rows are to be filled down; a preset knows what its system leaves blank."""
    if assigned.rule and assigned.rule.fill_down is not None:
        return assigned.rule.fill_down
    return False if assigned.applied else None


def _asked_about_lines(asked: str, assigned: Assigned) -> DataRefusedError:
    """Make the question whether rows are lines of the row above them."""
    sheet = assigned.sheet
    head = Place(sheet.file, sheet.sheet).head(assigned.layout.kind)
    return DataRefusedError(
        f"{sheet.name}: {asked}",
        "say in retention.toml which it is; with fill_down = false they are rejected:",
        snippet=(*head, "fill_down = true"),
    ).offering(
        Choice("lines of the row above them", (*head, "fill_down = true")),
        Choice("rows of their own, which are rejected", (*head, "fill_down = false")),
    )


def _tax_said(applied: Applied | None, settings: Settings) -> str | None:
    """Say what a preset knows of the tax in its amounts, where it goes before the settings."""
    if applied is None:
        return None
    # Where tax is set, the user says what is in the amounts, and it is taken out of them.
    if applied.preset.includes_tax and settings.tax is None:
        return INCLUDED
    knows = applied.preset.includes_tax is False and "amount" in applied.reasons
    return EXCLUDED if knows and settings.tax else None
