"""Files to a dataset: read, map, check, and settle what only all rows together can tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import reading, records
from retention_cli.dataset import Dataset, billed_first
from retention_cli.details import only_describes, with_details, without_spell
from retention_cli.errors import DataRefusedError, RetentionError, nearest
from retention_cli.exports import Export, RejectLimit, refuse_guess, refuse_too_many
from retention_cli.locating import rules_for
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.plan import used_columns
from retention_cli.mapping.preparing import prepared
from retention_cli.mapping.presets import signature
from retention_cli.mapping.presets.recognition import lacking
from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.mapping.sheets import Assigned, assign
from retention_cli.problems import Outcome, Problem, Problems
from retention_cli.reading.faults import without_faults
from retention_cli.reading.text import ROW, as_text, same_sheet
from retention_cli.records.invoices import EXCLUDED, INCLUDED, TAX
from retention_cli.remarks import pass_on, remark
from retention_cli.repeats import FILE
from retention_cli.settling import settle_rows
from retention_cli.taxes import any_taxed, without_tax
from retention_cli.timing import timed
from retention_cli.totals import without_totals
from retention_cli.validating import validate_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from retention_cli.locating import Located
    from retention_cli.mapping.canonical import Canonical
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet
    from retention_cli.rejects import RejectsFile
    from retention_cli.settings import Settings


_TAX_IS_IN = (
    "amounts are taken with the sales tax in them, which the export does not part: tax = "
    '"included 19%" in retention.toml takes it out, tax = "none" says that there is none'
)
_TAX_IS_OUT = (
    "amounts are net of sales tax, as the export parts it: tax in retention.toml takes nothing out"
    " of them"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read: rows to compute with, files with their counts, findings.

    Shape: `spells` has the rows of customers before those that touch were joined.
    """

    dataset: Dataset
    exports: tuple[Export, ...]
    problems: Problems
    spells: pa.Table | None = None

    def values_of_others(self, kind: str) -> dict[str, int]:
        """Count the values of each column of a kind that is none of ours."""
        table, ours = self.dataset.tables[kind], {ROW, FILE, *records.model(kind).model_fields}
        headers = (
            plan.source
            for export in self.exports
            for plan in export.plans
            if export.kind == kind and plan.source == plan.column and plan.column not in ours
        )
        return {
            header: pc.count_distinct(as_text(table[header])).as_py()
            for header in dict.fromkeys(headers)
            if header in table.column_names
        }


