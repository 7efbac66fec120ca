"""Header rows as exports in German, French, Spanish and English have them."""

from __future__ import annotations

import pytest

from retention_cli.mapping.headers import match_headers
from retention_cli.mapping.kinds import recognise
from retention_cli.records import model

ROWS = {
    "customers": [
        {"Kunden-Nr.": "customer_id", "Firmenname": "customer_name", "Kunde seit": "start_date",
         "K\u00fcndigungsdatum": "end_date", "Kundenstatus": "status"},
        {"Debitorennummer": "customer_id", "Name": "customer_name", "Vertragsbeginn": "start_date",
         "Gekuendigt zum": "end_date", "PLZ": None, "USt-IdNr.": None},
        {"N\u00b0 client": "customer_id", "Raison sociale": "customer_name",
         "Client depuis": "start_date", "R\u00e9sili\u00e9 le": "end_date", "Statut": "status"},
        {"C\u00f3digo de cliente": "customer_id", "Raz\u00f3n social": "customer_name",
         "Fecha de alta": "start_date", "Fecha de baja": "end_date", "NIF": None, "CIF": None},
        {"Customer No.": "customer_id", "Customer Name": "customer_name",
         "Customer since": "start_date", "Cancelled on": "end_date", "VAT No.": None},
    ],
    "invoices": [
        {"Rechnungsnummer": "invoice_id", "Rechnungsdatum": "invoice_date",
         "Kundennummer": "customer_id", "Nettobetrag": "amount", "Bruttobetrag": None,
         "MwSt": None, "W\u00e4hrung": "currency", "Rechnungsbetrag": None},
        {"Rechnungs-Nr.": "invoice_id", "Datum": "invoice_date", "Kunde": "customer_id",
         "Summe netto": "amount", "Summe brutto": None, "Waehrung": "currency",
         "F\u00e4lligkeitsdatum": "due_date", "Buchungstext": None},
        {"N\u00b0 facture": "invoice_id", "Date de facturation": "invoice_date",
         "Code client": "customer_id", "Montant HT": "amount", "TVA": None, "Montant TTC": None,
         "Devise": "currency", "\u00c9ch\u00e9ance": "due_date"},
        {"N\u00ba factura": "invoice_id", "Fecha de factura": "invoice_date",
         "Cliente": "customer_id", "Base imponible": "amount", "IVA": None, "Total factura": None,
         "Divisa": "currency"},
        {"N\u00famero de factura": "invoice_id", "Fecha": "invoice_date",
         "Importe": "amount", "NIF": None},
        {"Invoice No.": "invoice_id", "Date of Invoice": "invoice_date", "Client No": "customer_id",
         "Total excl. VAT": "amount", "VAT": None, "Total incl. VAT": None},
    ],
    "tickets": [
        {"Ticketnummer": "ticket_id", "Erstellt am": "created_at",
         "Erste Antwort": "first_response_at", "Gel\u00f6st am": "resolved_at",
         "Zugewiesen an": "agent", "Priorit\u00e4t": "priority", "Betreff": "subject"},
        {"N\u00b0 de ticket": "ticket_id", "Date de cr\u00e9ation": "created_at",
         "D\u00e9lai de r\u00e9solution": "resolution_duration", "Rouvert": "reopened"},
        {"ID de ticket": "ticket_id", "Fecha de creaci\u00f3n": "created_at",
         "Primera respuesta": "first_response_at", "Fecha de cierre": "resolved_at",
         "Asunto": "subject"},
    ],
    "surveys": [
        {"Weiterempfehlung": "score", "Kundennummer": "customer_id",
         "Beantwortet am": "responded_at", "Kommentar": "comment"},
        {"Note de satisfaction": "score", "Date de r\u00e9ponse": "responded_at",
         "Commentaire": "comment"},
        {"Satisfacci\u00f3n": "score", "Fecha de respuesta": "responded_at",
         "Enviado el": "sent_at"},
    ],
    "costs": [
        {"Stunden": "hours", "Mitarbeiter": "person", "Datum": "cost_date", "Kunde": "customer_id",
         "T\u00e4tigkeit": "category", "Kostensatz": "rate"},
        {"D\u00e9pense": "amount", "Date de travail": "cost_date", "Code client": "customer_id"},
        {"Gastos": "amount", "Fecha": "cost_date", "Cliente": "customer_id"},
    ],
}  # fmt: skip
"""Headers of each row, each with the column that it is; None for what is not one of ours."""


@pytest.mark.parametrize("kind", ROWS)
def test_headers_are_understood_and_what_is_open_is_left(kind):
    for row in ROWS[kind]:
        headers = list(row)
        found = match_headers(headers, model(kind))
        understood = {headers[match.index]: name for name, match in found.found.items()}
        assert understood == {header: name for header, name in row.items() if name}, headers
        assert not found.rivals, headers
        assert recognise(headers, file="a.csv") == kind
