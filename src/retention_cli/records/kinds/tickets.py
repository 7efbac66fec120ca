"""A ticket: when it was opened, first answered and resolved, or how long that took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import NO, YES, Record, Settled, UnsettledError, Words
from retention_cli.records.fields import (
    Duration,
    OptionalId,
    Text,
    Whole,
    YesNo,
)
from retention_cli.records.header_names import headers, names
from retention_cli.records.stamps import Instant, is_after, later
from retention_cli.records.unread import or_blank

_TIMES = ("first_response_at", "resolved_at", "reopened_at")
_DURATIONS = {
    "first_response_duration": "first_response_at",
    "resolution_duration": "resolved_at",
}


class Ticket(Record):
    """One row of a ticket export; it has a time, a duration, contacts or a flag at least."""

    key: ClassVar[tuple[str, ...]] = ("ticket_id",)
    dated_by: ClassVar[tuple[str, ...]] = ("created_at",)
    needs_one_of: ClassVar[tuple[str, ...]] = (
        *("created_at", "first_response_at", "first_response_duration", "resolved_at"),
        *("resolution_duration", "contacts", "reopened", "reopened_at", "first_contact_resolved"),
    )
    in_place_of: ClassVar[Mapping[str, str]] = {
        "first_response_at": "first_response_duration",
        "first_response_duration": "first_response_at",
        "resolved_at": "resolution_duration",
        "resolution_duration": "resolved_at",
        "reopened": "reopened_at",
        "reopened_at": "reopened",
    }
    told_by: ClassVar[tuple[str, ...]] = ("ticket_id", *needs_one_of[1:])
    foreign_headers: ClassVar[tuple[str, ...]] = names("every.deal")
    figures_rest_on: ClassVar[tuple[str, ...]] = ("ticket_id", "customer_id", *needs_one_of)

    ticket_id: Annotated[OptionalId, headers("tickets.ticket_id")] = None
    customer_id: Annotated[OptionalId, headers("tickets.customer_id")] = None
    created_at: Annotated[Instant, headers("tickets.created_at")] = None
    first_response_at: Annotated[Instant, headers("tickets.first_response_at")] = None
    first_response_duration: Annotated[Duration, headers("tickets.first_response_duration")] = None
    resolved_at: Annotated[Instant, headers("tickets.resolved_at")] = None
    resolution_duration: Annotated[Duration, headers("tickets.resolution_duration")] = None
    contacts: Annotated[Whole, headers("tickets.contacts")] = None
    reopened: Annotated[
        Whole,
        headers("tickets.reopened"),
        Words(ours={"1": YES, "0": NO}),
    ] = None
    reopened_at: Annotated[Instant, headers("tickets.reopened_at")] = None
    first_contact_resolved: Annotated[
        YesNo,
        headers("tickets.first_contact_resolved"),
        Words(ours={"yes": (*YES, "1", "1.0"), "no": (*NO, "0", "0.0")}),
    ] = None
    agent: Annotated[Text, headers("tickets.agent")] = None
    category: Annotated[Text, headers("tickets.category")] = None
    priority: Annotated[Text, headers("tickets.priority")] = None
    subject: Annotated[Text, headers("tickets.subject")] = None

    @model_validator(mode="after")
    def _nothing_before_the_creation(self) -> Self:
        for column in _TIMES:
            moment = getattr(self, column)
            if self.created_at and moment and is_after(self.created_at, moment):
                raise PydanticCustomError(
                    "before-creation",
                    "{column} {moment} is before created_at {created}{blank}",
                    {
                        "column": column,
                        "moment": str(moment),
                        "created": str(self.created_at),
                        "blank": or_blank(moment, column),
                    },
                )
        if self.created_at is None and "created_at" in self.model_fields_set:
            raise PydanticCustomError(
                "missing-value", "created_at is blank", {"column": "created_at"}
            )
        return self

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark tickets answered or resolved before they were created."""
        created = columns.get("created_at")
        if created is None:
            return None
        found = pc.is_null(created)
        for column in _TIMES:
            if (moment := columns.get(column)) is not None:
                found = pc.or_(found, pc.fill_null(later(created, moment), False))
        return found

    @classmethod
    def settle(
        cls, columns: Mapping[str, pa.Array], headers: Mapping[str, str], known: Mapping[str, str]
    ) -> Settled:
        """Say what durations of 0 are: many systems write one for a ticket that nobody answered.

        A ticket with a day on which it was reopened was reopened.
        Errors: UnsettledError where nothing in the file tells.
        """
        made, assumed = dict(columns), []
        if (again := columns.get("reopened_at")) is not None:
            flag = pc.if_else(pc.is_valid(again), "1", pa.scalar(None, pa.string()))
            told = columns.get("reopened")
            made["reopened"] = flag if told is None else pc.coalesce(told, flag)
        for column, stamp in _DURATIONS.items():
            zeros = (
                pc.fill_null(pc.equal(columns[column], "0"), False) if column in columns else None
            )
            count = pc.sum(zeros).as_py() if zeros is not None else 0
            if not count or column in known:
                continue
            header = headers.get(column, column)
            if stamp in columns:
                never = pc.and_(zeros, pc.is_null(columns[stamp]))
                made[column] = pc.if_else(never, None, columns[column])
                if found := pc.sum(never).as_py():
                    assumed.append(
                        f"'{header}' is 0 in {_rows(found)} without {stamp}: it is taken as blank"
                    )
            elif columns[column].null_count:
                assumed.append(
                    f"'{header}' is 0 in {_rows(count)}, taken as at once, since others are blank;"
                    f' "0" = "" under [export.values.{column}] makes them blank'
                )
            else:
                raise UnsettledError(
                    column,
                    f"'{header}' is 0 in {_rows(count)}: it was at once, or not at all",
                    f'say in retention.toml under [export.values.{column}]: "0" = "" where it was'
                    ' not at all, "0" = "0" where it was at once',
                )
        return Settled(made, tuple(assumed))


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


RECORD = Ticket
