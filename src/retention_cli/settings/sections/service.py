"""When the desk is open, and what is said of answers and ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainValidator, field_validator, model_validator

from retention_cli.patterns import lazy_pattern
from retention_cli.settings.table import Day, Table, Texts, matched
from retention_cli.text.toml_values import SECONDS, Count, quantity, refuse, shown

_HOURS = lazy_pattern(r"([0-9]{1,2}):([0-5][0-9]) *- *([0-9]{1,2}):([0-5][0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """From when to when a day is open, in minutes after midnight."""

    opens: int
    closes: int


def _openings(value: object) -> tuple[Opening, ...]:
    parts = value if isinstance(value, list | tuple) else [value]
    openings = sorted(_opening(part) for part in parts)
    if any(later.opens < earlier.closes for earlier, later in pairwise(openings)):
        raise refuse("the hours overlap")
    return tuple(openings)


def _opening(value: object) -> Opening:
    found = matched(_HOURS, value, "a span of hours", '"09:00-17:00"')
    opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if not opens < closes <= 24 * 60:
        raise refuse(f"{shown(value)} does not end after its start, on the same day")
    return Opening(opens, closes)


Hours = Annotated[tuple[Opening, ...], PlainValidator(_openings)]


class BusinessHours(Table):
    """When the desk is open, from a day on: a weekday left out is closed, and so is a holiday."""

    from_: Day | None = Field(default=None, alias="from")
    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()
    holidays: tuple[Day, ...] = ()

    @property
    def week(self) -> tuple[tuple[Opening, ...], ...]:
        """The openings of each weekday, Monday first."""
        days = (self.monday, self.tuesday, self.wednesday, self.thursday)
        return (*days, self.friday, self.saturday, self.sunday)

    @model_validator(mode="after")
    def _opens_at_all(self) -> Self:
        if not any(self.week):
            raise refuse("no weekday is open", 'write monday = "09:00-17:00"')
        return self


def _tables(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _seconds(value: object) -> int:
    found = quantity(value) if isinstance(value, str) else None
    length = found[0] * SECONDS.get(found[1], 0) if found else Fraction(0)
    if length <= 0 or length.denominator != 1:
        raise refuse(f"{shown(value)} is not a length of time", 'write "4h", "30 min" or "2 days"')
    return int(length)


class Keys(Table):
    """The keys of this section."""

    response_target: Annotated[int, PlainValidator(_seconds)] | None = None
    working_day: Annotated[int, PlainValidator(_seconds)] | None = None
    """What a day is in durations such as `1w 2d`, and a week five of them; None for days of 24 hours."""
    not_first_level: Texts = ()
    csat_top: Annotated[tuple[Count, ...], Field(min_length=1)] | None = None
    business_hours: Annotated[tuple[BusinessHours, ...], BeforeValidator(_tables)] = ()
    """One after the other; the first may have no day from which it holds."""

    @field_validator("business_hours")
    @classmethod
    def _one_at_a_time(cls, hours: tuple[BusinessHours, ...]) -> tuple[BusinessHours, ...]:
        hours = tuple(sorted(hours, key=lambda one: one.from_ or date.min))
        if any(later.from_ in {None, earlier.from_} for earlier, later in pairwise(hours)):
            raise refuse("two schedules hold from the same day", "write from = 2025-07-01 in one")
        return hours


TABLES = {"business_hours": BusinessHours}
