"""Figures beside their benchmarks: what every report shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.kpis.registry import Kpi
    from retention_cli.values.measures import Measure, Number
    from retention_cli.values.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one population, held against its benchmark.

    Shape: `group` is a column and its value, None for the rows without one; a figure of everybody
        has no group. `period` is None for a figure taken as exported; `previous` is the same
        figure for the period before, where it has one; `gap` is value less target, in the KPI's
        unit; `because` says why a figure is not judged; `unfinished` why its period is not over in the
    data; `references` are figures from outside; `history` has the values of the last
        periods, this one's last, where somebody asked for them.
    """

    kpi: Kpi
    measure: Measure
    period: Period | None
    verdict: Verdict
    because: str | None = None
    group: tuple[str, str | None] | None = None
    previous: Measure | None = None
    benchmark: Benchmark | None = None
    gap: Fraction | float | None = None
    references: tuple[Benchmark, ...] = ()
    unfinished: str | None = None
    expired: bool = False
    history: tuple[Number | None, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether `--fail-on-miss` counts it: a target missed, or one that nothing answers to."""
        if self.benchmark is None or self.verdict is Verdict.REFERENCE:
            return False
        if self.group is not None and self.benchmark.segment is None:
            # What everybody is to reach is missed by a group, or for the total to answer for.
            return self.verdict is Verdict.MISSES
        return self.verdict in {Verdict.MISSES, Verdict.UNDEFINED} or bool(self.unfinished)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard(Facts):
    """All figures of a period, what they were read from, and what was wrong with it."""

    lines: tuple[Line, ...]
    as_of: date

    @property
    def missed(self) -> tuple[Line, ...]:
        """The lines that `--fail-on-miss` fails on."""
        return tuple(line for line in self.lines if line.missed)
