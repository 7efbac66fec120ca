from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, lines, read


def test_payments_and_orders_beside_invoices_are_left_out_and_said_by_type():
    found = read(lines("Type", "100,Invoice", "100,Payment", "90,Payment", "70,Order"))
    assert found.amounts == [100]
    (said,) = found.assumed
    assert (
        "'Type': left out as no invoices are 'Payment' (2 rows, 190.00) and 'Order' (1 row, 70.00)"
        in said
    )
    assert found.loaded.exports[0].skipped == 3


@pytest.mark.parametrize("word", ["Order", "Payment", "Bestellung", "Pago", "Charge"])
def test_a_file_of_one_type_throughout_is_what_it_says(word):
    found = read(lines("Document Type", f"100,{word}", f"50,{word}"))
    assert found.amounts == [100, 50]
    assert f"'{word}' in 2 rows are taken as the purchases" in found.assumed[0]


def test_which_type_is_a_purchase_is_told_by_all_files_together():
    rows = ["100,Invoice", "70,Order"], ["60,Order"]
    whole = read(lines("Type", *rows[0], *rows[1]))
    parts = read(lines("Type", *rows[0]), lines("Type", *rows[1]))
    assert whole.amounts == parts.amounts == [100]


def test_orders_beside_a_file_without_types_are_asked_about():
    said = asked(lines("Type", "100,Order"), [HEAD, "9,2025-06-01,C1,100"])
    assert "a.csv" in said
    assert "they may hold the same sales" in said


@pytest.mark.parametrize("words", [("Quote",), ("Bill", "Journal Entry"), ("Payment", "Receipt")])
def test_types_of_which_none_is_surely_a_sale_are_asked_about(words):
    said = asked(lines("Document Type", *(f"100,{word}" for word in words)))
    assert all(f"'{word}' (1 row, 100.00)" in said for word in words)


def test_a_refund_with_the_id_of_its_order_is_a_document_of_its_own():
    found = read([
        "Order ID,Date,Amount,Type",
        "1,2025-06-01,100,Sale", "2,2025-06-02,50,Sale", "1,2025-06-09,30,Refund",
    ])  # fmt: skip
    assert found.amounts == [100, 50, -30]


def test_a_refund_in_another_file_is_one_of_its_own():
    june = lines("Status", "100,paid", "30,refunded")
    july = [f"{HEAD},Status", "7,2025-07-01,C2,-30,paid", "8,2025-07-02,C1,40,paid"]
    assert read(june, july).amounts == [100, 30, -30, 40]
    assert read(june).amounts == [100, 0]


def test_income_below_zero_is_asked_about_once_with_the_word_that_settles_it():
    rows = [HEAD, "1,2025-06-01,C1,-100", "2,2025-06-02,C2,-50", "3,2025-06-03,C2,20"]
    said = asked(rows)
    assert "2 of 3 rows have a negative amount" in said
    recipe = 'amount = { from = "Amount", negate = true }'
    assert recipe in said
    assert read(rows, toml=RULE + f"[export.columns]\n{recipe}\n").amounts == [100, 50, -20]
    stays = RULE + "[export.columns]\n" + recipe.replace("true", "false")
    assert read(rows, toml=stays).amounts == [-100, -50, 20]


def test_income_below_zero_is_told_by_all_files_together():
    sales, backs = [HEAD, "1,2025-06-01,C1,100"], [HEAD, "2,2025-06-02,C1,-30"]
    assert read(sales, backs).amounts == [100, -30]
    assert "negative" in asked(backs)
    assert read([HEAD, "1,2025-06-01,C1,-90", "2,2025-06-02,C1,100"]).amounts == [-90, 100]


def test_credit_notes_by_their_type_are_no_negative_income():
    rows = lines("Type", "30,Credit Note", "20,Credit Note")
    assert read(rows).amounts == [-30, -20]
    assert "negate = true" in asked(lines("Type", "-100,Invoice", "30,Credit Note"))
