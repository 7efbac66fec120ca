"""`retention impact`: four readings of a step, leavers, what replaces them, and product lines."""

from __future__ import annotations

import csv
import io
import json

import pytest

pytestmark = pytest.mark.sweep


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


@pytest.mark.parametrize(
    ("people", "step"), [(20, "+2pp"), (30, "+2pp"), (60, "+1pp"), (150, "+0.5pp"), (1, None)]
)
def test_the_usual_step_is_smaller_where_few_leave(retention, folder, people, step):
    """One of so many leaves: of 20, five points more would be all."""
    rows = [
        f"K{n},2020-01-01,{'2025-05-05' if n else ''}" for n in (range(2) if people > 1 else [0])
    ]
    rows += [f"K{n},2020-01-01," for n in range(2, people)]
    (folder / "customers.csv").write_text("\n".join(["customer_id,start_date,end_date", *rows]))
    (folder / "invoices.csv").write_text(
        "customer_id,invoice_date,amount,cost\nK0,2024-01-05,9,1\nK0,2025-12-05,9,1\n"
    )
    told = json.loads(retention("impact", ".", "--period", "2025", "--format", "json").out)
    if step is None:
        assert (told["readings"], told["reason"]) == (
            [],
            "nobody left in the period, so there is no step up; name one down: --retention 95%",
        )
        return
    assert told["retention"]["step"] == step
    left = f"{(1 - 1 / people) * 100:.1f} %"
    assert told["assumptions"][0] == (
        f"the step is {step}, as {left} leaves no room for +5pp; --retention sets it"
    )


def test_a_discount_of_nothing_is_none(impact):
    told = json.loads(impact(settings='discount_rate = "0%"').out)
    assert told["discount_rate"] == 0
    assert "the discount is 0 % a year" in told["assumptions"]


def test_markdown_says_how_to_see_the_accounts_that_it_leaves_out(retention, folder):
    sold = [f"A{n},2025-03-05,300,0,Basic" for n in range(10, 30)]
    sold += [
        f"B{n},2025-03-05,100,0,{one}" for n in range(10, 50) for one in ("Basic", "Plus", "Pro")
    ]
    header = "customer_id,invoice_date,amount,cost,product"
    (folder / "invoices.csv").write_text("\n".join([header, *sold]))
    out = retention("impact", ".", "--period", "2025", "--format", "markdown").out
    assert (out.count("1 product line"), "- and 12 more: --format json" in out) == (8, True)


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
