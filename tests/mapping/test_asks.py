"""What only the owner of a file knows, as values that a terminal can ask for."""

from __future__ import annotations

import pytest

from retention_cli.errors import Ask, DataRefusedError
from retention_cli.mapping.plan import lay_out


def asked(*headers: str, kind: str) -> tuple[Ask, ...]:
    with pytest.raises(DataRefusedError) as refused:
        lay_out(headers, kind=kind, file="a.csv")
    return refused.value.asks


def test_a_column_that_lacks_is_asked_for_among_the_headers_that_are_free() -> None:
    assert asked("Datum", "Kunde", "Zzz", kind="invoices") == (
        Ask("a.csv", "invoices", "amount", None, ("Zzz",)),
    )


def test_a_column_that_two_headers_name_is_asked_for_with_the_first_proposed() -> None:
    assert asked("Bill Date", "Issue Date", "Amount", kind="invoices") == (
        Ask("a.csv", "invoices", "invoice_date", "Bill Date", ("Bill Date", "Issue Date")),
    )
