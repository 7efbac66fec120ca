"""Sales tax, and what currencies are converted at."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field, PlainValidator

from retention_cli.patterns import lazy_pattern
from retention_cli.settings.table import Table, matched, read_day
from retention_cli.text.toml_values import currency_code, number, refuse, shown
from retention_cli.values.rates import Rate

_TAX = lazy_pattern(r"included ([0-9]{1,2}(?:\.[0-9]{1,4})?) ?%")
_PLAIN = lazy_pattern(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_RATES = "write [rates.USD] and below it 2025-06-30 = 0.9231: what 1 USD is in report_currency"


def _tax(value: object) -> Fraction:
    if value == "none":
        return Fraction(0)
    return Fraction(matched(_TAX, value, "a tax", '"none" or "included 19%"')[1]) / 100


def _rates(value: object) -> tuple[Rate, ...]:
    """Read rates by currency and day, or one table each with date, from, to, rate and source."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, list):
        return tuple(_rate_of(one) for one in value)
    given = dict(value) if isinstance(value, dict) else {}
    source = given.pop("source", None)
    if not given or not all(isinstance(one, dict) for one in given.values()):
        raise refuse("rates belong to a currency and its days", _RATES)
    return tuple(
        Rate(read_day(day), currency_code(code), None, _exchange(rate), days.get("source", source))
        for code, days in given.items()
        for day, rate in days.items()
        if day != "source"
    )


def _rate_of(value: object) -> Rate:
    given = dict(value) if isinstance(value, dict) else {}
    if not {"date", "from", "to", "rate"} <= {*given} <= {"date", "from", "to", "rate", "source"}:
        raise refuse("a rate has a date, from, to, rate and source", _RATES)
    of, to = currency_code(given["from"]), currency_code(given["to"])
    return Rate(read_day(given["date"]), of, to, _exchange(given["rate"]), given.get("source"))


def _exchange(value: object) -> Fraction:
    written = Decimal(value) if isinstance(value, str) and _PLAIN.fullmatch(value) else value
    found = number(written, "write 0.9231")
    if found <= 0:
        raise refuse(f"{shown(value)} is not a rate", "write 0.9231")
    return found


class Keys(Table):
    """The keys of this section."""

    tax: Annotated[Fraction, PlainValidator(_tax)] | None = None
    report_currency: Annotated[str, PlainValidator(currency_code)] | None = None
    rates: Annotated[tuple[Rate, ...], PlainValidator(_rates)] = ()
    rate_max_age: Annotated[int, Field(ge=0, le=3660)] = 7
