"""Ids of customers under the header that another file has for them."""

from __future__ import annotations

import pytest

from retention_cli.loading.every_file import read_every
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

CUSTOMERS = "Abo-Nr.;Name;Abo-Beginn\n{}".format(
    "".join(f"{n:03};N{n};05.01.2024\n" for n in range(9))
)
PAID = "Datum;Abo-Nr.;Betrag\n"
TWICE = "13.01.2025;001;10,00\n14.02.2025;001;20,00\n14.02.2025;002;30,00\n"


def read(folder, paid, customers=CUSTOMERS, settings=None):
    (folder / "Abonnenten.csv").write_text(customers, "utf-8")
    (folder / "Zahlungen.csv").write_text(paid, "utf-8")
    files = [Located(folder / "Zahlungen.csv"), Located(folder / "Abonnenten.csv")]
    every = read_every(files, settings or Settings())
    assert not every.refused
    return every.parts[0]


def ids(part):
    return "customer_id" in part.table.column_names and part.table["customer_id"].to_pylist()


def test_a_header_that_numbers_the_customers_elsewhere_numbers_them_here(folder):
    part = read(folder, PAID + TWICE)
    assert ids(part) == ["001", "001", "002"]
    assert any("'Abo-Nr.' is customer_id in" in said for said in part.said)
    (plan,) = [one for one in part.text.plans if one.column == "customer_id"]
    assert "which has these ids" in plan.because


def test_it_does_so_where_it_was_taken_for_the_number_of_an_invoice(folder):
    customers = CUSTOMERS.replace("Abo-Nr.;Name;Abo-Beginn", "Matrícula;Nome;Data de início")
    part = read(folder, "Data;Matrícula;Valor\n" + TWICE, customers)
    assert ids(part) == ["001", "001", "002"]
    assert "invoice_id" not in part.table.column_names


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(TWICE.replace("002", "A-7"), id="an id that no customer has"),
        pytest.param("13.01.2025;001;10,00\n14.02.2025;002;20,00\n", id="each on one day"),
        pytest.param("13.01.2025;;10,00\n14.02.2025;;20,00\n", id="blank"),
    ],
)
def test_it_is_not_taken_where_its_cells_do_not_prove_it(folder, rows):
    assert not ids(read(folder, PAID + rows))


def test_the_settings_are_asked_first(folder):
    told = Settings.model_validate(
        {
            "export": [
                {"file": "Zahlungen.csv", "kind": "invoices", "constants": {"customer_id": "X"}}
            ]
        }
    )
    assert {*ids(read(folder, PAID + TWICE, settings=told))} == {"X"}
