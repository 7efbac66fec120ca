"""What a KPI is, and what it asks for by parameter name."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from retention_cli import kpis, records
from retention_cli.errors import UnknownNameError
from retention_cli.settings import Settings
from retention_cli.text import listing
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_cli.dataset.dataset import Dataset

BY_SAMPLE = "sample"
"""The ratio of figures that the sample size divides."""

GIVEN = (
    *("membership", "period", "invoices_begin", "customers_as_read", "driven_tickets"),
    *("money_parts", "spread_of", *Settings.model_fields),
)


class Group(StrEnum):
    """The part of the scorecard that a KPI is in, in this order."""

    RETENTION = "Retention and churn"
    VALUE = "Customer lifetime value"
    SERVICE = "Service"
    VOICE = "Voice of the customer"
    PROFIT = "Profit"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI as read off its function."""

    name: str
    title: str
    unit: Unit
    better: Better
    group: Group
    place: int
    compute: Callable[..., Measure]
    inputs: tuple[str, ...]
    doc: str
    scales_with_period: bool = False
    always_per: str | None = None
    lowest: int | None = 0
    highest: int | None = None
    exempt: Mapping[str, str] = field(default_factory=dict)
    ratio: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether the figures of several groups are summands of the figure of them all."""
        return self.unit is Unit.COUNT or (self.unit is Unit.MONEY and self.scales_with_period)


def kpi(  # noqa: PLR0913  # one argument for each thing that can be said of a KPI
    *,
    title: str,
    unit: Unit,
    better: Better,
    group: Group,
    place: int,
    scales_with_period: bool = False,
    always_per: str | None = None,
    lowest: int | None = 0,
    highest: int | None = None,
    exempt: Mapping[str, str] | None = None,
    ratio: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Callable[[Callable[..., Measure]], Callable[..., Measure]]:
    """Register a function as the KPI of its name.

    `place` orders the KPIs of a group; places are ten apart, so that one fits between two.
    `scales_with_period` marks figures that belong to the length of their period; `always_per` is
    the length of those that have one whatever the period. `lowest` and `highest` bound the
    value, in its unit. `exempt` names laws it is outside of, each with why. `ratio` is said of a
    ratio of sums: which parts are above and below the line, or `BY_SAMPLE`. `aliases` are other
    names that people ask for it by.
    """

    def register(compute: Callable[..., Measure]) -> Callable[..., Measure]:
        inputs = tuple(inspect.signature(compute).parameters)
        for name in inputs:
            if name not in known():
                raise UnknownNameError(f"input of {compute.__name__}", name, known())
        compute.kpi = Kpi(  # type: ignore[attr-defined]  # the function carries its description
            name=compute.__name__,
            title=title,
            unit=unit,
            better=better,
            group=group,
            place=place,
            compute=compute,
            inputs=inputs,
            doc=inspect.cleandoc(compute.__doc__ or ""),
            scales_with_period=scales_with_period,
            always_per=always_per,
            lowest=lowest,
            highest=highest,
            exempt=MappingProxyType(dict(exempt or {})),
            ratio=ratio,
            aliases=aliases,
        )
        return compute

    return register


def get(name: str) -> Kpi:
    """Give the KPI of a name.

    Errors: UnknownNameError, with the nearest name.
    """
    if name not in kpis.names():
        raise UnknownNameError("KPI", name, kpis.names())
    found: Kpi = function_of(name).kpi  # type: ignore[attr-defined]  # as registered
    return found


def parts_of(name: str) -> tuple[str, ...]:
    """Give the KPIs that a KPI is made of, in order."""
    return tuple(asked for asked in inputs_of(name) if asked in kpis.names())


def made_of(kpi: Kpi) -> tuple[Kpi, ...]:
    """Give the KPIs that a KPI is made of, each before those that it is made of itself."""
    found: dict[str, Kpi] = {}
    for name in parts_of(kpi.name):
        found |= {name: get(name), **{one.name: one for one in made_of(get(name))}}
    return tuple(found.values())


def every() -> tuple[Kpi, ...]:
    """Give all KPIs in the order of the scorecard."""
    order = list(Group)
    return tuple(sorted(map(get, kpis.names()), key=lambda k: (order.index(k.group), k.place)))


def needs(name: str, *, optional: bool = False) -> tuple[str, ...]:
    """Give the exports that a KPI rests on, through the figures it is made of.

    Membership counts as customers: without that export it comes from invoices. `optional` adds
    those that it can do without.
    """
    found: set[str] = set()
    for asked in inputs_of(name, optional=optional):
        if asked == "membership":
            found.add("customers")
        elif asked in records.names():
            found.add(asked)
        elif asked in kpis.names() or asked in ingredients():
            found.update(needs(asked, optional=optional))
    return tuple(sorted(found))


def rests_on(name: str, dataset: Dataset) -> frozenset[str]:
    """Give the exports of a dataset that a KPI takes rows from, those it can do without too."""
    found: set[str] = set()
    for asked in inputs_of(name):
        if asked == "membership" and dataset.basis is not None:
            found.add("invoices" if dataset.basis == "activity" else "customers")
        elif asked in records.names() and dataset.has(asked):
            found.add(asked)
        elif asked in kpis.names() or asked in ingredients():
            found.update(rests_on(asked, dataset))
    return frozenset(found)


def settings_of(name: str) -> tuple[str, ...]:
    """Give the settings that a KPI asks for, through the figures it is made of."""
    return tuple(sorted(all_asked(name) & {*Settings.model_fields}))


@cache
def all_asked(name: str) -> frozenset[str]:
    """Give all that a KPI asks for, itself and through what it asks for."""
    found = {*inputs_of(name)}
    for asked in inputs_of(name):
        if asked in kpis.names() or asked in ingredients():
            found |= all_asked(asked)
    return frozenset(found)


@cache
def known() -> frozenset[str]:
    """List all that may be asked for."""
    return frozenset({*GIVEN, *records.names(), *kpis.names(), *ingredients()})


@cache
def ingredients() -> frozenset[str]:
    """List the steps that KPIs share."""
    return frozenset(listing.names("kpis/ingredients"))


def function_of(name: str) -> Callable[..., Any]:
    """Give the function of a KPI or ingredient."""
    folder = "kpis" if name in kpis.names() else "kpis/ingredients"
    found: Callable[..., Any] = listing.member(folder, name, name)
    return found


@cache
def inputs_of(name: str, *, optional: bool = True) -> tuple[str, ...]:
    """List what a KPI or ingredient asks for; a parameter with a default can do without."""
    return asked_by(function_of(name), optional=optional)


@lru_cache(maxsize=512)
def asked_by(function: Callable[..., Any], *, optional: bool = True) -> tuple[str, ...]:
    """List what a function asks for; a parameter with a default can do without."""
    asked = inspect.signature(function).parameters.values()
    return tuple(p.name for p in asked if optional or p.default is inspect.Parameter.empty)
