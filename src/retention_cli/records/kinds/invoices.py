"""An invoice, or one line of it. Credit notes have negative amounts."""

from __future__ import annotations

from typing import Annotated, ClassVar

from retention_cli.records.base import Headers, Record, Words
from retention_cli.records.billing_statuses import STATUSES
from retention_cli.records.fields import (
    Currency,
    FilledDay,
    FilledMoney,
    Money,
    OptionalId,
    Text,
)
from retention_cli.records.header_names import headers, names


class Invoice(Record):
    """One row of an invoice export: the date and the amount are what makes it one."""

    line_of: ClassVar[tuple[str, ...]] = (
        *("invoice_id", "customer_id", "invoice_date", "currency"),
    )
    may_drop_equal: ClassVar[bool] = True
    dated_by: ClassVar[tuple[str, ...]] = ("invoice_date",)
    only_kept: ClassVar[tuple[str, ...]] = ("due_date", "paid_date", "customer_name")
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("invoice_date", "amount", "invoice_id", "customer_id", "currency", "cost", "status"),
        "document_type",
    )
    foreign_headers: ClassVar[tuple[str, ...]] = (*names("invoices.foreign"), *names("every.deal"))
    coded: ClassVar[bool] = True

    invoice_date: Annotated[FilledDay, headers("invoices.invoice_date")]
    amount: Annotated[FilledMoney, headers("invoices.amount")]
    invoice_id: Annotated[OptionalId, headers("invoices.invoice_id")] = None
    customer_id: Annotated[OptionalId, headers("invoices.customer_id")] = None
    customer_name: Annotated[Text, Headers(faint=names("customers.customer_name.strong"))] = None
    currency: Annotated[Currency, headers("invoices.currency")] = None
    cost: Annotated[Money, headers("invoices.cost")] = None
    status: Annotated[
        Text,
        headers("invoices.status"),
        Words(dict.fromkeys(STATUSES, ())),
    ] = None
    document_type: Annotated[Text, headers("invoices.document_type")] = None
    product: Annotated[Text, headers("invoices.product")] = None
    due_date: Annotated[Text, headers("invoices.due_date")] = None
    paid_date: Annotated[Text, headers("invoices.paid_date")] = None
    quantity: Annotated[Text, headers("invoices.quantity")] = None


RECORD = Invoice
