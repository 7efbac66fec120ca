"""Readings of customer satisfaction: the top two boxes, the mean, and one voice an account."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.frames.opened import ADDS
from retention_cli.readings._accounts import ByAccount
from retention_cli.values.measures import Undefined
from retention_cli.values.readings import Reading

if TYPE_CHECKING:
    from retention_cli.values.measures import Measure

KPIS = ("csat", "csat_mean")


def ours(*, csat: Measure, csat_mean: Measure, kpi: str = "csat") -> Reading:
    """Take the figure as it is."""
    return Reading(csat if kpi == "csat" else csat_mean)


def top_two(*, csat: Measure) -> Reading:
    """Count the answers in the top two boxes of their scale."""
    return Reading(csat)


def mean(*, csat_mean: Measure) -> Reading:
    """Take the mean of the answers, each on 0 to 1."""
    return Reading(csat_mean)


def per_account(*, csat: Measure) -> Reading:
    """Average the share of satisfied answers of each account."""
    if csat.reason is not None:
        return Reading(csat)
    given = ByAccount.of([csat.parts["answers"]], ADDS)
    if isinstance(given, Undefined):
        return Reading.undefined(given)
    if not len(given.ids):
        return Reading.undefined(Undefined("no-accounts", "no answer has a customer id"))
    happy = ByAccount.of([csat.parts["satisfied"]], ADDS)
    satisfied = np.zeros(len(given.ids), dtype=np.int64)
    if isinstance(happy, ByAccount):
        satisfied[pc.index_in(happy.ids, value_set=given.ids).to_numpy()] = happy.answers
    sizes = np.unique(given.answers)
    shares = (Fraction(int(satisfied[given.answers == size].sum()), int(size)) for size in sizes)
    return Reading.of(
        sum(shares, Fraction(0)) / len(given.ids),
        {"accounts": given.accounts(), "answers": given.owned},
        n=len(given.ids),
        sense="as answers",
        counted=given.owned,
        ours=csat.parts["answers"],
        notes=given.notes,
    )


READINGS = MappingProxyType(
    {
        "ours": ("the figure that was asked for", ours),
        "top-two": ("Delighted, Zendesk: answers in the top two boxes", top_two),
        "mean": ("Pisano, index makers: the mean of the scale, on 0 to 1", mean),
        "per-account": ("each account's share of satisfied answers, averaged", per_account),
    }
)