@dataclass(slots=True)
class LoadedExport:
    """One file, or sheet of a workbook, of one kind, as far as its own rows can be judged."""

    sheet: TextSheet
    text: Canonical
    table: pa.Table
    findings: list[Problem]
    accepted: int = 0
    applied: Applied | None = None
    beside: str | None = None
    """What becomes of its rows beside another file."""

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
            rejected=sum(found.outcome is Outcome.REJECTED for found in self.findings),
            skipped=self.sheet.blank
            + sum(found.outcome is Outcome.SKIPPED for found in self.findings),
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
        return (*preset, *self._taxed, *self.text.assumed, *filter(None, (self.beside,)))

    @property
    def _taxed(self) -> tuple[str, ...]:
        if TAX not in self.table.column_names:
            return ()
        return (_TAX_IS_IN if self.applied and self.applied.preset.includes_tax else _TAX_IS_OUT,)

    @property
    def first_reject(self) -> str:
        """What is wrong with the first of its rows that is rejected."""
        rejected = (one.message for one in self.findings if one.outcome is Outcome.REJECTED)
        return next(rejected, "")

    def finding(  # noqa: PLR0913  # a problem has a side for each of these
        self,
        row: int,
        *,
        code: str,
        message: str,
        column: str | None,
        outcome: Outcome = Outcome.REJECTED,
        of_row: bool = True,
    ) -> None:
        """Note what was found at one of its rows, with the text that stands there."""
        raw = self.sheet.raw(row)
        place = self.text.layout.sources.get(column) if column else None
        cell = raw[place] if isinstance(place, int) and place < len(raw) else None
        if not of_row and column:
            header = self.sheet.headers[place] if isinstance(place, int) else column
            named = column if header == column else f"{column} ('{header}')"
            if cell and code == "missing-value":
                message = message.replace("is blank", "says nothing")
            message = f"{named} '{cell}' {message}" if cell else f"{named} {message}"
        self._add(row, code, message, raw, column=column, cell=cell, outcome=outcome)

    def release(self) -> None:
        """Let go of its rows once nothing is to be found at them; its counts stay."""
        self.table = self.table.slice(0, 0)
        self.text = replace(self.text, batches=[])
        self.sheet = replace(self.sheet, batches=[])

    def torn(self) -> None:
        """Note the rows that were torn, and those that are none of the table."""
        columns = used_columns(self.text.layout, self.sheet)
        for torn in self.sheet.torn:
            place = torn.place
            column = None if place is None else columns[place]
            cell = None if place is None else torn.cells[place] or None
            self._add(torn.row, torn.code, torn.message, torn.cells, column=column, cell=cell)
        for row in self.sheet.aside:
            self._add(row.row, row.code, row.message, row.cells, outcome=Outcome.SKIPPED)

    def _add(  # noqa: PLR0913  # a problem has a side for each of these
        self,
        row: int,
        code: str,
        message: str,
        raw: tuple[str, ...],
        *,
        column: str | None = None,
        cell: str | None = None,
        outcome: Outcome = Outcome.REJECTED,
    ) -> None:
        self.findings.append(
            Problem(
                kind=self.kind,
                file=self.sheet.file,
                row=row,
                code=code,
                message=f"{self.sheet.name} row {row}: {message}",
                column=column,
                cell=cell,
                outcome=outcome,
                sheet=self.sheet.sheet,
                raw=raw,
            )
        )


def load(
    parts: Sequence[LoadedExport],
    *,
    settings: Settings,
    limit: RejectLimit,
    rejects: RejectsFile,
    as_of: date | None = None,
) -> Loaded:
    """Put the accepted rows of all files together, and count what became of every row.

    Rows of days after `as_of` are warned about.

    Errors: DataRefusedError where a file cannot be used beside the others, or has more rejected
        rows than the limit allows, or was guessed at in a strict run.
    """
    for _, refusal in misfits(parts):
        raise refusal
    problems = Problems()
    tables: dict[str, pa.Table] = {}
    for kind in sorted({part.kind for part in parts}):
        ours = [part for part in parts if part.kind == kind]
        tables[kind] = _described(kind, ours, settings, problems)
    exports = tuple(_closed(part, problems, rejects) for part in parts)
    pass_on([(part.kind, part.sheet) for part in parts], problems)
    for part in parts:
        part.release()
    for part, export in zip(parts, exports, strict=True):
        refuse_guess(export, limit)
        refuse_too_many(export, limit, part.first_reject)
    spells = tables.get("customers")
    remark(tables, exports, problems, as_of=as_of)
    if "invoices" in tables:
        tables["invoices"] = billed_first(tables["invoices"])
    if "tickets" in tables:
        tables["tickets"] = timed(
            tables["tickets"], zone=settings.time_zone, hours=settings.business_hours
        )
    tax = settings.tax if settings.tax and any_taxed(tables) else Fraction(0)
    tables, money_parts = without_tax(tables, tax)
    dataset = Dataset(tables, window=settings.activity_window, money_parts=money_parts, tax=tax)
    return Loaded(dataset, exports, problems, spells)


def read_parts(file: Located, settings: Settings) -> Iterator[LoadedExport]:
    """Read one file as each kind that it is; its rows are checked one by one.

    Errors: DataRefusedError where it cannot be read or recognised; BadConfigError for a kind of
        the settings that there is not.
    """
    _refuse_unknown_kinds(settings)
    rules = [r for r in rules_for(file, settings.export) if same_sheet(r.sheet, file.sheet)]
    sheets = reading.read(
        file.path,
        name=file.name,
        encoding=file.encoding or next((r.encoding for r in rules if r.encoding), None),
        delimiter=file.delimiter or next((r.delimiter for r in rules if r.delimiter), None),
        sheet=file.sheet,
        known=KNOWN,
    )
    for assigned in assign(sheets, kind=file.kind, rules=rules, presets=file.presets):
        yield _read_part(assigned, settings)


