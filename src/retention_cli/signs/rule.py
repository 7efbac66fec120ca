"""What a rule is, what it finds, and all rules there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_cli.text import listing
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_cli.signs.groups import Mask, Numbers, Sorted
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Threshold, Told

_FOLDER = "signs/rules"
SILENCE = "silence"
"""The rule that every other one has to beat."""


@dataclass(frozen=True, slots=True)
class Found:
    """The customers that a rule found.

    Shape: `who` are their places, each once; `since` the days from which the sign was there; `rows`
        those that make it; `said` tells of the customer at an index of `who`.
    """

    who: Numbers
    since: Numbers
    rows: tuple[Sorted, ...]
    said: Callable[[int], str]

    def with_rows(self, *rows: Sorted) -> Found:
        """Name the rows otherwise."""
        return replace(self, rows=rows)

    def among(self, there: Mask) -> Found:
        """Keep the customers that are marked."""
        kept = np.flatnonzero(there[self.who])
        said = self.said
        return Found(self.who[kept], self.since[kept], self.rows, lambda at: said(int(kept[at])))


Answer: TypeAlias = "Found | Undefined"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule: its title, the columns that it needs, its thresholds and what to do about it.

    Shape: `rank` orders rules by how soon somebody has to act; only one next step is suggested.
    """

    name: str
    title: str
    step: str
    rank: int
    needs: tuple[str, ...]
    thresholds: Mapping[str, Threshold]
    find: Callable[[Past, Told], Answer]

    def answer(self, past: Past, told: Told) -> Answer:
        """Find the customers of a close, or say why nobody can be found."""
        for need in self.needs:
            if lacks := past.lacks(need):
                return lacks
        found = self.find(past, told)
        return found if isinstance(found, Undefined) else found.among(past.there)


@cache
def rules() -> tuple[Rule, ...]:
    """Give all rules, by rank."""
    found = []
    for name in listing.names(_FOLDER):
        told = {key: listing.member(_FOLDER, name, key.upper()) for key in _PARTS}
        found.append(Rule(name=name, find=listing.member(_FOLDER, name, "find"), **told))
    return tuple(sorted(found, key=lambda rule: (rule.rank, rule.name)))


_PARTS = ("title", "step", "rank", "needs", "thresholds")
