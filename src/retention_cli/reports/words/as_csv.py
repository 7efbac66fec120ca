"""Rows as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_cli.text.safe_text import safe_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def written(
    columns: Collection[str],
    rows: Iterable[Mapping[str, object]],
    *,
    texts: Collection[str] = (),
) -> str:
    """Write rows under their header; what a spreadsheet would run as a formula in `texts` is inert."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                name: safe_cell(str(cell)) if name in texts and cell is not None else cell
                for name, cell in row.items()
            }
        )
    return out.getvalue()
