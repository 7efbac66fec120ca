"""From a KPI, and files where there are some, to an explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import UnknownNameError
from retention_cli.findings.problems import Problems
from retention_cli.kpis import registry
from retention_cli.kpis.definitions import asked_for
from retention_cli.loading.left_out import left_out_of
from retention_cli.results.explanation import Definition, Explanation
from retention_cli.results.facts import fields_of
from retention_cli.runs.reading import reading
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.scoring.members import Openers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.explanation import OpenedFigure
    from retention_cli.runs.options import Request


def define(name: str) -> Explanation:
    """Explain a KPI without data.

    Errors: UnknownNameError, with the nearest name.
    """
    return Explanation(problems=Problems(), definition=Definition.of(asked_for(name)))


def explain(name: str, request: Request, *, part: str | None = None) -> Explanation:
    """Open a figure of a period to the members and rows of its parts.

    `part` names the one to be shown whole.
    Errors: UnknownNameError for a KPI or part; RetentionError for files that cannot be used.
    """
    kpi = asked_for(name)
    with reading(request) as read:
        facts = read.facts
        occasion = Occasion(
            facts.period,
            request.day,
            read.days,
            facts.unfinished,
            request.settings,
            request.benchmarks,
        )
        wanted = tuple({one.name: one for one in _with_factors(kpi)}.values())
        lines = score_lines(read.dataset, occasion, read.grouping(), only=wanted)
        openers = Openers.of(read.dataset, facts.exports)
        figures = tuple(openers.figure(line) for line in lines)
        kinds = registry.rests_on(kpi.name, read.dataset)
        return Explanation(
            definition=Definition.of(kpi),
            figures=figures,
            left_out=tuple(left_out_of(read.parts, kinds, facts.period)),
            part=_known_part(part, figures),
            **fields_of(facts),
        )


def _with_factors(kpi: Kpi) -> Iterator[Kpi]:
    """Give a KPI, then those that it is made of, each with its own."""
    yield kpi
    for name in registry.parts_of(kpi.name):
        yield from _with_factors(registry.get(name))


def _known_part(part: str | None, figures: Sequence[OpenedFigure]) -> str | None:
    names = {one.name.casefold(): one.name for figure in figures for one in figure.parts}
    if part is None or part.casefold() in names:
        return part and names[part.casefold()]
    raise UnknownNameError("part", part, names.values(), where="--members: ")
