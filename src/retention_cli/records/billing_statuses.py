"""What the status of an invoice says of its amount, in the words of many systems."""

from __future__ import annotations

from retention_cli.records.word_classes import vocabulary

BILLED, DRAFT, VOID, REFUNDED = "billed", "draft", "void", "refunded"
PARTLY_REFUNDED, CREDITED = "partly refunded", "credit note"
STATUSES = (BILLED, DRAFT, VOID, REFUNDED)
"""Our words for the status of an invoice: counts, not yet, not at all, counts as 0."""

BILLING = vocabulary("invoices.status", (*STATUSES, PARTLY_REFUNDED, CREDITED))
"""What a status says; a text with a word that is in none of these is not known."""
