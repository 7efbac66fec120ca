"""The customers who came, went and came back between the two ends of a period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_cli.dataset.day_of_loss import new_again
from retention_cli.frames.frames import parts
from retention_cli.kpis.ingredients.cohort import EARLIER, FIRST, INSIDE, LAST
from retention_cli.values.measures import Measure, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.kpis.ingredients.cohort import Cohort

LACKS = {"no-start-dates": "customers.start_date"}


_MOVED = {
    "acquired": INSIDE & ~EARLIER,
    "lost": FIRST & ~LAST,
    "reactivated": LAST & ~FIRST & EARLIER,
    "acquired_and_lost": INSIDE & ~EARLIER & ~LAST,
}


@dataclass(frozen=True, slots=True)
class Movements:
    """Counts of customers who moved: acquired, lost, reactivated, acquired_and_lost."""

    cohort: Cohort
    parts: Mapping[str, Part]

    def count(self, name: str) -> Measure:
        """Answer with the count of a name: 0 where there is nothing to count."""
        cohort, part = self.cohort, self.parts[name]
        return Measure.of(
            part.total,
            {name: part},
            sample_size=part.total,
            basis=cohort.basis,
            notes=cohort.notes,
            as_exported=cohort.as_exported,
        )

    def count_of_starts(self, name: str) -> Measure:
        """Answer with a count that rests on when spells start; a flag or a list may not say when."""
        if not self.cohort.dated:
            return self.cohort.undefined(
                "no-start-dates",
                "the customers have no start dates",
                "add a start_date to the customer export",
            )
        found = self.count(name)
        if (window := self.cohort.new_after) is None:
            return found
        return replace(found, notes=(*found.notes, new_again(window)))


def movements(*, cohort: Cohort) -> Movements:
    """Count who came, went and came back.

    Formula: acquired: ids whose first spell starts in the period. lost: those of S that are not
        in E. reactivated: those of E that are not in S and have an earlier spell,
        unless the settings make them new again (`new_after`): then they are acquired.
        acquired_and_lost: those acquired that are not in E. So
        CE = CS - lost + acquired - acquired_and_lost + reactivated.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.kpis.ingredients.cohort import cohort
        >>> from retention_cli.testing import membership
        >>> from retention_cli.values.periods import Period
        >>> people = membership("ann 2024-05-01 2025-02-10", "cy 2025-03-01")
        >>> found = cohort(membership=people, period=Period.parse("2025-Q1"))
        >>> {name: part.total for name, part in movements(cohort=found).parts.items()}
        {'acquired': 1, 'lost': 1, 'reactivated': 0, 'acquired_and_lost': 0}
    """
    found = parts(cohort.people, key="customer_id", behind=cohort.behind, **_MOVED)
    return Movements(cohort, found)
