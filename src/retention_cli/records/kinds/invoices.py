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
from retention_cli.records.header_names import CUSTOMER_ID_NAMES, CUSTOMER_NAMES, DEAL_HEADERS


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
                *("date of invoice", "rech datum"),
                *("datum der rechnung", "ausstellungsdatum", "fakturadatum"),
                *("date de la facture", "date de facturation", "date facturation"),
                *("date emission", "fecha de la factura", "fecha de facturacion"),
                *("fecha facturacion", "fecha emision", "fecha de expedicion"),
                *("date issued", "issue date", "issued on", "billing date", "bill date"),
                *("invoiced on", "order date", "rechnungsdatum", "belegdatum", "posting date"),
                *("date de facture", "date facture", "fecha de factura", "transaction date"),
                *("fecha factura", "fecha de emision", "date d emission"),
                *("purchase date", "document date", "billed date", "sale date"),
            ),
            weak=(
                *("buchungsdatum", "bestelldatum", "date de commande", "date comptable"),
                *("fecha de pedido", "fecha del pedido", "fecha pedido", "fecha contable"),
                *("auftragsdatum", "date commande"),
                "date",
                "datum",
                "created",
                "created at",
                "created date",
                "fecha",
            ),
        ),
    ]
    amount: Annotated[
        FilledMoney,
        Headers(
            strong=(
                *("net invoice amount", "amount excl vat", "amount ex tax"),
                *("amount excluding vat", "amount excluding tax", "total excl tax"),
                *("total ex vat", "total ex tax", "total excluding vat"),
                *("total excluding tax", "amount before tax", "total before tax"),
                *("summe netto", "gesamt netto", "netto gesamt", "nettoumsatz"),
                *("umsatz netto", "rechnungsbetrag netto", "nettowert", "ht"),
                *("montant hors taxes", "total hors taxes", "montant total ht"),
                *("total net ht", "montant net ht", "ca ht", "chiffre d affaires ht"),
                *("neto", "total neto", "importe sin iva", "total sin iva"),
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
                *("line total", "line amount", "line net amount", "line item total", "item total"),
                *("extended price", "positionsbetrag", "zeilenbetrag", "positionssumme"),
                *("montant ligne", "total ligne", "importe linea", "total linea"),
            ),
            weak=(
                "subtotal",
                *("total", "revenue", "sales", "value", "betrag", "umsatz", "montant"),
                *("importe", "invoice total", "total amount", "dollar value", "order total"),
            ),
        ),
    ]
    invoice_id: Annotated[
        OptionalId,
        Headers(
            strong=(
                *("invoice ref", "rechnung", "rechnungs id", "re nr", "rg nr"),
                *("fakturanummer", "numero de la facture", "num facture", "facture"),
                *("reference facture", "ref facture", "num factura", "n factura"),
                *("n de factura", "factura", "numero factura", "nro factura"),
                *("nro de factura",),
                *("invoice number", "invoice no", "invoice nr", "invoice", "bill number"),
                *("document number", "rechnungsnummer", "rechnungsnr", "rechnung nr", "beleg nr"),
                *("belegnummer", "numero de facture", "n facture", "numero facture"),
                *("n de facture", "no de facture", "no facture", "no factura", "no de factura"),
                *("numero de factura", "order id", "order number", "order no"),
            ),
            weak=(
                *("bestellnummer", "numero de commande", "numero de pedido", "folio"),
                *(
                    "transaction id",
                    "bestellnr",
                    "auftragsnummer",
                    "auftragsnr",
                    "n commande",
                    "n pedido",
                ),
                "id",
            ),
            faint=("number", "reference"),
        ),
    ] = None
    customer_id: Annotated[
        OptionalId,
        Headers(
            strong=CUSTOMER_ID_NAMES,
            weak=(*("cliente", "debitor"), "customer", "account", "client", "kunde"),
        ),
    ] = None
    customer_name: Annotated[Text, Headers(faint=CUSTOMER_NAMES)] = None
    currency: Annotated[
        Currency,
        Headers(
            strong=(
                *("ccy", "waehrung", "wahrungscode", "waehrungscode", "wkz"),
                *("code devise", "monnaie", "divisa", "codigo de moneda"),
                "currency code",
                "invoice currency",
                "wahrung",
                "devise",
                "moneda",
            ),
        ),
    ] = None
    cost: Annotated[
        Money,
        Headers(
            strong=(
                *("direkte kosten", "selbstkosten", "cout direct", "couts directs"),
                *("coste directo", "costes directos", "costo", "costo directo"),
                *("direct cost", "cost amount", "cost of goods", "cost of sales", "cogs"),
                *("kosten", "einstandspreis", "wareneinsatz", "cout", "coste"),
            ),
        ),
    ] = None
    status: Annotated[
        Text,
        Headers(
            strong=(
                *("statut de la facture", "statut facture", "estado de la factura"),
                *("estado factura",),
                "invoice status",
                "statut",
                "estado",
                "rechnungsstatus",
            )
        ),
        Words(dict.fromkeys(STATUSES, ())),
    ] = None
    document_type: Annotated[
        Text,
        Headers(
            strong=(
                *("doc type", "type of document", "transaction type", "txn type", "trans type"),
                *("tran type", "voucher type", "vch type", "invoice type", "sales document type"),
                *("invoice type code", "billing type", "record type", "entry type", "posting type"),
                *(
                    "belegart",
                    "belegtyp",
                    "dokumentart",
                    "dokumenttyp",
                    "vorgangsart",
                    "buchungsart",
                ),
                *(
                    "rechnungsart",
                    "rechnungstyp",
                    "transaktionsart",
                    "transaktionstyp",
                    "umsatzart",
                ),
                *("type de document", "type document", "type de piece", "type piece"),
                *("nature de la piece", "type de transaction", "type transaction", "type facture"),
                *("type de facture", "tipo de documento", "tipo documento", "tipo de comprobante"),
                *("tipo comprobante", "tipo de transaccion", "tipo transaccion", "tipo factura"),
                *(
                    "tipo de factura",
                    "tipo di documento",
                    "tipo di transazione",
                    "tipo transazione",
                ),
                *("tipo fattura", "tipo de transacao", "tipo de fatura"),
                *("documentsoort", "soort document", "transactietype", "boekingstype"),
                *("dokumenttype", "bilagstype", "typ dokumentu"),
            ),
            weak=("type", "typ", "art", "kind", "tipo", "soort", "order type"),
        ),
    ] = None
    product: Annotated[
        Text,
        Headers(
            strong=(
                *("produktname", "artikelname", "artikelbezeichnung", "article"),
                *("nom du produit", "producto", "articulo", "nombre del producto"),
                "product name",
                "item",
                "item name",
                "produkt",
                "artikel",
                "produit",
            ),
            weak=(
                *("bezeichnung", "beschreibung", "designation", "libelle", "descripcion"),
                "description",
                "sku",
            ),
        ),
    ] = None
    due_date: Annotated[
        Text,
        Headers(
            faint=(
                *("due on", "date due", "payment due", "payment due date", "due by"),
                *("faelligkeitsdatum", "falligkeitsdatum", "faellig am", "fallig am"),
                *("falligkeit", "zahlbar bis", "date d echeance", "echeance", "date echeance"),
                *("fecha de vencimiento", "vencimiento", "fecha vencimiento", "scadenza"),
                *("data di scadenza", "data de vencimento", "vervaldatum"),
            ),
        ),
    ] = None
    paid_date: Annotated[
        Text,
        Headers(
            faint=(
                *("paid on", "paid at", "date paid", "payment date", "settled on"),
                *("bezahlt am", "zahldatum", "zahlungsdatum", "zahlungseingang am"),
                *("date de paiement", "date paiement", "date de reglement", "paye le"),
                *("fecha de pago", "fecha pago", "pagado el", "data di pagamento"),
                *("data de pagamento", "betaaldatum", "betaald op"),
            ),
        ),
    ] = None
    quantity: Annotated[
        Text,
        Headers(
            faint=(
                *("qty", "quantity ordered", "item quantity", "units", "menge", "stuckzahl"),
                *("quantite", "qte", "cantidad", "quantita", "quantidade", "aantal"),
            ),
        ),
    ] = None


RECORD = Invoice
