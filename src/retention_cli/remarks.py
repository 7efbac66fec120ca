"""What accepted rows leave to be said: customers nobody knows, drafts, joined spells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.text import WHITE_SPACE, as_text
from retention_cli.records.invoices import DRAFT, VOID
from retention_cli.spells import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.exports import Export
    from retention_cli.problems import Problems
    from retention_cli.reading.text import Remark, TextSheet

_SHOWN = 3
_LAST_PLACEHOLDER = date(1900, 12, 31)
_MAY_COME = ("end_date",)
"""Days that are often known before they come."""


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
    for kind, table in tables.items():
        _without_customer(kind, tables, problems)
        _unknown_customers(kind, tables, problems)
        _odd_days(kind, table, as_of, problems)
    _lost_zeros(tables, problems)
    _left_out_invoices(tables, problems)
    if "customers" in tables:
        tables["customers"], count = joined(tables["customers"])
        if count:
            problems.warn(
                kind="customers",
                file="customers",
                code="joined-spells",
                count=count,
                message=f"{_rows(count)} {_do(count, 'continue')} an earlier row of the same"
                f" customer, and {_do(count, 'are')} joined with it",
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
            message=f"{blank:,} of {_rows(len(table))} {_do(blank, 'have')} no customer: such rows"
            " stay in totals, and are in no figure per customer",
        )


def _unknown_customers(kind: str, tables: dict[str, pa.Table], problems: Problems) -> None:
    table, customers = tables[kind], tables.get("customers")
    if customers is None or "customer_id" not in table.column_names:
        return
    # Without threads: ids come in the order of the rows.
    by_id = table.select(["customer_id"]).group_by("customer_id", use_threads=False)
    counts = by_id.aggregate([([], "count_all")]).combine_chunks()
    ids = as_text(counts["customer_id"]).combine_chunks()
    known = pc.is_in(ids, value_set=as_text(pc.unique(customers["customer_id"])))
    strangers = pc.and_not(pc.is_valid(ids), known)
    unknown = ids.filter(strangers)
    if not len(unknown):
        return
    near, meant = _nearly_known(unknown, as_text(pc.unique(customers["customer_id"])))
    if len(near):
        ids = "1 id matches" if len(near) == 1 else f"{len(near):,} ids match"
        problems.warn(
            kind=kind,
            file=kind,
            code="nearly-known-customer",
            column="customer_id",
            count=len(near),
            message=f"{ids} a customer only if case, width and unseen marks are ignored, such as"
            f" '{near[0]}' and '{meant[0]}': they are taken for different ones",
            hint=f'write them alike, or in retention.toml: [export.values.customer_id] "{near[0]}"'
            f' = "{meant[0]}"',
        )
    rows = pc.sum(counts["count_all"].filter(strangers)).as_py()
    named = ", ".join(sorted(unknown.to_pylist())[:_SHOWN])
    more = " …" if len(unknown) > _SHOWN else ""
    problems.warn(
        kind=kind,
        file=kind,
        code="unknown-customer",
        column="customer_id",
        count=rows,
        message=f"{_rows(rows)} {_do(rows, 'name')} {len(unknown):,}"
        f" {'customer' if len(unknown) == 1 else 'customers'} that the customer export does not"
        f" have ({named}{more}): such rows stay in totals",
    )


def _lost_zeros(tables: dict[str, pa.Table], problems: Problems) -> None:
    """Say where an id occurs with zeros before it and without: a spreadsheet may have lost them."""
    columns = [t["customer_id"] for t in tables.values() if "customer_id" in t.column_names]
    if not columns:
        return
    ids = pc.unique(pa.chunked_array([as_text(pc.unique(column)) for column in columns]))
    padded = ids.filter(pc.match_substring_regex(ids, r"\A0+[0-9]+\z"))
    short = pc.utf8_ltrim(padded, "0")
    twice = pc.fill_null(pc.is_in(short, ids), False)
    found = sorted(
        zip(padded.filter(twice).to_pylist(), short.filter(twice).to_pylist(), strict=True)
    )
    if found:
        named = ", ".join(f"{long} and {short}" for long, short in found[:_SHOWN])
        more = " …" if len(found) > _SHOWN else ""
        problems.warn(
            kind="customers",
            file="customers",
            code="lost-zeros",
            column="customer_id",
            count=len(found),
            message=f"{len(found):,} customer {'id occurs' if len(found) == 1 else 'ids occur'} with"
            f" zeros in front and without ({named}{more}): they count as different customers",
        )


def _nearly_known(unknown: pa.Array, known: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the unknown ids that one of the known ones equals but for case, width and unseen marks.

    Shape: those ids, and beside each the known one.
    """
    folded = _folded(known)
    place = pc.index_in(_folded(unknown), value_set=folded)
    near = pc.is_valid(place)
    return unknown.filter(near), known.take(place.filter(near))


def _folded(ids: pa.Array) -> pa.Array:
    plain = pc.utf8_lower(pc.utf8_normalize(ids, "NFKC"))
    return pc.replace_substring_regex(plain, f"[{WHITE_SPACE}]", "")


def _odd_days(kind: str, table: pa.Table, as_of: date | None, problems: Problems) -> None:
    """Warn of days that stand for no day, and of those that are yet to come.

    An end in the future is none of them: contracts have one.
    """
    for name, column in zip(table.column_names, table.columns, strict=True):
        if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
            continue
        days = pc.cast(column, pa.date32())
        blanks = days.filter(pc.less_equal(days, pa.scalar(_LAST_PLACEHOLDER)))
        if count := len(blanks):
            problems.warn(
                kind=kind,
                file=kind,
                code="placeholder-date",
                column=name,
                count=count,
                message=f"{_rows(count)} {_do(count, 'have')} {name} {pc.max(blanks)} or earlier,"
                " which is most likely a blank of the system that wrote it, and is taken as a day",
                hint="export the real day",
            )
        if as_of is None or name in _MAY_COME:
            continue
        late = days.filter(pc.greater(days, pa.scalar(as_of)))
        if count := len(late):
            problems.warn(
                kind=kind,
                file=kind,
                code="future-date",
                column=name,
                count=count,
                message=f"{_rows(count)} {_do(count, 'have')} {name} after {as_of}, up to"
                f" {pc.max(late)}: such rows change no figure of a period before them",
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
                message=f"{_rows(count)} {_do(count, 'are')} {word}: such rows count in no figure",
            )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _do(count: int, verb: str) -> str:
    """Write a verb as its number of subjects asks for."""
    one = {"are": "is", "have": "has"}.get(verb, f"{verb}s")
    return one if count == 1 else verb
