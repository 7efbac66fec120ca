"""What a figure is by the definition of somebody else: a value or a reason, and who is counted so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from retention_cli.values.measures import Measure, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.values.measures import Number, Undefined


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a figure.

    Shape: `counted` are those whom it counts in `sense` (as new, as lost, as satisfied), `ours` those
        whom our own figure counts so; without them the two differ in no ids. `who` names those who
        count so; `group` is a column and its value where the figure is of one group.
    """

    measure: Measure
    name: str = ""
    who: str = ""
    sense: str = ""
    counted: Part | None = None
    ours: Part | None = None
    group: tuple[str, str | None] | None = None

    @classmethod
    def of(  # noqa: PLR0913  # one argument for each side of a reading
        cls,
        value: Number,
        parts: Mapping[str, Part],
        *,
        n: int,
        sense: str = "",
        counted: Part | None = None,
        ours: Part | None = None,
        notes: tuple[str, ...] = (),
        currency: str | None = None,
    ) -> Reading:
        """Make a reading that has a value."""
        found = Measure.of(value, parts, sample_size=n, notes=notes, currency=currency)
        return cls(found, sense=sense, counted=counted, ours=ours)

    @classmethod
    def undefined(cls, reason: Undefined, parts: Mapping[str, Part] | None = None) -> Reading:
        """Make a reading that says why it has no value."""
        return cls(Measure.undefined(reason.code, reason.message, parts, hint=reason.hint))

    def called(self, name: str, who: str) -> Reading:
        """Give it its name."""
        return replace(self, name=name, who=who)

    def differences(self) -> Differences:
        """Find whom it counts and ours does not, and the other way round."""
        if self.counted is None or self.ours is None:
            return Differences()
        here, ours = set(self.counted.ids()), set(self.ours.ids())
        return Differences(tuple(sorted(here - ours)), tuple(sorted(ours - here)))


@dataclass(frozen=True, slots=True)
class Differences:
    """The ids that only a reading counts, and those that only our own figure does."""

    only_here: tuple[str, ...] = field(default=())
    only_in_ours: tuple[str, ...] = field(default=())
