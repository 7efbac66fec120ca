"""Rows that a column says are gone, or are no tickets, count, and that is said."""

from __future__ import annotations

import pytest

from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv


def said(file, *rows):
    return assign([read_csv("\n".join([*rows, ""]).encode(), file=file)])[0].layout.proven


TICKETS = "Ticket ID,Created At,Resolved At,"


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Status", ("solved", "Spam", "merged"), "'Spam' and 'merged'"),
        ("Ticket status", ("closed", "duplicate", "open"), "'duplicate'"),
        ("Statut", ("fermé", "doublon", "ouvert"), "'doublon'"),
    ],
)
def test_tickets_that_are_none_of_their_own_are_said_to_count(header, words, named):
    rows = [f"{n},2025-06-0{n},2025-06-09,{word}" for n, word in enumerate(words, 1)]
    assert said("tickets.csv", TICKETS + header, *rows) == (
        f"'{header}' is not read: tickets that are {named} count too",
    )


def test_other_statuses_of_tickets_are_not_spoken_of():
    rows = ["1,2025-06-01,2025-06-09,open", "2,2025-06-01,2025-06-09,closed"]
    assert said("tickets.csv", TICKETS + "Status", *rows) == ()


def test_rows_that_were_deleted_are_said_to_count():
    message = "is not read: deleted rows count as the others do"
    rows = ["1,2025-06-01,2025-06-09,", "2,2025-06-01,2025-06-09,2025-06-10"]
    assert said("tickets.csv", TICKETS + "deleted_at", *rows) == (f"'deleted_at' {message}",)
    flags = ["A,2024-01-02,,no", "B,2024-01-02,2025-06-09,yes"]
    assert said("customers.csv", "Customer ID,Start,End,Is deleted", *flags) == (
        f"'Is deleted' {message}",
    )


@pytest.mark.parametrize(
    ("header", "word"), [("Type", "Credit"), ("Art", "Gutschrift"), ("Status", "rejected")]
)
def test_costs_that_are_credits_or_gone_are_said_to_count(header, word):
    rows = [f"Date,Customer,{header},Cost", "2025-06-01,A,Bill,50", f"2025-06-02,A,{word},{{}}"]
    (told,) = said("costs.csv", *rows[:2], rows[2].format(20))
    assert told == f"costs whose '{header}' is '{word}' count as the others do"
    if word != "rejected":
        assert said("costs.csv", *rows[:2], rows[2].format(-20)) == ()
