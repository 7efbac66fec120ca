"""From files to a scorecard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.benchmarks.scorecards import card_of
from retention_cli.findings.problems import Notice
from retention_cli.kpis import registry
from retention_cli.results.facts import fields_of
from retention_cli.results.scorecard import Scorecard
from retention_cli.runs.own_history import targets
from retention_cli.runs.reading import reading
from retention_cli.scoring.figures import Occasion, score_periods
from retention_cli.scoring.freezing import of_lines
from retention_cli.values.coverage import lies_outside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.dataset.groups import Grouping
    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.scorecard import Line
    from retention_cli.runs.frozen_runs import Keep
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.values.periods import Period


LOOK_BACK = 12
"""So many periods, the one asked for among them, make the line of a figure."""
_MOST_ROWS = 200_000
"""Of more rows than this earlier periods take too long for something beside the figures."""


def score(
    request: Request, *, keep: Keep | None = None, look_back: bool = False, role: str | None = None
) -> Scorecard:
    """Compute every KPI of a period over some files, each held against its benchmark.

    The run is frozen for whoever is to `keep` it. With `look_back` figures have the values of the
    last periods beside them, where the data reach back so far. A `role` has the figures of its scorecard.
    Errors: RetentionError and its kinds, for files and settings that cannot be followed.
    """
    only = of_role(request, role)
    with reading(request, keep=keep is not None) as read:
        card = scored(request, read, look_back=look_back, only=only)
        if keep is not None:
            # A run that keeps nothing starts without it.
            from retention_cli.runs.frozen_runs import frozen  # noqa: PLC0415

            keep(frozen("compute", request, read, partial(of_lines, card.lines, read.dataset)))
        return card


def of_role(request: Request, role: str | None) -> Sequence[Kpi] | None:
    """Give the KPIs of the scorecard of a role."""
    card = card_of(request.scorecards, role) if role is not None else None
    return None if card is None else [kpi for kpi in registry.every() if kpi.name in card.kpis]


def scored(
    request: Request,
    read: Reading,
    *,
    look_back: bool = False,
    only: Sequence[Kpi] | None = None,
) -> Scorecard:
    """Compute every KPI over what was read, or some."""
    grouping = read.grouping
    unknown = _unknown_groups(request.benchmarks, grouping) if grouping is not None else ()
    own, short = targets(request, read, grouping)
    facts = replace(read.facts, problems=read.facts.problems.also([*unknown, *short]))
    benchmarks = (*request.benchmarks, *own)
    occasion = Occasion(
        facts.period, request.day, read.days, facts.unfinished, request.settings, benchmarks
    )
    periods = _periods_before(read) if look_back and grouping is None else ()
    occasions = [*(replace(occasion, period=one) for one in periods), occasion]
    *before, lines = score_periods(read.dataset, occasions, grouping, only=only)
    if before:
        lines = [_with_history(each) for each in zip(*before, lines, strict=True)]
    return Scorecard(lines=tuple(lines), as_of=request.day, **fields_of(facts))


def _periods_before(read: Reading) -> Sequence[Period]:
    """Give the periods before that of the run, in order; none where the data do not reach back."""
    period = read.facts.period
    rows = sum(len(table) for table in read.dataset.tables.values())
    if period is None or period.length is None or rows > _MOST_ROWS:
        return ()
    found = [period]
    try:
        while len(found) < LOOK_BACK:
            found.append(found[-1].previous())
    except (ValueError, OverflowError):
        return ()
    return found[:0:-1] if lies_outside(found[-1], read.days) is None else ()


def _with_history(each: Sequence[Line]) -> Line:
    """Give the last of the lines of one figure with the values of all."""
    line = each[-1]
    if line.measure.as_exported:
        return line
    return replace(line, history=tuple(one.measure.value for one in each))


def _unknown_groups(benchmarks: Sequence[Benchmark], grouping: Grouping) -> Iterator[Notice]:
    for one in benchmarks:
        column, value = one.segment or ("", None)
        if grouping.is_named(column) and value not in grouping.values:
            yield Notice(
                "unknown-group",
                f"the benchmark of {one.kpi} for {column} '{value}' judges nothing: no row"
                " has that value",
                column=f"{one.kpi} {value}",
                kind="benchmarks",
            )
