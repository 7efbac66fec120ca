"""What a file that was not recognised most likely is: proposed in messages, never taken."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from retention_cli.mapping.headers import folded, places_of
from retention_cli.mapping.presets import names, preset, signature
from retention_cli.records.base import headers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.records.base import Record

_ALIKE = 0.8
"""From this share of equal letters on a header is proposed for a column."""


def likely_header(headers: Sequence[str], model: type[Record], column: str) -> str | None:
    """Give the header that is most likely a slip of a name that a column is known by.

    Example:
        >>> from retention_cli.records import model
        >>> likely_header(["Region", "Net Amout"], model("invoices"), "amount")
        'Net Amout'
    """
    info = model.model_fields.get(column)
    if info is None:
        return None
    known = headers_of(info)
    wanted = {folded(name) for name in (column, *known.strong, *known.weak)}
    alike = {
        header: max(SequenceMatcher(None, fold, name).ratio() for name in wanted)
        for header in headers
        if (fold := folded(header))
    }
    best = max(alike, key=lambda header: alike[header], default=None)
    return best if best is not None and alike[best] >= _ALIKE else None


def likely_preset(headers: Sequence[str]) -> str | None:
    """Say which system's export the headers are of, but for one that its preset requires.

    Example:
        >>> likely_preset(["ContactName", "InvoiceNumber", "InvoiceDate", "Type"])
        "it is sales invoices, one row a line, of Xero but for a column 'LineAmount'"
    """
    for name in names():
        required = signature(name).required
        absent = [some for some in required if not any(places_of(headers, one) for one in some)]
        if len(absent) == 1 and len(required) > 2:
            found = preset(name)
            return f"it is {found.object}, of {found.system} but for a column '{absent[0][0]}'"
    return None
