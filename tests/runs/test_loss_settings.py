"""`lost_on` and `new_after`: what they change is said on every figure that rests on them."""

from __future__ import annotations

import json

import pytest

PEOPLE = """customer_id,start_date,end_date,notice_date
a,2024-01-01,2025-07-31,2025-06-10
b,2024-01-01,2025-06-20,
c,2023-01-01,2024-02-01,
c,2025-06-05,,
d,2024-01-01,,
"""
OPTIONS = ("--period", "2025-06", "--as-of", "2025-09-01", "--format", "json")


@pytest.fixture
def figures(retention, folder):
    (folder / "in").mkdir()
    (folder / "in" / "customers.csv").write_text(PEOPLE, "utf-8")

    def told(settings):
        (folder / "in" / "retention.toml").write_text(settings, "utf-8")
        ran = retention("compute", "in", *OPTIONS)
        assert ran.code == 0, ran.err
        return {one["kpi"]: one for one in json.loads(ran.out)["figures"]}

    return told


def test_the_day_of_notice_is_the_day_of_loss_where_the_settings_say_so(figures, retention):
    assert figures("")["customers_lost"]["value"] == 1
    found = figures('lost_on = "notice"\n')
    assert found["customers_lost"]["value"] == 2
    for name in ("customers_lost", "churn_rate", "retention_rate", "customers_acquired"):
        assert any("(lost_on)" in note for note in found[name]["notes"]), name
    walk = json.loads(retention("bridge", "in", *OPTIONS).out)
    assert walk["customers"]["lost"] == 2
    assert any("(lost_on)" in note for note in walk["notes"])


def test_who_comes_back_after_a_year_may_be_new_again(figures, retention):
    found = figures('new_after = "1 year"\n')
    assert (found["customers_acquired"]["value"], found["customers_reactivated"]["value"]) == (1, 0)
    for name in ("customers_acquired", "customers_reactivated", "acquired_and_lost"):
        assert any("(new_after)" in note for note in found[name]["notes"]), name
    assert not any("(new_after)" in note for note in found["retention_rate"]["notes"])
    walk = json.loads(retention("bridge", "in", *OPTIONS).out)
    assert (walk["customers"]["acquired"], walk["customers"]["reactivated"]) == (1, 0)
    assert any("(new_after)" in note for note in walk["notes"])
    assert figures('new_after = "2 years"\n')["customers_reactivated"]["value"] == 1


def test_a_setting_that_has_no_effect_or_no_column_is_said(retention, folder):
    (folder / "in").mkdir()
    (folder / "in" / "retention.toml").write_text('lost_on = "paid"\n', "utf-8")
    (folder / "in" / "customers.csv").write_text(PEOPLE, "utf-8")
    ran = retention("compute", "in", *OPTIONS)
    assert (ran.code, "the customers have no renewal_date" in ran.err) == (3, True)
    (folder / "in" / "customers.csv").unlink()
    (folder / "in" / "invoices.csv").write_text(
        "customer_id,invoice_date,amount\na,2024-01-01,5\na,2025-06-01,5\n", "utf-8"
    )
    assert "lost_on has no effect" in retention("compute", "in", *OPTIONS).err
