"""What a KPI is, and feeding it: a KPI asks for its inputs by parameter name."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from retention_cli import kpis, records
from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.sales_tax import tax_note
from retention_cli.errors import UnknownNameError
from retention_cli.settings import Settings
from retention_cli.text import listing
from retention_cli.values.measures import Better, Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.values.periods import Period

NOT_LOADED = "not-loaded"
"""The code of a figure whose export is not there."""

BY_SAMPLE = "sample"
"""The ratio of figures that the sample size divides."""

LACKS = {"no-basis": "customers.start_date or customers.status"}
"""The code of a figure, and the column, export or setting that it would take; any file of a KPI or
of an ingredient may have these."""

_OF_BEFORE = {"customer_revenue", "profit_before"}
"""The ingredients that add up money of the period before."""

_GIVEN = (
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
            if name not in _known():
                raise UnknownNameError(f"input of {compute.__name__}", name, _known())
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
    found: Kpi = _function(name).kpi  # type: ignore[attr-defined]  # as registered
    return found


def parts_of(name: str) -> tuple[str, ...]:
    """Give the KPIs that a KPI is made of, in order."""
    return tuple(asked for asked in _inputs(name) if asked in kpis.names())


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
    for asked in _inputs(name, optional=optional):
        if asked == "membership":
            found.add("customers")
        elif asked in records.names():
            found.add(asked)
        elif asked in kpis.names() or asked in _ingredients():
            found.update(needs(asked, optional=optional))
    return tuple(sorted(found))


@cache
def lacking(code: str) -> str | None:
    """Give the column, export or setting for want of which figures are undefined by a code."""
    found = dict(LACKS)
    for folder, files in (("kpis", kpis.names()), ("kpis/ingredients", _ingredients())):
        for file in files:
            found |= listing.member(folder, file, "LACKS", {})
    return found.get(code)


def rests_on(name: str, dataset: Dataset) -> frozenset[str]:
    """Give the exports of a dataset that a KPI takes rows from, those it can do without too."""
    found: set[str] = set()
    for asked in _inputs(name):
        if asked == "membership" and dataset.basis is not None:
            found.add("invoices" if dataset.basis == "activity" else "customers")
        elif asked in records.names() and dataset.has(asked):
            found.add(asked)
        elif asked in kpis.names() or asked in _ingredients():
            found.update(rests_on(asked, dataset))
    return frozenset(found)


def settings_of(name: str) -> tuple[str, ...]:
    """Give the settings that a KPI asks for, through the figures it is made of."""
    return tuple(sorted(_asks(name) & {*Settings.model_fields}))


@cache
def _asks(name: str) -> frozenset[str]:
    """Give all that a KPI asks for, itself and through what it asks for."""
    found = {*_inputs(name)}
    for asked in _inputs(name):
        if asked in kpis.names() or asked in _ingredients():
            found |= _asks(asked)
    return frozenset(found)


def compute(
    wanted: tuple[str, ...], *, dataset: Dataset, period: Period, settings: Mapping[str, Any]
) -> dict[str, Measure]:
    """Compute KPIs over a dataset, each ingredient once.

    Undefined: a KPI whose export was not loaded answers `not-loaded`. An ingredient that has nothing
        to give is a measure that says why: what asks for it answers just that.
    """
    run = _Run(dataset, period, settings)
    found = {name: run.measure(name) for name in wanted}
    return {name: in_money(get(name), found[name], dataset, period) for name in found}


def call(
    functions: Mapping[str, Callable[..., Any]],
    *,
    dataset: Dataset,
    period: Period,
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """Call functions that ask for their inputs as KPIs do, each ingredient once.

    Undefined: a measure that says why, where what a function needs is not there.
    """
    run = _Run(dataset, period, settings)
    return {name: run.call(function) for name, function in functions.items()}


def in_money(kpi: Kpi, measure: Measure, dataset: Dataset, period: Period) -> Measure:
    """Give money in ten-thousandths again, and say what tax was taken out, and at which rates."""
    per = dataset.money_parts
    if per == 1 and not dataset.rates:
        return measure
    parts = {
        name: replace(part, per=part.per * per) if part.unit is Unit.MONEY else part
        for name, part in measure.parts.items()
    }
    value = measure.value
    if kpi.unit is Unit.MONEY and value is not None:
        value = Fraction(value) / per
    if kpi.group is not Group.PROFIT and Unit.MONEY not in {
        kpi.unit,
        *(part.unit for part in parts.values()),
    }:
        return measure
    notes = measure.notes
    if dataset.tax and measure.reason is None:
        notes = (*notes, tax_note(dataset.tax))
    if measure.reason is None:
        start = period.previous().start if _asks(kpi.name) & _OF_BEFORE else period.start
        notes = (*notes, *conversion_notes(dataset, start, period.end))
    return replace(measure, value=value, parts=MappingProxyType(parts), notes=notes)


@dataclass(slots=True)
class _Run:
    dataset: Dataset
    period: Period
    settings: Mapping[str, Any]
    _known: dict[str, Any] = field(default_factory=dict)
    _lacks: dict[str, Measure | None] = field(default_factory=dict)

    def measure(self, name: str) -> Measure:
        found = self._value(name)
        if isinstance(found, Measure):
            return found
        raise TypeError(f"{name} gave no Measure")

    def measure_or(self, name: str) -> Any:
        """Give an ingredient, or None where what it needs is not there."""
        found = self._value(name)
        return None if isinstance(found, Measure) else found

    def _value(self, name: str) -> Any:
        if name in _ingredients() and not _of_period(name):
            return self.dataset.once(name, lambda: self._make(name))
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def _make(self, name: str) -> Any:
        if name in _GIVEN:
            return self._given(name)
        if name in records.names():
            return self.dataset.frame(name) if self.dataset.has(name) else None
        return self.call(_function(name))

    def call(self, function: Callable[..., Any]) -> Any:
        """Give a function what it asks for, or answer why that is not there."""
        required = _asked(function, optional=False)
        missing = self._missing(required)
        if missing is not None:
            return missing
        given: dict[str, Any] = {}
        for asked in filter(_known().__contains__, _asked(function)):
            value = self._value(asked)
            if not isinstance(value, Measure) or asked not in _ingredients():
                given[asked] = value
            elif asked in required:
                return value
        return function(**given)

    def _given(self, name: str) -> Any:
        if name == "period":
            return self.period
        if name == "membership":
            return self.dataset.membership(self.period)
        if name in {"invoices_begin", "customers_as_read", "money_parts"}:
            return getattr(self.dataset, name)
        if name == "driven_tickets":
            return self.dataset.frame("tickets") if self._counts_tickets() else None
        if name == "spread_of":
            return self._spread
        return self.settings.get(name)

    def _counts_tickets(self) -> bool:
        """Say whether costs rest on tickets: figures of them would else seem to rest on tickets."""
        drivers = self.settings.get("cost_drivers") or {}
        keys = (self.settings.get("spread") or {}).values()
        wanted = not {"ticket", "contact"}.isdisjoint(drivers) or "tickets" in keys
        return wanted and self.dataset.has("tickets")

    def _spread(self, period: Period) -> Any:
        """Spread costs over the accounts of all groups, of which this dataset may be one."""
        whole = self.dataset.whole or self.dataset
        run = _Run(whole, period, self.settings)
        return whole.once(f"spread {period.label}", lambda: run.measure_or("spread_costs"))

    def _missing(self, required: Iterable[str]) -> Measure | None:
        for asked in required:
            if asked in records.names() and not self.dataset.has(asked):
                return not_loaded(asked)
            if asked == "membership" and self.dataset.membership(self.period) is None:
                if not self.dataset.has("customers") and not self.dataset.has("invoices"):
                    return not_loaded("customers and no invoices")
                return Measure.undefined(
                    "no-basis",
                    "neither dates, nor a status, nor invoices say who was a customer",
                    hint="add a start_date or a status to the customers, or an invoice export",
                )
            if asked in _ingredients():
                if asked not in self._lacks:
                    self._lacks[asked] = self._missing(_inputs(asked, optional=False))
                if (missing := self._lacks[asked]) is not None:
                    return missing
        return None


@cache
def _of_period(name: str) -> bool:
    """Say whether something may be another in another period or under other settings."""
    if name in records.names() or name == "invoices_begin":
        return False
    return name in _GIVEN or any(_of_period(asked) for asked in _inputs(name))


def not_loaded(kind: str) -> Measure:
    """Say that an export is not there."""
    return Measure.undefined(NOT_LOADED, f"no {kind} in the exports")


@cache
def _known() -> frozenset[str]:
    return frozenset({*_GIVEN, *records.names(), *kpis.names(), *_ingredients()})


@cache
def _ingredients() -> frozenset[str]:
    return frozenset(listing.names("kpis/ingredients"))


def _function(name: str) -> Callable[..., Any]:
    folder = "kpis" if name in kpis.names() else "kpis/ingredients"
    found: Callable[..., Any] = listing.member(folder, name, name)
    return found


@cache
def _inputs(name: str, *, optional: bool = True) -> tuple[str, ...]:
    """List what a KPI or ingredient asks for; a parameter with a default can do without."""
    return _asked(_function(name), optional=optional)


@lru_cache(maxsize=512)
def _asked(function: Callable[..., Any], *, optional: bool = True) -> tuple[str, ...]:
    asked = inspect.signature(function).parameters.values()
    return tuple(p.name for p in asked if optional or p.default is inspect.Parameter.empty)
