"""What is beside an amount, and changes what it means, is said where it is not read."""

from __future__ import annotations

import pytest

from money_exports import RULE, asked, lines, read


@pytest.mark.parametrize(
    "header", ["Refund %", "Erstattung in %", "Remboursement (%)", "Refund pct"]
)
@pytest.mark.parametrize("cell", ["10", "7,5 %"])
def test_refunds_in_per_cent_are_said_not_to_be_taken_off(header, cell):
    found = read(lines(header, f'100,"{cell}"', "80,"))
    assert found.amounts == [100, 80]
    (said,) = found.assumed
    assert said.startswith(
        f"'{header}' is not read: 'Amount' is taken before these refunds; leave_"
    )
    assert read(lines(header, "100,0", "80,0%")).assumed == []


@pytest.mark.parametrize(
    "header", ["Profit", "Gewinn", "Deckungsbeitrag", "Bénéfice", "Utile", "Winst"]
)
def test_a_profit_without_a_cost_is_named_with_the_recipe(header):
    (said,) = read(lines(header, "100,10.5", "80,20")).assumed
    assert f'cost = {{ subtract = ["Amount", "{header}"] }}' in said
    assert read(lines(f"{header},Cost", "100,10,90", "80,20,60")).assumed == []
    assert read(lines(header, "100,high", "80,low")).assumed == []


@pytest.mark.parametrize("header", ["Returned Qty", "Retoure Menge", "Credit applied"])
def test_what_came_back_and_is_not_read_is_said(header):
    (said,) = read(lines(header, "100,0", "80,2")).assumed
    assert f"'{header}' is not read: 'Amount' is taken as it is, before or after it" in said
    assert read(lines(header, "100,0", "80,0")).assumed == []


@pytest.mark.parametrize(
    ("header", "counts", "gone"),
    [
        ("Outcome", "Paid", "Cancelled"),
        ("Scenario", "Actual", "Forecast"),
        ("Is Latest", "Yes", "No"),
        ("Billable", "1", "0"),
        ("Won", "Yes", "No"),
        ("Intercompany", "No", "Yes"),
        ("is_template", "0", "1"),
        ("Korrigiert", "nein", "ja"),
        ("Environment", "Production", "Sandbox"),
        ("Forecast Category", "Closed", "Best Case"),
        ("Lieferstatus", "geliefert", "Retoure"),
        ("Action", "created", "updated"),
        ("Billing mode", "paid", "trial"),
    ],
)
def test_a_column_that_says_that_rows_do_not_count_is_asked_about(header, counts, gone):
    rows = lines(header, f"100,{counts}", f"30,{gone}")
    said = asked(rows)
    assert f"rows with '{gone}' in '{header}' may be none that count: 1 row, 30.00" in said
    out = read(rows, toml=f'{RULE}leave_out = {{ "{header}" = ["{gone}"] }}\n')
    whole = read(rows, toml=f'{RULE}leave_out = {{ "{header}" = [] }}\n')
    assert (out.amounts, whole.amounts) == ([100], [100, 30])
    assert (
        whole.assumed
        == read(
            lines(header, f"30,{gone}"), toml=f'{RULE}leave_out = {{ "{header}" = [] }}\n'
        ).assumed
        == []
    )
    assert read(lines(header, f"100,{counts}", f"30,{counts}")).assumed == []


def test_a_rate_is_not_offered_to_be_subtracted():
    (rates,) = read(lines("Discount", "100,0.2", "30,0", "20,0.15")).assumed
    (money,) = read(lines("Discount", "100,20", "30,0", "20,1.5")).assumed
    assert ("less" in rates, "less" in money) == (False, True)


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Wo", ["21", *["01"] * 5], "rows with '01', '21' all count"),
        ("Wo", ["21", "21", *["01"] * 2], None),
        ("Etappe", ["pipeline", "shop", "web"], "rows with 'pipeline' as 'Etappe'"),
        ("Etappe", ["shop", "web"], None),
        ("Commission", ["15", "12"], "'Commission' is not read: 'Amount' is taken as it is"),
        ("Clase", ["Factura", "Abono"], "rows with 'Abono' as 'Clase'"),
        ("Platz", ["Comp", "Balkon"], "rows with 'Comp' as 'Platz'"),
        ("Erlöskonto", ["8400", "8736"], "rows of every account in 'Erlöskonto' count"),
        ("Erlöskonto", ["8400", "8400"], None),
        ("Description", ["Deposit", "Deposit box"], "rows with 'Deposit' as 'Description'"),
        ("Item", ["Gift Card", "Cup"], "rows with 'Gift Card' as 'Item'"),
    ],
)
def test_codes_and_words_beside_amounts_that_may_say_what_rows_are_are_named(header, cells, said):
    found = read(lines(header, *(f"{100 + nth},{cell}" for nth, cell in enumerate(cells))))
    assert len(found.amounts) == len(cells)
    assert any(said in one for one in found.assumed) if said else found.assumed == []


@pytest.mark.parametrize("remark", ["VOID - wrong price", "ersetzt durch RE-7", "doublon"])
def test_a_remark_that_begins_like_one_on_a_row_that_does_not_count_is_asked_about(remark):
    rows = lines("Remarks", f"100,{remark}", "80,call first", "60,")
    said = asked(rows)
    assert f"'{remark}' in 'Remarks'" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert read(rows, toml=toml).amounts == [80, 60]
