"""An invoice, or one line of it. Credit notes have negative amounts."""

from __future__ import annotations

from typing import Annotated, ClassVar

from retention_cli.records.base import Headers, Record, Words
from retention_cli.records.fields import (
    CUSTOMER_ID_NAMES,
    DEAL_HEADERS,
    Currency,
    FilledDay,
    FilledMoney,
    Money,
    OptionalId,
    Text,
)

DRAFT, VOID = "draft", "void"
TAX = "_tax"
INCLUDED, EXCLUDED = "included", "excluded"
"""What the column beside the rows says of amounts with sales tax in them, and without."""

_STATUS = Words(
    ours={
        DRAFT: ("entwurf", "brouillon", "borrador", "unsent", "proforma", "pro forma"),
        VOID: (
            *("voided", "cancelled", "canceled", "storniert", "storno", "annulé", "annulée"),
            *("anulada", "anulado", "deleted", "uncollectible"),
        ),
    }
)


class Invoice(Record):
    """One row of an invoice export: the date and the amount are what makes it one."""

    line_of: ClassVar[tuple[str, ...]] = (
        *("invoice_id", "customer_id", "invoice_date", "currency"),
    )
    dated_by: ClassVar[tuple[str, ...]] = ("invoice_date",)
    figures_rest_on: ClassVar[tuple[str, ...]] = (
        *("invoice_date", "amount", "invoice_id", "customer_id", "currency", "cost", "status"),
    )
    foreign_headers: ClassVar[tuple[str, ...]] = (
        *("cost date", "cost category", "cost type", "expense date", "expense type", "person"),
        *DEAL_HEADERS,
        *("ticket id", "ticket", "case id", "requester"),
    )
    coded: ClassVar[bool] = True

    invoice_date: Annotated[
        FilledDay,
        Headers(
            strong=(
                *("date issued", "issue date", "issued on", "billing date", "bill date"),
                *("invoiced on", "order date", "rechnungsdatum", "belegdatum", "posting date"),
                *("date de facture", "date facture", "fecha de factura", "transaction date"),
                *("fecha factura", "fecha de emision", "date d emission"),
                *("purchase date", "document date", "billed date", "sale date"),
            ),
            weak=("date", "datum", "created", "created at", "created date", "fecha"),
        ),
    ]
    amount: Annotated[
        FilledMoney,
        Headers(
            strong=(
                *("net amount", "amount net", "net", "net total", "total net", "netto"),
                *("nettobetrag", "betrag netto", "montant ht", "total ht"),
                *(
                    "montant hors taxe",
                    "nettosumme",
                    "importe neto",
                    "base imponible",
                    "invoice amount",
                    "net sales",
                    "net value",
                ),
                *("net revenue", "amount excl tax", "amount ex vat", "total excl vat"),
            ),
            weak=(
                *("total", "revenue", "sales", "value", "betrag", "umsatz", "montant"),
                *("importe", "invoice total", "total amount", "dollar value", "order total"),
            ),
        ),
    ]
    invoice_id: Annotated[
        OptionalId,
        Headers(
            strong=(
                *("invoice number", "invoice no", "invoice nr", "invoice", "bill number"),
                *("document number", "rechnungsnummer", "rechnungsnr", "rechnung nr", "beleg nr"),
                *("belegnummer", "numero de facture", "n facture", "numero facture"),
                *("n de facture", "no de facture", "no facture", "no factura", "no de factura"),
                *("numero de factura", "order id", "order number", "order no", "transaction id"),
            ),
            weak=("id", "number", "reference"),
        ),
    ] = None
    customer_id: Annotated[
        OptionalId,
        Headers(
            strong=CUSTOMER_ID_NAMES,
            weak=("customer", "account", "client", "kunde"),
        ),
    ] = None
    currency: Annotated[
        Currency,
        Headers(
            strong=("currency code", "invoice currency", "wahrung", "devise", "moneda"),
        ),
    ] = None
    cost: Annotated[
        Money,
        Headers(
            strong=(
                *("direct cost", "cost amount", "cost of goods", "cost of sales", "cogs"),
                *("kosten", "einstandspreis", "wareneinsatz", "cout", "coste", "total cost"),
            ),
        ),
    ] = None
    status: Annotated[
        Text,
        Headers(strong=("invoice status", "statut", "estado", "rechnungsstatus")),
        _STATUS,
    ] = None
    product: Annotated[
        Text,
        Headers(
            strong=("product name", "item", "item name", "produkt", "artikel", "produit"),
            weak=("description", "sku"),
        ),
    ] = None


RECORD = Invoice
