"""Parts to a dataset: settle what only all rows together can tell, and close every count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import records
from retention_cli.dataset.billed import billed_first
from retention_cli.dataset.converting import converted
from retention_cli.dataset.cost_signs import with_positive_costs
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.day_of_loss import with_day_of_loss
from retention_cli.dataset.hours_worth import with_worth
from retention_cli.dataset.sales_tax import any_taxed, without_tax
from retention_cli.dataset.ticket_times import timed
from retention_cli.findings.across_files import Together, findings
from retention_cli.findings.file_report import Export, RejectLimit, refuse_guess, refuse_too_many
from retention_cli.findings.problems import Notice, Tally
from retention_cli.frames.columns import FILE, ROW, as_text
from retention_cli.loading.conflicting_files import misfits
from retention_cli.loading.documents import unclear_documents
from retention_cli.loading.grouped_ids import with_ids_alike
from retention_cli.loading.leavers import customer_notes
from retention_cli.loading.listed import listed
from retention_cli.loading.notices import notices, of_joined, of_sheets
from retention_cli.loading.one_kind import rows_of_kind
from retention_cli.loading.running_files import running_files
from retention_cli.loading.same_customer import renamed, unused, with_one_id
from retention_cli.loading.shown_currencies import agree_on_currency
from retention_cli.settling.spells import joined
from retention_cli.text import stages
from retention_cli.values.coverage import days_with_events
from retention_cli.values.rates import Rates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from retention_cli.dataset.snapshots import Snapshots
    from retention_cli.findings.problems import Problems
    from retention_cli.findings.rejects import RejectsFile
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.settings import Settings
    from retention_cli.values.rates import Rate


_COSTS_TURNED = (
    "all its costs are negative numbers, and are read as costs; if they are credits, write"
    ' negative_costs = "credits" in retention.toml'
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read: rows to compute with, files with their counts, findings.

    Shape: `spells` has the rows of customers before those that touch were joined; `found` is what
        the checks across files tell beside every figure. `settled` are the accepted rows as they
        were read, before settings changed any amount.
    """

    dataset: Dataset
    exports: tuple[Export, ...]
    problems: Problems
    found: tuple[Notice, ...] = ()
    spells: pa.Table | None = None
    settled: Mapping[str, pa.Table] = field(default_factory=dict)

    def days_up_to(self, as_of: date) -> list[date]:
        """List the days up to one that any date falls on; those of rows that were joined too.

        Where lists say who was there at the ends of a period, dates of customers do not say where
        the data end.
        """
        as_read = {} if self.spells is None else {"customers": self.spells}
        tables = {**self.dataset.tables, **as_read}
        if self.dataset.snapshots is not None:
            del tables["customers"]
        return days_with_events(tables, as_of=as_of)

    def values_of_others(self, kind: str) -> dict[str, int]:
        """Count the values of each column of a kind that is not one of ours."""
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


def load(  # one argument for each side of a run
    parts: Sequence[LoadedExport],
    *,
    settings: Settings,
    limit: RejectLimit,
    rejects: RejectsFile,
    as_of: date | None = None,
    keep: bool = False,
) -> Loaded:
    """Put the accepted rows of all files together, and count what became of every row.

    Rows of days after `as_of` are warned about. `keep` asks for the rows as they were read too.

    Errors: DataRefusedError where a file cannot be used beside the others, or has more rejected
        rows than the limit allows, or was guessed at in a strict run.
    """
    plain = [part for part in parts if not part.edge]
    parts = [*plain, *(part for part in parts if part.edge)]
    for part, refusal in chain(misfits(plain), unclear_documents(plain), running_files(plain)):
        refusal.file = part.sheet.file
        raise refusal
    agree_on_currency(plain)
    tally = Tally()
    several = _with_one_id(parts, settings, tally)
    stages.begin(f"comparing the rows of {len(parts)} file{'s' * (len(parts) != 1)}")
    tables = {
        kind: rows_of_kind(kind, [one for one in plain if one.kind == kind], settings, tally, as_of)
        for kind in sorted({part.kind for part in plain})
    }
    if "customers" in tables:
        tables["customers"] = renamed(tables["customers"], several)
    snapshots = listed(parts, settings, tally, several)
    settled = _as_settled(tables, snapshots) if keep else {}
    if snapshots is not None and snapshots.alone:
        tables["customers"] = snapshots.customers()
    notes = customer_notes([part for part in plain if part.kind == "customers"], tally)
    tables, worth_parts = with_worth(tables)
    if settings.negative_costs == "costs":
        tables = _with_costs_turned(tables, parts)
    exports = _exports(parts, tally, rejects, limit)
    spells = tables.get("customers")
    found = _found(Together(tables, exports, as_of=as_of), settings)
    tally.say(*notices(tables, exports), *found)
    if spells is not None:
        tables["customers"], count = joined(spells)
        tally.say(*of_joined(count, overlapping=settings.overlaps == "join"))
        tables["customers"], said = with_day_of_loss(tables["customers"], settings.lost_on)
        notes = (*notes, *said)
    tables, rate_parts, rates = _in_one_currency(tables, settings, exports)
    dataset = _dataset(tables, settings, worth_parts * rate_parts, notes)
    dataset = replace(dataset, spells=spells, snapshots=snapshots, rates=rates)
    stages.begin(f"computing from {sum(len(table) for table in tables.values()):,} rows")
    return Loaded(dataset, exports, tally.problems(), found, spells, settled)


