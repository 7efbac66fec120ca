"""Headers of amounts that have sales tax in them, and of the tax: none is taken for net unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.headers import folded
from retention_cli.records.base import headers_of
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.mapping.layout import Layout

_GROSS = {
    *("gross", "grossamount", "amountgross", "grosstotal", "totalgross", "grandtotal"),
    *("totalinclvat", "totalincltax", "totalincludingvat", "totalincludingtax", "amountinclvat"),
    *("amountincltax", "amountincludingvat", "amountincludingtax"),
    *("brutto", "bruttobetrag", "betragbrutto", "bruttosumme", "summebrutto", "bruttoumsatz"),
    *("bruttogesamt", "gesamtbrutto", "rechnungsbetrag", "rechnungsbetragbrutto"),
    *("ttc", "montantttc", "totalttc", "montanttotalttc", "netapayer"),
    *("bruto", "importebruto", "totalbruto", "importeconiva", "totalconiva", "totalfactura"),
}
_TAX = {
    *("tax", "taxes", "taxamount", "salestax", "totaltax", "vat", "vatamount", "totalvat", "gst"),
    *("mwst", "mwstbetrag", "mehrwertsteuer", "ust", "ustbetrag", "umsatzsteuer", "steuerbetrag"),
    *("tva", "montanttva", "totaltva", "iva", "importeiva", "totaliva", "cuotaiva"),
}
_NOT_SURELY_NET = {"amount", "invoiceamount"}


def gross_header(headers: Sequence[str]) -> str | None:
    """Give the first header that is of amounts with their sales tax.

    Example:
        >>> gross_header(["Rechnungsdatum", "Brutto-Betrag"])
        'Brutto-Betrag'
    """
    return next((header for header in headers if folded(header) in _GROSS), None)


def taken_as_net(layout: Layout, headers: Sequence[str]) -> list[str]:
    """Say that amounts are taken as net where a column of tax beside them makes one wonder."""
    source = layout.sources.get("amount")
    if layout.kind != "invoices" or not isinstance(source, int) or "amount" in layout.reasons:
        return []
    weak = headers_of(layout.model.model_fields["amount"]).weak
    if layout.aliases["amount"] not in _NOT_SURELY_NET | {folded(name) for name in weak}:
        return []
    tax = next((header for header in layout.others if folded(header) in _TAX), None)
    if tax is None:
        return []
    amount = headers[source]
    said = (
        f"'{amount}' is taken as net of the tax in '{tax}'; if that is in it, write in retention.toml:"
        f" [export.columns] amount = {{ subtract = [{quoted(amount)}, {quoted(tax)}] }}"
    )
    return [said]
