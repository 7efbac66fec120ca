"""`retention signals` as an account manager runs it: from files to every format."""

from __future__ import annotations

import csv
import io
import json

import pytest

from retention_cli import reports

CUSTOMERS = """customer_id,customer_name,start_date,end_date,renewal_date,Account Manager,Notice period
c1,Acme,2023-01-01,,2025-08-15,Ada,60
c2,=Evil\x1b[31m|<b>,2023-01-01,,,Bob,
c3,Gone,2023-01-01,2025-01-31,,Bob,
c4,Quiet,2023-01-01,,2026-12-31,,
"""
TICKETS = """ticket_id,customer_id,created_at,resolved_at,subject,Description
T1,c2,2025-06-03 09:00,2025-06-04 10:00,Billing,"We will cancel <b>our</b> contract\x1b[2J."
T2,c4,2025-06-03 09:00,2025-06-04 10:00,Help,We will not cancel our contract.
T3,c3,2025-06-03 09:00,2025-06-04 10:00,Leaving,We cancel our contract.
"""


def invoices():
    yield "invoice_id;customer_id;invoice_date;amount;currency;cost;due_date;paid_date"
    for month in range(1, 7):
        yield f"A{month};c1;01.{month:02}.2025;100,00;EUR;60,00;15.{month:02}.2025;10.{month:02}.2025"
        yield f"B{month};c2;01.{month:02}.2025;{500 if month < 4 else 10},00;EUR;5,00;15.{month:02}.2025;"


@pytest.fixture
def exports(folder):
    place = folder / "exports"
    place.mkdir()
    (place / "customers.csv").write_text(CUSTOMERS, "utf-8")
    (place / "tickets.csv").write_text(TICKETS, "utf-8")
    (place / "invoices.csv").write_text("\n".join(invoices()) + "\n", "utf-8")
    return place


def run(retention, exports, *more):
    done = retention("signals", exports, "--as-of", "2025-06-30", "--format", "json", *more)
    assert done.code == 0, done.err
    return json.loads(done.out)


def signs(found, id_):
    (one,) = (account for account in found["accounts"] if account["customer_id"] == id_)
    return {sign["rule"]: sign for sign in one["signals"]}


def test_each_account_has_its_signs_rows_stake_owner_and_next_step(retention, exports):
    found = run(retention, exports)
    assert found["schema"] == "retention-signals/1"
    assert [one["customer_id"] for one in found["accounts"]] == ["c2", "c1"]
    first, second = found["accounts"]
    assert (first["revenue_at_stake"], first["profit_at_stake"]) == ("1530.00", "1500.00")
    assert (second["owner"], second["revenue_at_stake"]) == ("Ada", "600.00")
    assert first["next_step"] == "Call today: they have said that they may leave"
    assert set(signs(found, "c2")) == {"leaving_words", "falling_revenue", "late_payment"}
    leaving = signs(found, "c2")["leaving_words"]
    assert leaving["said"].startswith("ticket T1: 'Billing. We will cancel")
    assert [(row["file"].rpartition("/")[2], row["row"]) for row in leaving["rows"]] == [
        ("tickets.csv", 2)
    ]
    late = signs(found, "c2")["late_payment"]
    assert late["since"] == "2025-01-30"
    assert late["said"] == "6 invoice rows up to 166 days late, 6 of them unpaid"
    ends = signs(found, "c1")["contract_ends"]
    assert ends["said"] == "renews on 2025-08-15; last day of notice 2025-06-16, which is over"
    assert ends["since"] == "2025-03-18"


def test_without_a_renewal_date_the_term_of_the_settings_tells_it(retention, exports):
    (exports / "retention.toml").write_text('contract_term = "6 months"\n', "utf-8")
    found = run(retention, exports)
    ends = signs(found, "c2")["contract_ends"]
    assert ends["said"].startswith("renews on 2025-07-01 by contract_term; last day of notice 2025")
    assert "by contract_term" not in signs(found, "c1")["contract_ends"]["said"]


def test_money_that_fell_is_said_with_both_sums(retention, exports):
    said = signs(run(retention, exports), "c2")["falling_revenue"]["said"]
    assert said == "revenue of 30.00 in the last 3 months, 1,500.00 in the 3 before"


