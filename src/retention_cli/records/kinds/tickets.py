"""A ticket: when it was opened, first answered and resolved, or how long that took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import NO, YES, Headers, Record, Settled, UnsettledError, Words
from retention_cli.records.fields import (
    Duration,
    OptionalId,
    Text,
    Whole,
    YesNo,
)
from retention_cli.records.header_names import CUSTOMER_ID_NAMES, DEAL_HEADERS
from retention_cli.records.stamps import Instant, is_after, later

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
    foreign_headers: ClassVar[tuple[str, ...]] = DEAL_HEADERS
    figures_rest_on: ClassVar[tuple[str, ...]] = ("ticket_id", "customer_id", *needs_one_of)

    ticket_id: Annotated[
        OptionalId,
        Headers(
            strong=(
                *("vorgangsnummer", "fallnummer", "id ticket", "id du ticket"),
                *("numero de ticket", "n ticket", "no ticket", "no de ticket"),
                *("n de ticket", "id de ticket", "id del ticket", "numero de caso"),
                *("ticket number", "ticket no", "ticket nr", "ticket", "case id", "case number"),
                *("call id", "incident", "request id", "issue id", "ticketnummer"),
            ),
            weak=("id",),
            faint=("number",),
        ),
    ] = None
    customer_id: Annotated[
        OptionalId,
        Headers(strong=CUSTOMER_ID_NAMES, weak=("customer", "account", "kunde", "cliente")),
    ] = None
    created_at: Annotated[
        Instant,
        Headers(
            strong=(
                *("erstellungsdatum", "erstelldatum", "eroffnet am", "eroeffnet am"),
                *("eingegangen am", "date de creation", "date d ouverture", "ouvert le"),
                *("fecha de creacion", "fecha creacion", "creado el"),
                *("fecha de apertura", "abierto el"),
                *("created", "created on", "created time", "created date", "opened at", "opened"),
                *("submitted at", "submitted", "open date", "opened on", "ticket created"),
                *("creation date", "reported at", "erstellt am", "erstellt", "cree le", "creado"),
            ),
            weak=("date", "datum", "timestamp"),
        ),
    ] = None
    first_response_at: Annotated[
        Instant,
        Headers(
            strong=(
                *("erste antwort", "erste reaktion am", "erstantwort am"),
                *("premiere reponse", "premiere reponse le", "date de premiere reponse"),
                *("primera respuesta", "primera respuesta el"),
                *("fecha de primera respuesta",),
                *("first reply at", "first responded at", "first response date", "first reply"),
                *("first response", "first answer"),
                *("first answer at", "first response on", "erste antwort am", "responded at"),
            ),
        ),
    ] = None
    first_response_duration: Annotated[
        Duration,
        Headers(
            strong=(
                *("erstreaktionszeit", "erstantwortzeit", "reaktionszeit"),
                *("reaktionszeit in minuten", "reaktionszeit minuten"),
                *("reaktionszeit in stunden", "temps de premiere reponse"),
                *("delai de premiere reponse", "tiempo de primera respuesta"),
                *("tiempo hasta la primera respuesta",),
                *("first response time", "first reply time", "time to first response"),
                *("first response time minutes", "first response time in minutes"),
                *("first response time in hrs", "first response time hours"),
                *("first reply time in minutes", "first reply time minutes", "frt"),
                *("first response minutes", "first response seconds", "first response hours"),
                *("response time", "speed of answer in seconds", "speed of answer"),
            ),
        ),
    ] = None
    resolved_at: Annotated[
        Instant,
        Headers(
            strong=(
                *("geloest am", "erledigt am", "abgeschlossen am", "losungsdatum"),
                *("loesungsdatum", "date de resolution", "ferme le", "cloture le"),
                *("date de cloture", "resuelto el", "fecha de resolucion", "cerrado el"),
                *("fecha de cierre",),
                *("resolved", "resolved on", "resolved time", "solved at", "solved"),
                *("closed at", "closed", "closed on", "close date", "closed date", "closed time"),
                *("resolution date", "gelost am", "geschlossen am", "resolu le", "completed at"),
            ),
        ),
    ] = None
    resolution_duration: Annotated[
        Duration,
        Headers(
            strong=(
                *("losungszeit", "loesungszeit", "bearbeitungszeit", "bearbeitungsdauer"),
                *("temps de resolution", "delai de resolution", "duree de resolution"),
                *("tiempo de resolucion",),
                *("resolution time", "time to resolution", "resolution time hours"),
                *("resolution time in hrs", "resolution time in minutes", "handling time"),
                *("full resolution time in minutes", "resolution time minutes"),
                *("resolution hours", "resolution minutes", "resolution seconds"),
            ),
        ),
    ] = None
    contacts: Annotated[
        Whole,
        Headers(
            strong=(
                *("anzahl kontakte", "nombre de contacts", "contactos"),
                *("numero de contactos",),
                *("contact count", "number of contacts", "interactions", "touches", "replies"),
                *("agent replies", "reply count", "kontakte"),
            ),
        ),
    ] = None
    reopened: Annotated[
        Whole,
        Headers(
            strong=(
                *("wiedereroffnet", "wiedereroeffnet"),
                *("wieder geoeffnet", "rouvert", "reabierto", "wieder geoffnet"),
                *("reopens", "reopen count", "was reopened"),
            )
        ),
        Words(ours={"1": YES, "0": NO}),
    ] = None
    reopened_at: Annotated[
        Instant,
        Headers(strong=("reopened on", "reopen date", "reopened date", "reopened time")),
    ] = None
    first_contact_resolved: Annotated[
        YesNo,
        Headers(
            strong=(
                *("erstlosung", "erstkontaktlosung", "beim ersten kontakt gelost"),
                *("resolu au premier contact", "resuelto en el primer contacto"),
                *("fcr", "first contact resolution", "first call resolution", "one touch"),
                *("resolved at first contact", "resolved on first contact"),
                *("resolved first contact", "first call resolved"),
            ),
        ),
        Words(ours={"yes": (*YES, "1", "1.0"), "no": (*NO, "0", "0.0")}),
    ] = None
    agent: Annotated[
        Text,
        Headers(
            strong=(
                *("assignee", "agent name", "assigned to", "owner", "bearbeiter"),
                *("zugewiesen an", "attribue a", "assigne a", "agente", "asignado a"),
            )
        ),
    ] = None
    category: Annotated[
        Text, Headers(strong=("ticket category", "kategorie", "categorie", "categoria"))
    ] = None
    priority: Annotated[
        Text,
        Headers(
            strong=(
                *("ticket priority", "severity", "prioritat", "prioritaet"),
                *("priorite", "prioridad"),
            )
        ),
    ] = None
    subject: Annotated[
        Text,
        Headers(strong=("ticket subject", "topic", "title", "betreff", "objet", "sujet", "asunto")),
    ] = None

    @model_validator(mode="after")
    def _nothing_before_the_creation(self) -> Self:
        for column in _TIMES:
            moment = getattr(self, column)
            if self.created_at and moment and is_after(self.created_at, moment):
                raise PydanticCustomError(
                    "before-creation",
                    "{column} {moment} is before created_at {created}",
                    {"column": column, "moment": str(moment), "created": str(self.created_at)},
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
