"""One file of one kind with its rows, its counts and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from retention_cli.findings.file_report import Export
from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import TAX
from retention_cli.mapping.amounts.units import rounding
from retention_cli.mapping.plan import used_columns
from retention_cli.settling.undated_customers import only_describes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from retention_cli.mapping.canonical import Canonical
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import ExportRule

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
    rule: ExportRule | None = None
    """The [[export]] of the settings that covers it."""
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

    def note(self, *marked: tuple[Sequence[int], Problem]) -> None:
        """Note what is wrong with some of its rows each, with the text that is there."""
        raws = self.sheet.raws([row for rows, _ in marked for row in rows])
        for rows, problem in marked:
            place = self.text.layout.sources.get(problem.column) if problem.column else None
            place = place if isinstance(place, int) else None
            for row in rows:
                raw = raws[row]
                cell = None if place is None or place >= len(raw) else raw[place]
                self._add(problem, row, self._said(problem, place, cell), raw, problem.column, cell)

    def _said(self, problem: Problem, place: int | None, cell: str | None) -> str:
        column, message = problem.column, problem.message
        if not (problem.of_cell and column):
            return message
        header = column if place is None else self.sheet.headers[place]
        named = column if header == column else f"{column} ('{header}')"
        if problem.code == "too-many-decimals":
            message = f"{message}; {rounding(column, header)} in retention.toml rounds it"
        if not cell:
            return f"{named} {message}"
        if problem.code == "missing-value":
            message = message.replace("is blank", "is not a value")
        return f"{named} '{cell}' {message}"

    def release(self) -> None:
        """Let go of its rows once nothing is to be found at them; its counts stay."""
        self.table = self.table.schema.empty_table()
        self.text = replace(self.text, batches=[])
        self.sheet = replace(self.sheet, batches=[], unwrapped=())

    def torn(self) -> None:
        """Note the rows that were torn, and those that are not part of the table."""
        columns = used_columns(self.text.layout, self.sheet)
        for torn in self.sheet.torn:
            place = torn.place
            column = None if place is None else columns[place]
            cell = None if place is None else torn.raw[place] or None
            self._add(torn, torn.row, torn.message, torn.raw, column, cell)
        for row in self.sheet.aside:
            self._add(row._replace(outcome=Outcome.SKIPPED), row.row, row.message, row.raw)

    def _add(
        self,
        problem: Problem,
        row: int,
        message: str,
        raw: tuple[str, ...],
        column: str | None = None,
        cell: str | None = None,
    ) -> None:
        self.problems.append(
            Problem(
                row,
                problem.code,
                f"{self.sheet.name} row {row}: {message}",
                self.sheet.as_it_stood(row, raw),
                column,
                cell,
                problem.outcome,
                self.kind,
                self.sheet.file,
                self.sheet.sheet,
                hint=problem.hint,
            )
        )
