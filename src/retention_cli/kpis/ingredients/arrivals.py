"""The movements of customers, for what rests on their starts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.kpis.ingredients.cohort import counted, refusal
from retention_cli.kpis.ingredients.movements import movements as moved

if TYPE_CHECKING:
    from retention_cli.dataset.membership import Membership
    from retention_cli.kpis.ingredients.movements import Movements
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period


def arrivals(
    *, membership: Membership, period: Period, movements: Movements | None = None
) -> Movements | Measure:
    """Count who came, also where nothing says who has left.

    Formula: the movements of the period. Where those are undefined and customers have start
        dates, the movements of the spells as far as they are known: their starts are right.
    Undefined: where customers have no start dates and the basis cannot say who was a customer at
        the start of the period.
    Source: docs/definitions.md, "Retention and churn".
    Example:
        >>> from retention_cli.testing import membership
        >>> from retention_cli.values.periods import Period
        >>> people = membership("ann 2024-05-01", "cy 2025-03-01")
        >>> found = arrivals(membership=people, period=Period.parse("2025-Q1"))
        >>> found.parts["acquired"].total
        1
    """
    if movements is not None:
        return movements
    if membership.basis != "dates" and (why := refusal(membership, period)) is not None:
        return why
    return moved(cohort=counted(membership, period))
