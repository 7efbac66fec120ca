"""Who is a customer, from when to when, and which ids are one customer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from retention_cli.settings.table import Table, Texts
from retention_cli.settings.windows import Length, Window
from retention_cli.text.aliases import followed
from retention_cli.text.toml_values import refuse

_SAME = 'write "C-0042" = "C42", or same_customer = "merged.csv" above the first [table]'


def _same_customer(value: object) -> dict[str, str] | Path:
    if isinstance(value, str) and value.strip():
        return Path(value)
    if isinstance(value, Path):
        return value
    pairs: dict[Any, Any] = value if isinstance(value, dict) else {"": ""}
    if not all(isinstance(id_, str) and id_.strip() for pair in pairs.items() for id_ in pair):
        raise refuse("neither old ids with their new ones nor the name of a CSV file", _SAME)
    return _followed({old.strip(): new.strip() for old, new in pairs.items()})


def _followed(pairs: dict[str, str]) -> dict[str, str]:
    try:
        return followed(pairs)
    except ValueError as error:
        raise refuse(str(error), "name one of them on the right only") from None


class Keys(Table):
    """The keys of this section."""

    activity_window: Length = Window(months=12)
    renewal_grace: Annotated[int, Field(ge=0, le=3660)] = 0
    voluntary: Texts = ()
    lost_on: Literal["recorded", "notice", "paid"] = "recorded"
    new_after: Length | None = None
    same_customer: Annotated[dict[str, str], PlainValidator(_same_customer)] = Field(default={})
