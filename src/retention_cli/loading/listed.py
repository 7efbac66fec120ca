"""Lists of customers of one day each, which `--start` and `--end` name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.snapshots import Snapshots
from retention_cli.findings.problems import Outcome
from retention_cli.frames.columns import FILE
from retention_cli.loading.one_kind import rows_of_kind
from retention_cli.loading.same_customer import renamed
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.findings.problems import Tally
    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.settings import Settings

START, END = "start", "end"


def listed(
    parts: Sequence[LoadedExport], settings: Settings, tally: Tally, several: Mapping[str, str]
) -> Snapshots | None:
    """Settle the lists, each by itself: no row of one is a version of a row of the other.

    Shape: `parts` are all files, those of the lists last; `several` are ids still to be joined.
    """
    customers = [part for part in parts if part.kind == "customers"]
    others = [part for part in customers if not part.edge]
    tables, names, place = {}, {}, len(others)
    notes = []
    for edge in (START, END):
        ours = [part for part in customers if part.edge == edge]
        if not ours:
            return None
        table = renamed(rows_of_kind("customers", ours, settings, tally, None), several)
        moved = pc.add(table[FILE], pa.scalar(place, pa.int32()))
        tables[edge] = table.set_column(table.column_names.index(FILE), FILE, moved)
        names[edge] = " and ".join(part.sheet.name for part in ours)
        place += len(ours)
        rejected = sum(part.count(Outcome.REJECTED) for part in ours)
        if rejected:
            are = "is" if rejected == 1 else "are"
            notes.append(f"{many(rejected, 'rejected row')} of {names[edge]} {are} in no figure")
    return Snapshots(
        tables[START],
        tables[END],
        (names[START], names[END]),
        alone=not others,
        notes=tuple(notes),
    )
