"""Feeding KPIs: each is given what it asks for, or answers why that is not there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from retention_cli import kpis, records
from retention_cli.dataset.converting import conversion_notes
from retention_cli.dataset.sales_tax import tax_note
from retention_cli.kpis.registry import (
    GIVEN,
    Group,
    Kpi,
    all_asked,
    asked_by,
    function_of,
    get,
    ingredients,
    inputs_of,
    known,
)
from retention_cli.text import listing
from retention_cli.values.measures import Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.values.periods import Period

NOT_LOADED = "not-loaded"
"""The code of a figure whose export is not there."""

LACKS = {"no-basis": "customers.start_date or customers.status"}
"""The code of a figure, and the column, export or setting that it would take; any file of a KPI or
of an ingredient may have these."""

_OF_BEFORE = {"customer_revenue", "profit_before"}
"""The ingredients that add up money of the period before."""


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
        start = period.previous().start if all_asked(kpi.name) & _OF_BEFORE else period.start
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
        if name in ingredients() and not _of_period(name):
            return self.dataset.once(name, lambda: self._make(name))
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def _make(self, name: str) -> Any:
        if name in GIVEN:
            return self._given(name)
        if name in records.names():
            return self.dataset.frame(name) if self.dataset.has(name) else None
        return self.call(function_of(name))

    def call(self, function: Callable[..., Any]) -> Any:
        """Give a function what it asks for, or answer why that is not there."""
        missing = self._missing(asked_by(function, optional=False))
        if missing is not None:
            return missing
        given: dict[str, Any] = {}
        for asked, is_ingredient, is_required in _inputs(function):
            value = self._known[asked] if asked in self._known else self._value(asked)
            if not is_ingredient or not isinstance(value, Measure):
                given[asked] = value
            elif is_required:
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
            if asked not in self._lacks:
                self._lacks[asked] = self._lack(asked)
            if (missing := self._lacks[asked]) is not None:
                return missing
        return None

    def _lack(self, asked: str) -> Measure | None:
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
        if asked in ingredients():
            return self._missing(inputs_of(asked, optional=False))
        return None


@cache
def lacking(code: str) -> str | None:
    """Give the column, export or setting for want of which figures are undefined by a code."""
    found = dict(LACKS)
    for folder, files in (("kpis", kpis.names()), ("kpis/ingredients", ingredients())):
        for file in files:
            found |= listing.member(folder, file, "LACKS", {})
    return found.get(code)


@lru_cache(maxsize=512)
def _inputs(function: Callable[..., Any]) -> tuple[tuple[str, bool, bool], ...]:
    """List what a function is given: whether it is an ingredient, and whether it has to be there."""
    required = asked_by(function, optional=False)
    there = filter(known().__contains__, asked_by(function))
    return tuple((asked, asked in ingredients(), asked in required) for asked in there)


@cache
def _of_period(name: str) -> bool:
    """Say whether something may be another in another period or under other settings."""
    if name in records.names() or name == "invoices_begin":
        return False
    return name in GIVEN or any(_of_period(asked) for asked in inputs_of(name))


def not_loaded(kind: str) -> Measure:
    """Say that an export is not there."""
    return Measure.undefined(NOT_LOADED, f"no {kind} in the exports")
