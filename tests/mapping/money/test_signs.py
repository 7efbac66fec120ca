from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, lines, read

FOUR = ("100", "80", "60")


@pytest.mark.parametrize(
    ("header", "debit", "credit"),
    [
        ("S/H", "S", "H"),
        ("Soll/Haben-Kennzeichen", "Soll", "Haben"),
        ("D/C", "D", "C"),
        ("Dr/Cr", "DR", "CR"),
        ("Sens", "D", "C"),
        ("Debe/Haber", "Debe", "Haber"),
        ("Vorzeichen", "+", "-"),
        ("Sign", "1", "-1"),
        ("Type", "Debit", "Credit"),
    ],
)
def test_a_letter_in_another_column_is_the_sign_and_is_said(header, debit, credit):
    found = read(lines(header, *(f"{amount},{debit}" for amount in FOUR), f"30,{credit}"))
    assert found.amounts == [100, 80, 60, -30]
    (said,) = found.assumed
    assert f"'{header}' has '{credit}' in 1 row, 30.00" in said
    assert 'amount = { from = "Amount", negative = {} }' in said


@pytest.mark.parametrize(
    ("header", "yes"), [("Is Return", "yes"), ("Retoure", "1"), ("Avoir", "oui")]
)
def test_a_yes_may_say_that_a_row_is_a_credit(header, yes):
    no = {"yes": "no", "1": "0", "oui": "non"}[yes]
    assert read(lines(header, f"100,{no}", f"30,{yes}")).amounts == [100, -30]


@pytest.mark.parametrize(
    ("header", "back"), [("Quantity", "-1"), ("Qty", "(1)"), ("Menge", "1-"), ("Stück", "\u22121")]
)
def test_a_quantity_below_zero_says_that_a_row_is_a_credit(header, back):
    found = read(lines(header, "100,2", f"30,{back}", "0,-3"))
    assert found.amounts == [100, -30, 0]
    assert f"'{header}' has" in found.assumed[0]
    assert "their amounts have no sign" in found.assumed[0]


def test_amounts_that_have_the_sign_of_their_quantity_stay():
    found = read(lines("Quantity", "100,2", "-30,-1", "20,1"))
    assert (found.amounts, found.assumed) == ([100, -30, 20], [])


def test_amounts_of_which_some_have_the_sign_of_their_quantity_are_asked_about():
    assert "'Quantity' has '-1'" in asked(lines("Quantity", "100,2", "-30,-1", "20,-1"))


def test_a_sign_of_the_settings_is_followed_whatever_the_evidence():
    rows = lines("S/H", "100,S", "90,H")
    for negative, wanted in (('{ "S/H" = ["h"] }', [100, -90]), ("{}", [100, 90])):
        told = RULE + f'[export.columns]\namount = {{ from = "Amount", negative = {negative} }}\n'
        assert read(rows, toml=told).amounts == wanted


def test_credits_that_are_half_of_it_or_more_may_be_payments_and_are_asked_about():
    said = asked(lines("S/H", "100,S", "90,H"))
    assert "'S/H' has 'H' (1 row, 90.00) and 'S' (1 row, 100.00)" in said
    assert 'amount = { from = "Amount", negative = { "S/H" = ["H"] } }' in said


def test_a_running_balance_speaks_of_a_ledger_with_payments():
    assert "'S/H'" in asked(lines("S/H,Saldo", "100,S,100", "10,H,90"))


def test_letters_under_an_unknown_header_are_asked_about():
    assert "'Mark'" in asked(lines("Mark", "100,S", "80,S", "10,H"))


@pytest.mark.parametrize("header", ["Payment Method", "Card Type", "Zahlungsart"])
def test_a_way_to_pay_is_no_sign(header):
    assert read(lines(header, "100,Debit", "80,Credit")).amounts == [100, 80]


def test_types_say_which_letter_is_an_invoice():
    rows = lines("Type,S/H", "100,Invoice,H", "80,Invoice,H", "30,Credit Note,S")
    assert read(rows).amounts == [100, 80, -30]
    said = asked(lines("Type,S/H", "100,Invoice,S", "80,Invoice,H", "30,Credit Note,H"))
    assert "'Type' and 'S/H' say different things of 1 row, 80.00: 'Invoice' with 'H'" in said


