"""Customer satisfaction as a mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.frames.frames import summed
from retention_cli.kpis.ingredients.answers import ANSWERS, ID
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from retention_cli.kpis.ingredients.answers import Tally

LACKS = {"scale-without-ends": "surveys.scale_min and surveys.scale_max"}


@kpi(
    title="Mean customer satisfaction",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.VOICE,
    place=20,
    aliases=("mean_satisfaction",),
    highest=1,
    ratio=BY_SAMPLE,
)
def csat_mean(*, csat_answers: Tally) -> Measure:
    """Mean of the CSAT answers, each placed from 0 to 1 on its scale.

    Formula: (mean - lowest) / (highest - lowest) of the scale. With several scales in one
        export, the mean over all answers of (score - lowest) / (highest - lowest).
    Unit: ratio, 0 to 1. This is not the share that `csat` gives: 84 % of the points is not 84 %
        satisfied.
    Edge cases: a 3 of 1 to 5 is 0.5, not 0.6. The part `above_lowest` is the sum of
        score - lowest. An invitation without a score is not an answer.
    Errors: undefined (no-answers) where the period has none, (no-csat) where no period has;
        (scale-without-ends) where it is not known what the lowest and the highest score of an
        answer are.
    Source: docs/definitions.md, "Voice of the customer".
    Example:
        >>> from retention_cli.testing import figure
        >>> answers = (
        ...     "responded_at,score,kind,scale_min,scale_max", "2025-06-02,5,csat,1,5",
        ...     "2025-06-03,2,csat,1,5",
        ... )
        >>> figure("csat_mean", "2025-06", surveys=answers).value
        Fraction(5, 8)
    """
    tally = csat_answers
    if not all(scale.width for scale in tally.scales):
        return tally.undefined(
            "scale-without-ends",
            "some answers do not say the lowest and the highest score of their scale",
            "add a scale_min and a scale_max to the survey export",
        )
    found = tally.parts(answers=~nw.col("score").is_null())
    found |= summed(
        tally.rows, key=ID, unit=Unit.POINTS, behind=ANSWERS, above_lowest=nw.col("gained")
    )
    shares = (Fraction(gained, scale.width) for scale, gained in tally.gained.items())
    return Measure.of(
        sum(shares, Fraction(0)) / tally.count,
        found,
        sample_size=tally.count,
        notes=(*tally.notes, *tally.mixture),
        as_exported=tally.as_exported,
    )
