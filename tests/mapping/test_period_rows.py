"""Rows of which each has a month or a week of its own sum up several answers, unless ids say otherwise."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.period_rows import refuse_period_rows
from retention_cli.mapping.plan import lay_out
from retention_cli.reading import read_bytes


def laid_out(header, rows, kind="surveys"):
    (sheet,) = read_bytes("\n".join([header, *rows]).encode(), name="a.csv", delimiter=",")
    return sheet, lay_out(sheet.headers, kind=kind, file="a.csv", cells=sheet.held)


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Month,NPS", ("2025-04,9", "2025-05,8")),
        ("Monat,NPS", ("April,9", "Mai,8")),
        ("When,CSAT", ("Jun 2025,4", "Jul 2025,5")),
        ("Semaine,NPS", ("23,9", "24,8")),
        ("Span,CSAT", ("2025-W23,4", "2025-W24,5")),
        ("Quarter,CSAT", ("Q1 2025,4", "Q2 2025,5")),
        ("Date,NPS", ("2025-04-01,9", "2025-05-01,8", "2025-06-01,8")),
        ("Date,NPS", ("2025-01-31,42", "2025-02-28,38", "2025-03-31,45")),
        ("Datum,NPS", ("15.01.2025,9", "15.02.2025,8", "15.03.2025,8")),
        ("Date,NPS", ("3/31/2025,9", "6/30/2025,8", "9/30/2025,8")),
        ("Month,NPS", ("2025-04,9",)),
        ("Agent,NPS", ("Ann,9", "Bob,8")),
        ("Abteilung,CSAT", ("Nord,4", "Süd,5")),
        ("Month,Team,CSAT", ("2025-04,A,4", "2025-04,B,5", "2025-05,A,4", "2025-05,B,4")),
    ],
)
def test_a_row_a_period_is_refused(header, rows):
    with pytest.raises(DataRefusedError) as refused:
        refuse_period_rows(*laid_out(header, rows))
    assert "each row sums up several answers" in refused.value.message
    named = header.partition(",")[0]
    assert refused.value.snippet[-1] == f'response_id = "{named}"'


def dated(form, step, count=7):
    days = [date(2025, 6, 2) + timedelta(days=step * n) for n in range(count)]
    return [f"{day:{form}},4" for day in days]


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (dated("%Y-%m-%d", 1), True),
        (dated("%d.%m.%Y", 7), True),
        (dated("%m/%d/%Y", 1), True),
        (dated("%Y-%m-%d 10:00", 1), False),
        (dated("%Y-%m-%d", 1, count=6), False),
        (dated("%Y-%m-%d", 2), False),
        (["2025-01-31,8", "2025-02-27,9", "2025-03-31,8"], False),
        (["2025-01-15,8", "2025-02-15,9", "2025-04-15,8"], False),
        ([*dated("%Y-%m-%d", 1), "2025-06-02,5"], False),
    ],
)
def test_a_row_for_every_day_is_no_answer(rows, refused):
    with pytest.raises(DataRefusedError) if refused else nullcontext():
        refuse_period_rows(*laid_out("Date,CSAT", rows))


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Response ID,Month,NPS", ("1,2025-04,9", "2,2025-05,8")),
        ("Month,Comment,NPS", ("2025-04,fine,9", "2025-05,good,8")),
        ("Month,NPS", ("2025-04,9", "2025-04,8", "2025-05,8")),
        ("Date,Month,NPS", ("2025-04-03,2025-04,9", "2025-05-07,2025-05,8")),
        ("Date,NPS", ("2025-04-01,9", "2025-05-01,8")),
        ("Date,NPS", ("2025-04-01,9", "2025-04-02,8", "2025-04-05,8")),
        ("Month,Who,NPS", ("2025-04,Ann,9", "2025-04,Bob,8", "2025-05,Cleo,8")),
        ("Month,Team,NPS", ("2025-04,A,9",)),
        ("Agent,NPS", ("Ann,9", "Bob,8", "Ann,8")),
        ("Date,Agent,NPS", ("2025-04-03,Ann,9", "2025-04-03,Bob,8")),
        ("Agent,NPS,Why", ("Ann,9,so", "Bob,8,fine")),
    ],
)
def test_answers_of_their_own_are_read(header, rows):
    refuse_period_rows(*laid_out(header, rows))


def test_tickets_of_a_week_each_are_refused():
    rows = ("23,00:30:00", "24,01:10:00")
    with pytest.raises(DataRefusedError, match="each row sums up several tickets"):
        refuse_period_rows(*laid_out("Week,First Response Time", rows, kind="tickets"))
