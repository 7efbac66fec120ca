"""One figure on every basis that the exports allow, and the customers on whom the bases disagree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli import readings
from retention_cli.errors import RetentionError
from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.kpis.ingredients.cohort import Cohort, cohort
from retention_cli.results.explanation import STATES, Bases, OnBasis
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.kpis.registry import Kpi
    from retention_cli.scoring.figures import Occasion
    from retention_cli.scoring.members import Openers


def refuse_others(kpi: Kpi | None) -> None:
    """Refuse a figure that is no share of those who stayed.

    Errors: RetentionError.
    """
    if kpi is None or readings.family(kpi.name) != "churn":
        raise RetentionError(
            "--bases compares retention_rate or churn_rate on each basis",
            "retention explain retention_rate PATH --bases",
        )


def bases_of(kpi: Kpi, dataset: Dataset, occasion: Occasion, openers: Openers) -> Bases:
    """Compute a figure on each basis, and find who is there on one and not on another."""
    period = occasion.period or Period.month_before(occasion.as_of)
    settings = dict(occasion.settings)
    found, people = [], {}
    for basis in dataset.bases:
        ours = replace(dataset, told=basis, _made={})
        measures = computing.compute((kpi.name,), dataset=ours, period=period, settings=settings)
        found.append(OnBasis(basis, measures[kpi.name]))
        membership = ours.membership(period)
        there = None if membership is None else cohort(membership=membership, period=period)
        if isinstance(there, Cohort):
            people[basis] = collect(there.people.select("customer_id", "first", "last"))
    ids, states = _states(people)

    def find() -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
        for id_, *codes in zip(ids.to_pylist(), *states, strict=True):
            yield id_, openers.name(id_), tuple(STATES[code] for code in codes)

    return Bases(tuple(found), tuple(people), len(ids), find)


def _states(people: dict[str, pa.Table]) -> tuple[Any, tuple[Any, ...]]:
    """Give the ids on whom bases disagree, in order, and the state of each on each basis."""
    each = {basis: table["customer_id"].cast(pa.string()) for basis, table in people.items()}
    if not each:
        return pa.array([], pa.string()), ()
    ids = pc.unique(pa.concat_arrays([one.combine_chunks() for one in each.values()])).drop_null()
    ids = ids.take(pc.sort_indices(ids))
    codes = []
    for basis, table in people.items():
        known = np.asarray(table["first"]) * 2 + np.asarray(table["last"])
        place = pc.index_in(ids, value_set=each[basis].combine_chunks())
        codes.append(np.asarray(pc.fill_null(pa.array(known).take(place), 0)))
    apart = np.any([one != codes[0] for one in codes], axis=0)
    return ids.filter(pa.array(apart)), tuple(one[apart] for one in codes)
