"""A customer's spell: from the day it starts to the day before it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from retention_cli.records.base import Beside, Headers, Record, Words
from retention_cli.records.customer_flags import ACTIVE, ENDED, told_by_yes
from retention_cli.records.fields import Day, FilledDay, Id, Text
from retention_cli.records.header_names import CUSTOMER_ID_NAMES, CUSTOMER_NAMES

NEW = "new"

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
            *("not churned", "renewed", "subscribed", "paying", "trial", "trialing", "on trial"),
            *("past due", "past_due", "pending cancellation", "pending_cancellation"),
            *("pending cancel", "cancel pending", "cancelling", "canceling", "non renewing"),
            *("non_renewing", "cancels at period end", "scheduled to cancel"),
        ),
        NEW: (
            *("joined", "newly joined", "just joined", "new customer", "new client"),
            *("acquired", "signed up", "onboarded", "neu", "neukunde", "neukundin"),
            *("beigetreten", "eingetreten", "nouveau", "nouvelle", "nouveau client"),
            *("nouvelle cliente", "inscrit", "inscrite", "arrivé", "arrivée", "alta", "nuevo"),
            *("nueva", "cliente nuevo", "nuevo cliente", "nueva alta", "novo", "nova", "nuovo"),
            *("nuova", "nieuw"),
        ),
    },
    opposite={ACTIVE: ENDED, ENDED: ACTIVE},
    meaning=told_by_yes,
)


_TOLD = (
    *("cancel date", "cancellation date", "cancelled on", "cancelled at", "canceled at"),
    *("canceled on", "cancelled date", "canceled date", "kuendigungsdatum", "kundigungsdatum"),
    *("gekuendigt am", "gekundigt am", "date resiliation", "date de resiliation", "resilie le"),
    "fecha de cancelacion",
)
"""When a customer said that they go: the end, unless a column has the day on which they went."""
_GONE = (
    *("end", "ended on", "ended at", "left on", "left at", "churn date", "churned on"),
    *("churned at", "lost on", "lost date", "deactivated on", "deactivation date", "closed date"),
    *("cancel at", "cancels at", "cancels on", "ends at", "ends on", "effective end date"),
    *("cancellation effective date", "effective cancellation date", "cancellation effective on"),
    *(
        "service end date",
        "last day of service",
        "termination date",
        "terminated on",
        "terminated at",
        "exit date",
        "ende",
        "enddatum",
    ),
    *("beendet am", "kunde bis", "austrittsdatum", "gekuendigt zum", "gekundigt zum"),
    *("kuendigung zum", "kundigung zum", "date fin", "date de fin", "date de sortie"),
    *("fecha fin", "fecha de fin", "fecha baja", "fecha de baja", "fecha de termino"),
)
"""The day on which a customer went."""


class Customer(Record):
    """One row of a customer export. Without any dates, its status may be a flag."""

    key: ClassVar[tuple[str, ...]] = ("customer_id", "start_date")
    is_spell: ClassVar[bool] = True
    dated_by: ClassVar[tuple[str, ...]] = ("start_date",)
    only_kept: ClassVar[tuple[str, ...]] = ("renewal_date",)
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
            strong=CUSTOMER_NAMES,
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
                *_GONE,
                *_TOLD,
                *("vertragsende", "laufzeitende", "fin de contrat", "fin du contrat"),
                *("date de fin de contrat", "fin de contrato", "fecha de fin de contrato"),
                *("contract end", "contract end date", "subscription end"),
                *("subscription end date", "valid to", "valid until", "active until"),
            ),
            beside=Beside("notice_date", names=_TOLD, others=("end_date", *_GONE)),
        ),
    ] = None
    notice_date: Annotated[
        Day,
        Headers(
            strong=(
                *("notice given", "notice given on", "notice given at", "date of notice"),
                *("notice received", "notice received on", "cancellation requested"),
                *("cancellation requested at", "cancellation requested on", "cancel requested at"),
                *("cancellation request date", "kundigung eingegangen am", "kuendigung vom"),
                *("kundigung vom", "kundigungseingang", "kuendigungseingang", "date de preavis"),
                *("preavis le", "fecha de preaviso"),
            ),
        ),
    ] = None
    renewal_date: Annotated[
        Day,
        Headers(
            strong=(
                *("renewal", "renewal day", "renewal due", "renewal due date", "next renewal"),
                *("next renewal date", "renews on", "renews at", "due for renewal"),
                *("contract renewal date", "subscription renewal date", "contract renewal"),
                *("verlangerung", "verlangerungsdatum", "vertragsverlangerung"),
                *("verlangerung am", "nachste verlangerung", "verlaengerungsdatum"),
                *("date de renouvellement", "renouvellement", "prochain renouvellement"),
                *("fecha de renovacion", "renovacion", "proxima renovacion", "data di rinnovo"),
                *("rinnovo", "data de renovacao", "verlengingsdatum"),
            ),
        ),
    ] = None
    end_reason: Annotated[
        Text,
        Headers(
            strong=(
                *("reason for leaving", "leaving reason", "churn reason", "reason for churn"),
                *("cancellation reason", "cancelation reason", "cancel reason"),
                *("reason for cancellation", "termination reason", "lost reason", "reason lost"),
                *("closed reason", "reason", "kundigungsgrund", "kuendigungsgrund"),
                *("austrittsgrund", "abwanderungsgrund", "grund der kundigung"),
                *("motif de resiliation", "motif de depart", "motif", "raison de depart"),
                *("motivo de baja", "motivo de cancelacion", "motivo de la baja"),
                *("motivo di disdetta", "motivo do cancelamento", "reden van opzegging"),
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
            yes=told_by_yes,
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


RECORD = Customer
