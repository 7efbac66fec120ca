"""Frozen runs read again: nothing of one is believed that was not checked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.results.frozen import SCHEMA
from retention_cli.runs.frozen_form import FormError, read_form
from retention_cli.runs.frozen_runs import BEHIND, MEMBERS, ROWS, RUN, SUMS, sum_of

if TYPE_CHECKING:
    from pathlib import Path

    from retention_cli.results.frozen import Frozen


def read(folder: Path) -> Frozen:
    """Read a frozen run of this or an earlier version.

    Errors: DataRefusedError where it is none, or was made by a later version, or is not as it was
        saved.
    """
    place = RUN
    try:
        told = json.loads((folder / RUN).read_text("utf-8"))
        schema = told.get("schema") if isinstance(told, dict) else None
        if not isinstance(schema, str):
            raise FormError("schema is missing, or is not text")
        if schema != SCHEMA:
            raise DataRefusedError(
                f"{folder}: is a frozen run of the form {schema[:40]}, which is not known here",
                "read it with the version of retention that made it, or a later one",
            )
        run = read_form(told)
        for place, digest in _sums(folder).items():
            if sum_of(folder / place) != digest:
                raise FormError("is not as it was saved")
        tables = {}
        for place, columns in _tables_of(run).items():
            tables[place] = _table(folder / place, columns, len(run.files))
        return replace(
            run,
            rows={kind: tables[ROWS.format(kind)] for kind in run.keys},
            members=tables[MEMBERS],
            behind=tables[BEHIND],
        )
    except (OSError, ValueError, RecursionError, pa.ArrowException) as error:
        said = getattr(error, "strerror", None) or error
        raise DataRefusedError(
            f"{folder}: is not a whole frozen run: {place}: {said}",
            "save it again with --save FOLDER",
        ) from None


def _tables_of(run: Frozen) -> dict[str, pa.Schema]:
    """Name the tables of a run, and the columns that each has to have."""
    place = [("file", pa.int32()), ("row", pa.int64())]
    return {
        **{ROWS.format(kind): pa.schema([*place, ("key", pa.string())]) for kind in run.keys},
        MEMBERS: pa.schema([("set", pa.int32()), ("id", pa.string())]),
        BEHIND: pa.schema([("set", pa.int32()), ("kind", pa.string()), *place]),
    }


def _table(path: Path, columns: pa.Schema, files: int) -> pa.Table:
    with pa.OSFile(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
    table.validate(full=True)
    if len({*table.column_names}) < table.num_columns:
        raise FormError("has a column twice")
    for one in table.schema:
        wanted = columns.field(one.name).type if one.name in columns.names else pa.uint64()
        if one.type != wanted:
            raise FormError(f"{one.name} is {one.type}, and not {wanted}")
        if one.name not in {"id", "key"} and table[one.name].null_count:
            raise FormError(f"{one.name} has blanks")
    if missing := [name for name in columns.names if name not in table.column_names]:
        raise FormError(f"{missing[0]} is missing")
    most = {"file": files, "row": 1 << 40, "set": 1 << 31}
    for name in {*most} & {*columns.names} if len(table) else ():
        low, high = pc.min_max(table[name]).as_py().values()
        if low < 0 or high >= most[name]:
            raise FormError(f"{name} has {low if low < 0 else high}, which is out of range")
    return table


def _sums(folder: Path) -> dict[str, str]:
    """Give the digests that a run was saved with; the first versions wrote none."""
    path = folder / SUMS
    if not path.exists():
        return {}
    lines = path.read_text("utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
