"""Published examples of retention, revenue and response that are readings, and pages that are wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

import worlds
from invoice_worlds import figure, moved
from retention_cli import readings
from retention_cli.kpis import computing
from retention_cli.settings import Settings
from retention_cli.values.periods import Period
from service_worlds import figure as of_tickets

FEBRUARY = Period.parse("2025-02")
STAYED, LEFT = "2023-01-01", "2023-01-01 2025-02-02"
CAME, CAME_AND_LEFT = "2025-02-01", "2025-02-01 2025-02-20"
BACK = "2023-01-01 2025-02-02, 2025-02-20"
BUTTER = {STAYED: 950, LEFT: 50, CAME: 488, CAME_AND_LEFT: 12}
"""Of 1,000 at the start 5 % leave; 500 join, and 12 of those leave."""


def churn(counts, period=FEBRUARY):
    functions = {name: function for name, (_, function) in readings.of_kpi("churn_rate").items()}
    tables = worlds.crowd(counts)
    dataset = worlds.dataset(tables if isinstance(tables, dict) else worlds.of_customers(tables))
    found = computing.call(functions, dataset=dataset, period=period, settings=dict(Settings()))
    return {name: one.measure.value for name, one in found.items()}


@pytest.mark.parametrize(
    ("counts", "reading", "value"),
    [
        pytest.param(
            BUTTER, "headcount-acquired", Fraction(62, 1000), id="8, the basic definition"
        ),
        pytest.param(BUTTER, "ours", Fraction(5, 100), id="9, the same by identity"),
        pytest.param(BUTTER, "start-plus-new", Fraction(62, 1500), id="10, as Stripe"),
        pytest.param(
            {STAYED: 89, LEFT: 10, BACK: 1, CAME_AND_LEFT: 1},
            "standard",
            Fraction(10, 100),
            id="11, ChartMogul: 12 left, one came back and one had joined",
        ),
        # 3: the page's formula line has 1,110 at the end, which would be 86 %; its inputs are 85 %.
        pytest.param({STAYED: 850, LEFT: 150, CAME: 250}, "ours", Fraction(15, 100), id="3"),
    ],
)
def test_churn_as_it_is_published(counts, reading, value):
    assert churn(counts)[reading] == value


def test_the_sum_of_days_is_that_of_two_days():
    """12: 100 to 95 on Monday, 95 to 90 on Tuesday: 5 % and 5.26 %."""
    days = {STAYED: 90, "2023-01-01 2025-02-03": 5, "2023-01-01 2025-02-04": 5}
    found = churn(days, Period.parse("2025-02-03..2025-02-04"))
    assert found["sum-of-days"] == Fraction(5, 100) + Fraction(5, 95)
    assert found["ours"] == Fraction(10, 100)


def test_quarters_compound():
    """16: 12.5 % a quarter is said to be "a 50 % annual leak"; compounded it is 41.38 %."""
    year = {STAYED: 10_000 - 4_138, "2023-01-01 2025-06-02": 4_138}
    lost = churn(year, Period.parse("2025"))["ours"]
    assert (round(float(1 - (1 - lost) ** Fraction(1, 4)), 4), lost) == (
        0.125,
        Fraction(4_138, 10_000),
    )


def net_retention(*movement):
    customers, invoices = moved(*movement)
    return figure("net_revenue_retention", "2025-06", customers=customers, invoices=invoices).value


@pytest.mark.parametrize(
    ("movement", "percent"),
    [
        # 32: 27,000 in, 35,000 out by upsell, 5,000 lost, "111 %". That is 30,000 of those kept; if
        # the 35,000 are what is left after the loss, as they read, it is 129.6 %. Rows say which.
        pytest.param((27_000, 8_000, 0, 5_000), "111.1", id="32, as the page reckons"),
        pytest.param((27_000, 13_000, 0, 5_000), "129.6", id="32, as the page reads"),
        pytest.param((1_000, 200, 0, 0), "120.0", id="36, an upgrade of 200"),
    ],
)
def test_revenue_retention_as_it_is_published(movement, percent):
    assert f"{float(net_retention(*movement) * 100):.1f}" == percent


def test_a_reply_after_days_waited_for_those_days():
    """83: from Monday 9:00 to Friday 14:10 is 4 d 5 h 10, and not the 5 d 1 h 10 that is published."""
    line = "1,2025-06-02T09:00:00,2025-06-06T14:10:00,,,"
    assert of_tickets("first_response_time", line).value == 4 * 86_400 + 5 * 3_600 + 600


def test_25000_minutes_over_500_tickets_are_50():
    """84."""
    lines = [
        f"{one},2025-06-02T09:00:00,2025-06-02T{9 + one % 2:02}:{40 * (1 - one % 2):02}:00,,,"
        for one in range(500)
    ]
    assert of_tickets("first_response_time", *lines).value == 50 * 60
