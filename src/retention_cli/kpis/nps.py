"""Net Promoter Score."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import adjusted_wald_points
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.answers import Tally

_SCORE = nw.col("score")
_SORTS = {
    "promoters": _SCORE >= 9,
    "passives": (_SCORE >= 7) & (_SCORE <= 8),
    "detractors": _SCORE <= 6,
}


@kpi(
    title="Net Promoter Score",
    unit=Unit.POINTS,
    better=Better.HIGHER,
    group=Group.VOICE,
    place=30,
    aliases=("net_promoter_score", "promoters"),
    lowest=-100,
    highest=100,
    ratio=BY_SAMPLE,
)
def nps(*, nps_answers: Tally) -> Measure:
    """Share of promoters minus share of detractors, in points.

    Formula: (promoters - detractors) / answers * 100. Promoters score 9 or 10, passives 7 or
        8, detractors 0 to 6.
    Unit: points, -100 to 100. A score is not a percentage.
    Edge cases: passives are answers. An answer belongs to its own day. An invitation without a
        score is not an answer, and is not in the divisor. Where no answer is above 5, a note says
        so: they may be on another scale.
    Errors: undefined (no-answers) where the period has none, (no-nps) where no period has.
    Source: Reichheld, "The One Number You Need to Grow", 2003; docs/definitions.md, "Voice of
        the customer". The interval is the adjusted Wald one of "Intervals".
    Example:
        >>> from retention_cli.testing import figure
        >>> answers = (
        ...     "responded_at,score,kind,scale_min,scale_max", "2025-06-02,9,nps,0,10",
        ...     "2025-06-03,8,nps,0,10",
        ... )
        >>> figure("nps", "2025-06", surveys=answers).value
        Fraction(50, 1)
    """
    tally = nps_answers
    found = tally.parts(**_SORTS)
    promoters, detractors = found["promoters"].total, found["detractors"].total
    return Measure.of(
        Fraction(100 * (promoters - detractors), tally.count),
        found,
        sample_size=tally.count,
        interval=adjusted_wald_points(promoters, detractors, tally.count),
        notes=(*tally.notes, *_doubted(tally)),
        as_exported=tally.as_exported,
    )


def _doubted(tally: Tally) -> tuple[str, ...]:
    if tally.parts(above=_SCORE > 5)["above"].total:
        return ()
    return ("no answer is above 5, on a scale of 0 to 10",)
