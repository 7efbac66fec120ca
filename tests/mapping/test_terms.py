"""The end of a contract may end a term alone: that is asked where cells speak for it, and else said."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.sheets import assign
from retention_cli.mapping.words.terms import names_a_term
from retention_cli.reading.delimited.csv import read_csv

TERMS = [
    *("Contract End", "Contract End Date", "contract_end", "Subscription End Date", "License End"),
    *("Valid until", "Membership End", "Plan end", "Term End", "Maintenance Until", "Policy to"),
    *("Vertragsende", "Laufzeitende", "Abo-Ende", "Vertrag bis", "Lizenz gültig bis"),
    *("Fin de contrat", "Fecha fin de contrato", "Fine contratto", "Einde contract"),
    *("Fim do contrato", "Fin d'abonnement"),
]
LEAVING = [
    *("Contract cancelled on", "Subscription ended at", "End Date", "Left on", "Churn date"),
    *(
        "Vertrag gekündigt zum",
        "Austritt",
        "Date de résiliation",
        "Fecha de baja",
        "Termination date",
    ),
    *("Data disdetta contratto", "Contract start", "Opgezegd per", "Actual contract end"),
]


@pytest.mark.parametrize("header", TERMS)
def test_headers_of_what_may_be_renewed_name_a_term(header):
    assert names_a_term(header)


@pytest.mark.parametrize("header", LEAVING)
def test_headers_of_leaving_name_none(header):
    assert not names_a_term(header)


def read(rows, header="Contract End", more=""):
    text = f"Customer ID,Start,{header}{more}\n" + "".join(f"{row}\n" for row in rows)
    return assign([read_csv(text.encode(), file="customers.csv")])[0].layout


@pytest.mark.parametrize(
    "header", ["Contract End", "Vertragsende", "Fin de contrat", "Valid until"]
)
@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["A,2024-01-02,2025-06-18", "B,2024-05-09,2025-11-30"], id="in every row"),
        pytest.param(
            ["A,2024-01-15,2025-01-14", "B,2024-05-01,2025-04-30", "C,2023-03-09,"],
            id="whole months",
        ),
        pytest.param(["A,15/01/2024,15/01/2025", "B,2024-05-09,"], id="as days come"),
        pytest.param(["A,2024-01-15,2025-01-14", "B,2024-05-09,2025-02-31"], id="no such day"),
    ],
)
def test_ends_that_look_like_terms_are_asked_about(header, rows):
    with pytest.raises(DataRefusedError) as caught:
        read(rows, header)
    (ask,) = caught.value.asks
    assert (ask.column, ask.proposed) == ("end_date", header)
    assert (
        f"where nobody left on the day in '{header}', map it to renewal_date" in caught.value.hint
    )


def test_ends_of_some_are_taken_and_said():
    layout = read(["A,2024-01-02,2025-06-18", "B,2024-05-09,", "C,2023-03-09,"])
    assert layout.sources["end_date"] == 2
    (said,) = layout.proven
    assert "'Contract End' is taken as the day on which a customer left" in said


def test_a_status_that_agrees_proves_that_they_left():
    layout = read(["A,2024-01-02,2025-01-01,Churned", "B,2024-05-09,,Active"], more=",Status")
    assert (layout.sources["end_date"], layout.proven) == (2, ())
    with pytest.raises(DataRefusedError):
        read(["A,2024-01-02,2025-01-01,Active", "B,2024-05-09,2025-05-08,Active"], more=",Status")


def test_a_day_of_deletion_is_asked_about_unless_no_row_has_one():
    with pytest.raises(DataRefusedError, match="whether end_date is 'deleted_at'"):
        read(["A,2024-01-02,2025-06-18", "B,2024-05-09,"], "deleted_at")
    for rows, more in (
        (["A,2024-01-02,", "B,2024-05-09,"], ""),
        (["A,2024-01-02,2025-06-18,x"], ",Status"),
    ):
        assert "end_date" not in read(rows, "deleted_at", more).sources


@pytest.mark.parametrize(
    ("ends", "asked"),
    [(("2025-01-15", "2025-05-01", "2026-03-09"), True), (("2025-01-15", "", "2025-02-01"), False)],
)
def test_ends_whole_terms_after_every_start_are_asked_about_whatever_they_are_called(ends, asked):
    starts = ("2024-01-15", "2024-05-01", "2024-03-09")
    rows = [f"{key},{start},{end}" for key, start, end in zip("ABC", starts, ends, strict=True)]
    if not asked:
        assert "end_date" in read(rows, "End Date").sources
        return
    with pytest.raises(
        DataRefusedError, match="only its owner knows whether end_date is 'End Date'"
    ):
        read(rows, "End Date")


def test_where_each_term_has_a_row_of_its_own_ends_are_ends():
    rows = ["A,2024-01-15,2025-01-15", "A,2025-01-15,2026-01-15", "B,2024-05-01,2025-05-01"]
    assert read(rows, "End Date").sources["end_date"] == 2
