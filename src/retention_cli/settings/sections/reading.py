"""How cells are read, and rows that are there twice."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainValidator, StrictBool

from retention_cli.errors import nearest
from retention_cli.settings.table import Table
from retention_cli.text.toml_values import currency_code, refuse, shown


def _time_zone(value: object) -> str:
    try:
        if isinstance(value, str):
            return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        pass  # what ZoneInfo raises for an unknown name, a path, and a folder of zones
    raise refuse(f"{shown(value)} is not a time zone", _zone_hint(str(value)))


def _zone_hint(written: str) -> str:
    zones = sorted(available_timezones())
    spellings = {zone.casefold(): zone for zone in zones}
    # "Berlin" is far from "Europe/Berlin" by letters; whole regions stand before old aliases.
    spellings |= {z.rpartition("/")[2].casefold(): z for z in zones if z.count("/") == 1}
    guess = nearest(written.strip().replace(" ", "_"), spellings)
    return f'did you mean "{spellings[guess]}"?' if guess else 'write one as "Europe/Berlin"'


class Keys(Table):
    """The keys of this section; the first four are options too."""

    time_zone: Annotated[str, PlainValidator(_time_zone)] | None = None
    currency: Annotated[str, PlainValidator(currency_code)] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal[",", "."] | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    overlaps: Literal["reject", "join"] = "reject"
    ids_as_written: StrictBool = False
    negative_costs: Literal["costs", "credits"] = "costs"
    ended_without_day: Literal["undefined", "leave-out"] = "undefined"