def _found(together: Together, settings: Settings) -> tuple[Notice, ...]:
    """Give what figures rest on across files; several currencies are one where they are converted."""
    return tuple(
        one
        for one in findings(together, always=True)
        if one.code != "several-currencies" or settings.report_currency is None
    )


def _with_costs_turned(
    tables: dict[str, pa.Table], parts: Sequence[LoadedExport]
) -> dict[str, pa.Table]:
    """Take costs that are written below zero as costs, and say of which files."""
    tables, turned = with_positive_costs(tables)
    for part in parts:
        if part.kind in turned:
            part.said.append(_COSTS_TURNED)
    return tables


def _exports(
    parts: Sequence[LoadedExport], tally: Tally, rejects: RejectsFile, limit: RejectLimit
) -> tuple[Export, ...]:
    """Close the counts of all files, and let go of their rows.

    Errors: DataRefusedError for more rejected rows than the limit allows, or a guess in a strict run.
    """
    exports = tuple(_closed(part, tally, rejects) for part in parts)
    tally.say(*of_sheets([(part.kind, part.sheet) for part in parts]))
    for part in parts:
        part.release()
    for part, export in zip(parts, exports, strict=True):
        refuse_guess(export, limit)
        if not limit.allows(rejected=export.rejected, rows=export.rows):
            refuse_too_many(export, limit, part.first_reject)
    return exports


def _as_settled(tables: Mapping[str, pa.Table], lists: Snapshots | None) -> dict[str, pa.Table]:
    """Give the rows of each kind as they were read, those of lists of customers among them."""
    if lists is None:
        return dict(tables)
    rows = [*([tables["customers"]] if "customers" in tables else []), lists.rows()]
    return {**tables, "customers": pa.concat_tables(rows, promote_options="permissive")}


def _with_one_id(parts: Sequence[LoadedExport], settings: Settings, tally: Tally) -> dict[str, str]:
    """Write the ids of a customer alike; give those that are joined when customers are settled."""
    if not settings.ids_as_written:
        with_ids_alike(parts)
    tally.say(*unused(parts, settings.same_customer))
    return with_one_id(parts, settings.same_customer)


def _in_one_currency(
    tables: dict[str, pa.Table], settings: Settings, exports: Sequence[Export]
) -> tuple[dict[str, pa.Table], int, tuple[Rate, ...]]:
    """Convert amounts, where the settings say to what.

    Errors: DataRefusedError where a rate is missing.
    """
    if settings.report_currency is None:
        return tables, 1, ()
    rates = Rates(settings.rates, to=settings.report_currency, max_age=settings.rate_max_age)

    def placed(kind: str, table: pa.Table, at: int) -> str:
        files = [one for one in exports if one.kind == kind]
        return f"{files[table[FILE][at].as_py()].name} row {table[ROW][at].as_py()}"

    return converted(tables, rates, placed)


def _dataset(
    tables: dict[str, pa.Table], settings: Settings, worth_parts: int, notes: tuple[str, ...]
) -> Dataset:
    """Make of accepted rows what figures are computed from: in order, timed and without tax."""
    if "invoices" in tables:
        tables["invoices"] = billed_first(tables["invoices"])
    if "tickets" in tables:
        tables["tickets"] = timed(
            tables["tickets"], zone=settings.time_zone, hours=settings.business_hours
        )
    tax = settings.tax if settings.tax and any_taxed(tables) else Fraction(0)
    tables, tax_parts = without_tax(tables, tax)
    return Dataset(
        tables,
        window=settings.activity_window,
        money_parts=worth_parts * tax_parts,
        tax=tax,
        leaves_out_undated=settings.ended_without_day == "leave-out",
        customer_notes=notes,
        new_after=settings.new_after,
        report_currency=settings.report_currency,
    )


def _closed(part: LoadedExport, tally: Tally, rejects: RejectsFile) -> Export:
    for found in part.problems:
        tally.add(found)
        rejects.add(found)
    return part.export()
