from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from retention_cli.mapping import brought_forward
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


WORDS = (
    *(
        "Opening balance",
        "starting balance",
        "beginning balances",
        "Prior balance",
        "CLOSING BALANCE",
    ),
    *("ending bal.", "bal b/f", "Balance c/d", "Total brought forward", "amount carried over"),
    *(
        "uebertrag",
        "übertrag",
        "Übertrag",
        "ÜBERTRAG",
        "ubertrag",
        "saldo-übertrag",
        "Vortragssaldo",
    ),
    *("vortrag aus vorjahr", "Eröffnungssaldo", "schlussbestand", "EB-Werte", "report a nouveau"),
    *("A NOUVEAU", "à nouveaux", "À reporter", "a-nouveau", "solde initial", "Saldos iniciales"),
    *(
        "a riporto",
        "RIPORTO",
        "openingsaldo",
        "aanvangssaldo",
        "aanvangsaldo",
        "  - saldo anterior",
    ),
)


def test_cells_are_left_unread_only_where_they_cannot_say_so():
    others = ("INV0001", "Oak table, and the opening of it", "", None, "é", "b", "x" * 300)
    cells = pa.array(
        [*WORDS, *others, *(one.title() for one in WORDS), *(one.upper() for one in WORDS)]
    )
    for column in (cells, cells.slice(3), cells.slice(len(WORDS), 3)):
        read = pc.fill_null(pc.match_substring_regex(column, brought_forward._SAYS_SO), False)
        assert brought_forward._says_so(column).to_pylist() == read.to_pylist()
    assert sum(brought_forward._says_so(cells).to_pylist()) > 2 * len(WORDS)
