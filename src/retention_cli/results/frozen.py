"""A run that is kept: its figures, what they meant, and which rows they rested on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.values.measures import Number

SCHEMA = "retention-run/1"

Group: TypeAlias = "tuple[str, str | None] | None"


@dataclass(frozen=True, slots=True)
class FrozenPart:
    """A part of a figure: its exact value, and the set of the ids that are its members."""

    value: Number | None
    unit: str
    members: int | None = None


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was, exactly. Money is in ten-thousandths.

    Shape: `rows` is the set of the rows behind it, and `cells` the columns of each kind that decided;
        `made_of` are figures that it is made of. A figure of an account has it as its group.
    """

    kpi: str
    group: Group
    value: Number | None
    unit: str
    currency: str | None = None
    n: int = 0
    parts: Mapping[str, FrozenPart] = field(default_factory=dict)
    reason: str | None = None
    basis: str | None = None
    verdict: str | None = None
    rows: int | None = None
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made_of: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, Group]:
        """What it is compared by."""
        return self.kpi, self.group

    def facts(self) -> tuple[Any, ...]:
        """Give all that makes it another figure; words are not among it, nor how many it rests on."""
        parts = {name: part.value for name, part in self.parts.items()}
        return (self.value, parts, self.currency, self.reason, self.basis, self.verdict)


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """An input of a run, with its counts."""

    file: str
    sheet: str | None
    kind: str
    sha256: str
    rows: int
    accepted: int
    rejected: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """All that a run knew, for a later one to be compared with.

    Shape: `settings` and `benchmarks` are as they were written; `definitions` are the texts of the
        figures; `keys` the columns that name a row of a kind. `rows` has a table a kind: file, row, key and a fingerprint for each
        cell. `members` are sets of ids, `behind` sets of rows: of each the number of the set.
    """

    command: str
    version: str
    period: str
    as_of: str
    by: str | None
    settings: Mapping[str, Any]
    benchmarks: Mapping[str, Any]
    definitions: Mapping[str, str]
    keys: Mapping[str, tuple[str, ...]]
    files: tuple[FrozenFile, ...]
    figures: tuple[FrozenFigure, ...]
    rows: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    members: Any = field(default=None, compare=False, repr=False)
    behind: Any = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Give all but the tables, as JSON has it: exact numbers are text."""
        told = {name: getattr(self, name) for name in _PLAIN}
        return {
            "schema": SCHEMA,
            **told,
            "files": [asdict(one) for one in self.files],
            "figures": [_figure(one) for one in self.figures],
        }


_PLAIN = (
    *("command", "version", "period", "as_of", "by", "settings", "benchmarks", "definitions"),
    "keys",
)


def _figure(one: FrozenFigure) -> dict[str, Any]:
    told = asdict(one)
    parts = {
        name: {**told["parts"][name], "value": _written(part.value)}
        for name, part in one.parts.items()
    }
    return {**told, "value": _written(one.value), "parts": parts}


def _written(value: Number | None) -> str | float | None:
    return value if value is None or isinstance(value, float) else str(Fraction(value))
