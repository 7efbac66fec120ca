"""What accepted rows leave to be said: customers nobody knows, drafts, joined spells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.invoices import DRAFT, VOID
from retention_cli.spells import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.exports import Export
    from retention_cli.problems import Problems

_SHOWN = 3


def remark(tables: dict[str, pa.Table], exports: Sequence[Export], problems: Problems) -> None:
    """Say what a reader should know of the accepted rows; touching spells become one."""
    _empty(exports, problems)
    for kind in tables:
        _without_customer(kind, tables, problems)
        _unknown_customers(kind, tables, problems)
    _left_out_invoices(tables, problems)
    if "customers" in tables:
        tables["customers"], count = joined(tables["customers"])
        if count:
            problems.warn(
                kind="customers",
                file="customers",
                code="joined-spells",
                count=count,
                message=f"{count:,} rows continue an earlier row of the same customer, and are"
                " joined with it",
            )


def _empty(exports: Sequence[Export], problems: Problems) -> None:
    for export in exports:
        if not export.accepted:
            problems.warn(
                kind=export.kind,
                file=export.file,
                code="no-rows",
                count=1,
                message="has no rows to use: its figures are undefined",
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
            message=f"{blank:,} of {len(table):,} rows have no customer: they stay in totals, in no"
            " figure per customer",
        )


def _unknown_customers(kind: str, tables: dict[str, pa.Table], problems: Problems) -> None:
    table, customers = tables[kind], tables.get("customers")
    if customers is None or kind == "customers" or "customer_id" not in table.column_names:
        return
    ids = pc.drop_null(pc.unique(table["customer_id"]))
    unknown = ids.filter(pc.invert(pc.is_in(ids, pc.unique(customers["customer_id"]))))
    if not len(unknown):
        return
    rows = pc.sum(pc.is_in(table["customer_id"], unknown)).as_py()
    named = ", ".join(sorted(unknown.to_pylist())[:_SHOWN])
    more = " …" if len(unknown) > _SHOWN else ""
    problems.warn(
        kind=kind,
        file=kind,
        code="unknown-customer",
        column="customer_id",
        count=rows,
        message=f"{rows:,} rows name {len(unknown):,} customers that the customer export does not"
        f" have ({named}{more}): they stay in totals",
    )


def _left_out_invoices(tables: dict[str, pa.Table], problems: Problems) -> None:
    invoices = tables.get("invoices")
    if invoices is None or "status" not in invoices.column_names:
        return
    for status, word in ((DRAFT, "drafts"), (VOID, "voided")):
        count = pc.sum(pc.equal(invoices["status"], pa.scalar(status))).as_py() or 0
        if count:
            problems.warn(
                kind="invoices",
                file="invoices",
                code=f"left-out-{status}",
                column="status",
                count=count,
                message=f"{count:,} rows are {word}: they count in no figure",
            )
