"""What a row of a list of documents is: an invoice, a credit, or none that counts."""

from __future__ import annotations

from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import names
from retention_cli.records.word_classes import vocabulary

INVOICE, CREDIT, CHARGE, ORDER, PAYMENT, QUOTE, OTHER = (
    *("invoice", "credit-note", "charge", "order", "payment", "quote", "other"),
)
TYPES = (INVOICE, CREDIT, CHARGE, ORDER, PAYMENT, QUOTE, OTHER)
"""Our words for types of documents; `other` counts in no figure."""
_WORDS = "invoices.document_type"
DEPOSIT = lazy_pattern("|".join(names(f"{_WORDS}.part")))
FINAL = lazy_pattern("|".join(names(f"{_WORDS}.last")))
"""What an invoice of a part is called, and the one that ends them: it may hold the whole amount."""
PURCHASES = (INVOICE, CHARGE, ORDER, PAYMENT)
"""What may stand for the purchases of a customer: the first of these that the exports have."""

DOCUMENTS = vocabulary(
    _WORDS, TYPES, strongest=(OTHER, QUOTE, CREDIT, PAYMENT, ORDER, INVOICE, CHARGE)
)
"""What a type says; a text with a word that is in none of these is not known."""
