"""A table of `retention.toml`: its keys are known, and its values read in our words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, PlainValidator, StrictStr

from retention_cli.patterns import lazy_pattern
from retention_cli.text.toml_values import Text, refuse, shown

if TYPE_CHECKING:
    import re

_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Table(BaseModel):
    """What all tables have in common."""

    model_config = {"frozen": True, "extra": "forbid", "defer_build": True}


def matched(pattern: re.Pattern[str], value: object, what: str, hint: str) -> re.Match[str]:
    """Read a text of one form."""
    found = pattern.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise refuse(f"{shown(value)} is not {what}", f"write {hint}")
    return found


def read_day(value: object) -> date:
    """Read a day, in quotes or not."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise refuse(f"{shown(value)} is not a day", 'write "2025-12-25"')


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Day = Annotated[date, PlainValidator(read_day)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]
Words = Annotated[tuple[StrictStr, ...], BeforeValidator(_one_or_more)]
"""What cells say; nothing is blank ones."""
