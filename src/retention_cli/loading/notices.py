"""What accepted rows leave to be said: customers nobody knows, drafts, joined spells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.across_files import (
    Together,
    distant_dates,
    do,
    future_dates,
    ids_alike,
    rows_text,
    unknown_customers,
)
from retention_cli.records.kinds.invoices import DRAFT, VOID
from retention_cli.settling.spells import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Problems
    from retention_cli.reading.text import Remark, TextSheet


def remark(
    tables: dict[str, pa.Table],
    exports: Sequence[Export],
    problems: Problems,
    *,
    as_of: date | None = None,
) -> None:
    """Say what a reader should know of the accepted rows; touching spells become one.

    `as_of` is the day after which a date is in the future; without it none is.
    """
    _empty(tables, exports, problems)
    _read_otherwise(exports, problems)
    for kind in tables:
        _without_customer(kind, tables, problems)
    _across_files(tables, exports, problems, as_of)
    _left_out_invoices(tables, problems)
    if "customers" in tables:
        tables["customers"], count = joined(tables["customers"])
        if count:
            problems.warn(
                kind="customers",
                file="customers",
                code="joined-spells",
                count=count,
                message=f"{rows_text(count)} {do(count, 'continue')} an earlier row of the same"
                f" customer, and {do(count, 'are')} joined with it",
            )


def pass_on(sheets: Sequence[tuple[str, TextSheet]], problems: Problems) -> None:
    """Say what was found of each sheet, once however many kinds it is read as."""
    said: set[tuple[str, Remark]] = set()
    for kind, sheet in sheets:
        for one in sheet.remarks:
            place = sheet.file if one.of_file else sheet.name
            if (place, one) in said:
                continue
            said.add((place, one))
            problems.warn(
                kind=kind,
                file=sheet.file,
                sheet=None if one.of_file else sheet.sheet,
                code=one.code,
                column=one.column,
                message=one.message,
                count=one.count,
                hint=one.hint,
            )


def _empty(tables: dict[str, pa.Table], exports: Sequence[Export], problems: Problems) -> None:
    for export in exports:
        if not export.accepted:
            alone = not len(tables[export.kind])
            problems.warn(
                kind=export.kind,
                file=export.file,
                sheet=export.sheet,
                code="no-rows",
                count=1,
                message="has no rows to use" + (": its figures are undefined" if alone else ""),
            )


def _read_otherwise(exports: Sequence[Export], problems: Problems) -> None:
    for export in exports:
        if export.doubt:
            problems.warn(
                kind=export.kind,
                file=export.file,
                sheet=export.sheet,
                code="encoding",
                count=1,
                message=export.doubt,
            )
        if export.notes:
            problems.warn(
                kind=export.kind,
                file=export.file,
                sheet=export.sheet,
                code="read-otherwise",
                count=len(export.notes),
                message="; ".join(export.notes),
            )


def _without_customer(kind: str, tables: dict[str, pa.Table], problems: Problems) -> None:
    table = tables[kind]
    if kind == "customers" or "customer_id" not in table.column_names:
        return
    blank = table["customer_id"].null_count
    if blank:
        problems.warn(
            kind=kind,
            file=kind,
            code="no-customer",
            column="customer_id",
            count=blank,
            message=f"{blank:,} of {rows_text(len(table))} {do(blank, 'have')} no customer: such rows"
            " stay in totals, and are in no figure per customer",
        )


def _across_files(
    tables: dict[str, pa.Table],
    exports: Sequence[Export],
    problems: Problems,
    as_of: date | None,
) -> None:
    """Say what makes figures wrong without a trace: ids that do not meet, days that are none."""
    together = Together(tables, exports, as_of=as_of)
    for rule in (unknown_customers, ids_alike, distant_dates, future_dates):
        for found in rule.find(together):
            problems.warn(
                kind=found.kind,
                file=found.kind,
                code=found.code,
                column=found.column,
                count=found.count,
                message=found.message,
                hint=found.hint,
            )


def _left_out_invoices(tables: dict[str, pa.Table], problems: Problems) -> None:
    invoices = tables.get("invoices")
    if invoices is None or "status" not in invoices.column_names:
        return
    for status, word in ((DRAFT, "draft"), (VOID, "voided")):
        count = pc.sum(pc.equal(invoices["status"], pa.scalar(status))).as_py() or 0
        if count:
            problems.warn(
                kind="invoices",
                file="invoices",
                code=f"left-out-{status}",
                column="status",
                count=count,
                message=f"{rows_text(count)} {do(count, 'are')} {word}: such rows count in no figure",
            )
