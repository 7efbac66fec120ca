"""What a figure is held against: the benchmarks of a file, and the one that fits."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    Field,
    PlainValidator,
    ValidationInfo,
    model_validator,
)

from retention_cli.patterns import lazy_pattern
from retention_cli.text.toml_values import (
    SECONDS,
    Count,
    Day,
    Text,
    currency_code,
    number,
    quantity,
    refuse,
    shown,
    unquoted,
)
from retention_cli.values.measures import MONEY_SCALE, Better, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


_YEARS = {"year": Fraction(1), "years": Fraction(1), "months": Fraction(1, 12)}
_UNITS: dict[Unit, tuple[str, dict[str, Fraction]]] = {
    Unit.RATIO: ('0.92 or "92%"', {"%": Fraction(1, 100)}),
    Unit.COUNT: ("20", {}),
    Unit.SECONDS: ('14400 or "4h"', {word: Fraction(SECONDS[word]) for word in SECONDS}),
    Unit.YEARS: ('5 or "5 years"', _YEARS),
    Unit.POINTS: ('30 or "30 points"', {"points": Fraction(1)}),
    Unit.MONEY: ('1500.00 or "1500.00 EUR"', {}),
    Unit.PER_YEAR: ('12 or "12 per year"', {"per year": Fraction(1)}),
}
"""For each unit, how a user writes it, and what the words behind a number stand for."""

OWN_HISTORY = "own_history"
"""The basis of a target that a figure's own past gives."""
_CURRENCY = lazy_pattern(r"[A-Z]{3}")
_LARGEST_PLAIN_RATIO = 10
"""A larger ratio without a % has most likely lost it: 104 for 104 %."""


class Role(StrEnum):
    """Whether a benchmark judges, or is only shown."""

    TARGET = "target"
    REFERENCE = "reference"


class KpiFacts(NamedTuple):
    """What benchmarks of a KPI have to fit: its unit, its direction, its bounds.

    The bounds are in the unit as a user writes it. `highest` counts for ratios only; points
    always end at -100 and 100.
    """

    unit: Unit
    better: Better
    lowest: Fraction | None = Fraction(0)
    highest: Fraction | None = Fraction(1)

    def outside(self, value: Fraction) -> str | None:
        """Say which bounds a value is outside of, if it is."""
        points = self.unit is Unit.POINTS
        lowest = Fraction(-100) if points else self.lowest
        highest = Fraction(100) if points else self.highest if self.unit is Unit.RATIO else None
        below = lowest is not None and value < lowest
        if not below and (highest is None or value <= highest):
            return None
        if lowest is not None and highest is not None:
            return f"outside {lowest} to {highest}"
        return f"below {lowest}" if below else f"above {highest}"


def _figure(value: object, info: ValidationInfo) -> Fraction:
    """Read a target: without the facts of its KPI it is in the KPI's unit already."""
    facts: KpiFacts | None = info.context
    if facts is None:
        return number(value)
    found = _in_unit(value, facts.unit)
    what, hint = f"{info.field_name} {shown(value)}", _percent_hint(value, facts)
    if outside := facts.outside(found):
        raise refuse(f"{what} is {outside}", hint)
    if hint and abs(found) > _LARGEST_PLAIN_RATIO:
        raise refuse(f"{what} would be {found * 100}%", hint)
    return found * MONEY_SCALE if facts.unit is Unit.MONEY else found


def _percent_hint(value: object, facts: KpiFacts) -> str | None:
    if facts.unit is not Unit.RATIO or not isinstance(value, int | Decimal):
        return None
    share = Decimal(value).scaleb(-2)
    if facts.outside(Fraction(share)):
        return f"write {_UNITS[Unit.RATIO][0]}"
    return f'write {share} or "{value}%"'


def _in_unit(value: object, unit: Unit) -> Fraction:
    form, factors = _UNITS[unit]
    if not isinstance(value, str):
        return number(value, f"write {form}")
    amount, word = quantity(value) or (Fraction(0), "")
    if unit is Unit.MONEY and _CURRENCY.fullmatch(word):
        return amount
    if word in factors:
        return amount * factors[word]
    if hint := unquoted(value):
        raise refuse(f"{shown(value)} is text, not a number", hint)
    words = unit.replace("_", " ")
    raise refuse(f"{shown(value)} is not in the unit of the KPI, {words}", f"write {form}")


