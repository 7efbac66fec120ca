"""One file of one kind with its rows, its counts and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retention_cli.findings.file_report import Export
from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import TAX
from retention_cli.mapping.amounts.units import rounding
from retention_cli.mapping.plan import used_columns
from retention_cli.settling.undated_customers import only_describes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from retention_cli.mapping.canonical import Canonical
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.base import Record
    from retention_cli.settings import ExportRule

_AT_ONCE = 1 << 12
_TAX_IS_IN = (
    "amounts include sales tax, which the export does not separate: tax = "
    '"included 19%" in retention.toml takes it out, tax = "none" says that there is none'
)

_TAX_IS_OUT = (
    "amounts are net of sales tax, as the export separates it: tax"
    " in retention.toml does not change them"
)


class _Said(NamedTuple):
    """What is said of all rows of which one thing is wrong: of a blank cell, and around another."""

    kind: str
    name: str
    place: int | None
    blank: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class LoadedExport:
    """One file, or sheet of a workbook, of one kind, as far as its own rows can be judged."""

    sheet: TextSheet
    text: Canonical
    table: pa.Table
    marked: list[tuple[np.ndarray, Problem]] = field(default_factory=list)
    """Rows that have their cells and are not used, by what is wrong with them."""
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
            rejected=self.count(Outcome.REJECTED),
            skipped=self.sheet.blank + self.count(Outcome.SKIPPED),
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
    def first_reject(self) -> Problem | None:
        """What is wrong with the first of its rows that is rejected."""
        return next((one for one in self.problems if one.outcome is Outcome.REJECTED), None)

    @property
    def problems(self) -> Iterator[Problem]:
        """Give what is wrong with its rows, in their order: of millions some thousands are held."""
        alone = [*self._alone()]
        told = [*(problem for _, problem in self.marked), *alone]
        rows = [*(rows for rows, _ in self.marked), np.array([one.row for one in alone], np.int64)]
        sizes = [*map(len, rows[:-1]), *[1] * len(alone)]
        numbers, which = np.concatenate(rows), np.repeat(np.arange(len(told)), sizes)
        order = np.argsort(numbers, kind="stable")
        said = [self._said(problem) for problem in told]
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            raws = self.sheet.raws(numbers[some])
            for row, at in zip(numbers[some].tolist(), which[some].tolist(), strict=True):
                yield self._problem(row, told[at], said[at], told[at].raw or raws[row])

    def count(self, outcome: Outcome) -> int:
        """Count the rows that this became of, blank ones aside."""
        alone = self.sheet.torn if outcome is Outcome.REJECTED else self.sheet.aside
        return len(self.rows(outcome)) + len(alone)

    def rows(self, outcome: Outcome) -> np.ndarray:
        """Give the numbers of the rows that this became of, of those that have their cells."""
        found = [rows for rows, problem in self.marked if problem.outcome is outcome]
        return np.concatenate([np.empty(0, np.int64), *found])

    def note(self, *marked: tuple[Sequence[int], Problem]) -> None:
        """Note what is wrong with some of its rows each."""
        self.marked += [(np.asarray(rows, np.int64), problem) for rows, problem in marked]

    def _alone(self) -> Iterator[Problem]:
        """Give the rows that were torn, and those that are not part of the table."""
        columns = used_columns(self.text.layout, self.sheet)
        for torn in self.sheet.torn:
            if (place := torn.place) is None:
                yield torn
            else:
                yield torn._replace(column=columns[place], cell=torn.raw[place] or None)
        for row in self.sheet.aside:
            yield row._replace(outcome=Outcome.SKIPPED)

    def _place(self, problem: Problem) -> int | None:
        place = self.text.layout.sources.get(problem.column) if problem.column else None
        return place if isinstance(place, int) and not problem.raw else None

    def _problem(self, row: int, told: Problem, said: _Said, raw: tuple[str, ...]) -> Problem:
        """Say of one row, with the text that is there, what is wrong with it."""
        cell = told.cell if said.place is None or said.place >= len(raw) else raw[said.place]
        quoted = f"{said.before}{cell}{said.after}" if cell and said.after else said.blank
        return Problem(
            row,
            told.code,
            f"{said.name} row {row}: {quoted}",
            self.sheet.as_it_stood(row, raw) if self.sheet.unwrapped else raw,
            told.column,
            cell,
            told.outcome,
            said.kind,
            self.sheet.file,
            self.sheet.sheet,
            hint=told.hint,
        )

    def _said(self, problem: Problem) -> _Said:
        """Lay out what is said of each row that this is wrong with."""
        column, message, place = problem.column, problem.message, self._place(problem)
        said = partial(_Said, self.kind, self.sheet.name, place)
        if not (problem.of_cell and column):
            return said(message)
        header = column if place is None else self.sheet.headers[place]
        named = column if header == column else f"{column} ('{header}')"
        if problem.code == "too-many-decimals":
            message = f"{message}; {rounding(column, header)} in retention.toml rounds it"
        filled = message
        if problem.code == "missing-value":
            filled = message.replace("is blank", "is not a value")
        return said(f"{named} {message}", f"{named} '", f"' {filled}")

    def release(self) -> None:
        """Let go of its rows but those that are not used; its counts stay."""
        self.table = self.table.schema.empty_table()
        self.text = replace(self.text, batches=[])
        self.sheet = self.sheet.only(np.concatenate([*map(self.rows, Outcome)]))
