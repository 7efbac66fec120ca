"""A cost of serving a customer: an amount, or hours at a rate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Headers, Record
from retention_cli.records.fields import (
    Currency,
    FilledDay,
    Hours,
    Money,
    OptionalId,
    Text,
)
from retention_cli.records.header_names import CUSTOMER_ID_NAMES, DEAL_HEADERS


class Cost(Record):
    """One row of a cost export. Hours become an amount by their rate, or by that of the person."""

    dated_by: ClassVar[tuple[str, ...]] = ("cost_date",)
    needs_one_of: ClassVar[tuple[str, ...]] = ("amount", "hours")
    foreign_headers: ClassVar[tuple[str, ...]] = (
        *DEAL_HEADERS,
        *("payment date", "paid on", "paid at", "date paid", "bezahlt am", "date de paiement"),
    )
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("amount", "hours", "cost_date", "customer_id", "rate", "currency"),
    )

    amount: Annotated[
        Money,
        Headers(
            strong=(
                *("kostenbetrag", "ausgaben", "couts", "depense", "depenses", "costo"),
                *("costos", "costes", "gasto", "gastos"),
                *("cost", "cost amount", "costs", "total cost", "kosten", "cout", "coste"),
                *("freight", "refund amount", "refund amount usd", "expense"),
            ),
            weak=("total", "value", "betrag", "montant", "importe", "amount usd"),
        ),
    ] = None
    hours: Annotated[
        Hours,
        Headers(
            strong=(
                *("arbeitsstunden", "std", "dauer", "duree", "duracion"),
                *("heures passees", "horas trabajadas"),
                "hours spent",
                "time spent",
                "duration",
                "stunden",
                "heures",
                "horas",
            )
        ),
    ] = None
    cost_date: Annotated[
        FilledDay,
        Headers(
            strong=(
                *("arbeitstag", "date de travail", "fecha de trabajo"),
                "spent on",
                "spent date",
                "work date",
                "expense date",
                "start date",
                "booked on",
            ),
            weak=(*("buchungsdatum",), "date", "day", "datum", "fecha"),
        ),
    ] = None
    customer_id: Annotated[
        OptionalId,
        Headers(
            strong=CUSTOMER_ID_NAMES, weak=("customer", "client", "account", "kunde", "cliente")
        ),
    ] = None
    category: Annotated[
        Text,
        Headers(
            strong=(
                "cost category",
                "cost type",
                "kategorie",
                "kostenart",
                "categorie",
                "categoria",
                "task",
                "activity",
                "tatigkeit",
                "tache",
                "tarea",
            )
        ),
    ] = None
    person: Annotated[
        Text,
        Headers(
            strong=(
                "employee",
                "user",
                "agent",
                "staff",
                "mitarbeiter",
                "team member",
                "employe",
                "collaborateur",
                "empleado",
            )
        ),
    ] = None
    role: Annotated[
        Text, Headers(strong=("job role", "function", "rolle", "funktion", "poste", "puesto"))
    ] = None
    rate: Annotated[
        Money,
        Headers(
            strong=(
                "hourly rate",
                "cost rate",
                "stundensatz",
                "kostensatz",
                "taux horaire",
                "tarifa por hora",
                "coste por hora",
            )
        ),
    ] = None
    currency: Annotated[
        Currency,
        Headers(strong=("currency code", "wahrung", "waehrung", "devise", "moneda", "divisa")),
    ] = None

    @model_validator(mode="after")
    def _has_an_amount(self) -> Self:
        if self.amount is None:
            code = "missing-value" if self.hours is None else "no-rate"
            said = (
                "amount is blank"
                if self.hours is None
                else (
                    "nothing says what an hour costs: write the rate of the person or role under [people] in"
                    ' retention.toml, such as "Support" = "48.50"'
                )
            )
            raise PydanticCustomError(code, said, {"column": "amount"})
        return self

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark rows without an amount."""
        some = next(iter(columns.values()))
        return pc.is_null(columns.get("amount", pa.nulls(len(some), pa.int64())))

    @classmethod
    def priced(
        cls, columns: Mapping[str, pa.Array], rates: Mapping[str, str]
    ) -> Mapping[str, pa.Array]:
        """Make an amount of hours where none is written: at the row's rate, the person's, the role's.

        The product is exact, and rounded half to even where it has more than four decimals. Hours
        that are whole seconds to their eighth decimal are those seconds: a clock's third of an hour
        is not lost.
        """
        if "hours" not in columns:
            return columns
        hours = columns["hours"]
        rate = columns.get("rate", pa.nulls(len(hours), pa.string()))
        for column in ("person", "role"):
            if column in columns and rates:
                place = pc.index_in(columns[column], value_set=pa.array(list(rates), pa.string()))
                told = pa.array(list(rates.values()), pa.string()).take(place)
                rate = pc.coalesce(rate, told)
        worth = _product(hours, rate)
        written = columns.get("amount")
        return {**columns, "amount": worth if written is None else pc.coalesce(written, worth)}


def _product(hours: pa.Array, rate: pa.Array) -> pa.Array:
    rate = pc.replace_substring_regex(rate, r"(\.[0-9]{4})0+\z", r"\1")
    spent = _exact(hours, r"\A-?[0-9]{1,7}(?:\.[0-9]{1,8})?\z", pa.decimal128(16, 8))
    price = _exact(rate, r"\A-?[0-9]{1,12}(?:\.[0-9]{1,4})?\z", pa.decimal128(16, 4))
    whole = pc.round(pc.multiply(spent, _HOUR), 0, "half_to_even")
    by_clock = pc.equal(pc.round(pc.divide(whole, _HOUR), 8, "half_to_even"), spent)
    seconds = pc.cast(whole, pa.decimal128(13, 0))
    # Nine decimals of a quotient by 3,600 tell every half of the fourth from what is beside it.
    worth = pc.if_else(
        by_clock,
        _to_four_decimals(pc.divide(pc.multiply(seconds, price), _HOUR)),
        _to_four_decimals(pc.multiply(spent, price)),
    )
    return pc.replace_substring_regex(pc.cast(worth, pa.string()), r"\A-?0E-?[0-9]+\z", "0")


_HOUR = pa.scalar(Decimal(3_600), pa.decimal128(4, 0))


def _exact(cells: pa.Array, pattern: str, kind: pa.DataType) -> pa.Array:
    return pc.cast(pc.if_else(pc.match_substring_regex(cells, pattern), cells, None), kind)


def _to_four_decimals(amounts: pa.Array) -> pa.Array:
    return pc.cast(pc.round(amounts, 4, "half_to_even"), pa.decimal128(26, 4))


RECORD = Cost
