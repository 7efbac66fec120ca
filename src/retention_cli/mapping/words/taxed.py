"""Amounts that have tax in them, as other headers beside them tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.mapping.words.meaning import Meaning


def has_tax(wanted: frozenset[str], meant: Mapping[int, Meaning]) -> bool:
    """Say whether what was paid, or is due overall, has the tax that other headers speak of."""
    beside = {"gross"} if "paid" in wanted else {"tax", "net", "sub", "discount"}
    told = not wanted.isdisjoint({"paid", "overall"})
    return told and any(beside & said.any for said in meant.values())