@pytest.mark.parametrize(
    ("debit", "credit"), [(" Dr", " Cr"), ("", " CR"), (" S", " H"), ("D", "C")]
)
def test_letters_behind_amounts_are_signs(debit, credit):
    rows = [HEAD, f'1,2025-06-01,C1,"1,100.00{debit}"', f"2,2025-06-02,C1,30.00{credit}"]
    found = read(rows)
    assert found.amounts == [1100, -30]
    assert f"'Amount' has '{credit.strip()}'" in found.assumed[0]
    told = RULE + '[export.columns]\namount = { from = "Amount", negative = { Amount = ["%s"] } }\n'
    assert read(rows, toml=told % credit.strip()).amounts == [1100, -30]


@pytest.mark.parametrize(
    ("debit", "credit"),
    [("Debit", "Credit"), ("Soll", "Haben"), ("Montant débit", "Montant crédit"), ("Dare (EUR)", "Avere (EUR)")],
)  # fmt: skip
def test_amounts_in_two_columns_are_one_question_with_the_recipe(debit, credit):
    rows = [
        f"Invoice,Date,Customer,{debit},{credit}",
        "1,2025-06-01,C1,100,",
        "2,2025-06-02,C1,,30",
    ]
    recipe = f'amount = {{ debit = "{debit}", credit = "{credit}" }}'
    assert recipe in asked(rows)
    assert read(rows, toml=RULE + f"[export.columns]\n{recipe}\n").amounts == [100, -30]


def test_a_row_with_neither_side_is_blank():
    rows = ["Invoice,Date,Debit,Credit", "1,2025-06-01,100,", "2,2025-06-02,,"]
    told = RULE + '[export.columns]\namount = { debit = "Debit", credit = "Credit" }\n'
    found = read(rows, toml=told)
    assert found.amounts == [100]
    assert found.loaded.exports[0].rejected == 1


def test_an_amount_beside_its_two_sides_has_their_sign_or_is_asked_about():
    head = "Invoice,Date,Amount,Debit,Credit"
    assert read([head, "1,2025-06-01,100,100,", "2,2025-06-02,-30,,30"]).amounts == [100, -30]
    said = asked([head, "1,2025-06-01,100,100,", "2,2025-06-02,30,,30"])
    assert 'amount = { debit = "Debit", credit = "Credit" }' in said


@pytest.mark.parametrize(
    ("header", "text"),
    [("Product", "Refund"), ("Beschreibung", "Erstattung 17"), ("Libellé", "Avoir")],
)
def test_a_text_that_calls_a_row_a_refund_is_asked_about(header, text):
    rows = lines(header, "100,Chair", f"30,{text}")
    assert f"'{header}' has '{text}' in 1 row, 30.00" in asked(rows)
    told = f'{RULE}[export.columns]\namount = {{ from = "Amount", negative = {{ "{header}" = ["{text}"] }} }}\n'
    assert read(rows, toml=told).amounts == [100, -30]
    assert read(lines(header, "100,Chair", f"-30,{text}")).amounts == [100, -30]
    assert read(lines(header, "100,Chair", f"30,{text} of the hall")).amounts == [100, 30]


@pytest.mark.parametrize(("header", "text"), [("Item", "VAT 20%"), ("Position", "MwSt 19 %")])
def test_a_text_that_calls_a_row_a_tax_is_asked_about(header, text):
    rows = lines(header, "100,Chair", f"20,{text}")
    assert f"'{header}' has '{text}' in 1 row, 20.00" in asked(rows)
    told = f'{RULE}[export.columns]\ndocument_type = "{header}"\n[export.values.document_type]\n'
    assert read(rows, toml=f'{told}"{text}" = "other"\n"*" = "invoice"\n').amounts == [100]
    assert read(lines("Tax", f"100,{text}", "20,None")).amounts == [100, 20]


