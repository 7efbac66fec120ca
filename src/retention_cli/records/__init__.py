"""What one row may be: the name of a file in `kinds` is the name of a kind of export."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_cli.records.base import Record


@cache
def names() -> tuple[str, ...]:
    """List the kinds of export without importing them.

    Example:
        >>> "customers" in names()
        True
    """
    files = (Path(__file__).parent / "kinds").glob("[a-z]*.py")
    return tuple(sorted(file.stem for file in files))


def model(kind: str) -> type[Record]:
    """Give the record of a kind.

    Errors: KeyError for a kind that no file here has.
    Example:
        >>> model("customers").__name__
        'Customer'
    """
    if kind not in names():
        raise KeyError(kind)
    found: type[Record] = import_module(f"retention_cli.records.kinds.{kind}").RECORD
    return found
