"""Customer satisfaction: the share of answers in the top two boxes."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from retention_cli.kpis.ingredients.answers import Scale
from retention_cli.kpis.registry import BY_SAMPLE, Group, kpi
from retention_cli.values.intervals import wilson
from retention_cli.values.measures import Better, Manner, Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.kpis.ingredients.answers import Tally

LACKS = {"scale-without-top": "csat_top in retention.toml"}

TOP = MappingProxyType({Scale(1, 5): (4, 5), Scale(1, 7): (6, 7), Scale(0, 1): (1,)})
"""The scores that count as satisfied on the scales whose top is beyond doubt."""


@kpi(
    title="Customer satisfaction (CSAT)",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    group=Group.VOICE,
    place=10,
    aliases=("customer_satisfaction", "satisfaction"),
    highest=1,
    ratio=BY_SAMPLE,
)
def csat(*, csat_answers: Tally, csat_top: Sequence[int] | None = None) -> Measure:
    """Share of the CSAT answers that are in the top two boxes of their scale.

    Formula: satisfied / answers. Satisfied: 4 and 5 of 1 to 5, 6 and 7 of 1 to 7, good of
        good and bad (1 of 0 to 1).
    Unit: ratio, 0 to 1.
    Edge cases: several scales in one export: each answer is judged on its own scale. `csat_top`
        says which scores count instead on the scale whose highest score it names; answers on
        other scales keep their top two boxes. An answer belongs to its own day. An invitation
        without a score is not an answer.
    Errors: undefined (no-answers) where the period has none, (no-csat) where no period has;
        (scale-without-top) where an answer is on another scale and `csat_top` does not say
        which of its scores count, or names the lowest scores.
    Source: docs/definitions.md, "Voice of the customer".
    Example:
        >>> from retention_cli.testing import figure
        >>> answers = (
        ...     "responded_at,score,kind,scale_min,scale_max", "2025-06-02,5,csat,1,5",
        ...     "2025-06-03,2,csat,1,5",
        ... )
        >>> figure("csat", "2025-06", surveys=answers).value
        Fraction(1, 2)
    """
    tally = csat_answers
    if csat_top and (bottom := _named_from_below(tally.scales, csat_top)) is not None:
        return tally.undefined(
            "scale-without-top",
            f"csat_top names the lowest scores of {bottom}",
            "name the highest: where 1 is the best answer, reverse the scores in the export",
        )
    tops = {scale: _top(scale, csat_top) for scale in tally.scales}
    for scale, top in tops.items():
        if not top:
            return tally.undefined(
                "scale-without-top",
                f"no setting says which scores count as satisfied on {scale}",
                "set csat_top in retention.toml to the scores that count, such as [4, 5]",
            )
    satisfied = [scale.mask & nw.col("score").is_in(list(top)) for scale, top in tops.items()]
    found = tally.parts(satisfied=reduce(or_, satisfied), answers=~nw.col("score").is_null())
    return Measure.of(
        Fraction(found["satisfied"].total, tally.count),
        found,
        sample_size=tally.count,
        interval=wilson(found["satisfied"].total, tally.count),
        notes=(*tally.notes, *tally.mixture, *_said(tops, csat_top)),
        as_exported=tally.as_exported,
    )


def _top(scale: Scale, csat_top: Sequence[int] | None) -> tuple[int, ...]:
    if csat_top and scale.high == max(csat_top):
        return tuple(csat_top)
    return TOP.get(scale, ())


def _named_from_below(scales: Iterable[Scale], csat_top: Sequence[int]) -> Scale | None:
    """Give a scale of which `csat_top` names the lowest score, where it names the highest of none."""
    scales = list(scales)
    if any(scale.high == max(csat_top) for scale in scales):
        return None
    return next((scale for scale in scales if scale.low == min(csat_top) and scale.width > 1), None)


def _said(tops: dict[Scale, tuple[int, ...]], csat_top: Sequence[int] | None) -> tuple[str, ...]:
    """Note where the settings decide, and where they could not."""
    if not csat_top:
        return ()
    listed = ", ".join(map(str, csat_top))
    return tuple(
        Manner(f"csat_top: {listed} of {scale} count as satisfied")
        if top == tuple(csat_top)
        else f"csat_top does not fit {scale}: there {', '.join(map(str, top))} count as satisfied"
        for scale, top in tops.items()
    )
