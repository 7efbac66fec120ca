"""A length of time in whole months or days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator

from retention_cli.patterns import lazy_pattern
from retention_cli.settings.table import matched

_WINDOW = lazy_pattern(r"([1-9][0-9]{0,3}) *(month|year|day)s?")


@dataclass(frozen=True, slots=True)
class Window:
    """How long a purchase keeps a customer active: whole months, or else days."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        count, word = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _read(value: object) -> Window:
    if isinstance(value, Window):
        return value
    found = matched(_WINDOW, value, "a window", '"12 months", "1 year" or "90 days"')
    count = int(found[1])
    if found[2] == "day":
        return Window(days=count)
    return Window(months=count * 12 if found[2] == "year" else count)


Length = Annotated[Window, PlainValidator(_read)]
