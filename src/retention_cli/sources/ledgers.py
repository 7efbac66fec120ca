"""`--ledger FILE`: the columns of a table of accounts and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reading import read
from retention_cli.settings import Mapped
from retention_cli.sources.locating import Located

if TYPE_CHECKING:
    from pathlib import Path

KIND = "costs"
"""The kind that a ledger is read as: amounts of customers, which need no date."""


def located(path: Path) -> Located:
    """Give the file of a ledger; of two columns the first is the account, whatever they are called.

    Errors: DataRefusedError for a file that cannot be read.
    """
    sheets = read(path, name=path.as_posix())
    headers = [name for name in sheets[0].headers if name.strip()] if len(sheets) == 1 else []
    mapped: tuple[Mapped, ...] = ()
    if len(headers) == 2:
        mapped = (Mapped(KIND, "customer_id", headers[0]), Mapped(KIND, "amount", headers[1]))
    return Located(path, kind=KIND, mapped=mapped)
