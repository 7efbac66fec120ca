"""`retention impact`: four readings of a step, leavers, what replaces them, and product lines."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture
def impact(retention, folder):
    """Ten customers at the start, one of whom leaves; one is won."""

    def call(*asked, settings="", form="json"):
        people = ["customer_id,start_date,end_date"]
        sold = ["customer_id,invoice_date,amount,cost,product"]
        for n in range(10):
            people.append(f"K{n},2020-01-01,{'2025-05-05' if n == 9 else ''}")
            for year in (2024, 2025):
                sold.append(f"K{n},{year}-03-05,200,100,Basic")
                sold.append(f"K{n},{year}-03-05,100,100,{'Plus' if n < 8 else 'Basic'}")
        people.append("N1,2025-06-01,")
        sold.append("N1,2025-06-05,150,50,Basic")
        (folder / "customers.csv").write_text("\n".join(people) + "\n", "utf-8")
        (folder / "invoices.csv").write_text("\n".join(sold) + "\n", "utf-8")
        (folder / "costs.csv").write_text(
            "customer_id,cost_date,amount\nK0,2025-02-01,0\nK1,2025-02-02,7\n"
        )
        (folder / "retention.toml").write_text(settings, "utf-8")
        return retention("impact", ".", "--period", "2025", "--format", form, *asked)

    return call


def test_four_readings_stand_side_by_side_with_what_they_assume(impact):
    told = json.loads(impact(settings='discount_rate = "10%"').out)
    assert told["retention"] == {"now": 0.9, "then": 0.95, "step": "+5pp"}
    found = {one["reading"]: round(one["change"] * 100, 1) for one in told["readings"]}
    assert found == {
        "undiscounted": 111.1,
        "discounted": 40.7,
        "per_life": 100.0,
        "margin_only": 5.6,
    }
    assert told["assumptions"][2] == "the discount is 10 % a year"
    assert (told["customers"], told["profit_per_customer"]) == (10, "99.3636")
    margin = next(one for one in told["readings"] if one["reading"] == "margin_only")
    assert (margin["per_customer_now"], margin["leavers"]) == ("89.4273", "100.00")


def test_a_discount_that_nobody_set_is_said(impact):
    assert "the discount is 10 % a year, as discount_rate is not set" in impact(form="table").out


def test_leavers_are_set_against_what_replaces_them(impact):
    told = json.loads(impact(settings='acquisition_cost = "60"').out)
    assert told["leavers"]["revenue_before"] == "300.00"
    assert told["replacing"] == {
        "acquisition_cost": "60.00",
        "replacing_customers": "60.00",
        "revenue_lost": "300.00",
        "revenue_per_new_customer": "150.00",
        "replacing_revenue": "120.00",
        "customers_kept": 9,
        "serving_kept": "7.00",
    }
    assert json.loads(impact().out)["replacing"] is None


def test_accounts_with_fewer_product_lines_than_their_tier_are_named(impact):
    told = json.loads(impact().out)["upsell"]
    assert {one["customer_id"]: one["peers_buy"] for one in told if one["tier"] == "A"} == {
        "K8": ["Plus"],
    }


@pytest.mark.parametrize(
    ("step", "then"), [("+5pp", 0.95), ("+5%", 0.945), ("-10 pp", 0.8), ("97.5%", 0.975)]
)
def test_a_step_is_of_points_of_per_cents_or_a_rate(impact, step, then):
    told = json.loads(impact("--retention", step).out)
    assert told["retention"]["then"] == pytest.approx(then)


@pytest.mark.parametrize("step", ["5pp", "+5", "a lot", "+15pp"])
def test_a_step_that_is_none_or_leads_past_all_customers_is_refused(impact, step):
    assert impact("--retention", step).code == 2


def test_all_customers_kept_for_ever_have_no_bound(impact):
    told = {
        one["reading"]: one for one in json.loads(impact("--retention", "100%").out)["readings"]
    }
    assert (told["undiscounted"]["change"], told["per_life"]["per_customer_then"]) == (None, None)
    assert told["discounted"]["change"] is not None


def test_every_format_has_the_readings(impact):
    rows = list(csv.DictReader(io.StringIO(impact(form="csv").out)))
    assert [one["reading"] for one in rows] == [
        *("undiscounted", "discounted", "per_life", "margin_only"),
    ]
    out = impact(form="table").out
    assert "Retention 90.0 % today, 95.0 % after +5pp: 10 customers at the start" in out
    assert "1 customer left, with 300.00 revenue: 1 made 100.00, 0 lost 0.00" in out


def test_profits_of_five_years_add_up_to_what_a_customer_brought(retention, folder):
    """Sun-Sentinel 1994: 30, 42, 44, 50 and 56 are 222 over five years."""
    sold = [f"K1,{2020 + n},{profit}" for n, profit in enumerate((30, 42, 44, 50, 56))]
    rows = [f"{k},{year}-03-05,{profit},0" for k, year, profit in (one.split(",") for one in sold)]
    (folder / "invoices.csv").write_text(
        "customer_id,invoice_date,amount,cost\n" + "\n".join(rows) + "\n"
    )
    (folder / "customers.csv").write_text("customer_id,start_date,end_date\nK1,2019-01-01,\n")
    ran = retention(
        "impact",
        ".",
        "--period",
        "2020-01-01..2024-12-31",
        "--format",
        "json",
        "--retention",
        "-5pp",
    )
    assert json.loads(ran.out)["profit_per_customer"] == "222.00"


def test_markdown_has_each_reading_and_what_it_rests_on(impact):
    told, out = json.loads(impact().out), impact(form="markdown").out
    rows = [line.split("|") for line in out.splitlines() if line.startswith("|")]
    assert {len(cells) for cells in rows} == {9}
    names = [cells[1].strip().replace(" ", "_") for cells in rows[2:]]
    assert names == [one["reading"] for one in told["readings"]]
    assert "## Leavers" in out
    assert all(f"- {one['customer_id']}: " in out for one in told["upsell"])
    assert "the discount is 10 % a year" in out.partition("## Assumed")[2]
