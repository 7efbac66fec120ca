"""A cost of serving a customer: an amount, or hours at a rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Months, Record
from retention_cli.records.fields import (
    SCALE_DIGITS,
    WHOLE_DIGITS,
    Currency,
    FilledDay,
    Money,
    OptionalId,
    Text,
)
from retention_cli.records.header_names import headers, names
from retention_cli.records.hours import HOUR_PARTS, Hours


class Cost(Record):
    """One row of a cost export: an amount, or hours and what one of them costs."""

    dated_by: ClassVar[tuple[str, ...]] = ("cost_date",)
    needs_one_of: ClassVar[tuple[str, ...]] = ("amount", "hours")
    told_by: ClassVar[tuple[str, ...]] = (
        *("amount", "hours", "cost_date", "category", "person", "role", "rate"),
    )
    needs_its_day: ClassVar[bool] = True
    foreign_headers: ClassVar[tuple[str, ...]] = (*names("costs.foreign"), *names("every.deal"))
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("amount", "hours", "cost_date", "customer_id", "rate", "currency"),
    )

    amount: Annotated[Money, headers("costs.amount")] = None
    hours: Annotated[Hours, headers("costs.hours")] = None
    cost_date: Annotated[
        FilledDay,
        headers("costs.cost_date"),
        Months(),
    ] = None
    customer_id: Annotated[OptionalId, headers("costs.customer_id")] = None
    category: Annotated[Text, headers("costs.category")] = None
    person: Annotated[Text, headers("costs.person")] = None
    role: Annotated[Text, headers("costs.role")] = None
    rate: Annotated[Money, headers("costs.rate")] = None
    currency: Annotated[Currency, headers("costs.currency")] = None

    @model_validator(mode="after")
    def _has_an_amount(self) -> Self:
        if self.amount is not None:
            return self
        if self.hours is None:
            raise PydanticCustomError("missing-value", "amount is blank", {"column": "amount"})
        if self.rate is None:
            raise PydanticCustomError("no-rate", _NO_RATE, {"column": "amount"})
        if abs(self.hours * self.rate) >= _LARGEST:
            raise PydanticCustomError("number-too-large", _TOO_LARGE, {"column": "hours"})
        return self

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark rows without an amount and what makes one, and those of which it may be too large."""
        some = next(iter(columns.values()))
        amount, hours, rate = (
            columns.get(name, pa.nulls(len(some), pa.int64()))
            for name in ("amount", "hours", "rate")
        )
        about = [pc.cast(one, pa.float64(), safe=False) for one in (hours, rate)]
        worth = pc.abs(pc.multiply(*about))
        sound = pc.fill_null(pc.less(worth, _LARGEST / 2), False)
        return pc.and_(pc.is_null(amount), pc.invert(sound))

    @classmethod
    def priced(
        cls, columns: Mapping[str, pa.Array], rates: Mapping[str, str]
    ) -> Mapping[str, pa.Array]:
        """Give hours the rate of the row, else that of the person, the role or the category."""
        if "hours" not in columns or not rates:
            return columns
        hours = columns["hours"]
        rate = columns.get("rate", pa.nulls(len(hours), pa.string()))
        for column in ("person", "role", "category"):
            if column in columns:
                place = pc.index_in(columns[column], value_set=pa.array(list(rates), pa.string()))
                told = pa.array(list(rates.values()), pa.string()).take(place)
                rate = pc.coalesce(rate, told)
        return {**columns, "rate": rate}


_NO_RATE = (
    "the price of an hour is unknown: write the rate of the person or role under [people] in"
    ' retention.toml, such as "Support" = "48.50"; or, for all hours, --map costs.rate=48.50'
)
_TOO_LARGE = "at the rate of the row come to a hundred trillion or more"
_LARGEST = HOUR_PARTS * 10 ** (WHOLE_DIGITS + SCALE_DIGITS)

RECORD = Cost
