"""The figures of a period, of everybody and of each group, held against their benchmarks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from retention_cli.benchmarks.benchmarks import Benchmark, Role, choose
from retention_cli.benchmarks.verdicts import expired, gap, judge
from retention_cli.dataset.groups import splits_up
from retention_cli.kpis import computing, registry
from retention_cli.results.scorecard import Line
from retention_cli.values.coverage import NO_DATA, lies_outside
from retention_cli.values.measures import Measure
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.dataset.groups import Grouping, Value
    from retention_cli.kpis.registry import Kpi
    from retention_cli.settings import Settings

Figures = dict[str, tuple["Measure", "Measure | None"]]
"""Of each KPI the figure of the period, and that of the period before."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What period figures are of, on what day they are looked at, and by what they are judged.

    Shape: without dates in the exports there is no period. `days` are those of the data, up to
        `as_of`; `unfinished` says why they do not reach to the end of the period.
    """

    period: Period | None
    as_of: date
    days: Sequence[date]
    unfinished: str | None
    settings: Settings
    benchmarks: Sequence[Benchmark]


def score_lines(
    dataset: Dataset,
    occasion: Occasion,
    grouping: Grouping | None = None,
    *,
    only: Sequence[Kpi] | None = None,
) -> list[Line]:
    """Compute every KPI, in the order of the scorecard, or some; below each total its groups.

    A figure is split only where the parts of its groups add up to those of the total; where they
    do not, the total says why it stands alone.
    """
    (lines,) = score_periods(dataset, [occasion], grouping, only=only)
    return lines


def score_periods(
    dataset: Dataset,
    occasions: Sequence[Occasion],
    grouping: Grouping | None = None,
    *,
    only: Sequence[Kpi] | None = None,
    opens: bool = True,
) -> list[list[Line]]:
    """Compute the lines of several periods, each period once though it is the one before another.

    Shape: without `opens` no part can be opened, and nothing of the rows is kept.
    """
    every = registry.every() if only is None else only
    whole = _Figures(dataset, tuple(kpi.name for kpi in every), opens)
    split = tuple(
        kpi.name for kpi in every if not grouping or why_whole(kpi.name, grouping) is None
    )
    groups = [
        (value, _Figures(part, split, opens))
        for value, part in (grouping.datasets() if grouping else ())
    ]
    found = []
    for occasion in occasions:
        settings = dict(occasion.settings)
        total = whole.of(occasion, settings)
        ours = [(value, of_group.of(occasion, settings)) for value, of_group in groups]
        lines: list[Line] = []
        if grouping is None:
            lines += (_line(kpi, total[kpi.name], occasion) for kpi in every)
        else:
            judged = _of_groups(occasion, grouping)
            for kpi in every:
                figures = [(value, of[kpi.name]) for value, of in ours if kpi.name in of]
                lines += _split(kpi, total[kpi.name], figures, judged, grouping)
        found.append(lines)
        if groups:
            groups[0][1].dataset.let_go()
    return found


def _split(
    kpi: Kpi,
    total: tuple[Measure, Measure | None],
    groups: Sequence[tuple[Value, tuple[Measure, Measure | None]]],
    occasion: Occasion,
    grouping: Grouping,
) -> Iterator[Line]:
    now, before = total
    why = why_whole(kpi.name, grouping)
    if now.reason is not None and now.reason.code == computing.NOT_LOADED:
        groups = [(value, figures) for value, figures in groups if _has_own(kpi, value, occasion)]
    elif why is None and not splits_up(now, [measure for _, (measure, _) in groups]):
        why = f"not by {grouping.by}: what it counts is in several groups"
    if why is not None:
        now = replace(now, notes=(*now.notes, why))
    yield _line(kpi, (now, before), occasion)
    if why is None:
        for value, figures in groups:
            yield _line(kpi, figures, occasion, group=(grouping.by, value))


def why_whole(kpi: str, grouping: Grouping) -> str | None:
    """Say why the figures of a KPI cannot be told by group; None where they can."""
    for kind in sorted(registry.rests_on(kpi, grouping.dataset) - set(grouping.rows)):
        return f"not by {grouping.by}: the {kind} have no such column"
    return None


def _has_own(kpi: Kpi, value: Value, occasion: Occasion) -> bool:
    return any(
        one.kpi == kpi.name and one.segment is not None and one.segment[1] == value
        for one in occasion.benchmarks
    )


def _of_groups(occasion: Occasion, grouping: Grouping) -> Occasion:
    """Give the column of segment benchmarks the name that the groups go by."""
    return replace(
        occasion,
        benchmarks=[
            one.model_copy(update={"segment": (grouping.by, one.segment[1])})
            if one.segment and grouping.is_named(one.segment[0])
            else one
            for one in occasion.benchmarks
        ],
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a dataset; without `opens` nothing of the rows behind them is kept."""

    dataset: Dataset
    names: tuple[str, ...]
    opens: bool
    _known: dict[Period, Mapping[str, Measure]] = field(default_factory=dict)

    def of(self, occasion: Occasion, settings: Mapping[str, Any]) -> Figures:
        """Give the figures of a period and those of the one before, each period once."""
        period, before = occasion.period, _before(occasion.period)
        asked = (period or Period.month_before(occasion.as_of), *([before] if before else ()))
        now, *others = self._each_measured(asked, settings)
        earlier: Mapping[str, Measure] = {}
        if before is not None:
            earlier = _within_data(others[0], before, occasion.days)
        if period is not None:
            now = _within_data(now, period, occasion.days)
        return {name: (measure, earlier.get(name)) for name, measure in now.items()}

    def _each_measured(
        self, periods: Sequence[Period], settings: Mapping[str, Any]
    ) -> list[Mapping[str, Measure]]:
        """Measure periods, of many rows at the same time: numbers of columns keep one core busy."""
        if not self.dataset.is_large:
            return [self._measured(period, settings) for period in periods]
        with ThreadPoolExecutor(len(periods)) as pool:
            return list(pool.map(lambda period: self._measured(period, settings), periods))

    def _measured(self, period: Period, settings: Mapping[str, Any]) -> Mapping[str, Measure]:
        if period not in self._known:
            made = computing.compute(
                self.names, dataset=self.dataset, period=period, settings=settings
            )
            if not self.opens:
                made = {name: _closed(one) for name, one in made.items()}
            self._known[period] = made
        return self._known[period]


