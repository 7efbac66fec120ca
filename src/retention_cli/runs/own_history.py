"""Targets that a figure's own past gives: `basis = "own_history"` in a benchmark."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.findings.problems import Notice
from retention_cli.kpis import registry
from retention_cli.scoring.figures import Occasion, score_periods
from retention_cli.text.wording import many
from retention_cli.values.coverage import reaches_past
from retention_cli.values.measures import Better
from retention_cli.values.series import band

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.dataset.groups import Grouping
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.values.measures import Measure
    from retention_cli.values.periods import Period

    _Group = tuple[str, str | None] | None

PERIODS = 12
FEWEST = 3
"""With fewer periods before, a figure has no past to be held against."""


def targets(
    request: Request, read: Reading, grouping: Grouping | None
) -> tuple[tuple[Benchmark, ...], tuple[Notice, ...]]:
    """Give a benchmark for each that its own past gives, one of each group, and say where there is too little of one.

    Formula: the target is the mean of the figure over the twelve periods before that are finished and
        have it; near ends at the edge of their usual band, from 8 on.
    """
    period = read.facts.period
    wanted = [one for one in request.own_history if period is None or _fits(one, period)]
    if period is None or not wanted:
        return (), ()
    past = list(_before(period))
    names = {one.kpi for one in wanted}
    kpis = [kpi for kpi in registry.every() if kpi.name in names]
    occasions = [Occasion(one, request.day, read.days, None, request.settings, ()) for one in past]
    lines = score_periods(read.dataset, occasions, grouping, only=kpis, opens=False)
    figures: dict[str, dict[_Group, list[Measure]]] = {name: {} for name in names}
    for one, of_period in zip(past, lines, strict=True):
        open_ = reaches_past(one, read.days, as_of=request.day) is not None
        for line in of_period:
            known = figures[line.kpi.name].setdefault(line.group, [])
            if not open_ and line.measure.value is not None:
                known.insert(0, line.measure)
    better = {kpi.name: kpi.better for kpi in kpis}
    made = [
        (one.kpi, group, _made(one, known, better[one.kpi], group))
        for one in wanted
        for group, known in figures[one.kpi].items()
    ]
    notices = _too_short([(kpi, group) for kpi, group, found in made if found is None], period)
    return tuple(found for _, _, found in made if found is not None), tuple(notices)


def _too_short(missing: Sequence[tuple[str, _Group]], period: Period) -> Iterator[Notice]:
    for kpi in dict.fromkeys(kpi for kpi, _ in missing):
        groups = [group for name, group in missing if name == kpi]
        where = "" if None in groups else f" in {many(len(groups), 'group')}"
        text = (
            f"{kpi} has fewer than {FEWEST} periods before {period.label} to be held against{where}"
        )
        yield Notice("short-history", text, column=kpi, kind="benchmarks")


def _fits(one: Benchmark, period: Period) -> bool:
    return one.period in {"any", period.length}


def _before(period: Period) -> Sequence[Period]:
    found = [period]
    try:
        for _ in range(PERIODS):
            found.append(found[-1].previous())
    except (ValueError, OverflowError):  # before the calendar begins
        pass
    return found[1:]


def _made(
    one: Benchmark, figures: Sequence[Measure], better: Better, group: _Group
) -> Benchmark | None:
    values = [Fraction(figure.value) for figure in figures if figure.value is not None]
    if len(values) < FEWEST:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    edges = band(values)
    warn = None if edges is None else edges[0] if better is Better.HIGHER else edges[1]
    currency = figures[-1].currency
    told = {"target": mean, "warn": warn, "currency": currency, "segment": group}
    return one.model_copy(update=told)
