from __future__ import annotations

import pytest

from money_exports import RULE, asked, lines, read


@pytest.mark.parametrize(
    ("header", "sale", "credit"),
    [
        ("Type", "Invoice", "Credit Note"),
        ("Belegart", "Rechnung", "Gutschrift"),
        ("Type de document", "Facture", "Avoir"),
        ("Tipo de comprobante", "Factura", "Nota de crédito"),
        ("Tipo documento", "Fattura", "Nota di credito"),
        ("Documentsoort", "Factuur", "Creditnota"),
        ("Transaction Type", "SALE", "refund"),
    ],
)
def test_a_credit_by_its_type_is_taken_off_and_said(header, sale, credit):
    found = read(lines(header, f"100,{sale}", f"30,{credit}"))
    assert found.amounts == [100, -30]
    (said,) = found.assumed
    assert f"'{header}' has '{credit}' in 1 row, 30.00, and their amounts have no sign" in said
    assert f'[export.values.document_type] "{credit}" = "invoice"' in said


def test_credits_that_have_a_sign_are_left_alone_and_nothing_is_assumed():
    found = read(lines("Type", "100,Invoice", "-30,Credit Note"))
    assert (found.amounts, found.assumed) == ([100, -30], [])


def test_a_cost_turns_with_its_amount_unless_it_is_turned_already():
    rows = ["Invoice,Date,Amount,Cost,Type", "1,2025-06-01,100,60,Invoice"]
    for cost in ("20", "-20"):
        found = read([*rows, f"2,2025-06-02,30,{cost},Refund"])
        costs = found.loaded.dataset.tables["invoices"]["cost"].to_pylist()
        assert costs == [600_000, -200_000]


def test_the_settings_turn_it_off():
    told = RULE + '[export.values.document_type]\n"Credit Note" = "invoice"\n'
    assert read(lines("Type", "100,Invoice", "30,Credit Note"), toml=told).amounts == [100, 30]
    told = RULE + '[export.columns]\namount = { from = "Amount" }\n'
    assert read(lines("Type", "100,Invoice", "30,Credit Note"), toml=told).amounts == [100, 30]


@pytest.mark.parametrize(
    ("header", "part", "last"),
    [
        ("Belegart", "Anzahlungsrechnung", "Schlussrechnung"),
        ("Rechnungsart", "1. Abschlagsrechnung", "Schlussrechnung"),
        ("Type", "Deposit Invoice", "Final Invoice"),
        ("Type de facture", "Facture d'acompte", "Facture de solde"),
        ("Tipo fattura", "Fattura di acconto", "Fattura a saldo"),
        ("Documentsoort", "Voorschotfactuur", "Eindfactuur"),
        ("Tipo de factura", "Factura de anticipo", "Factura final"),
    ],
)
def test_parts_beside_the_invoice_that_ends_them_are_asked_about(header, part, last):
    rows = lines(header, f"100,{part}", f"500,{last}")
    assert f"'{part}' (1 row, 100.00)" in asked(rows)
    for ours, left in (("other", [500]), ("invoice", [100, 500])):
        told = RULE + f'[export.values.document_type]\n"{part}" = "{ours}"\n'
        assert read(rows, toml=told).amounts == left
    assert read(lines(header, f"100,{part}", "70,Invoice")).amounts == [100, 70]


def test_a_type_that_is_not_known_is_asked_about_with_rows_and_amount():
    said = asked(lines("Type", "100,Invoice", "30,Adjustment", "20,Adjustment"))
    assert "'Type'" in said
    assert "'Adjustment' (2 rows, 50.00)" in said
    assert '[export.values.document_type]\n"Adjustment" = "invoice"' in said


def test_the_answer_to_a_type_is_followed_for_it_and_for_all_others():
    rows = lines("Type", "100,Invoice", "30,Adjustment", "20,Bonus")
    for word in (
        '"Adjustment" = "credit-note"\n"Bonus" = "other"',
        '"Adjustment" = "refund"\n"*" = "other"',
    ):
        told = RULE + f"[export.values.document_type]\n{word}\n"
        assert read(rows, toml=told).amounts == [100, -30]


def test_blank_types_are_invoices_where_only_credits_are_marked_and_else_asked_about():
    assert read(lines("Type", "100,", "30,Credit")).amounts == [100, -30]
    rows = lines("Type", "100,Invoice", "30,")
    assert "a blank cell (1 row, 30.00)" in asked(rows)
    told = RULE + '[export.values.document_type]\n"" = "invoice"\n'
    assert read(rows, toml=told).amounts == [100, 30]


@pytest.mark.parametrize(
    "words", [("Retail", "Wholesale"), ("Lieferung", "Abholung"), ("Fee", "Hours"), ("Si", "No")]
)
def test_types_of_something_else_are_no_types_of_documents(words):
    found = read(lines("Type", *(f"100,{word}" for word in words)))
    assert (found.amounts, found.assumed) == ([100, 100], [])


def test_codes_that_may_be_types_are_said_not_to_be_read():
    found = read(lines("Type", "100,F2", "30,G2"))
    assert (found.amounts, len(found.assumed)) == ([100, 30], 1)
    assert "'Type' is not read: rows with 'F2', 'G2' all count" in found.assumed[0]


def test_codes_of_ledgers_are_known():
    rows = lines("Type", "100,SI", "30,SC", "70,SR", "5,PI")
    assert read(rows).amounts == [100, -30]
    rows = lines("Move Type", "100,out_invoice", "30,out_refund", "5,in_invoice")
    assert read(rows).amounts == [100, -30]


def test_a_file_that_is_of_credit_notes_by_the_settings_counts_below_zero():
    told = RULE + '[export.constants]\ndocument_type = "credit-note"\n'
    assert read(["Invoice,Date,Amount", "1,2025-06-01,30"], toml=told).amounts == [-30]


def test_credits_of_which_some_have_a_sign_are_asked_about():
    said = asked(lines("Type", "100,Invoice", "30,Refund", "-20,Refund"))
    assert "'Type' has 'Refund' in 2 rows, and 1 of their amounts have no sign, 1 have one" in said
    assert 'negative = { "Type" = ["Refund"] }' in said


def test_lines_of_both_signs_are_judged_by_the_sum_of_their_document():
    rows = ["Invoice,Date,Amount,Type", "1,2025-06-01,100,Invoice"]
    unsigned = [*rows, "2,2025-06-02,30,Refund", "2,2025-06-02,-5,Refund"]
    assert read(unsigned).amounts == [100, -30, 5]
    signed = [*rows, "2,2025-06-02,-30,Refund", "2,2025-06-02,5,Refund"]
    assert read(signed).amounts == [100, -30, 5]
