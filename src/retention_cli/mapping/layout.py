"""Where the columns of a file come from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.errors import Ask
    from retention_cli.records.base import Record
    from retention_cli.settings import Recipe


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the canonical columns of a file come from, before any cell was looked at.

    Shape: `sources` gives the place of each column's header, or the recipe that makes it;
        `aliases` the folded header it was matched by; `others` the headers kept for `--by`;
        `reasons` why a column is taken, where it is not for its header; `proven` says what
        the cells proved of it, as figures rest on that; `told` why a column is the one that was
        asked for; `words` are the columns that words of a header and its cells tell, and no known
        name; `asks` what its owner may add; `of_preset` says that a preset names all columns;
        `rated` that the file is read as surveys as well.
    """

    kind: str
    model: type[Record]
    sources: Mapping[str, int | Recipe]
    aliases: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    proven: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    of_preset: bool = False
    rated: bool = False

    def knows(self, column: str) -> bool:
        """Say whether a preset decides what a column holds: no sign or unit of it is looked for."""
        return self.of_preset and column in self.reasons

    def saying(self, said: Sequence[str]) -> Layout:
        """Give it with more that is said of it, before all else."""
        return replace(self, proven=(*said, *self.proven)) if said else self

    def others_and_quantity(self, headers: Sequence[str]) -> dict[str, int]:
        """Give the headers that no figure rests on by themselves: what is billed may be told by them."""
        quantity = self.sources.get("quantity")
        ours = {headers[quantity]: quantity} if isinstance(quantity, int) else {}
        return dict(sorted({**self.others, **ours}.items(), key=lambda one: one[1]))
