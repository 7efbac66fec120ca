"""`retention clv`: what account managers and scripts are given."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from purchase_worlds import START, purchases, write
from retention_cli.text.outputs import LIFETIMES, is_output

pytestmark = pytest.mark.sweep

DAYS = 760
AS_OF = ("--as-of", str(START + timedelta(DAYS)))
ROWS = purchases(220, DAYS)


@pytest.fixture
def exports(folder):
    return write(folder / "in", ROWS, cost=True)


@pytest.fixture
def clv(retention, exports):
    """Run the command on the world, and give its JSON."""

    def call(*arguments):
        ran = retention("clv", exports, *AS_OF, "--format", "json", "--quiet", *arguments)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return call


def model(found, name):
    (one,) = (one for one in found["models"] if one["name"] == name)
    return one


def test_json_has_customers_and_models_and_all_purchases_without_a_period(clv):
    found = clv()
    assert found["schema"] == "retention-clv/1"
    assert found["period"]["start"] == str(min(day for _, day, _ in ROWS))
    bg_nbd, spent = model(found, "bg-nbd"), model(found, "gamma-gamma")
    assert list(bg_nbd["parameters"]) == ["r", "alpha", "a", "b"]
    assert list(spent["parameters"]) == ["p", "q", "gamma"]
    for one in (bg_nbd, spent):
        assert one["log_likelihood"] < 0 < one["n"]
        assert one["parameters"].keys() == one["standard_errors"].keys()
    first = found["customers"][0]
    assert list(first)[:7] == list(LIFETIMES[:7])
    assert isinstance(first["expected_value"], str)
    assert 0 < first["p_alive_low"] < first["p_alive"] < first["p_alive_high"] <= 1
    for name in ("expected_purchases", "expected_value"):
        low, said, high = (float(first[name + end]) for end in ("_low", "", "_high"))
        assert 0 < low < said < high
    assert "all purchases" in found["data"]["assumed"][0]


def test_customers_are_sorted_by_expected_value_and_tiers_follow(clv):
    customers = clv()["customers"]
    values = [Fraction(one["expected_value"]) for one in customers]
    assert values == sorted(values, reverse=True)
    whole, running = sum(values), Fraction(0)
    for one, value in zip(customers, values, strict=True):
        share = running / whole
        assert one["tier"] == (
            "A" if share < Fraction(4, 5) else "B" if share < Fraction(19, 20) else "C"
        )
        running += value


def test_historic_values_are_all_that_was_paid_to_the_end(clv):
    found = clv("--period", "2024")
    paid = {}
    for id_, day, amount in ROWS:
        if id_ and day.year <= 2024:
            paid[id_] = paid.get(id_, 0) + Fraction(str(amount))
    assert {c["customer_id"]: Fraction(c["historic_value"]) for c in found["customers"]} == paid


def test_formula_values_come_to_the_figure_of_all_customers(clv):
    """The mean of each customer's own is `clv`, where every invoice is somebody's."""
    found = clv("--period", "2024")
    (whole,) = found["formulas"]
    values = [Fraction(one["formula_value"]) for one in found["customers"]]
    margins = [Fraction(one["formula_margin"]) for one in found["customers"]]
    count = whole["customers"]
    assert float(sum(values)) == pytest.approx(float(whole["clv"]) * count, rel=1e-4)
    assert float(sum(margins)) == pytest.approx(float(whole["clv_margin"]) * count, rel=1e-4)
    sources = {one["input"]: one["source"] for one in whole["inputs"]}
    assert sources == {
        "revenue": "measured",
        "customer_lifespan": "measured",
        "activity_window": "assumed",
        "gross_margin": "measured",
        "discount_rate": "assumed",
    }


def test_what_the_settings_say_is_said_to_be_set(clv, exports):
    (exports / "retention.toml").write_text(
        'lifespan_years = 3\ndiscount_rate = "10%"\nactivity_window = "6 months"\n'
        '[tiers]\nby = "quantile"\na = 0.1\nb = 0.3\n',
        "utf-8",
    )
    found = clv("--period", "2024")
    (whole,) = found["formulas"]
    sources = {one["input"]: one["source"] for one in whole["inputs"]}
    assert sources["customer_lifespan"] == sources["discount_rate"] == "set"
    assert sources["activity_window"] == "set"
    readings = {one["name"]: one for one in whole["readings"]}
    assert "set: discount_a_year" in readings["discounted"]["notes"]
    by_formula = [Fraction(one["formula_value"]) for one in found["customers"]]
    assert 0 < float(sum(by_formula)) < float(whole["clv"]) * whole["customers"]
    tiers = [one["tier"] for one in found["customers"] if one["tier"]]
    assert tiers.count("A") == -(-len(tiers) // 10)
    assert "the best 10 %" in found["tier_rule"]


def test_formula_values_discounted_come_to_the_reading_of_that_name(clv, exports):
    (exports / "retention.toml").write_text('discount_rate = "10%"', "utf-8")
    found = clv("--period", "2024")
    (whole,) = found["formulas"]
    (reading,) = (one for one in whole["readings"] if one["name"] == "discounted")
    margins = sum(Fraction(one["formula_margin"]) for one in found["customers"])
    assert float(margins) == pytest.approx(float(reading["value"]) * whole["customers"], rel=1e-4)


def test_a_discount_makes_expected_values_less_and_purchases_not(clv, exports):
    before = clv()
    (exports / "retention.toml").write_text("discount_rate = 0.2\n", "utf-8")
    after = clv()
    first = {one["customer_id"]: one for one in before["customers"]}
    for one in after["customers"]:
        assert one["expected_purchases"] == first[one["customer_id"]]["expected_purchases"]
        assert Fraction(one["expected_value"]) <= Fraction(
            first[one["customer_id"]]["expected_value"]
        )


def test_a_longer_horizon_expects_more(clv):
    short, long = clv("--horizon", "3m"), clv("--horizon", "2y")
    assert (short["horizon_months"], long["horizon_months"]) == (3, 24)
    bought = [sum(one["expected_purchases"] for one in f["customers"]) for f in (short, long)]
    assert bought[0] < bought[1]


def test_csv_has_the_fields_of_the_customers_and_is_known_again(retention, exports):
    out = retention("clv", exports, *AS_OF, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert tuple(rows[0]) == LIFETIMES
    assert is_output(out.encode())


def test_a_back_test_never_sees_what_is_held_out(clv, exports):
    """All rows after the cut are changed: every parameter stays what it was."""
    first = clv("--period", "2023-01-01..2024-12-31", "--backtest", "6m")["backtest"]
    assert first["models"] == clv("--period", "2023-01-01..2024-06-30")["models"]
    cut = START.replace(year=2024, month=7, day=1)
    late = [(f"x{at}", day, 7.0) for at, (_, day, _) in enumerate(ROWS) if day >= cut]
    write(exports, [row for row in ROWS if row[1] < cut] + late, cost=True)
    second = clv("--period", "2023-01-01..2024-12-31", "--backtest", "6m")["backtest"]
    assert first["held_out"] == {
        "start": "2024-07-01",
        "end": "2025-01-01",
        "label": "2024-07-01..2024-12-31",
    }
    assert first["models"] == second["models"]
    assert [one["total"] for one in first["scores"]] == [one["total"] for one in second["scores"]]
    assert [one["predicted"] for one in first["deciles"]] == [
        one["predicted"] for one in second["deciles"]
    ]
    assert first["actual"] > second["actual"] == 0


def test_a_back_test_says_first_what_the_model_does_not_beat(retention, clv, exports):
    options = ("--period", "2023-01-01..2024-12-31", "--backtest", "6m")
    found = clv(*options)["backtest"]
    second = retention("clv", exports, *AS_OF, *options).out.splitlines()[1]
    assert second.startswith("Tested on" if found["beats_both"] else "The model does not beat")
    names = [one["name"] for one in found["scores"]]
    assert names == ["model", "the same as last period", "everyone the mean"]
    best = found["scores"][0]
    for one in found["not_better"]:
        (other,) = (score for score in found["scores"] if score["name"] == one["than"])
        if one["measure"] == "error of the total":
            assert abs(best["error_of_total"]) >= abs(other["error_of_total"])
    assert sum(tenth["n"] for tenth in found["deciles"]) == found["n"]


def test_a_back_test_of_more_than_half_the_period_is_refused(retention, exports):
    ran = retention("clv", exports, *AS_OF, "--period", "2024", "--backtest", "7m")
    assert ran.code == 2
    assert "more than half of the period" in ran.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--horizon", "soon", "write 12m or 1y"),
        ("--backtest", "0m", "write 12m or 1y"),
        ("--model", "bgnbd", "did you mean 'bg-nbd'?"),
        ("--model", "gamma-gamma", "known:"),
    ],
)
def test_options_that_cannot_be_followed_say_what_to_write(retention, exports, option, value, said):
    ran = retention("clv", exports, *AS_OF, option, value)
    assert (ran.code, said in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_table_fits_the_screen_and_draws_in_blocks(retention, exports, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    out = retention("clv", exports, *AS_OF, "--backtest", "6m").out
    assert max(map(len, out.splitlines())) <= int(columns)
    assert "█" in out
    assert "and 200 more: --verbose, or --format csv" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("columns", ["80", "100"])
def test_a_long_name_is_cut_and_an_id_never(retention, folder, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    ids = [f"account-of-many-signs-{n}" for n in range(3)]
    sold = [f"{id_},2025-0{n}-05,{n}00,{'Les Ateliers ' * 8}{n}" for id_ in ids for n in (1, 2, 3)]
    rows = "\n".join(["customer_id,invoice_date,amount,customer_name", *sold])
    (folder / "invoices.csv").write_text(rows, "utf-8")
    out = retention("clv", ".", "--as-of", "2025-12-31", "-q").out
    lines = [line for line in out.splitlines() if "Ateliers" in line]
    assert [line.split()[0] for line in lines] == ids
    assert all("… " in line and len(line) <= int(columns) for line in lines)


def test_markdown_has_every_customer(retention, exports):
    out = retention("clv", exports, *AS_OF, "--format", "markdown").out
    assert len(re.findall("^[|] c[0-9]{3} ", out, re.MULTILINE)) == 220


def test_a_workbook_has_every_sheet_and_both_charts(retention, exports):
    ran = retention("clv", exports, *AS_OF, "--backtest", "6m", "-o", "clv.xlsx")
    assert ran.code == 0, ran.err
    written = Path("clv.xlsx").read_bytes()
    book, values = (load_workbook(io.BytesIO(written), data_only=only) for only in (False, True))
    names = ["Summary", "Customers", "Models", "Formulas", "Back-test", "Definitions"]
    assert book.sheetnames == [*names, "Data quality"]
    assert (len(book["Summary"]._charts), len(book["Back-test"]._charts)) == (1, 1)
    rows = values["Summary"].iter_rows(values_only=True)
    assert sum(row[1] for row in rows if row[0] in {"A", "B", "C"}) == 220
    assert "COUNTIF" in str([row[1].value for row in book["Summary"].iter_rows(min_row=4)])
    assert (Path("clv.xlsx").stat().st_mode & 0o777) == 0o600
    assert_products(book, values)


def assert_products(book, values):
    """Every product that is a formula has the value of its factors, which are cells."""
    tried = 0
    for sheet in ("Customers", "Formulas"):
        for row in book[sheet].iter_rows():
            for at in (cell for cell in row if "*" in str(cell.value) and cell.data_type == "f"):
                product = 1.0
                for factor in at.value.removeprefix("=").split("*"):
                    place, _, cell = factor.rpartition("!")
                    product *= values[place or sheet][cell].value
                assert values[sheet][at.coordinate].value == pytest.approx(product), at.coordinate
                tried += 1
    assert tried == 2 * 220 + 2


def test_a_page_has_every_customer_and_draws_in_blocks(retention, exports):
    out = retention("clv", exports, *AS_OF, "--backtest", "6m", "--format", "html").out
    assert len(re.findall('<td class="word">c[0-9]{3}</td>', out)) == 220
    assert "█" in out
    assert "<script" not in out


def test_few_customers_have_no_model_and_a_reason(retention, folder):
    ran = retention("clv", write(folder / "few", purchases(20, DAYS)), *AS_OF)
    assert ran.code == 0
    assert "No model: " in ran.out.splitlines()[1]
    found = json.loads(retention("clv", folder / "few", *AS_OF, "--format", "json", "--quiet").out)
    assert found["models"][0]["parameters"] is None
    assert "the model needs 30" in found["models"][0]["reason"]
    assert {one["expected_value"] for one in found["customers"]} == {None}
    assert found["tier_rule"].startswith("tiers by formula value")


def test_contracts_are_seen_to_live_or_to_have_ended(clv, retention, exports, monkeypatch):
    ids = sorted({id_ for id_, _, _ in ROWS if id_})
    people = ["customer_id,start_date,end_date,segment"]
    for at, id_ in enumerate(ids):
        start = min(day for other, day, _ in ROWS if other == id_)
        end = "" if at % 3 else start + timedelta(31 * (1 + at % 7) ** 2 // 4)
        people.append(f"{id_},{start},{end},{'big' if at % 2 else 'small'}")
    (exports / "customers.csv").write_text("\n".join(people) + "\n", "utf-8")
    found = clv("--by", "segment")
    names = [one["name"] for one in found["models"]]
    assert names in (["shifted-beta-geometric"], ["shifted-beta-geometric", "geometric"])
    assert {one["p_alive"] for one in found["customers"]} == {0.0, 1.0}
    gone = [one for one in found["customers"] if one["p_alive"] == 0]
    assert {one["expected_value"] for one in gone} == {"0.00"}
    groups = [one["group"]["value"] for one in found["formulas"][1:]]
    assert groups == ["big", "small", None]
    assert "one model is fitted to all customers, regardless of their segment" in found["notes"]
    monkeypatch.setenv("COLUMNS", "56")
    out = retention("clv", exports, *AS_OF, "--by", "segment").out
    assert max(map(len, out.splitlines())) <= 56
    assert out.count("Average purchase value") > 1  # groups without room stand below
    forced = clv("--model", "bg-nbd")
    assert model(forced, "bg-nbd")["parameters"]


def test_several_currencies_have_no_value_and_a_reason(retention, folder):
    lines = ["customer_id,invoice_date,amount,currency"]
    lines += [f"{i},{d},{a},{'EUR' if a > 90 else 'USD'}" for i, d, a in ROWS if i]
    (folder / "in").mkdir()
    (folder / "in" / "invoices.csv").write_text("\n".join(lines) + "\n", "utf-8")
    ran = retention("clv", folder / "in", *AS_OF, "--format", "json", "--quiet")
    found = json.loads(ran.out)
    assert "EUR and USD" in found["reason"]
    assert {one["historic_value"] for one in found["customers"]} == {None}
    assert model(found, "bg-nbd")["parameters"]


def test_accounts_have_the_tiers_of_the_settings_too(retention, exports):
    (exports / "retention.toml").write_text('[tiers]\nby = "value"\na = 500\nb = 50\n', "utf-8")
    out = retention("accounts", exports, *AS_OF, "--period", "2024", "--format", "csv").out
    rows = [(float(r["profit"]), r["tier"]) for r in csv.DictReader(io.StringIO(out))]
    assert {tier for _, tier in rows} == {"A", "B", "C"}
    for profit, tier in rows:
        assert tier == ("A" if profit >= 500 else "B" if profit >= 50 else "C")
    printed = [
        retention(name, exports, *AS_OF, "--period", "2024").out for name in ("accounts", "clv")
    ]
    for out in printed:
        assert "iers by " in out
        assert ": A from 500.00, B from 50.00, C the rest" in " ".join(out.split())
    (exports / "retention.toml").write_text("", "utf-8")
    assert "iers by " not in retention("accounts", exports, *AS_OF, "--period", "2024").out


def test_nobodys_invoices_are_refused(retention, folder):
    (folder / "invoices.csv").write_text("invoice_date,amount\n2025-01-01,5\n", "utf-8")
    ran = retention("clv", folder / "invoices.csv")
    assert (ran.code, "customer id" in ran.err) == (3, True)


@pytest.mark.shared
def test_the_cdnow_sample_gives_the_published_model(retention, shared_data, folder):
    rows = [
        line.split()
        for line in (shared_data / "cdnow" / "CDNOW_sample.txt").read_text("ascii").splitlines()
    ]
    lines = [f"{id_},{day[:4]}-{day[4:6]}-{day[6:]},{paid}" for _, id_, day, _, paid in rows]
    (folder / "cdnow").mkdir()
    text = "\n".join(["customer_id,invoice_date,amount", *lines]) + "\n"
    (folder / "cdnow" / "invoices.csv").write_text(text, "utf-8")
    options = ("--period", "1997-01-01..1997-09-30", "--format", "json", "--quiet")
    ran = retention("clv", folder / "cdnow", *options)
    bg_nbd, spent = (model(json.loads(ran.out), name) for name in ("bg-nbd", "gamma-gamma"))
    published = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    assert bg_nbd["parameters"] == pytest.approx(published, abs=0.01)
    assert bg_nbd["log_likelihood"] >= -9582.43
    assert bg_nbd["n"] == 2357
    assert (spent["n"], spent["parameters"]["gamma"]) == (946, pytest.approx(15.44, abs=0.02))
    assert spent["parameters"] == pytest.approx({"p": 6.25, "q": 3.74, "gamma": 15.44}, abs=0.02)
