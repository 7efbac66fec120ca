"""The files of one kind, settled together: which of their rows count, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli import records
from retention_cli.findings.problems import Notice
from retention_cli.frames.columns import CLOCK, FILE, ROW
from retention_cli.loading.documents import refunded_as_zero, say_documents
from retention_cli.loading.file_order import ranks
from retention_cli.settling.all_rows import settle_rows
from retention_cli.settling.undated_customers import with_details, without_spell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_cli.findings.problems import Tally
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.records.base import Record
    from retention_cli.settings import Settings

UNLISTED = "not-listed-later"


def rows_of_kind(
    kind: str,
    parts: Sequence[LoadedExport],
    settings: Settings,
    tally: Tally,
    as_of: date | None,
) -> pa.Table:
    """Settle the rows of a kind; files that only describe customers add to those that tell more."""
    telling = [place for place, part in enumerate(parts) if not part.only_describes]
    others = [place for place, part in enumerate(parts) if part.only_describes]
    if not others or not telling:
        return _settled(kind, parts, settings, tally, as_of)
    spells, details = (
        _settled(kind, [parts[place] for place in places], settings, tally, as_of)
        for places in (telling, others)
    )
    spells = spells.set_column(
        spells.column_names.index(FILE),
        FILE,
        pa.array(telling, pa.int32()).take(spells[FILE].combine_chunks()),
    )
    named = " and ".join(parts[place].sheet.name for place in telling)
    for place in others:
        parts[place].said.append(_beside(parts[place], named, spells))
    return with_details(spells, details)


def _beside(part: LoadedExport, named: str, spells: pa.Table) -> str:
    lacks, says = "no dates", "was a customer when"
    if "start_date" not in spells.column_names:
        lacks, says = "no status", "is a customer"
    said = (
        f"it has {lacks}: its columns are added to the customers of {named}, which says who {says}"
    )
    count = without_spell(spells, part.table)
    alone = f"; customers that are only here, and count at no time: {count:,}" if count else ""
    return said + alone


def _settled(
    kind: str,
    parts: Sequence[LoadedExport],
    settings: Settings,
    tally: Tally,
    as_of: date | None,
) -> pa.Table:
    model = records.model(kind)
    if kind == "invoices":
        say_documents(parts)
    settled = settle_rows(
        model,
        [part.table for part in parts],
        drop_equal=settings.duplicates == "drop" and model.may_drop_equal,
        join_overlaps=settings.overlaps == "join",
        ranks=ranks(parts, as_of=as_of),
    )
    for rows, problem in settled.marked:
        files, numbers = rows[FILE].to_numpy(), rows[ROW].to_numpy()
        for file in np.unique(files).tolist():
            parts[file].note((numbers[files == file].tolist(), problem))
    accepted = np.bincount(settled.table[FILE].to_numpy(), minlength=len(parts))
    for part, count in zip(parts, accepted, strict=True):
        part.accepted = int(count)
    for part, equal, gone in zip(parts, settled.equal, settled.unlisted, strict=True):
        found = [
            *([_of_equal(equal, model)] if equal else []),
            *([_of_gone(gone, kind)] if gone else []),
        ]
        for one in found:
            tally.say(replace(one, kind=kind, file=part.sheet.file, sheet=part.sheet.sheet))
    table = settled.table
    if CLOCK in table.column_names:
        table = table.drop_columns([CLOCK])
    return refunded_as_zero(table, parts) if kind == "invoices" else table


def _of_equal(count: int, model: type[Record]) -> Notice:
    are, kept = ("row is", "is kept") if count == 1 else ("rows are", "are kept")
    hint = 'duplicates = "drop" in retention.toml leaves them out'
    return Notice(
        "equal-rows",
        f"{count:,} {are} equal to an earlier row of the file, and {kept}",
        count,
        hint=hint if model.may_drop_equal else None,
    )


def _of_gone(count: int, kind: str) -> Notice:
    are, count_ = ("is", "counts as it stands") if count == 1 else ("are", "count as they stand")
    message = f"{count:,} of its {kind} {are} in no later file, and {count_} here"
    return Notice(UNLISTED, message, count)
