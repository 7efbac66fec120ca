"""What an hour, a ticket or a customer costs, and how costs are spread."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field, PlainValidator

from retention_cli.patterns import lazy_pattern
from retention_cli.settings.table import Table, matched
from retention_cli.text.toml_values import refuse, shown

DRIVERS = ("ticket", "contact", "order", "line")
"""What is counted in tickets and invoices; other drivers are counted in the cost export."""
SPREAD_BY = ("revenue", "tickets", "hours", "equally")
_DRIVEN_BY = ("category", "priority")
_RATE = lazy_pattern(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")


class Driver(NamedTuple):
    """What one of a thing costs: `rates` are those by a word of a column, the first that fits."""

    default: Decimal | None
    rates: tuple[tuple[str, str, Decimal], ...] = ()


def _rate(value: object, what: str = "a rate") -> Decimal:
    return Decimal(matched(_RATE, value, what, 'it as text: "48.50"')[0])


def _hourly(value: object) -> Decimal:
    return _rate(value, "an hourly rate")


def _driver(value: object) -> Driver:
    if not isinstance(value, dict):
        return Driver(_rate(value))
    hint = 'write default = "10.00", category = { "Complaint" = "35.00" }'
    if not value or not value.keys() <= {"default", *_DRIVEN_BY}:
        raise refuse("neither a rate nor rates by category or priority", hint)
    tables = {name: value.get(name, {}) for name in _DRIVEN_BY}
    if not all(isinstance(one, dict) for one in tables.values()):
        raise refuse("rates by category or priority are not a table", hint)
    rates = [
        (name, word, _rate(rate)) for name, told in tables.items() for word, rate in told.items()
    ]
    default = value.get("default")
    return Driver(None if default is None else _rate(default), tuple(rates))


def _drivers(value: object) -> object:
    for name, told in value.items() if isinstance(value, dict) else ():
        guess = name.casefold().removesuffix("s")
        if name not in DRIVERS and guess in DRIVERS:
            raise refuse(f"'{name}' is not a driver", f"did you mean '{guess}'?")
        if name not in {"ticket", "contact"} and isinstance(told, dict):
            raise refuse(f"'{name}' takes one rate", f'write {name} = "10.00"')
    return value


def _spread(value: object) -> dict[str | None, str]:
    given: dict[str | None, object] = value if isinstance(value, dict) else {None: value}
    for key in given.values():
        if key not in SPREAD_BY:
            raise refuse(f"{shown(key)} is not a key", f"write one of {', '.join(SPREAD_BY)}")
    return {pool: str(key) for pool, key in given.items()}


def _money(value: object) -> Fraction:
    return Fraction(_rate(value, "an amount"))


class Keys(Table):
    """The keys of this section."""

    people: dict[str, Annotated[Decimal, PlainValidator(_hourly)]] = Field(default={})
    cost_drivers: Annotated[
        dict[str, Annotated[Driver, PlainValidator(_driver)]], BeforeValidator(_drivers)
    ] = Field(default={})
    spread: Annotated[dict[str | None, str], PlainValidator(_spread)] = Field(default={})
    acquisition_cost: Annotated[Fraction, PlainValidator(_money)] | None = None

    @property
    def cost_rates(self) -> dict[str, Decimal]:
        """What one of what the cost export counts costs: an hour of a person or role, a visit."""
        counted = {name: one.default for name, one in self.cost_drivers.items()}
        return {
            **{name: rate for name, rate in counted.items() if rate and name not in DRIVERS},
            **self.people,
        }
