from __future__ import annotations

import re
from pathlib import Path

import pytest

import retention_cli
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.ticket_times import timed
from retention_cli.scoring.computability import computable
from retention_cli.settings import Settings
from retention_cli.testing import table
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")


def judged(settings=None, period=JUNE, **tables):
    if "tickets" in tables:
        tables["tickets"] = timed(tables["tickets"])
    settings = settings or Settings()
    dataset = Dataset(tables, window=settings.activity_window)
    found = computable(dataset, settings=settings, period=period)
    return {one.kpi.name: one for one in found}


def missing(name, settings=None, **tables):
    return judged(settings, **tables)[name].missing


CUSTOMERS = ("customers", "customer_id,start_date,end_date", "ann,2025-01-01,", "bob,2025-01-01,")


def test_without_exports_each_figure_names_the_ones_it_needs():
    found = judged()
    assert found["nps"].missing == ("surveys",)
    assert found["retention_rate"].missing == ("customers",)
    assert set(found["net_revenue_retention"].missing) == {"customers", "invoices"}


def test_invoices_say_who_was_a_customer_too():
    invoices = table("invoices", "invoice_date,amount,customer_id", "2025-06-01,1,ann")
    assert missing("retention_rate", invoices=invoices) == ()


def test_customers_without_dates_or_status_lack_a_start():
    rows = table("customers", "customer_id", "ann")
    assert missing("churn_rate", customers=rows) == ("customers.start_date",)


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("reopen_rate", "tickets.reopened"),
        ("first_contact_resolution", "tickets.first_contact_resolved or tickets.contacts"),
        ("response_within_target", "response_target in retention.toml"),
    ],
)
def test_columns_and_settings_that_tickets_lack_are_named(name, lacks):
    header = "ticket_id,created_at,first_response_at,resolved_at"
    line = "1,2025-06-02T09:00:00,2025-06-02T10:00:00,2025-06-02T11:00:00"
    found = judged(tickets=table("tickets", header, line))
    assert found[name].missing == (lacks,)
    assert found["first_response_time"].missing == found["resolution_time"].missing == ()


def test_a_setting_that_is_there_is_not_missing():
    tickets = table("tickets", "ticket_id,created_at,first_response_at", "1,2025-06-02T09:00:00,")
    told = Settings().model_copy(update={"response_target": 3600})
    assert missing("response_within_target", told, tickets=tickets) == ()


def test_without_losses_a_lifespan_needs_a_setting():
    assert missing("customer_lifespan", customers=table(*CUSTOMERS)) == (
        "lifespan_years in retention.toml",
    )


def test_a_scale_without_a_top_needs_a_setting():
    rows = table("surveys", "responded_at,score,kind,scale_min,scale_max", "2025-06-02,2,csat,1,3")
    assert missing("csat", surveys=rows) == ("csat_top in retention.toml",)


def test_answers_of_the_other_kind_alone_are_none_of_this_one():
    head = "responded_at,score,kind,scale_min,scale_max"
    answered = table("surveys", head, "2024-01-02,9,nps,0,10")
    asked = table("surveys", head, "2025-06-02,,csat,1,5")
    assert missing("csat", surveys=answered) == ("surveys of kind csat",)
    assert missing("nps", surveys=asked) == ("surveys of kind nps",)
    assert missing("nps", surveys=answered) == ()


def test_a_figure_that_only_this_period_leaves_undefined_can_be_computed():
    tickets = table("tickets", "ticket_id,created_at,first_response_at", "1,2024-01-02T09:00:00,")
    found = judged(tickets=tickets)["first_response_time"]
    assert (found.missing, found.reason.code) == ((), "none-answered")


def test_without_a_period_only_the_exports_are_looked_at():
    found = judged(period=None, customers=table(*CUSTOMERS))["customer_lifespan"]
    assert (found.missing, found.reason) == ((), None)


def test_what_lacks_is_said_in_the_file_that_gives_the_code():
    folder = Path(retention_cli.__file__).parent / "kpis"
    membership = (folder.parent / "dataset" / "membership.py").read_text("utf-8")
    for file in folder.rglob("*.py"):
        before, table, rest = file.read_text("utf-8").partition("LACKS = {")
        listed, _, after = rest.partition("}")
        codes = re.findall(r'"([a-z-]+)":', listed) if table else []
        given = before + after + membership + (folder / "_invoices.py").read_text("utf-8")
        assert [code for code in codes if f'"{code}"' not in given] == [], file.name
