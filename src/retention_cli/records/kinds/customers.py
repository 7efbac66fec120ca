"""A customer's spell: from the day it starts to the day before it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Headers, Record, Words
from retention_cli.records.fields import Day, FilledDay, Id, Text
from retention_cli.records.header_names import CUSTOMER_ID_NAMES

ACTIVE, ENDED = "active", "ended"

_STATUS = Words(
    ours={
        ENDED: (
            *("churned", "churn", "lost", "left", "cancelled", "canceled", "closed", "former"),
            *("inactive", "terminated", "expired", "attrited customer", "ex customer", "exited"),
            *("gekündigt", "gekuendigt", "beendet", "inaktiv", "verloren", "abgewandert"),
            *(
                "ehemalig",
                "résilié",
                "résiliée",
                "perdu",
                "perdue",
                "inactif",
                "clôturé",
                "terminé",
            ),
            *("baja", "inactivo", "inactiva", "cancelado", "cancelada", "perdido", "finalizado"),
        ),
        ACTIVE: (
            *("current", "open", "live", "customer", "existing customer", "retained", "stayed"),
            *("aktiv", "laufend", "bestehend", "actif", "en cours", "activo", "activa", "vigente"),
            *("alta", "not churned", "joined"),
        ),
    },
    opposite={ACTIVE: ENDED, ENDED: ACTIVE},
)


class Customer(Record):
    """One row of a customer export. Without any dates, its status may be a flag."""

    key: ClassVar[tuple[str, ...]] = ("customer_id", "start_date")
    is_spell: ClassVar[bool] = True
    dated_by: ClassVar[tuple[str, ...]] = ("start_date",)
    figures_rest_on: ClassVar[tuple[str, ...]] = ("customer_id", "start_date", "end_date", "status")
    foreign_headers: ClassVar[tuple[str, ...]] = (
        *("ticket id", "ticket", "ticket number", "ticket name", "case id", "case number"),
        *("issue key", "requester", "assignee", "subject", "first response at", "resolved at"),
        *("invoice id", "invoice number", "invoice no", "invoice date", "order id"),
        *("order number", "order no", "order date", "cost date", "task", "start time"),
        *("response id", "respondent id", "response date", "responded at"),
    )

    customer_id: Annotated[
        Id,
        Headers(
            strong=CUSTOMER_ID_NAMES,
            weak=(
                *("cliente", "debitor"),
                "id",
                "customer",
                "account",
                "client",
                "kunde",
                "record id",
            ),
        ),
    ]
    customer_name: Annotated[
        Text,
        Headers(
            strong=(
                *("customer full name", "firmenname", "name des kunden"),
                *("kundenbezeichnung", "raison sociale", "nom de l entreprise"),
                *("nom de la societe", "razon social", "nombre de cliente"),
                *("nombre cliente",),
                "nombre del cliente",
                "account name",
                "client name",
                "company name",
                "kundenname",
                "nom du client",
                "nom client",
            ),
            weak=(
                *("unternehmen", "nom", "societe", "entreprise", "nombre", "empresa"),
                "name",
                "company",
                "firma",
                "organization",
                "organisation",
                "full name",
            ),
        ),
    ] = None
    start_date: Annotated[
        FilledDay,
        Headers(
            strong=(
                *("customer start date", "client since", "member since", "active since"),
                *("activation date", "subscribed on", "subscription date"),
                *("vertragsanfang", "laufzeitbeginn", "kundin seit", "mitglied seit"),
                *("client depuis", "date debut", "debut de contrat", "debut du contrat"),
                *("date de debut de contrat", "date d inscription", "date d adhesion"),
                *("date de souscription", "cliente desde", "fecha inicio", "inicio"),
                *("inicio de contrato", "fecha de inicio de contrato", "fecha alta"),
                *("fecha de suscripcion",),
                *("customer since", "start", "started on", "start day", "signup date"),
                *("contract start", "contract start date", "subscription start"),
                *("subscription start date", "join date", "joined", "joined on", "since"),
                *("vertragsbeginn", "kunde seit", "beginn", "startdatum", "date de debut"),
                *("eintrittsdatum", "vertragsstart", "date d entree", "fecha de alta"),
                *("debut", "fecha de inicio", "valid from", "active from", "onboarded on"),
            ),
            weak=(
                *("erstellt am", "angelegt am", "date de creation", "cree le"),
                *("fecha de creacion", "creado el"),
                "created",
                "created at",
                "created date",
                "create date",
                "date created",
            ),
        ),
    ] = None
    end_date: Annotated[
        Day,
        Headers(
            strong=(
                *("lost on", "lost date", "deactivated on", "deactivation date"),
                *("kuendigungsdatum", "gekuendigt am", "gekuendigt zum", "kundigung zum"),
                *("kuendigung zum", "laufzeitende", "beendet am", "kunde bis"),
                *("date fin", "fin de contrat", "fin du contrat"),
                *("date de fin de contrat", "date resiliation", "resilie le"),
                *("fecha fin", "fecha baja", "fin de contrato"),
                *("fecha de fin de contrato", "fecha de cancelacion", "fecha de termino"),
                *("end", "ended on", "churn date", "churned on", "churned at", "cancel date"),
                *("cancellation date", "cancelled on", "cancelled at", "canceled at"),
                *("contract end", "contract end date", "subscription end", "left on"),
                *("subscription end date", "vertragsende", "kundigungsdatum", "enddatum"),
                *("ende", "gekundigt am", "date de fin", "date de resiliation", "fecha de fin"),
                *("austrittsdatum", "gekundigt zum", "date de sortie", "fecha de baja"),
                *("valid to", "valid until", "active until", "termination date", "closed date"),
            ),
        ),
    ] = None
    status: Annotated[
        Text,
        Headers(
            strong=(
                *("vertragsstatus", "statut client", "statut du client"),
                *("estado del cliente", "estado cliente", "estatus", "gekundigt"),
                *("gekuendigt", "abgewandert", "resilie", "aktiv", "actif", "activo"),
                *("customer status", "account status", "churn", "churned", "is churned"),
                *("churn flag", "has churned", "exited", "attrition", "attrition flag"),
                *("churn label", "is active", "active", "statut", "estado", "kundenstatus"),
            ),
            weak=("lifecycle status",),
            yes={
                **dict.fromkeys(
                    ("churn", "churned", "is churned", "churn flag", "has churned"), ENDED
                ),
                **dict.fromkeys(("exited", "attrition", "attrition flag", "churn label"), ENDED),
                **dict.fromkeys(("gekundigt", "gekuendigt", "abgewandert", "resilie"), ENDED),
                **dict.fromkeys(("is active", "active", "aktiv", "actif", "activo"), ACTIVE),
            },
        ),
        _STATUS,
    ] = None

    @model_validator(mode="after")
    def _spell_is_possible(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise PydanticCustomError(
                "end-before-start",
                "end_date {end} is before start_date {start}",
                {"end": str(self.end_date), "start": str(self.start_date), "column": "end_date"},
            )
        if self.start_date and self.status == ENDED and self.end_date is None:
            raise PydanticCustomError(
                "no-end-date",
                "status says that the customer has ended, but end_date is blank",
                {"column": "end_date"},
            )
        return self

    @classmethod
    def suspects(cls, columns: Mapping[str, pa.Array]) -> pa.BooleanArray | None:
        """Mark spells that end before they start, and ended ones without their end."""
        start, end, status = (columns.get(name) for name in ("start_date", "end_date", "status"))
        if start is None:
            return None
        found = pc.is_null(start)
        if end is not None:
            found = pc.or_(found, pc.fill_null(pc.less(end, start), False))
        if status is not None:
            ended = pc.fill_null(pc.equal(status, ENDED), False)
            blank = pc.is_null(end) if end is not None else pc.is_valid(status)
            found = pc.or_(found, pc.and_(ended, blank))
        return found


RECORD = Customer
