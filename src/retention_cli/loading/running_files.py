"""Running totals that are split over several files: no file of them proves it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.errors import AmbiguousColumnError
from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.money.asking import lines, recipe_text
from retention_cli.mapping.money.running import MOST_ROWS, grow
from retention_cli.mapping.plan import recipe_headers
from retention_cli.settings import Recipe
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.errors import DataRefusedError
    from retention_cli.loading.loaded_export import LoadedExport

_MOST_FILES = 60
_DAYS = {"invoices": "invoice_date", "costs": "cost_date"}


def running_files(
    parts: Sequence[LoadedExport],
) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Find files whose amounts, put together, grow from row to row: in each file anew, or over all."""
    for kind, day in _DAYS.items():
        ours = [part for part in parts if part.kind == kind and _may_run(part, day)]
        count = sum(len(part.table) for part in ours)
        if not 1 < len(ours) <= _MOST_FILES or count > MOST_ROWS:
            continue
        files = np.repeat(np.arange(len(ours)), [len(part.table) for part in ours])
        days, amounts = (_together(ours, name) for name in (day, "amount"))
        owners = _owners(ours)
        each = None if owners is None else owners * len(ours) + files
        for of, codes in (
            *(("all files", np.zeros_like(files)), ("each file", files)),
            *(("a customer", owners), ("a customer in each file", each)),
        ):
            if codes is not None and grow(codes, days, amounts):
                yield ours[0], _question(ours, of)
                break


def _may_run(part: LoadedExport, day: str) -> bool:
    recipe = part.text.layout.sources.get("amount")
    settled = isinstance(recipe, Recipe) and recipe.as_it_stands
    columns = part.table.column_names
    return not settled and len(part.table) > 1 and day in columns and "amount" in columns


def _together(parts: Sequence[LoadedExport], column: str) -> np.ndarray:
    cells = (part.table[column].to_numpy() for part in parts)
    return np.concatenate([*cells])


def _owners(parts: Sequence[LoadedExport]) -> np.ndarray | None:
    """Give a code for the customer of each row; None where a file has none."""
    for column in ("customer_id", "customer_name"):
        if all(column in part.table.column_names for part in parts):
            texts = [as_text(part.table[column]) for part in parts]
            return codes_of(pa.chunked_array([chunk for one in texts for chunk in one.chunks]))[0]
    return None


def _question(parts: Sequence[LoadedExport], of: str) -> DataRefusedError:
    header = _header(parts[0])
    answer = [
        line
        for part in parts
        for line in lines(
            part.sheet,
            columns={"amount": recipe_text(Recipe(from_=_header(part)))},
            rule=part.rule,
            kind=part.kind,
        )
    ]
    return AmbiguousColumnError(
        f"{parts[0].sheet.name} and {many(len(parts) - 1, 'other file')}",
        f"amount ('{header}')",
        f"it grows in every row of {of}, in the order of days: it may be what was sold so far",
        "if so, export what was sold in each row; if it is of its row alone, write this in retention.toml:",
        snippet=tuple(answer),
    )


def _header(part: LoadedExport) -> str:
    """Give the header that the amount of a file is read from, or the first of them."""
    source = part.text.layout.sources["amount"]
    return part.sheet.headers[source] if isinstance(source, int) else recipe_headers(source)[0]
