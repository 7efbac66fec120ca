"""Lists with a row for each contract: a customer whose contract follows another has not left."""

from __future__ import annotations

import pytest

from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv

PEOPLE = ("Anna Berg", "Bob Coy", "Carl Dahl", "Dora Eng", "Emil Fox", "Fay Gill")


def read(header, whose):
    ends = ["2024-12-31"] * (len(whose) // 2)
    rows = [
        f"X{at:03},{one},2024-01-0{1 + at % 9},{end}"
        for at, (one, end) in enumerate(
            zip(whose, [*ends, *[""] * (len(whose) - len(ends))], strict=True)
        )
    ]
    sheet = read_csv("\n".join([header, *rows, ""]).encode(), file="customers.csv")
    return assign([sheet])[0].layout


@pytest.mark.parametrize(
    "header",
    [
        "Subscription ID,Customer,Start,End",
        "Vertragsnummer,Kunde,Beginn,Ende",
        "N° contrat,Client,Début,Fin",
        "Numero contratto,Cliente,Inizio,Fine",
        "Policy number,Policyholder,Start,End",
        "Lease ID,Tenant,Move in,Move out",
        "ID,Customer,Start,End",
        "Contact ID,Company,Start,End",
    ],
)
def test_whose_contracts_they_are_is_asked(header):
    key, customer, *_ = header.split(",")
    with pytest.raises(UnrecognisedFileError) as refused:
        read(header, [*PEOPLE, *PEOPLE])
    (ask,) = refused.value.asks
    assert (ask.column, ask.among) == ("customer_id", (customer, key))
    assert f"--map customer_id='{customer}'" in refused.value.hint


@pytest.mark.parametrize(
    ("header", "whose"),
    [
        pytest.param("Subscription ID,Customer,Start,End", PEOPLE, id="one contract each"),
        pytest.param("ID,Name,Start,End", [*PEOPLE, "Anna Berg"], id="two with the same name"),
        pytest.param("Customer ID,Name,Start,End", [*PEOPLE, *PEOPLE], id="ids of customers"),
        pytest.param("Contact ID,Name,Start,End", PEOPLE, id="contacts are the customers"),
        pytest.param("Contact ID,Region,Start,End", [*PEOPLE, *PEOPLE], id="contacts of nobody"),
        pytest.param("ID,Company type,Start,End", ["Club", "Shop"] * 12, id="sorts of customers"),
    ],
)
def test_ids_of_customers_are_taken_as_they_are(header, whose):
    layout = read(header, whose)
    assert layout.sources["customer_id"] == 0
