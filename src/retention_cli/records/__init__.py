"""What one row may be: the name of a file in `kinds` is the name of a kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.text import listing

if TYPE_CHECKING:
    from retention_cli.records.base import Record


def names() -> tuple[str, ...]:
    """List the kinds of export without importing them.

    Example:
        >>> "customers" in names()
        True
    """
    return listing.names("records/kinds")


def model(kind: str) -> type[Record]:
    """Give the record of a kind.

    Errors: KeyError for a kind that no file here has.
    Example:
        >>> model("customers").__name__
        'Customer'
    """
    if kind not in names():
        raise KeyError(kind)
    found: type[Record] = listing.member("records/kinds", kind, "RECORD")
    return found