def _warn(value: object, info: ValidationInfo) -> Fraction:
    found = _figure(value, info)
    target: Fraction | None = info.data.get("target")
    better = info.context.better if info.context else None
    if target is None or better is None or found == target:
        return found
    if (found > target) is (better is Better.HIGHER):
        side, other = ("above", "below") if better is Better.HIGHER else ("below", "above")
        why = f"warn {shown(value)} is {side} the target, but {better} is better"
        raise refuse(why, f"near begins at warn: write one {other} the target")
    return found


def _segment(value: object) -> tuple[str, str]:
    pairs = list(value.items()) if isinstance(value, dict) else [value]
    match pairs:
        case [(str(column), str(text))] if column and text:
            return column, text
    raise refuse("one column and its value belong here", 'write { manager = "Ada" }')


def _link(value: object) -> str:
    # Reports make links of these, and a link of another scheme may run code.
    if isinstance(value, str) and re.fullmatch(r"https?://[!-~]+|[^\s:\x00-\x20]+", value):
        return value
    raise refuse(f"{shown(value)} is not a web address", 'write "https://…"')


class _Table(BaseModel):
    model_config = {"frozen": True, "extra": "forbid", "defer_build": True}


class Source(_Table):
    """Where the value of a benchmark comes from."""

    name: Text
    year: Count | None = None
    url: Annotated[str, PlainValidator(_link)] | None = None


class Benchmark(_Table):
    """A value to hold a figure against. `target` and `warn` are exact, in the KPI's unit."""

    kpi: Text
    target: Annotated[Fraction, PlainValidator(_figure)]
    warn: Annotated[Fraction, PlainValidator(_warn)] | None = None
    period: Literal["month", "quarter", "year", "any"] = "any"
    role: Role = Role.TARGET
    basis: Literal["own_history"] | None = None
    segment: Annotated[tuple[str, str], PlainValidator(_segment)] | None = None
    currency: Annotated[str, PlainValidator(currency_code)] | None = None
    min_n: Count | None = None
    weight: Annotated[Fraction, PlainValidator(number), Field(gt=0)] = Fraction(1)
    owner: Text | None = None
    reason: Text | None = None
    source: Source | None = None
    reviewed_on: Day | None = None
    expires_on: Day | None = None

    def is_of(self, group: tuple[str, str | None] | None) -> bool:
        """Whether it is one of a group, or of all: what is of all holds for groups, but for a past of their own."""
        return self.segment == group or (self.segment is None and self.basis is None)

    @model_validator(mode="before")
    @classmethod
    def _currency_of_its_figures(cls, table: dict[str, Any]) -> dict[str, Any]:
        for key in ("target", "warn"):
            written = table.get(key)
            found = quantity(written) if isinstance(written, str) else None
            if not found or not _CURRENCY.fullmatch(found[1]):
                continue
            if table.setdefault("currency", found[1]) != found[1]:
                raise refuse(f"{key} is in {found[1]}, but currency in {table['currency']}")
        return table


def choose(
    benchmarks: Iterable[Benchmark],
    *,
    kpi: str,
    length: str | None,
    segment: tuple[str, str | None] | None,
    as_exported: bool,
) -> Benchmark | None:
    """Choose the most specific benchmark that fits a figure, or else one that nearly does.

    A target beats a reference, so that no value from outside hides one that was agreed on;
    then the benchmark of the segment beats that of all, and that of the length `any`. One for
    another length comes last: held against the figure, it is not comparable. A benchmark with a
    segment is never one of the total.
    """

    def fit(one: Benchmark) -> tuple[bool, ...]:
        exact = one.period == length and not as_exported
        fits = exact or one.period == "any"
        return fits, one.role is Role.TARGET, one.segment is not None, exact

    ours = (one for one in benchmarks if one.kpi == kpi and one.is_of(segment))
    return max(ours, key=fit, default=None)
