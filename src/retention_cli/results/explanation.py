"""A figure opened: its definition, its parts, and the members and rows behind each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retention_cli.kpis import registry
from retention_cli.kpis.definitions import sections_of
from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from retention_cli.findings.problems import Problem
    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.scorecard import Line
    from retention_cli.values.measures import Measure, Number, Part
    from retention_cli.values.readings import Reading


@dataclass(frozen=True, slots=True)
class Definition:
    """What a KPI means, as its own file says it.

    Shape: `said` has the sections of its docstring, its summary under an empty name; `needs` are the
        exports that it rests on, `made_of` the KPIs that it is made of, `readings` the names of what
        others take it for.
    """

    kpi: Kpi
    said: Mapping[str, str]
    needs: tuple[str, ...]
    made_of: tuple[str, ...]
    readings: tuple[str, ...] = ()

    @classmethod
    def of(cls, kpi: Kpi, readings: Iterable[str] = ()) -> Definition:
        """Read it off the KPI."""
        name = kpi.name
        said, parts = sections_of(kpi.doc), registry.parts_of(name)
        return cls(kpi, said, registry.needs(name), parts, tuple(readings))

    @property
    def undefined(self) -> str:
        """When it has no value."""
        said = self.said.get("Errors") or self.said.get("Undefined", "")
        return said.removeprefix("undefined ")


@dataclass(frozen=True, slots=True)
class Place:
    """One row of an export, and the cells of it that decide: days, text, and money in ten-thousandths."""

    file: str | None
    sheet: str | None
    row: int | None
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One of those behind a part: what it adds, and the rows that say so, the first in `place`."""

    id: str
    name: str | None
    adds: Number
    place: Place | None = None
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """A part with its members, which add up to it exactly: that was asserted.

    Shape: `find` gives the members as they are asked for, and holds no more than a few of them.
        `by_row` says that each is a row of its own, rather than an id that counts once.
    """

    name: str
    part: Part
    count: int
    by_row: bool
    find: Callable[[], Iterator[Member]] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure, and its parts with their members; `closed` says why some or all cannot be opened."""

    line: Line
    parts: tuple[OpenedPart, ...]
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What one row of an export says of a customer, and of which day, if any."""

    day: str | None
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One customer: what the exports say of it in order of time, and the rows of it that were not used.

    Shape: `alike` are other ids that are this one but for case, zeros, blanks or unseen marks;
        `joined` those that count as this one, as the settings say.
    """

    id: str
    name: str | None
    joined: tuple[str, ...]
    alike: tuple[str, ...]
    said: tuple[Saying, ...]
    left_out: tuple[Problem, ...]


STATES = ("not there", "new", "lost", "stayed")
"""By whether a customer is there at the start, which counts 2, and at the end, which counts 1."""


@dataclass(frozen=True, slots=True)
class OnBasis:
    """A figure on one basis."""

    basis: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Bases:
    """A figure on each basis that applies, and the customers on whom the bases disagree.

    Shape: `known` are the bases that can say who was there; `find` gives each id in question with
        its name and one of the `STATES` on each of them.
    """

    figures: tuple[OnBasis, ...]
    known: tuple[str, ...]
    count: int
    find: Callable[[], Iterator[tuple[str, str | None, tuple[str, ...]]]] = field(
        compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Facts):
    """All of it, for one run of `retention explain`: without exports the definition alone.

    Shape: the first of `figures` is the one that was asked for, then come its groups, then the
        figures that it is made of. `left_out` are rejected and skipped rows of the exports it
        rests on that may belong to a part. `part` is the one to be shown whole. With a `customer`
        the members are those that are this one. `readings` and `bases` are those that were asked
        for.
    """

    definition: Definition | None
    figures: tuple[OpenedFigure, ...] = ()
    left_out: tuple[Problem, ...] = ()
    part: str | None = None
    customer: CustomerFile | None = None
    readings: tuple[Reading, ...] = ()
    bases: Bases | None = None
