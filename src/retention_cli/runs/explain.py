"""From a KPI, and files where there are some, to an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.findings.problems import Problems
from retention_cli.kpis import registry
from retention_cli.kpis.definitions import asked_for
from retention_cli.loading.left_out import left_out_of, rows_with_id
from retention_cli.results.explanation import Definition, Explanation
from retention_cli.results.facts import fields_of
from retention_cli.runs.reading import reading
from retention_cli.scoring.bases import bases_of, refuse_others
from retention_cli.scoring.customer_file import customer_file
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.scoring.members import Openers
from retention_cli.scoring.readings import names_of, readings_of, wanted_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.kpis.registry import Kpi
    from retention_cli.results.explanation import OpenedFigure
    from retention_cli.runs.options import Request
    from retention_cli.runs.reading import Reading
    from retention_cli.values.readings import Reading as ReadingOf


def define(name: str) -> Explanation:
    """Explain a KPI without data.

    Errors: UnknownNameError, with the nearest name.
    """
    return Explanation(problems=Problems(), definition=_definition(asked_for(name)))


def _definition(kpi: Kpi) -> Definition:
    return Definition.of(kpi, names_of(kpi))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be explained: a KPI, or all that concerns one customer, or both.

    Shape: `part` is the part of the figure to be shown whole, `readings` the names of others,
        and `bases` asks for every basis that the exports allow.
    """

    kpi: str | None = None
    customer: str | None = None
    part: str | None = None
    readings: str | None = None
    bases: bool = False


def explain(asked: Asked, request: Request) -> Explanation:
    """Open a figure of a period to the members and rows of its parts, or all to those of a customer.

    Errors: UnknownNameError for a KPI, part or customer; RetentionError for files that cannot be
        used.
    """
    kpi = None if asked.kpi is None else asked_for(asked.kpi)
    wanted = registry.every() if kpi is None else (kpi, *registry.made_of(kpi))
    other = _readings_asked_for(kpi, asked.readings)
    if asked.bases:
        refuse_others(kpi)
    with reading(request) as read:
        facts, ids = read.facts, _ids_of_one(asked.customer, request.settings.same_customer)
        occasion = _occasion(request, read)
        grouping = read.grouping
        lines = score_lines(read.dataset, occasion, grouping, only=wanted)
        openers = Openers.of(read.dataset, facts.exports, only=next(iter(ids), None))
        figures = tuple(openers.figure(line) for line in lines)
        told: tuple[ReadingOf, ...] = ()
        if kpi is not None and other is not None:
            split = any(line.group for line in lines if line.kpi is kpi)
            told = readings_of(kpi, other, read.dataset, occasion, grouping if split else None)
        customer = None
        if ids:
            left_out = tuple(rows_with_id(read.parts, ids))
            customer = customer_file(ids, read.dataset, openers, left_out)
        kinds = registry.rests_on(kpi.name, read.dataset) if kpi else ()
        return Explanation(
            definition=_definition(kpi) if kpi else None,
            figures=figures,
            left_out=tuple(left_out_of(read.parts, kinds, facts.period)),
            part=_known_part(asked.part, figures),
            customer=customer,
            readings=told,
            bases=bases_of(kpi, read.dataset, occasion, openers) if kpi and asked.bases else None,
            **fields_of(facts),
        )


def _ids_of_one(asked: str | None, aliases: Mapping[str, str]) -> tuple[str, ...]:
    """Give the id that a customer counts under, then those that were joined with it."""
    if asked is None:
        return ()
    id_ = aliases.get(asked, asked)
    return (id_, *(old for old, new in aliases.items() if new == id_))


def _readings_asked_for(kpi: Kpi | None, asked: str | None) -> dict[str, dict[str, int]] | None:
    if asked is None:
        return None
    if kpi is None:
        raise RetentionError("--as needs a KPI", "retention explain churn_rate PATH --as all")
    return wanted_of(kpi, asked)


def _occasion(request: Request, read: Reading) -> Occasion:
    facts, settings = read.facts, request.settings
    return Occasion(
        facts.period, request.day, read.days, facts.unfinished, settings, request.benchmarks
    )


def _known_part(part: str | None, figures: Sequence[OpenedFigure]) -> str | None:
    names = {one.name.casefold(): one.name for figure in figures for one in figure.parts}
    if part is None or part.casefold() in names:
        return part and names[part.casefold()]
    raise UnknownNameError("part", part, names.values(), where="--members: ")
