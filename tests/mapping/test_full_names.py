"""Names of people in several columns, read as one."""

from __future__ import annotations

import pytest

from retention_cli.mapping.full_names import with_full_names
from retention_cli.mapping.joined_parts import parts_joined
from retention_cli.reading.delimited.csv import read_csv

ROWS = {"Ann": "Lee", "Bo": "Abel", "Cy": "Lee"}


def made(*headers, rows):
    lines = [",".join(headers), *map(",".join, rows)]
    return with_full_names(read_csv("\n".join(lines).encode(), file="people.csv"))


@pytest.mark.parametrize(
    "headers",
    [
        ("First name", "Last name"),
        ("first_name", "surname"),
        ("Vorname", "Name"),
        ("Nombre", "Apellidos"),
        ("Cognome", "Nome"),
        ("Prénom", "Nom"),
        ("Voornaam", "Achternaam"),
        ("Billing First Name", "Billing Last Name"),
    ],
)
def test_parts_of_a_name_are_joined_in_their_order(headers) -> None:
    sheet = made(*headers, rows=ROWS.items())
    assert sheet.headers == (*headers, " + ".join(headers))
    assert sheet.column(2).to_pylist() == ["Ann Lee", "Bo Abel", "Cy Lee"]
    assert parts_joined(sheet.headers) == (0, 1)
    assert sheet.raw(2) == ("Ann", "Lee")


def test_what_stands_between_and_second_family_names_belong_to_a_name() -> None:
    rows = [("Jan", "van", "Dam"), ("Bo", "", "Vos")]
    sheet = made("Voornaam", "Tussenvoegsel", "Achternaam", rows=rows)
    assert sheet.column(3).to_pylist() == ["Jan van Dam", "Bo Vos"]


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (("Name", "Nombre"), ROWS.items()),
        (("First", "Last"), ROWS.items()),
        (("First name", "Billing Last Name"), ROWS.items()),
        (("First name", "Name"), [("Ann", "Ann Lee"), ("Bo", "Bo Abel")]),
        (("First", "Surname"), [("2025-01-02", "2025-02-03")]),
        (("First name", "Last name"), []),
    ],
)
def test_other_columns_are_not_joined(headers, rows) -> None:
    assert made(*headers, rows=rows).headers == headers


CUSTOMERS = "Ref,Vorname,Nachname,Eintritt,Austritt\nK1,Ann,Lee,2024-01-02,\nK2,Bo,Abel,2024-01-02,2025-06-03\n"


def test_a_list_with_parts_of_names_has_whole_names_and_may_have_them_as_ids(retention, folder):
    (folder / "Kunden.csv").write_text(CUSTOMERS, "utf-8")
    ran = retention("explain", "customers_lost", ".", "--period", "2025-06", "--members", "lost")
    assert "Bo Abel" in ran.out
    (folder / "Kunden.csv").write_text(
        CUSTOMERS.replace("Ref,", "").replace("K1,", "").replace("K2,", "")
    )
    ran = retention("compute", ".", "--period", "2025-06")
    assert ran.code == 3
    assert "add: --map customer_id='Vorname + Nachname'" in ran.err
    ran = retention(
        "explain", "customers_lost", ".", "--period", "2025-06", "--members", "lost",
        "--map", "customer_id=Vorname + Nachname",
    )  # fmt: skip
    assert ran.code == 0
    assert "Bo Abel" in ran.out