@pytest.mark.parametrize("header", ["Reversal Of", "Original Invoice", "Storno zu"])
def test_a_row_that_names_the_invoice_it_undoes_is_asked_about(header):
    rows = [f"{HEAD},{header}", "1,2025-06-01,C1,100,", "2,2025-06-02,C1,100,1"]
    assert f"'{header}' names other invoices in 1 row, 100.00" in asked(rows)
    told = f'{RULE}[export.columns]\namount = {{ from = "Amount", negative = {{ "{header}" = ["*"] }} }}\n'
    assert read(rows, toml=told).amounts == [100, -100]
    assert read([*rows[:2], "2,2025-06-02,C1,-100,1"]).amounts == [100, -100]


def test_money_in_and_out_is_asked_about():
    assert "'Direction' has 'in'" in asked(lines("Direction", "100,in", "30,out"))


def test_signs_are_told_beside_an_amount_that_sums_prove():
    head = "Invoice,Date,Customer,Type,Subtotal,VAT,Total"
    rows = ["1,2025-06-01,C1,Invoice,100,19,119", "2,2025-06-02,C1,Credit Note,20,3.80,23.80"]
    assert read([head, *rows]).amounts == [100, -20]
    flagged = ["1,2025-06-01,C1,no,100,19,119", "2,2025-06-02,C1,yes,20,3.80,23.80"]
    assert read([head.replace("Type", "Is Return"), *flagged]).amounts == [100, -20]


@pytest.mark.parametrize(
    ("item", "off"), [("Discount", True), ("Rabatt 10%", True), ("Card", False)]
)
def test_a_discount_without_a_sign_is_asked_about(item, off):
    rows = lines("Item", "100,Mug", f"10,{item}")
    if not off:
        assert read(rows).amounts == [100, 10]
        return
    said = asked(rows)
    assert read(rows, toml="[[export]]" + said.partition("[[export]]")[2]).amounts == [100, -10]


@pytest.mark.parametrize("header", ["Superseded By", "Ersetzt durch", "Cancellation Reason"])
def test_what_is_undone_is_void_and_said(header):
    found = read(lines(header, "100,", "80,2"))
    assert found.amounts == [100]
    assert f"'{header}' marks 1 row, 80.00: they are taken as void" in found.assumed[0]


def test_what_another_invoice_replaces_is_void_and_said():
    found = read(lines("Replaces", "100,", "80,1"))
    assert found.amounts == [80]
    assert "'Replaces' marks 1 row, 100.00: they are taken as void" in found.assumed[0]


def test_a_reversal_that_has_its_sign_is_not_asked_about():
    assert read(lines("Reversal Document", "100,2", "-100,", "10,")).amounts == [100, -100, 10]


@pytest.mark.parametrize("text", ["Payout to bank", "PROFORMA for June", "Transfer"])
def test_texts_of_what_is_no_sale_are_asked_about(text):
    assert f'leave_out = {{ "Notes" = ["{text}"] }}' in asked(
        lines("Notes", "100,Job", f"80,{text}")
    )


@pytest.mark.parametrize(
    ("word", "undone"), [("Premium", "Return premium"), ("Miete", "Storno Miete"), ("Vente", "Retour de vente")]
)  # fmt: skip
def test_a_word_and_its_return_are_asked_about(word, undone):
    rows = lines("Entry", f"100,{word}", f"30,{undone}")
    assert f"'Entry' has '{undone}' in 1 row, 30.00" in asked(rows)
    assert read([row.replace(undone, "Returns desk") for row in rows]).amounts == [100, 30]


@pytest.mark.parametrize("header", ["Forma de pago", "Zahlart", "Betaalwijze", "Pay via"])
def test_ways_to_pay_are_no_payments(header):
    assert read(lines(header, "100,Karte", "80,Transferencia")).assumed == []


@pytest.mark.parametrize(
    "text", ["Late fee", "Verzugszinsen", "Intérêts de retard", "Platform fee"]
)
def test_fees_and_interest_among_goods_are_asked_about(text):
    assert "may be none that count: 1 row, 80.00" in asked(
        lines("Item Name", "100,Job", f"80,{text}")
    )
    assert read(lines("Item Name", "100,Job", "80,Interest rate swap")).assumed == []
