"""What contradicts itself about a customer is asked about: two statuses, two starts, two ends."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.asked import Asked
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.settings import Mapped


def laid_out(header, *rows, **columns):
    text = "\n".join([header, *rows, ""]).encode()
    asked = Asked(mapped=[Mapped(None, column, header) for column, header in columns.items()])
    (found,) = assign([read_csv(text, file="customers.csv")], kind="customers", asked=asked)
    return found.layout


def refusal(header, *rows):
    with pytest.raises(DataRefusedError) as caught:
        laid_out(header, *rows)
    return caught.value


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("ID,Status,Subscription Status", "active,active", "active,cancelled"),
        ("ID,Status,Churned", "active,No", "active,Yes"),
        ("Kundennummer,Status,Aktiv", "gekündigt,nein", "gekündigt,ja"),
    ],
)
def test_two_statuses_that_contradict_each_other_are_asked_about(header, one, other):
    laid_out(header, f"1,{one}", f"2,{one}")
    error = refusal(header, f"1,{one}", f"2,{other}")
    assert "contradict each other in 1 row" in error.message
    (ask,) = error.asks
    assert ask.among == tuple(header.split(",")[1:])
    for named in ask.among:
        laid_out(header, f"1,{one}", f"2,{other}", status=named)


def test_a_day_of_leaving_settles_what_statuses_leave_open():
    header = "ID,Start,End,Status,Subscription Status"
    laid_out(header, "1,2024-01-01,,active,active", "2,2024-01-01,2025-06-01,active,cancelled")
    refusal(header, "1,2024-01-01,,active,active", "2,2024-01-01,,active,cancelled")


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("ID,Created,First Purchase,End", "start_date"),
        ("Kundennr,Angelegt am,Erstkauf,Austritt", "start_date"),
        ("Cliente,Fecha de creación,Primera compra,Fecha de baja", "start_date"),
        ("Klantnummer,Aangemaakt op,Eerste aankoop,Einddatum", "start_date"),
        ("ID,Start,Expires At,Canceled At", "end_date"),
        ("ID,Start,Closed On,Cancelled On", "end_date"),
    ],
)
def test_two_days_that_may_be_the_one_are_asked_about(header, asked):
    second = "2025-07-01,2025-06-01" if asked == "end_date" else "2024-02-01,2025-06-01"
    error = refusal(header, "1,2024-01-01,,", f"2,2024-01-01,{second}")
    assert [one.column for one in error.asks if not one.optional] == [asked]
    assert len(error.asks[0].among) == 2
    for named in error.asks[0].among:
        laid_out(header, "1,2024-01-01,,", f"2,2024-01-01,{second}", **{asked: named})


def test_a_start_by_name_goes_before_a_first_purchase_and_that_is_said():
    found = laid_out("ID,Customer Since,First Purchase,End", "1,2024-01-01,2024-02-01,")
    assert any("--map start_date='First Purchase' reads another" in one for one in found.proven)


def test_an_end_of_those_who_are_renewed_by_themselves_is_asked_about():
    rows = ("1,2024-01-01,2025-06-20,yes", "2,2024-01-01,2025-06-10,no")
    error = refusal("ID,Start,End,Auto Renew", *rows)
    assert [one.column for one in error.asks] == ["end_date"]
    laid_out("ID,Start,End,Auto Renew", rows[1])


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("ID,Start,End,Won Back", (",no", "2025-06-10,yes")),
        ("ID,Start,End,Cancellation Revoked", (",", "2025-06-10,2025-06-12")),
        ("Kundennr,Beginn,Ende,Kündigung zurückgezogen", (",nein", "2025-06-10,ja")),
    ],
)
def test_an_end_that_was_taken_back_is_asked_about(header, cells):
    rows = [f"{n},2024-01-01,{cell}" for n, cell in enumerate(cells)]
    assert "came back or stayed" in refusal(header, *rows).message
    laid_out(header, rows[0], "1,2024-01-01,2025-06-10,")


def test_an_end_on_the_last_day_there_is_is_no_term():
    rows = ("1,2024-01-01,9999-12-31", "2,2024-01-01,2025-06-10", "3,2024-01-01,9999-12-31")
    assert laid_out("ID,Start,End", *rows).sources["end_date"] == 2
