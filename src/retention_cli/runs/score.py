"""From files to a scorecard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retention_cli.findings.problems import Notice
from retention_cli.results.facts import fields_of
from retention_cli.results.scorecard import Scorecard
from retention_cli.runs.frozen_runs import frozen
from retention_cli.runs.own_history import targets
from retention_cli.runs.reading import reading
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.scoring.freezing import of_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.dataset.groups import Grouping
    from retention_cli.runs.frozen_runs import Keep
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading


def score(request: Request, *, keep: Keep | None = None) -> Scorecard:
    """Compute every KPI of a period over some files, each held against its benchmark.

    The run is frozen for whoever is to `keep` it.
    Errors: RetentionError and its kinds, for files and settings that cannot be followed.
    """
    with reading(request, keep=keep is not None) as read:
        card = scored(request, read)
        if keep is not None:
            keep(frozen("compute", request, read, partial(of_lines, card.lines, read.dataset)))
        return card


def scored(request: Request, read: Reading) -> Scorecard:
    """Compute every KPI over what was read."""
    grouping = read.grouping()
    unknown = _unknown_groups(request.benchmarks, grouping) if grouping is not None else ()
    own, short = targets(request, read)
    facts = replace(read.facts, problems=read.facts.problems.also([*unknown, *short]))
    benchmarks = (*request.benchmarks, *own)
    occasion = Occasion(
        facts.period, request.day, read.days, facts.unfinished, request.settings, benchmarks
    )
    lines = tuple(score_lines(read.dataset, occasion, grouping))
    return Scorecard(lines=lines, as_of=request.day, **fields_of(facts))


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
