"""What accepted rows leave to be said: rows without a customer, drafts, joined spells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.records.billing_statuses import DRAFT, VOID
from retention_cli.text.wording import do, many, rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.findings.file_report import Export
    from retention_cli.reading.text import TextSheet

_LEFT_OUT = {"left-out-draft": (DRAFT, "draft"), "left-out-void": (VOID, "voided")}


def notices(tables: Mapping[str, pa.Table], exports: Sequence[Export]) -> Iterator[Notice]:
    """Give what a reader should know of the accepted rows."""
    for export in exports:
        for one in _of_export(export, alone=not len(tables[export.kind])):
            yield replace(one, kind=export.kind, file=export.file, sheet=export.sheet)
    for kind, table in tables.items():
        yield from _without_customer(kind, table)
    yield from _left_out_invoices(tables)


def of_sheets(sheets: Sequence[tuple[str, TextSheet]]) -> Iterator[Notice]:
    """Give what was found of each sheet, once however many kinds it is read as."""
    said: set[tuple[str, Notice]] = set()
    for kind, sheet in sheets:
        for one in sheet.remarks:
            place = sheet.file if one.of_file else sheet.name
            if (place, one) not in said:
                said.add((place, one))
                of = None if one.of_file else sheet.sheet
                yield replace(one, kind=kind, file=sheet.file, sheet=of)


def of_joined(count: int, *, overlapping: bool) -> Iterator[Notice]:
    """Say how many rows of customers were joined with an earlier one, which they may overlap."""
    what = do(count, "continue") + (f" or {do(count, 'overlap')} with" if overlapping else "")
    if count:
        yield Notice(
            "joined-spells",
            f"{rows_text(count)} {what} an earlier row of the same"
            f" customer, and {do(count, 'are')} joined with it",
            count,
            kind="customers",
        )


def _of_export(export: Export, *, alone: bool) -> Iterator[Notice]:
    if not export.accepted:
        yield Notice(
            "no-rows", "has no rows to use" + (": its figures are undefined" if alone else "")
        )
    if export.doubt:
        yield Notice("encoding", export.doubt)
    if export.notes:
        yield Notice("read-otherwise", "; ".join(export.notes), len(export.notes))


def _without_customer(kind: str, table: pa.Table) -> Iterator[Notice]:
    if kind == "customers" or "customer_id" not in table.column_names:
        return
    blank = table["customer_id"].null_count
    if blank:
        yield Notice(
            "no-customer",
            f"{blank:,} of {rows_text(len(table))} {do(blank, 'have')} no customer: these rows count in totals,"
            " but in no figure per customer",
            blank,
            "customer_id",
            kind=kind,
            brief=f"{rows_text(blank)} without a customer, in totals only",
        )


def _left_out_invoices(tables: Mapping[str, pa.Table]) -> Iterator[Notice]:
    invoices = tables.get("invoices")
    if invoices is None or "status" not in invoices.column_names:
        return
    for code, (status, word) in _LEFT_OUT.items():
        count = pc.sum(pc.equal(invoices["status"], pa.scalar(status))).as_py() or 0
        if count:
            yield Notice(
                code,
                f"{many(count, f'{word} invoice')} {do(count, 'are')} excluded from all figures",
                count,
                "status",
                kind="invoices",
                brief=f"{count:,} excluded as {word}",
            )
