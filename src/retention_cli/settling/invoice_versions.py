"""Rows of one invoice in several files: the lines of the later file count, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome
from retention_cli.frames.columns import FILE, ROW
from retention_cli.records.document_types import CREDIT
from retention_cli.settling.documents import documents_of
from retention_cli.settling.repeats import codes_of, rows_that_differ
from retention_cli.settling.versions import CONFLICTING, UNORDERED, UPDATED, problem_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention_cli.settling.repeats import Marked
    from retention_cli.settling.versions import Files


def newest_lines(table: pa.Table, line_of: Sequence[str], files: Files) -> list[Marked]:
    """Find the rows of invoices of which a later file has other lines, or says something else.

    Of files that nothing tells apart all rows are rejected, and so are those of two invoices that
    share no more than their id. Invoices that all files have alike are left as they are.
    """
    one, *shared = line_of
    if one not in table.column_names:
        return []
    places = rows_that_differ(table.select([one, FILE]), one)
    if not len(places):
        return []
    rows = _coded(table.take(pa.array(places)), line_of, files)
    rows = rows[_changed(rows)]
    if rows.empty:
        return []
    top = rows["rank"] == rows.groupby("id")["rank"].transform("max")
    unlike = rows["id"].isin(_unlike(rows))
    torn = rows["id"].isin(rows["id"][top][_changed(rows[top])]) & ~unlike
    left = ~top & ~unlike & ~torn
    again = top.groupby([rows["id"], rows["cells"]]).transform("any")
    same = " or its ".join(name for name in shared if name in table.column_names)
    skipped, rejected = Outcome.SKIPPED, Outcome.REJECTED
    fates = (
        (left & again, "exported-twice", skipped, "is in another file too"),
        (left & ~again, UPDATED, skipped, f"has the {one} of rows in a later file, which count"),
        (
            unlike,
            "lines-disagree",
            rejected,
            f"has the {one} of a row in another file, but not its {same}",
        ),
        (
            torn,
            CONFLICTING,
            rejected,
            f"has the {one} of a row in another file, but other data{UNORDERED}",
        ),
    )
    return [
        (places[rows.index[mask]], problem_of(code, message, one, outcome))
        for mask, code, outcome, message in fates
    ]


def _coded(table: pa.Table, line_of: Sequence[str], files: Files) -> pd.DataFrame:
    """Give rows as numbers: of what invoice, from what file, and which of them are equal."""
    import pandas as pd  # noqa: PLC0415  # takes half a second, and few files share invoices

    one, customer, day, _ = line_of
    cells = {name: codes_of(table[name]) for name in table.column_names if name not in {ROW, FILE}}
    equal = pd.DataFrame(cells).groupby(list(cells), sort=False).ngroup()
    file = table[FILE].to_numpy()
    known = np.zeros(len(table), dtype=bool)
    if customer in table.column_names:
        known = np.asarray(pc.is_valid(table[customer]))
    rows = pd.DataFrame(
        {
            "id": pd.factorize(cells[one])[0],
            "file": file,
            "rank": files.ranks[file],
            "cells": equal,
            "amount": table["amount"].to_numpy(),
            "day": cells[day],
            "customer": pd.Series(cells.get(customer, file), dtype="Int64").where(known),
        }
    )
    return rows.assign(id=rows["id"] * 2 + _credits(table, rows))


def _credits(table: pa.Table, rows: pd.DataFrame) -> np.ndarray:
    """Mark the rows of credits: they are not later version of the invoice whose id they have.

    Without types of documents a sum below zero is a credit where the id has another day as well.
    """
    documents = documents_of([table])
    if documents is not None:
        return documents.mean(CREDIT)
    totals = rows.groupby(["id", "file"])["amount"].transform("sum")
    days = rows.groupby("id")["day"].transform("nunique")
    return ((totals < 0) & (days > 1)).to_numpy()


def _changed(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of invoices whose rows are not the same in each file that has them."""
    every = rows.groupby("id")["cells"].nunique()
    held = rows.groupby(["id", "file"])["cells"].nunique()
    ids = held.index.get_level_values("id")
    return rows["id"].isin(ids[held.to_numpy() < every.reindex(ids).to_numpy()])


def _unlike(rows: pd.DataFrame) -> pd.Index[int]:
    """List the ids under which files have two invoices: of another customer, and more besides."""
    totals = rows.groupby(["id", "file"])["amount"].sum().groupby("id").nunique() > 1
    of_id = rows.groupby("id")
    days, customers = of_id["day"].nunique() > 1, of_id["customer"].nunique()
    two = ((customers > 1) & (days | totals)) | ((customers == 0) & days & totals)
    return two.index[two]