def test_thresholds_are_settings_and_are_shown(retention, exports):
    (exports / "retention.toml").write_text(
        '[signals]\nlate_days = "150 days"\ncontract_days = 1\nfalling_revenue = "99%"\n', "utf-8"
    )
    found = run(retention, exports)
    assert set(signs(found, "c2")) == {"leaving_words", "late_payment"}
    (rule,) = (one for one in found["rules"] if one["rule"] == "late_payment")
    assert rule["thresholds"] == {"late_days": "150 days"}
    assert "1 invoice row up to 166" in signs(found, "c2")["late_payment"]["said"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("silense_gaps = 4", "did you mean 'silence_gaps'?"),
        ('late_days = "two weeks"', 'write a number of days: 90 or "90 days"'),
        ("silence_percentile = 95", 'write a share: 0.3 or "30%"'),
        ("silence_gaps = 0", "write a whole number above 0"),
        ("more_tickets = true", "write a number above 0: 1.5"),
    ],
)
def test_a_threshold_that_does_not_fit_is_refused_with_its_line(retention, exports, line, said):
    (exports / "retention.toml").write_text(f"[signals]\n{line}\n", "utf-8")
    done = retention("signals", exports)
    assert done.code == 2
    assert said in done.err
    assert "retention.toml:2" in done.err
    assert retention("compute", exports) == done


def test_a_follow_up_answers_the_signs_before_it(retention, exports):
    (exports / "follow_ups.csv").write_text(
        "Customer ID,Date,Note\nc1,2025-03-01,too early\nc1,2025-06-20,called\nzz,2025-06-20,\n",
        "utf-8",
    )
    done = retention("signals", exports, "--as-of", "2025-06-30", "--format", "json")
    first, second = json.loads(done.out)["accounts"]
    assert (first["answered_on"], second["answered_on"]) == (None, "2025-06-20")
    assert "no row of the exports is of customer 'zz'" in done.err
    (exports / "follow_ups.csv").write_text("customer_id,date\nc1,20.06.2025\n", "utf-8")
    refused = retention("signals", exports)
    assert refused.code == 3
    assert "write year, month and day" in refused.err


def test_days_of_payment_that_may_be_read_two_ways_are_asked_about(retention, exports):
    text = (exports / "invoices.csv").read_text("utf-8")
    lines = [line.split(";") for line in text.splitlines()]
    for line in lines[1:]:
        line[6], line[7] = "03/04/2025", ""
    (exports / "invoices.csv").write_text("\n".join(";".join(line) for line in lines), "utf-8")
    (rule,) = (one for one in run(retention, exports)["rules"] if one["rule"] == "late_payment")
    assert "day or their month first" in rule["reason"]
    assert "date_order" in rule["reason"]
    found = run(retention, exports, "--date-order", "dmy")
    assert "late_payment" in signs(found, "c1")


@pytest.mark.parametrize("form", reports.names("signals"))
def test_no_format_lets_text_of_a_customer_act(retention, exports, form):
    done = retention("signals", exports, "--format", form, "--backtest")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert form not in {"html", "markdown"} or "<b>" not in done.out
    assert "Acme" in done.out
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert {row["customer_name"][:2] for row in rows} == {"Ac", "'="}
        assert [row["signals"] for row in rows] == ["3", "3", "3", "1"]


def test_a_back_test_is_beside_the_accounts_and_marks_weak_rules(retention, exports):
    found = run(retention, exports, "--backtest")
    by_rule = {one["rule"]: one for one in found["backtest"]}
    assert by_rule["everyone"]["lift"] == 1
    assert by_rule["everyone"]["flagged"] == found["backtest_of"]["customers_at_closes"]
    assert found["backtest_of"]["leavers"] == 2  # gone on 2025-01-31, seen from two closes
    assert by_rule["silence"]["reason"] == "nobody was flagged at any close"
    assert {one["beats_silence"] for one in found["rules"]} <= {False, None}
    assert run(retention, exports)["backtest"] == []


def test_the_close_of_a_period_may_be_asked_for(retention, exports):
    found = json.loads(retention("signals", exports, "--period", "2025-03", "--format", "json").out)
    assert (found["as_of"], found["period"]["label"]) == ("2025-03-31", "2025-03")
    assert "leaving_words" not in signs(found, "c2")


def test_a_flag_of_customers_without_dates_has_no_back_test(retention, folder):
    (folder / "customers.csv").write_text("customer_id,churn\na,Yes\nb,No\n", "utf-8")
    (folder / "surveys.csv").write_text(
        "customer_id,responded_at,nps\na,2025-06-01,2\nb,2025-06-01,3\n", "utf-8"
    )
    found = run(retention, folder, "--backtest")
    assert [one["customer_id"] for one in found["accounts"]] == ["b"]
    assert "no dates" in found["backtest_of"]["reason"]


def test_signals_without_a_date_are_refused(retention, folder):
    (folder / "customers.csv").write_text("customer_id,churn\na,Yes\nb,No\n", "utf-8")
    done = retention("signals", folder)
    assert done.code == 3
    assert "signals need dates" in done.err
