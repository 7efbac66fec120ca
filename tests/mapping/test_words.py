"""What words of headers and of file names mean, in several languages."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest

from retention_cli import records
from retention_cli.errors import DataRefusedError, NoKindError
from retention_cli.mapping.sheets import assign
from retention_cli.mapping.weighing import weigh
from retention_cli.mapping.words.cells import Samples
from retention_cli.mapping.words.header_meaning import meant_by
from retention_cli.mapping.words.meaning import languages_of, meaning, namings
from retention_cli.mapping.words.naming import Worded
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.records.base import DAY, IDENTITY


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Mitglieds-Nr.", ["customer", "id"]),
        ("Date d\u2019inscription", ["date", "start"]),
        ("fecha_baja", ["date", "end"]),
        ("Data iscrizione", ["date", "start"]),
        ("Uitschrijfdatum", ["end", "date"]),
        ("InvoiceNum", ["invoice", "id"]),
        ("Geburtsdatum", ["birth", "date"]),
        ("Customers", ["customer"]),
    ],
)
def test_words_mean_the_same_in_every_language(header, meant):
    found = meaning(header)
    assert not found.loose
    assert len(found.words) == len(meant)
    assert all(one in words for one, words in zip(meant, found.words, strict=True))


def test_an_ending_joins_only_a_word_that_is_known():
    assert [set(word) for word in meaning("saledate").words] == [{"order"}, {"date"}]
    assert not meaning("valid", ("en",)).any


def test_an_example_is_no_exam():
    assert "exam" not in meaning("Example").any
    assert all("exam" in meaning(name).any for name in ("Exam", "Examination date"))


def test_words_that_nobody_knows_are_told():
    assert meaning("Frobnication Date").loose


def test_a_file_is_read_in_the_languages_of_its_headers():
    assert languages_of(["Fecha", "Cliente", "Nombre"]) == ("en", "es")


@pytest.mark.parametrize("kind", records.names())
def test_every_column_that_words_name_is_a_column(kind):
    assert {*namings(kind)} <= {*records.model(kind).model_fields}


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("customers.csv", "customers"),
        ("Kunden 2025.xlsx", "customers"),
        ("customer_payments.csv", "invoices"),
        ("tickets-export.csv", "tickets"),
        ("umfrage.csv", "surveys"),
        ("notes_de_frais.csv", "costs"),
    ],
)
def test_the_name_of_a_file_weighs_for_what_it_says(file, kind):
    worded = Worded.of(["Name", "Date"], lambda at: pa.chunked_array([["a", str(at)]]))
    named, unnamed = (dict(weigh(worded, name, None).ranked)[kind] for name in (file, "x.csv"))
    assert named > 2 * unnamed


def test_cells_decide_against_a_name():
    columns = [["2024-01-01", "2024-01-02"], ["a", "b"], ["k", "k", "k"], ["", ""], ["too late"]]
    samples = Samples(lambda at: pa.chunked_array([columns[at]]))
    assert [samples.fit(at, "start_date", DAY) for at in range(4)] == [True, False, False, True]
    keys = [samples.fit(at, "customer_id", IDENTITY, key=True) for at in range(4)]
    assert keys == [False, True, False, False]
    numbers = [samples.fit(at, "ticket_id", IDENTITY) for at in (1, 4)]
    assert numbers == [True, False]


def asks(text: str, file: str = "customers.csv"):
    with pytest.raises(DataRefusedError) as refused:
        assign([read_csv(text.encode(), file=file)])
    return refused.value


def test_what_only_the_owner_knows_is_one_question_with_cells_and_what_to_type():
    refused = asks("Email,Joined,Expires\na@x.org,2024-01-02,2025-01-02\n")
    assert [(one.column, one.proposed, one.samples) for one in refused.asks] == [
        ("customer_id", "Email", ("a@x.org",)),
        ("end_date", "Expires", ("2025-01-02",)),
    ]
    assert "--map customer_id='Email' --map end_date='Expires'" in refused.hint


def test_which_of_two_days_is_the_start_is_asked_where_they_differ():
    head = "Customer ID,Start Date,Registration Date\n"
    refused = asks(f"{head}1,2024-01-02,2024-01-01\n2,2024-02-02,2024-02-01\n")
    assert refused.asks[0].among == ("Start Date", "Registration Date")
    (same,) = assign([read_csv(f"{head}1,2024-01-02,2024-01-02\n".encode(), file="customers.csv")])
    assert any("Registration Date" in said for said in same.layout.proven)


def test_a_day_is_never_proposed_as_an_id():
    refused = asks("Customer Dt,Joined\n2024-01-01,2024-01-02\n")
    assert all(one.proposed != "Customer Dt" for one in refused.asks)


@pytest.mark.parametrize(
    "header", ["Custmer Id {} (EUR)", "Invoice Dat {}", "Kundenname {} in Minuten", "x {}"]
)
def test_many_headers_near_a_name_take_less_than_fifty_milliseconds(header):
    names = [header.format(place) for place in range(990)]
    sheet = read_csv((",".join(names) + "\n" + ",".join("A" for _ in names)).encode(), file="a.csv")
    assert min(_seconds(sheet) for _ in range(3)) < 0.05


def _seconds(sheet):
    started = time.process_time()
    with pytest.raises(DataRefusedError):
        assign([sheet])
    return time.process_time() - started


def test_a_sale_that_no_word_tells_is_assumed_and_said(retention, folder):
    rows = "cliente;data;valor\nA;2024-01-03;12,50\nB;2024-01-05;30,00\nA;2024-02-03;9,90\n"
    (folder / "dados.csv").write_text(rows, "utf-8")
    ran = retention("compute", ".", "--period", "2024-02")
    assert "if they are costs, add --costs dados.csv" in ran.out
    ran = retention("compute", ".", "--invoices", "dados.csv", "--period", "2024-02")
    assert "if they are costs" not in ran.out
    (folder / "dados.csv").write_text(rows.replace("cliente", "account"), "utf-8")
    assert retention("compute", ".", "--period", "2024-02").code == 3


@pytest.mark.parametrize(
    "text",
    [
        "Date,Client ref,Cleaner,Hours,Charged\n2024-01-02,C1,Jo,2,45.00\n2024-02-03,C1,Jo,2,45.00\n",
        "job_no,client_no,rate,total,invoiced_on\nJ1,C1,0.12,45.00,2024-01-02\nJ2,C1,0.12,4.00,2024-01-03\n",
        "Buchungstag;Mitgliedsnr;Name;Betrag EUR;Verwendungszweck\n02.01.2024;7;A;1,50;Beitrag\n13.01.2024;7;A;2,00;-\n",
    ],
)
def test_what_was_billed_is_no_cost_though_hours_rates_or_days_of_a_bank_stand_beside_it(text):
    (read,) = assign([read_csv(text.encode(), file="x.csv")])
    assert read.layout.kind == "invoices"
    assert {"invoice_date", "amount", "customer_id"} <= {*read.layout.sources}


def test_a_first_and_a_last_of_something_are_proposed_and_never_taken():
    rows = "Client ref,First clean,Last clean\nC1,2024-01-02,\nC2,2024-02-03,2024-03-01\n"
    (read,) = assign([read_csv(rows.encode(), file="clients.csv")])
    assert [*read.layout.sources] == ["customer_id"]
    assert [(one.column, one.proposed) for one in read.layout.asks] == [
        ("start_date", "First clean"),
        ("end_date", "Last clean"),
    ]
    full = rows.replace("01-02,\n", "01-02,2024-04-01\n")
    (read,) = assign([read_csv(full.encode(), file="clients.csv")])
    assert [one.column for one in read.layout.asks] == ["start_date"]


def test_people_with_a_wage_are_no_customers():
    rows = "Name,Eintritt,Stundenlohn\nA,02.01.2024,18.50\nB,13.01.2024,18.50\n"
    assert isinstance(asks(rows, "Trainer.csv"), NoKindError)


def test_a_status_of_days_is_the_day_on_which_a_customer_left():
    rows = "Customer ID,Signed up,Churned\n1,2024-01-02,\n2,2024-02-03,2024-03-01\n"
    (read,) = assign([read_csv(rows.encode(), file="customers.csv")])
    assert {c: read.sheet.headers[at] for c, at in read.layout.sources.items()} == {
        "customer_id": "Customer ID",
        "start_date": "Signed up",
        "end_date": "Churned",
    }


def test_sales_of_a_day_that_an_unknown_word_names_are_asked_about():
    refused = asks(
        "Fecha zzz,Código cliente,Importe\n2024-01-02,C1,12.50\n2024-02-03,C1,9.90\n", "x.csv"
    )
    assert [(one.kind, one.column) for one in refused.asks] == [("invoices", "invoice_date")]


@pytest.mark.parametrize(
    ("header", "proposed"), [("Paid", "Paid"), ("Zzz", "Zzz"), ("VAT", None), ("Phone", None)]
)
def test_the_only_numbers_are_proposed_as_the_amount_unless_a_word_says_what_they_are(
    header, proposed
):
    rows = "2024-01-02,C1,12.50\n2024-02-03,C1,9.90\n"
    refused = asks(f"Date,Customer,{header}\n{rows}", "payments.csv")
    assert [one.proposed for one in refused.asks if one.column == "amount"] == [proposed]
    assert (f"add --map invoices.amount={header}, or" in refused.hint) == bool(proposed)


def test_rows_that_start_and_end_on_one_day_are_no_customers():
    rows = "Client Name,Email,Start,End,Status\n"
    times = [
        f"Name {day},u{day}@x.org,2024-01-0{day} 09:00,2024-01-0{day} 10:00,done"
        for day in (1, 2, 3)
    ]
    sheet = read_csv((rows + "\n".join(times)).encode(), file="appointments.csv")
    with pytest.raises(DataRefusedError):
        assign([sheet])


@pytest.mark.parametrize(
    ("header", "scored"),
    [
        ("Food (1-5)", True),
        ("Essen (1 bis 10)", True),
        ("Staff [0-10]", True),
        ("Late (1-5 days)", False),
        ("0-10", False),
        ("Rooms (1-2)", False),
    ],
)
def test_a_header_that_ends_with_how_it_is_rated_is_of_a_score(header, scored):
    assert ("score" in meant_by(header, ("en", "de")).any) is scored
