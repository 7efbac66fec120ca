"""Numbers, money and percentages: what comes, and what must happen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from good_rows import wide

HEADER = "invoice_date,amount"
PLAIN = tuple(f"{n}.00" for n in range(1, 41))
PLAIN_SUM = Decimal(40 * 41 // 2)
FIRST_BAD = len(PLAIN) + 2


def invoices(*amounts, header=HEADER):
    """One invoice for each amount, all in June 2025."""
    rows = (f'2025-06-{1 + n % 30:02},"{amount}"' for n, amount in enumerate(amounts))
    return {"invoices.csv": "\n".join([header, *rows]) + "\n"}


def revenue(found):
    assert found.code == 0
    figure = found.figures["revenue"]
    return figure["value"], figure["currency"]


def refused(read, cell, code, said):
    """Below forty good rows, one with this cell is rejected, and adds nothing."""
    found = read(invoices(*PLAIN, cell))
    assert (found.code, found.counts("invoices.csv")) == (0, (40, 1, 0))
    assert f"invoices.csv row {FIRST_BAD}: amount '{cell}' {said}" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)[1]) == ([code], cell)
    assert Decimal(found.figures["revenue"]["value"]) == PLAIN_SUM


def test_59_a_comma_may_set_thousands_apart(read):
    assert revenue(read(invoices("1,234.50", "0.50"))) == ("1235.00", None)


def test_60_a_decimal_comma_is_read_where_the_whole_column_agrees(read):
    assert revenue(read(invoices("1.234,50", "0,50", "12"))) == ("1247.00", None)


def test_60_a_decimal_comma_is_read_where_it_is_told(read):
    assert revenue(read(invoices("1.234", "2.000"), "--decimal", ",")) == ("3234.00", None)


def test_60_a_column_that_uses_both_marks_is_an_error(read):
    found = read(invoices("1.234,50", "2.5"))
    assert (found.code, found.files) == (3, {})
    assert "'2.5' reads only with a decimal point, '1.234,50' only with a decimal" in found.err
    assert "--decimal . or --decimal ," in found.err


def test_61_one_thousand_or_one_point_two_is_decided_from_the_column(read):
    assert revenue(read(invoices("1.234", "2,50"))) == ("1236.50", None)
    assert revenue(read(invoices("1.234", "2.50"))) == ("3.734", None)


def test_61_one_thousand_or_one_point_two_is_asked_about_where_nothing_settles_it(read):
    found = read(invoices("1.234", "2"))
    assert (found.code, found.files) == (3, {})
    assert "invoices.csv: amount: '1.234' may be 1.234 or 1234" in found.err
    assert "--decimal . or --decimal ," in found.err


@pytest.mark.parametrize("cell", ["(5.00)", "5.00-", "-5.00", "\u22125.00"])
def test_62_a_negative_amount_is_read_however_it_is_written(read, cell):
    assert revenue(read(invoices("105.00", cell))) == ("100.00", None)


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        pytest.param("$5.00", "5.00", "USD", id="a sign before"),
        pytest.param("EUR 5.00", "5.00", "EUR", id="a code before"),
        pytest.param("12,50 EUR", "12.50", "EUR", id="a code behind"),
        pytest.param("1\u00a0234,50 €", "1234.50", "EUR", id="no-break spaces"),
        pytest.param("1\u202f234,50\u202f€", "1234.50", "EUR", id="narrow no-break spaces"),
    ],
)
def test_63_a_currency_beside_the_amount_is_read_and_said(read, cell, value, currency):
    found = read(invoices(cell))
    assert revenue(found) == (value, currency)
    assert "currencies are taken from 'amount'" in found.err


def test_64_currencies_are_never_added_up(read):
    found = read(invoices("$5.00", "5.00 EUR"))
    assert (found.code, found.counts("invoices.csv")) == (0, (2, 0, 0))
    assert found.figures["revenue"]["value"] is None
    assert "EUR and USD" in found.figures["revenue"]["reason"]


def test_65_no_column_of_ours_is_a_percentage_and_none_is_misread_as_a_number(read):
    refused(read, "95%", "bad-number", "is not an amount that can be read")
    answers = "".join(f"{1 + n % 5},2025-06-01\n" for n in range(40))
    found = read(
        {"surveys.csv": f"csat,responded_at\n{answers}95%,2025-06-01\n"}, paths=("surveys.csv",)
    )
    assert (found.code, found.counts("surveys.csv")) == (0, (40, 1, 0))
    assert "surveys.csv row 42: score ('csat') '95%'" in found.err
    assert found.figures["csat"]["n"] == 40


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "-Infinity", "1e400", "1e5"])
def test_66_what_only_a_float_may_be_is_no_amount(read, cell):
    refused(read, cell, "bad-number", "is not an amount that can be read")


@pytest.mark.parametrize("cell", ["1_000", "True", "0x10", wide("12"), "1 2 3"])
def test_67_what_only_a_program_takes_for_a_number_is_none(read, cell):
    refused(read, cell, "bad-number", "is not an amount that can be read")


def test_68_money_is_added_up_exactly_and_rounded_once_half_to_even(read):
    assert revenue(read(invoices("0.1", "0.2"))) == ("0.30", None)
    assert revenue(read(invoices(*["0.0001"] * 3, "0.1"))) == ("0.1003", None)
    found = read(invoices("0.0001", "0.0002"))
    assert found.figures["average_purchase_value"]["value"] == "0.0002"
    found = read(invoices("0.0002", "0.0003"))
    assert found.figures["average_purchase_value"]["value"] == "0.0002"


def surveys(*rows, header="nps,responded_at"):
    good = [f"{n % 11 if header.startswith('nps') else 1 + n % 5},2025-06-01" for n in range(40)]
    wide = [row + ",5" if "scale_max" in header else row for row in good]
    return {"surveys.csv": "\n".join([header, *wide, *rows]) + "\n"}


@pytest.mark.parametrize(
    ("header", "row", "code", "said"),
    [
        pytest.param(
            "csat,responded_at,scale_max",
            "6,2025-06-01,5",
            "score-off-scale",
            "score 6 is outside its scale of 1 to 5",
            id="CSAT 6 of 5",
        ),
        pytest.param(
            "nps,responded_at",
            "11,2025-06-01",
            "score-off-scale",
            "score 11 is outside its scale of 0 to 10",
            id="NPS 11",
        ),
        pytest.param(
            "nps,responded_at",
            "7.5,2025-06-01",
            "bad-number",
            "score ('nps') '7.5' lies between the steps of its scale: answers are whole numbers,"
            " NPS from 0 to 10",
            id="NPS 7.5",
        ),
    ],
)
def test_69_a_score_off_its_scale_is_rejected_with_the_range(read, header, row, code, said):
    found = read(surveys(row, header=header))
    assert (found.code, found.counts("surveys.csv")) == (0, (40, 1, 0))
    assert f"surveys.csv row 42: {said}" in found.err
    assert (found.codes(), found.raw(42)) == ([code], row.split(","))
    assert {found.figures[kpi]["n"] for kpi in (header[:4].strip(","),)} == {40}


def test_70_a_denominator_of_zero_gives_no_value_and_a_reason(read):
    rows = "customer_id,start_date,end_date\n1,2025-06-05,\n"
    found = read({"customers.csv": rows, **invoices("5.00", "-5.00", header="invoice_date,amount")})
    assert found.code == 0
    for kpi in ("retention_rate", "churn_rate", "gross_margin"):
        assert found.figures[kpi]["value"] is None
        assert found.figures[kpi]["reason"]
    assert "no customers at the start" in found.figures["retention_rate"]["reason"]


def test_71_credit_notes_reduce_revenue_and_a_loss_is_a_negative_margin(read):
    header = "invoice_id,customer_id,invoice_date,amount,cost"
    rows = "1,a,2025-06-01,100.00,150.00\n2,a,2025-06-02,-20.00,0\n"
    found = read({"invoices.csv": f"{header}\n{rows}"})
    assert revenue(found) == ("80.00", None)
    assert found.figures["gross_margin"]["value"] == -0.875


def test_72_long_ids_are_text_to_their_last_digit(read):
    header = "invoice_id,customer_id,invoice_date,amount"
    ids = ("99999999999999999998", "99999999999999999999")
    rows = "".join(f"{one},c,2025-06-0{n},1.00\n" for n, one in enumerate(ids, 1))
    found = read({"invoices.csv": f"{header}\n{rows}"})
    assert found.counts("invoices.csv") == (2, 0, 0)
    assert found.figures["average_purchase_value"]["n"] == 2


def test_72_amounts_keep_every_digit_and_beyond_fourteen_they_are_rejected(read):
    assert revenue(read(invoices("99999999999999.9999", "0.0001"))) == ("100000000000000.00", None)
    refused(read, "99999999999999999999", "number-too-large", "is a hundred trillion or more")


@pytest.mark.parametrize(
    ("amount", "accepted"), [("9" * 5_000, 0), ("0" * 5_000 + "1", 2), ("0." + "9" * 5_000, 0)]
)
def test_a_number_of_thousands_of_digits_is_no_defect(read, amount, accepted):
    row = f"K1,2025-06-01,{amount}\n"
    text = f"customer_id,invoice_date,amount\n{row}{row.replace('K1', 'K2')}"
    found = read({"i.csv": text}, "--max-rejects", "100%", "--decimal", ".")
    assert (found.code, found.counts("i.csv")[0]) == (0, accepted)
