from __future__ import annotations

import pytest

from retention_cli.mapping.brought_forward import without_brought_forward
from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.preparing import Prepared
from retention_cli.reading import read_bytes

HEADER = "invoice_id,invoice_date,customer_id,amount,text"


def left_out(text, *, header=HEADER, kind="invoices"):
    lines = f"{header}\n1,2025-06-01,A,5000.00,{text}\n2,2025-06-03,B,10.00,Plan\n"
    (sheet,) = read_bytes(lines.encode(), name="a.csv", delimiter=",")
    layout = lay_out(sheet.headers, kind=kind, file="a.csv")
    ready = without_brought_forward(Prepared(sheet), layout)
    gone = [one.row for one in ready.skipped]
    assert sorted([*gone, *ready.sheet.numbers.to_pylist()]) == [2, 3]
    assert {one.code for one in ready.skipped} <= {"brought-forward"}
    return gone


@pytest.mark.parametrize(
    "text",
    [
        *("Opening balance", "OPENING BALANCE:", "Opening balance as of 2025-06-01"),
        *("Balance brought forward", "Balance b/f", "Brought forward", "Carried forward"),
        *("Previous balance", "Übertrag", "Saldovortrag", "Anfangsbestand 01.06.2025"),
        *("EB-Wert", "Report à nouveau", "A nouveau", "Solde précédent", "Solde d'ouverture"),
        *("Saldo inicial", "Saldo anterior", "Saldo iniziale", "Saldo precedente", "Riporto"),
        *("Beginsaldo", "* Übertrag *", "Saldo di apertura"),
    ],
)
def test_a_balance_of_before_is_no_sale(text):
    assert left_out(text) == [2]


@pytest.mark.parametrize(
    "text",
    [
        *("Balance", "Balance payment", "Opening ceremony", "Opening balance sheet review"),
        *("New Balance shoes", "Report", "Transporte", "Vortrag", "Rapport", "Solde", "Saldo"),
        *("Brought forward from May to June: plan", "Forward", "Transport", "Opening balances fee"),
    ],
)
def test_words_of_a_sale_stay(text):
    assert left_out(text) == []


def test_a_ticket_about_a_balance_stays_a_ticket():
    header = "ticket_id,created_at,customer_id,contacts,memo"
    assert left_out("Opening balance", header=header, kind="tickets") == []


def test_an_id_that_says_so_is_enough():
    text = "invoice_id,invoice_date,customer_id,amount\nÜbertrag,2025-06-01,,9\n1,2025-06-02,A,1\n"
    (sheet,) = read_bytes(text.encode(), name="a.csv", delimiter=",")
    layout = lay_out(sheet.headers, kind="invoices", file="a.csv")
    ready = without_brought_forward(Prepared(sheet), layout)
    assert [one.row for one in ready.skipped] == [2]
