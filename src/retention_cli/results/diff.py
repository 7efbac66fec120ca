"""What became of the figures of a period between two runs, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.results.frozen import Frozen, FrozenFigure, Group

CAME, WENT, CHANGED = "came", "went", "changed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came, went or changed: where it stands now, or stood then; `columns` are those that differ."""

    what: str
    kind: str
    file: str
    sheet: str | None
    row: int
    key: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherChange:
    """What is not a row: a setting, a benchmark, a column, a definition, the version or the day."""

    what: str
    key: str
    then: Any = None
    now: Any = None


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that is another now; one that only one side has is None on the other.

    Shape: `rows` of the changes are those that it rests on, `others` what else may have moved it.
    """

    then: FrozenFigure | None
    now: FrozenFigure | None
    rows: tuple[RowChange, ...]
    others: tuple[OtherChange, ...]

    @property
    def figure(self) -> FrozenFigure:
        """The figure, as it is now where it is."""
        found = self.now or self.then
        if found is None:
            raise AssertionError("a figure is on one side at least")
        return found

    @property
    def place(self) -> tuple[str, Group]:
        """What it is of."""
        return self.figure.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff(Facts):
    """Two runs of one period: figures that differ, how many agree, and all rows that do not.

    Shape: `counts` has how many rows of each kind came, went and changed, whatever rests on them;
        `rows` are the first of them.
    """

    then: Frozen
    now: Frozen
    figures: tuple[Differing, ...]
    unchanged: int
    counts: Mapping[str, Mapping[str, int]]
    rows: tuple[RowChange, ...]