def _closed(measure: Measure) -> Measure:
    """Let go of the rows behind a measure: of two years of periods they are more than the exports."""
    parts = {name: replace(part, opens=None) for name, part in measure.parts.items()}
    return replace(measure, parts=MappingProxyType(parts))


def _within_data(
    measures: Mapping[str, Measure], period: Period, days: Sequence[date]
) -> Mapping[str, Measure]:
    """Give no figures of a period that has no data: a count of 0 would be one."""
    why = lies_outside(period, days)
    if why is None:
        return measures
    nothing = Measure.undefined(NO_DATA, f"no data in the period: {why}")
    return {
        name: measure if measure.as_exported or _is_not_loaded(measure) else nothing
        for name, measure in measures.items()
    }


def _is_not_loaded(measure: Measure) -> bool:
    return measure.reason is not None and measure.reason.code == computing.NOT_LOADED


def _before(period: Period | None) -> Period | None:
    """Give the period before, unless the calendar begins after it does."""
    try:
        return period.previous() if period is not None else None
    except (ValueError, OverflowError):
        return None


def _line(
    kpi: Kpi,
    figures: tuple[Measure, Measure | None],
    occasion: Occasion,
    group: tuple[str, Value] | None = None,
) -> Line:
    measure, previous = figures
    as_exported = measure.as_exported or occasion.period is None
    own = None if as_exported else occasion.period
    length = kpi.always_per or (own.length if own else None)
    unfinished = None if as_exported else occasion.unfinished
    benchmark = choose(
        occasion.benchmarks,
        kpi=kpi.name,
        length=length,
        segment=group,
        as_exported=as_exported,
    )
    verdict, because = judge(
        value=measure.value,
        unit=kpi.unit,
        better=kpi.better,
        n=measure.sample_size,
        currency=measure.currency,
        length=length,
        as_exported=as_exported,
        unfinished=unfinished is not None,
        benchmark=benchmark,
        summand=group is not None and kpi.adds_up,
    )
    return Line(
        kpi=kpi,
        measure=measure,
        period=own,
        verdict=verdict,
        because=because,
        group=group,
        previous=None if as_exported else previous,
        benchmark=benchmark,
        gap=gap(measure.value, benchmark),
        references=_references(kpi, occasion.benchmarks, benchmark, group),
        unfinished=unfinished,
        expired=benchmark is not None and expired(benchmark, occasion.as_of),
    )


def _references(
    kpi: Kpi,
    benchmarks: Sequence[Benchmark],
    chosen: Benchmark | None,
    group: tuple[str, Value] | None,
) -> tuple[Benchmark, ...]:
    return tuple(
        one
        for one in benchmarks
        if one.kpi == kpi.name
        and one.role is Role.REFERENCE
        and one.is_of(group)
        and one is not chosen
    )