def refuse_idle_presets(files: Sequence[Located], parts: Sequence[LoadedExport]) -> None:
    """Stop where a preset was named that no file was read by.

    Errors: RetentionError with what the first file lacks for it.
    """
    applied = {part.applied.preset.name for part in parts if part.applied}
    for name in dict.fromkeys(name for file in files for name in file.presets):
        if name not in applied and parts:
            first = parts[0].sheet
            why = lacking(signature(name), first.headers) or "is of another kind"
            raise RetentionError(
                f"--preset {name}: fits none of the files: {first.name} {why}",
                "leave it out, or name the columns in retention.toml: [export.columns]",
            )


def misfits(parts: Sequence[LoadedExport]) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Find files that cannot be used beside the others, each with why.

    Those are copies of another file, which would count all of it twice, files that hold the same
    money in another way, and files without dates beside files that have them, whose rows would
    fall in no period.
    """
    seen: dict[tuple[str, str | None, str], LoadedExport] = {}
    dated: dict[str, LoadedExport] = {}
    for part in parts:
        if _is_dated(part):
            dated.setdefault(part.kind, part)
    for part in parts:
        if not part.sheet.rows:
            continue
        key = (part.kind, part.sheet.sheet, part.sheet.sha256)
        first, other = seen.setdefault(key, part), dated.get(part.kind)
        if first is not part:
            yield part, _refused(part, f"has the same content as {first.sheet.name}", "read one")
        elif (double := _double_of(part, parts)) is not None:
            yield (
                part,
                _refused(
                    part,
                    f"holds the same money as {double.sheet.name}, which would count twice",
                    "give one of the two",
                ),
            )
        elif other is not None and not _is_dated(part) and not _only_describes(part):
            columns = " or ".join(part.text.layout.model.dated_by)
            yield (
                part,
                _refused(
                    part,
                    f"has no {columns}, which {other.sheet.name} has",
                    "give both files the column, or compute them apart",
                ),
            )


def _double_of(part: LoadedExport, parts: Sequence[LoadedExport]) -> LoadedExport | None:
    """Find an earlier file of the kind that holds what another export of its system holds."""
    if part.applied is None:
        return None
    doubles = part.applied.preset.doubles
    for other in parts:
        if other is part:
            return None
        if other.kind == part.kind and other.applied and other.applied.preset.name in doubles:
            return other
    return None


def _is_dated(part: LoadedExport) -> bool:
    return any(column in part.table.column_names for column in part.text.layout.model.dated_by)


def _only_describes(part: LoadedExport) -> bool:
    return only_describes(part.text.layout.model, part.table.column_names)


def _refused(part: LoadedExport, why: str, hint: str) -> DataRefusedError:
    return DataRefusedError(f"{part.sheet.name}: {why}", hint)


def _refuse_unknown_kinds(settings: Settings) -> None:
    for place, rule in enumerate(settings.export):
        if rule.kind not in records.names():
            known = records.names()
            guess = nearest(rule.kind, known)
            raise settings.fault(
                ("export", place, "kind"),
                f"unknown kind of export '{rule.kind}'",
                f"did you mean '{guess}'?" if guess else f"known: {', '.join(known)}",
            )


def _read_part(assigned: Assigned, settings: Settings) -> LoadedExport:
    layout, rule, applied = assigned.layout, assigned.rule, assigned.applied
    sheet = without_faults(assigned.sheet, used_columns(layout, assigned.sheet))
    ready = prepared(sheet, applied)
    text = canonical(ready.sheet, layout, settings=settings, rule=rule)
    totals = without_totals(text.batches, layout.model)
    text = replace(text, batches=totals.batches)
    with ThreadPoolExecutor() as pool:
        checked = list(pool.map(partial(validate_batch, layout.model), text.batches))
    sheet = replace(sheet, remarks=(*ready.sheet.remarks, *text.remarks))
    table = pa.concat_tables([one.table for one in checked])
    if (said := _tax_said(applied, settings)) is not None:
        table = table.append_column(TAX, pa.repeat(pa.scalar(said), len(table)))
    part = LoadedExport(sheet, text, table, [], applied=applied)
    for row in ready.skipped:
        part.finding(
            row.row,
            code=row.code,
            message=f"left out: {row.because}",
            column=None,
            outcome=Outcome.SKIPPED,
        )
    for batch, one in zip(text.batches, checked, strict=True):
        for refusal in one.refusals:
            part.finding(
                batch.rows[refusal.index].as_py(),
                code=refusal.code,
                message=refusal.message,
                column=refusal.column or None,
                of_row=refusal.of_row,
            )
    for number in totals.rows:
        part.finding(
            number,
            code="totals-row",
            message="is the sum of rows above it",
            column="amount",
            outcome=Outcome.SKIPPED,
        )
    part.torn()
    return part


def _tax_said(applied: Applied | None, settings: Settings) -> str | None:
    """Say what a preset knows of the tax in its amounts, where it goes before the settings."""
    if applied is None or "amount" not in applied.reasons:
        return None
    # Where tax is set, the user says what is in the amounts, and it is taken out of them.
    if applied.preset.includes_tax and settings.tax is None:
        return INCLUDED
    return EXCLUDED if applied.preset.includes_tax is False and settings.tax else None


def _described(
    kind: str, parts: Sequence[LoadedExport], settings: Settings, problems: Problems
) -> pa.Table:
    """Settle the rows of a kind; files that only describe customers add to those with dates."""
    dated = [place for place, part in enumerate(parts) if not _only_describes(part)]
    others = [place for place, part in enumerate(parts) if _only_describes(part)]
    if not others or not any(_is_dated(parts[place]) for place in dated):
        return _settled(kind, parts, settings, problems)
    spells, details = (
        _settled(kind, [parts[place] for place in places], settings, problems)
        for places in (dated, others)
    )
    spells = spells.set_column(
        spells.column_names.index(FILE),
        FILE,
        pa.array(dated, pa.int32()).take(spells[FILE].combine_chunks()),
    )
    named = " and ".join(parts[place].sheet.name for place in dated)
    for place in others:
        parts[place].beside = _beside(parts[place], named, spells)
    return with_details(spells, details)


def _beside(part: LoadedExport, named: str, spells: pa.Table) -> str:
    said = (
        f"it has no dates: its columns are added to the customers of {named}, which says who was"
        " a customer when"
    )
    count = without_spell(spells, part.table)
    alone = f"; customers that are only here, and count at no time: {count:,}" if count else ""
    return said + alone


def _settled(
    kind: str, parts: Sequence[LoadedExport], settings: Settings, problems: Problems
) -> pa.Table:
    settled = settle_rows(
        records.model(kind),
        [part.table for part in parts],
        drop_equal=settings.duplicates == "drop",
    )
    for table, found in settled.findings:
        for place in found.indices:
            parts[table[FILE][int(place)].as_py()].finding(
                table[ROW][int(place)].as_py(),
                code=found.code,
                message=found.message,
                column=found.column,
                outcome=found.outcome,
            )
    accepted = np.bincount(settled.table[FILE].to_numpy(), minlength=len(parts))
    for part, count, equal in zip(parts, accepted, settled.equal, strict=True):
        part.accepted = int(count)
        if equal:
            problems.warn(
                kind=kind,
                file=part.sheet.file,
                sheet=part.sheet.sheet,
                code="equal-rows",
                count=equal,
                message=f"{equal:,} {'row is' if equal == 1 else 'rows are'} equal to an earlier"
                f" row of the file, and {'is' if equal == 1 else 'are'} kept",
                hint='duplicates = "drop" in retention.toml leaves them out',
            )
    return settled.table


def _closed(part: LoadedExport, problems: Problems, rejects: RejectsFile) -> Export:
    part.findings.sort(key=lambda found: found.row)
    for found in part.findings:
        problems.add(found)
        rejects.add(found)
    return part.export()
