"""What a customer is worth, and where tiers end."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from retention_cli.settings.table import Table
from retention_cli.settings.windows import Length, Window
from retention_cli.text.toml_values import number, quantity, refuse, shown


def _discount(value: object) -> Fraction:
    found = quantity(value) if isinstance(value, str) else None
    share = found[0] / 100 if found and found[1] == "%" else number(value, 'write "10%" or 0.10')
    if 0 <= share < 1:
        return share
    raise refuse(f"{shown(value)} is not a rate from 0 to below 1", 'write "10%" or 0.10')


class Tiers(Table):
    """Where tier A and tier B end: by the share of all value before a customer, by value or by rank.

    By value, `a` and `b` are the least of a tier; by quantile, shares of the customers, the best first.
    """

    by: Literal["share", "value", "quantile"] = "share"
    a: Annotated[Fraction, PlainValidator(number)] = Fraction(80, 100)
    b: Annotated[Fraction, PlainValidator(number)] = Fraction(95, 100)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.by == "value":
            if not {"a", "b"} <= self.model_fields_set:
                raise refuse(
                    "'a' and 'b' are missing", 'by = "value" needs the least value of each'
                )
            if self.a <= self.b:
                raise refuse(
                    "tier A does not begin above tier B", "write a larger a, or a smaller b"
                )
        elif not 0 < self.a < self.b <= 1:
            raise refuse("a and b are not shares in order", "write a = 0.8 and b = 0.95")
        return self


class Keys(Table):
    """The keys of this section."""

    lifespan_years: Annotated[Fraction, PlainValidator(number), Field(gt=0)] | None = None
    discount_rate: Annotated[Fraction, PlainValidator(_discount)] | None = None
    contract_term: Length = Window(months=1)
    tiers: Tiers = Tiers()


TABLES = {"tiers": Tiers}
