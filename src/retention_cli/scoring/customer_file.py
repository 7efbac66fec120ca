"""One customer: what each export says of it, in order of time, and the ids that are nearly its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import records
from retention_cli.errors import RetentionError, nearest
from retention_cli.findings.across_files.ids_alike import folded
from retention_cli.frames.opened import Rows
from retention_cli.results.explanation import CustomerFile, Saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.problems import Problem
    from retention_cli.scoring.members import Openers

_ID = "customer_id"
_LOOKED_AT = 20_000
"""Among so many ids the nearest is looked for, which takes long."""


def customer_file(
    ids_of_one: Sequence[str], dataset: Dataset, openers: Openers, left_out: Sequence[Problem]
) -> CustomerFile:
    """Gather the rows of a customer; `left_out` are those that bear an id of it and were not used.

    Shape: its own id stands before those that were joined with it.

    Errors: RetentionError where no row bears the id, with the nearest one.
    """
    id_, *joined = ids_of_one
    tables = {kind: table for kind, table in _as_read(dataset).items() if _ID in table.column_names}
    ids = _distinct(tables)
    said = sorted(_said(id_, tables, openers), key=lambda one: (one.day or "", one.kind))
    if not said and not left_out:
        known = _near(id_, ids) or ids.slice(0, _LOOKED_AT).to_pylist()
        guess = nearest(id_, known)
        raise RetentionError(
            f"--id: no row is of a customer '{id_}'",
            f"did you mean '{guess}'?" if guess else "write the id as it is in the exports",
        )
    near = tuple(sorted({one for one in _near(id_, ids) if one != id_}))
    return CustomerFile(id_, openers.name(id_), tuple(joined), near, tuple(said), tuple(left_out))


def _as_read(dataset: Dataset) -> Mapping[str, pa.Table]:
    found = dict(dataset.tables)
    lists = dataset.snapshots
    spells = [] if dataset.spells is None or (lists and lists.alone) else [dataset.spells]
    if lists is not None:
        spells.append(lists.rows())
    if spells:
        found["customers"] = pa.concat_tables(spells, promote_options="permissive")
    return found


def _distinct(tables: Mapping[str, pa.Table]) -> Any:
    found = [pc.unique(table[_ID].cast(pa.string())) for table in tables.values()]
    return pa.chunked_array(found, pa.string()).unique().drop_null() if found else pa.array([])


def _near(id_: str, ids: Any) -> list[str]:
    """List the ids that are this one but for case, zeros, blanks and unseen marks."""
    if not len(ids):
        return []
    (wanted,) = folded(pa.array([id_])).to_pylist()
    alike: list[str] = ids.filter(pc.equal(folded(ids), wanted)).to_pylist()
    return alike


def _said(id_: str, tables: Mapping[str, pa.Table], openers: Openers) -> Iterator[Saying]:
    for kind, table in tables.items():
        model = records.model(kind)
        mine = table.filter(pc.equal(table[_ID].cast(pa.string()), id_))
        cells = [*(name for name in model.model_fields if name != _ID), "list"]
        rows = Rows.of(kind, mine, member=_ID, cells=cells)
        for place in openers.places(rows):
            there = {name: cell for name, cell in place.cells.items() if cell is not None}
            days = [there[name] for name in model.dated_by if name in there]
            day = str(days[0])[: len("2025-01-01")] if days else None
            yield Saying(day, kind, replace(place, cells=there))
