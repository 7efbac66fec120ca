"""One file, or sheet of a workbook, as far as its own rows can be judged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from retention_cli import reading
from retention_cli.errors import Choice, DataRefusedError, RetentionError
from retention_cli.findings.file_report import Export
from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import EXCLUDED, INCLUDED, TAX
from retention_cli.loading.rules import refuse_unknown_names
from retention_cli.mapping.amounts.units import rounding
from retention_cli.mapping.answer_counts import weighed
from retention_cli.mapping.asked import Asked
from retention_cli.mapping.brought_forward import without_brought_forward
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.money.layouts import with_money_columns
from retention_cli.mapping.plan import used_columns
from retention_cli.mapping.preparing import prepared
from retention_cli.mapping.presets.shapes import known_with
from retention_cli.mapping.read_as import as_assigned, as_recognised, kept_while_asking
from retention_cli.mapping.refusing import Place
from retention_cli.mapping.sheets import Assigned, assign
from retention_cli.mapping.survey_rows import without_other_rows
from retention_cli.reading.text import same_sheet
from retention_cli.reading.workbooks.faults import without_faults
from retention_cli.settling.parent_rows import with_parents
from retention_cli.settling.total_rows import without_totals
from retention_cli.settling.undated_customers import only_describes
from retention_cli.settling.validating import validate_batch
from retention_cli.sources.folders import fits
from retention_cli.sources.locating import rules_for
from retention_cli.text import stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.canonical import Canonical
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import Settings
    from retention_cli.sources.locating import Located

_MANY = 100
"""From so many rows on they are fetched at once."""
_TAX_IS_IN = (
    "amounts include sales tax, which the export does not separate: tax = "
    '"included 19%" in retention.toml takes it out, tax = "none" says that there is none'
)


_TAX_IS_OUT = (
    "amounts are net of sales tax, as the export separates it: tax"
    " in retention.toml does not change them"
)


@dataclass(slots=True)
class LoadedExport:
    """One file, or sheet of a workbook, of one kind, as far as its own rows can be judged."""

    sheet: TextSheet
    text: Canonical
    table: pa.Table
    problems: list[Problem]
    accepted: int = 0
    applied: Applied | None = None
    ruled: bool = False
    """Whether the settings cover it under an [[export]]."""
    order: int = 1
    edge: str | None = None
    """Of which end of the period it lists the customers, if it was named so."""
    said: list[str] = field(default_factory=list)
    """What became of its rows beside those of other files, and figures rest on."""

    @property
    def kind(self) -> str:
        """What kind of export it is."""
        return self.text.layout.kind

    def export(self) -> Export:
        """Give its counts, which must add up."""
        return Export(
            file=self.sheet.file,
            kind=self.kind,
            rows=self.sheet.rows,
            accepted=self.accepted,
            rejected=sum(found.outcome is Outcome.REJECTED for found in self.problems),
            skipped=self.sheet.blank
            + sum(found.outcome is Outcome.SKIPPED for found in self.problems),
            blank=self.sheet.blank,
            sheet=self.sheet.sheet,
            encoding=self.sheet.encoding,
            delimiter=self.sheet.delimiter,
            header_row=self.sheet.header_row,
            sha256=self.sheet.sha256,
            plans=self.text.plans,
            assumed=self._assumed,
            doubt=self.sheet.doubt,
            notes=self.sheet.notes,
            preset=self.applied.preset.name if self.applied else None,
            preset_confidence=self.applied.confidence if self.applied else None,
            preset_notes=self.applied.preset.notes if self.applied else (),
        )

    @property
    def _assumed(self) -> tuple[str, ...]:
        preset = self.applied.assumed if self.applied else ()
        return (*preset, *self._taxed, *self.text.assumed, *self.said)

    @property
    def _taxed(self) -> tuple[str, ...]:
        if TAX not in self.table.column_names:
            return ()
        return (_TAX_IS_IN if self.applied and self.applied.preset.includes_tax else _TAX_IS_OUT,)

    @property
    def model(self) -> type[Record]:
        """What its rows may be."""
        return self.text.layout.model

    @property
    def is_dated(self) -> bool:
        """Whether it has a column that places its rows in time."""
        return any(column in self.table.column_names for column in self.model.dated_by)

    @property
    def only_describes(self) -> bool:
        """Whether its rows say what customers are, and not when."""
        return only_describes(self.model, self.table.column_names)

    @property
    def first_reject(self) -> str:
        """What is wrong with the first of its rows that is rejected."""
        rejected = (one.message for one in self.problems if one.outcome is Outcome.REJECTED)
        return next(rejected, "")

    def note_all(self, problems: Sequence[Problem]) -> None:
        """Note what is wrong with its rows: one by one, or where there are many at once."""
        many = len(problems) > _MANY
        raws = self.sheet.raws([one.row for one in problems]) if many else {}
        for problem in problems:
            self.note(problem, raw=raws.get(problem.row))

    def note(
        self, problem: Problem, *, row: int | None = None, raw: tuple[str, ...] | None = None
    ) -> None:
        """Note what is wrong with one of its rows, with the text that is there."""
        row = problem.row if row is None else row
        raw = self.sheet.raw(row) if raw is None else raw
        column, message = problem.column, problem.message
        place = self.text.layout.sources.get(column) if column else None
        cell = raw[place] if isinstance(place, int) and place < len(raw) else None
        if problem.of_cell and column:
            header = self.sheet.headers[place] if isinstance(place, int) else column
            named = column if header == column else f"{column} ('{header}')"
            if cell and problem.code == "missing-value":
                message = message.replace("is blank", "is not a value")
            if problem.code == "too-many-decimals":
                message = f"{message}; {rounding(column, header)} in retention.toml rounds it"
            message = f"{named} '{cell}' {message}" if cell else f"{named} {message}"
        self._add(problem, row, message, raw, column=column, cell=cell, outcome=problem.outcome)

    def release(self) -> None:
        """Let go of its rows once nothing is to be found at them; its counts stay."""
        self.table = self.table.slice(0, 0)
        self.text = replace(self.text, batches=[])
        self.sheet = replace(self.sheet, batches=[], unwrapped=())

    def torn(self) -> None:
        """Note the rows that were torn, and those that are not part of the table."""
        columns = used_columns(self.text.layout, self.sheet)
        for torn in self.sheet.torn:
            place = torn.place
            column = None if place is None else columns[place]
            cell = None if place is None else torn.raw[place] or None
            self._add(torn, torn.row, torn.message, torn.raw, column=column, cell=cell)
        for row in self.sheet.aside:
            self._add(row, row.row, row.message, row.raw, outcome=Outcome.SKIPPED)

    def _add(  # noqa: PLR0913  # a problem has a side for each of these
        self,
        problem: Problem,
        row: int,
        message: str,
        raw: tuple[str, ...],
        *,
        column: str | None = None,
        cell: str | None = None,
        outcome: Outcome = Outcome.REJECTED,
    ) -> None:
        # Made anew, since replace() takes twice as long, and there may be millions.
        self.problems.append(
            Problem(
                row,
                problem.code,
                f"{self.sheet.name} row {row}: {message}",
                self.sheet.as_it_stood(row, raw),
                column,
                cell,
                outcome,
                self.kind,
                self.sheet.file,
                self.sheet.sheet,
                hint=problem.hint,
            )
        )


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
        ours = [rule for rule in settings.read if fits(file.path, rule.file)]
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
    sheets = _without_ignored(sheets, file, settings)
    if not sheets:
        return
    kinds = dict.fromkeys(filter(None, (file.kind, *(rule.kind for rule in rules))))
    with kept_while_asking(sheets, lambda: as_recognised(sheets, next(iter(kinds), None))):
        _refuse_unclosed_quotes(sheets)
        asked = Asked(file.presets, file.mapped)
        found = assign(sheets, kind=file.kind, rules=rules, asked=asked)
    for assigned in found:
        stages.begin(f"checking {file.name}: {assigned.sheet.rows:,} rows")
        with kept_while_asking(sheets, partial(as_assigned, assigned)):
            part = _read_part(assigned, settings)
        part.ruled, part.edge = bool(rules), file.edge
        yield part


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
    ready = prepared(sheet, applied)
    layout = layout if applied else weighed(ready.sheet, layout)
    ready = without_other_rows(ready, layout, preset=applied is not None)
    ready = without_brought_forward(ready, layout)
    text = canonical(ready.sheet, layout, settings=settings, rule=rule)
    filled = with_parents(
        text.batches,
        layout.model,
        gone=[*(row.row for row in sheet.torn), *(row.row for row in ready.skipped)],
        told=_fill_down(assigned),
    )
    totals = without_totals(filled.batches, layout.model)
    if filled.asked and not {*filled.open}.issubset(totals.rows):
        raise _asked_about_lines(filled.asked, assigned)
    assumed = (*text.assumed, *([filled.assumed] if filled.assumed else []))
    text = replace(text, batches=totals.batches, assumed=assumed)
    with ThreadPoolExecutor() as pool:
        checked = list(pool.map(partial(validate_batch, layout.model), text.batches))
    sheet = replace(sheet, remarks=(*ready.sheet.remarks, *text.remarks))
    table = pa.concat_tables([one.table for one in checked])
    if (said := _tax_said(applied, settings)) is not None:
        table = table.append_column(TAX, pa.repeat(pa.scalar(said), len(table)))
    order = rule.order if rule and rule.order else 1
    part = LoadedExport(sheet, text, table, [], applied=applied, order=order)
    part.note_all([*ready.skipped, *(refused for one in checked for refused in one.refused)])
    for number in filled.left_out:
        skipped = Outcome.SKIPPED
        part.note(
            Problem(number, "line-of-another-row", filled.because, column="amount", outcome=skipped)
        )
    for number in totals.rows:
        message = "is the sum of rows above it"
        skipped = Outcome.SKIPPED
        part.note(Problem(number, "totals-row", message, column=totals.column, outcome=skipped))
    part.torn()
    return part


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
