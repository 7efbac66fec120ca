"""Readings of lifetime value: by hand, on published examples, and where there is no bound."""

from __future__ import annotations

from fractions import Fraction

import pytest

from retention_cli.readings import clv
from retention_cli.values.measures import Measure

CLV = Measure.of(Fraction(12_000_000), sample_size=9)


def money(amount):
    return Measure.of(Fraction(amount) * 10_000, sample_size=9, currency="EUR")


def inputs(value="10", frequency=12, churn="1/20", margin=None):
    found = {
        "average_purchase_value": money(value),
        "purchase_frequency": Measure.of(Fraction(frequency), sample_size=9),
        "monthly_churn_rate": Measure.of(Fraction(churn), sample_size=9),
    }
    margins = (
        {} if margin is None else {"gross_margin": Measure.of(Fraction(margin), sample_size=9)}
    )
    return found | margins


def euros(reading):
    return reading.measure.value / 10_000


@pytest.mark.parametrize(
    ("value", "churn", "expected"),
    [
        pytest.param("100", "1/20", 2000, id="38, ChartMogul"),
        pytest.param("10", "4/100", 250, id="40, ProfitWell before"),
        # 40: ProfitWell asks whether 4 % to 6 % is "a decrease of 40 %"; it is one of a third.
        pytest.param("10", "6/100", Fraction(500, 3), id="40, after"),
    ],
)
def test_published_examples_by_churn(value, churn, expected):
    assert euros(clv.by_monthly_churn(**inputs(value, churn=churn))) == expected


@pytest.mark.parametrize(
    ("value", "margin", "churn", "expected"),
    [
        ("2000", "60/100", "5/1000", 240_000),
        ("50", "9/10", "1/10", 450),
        ("25", "95/100", "8/100", 296.875),
    ],
)
def test_published_examples_on_margin(value, margin, churn, expected):
    found = clv.margin_by_monthly_churn(**inputs(value, churn=churn, margin=margin))
    assert euros(found) == Fraction(expected)


def test_no_churn_has_no_bound_but_discounting_has():
    """39: ChartMogul prints 0 and Stripe takes 1.67 %; ours says why there is no figure."""
    given = inputs(churn="0", margin="1/2")
    for name in ("by_monthly_churn", "margin_by_monthly_churn"):
        asked = {
            k: v for k, v in given.items() if k != "gross_margin" or name != "by_monthly_churn"
        }
        assert getattr(clv, name)(**asked).measure.reason.code == "no-churn"
    found = clv.discounted(**given)
    assert float(euros(found)) == pytest.approx(5 / (1.1 ** (1 / 12) - 1))
    assert clv.discounted(**given, discount_rate=Fraction(0)).measure.reason.code == "no-churn"


@pytest.mark.parametrize(
    ("m", "kept", "discount", "expected"),
    [
        pytest.param("5241.6", "75/100", "10/100", "11232.00", id="47"),
        # 51: the page's 0.315545 is right, and the line that it writes for it, 34/8.75, is not.
        pytest.param("8", "425/10000", "12/100", "0.32", id="51"),
        pytest.param("150", "55/100", "10/100", "150.00", id="53, less 100 to acquire is 50"),
    ],
)
def test_published_examples_of_the_discounted_sum(m, kept, discount, expected):
    found = clv.present_value(Fraction(m), Fraction(kept), Fraction(discount))
    assert f"{float(found):.2f}" == expected


def test_each_input_is_said_to_be_measured_assumed_or_set():
    given = inputs(margin="1/2")
    assumed, told = (
        clv.discounted(**given, discount_rate=rate) for rate in (None, Fraction(8, 100))
    )
    assert assumed.measure.notes == (
        "measured: revenue_a_month, monthly_churn, margin",
        "assumed (discount_rate sets it): discount_a_year",
    )
    assert told.measure.notes[1] == "set: discount_a_year"
    assert {name: str(part.value) for name, part in told.measure.parts.items()} == {
        "revenue_a_month": "100000",
        "monthly_churn": "1/20",
        "margin": "1/2",
        "discount_a_year": "2/25",
    }
    assert (
        clv.ours(clv=CLV, lifespan_years=Fraction(5)).measure.notes[1] == "set: customer_lifespan"
    )
    assert clv.ours(clv=CLV).measure.notes[1] == "measured: customer_lifespan"


def test_an_input_that_is_undefined_says_why():
    gone = Measure.undefined("no-invoices", "no invoices in the period")
    found = clv.by_monthly_churn(**inputs() | {"average_purchase_value": gone})
    assert found.measure.reason.code == "no-invoices"
