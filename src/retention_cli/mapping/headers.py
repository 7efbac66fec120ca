"""Header text to canonical columns: the exact name, a strong alias, a weak one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from retention_cli.records.base import headers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.records.base import Record

_NOT_A_NAME = re.compile(r"[^0-9a-z]+")


class Strength(IntEnum):
    """How surely a header names a column; also what it counts for in recognising a kind."""

    WEAK = 1
    STRONG = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One header that names one canonical column; `alias` is the name it matched, folded."""

    column: str
    index: int
    strength: Strength
    alias: str


@dataclass(frozen=True, slots=True)
class Matches:
    """What the headers of a file say under the model of one kind.

    `rivals` are columns that several headers name equally well.
    """

    found: Mapping[str, Match] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How much of the file the kind explains."""
        return sum(match.strength for match in self.found.values()) + len(self.rivals)


def folded(header: str) -> str:
    """Fold a header to what is compared: no case, accents, spaces or marks.

    Example:
        >>> folded("Customer ID"), folded("customer_id"), folded("N° Client"), folded("Währung")
        ('customerid', 'customerid', 'nclient', 'wahrung')
    """
    plain = unicodedata.normalize("NFKD", header.replace("°", " ").replace("ß", "ss"))
    return _NOT_A_NAME.sub("", plain.encode("ascii", "ignore").decode().casefold())


def match_headers(headers: Sequence[str], model: type[Record]) -> Matches:
    """Match the headers of a file with the columns of one kind.

    Example:
        >>> from retention_cli.records import model
        >>> found = match_headers(["Customer ID", "Start"], model("customers")).found
        >>> {name: match.index for name, match in found.items()}
        {'customer_id': 0, 'start_date': 1}
    """
    known = _names(model)
    by_column: dict[str, list[Match]] = {}
    for index, header in enumerate(headers):
        alias = folded(header)
        if alias in known:
            column, strength = known[alias]
            by_column.setdefault(column, []).append(Match(column, index, strength, alias))
    found: dict[str, Match] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for column, matches in by_column.items():
        best = max(match.strength for match in matches)
        top = [match for match in matches if match.strength == best]
        if len(top) == 1:
            found[column] = top[0]
        else:
            rivals[column] = tuple(match.index for match in top)
    return Matches(found, rivals)


@cache
def _names(model: type[Record]) -> dict[str, tuple[str, Strength]]:
    known: dict[str, tuple[str, Strength]] = {}
    for column, info in model.model_fields.items():
        headers = headers_of(info)
        names = [(column, Strength.EXACT)]
        names += [(name, Strength.STRONG) for name in headers.strong]
        names += [(name, Strength.WEAK) for name in headers.weak]
        for name, strength in names:
            known.setdefault(folded(name), (column, strength))
    return known
