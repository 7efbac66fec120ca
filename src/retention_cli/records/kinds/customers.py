"""A customer's spell: from the day it starts to the day before it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Beside, Record, Words
from retention_cli.records.customer_flags import ACTIVE, ENDED, told_by_yes
from retention_cli.records.fields import Day, FilledDay, Id, Text
from retention_cli.records.header_names import headers, names
from retention_cli.records.unread import or_blank

NEW = "new"

_STATUS = Words(
    ours={one: names(f"customers.status.{one}") for one in (ENDED, ACTIVE, NEW)},
    opposite={ACTIVE: ENDED, ENDED: ACTIVE},
    meaning=told_by_yes,
)

_TOLD = names("customers.end_date.told")
"""When a customer said that they go: the end, unless a column has the day on which they went."""
_GONE = names("customers.end_date.gone")
"""The day on which a customer went."""


class Customer(Record):
    """One row of a customer export. Without any dates, its status may be a flag."""

    key: ClassVar[tuple[str, ...]] = ("customer_id", "start_date")
    is_spell: ClassVar[bool] = True
    dated_by: ClassVar[tuple[str, ...]] = ("start_date",)
    only_kept: ClassVar[tuple[str, ...]] = ("renewal_date",)
    figures_rest_on: ClassVar[tuple[str, ...]] = ("customer_id", "start_date", "end_date", "status")
    foreign_headers: ClassVar[tuple[str, ...]] = names("customers.foreign")

    customer_id: Annotated[Id, headers("customers.customer_id")]
    customer_name: Annotated[Text, headers("customers.customer_name")] = None
    start_date: Annotated[FilledDay, headers("customers.start_date")] = None
    end_date: Annotated[
        Day,
        headers(
            "customers.end_date",
            also=(*_GONE, *_TOLD),
            beside=Beside("notice_date", names=_TOLD, others=("end_date", *_GONE)),
        ),
    ] = None
    notice_date: Annotated[Day, headers("customers.notice_date")] = None
    renewal_date: Annotated[Day, headers("customers.renewal_date")] = None
    end_reason: Annotated[Text, headers("customers.end_reason")] = None
    status: Annotated[
        Text,
        headers("customers.status", yes=told_by_yes),
        _STATUS,
    ] = None

    @model_validator(mode="after")
    def _spell_is_possible(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise PydanticCustomError(
                "end-before-start",
                "end_date {end} is before start_date {start}{blank}",
                {
                    "end": str(self.end_date),
                    "start": str(self.start_date),
                    "column": "end_date",
                    "blank": or_blank(self.end_date, "end_date"),
                },
            )
        return self

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark spells that end before they start."""
        start, end = columns.get("start_date"), columns.get("end_date")
        if start is None:
            return None
        found = pc.is_null(start)
        if end is not None:
            found = pc.or_(found, pc.fill_null(pc.less(end, start), False))
        return found


def without_a_day(customers: pa.Table) -> pa.ChunkedArray:
    """Mark the rows whose status says that the customer has left, and no cell on what day.

    Example:
        >>> rows = {"status": ["ended", "ended", "active", None], "end_date": [None, 1, None, None]}
        >>> without_a_day(pa.table(rows)).to_pylist()
        [True, False, False, False]
    """
    if "status" not in customers.column_names:
        return pa.chunked_array([pa.repeat(pa.scalar(False), len(customers))])
    ended = pc.fill_null(pc.equal(customers["status"], ENDED), False)
    if "end_date" not in customers.column_names:
        return ended
    return pc.and_(ended, pc.is_null(customers["end_date"]))


def one_sided(customers: pa.Table) -> tuple[str, ...]:
    """Say that rows may be of one sort of customers alone: those who stayed, or those who left."""
    if not len(customers) or not {"end_date", "status"} & {*customers.column_names}:
        return ()
    gone = without_a_day(customers)
    if "end_date" in customers.column_names:
        gone = pc.or_(gone, pc.is_valid(customers["end_date"]))
    if not pc.any(gone).as_py():
        return (
            "no customer has an end: if the export lists only those who stayed, none can leave",
        )
    if pc.all(gone).as_py():
        return (
            "every customer has an end: if the export lists only those who left, none can stay",
        )
    return ()


def known_on(customers: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Give the days of starts and of ends, each once."""
    nothing = pa.array([], pa.date32())
    ends = customers["end_date"] if "end_date" in customers.column_names else nothing
    return pc.unique(customers["start_date"]), pc.unique(ends)


RECORD = Customer
