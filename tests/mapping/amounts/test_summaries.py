"""Rows that sum up several invoices or tickets are refused by the name of what counts them."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.sheets import assign
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule, Settings

DAYS = ("2025-06-02", "2025-06-03", "2025-06-04")


def read(kind, header, *rows, rule=None):
    sheets = read_bytes(("\n".join([header, *rows]) + "\n").encode(), name="a.csv")
    (found,) = assign(sheets, kind=kind, rules=[rule] if rule else [])
    made = canonical(found.sheet, found.layout, settings=Settings(), rule=found.rule)
    return sum(len(batch.rows) for batch in made.batches)


def by_day(count, amount="1200.00", days=DAYS):
    return [f"{day},{count},{amount}" for day in days]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param("Date,Orders,Net Sales", by_day(1), id="every count is one"),
        pytest.param("Date,Orders,Net Sales", by_day("1.5"), id="no whole number"),
        pytest.param("Date,Order Number,Net Sales", by_day(12), id="a number of an order"),
        pytest.param("Date,Quantity,Net Sales", by_day(3, days=DAYS[:1] * 3), id="several a day"),
        pytest.param("Date,Quantity,Net Sales", by_day(3, days=DAYS[:2]), id="two days"),
        pytest.param("Date,Region,Net Sales", by_day("12"), id="a number that counts nothing"),
    ],
)
def test_these_rows_are_invoices(header, rows):
    assert read("invoices", header, *rows) == len(rows)


def test_an_order_of_its_own_id_is_one_however_often_its_customer_bought():
    rows = [f"{n},{day},12,9.00" for n, day in enumerate(DAYS)]
    assert read("invoices", "Order ID,Order Date,Orders,Net Sales", *rows) == 3


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Orders",
            "# Orders",
            "Order Count",
            "Number of Orders",
            "No. of Invoices",
            "Transactions",
        ),
        *(
            "Total Orders",
            "Sales Count",
            "Bestellungen",
            "Anzahl Bestellungen",
            "Anzahl Rechnungen",
        ),
        *("Nombre de commandes", "Nb ventes", "Pedidos", "Número de pedidos", "Cantidad de ventas"),
        *("Count", "Anzahl", "Units Sold", "Customers"),
    ],
)
def test_one_row_a_day_with_a_count_is_a_summary(header):
    with pytest.raises(DataRefusedError) as refused:
        read("invoices", f"Date,{header},Net Sales", *by_day(12))
    assert f"'{header}' counts" in refused.value.message
    assert "12 in row 2" in refused.value.message
    assert refused.value.snippet[-2:] == ('invoice_date = "Date"', 'amount = "Net Sales"')


def test_the_number_of_a_row_is_no_id_of_an_invoice():
    with pytest.raises(DataRefusedError, match="'Orders' counts them"):
        read(
            "invoices",
            "ID,Date,Orders,Net Sales",
            *(f"{n},{row}" for n, row in enumerate(by_day(5))),
        )


def test_the_settings_say_that_each_row_is_one():
    columns = {"invoice_date": "Date", "amount": "Net Sales"}
    rule = ExportRule(file="a.csv", kind="invoices", columns=columns)
    assert read("invoices", "Date,Orders,Net Sales", *by_day(12), rule=rule) == 3


@pytest.mark.parametrize(
    "header",
    ["Tickets", "Tickets Solved", "Solved tickets", "Ticket Count", "Anzahl Tickets", "Anfragen"],
)
def test_one_row_an_agent_with_a_count_is_a_summary(header):
    rows = ["2025-06-02,12,30", "2025-06-02,7,40"]
    with pytest.raises(DataRefusedError, match="sums up several tickets"):
        read("tickets", f"Created,{header},First response time in minutes", *rows)
