"""Amounts beside a column of currencies: those that name a currency of their own are converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.cells.currencies import currency_at_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.headers import Match


def drop_converted(added: dict[str, list[Match]], headers: Sequence[str]) -> None:
    """Drop the amounts that name a currency, where another does not and a column has currencies."""
    if "currency" in added and "amount" in added:
        own = [one for one in added["amount"] if currency_at_end(headers[one.index])[1] is None]
        added["amount"] = own or added["amount"]
