"""What only the owner of a file knows, as values that a terminal can ask for."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli import records
from retention_cli.errors import Ask, DataRefusedError
from retention_cli.mapping.plan import lay_out
from retention_cli.settings import ExportRule


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


DAYS = ["2024-01-01", "2024-02-01"]
ENDED = {"Customer_ID": ["1", "2"], "Start_Date": DAYS}
PAID = {"Invoice": ["1"], "Invoice_Date": ["2025-06-01"], "Amount_Paid": ["60"], "Balance": ["40"]}
ANSWERED = {
    "came back": (
        "customers",
        ENDED | {"End_Date": ["2024-06-01", None], "Reactivated_At": ["2024-10-01", None]},
        {"columns": {"start_date": "Start Date"}},
    ),
    "an end": (
        "customers",
        ENDED | {"Expires": ["2024-06-01", None]},
        {"columns": {"end_date": "Expires"}},
    ),
    "a term": (
        "customers",
        ENDED | {"Contract_End_Date": ["2024-06-01", "2027-01-01"], "Auto_Renew": ["yes", "no"]},
        {"columns": {"end_date": "Contract End Date"}},
    ),
    "two starts": (
        "customers",
        {"Customer_ID": ["1", "2"], "Start_Date": DAYS, "Joined": ["2023-01-01", "2023-02-01"]},
        {"columns": {"start_date": "Joined"}},
    ),
    "paid": ("invoices", PAID, {"columns": {"amount": "Amount Paid"}}),
    "a billing rate": (
        "costs",
        {"Date": DAYS, "Hours": ["1", "2"], "Billing_Rate": ["90", "80"]},
        {"columns": {"rate": "Billing Rate"}},
    ),
    "turned round": (
        "surveys",
        {"CSAT": ["1", "5"], "Responded_At": DAYS, "Label": ["excellent", "very bad"]},
        {"values": {"score": {"1": "5", "5": "1"}}},
    ),
}
OTHERS = {
    "leave_out": {"leave_out": {"Notes": ["x"]}},
    "constants": {"constants": {"currency": "EUR"}},
    "values": {"values": {"status": {"x": "active"}}},
    "columns": {"columns": {"customer_name": "Notes"}},
}


@pytest.mark.parametrize("what", ANSWERED)
def test_an_answer_settles_what_it_names_and_nothing_else(what: str) -> None:
    kind, columns, own = ANSWERED[what]
    columns = columns | {"Notes": ["a"] * len(next(iter(columns.values())))}
    cells = [pa.chunked_array([column], pa.string()) for column in columns.values()]
    headers = [name.replace("_", " ") for name in columns]

    def read(**said: object) -> object:
        rule = ExportRule(file="a.csv", kind=kind, **said)
        return lay_out(headers, kind=kind, file="a.csv", rule=rule, cells=cells.__getitem__)

    for other in OTHERS.values():
        named = {**other.get("columns", {}), **other.get("constants", {})}
        if {*named} <= {*records.model(kind).model_fields}:
            with pytest.raises(DataRefusedError):
                read(**other)
    assert read(**own)
