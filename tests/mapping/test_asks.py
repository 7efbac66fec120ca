"""What only the owner of a file knows, as values that a terminal can ask for."""

from __future__ import annotations

import pyarrow as pa
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


def refused(kind: str, **columns: list[str | None]) -> DataRefusedError:
    cells = [pa.chunked_array([column], pa.string()) for column in columns.values()]
    headers = [name.replace("_", " ") for name in columns]
    with pytest.raises(DataRefusedError) as caught:
        lay_out(headers, kind=kind, file="a.csv", cells=cells.__getitem__)
    return caught.value


@pytest.mark.parametrize(
    "header", ["Reactivated_At", "Wiedereintritt", "Réinscrit_le", "Reingreso"]
)
def test_customers_who_come_back_in_the_same_row_are_refused(header: str) -> None:
    days = {"Start_Date": ["2024-01-01"], "End_Date": ["2024-06-01"], header: ["2024-10-01"]}
    error = refused("customers", ID=["1"], **days)
    assert "customers with an end came back or stayed, and a row is one spell" in str(error)
    assert 'start_date = "Start Date"' in error.snippet


@pytest.mark.parametrize(
    ("paid", "due"), [("Amount_Paid", "Amount_Due"), ("Total_Paid", "Balance")]
)
def test_what_was_paid_beside_what_is_open_is_asked_about(paid: str, due: str) -> None:
    money = {paid: ["60.00"], due: ["40.00"]}
    error = refused("invoices", Invoice=["1"], Invoice_Date=["2025-06-01"], **money)
    assert [ask.column for ask in error.asks][:1] == ["amount"]
