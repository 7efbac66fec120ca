from __future__ import annotations

import pytest

from money_exports import RULE, asked, lines, read


@pytest.mark.parametrize("header", ["Status", "Order Status", "Zahlungsstatus", "Statut", "Estado"])
def test_what_is_void_or_a_draft_does_not_count(header):
    words = ("paid", "Cancelled", "storniert", "brouillon", "FAILED", "rechazada", "offen")
    found = read(lines(header, *(f"{10 * at},{word}" for at, word in enumerate(words, 1))))
    assert found.amounts == [10, 70]


def test_a_refunded_invoice_is_a_purchase_of_nothing_and_is_said():
    found = read(lines("Status", "100,paid", "30,Refunded"))
    assert found.amounts == [100, 0]
    (said,) = found.assumed
    assert "1 row, 30.00 are refunded, and no row or column has the refunds" in said
    told = RULE + '[export.values.status]\n"refunded" = "billed"\n'
    assert read(lines("Status", "100,paid", "30,Refunded"), toml=told).amounts == [100, 30]


def test_a_refunded_invoice_counts_where_its_refund_has_a_row():
    rows = [
        "100,paid,Sale",
        "30,refunded,Sale",
        "50,refunded,Sale",
        "9,paid,Sale",
        "30,paid,Refund",
    ]
    found = read(lines("Status,Type", *rows))
    assert found.amounts == [100, 30, 0, 9, -30]


def test_a_status_that_says_credit_is_one():
    assert read(lines("Status", "100,Paid", "30,Credit Note Issued")).amounts == [100, -30]


def test_an_unknown_word_is_asked_about_above_a_hundredth_and_said_below():
    rows = [f"{at},2025-06-02,C1,10,{'odd' if at == 7 else 'paid'}" for at in range(1, 131)]
    day = [lines("Status")[0], *rows[:99]]
    assert "'odd' (1 row, 10.00)" in asked(day)
    (said,) = read([lines("Status")[0], *rows]).assumed
    assert "'Status' has 'odd' (1 row, 10.00), which are not known and count" in said
    assert '[export.values.status] "odd" = "void"' in said


def test_the_answer_to_a_word_is_followed():
    rows = lines("Status", "100,paid", "30,strange", "20,odd")
    said = asked(rows)
    assert '"odd" = "billed"\n"strange" = "billed"' in said
    told = RULE + '[export.values.status]\n"strange" = "void"\n"*" = "billed"\n'
    assert read(rows, toml=told).amounts == [100, 20]


def test_of_several_columns_the_worst_counts():
    rows = lines(
        "Order Status,Payment Status,Is Test",
        *("100,completed,paid,no", "10,cancelled,paid,no", "20,completed,declined,no"),
        "40,completed,paid,yes",
    )
    assert read(rows).amounts == [100]
    told = RULE + '[export.columns]\nstatus = { from = "Order Status" }\n'
    assert read(rows, toml=told).amounts == [100, 20, 40]


def test_a_day_of_cancelling_is_a_status_and_is_said():
    found = read(lines("Cancelled At", "100,", "30,2025-06-07"))
    assert found.amounts == [100]
    assert "'Cancelled At' marks 1 row, 30.00: they are taken as void" in found.assumed[0]
    told = RULE + '[export.constants]\nstatus = "billed"\n'
    assert read(lines("Cancelled At", "100,", "30,2025-06-07"), toml=told).amounts == [100, 30]


def test_what_is_partly_refunded_is_asked_about_where_nothing_says_how_much():
    said = asked(lines("Status", "100,paid", "30,Partially refunded"))
    assert "1 row, 30.00 are partly refunded, and how much of them is in no column" in said
    told = RULE + '[export.values.status]\n"Partially refunded" = "billed"\n'
    assert told.split("\n")[-2] in said
    assert read(lines("Status", "100,paid", "30,Partially refunded"), toml=told).amounts == [
        100,
        30,
    ]


@pytest.mark.parametrize("header", ["Delivery Status", "Customer Status", "Region State"])
def test_a_status_of_something_else_says_nothing_of_money_and_is_said(header):
    found = read(lines(header, "100,cancelled", "30,failed"))
    assert found.amounts == [100, 30]
    said = (
        f"rows with 'cancelled' and 'failed' as '{header}' (2 rows, 130.00) count as the others do"
    )
    assert said in found.assumed[0]
    assert read(lines(header, "100,shipped", "30,Ohio")).assumed == []


def test_check_says_what_each_word_was_taken_for():
    found = read(lines("Status", "100,Paid", "30,void", "5,Returned"))
    (export,) = found.loaded.exports
    because = {plan.column: plan.because for plan in export.plans}
    assert because["status"] == "by its header; 'Paid': billed; 'Returned': refunded; 'void': void"


@pytest.mark.parametrize("header", ["Voided", "Storniert", "Cancelled", "Annulée"])
def test_a_day_under_the_name_of_a_flag_marks_as_a_yes_does(header):
    found = read(lines(header, "100,", "30,2025-06-07"))
    assert f"'{header}' marks 1 row, 30.00: they are taken as void" in found.assumed[0]


@pytest.mark.parametrize("header", ["Posted", "Gebucht", "Comptabilisée", "is_confirmed"])
def test_what_is_not_final_is_a_draft(header):
    found = read(lines(header, "100,yes", "30,no"))
    assert found.amounts == [100]
    assert f"'{header}' marks 1 row, 30.00: they are taken as draft" in found.assumed[0]


def test_a_state_counts_where_all_its_words_are_of_invoices():
    assert read(lines("State", "100,posted", "30,cancel")).amounts == [100]
    assert read(lines("State", "100,Ohio", "30,void")).amounts == [100, 30]


@pytest.mark.parametrize("header", ["livemode", "Live Mode", "is_production", "Valid", "Gültig"])
def test_what_is_not_live_is_a_test(header):
    assert read(lines(header, "100.50,TRUE", "80,false")).amounts == [100.5]
