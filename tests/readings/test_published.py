"""Published examples of retention, revenue and response that are readings, and pages that are wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

import worlds
from invoice_worlds import PLAIN, figure, moved
from retention_cli import readings
from retention_cli.dataset.day_of_loss import with_day_of_loss
from retention_cli.dataset.ticket_times import timed
from retention_cli.kpis import computing
from retention_cli.scoring.bridges import Bridged, bridge_all
from retention_cli.settings import Settings, Window
from retention_cli.testing import table
from retention_cli.values.periods import Period
from service_worlds import figure as of_tickets

pytestmark = pytest.mark.sweep

FCR = "first_contact_resolution"
FEBRUARY = Period.parse("2025-02")
STAYED, LEFT = "2023-01-01", "2023-01-01 2025-02-02"
CAME, CAME_AND_LEFT = "2025-02-01", "2025-02-01 2025-02-20"
BACK = "2023-01-01 2025-02-02, 2025-02-20"
BUTTER = {STAYED: 950, LEFT: 50, CAME: 488, CAME_AND_LEFT: 12}
"""Of 1,000 at the start 5 % leave; 500 join, and 12 of those leave."""


def read(kpi, tables, period, **settings):
    functions = {name: function for name, (_, function) in readings.of_kpi(kpi).items()}
    told = dict(Settings()) | settings
    dataset = worlds.dataset(tables)
    return computing.call(functions, dataset=dataset, period=period, settings=told)


def churn(counts, period=FEBRUARY):
    found = read("churn_rate", worlds.of_customers(worlds.crowd(counts)), period)
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
        # 31: from 100 to 120 with 10 of new customers is a net churn of -10 %: the new are in neither.
        pytest.param((100, 10, 0, 0), "110.0", id="31, net churn below 0"),
    ],
)
def test_revenue_retention_as_it_is_published(movement, percent):
    assert f"{float(net_retention(*movement) * 100):.1f}" == percent


def test_silence_is_a_loss_when_the_window_has_passed():
    """21: of the buyers of January, those who bought nothing for two months are lost in March."""
    buyers = {f"c{one}": ["01-20"] if one < 603 else ["01-20", "02-20"] for one in range(1_375)}
    rows = [f"{who},2025-{day},5" for who, days in buyers.items() for day in days]
    tables = {"invoices": table("invoices", PLAIN, "c9,2025-01-01,5", *rows)}
    found = worlds.answer(
        "customers_lost", tables, period=Period.parse("2025-03"), window=Window(2)
    )
    assert found.value == 603


@pytest.mark.parametrize(
    ("billed", "a_month"),
    [
        # 33: Stripe's page divides 800 by 12 and so would come to 13,333; each pays 50 a month.
        pytest.param([(100, 100, 12), (50, 600, 1)], 12_500, id="33, months and years"),
        pytest.param([(1, 1_200, 1)], 100, id="34, a year of 1,200"),
        pytest.param([(1, 108, 1)], 9, id="34, a year of 120 less 10 %"),
        pytest.param([(1, 2_000, 1)], Fraction("166.6667"), id="35, four seats for a year"),
    ],
)
def test_what_is_billed_by_the_year_is_a_twelfth_a_month(billed, a_month):
    """The revenue of a year per customer and month, times the customers."""
    rows = [
        f"{price}-{one},2025-{month:02}-05,{price}"
        for count, price, times in billed
        for one in range(count)
        for month in range(1, times + 1)
    ]
    who = sorted({row.partition(",")[0] for row in rows})
    tables = worlds.of_customers(
        worlds.people("gone 2024-01-01 2025-03-01", *(f"{one} 2024-01-01" for one in who))
    )
    tables["invoices"] = table("invoices", PLAIN, *rows)
    found = read("clv", tables, Period.parse("2025"))["by-monthly-churn"].measure
    each = found.parts["revenue_a_month"].value / 10_000
    assert round(each * (len(who) + 1), 4) == a_month


def test_seats_that_go_from_one_who_stays_are_no_loss():
    """35: two seats more are 60 of expansion; their end is contraction, and not a customer lost."""
    tables = worlds.of_customers(worlds.people("a 2025-02-02", "x 2024-01-01"))
    billed = ["a,2025-02-05,166.67", "a,2025-03-05,226.67", "a,2025-04-05,166.67"]
    tables["invoices"] = table("invoices", PLAIN, "x,2024-11-05,1", "x,2025-04-30,1", *billed)
    dataset = worlds.dataset(tables)
    for month, line, amount in (
        ("2025-02", "new", 1_666_700),
        ("2025-03", "expansion", 600_000),
        ("2025-04", "contraction", 600_000),
    ):
        whole, *_ = bridge_all(dataset, Bridged(Period.parse(month), Settings()))
        assert (whole.money.amount(line), whole.money.amount("lost")) == (amount, 0)


def test_who_cancels_is_lost_when_the_paid_time_ends():
    """37: joined on 15 April, cancelled on 8 June. The page has the loss on 15 June, when the next
    month begins; ours is the last day that was paid, the 14th. Both are in June, and not on the 8th.
    """
    header = "customer_id,start_date,end_date,renewal_date"
    lines = ("sarah,2025-04-15,2025-06-08,2025-06-15", "x,2025-01-01,,")
    people, _ = with_day_of_loss(table("customers", header, *lines), "paid")
    lost = [
        worlds.answer("customers_lost", {"customers": people}, period=Period.parse(period)).value
        for period in ("2025-06-08..2025-06-13", "2025-06-14..2025-06-14")
    ]
    assert lost == [0, 1]


@pytest.mark.parametrize(
    ("zone", "opens", "minutes"),
    [
        # 82: the log has 959.46, since it writes 25 seconds as .25 of a minute; to the second it is
        # 960.13. The 21 seconds after the change of schedule are open in either.
        pytest.param("America/Chicago", "07:00-21:00", "960.13", id="82, as assigned"),
        pytest.param(
            "America/Los_Angeles", "08:00-17:30", "690.13", id="82, the last one, Zendesk"
        ),
        pytest.param("UTC", None, "1560.13", id="82, by the clock"),
    ],
)
def test_a_reply_takes_the_open_time_of_its_schedule(zone, opens, minutes):
    settings = {"time_zone": zone}
    if opens:
        week = ("monday", "tuesday", "wednesday", "thursday", "friday")
        settings["business_hours"] = dict.fromkeys(week, opens)
    line = "941606,2020-09-29T17:01:38+00:00,2020-09-30T19:01:46+00:00,,,"
    given = Settings.model_validate(settings)
    found = of_tickets("first_response_time", line, period="2020-09", settings=given)
    assert f"{float(found.value / 60):.2f}" == minutes


def test_a_reply_after_days_waited_for_those_days():
    """83: from Monday 9:00 to Friday 14:10 is 4 d 5 h 10, and not the 5 d 1 h 10 that is published."""
    line = "1,2025-06-02T09:00:00,2025-06-06T14:10:00,,,"
    assert of_tickets("first_response_time", line).value == 4 * 86_400 + 5 * 3_600 + 600


def test_net_resolution_leaves_out_what_the_first_level_cannot_solve():
    """86: of 100 tickets 60 took one contact; 20 of the others were not for level one: 60 of 80."""
    kinds = [("Login", 1)] * 60 + [("Login", 2)] * 20 + [("Hardware", 3)] * 20
    lines = [
        f"{one},2025-02-03T09:00:00,2025-02-04T09:00:00,{contacts},{category}"
        for one, (category, contacts) in enumerate(kinds)
    ]
    header = "ticket_id,created_at,resolved_at,contacts,category"
    tables = {"tickets": timed(table("tickets", header, *lines))}
    found = read(FCR, tables, FEBRUARY, not_first_level=("Hardware",))
    assert {name: found[name].measure.value for name in ("ours", "net")} == {
        "ours": Fraction(60, 100),
        "net": Fraction(60, 80),
    }


def test_25000_minutes_over_500_tickets_are_50():
    """84."""
    lines = [
        f"{one},2025-06-02T09:00:00,2025-06-02T{9 + one % 2:02}:{40 * (1 - one % 2):02}:00,,,"
        for one in range(500)
    ]
    assert of_tickets("first_response_time", *lines).value == 50 * 60
