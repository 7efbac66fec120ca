from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from pydantic import ValidationError

from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.records.base import UnsettledError
from retention_cli.records.kinds.tickets import Ticket
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

GOOD = {"ticket_id": "1", "created_at": "2025-06-02T09:00:00"}


def refusal(**cells):
    with pytest.raises(ValidationError) as caught:
        Ticket.model_validate(GOOD | cells)
    (found,) = caught.value.errors()
    return found["type"], found.get("ctx", {}).get("column") or found["loc"][0]


def loaded(tmp_path, text, **settings):
    """Load one export of tickets; its rows as a table, and its problems by row and code."""
    file = Path(tmp_path, "tickets.csv")
    file.write_text(text, "utf-8")
    given = Settings.model_validate(settings)
    parts = list(read_parts(Located(file), given))
    with RejectsFile(None) as unused:
        found = load(parts, settings=given, limit=RejectLimit.parse("100%"), rejects=unused)
    problems = [(one.row, one.code, one.column) for one in found.problems]
    return found.dataset.tables["tickets"], problems


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({}, id="only created"),
        pytest.param({"first_response_at": "2025-06-02T09:00:00"}, id="answered at once"),
        pytest.param({"resolved_at": "2025-06-02T09:00:01"}, id="resolved without an answer"),
        pytest.param(
            {"first_response_at": "2025-06-04", "resolved_at": "2025-06-03"},
            id="answered after it was resolved",
        ),
        pytest.param({"first_response_duration": "0", "contacts": "0", "reopened": "7"}, id="0"),
        pytest.param({"created_at": "2025-06-02", "resolved_at": "2025-06-02"}, id="only days"),
        pytest.param({"ticket_id": None, "customer_id": None}, id="without ids"),
    ],
)
def test_tickets_that_can_be_are_left_alone(cells):
    assert Ticket.model_validate(GOOD | cells)


def test_a_ticket_without_any_dates_needs_no_creation():
    assert Ticket.model_validate({"first_response_duration": "60"}).first_response_duration == 60


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        pytest.param({"created_at": None}, "missing-value", "created_at", id="never created"),
        pytest.param({"created_at": "2025-02-29T09:00:00"}, "bad-date", "created_at", id="no day"),
        pytest.param({"created_at": "?2025-06-02"}, "bad-date", "created_at", id="a doubtful one"),
        pytest.param(
            {"first_response_at": "2025-06-02T08:59:59"},
            *("before-creation", "first_response_at"),
            id="answered before",
        ),
        pytest.param(
            {"resolved_at": "2025-06-01"}, "before-creation", "resolved_at", id="resolved before"
        ),
        pytest.param(
            {"first_response_duration": "-60"},
            *("bad-duration", "first_response_duration"),
            id="a negative time",
        ),
        pytest.param({"contacts": "1.5"}, "bad-number", "contacts", id="half a contact"),
        pytest.param(
            {"first_contact_resolved": "maybe"}, "bad-flag", "first_contact_resolved", id="maybe"
        ),
    ],
)
def test_a_ticket_that_cannot_be_says_why(cells, code, column):
    assert refusal(**cells) == (code, column)


def test_an_export_is_read_under_the_headers_of_a_help_desk(tmp_path):
    text = (
        "Ticket number,Created,First reply at,Closed,Replies,Was reopened,FCR\n"
        "1,2025-06-02 09:00,2025-06-02 09:30,2025-06-03 10:00,1,Nein,Y\n"
        "2,2025-06-02 09:00,,,2,TRUE,n\n"
    )
    table, problems = loaded(tmp_path, text)
    assert problems == []
    columns = ("first_response_seconds", "resolution_seconds", "waiting_seconds", "contacts")
    assert [[*map(row.get, columns)] for row in table.to_pylist()] == [
        [1_800, 90_000, 90_000, 1],
        [None, None, 90_000, 2],
    ]
    assert table["reopened"].to_pylist() == [0, 1]
    assert table["first_contact_resolved"].to_pylist() == ["yes", "no"]


@pytest.mark.parametrize(
    ("header", "cells", "seconds", "rejected"),
    [
        ("First reply time in minutes", ["90", "0.5", "soon"], [5_400, 30], [4]),
        ("Speed of answer in seconds", ["90", "-5", "7"], [90, 7], [3]),
        ("First response time", ["1:30:00", "90", "0:00:07"], [5_400, 7], [3]),
        ("First response minutes", ["1:30", "2:75", "3"], [90, 180], [3]),
        ("First response hours", ["1.250", "30", "7"], [108_000, 25_200], [2]),
    ],
)
def test_durations_that_cannot_be_read_are_rejected_rows(
    tmp_path, header, cells, seconds, rejected
):
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    table, problems = loaded(tmp_path, f"ticket_id,{header}\n{rows}")
    assert table["first_response_seconds"].to_pylist() == seconds
    assert problems == [(row, "bad-duration", "first_response_duration") for row in rejected]


def test_a_response_before_its_ticket_is_a_rejected_row(tmp_path):
    text = (
        "ticket_id,created_at,first_response_at\n"
        "1,2025-06-02 09:00,2025-06-02 08:59\n"
        "2,,2025-06-02 08:59\n"
        "3,2025-06-02 09:00,2025-06-02 09:00\n"
    )
    table, problems = loaded(tmp_path, text)
    assert table["ticket_id"].to_pylist() == ["3"]
    assert problems == [
        (2, "before-creation", "first_response_at"),
        (3, "missing-value", "created_at"),
    ]


def test_a_time_that_no_clock_showed_is_a_rejected_row(tmp_path):
    text = (
        "ticket_id,created_at,first_response_at\n"
        "1,2026-03-29 01:30,2026-03-29 03:30\n"
        "2,2026-03-29 02:30,2026-03-29 03:30\n"
    )
    assert loaded(tmp_path, text)[1] == []
    table, problems = loaded(tmp_path, text, time_zone="Europe/Berlin")
    assert problems == [(3, "bad-date", "created_at")]
    assert table["first_response_seconds"].to_pylist() == [3_600]


@pytest.mark.parametrize(
    "header", ["Reopened", "Reopened At", "Date reopened", "Ticket reopen date"]
)
def test_a_ticket_with_a_day_of_reopening_was_reopened(tmp_path, header):
    text = f"Ticket ID,Created,{header}\n1,2025-06-02 09:00,\n2,2025-06-02 09:00,2025-06-05 10:00\n"
    table, problems = loaded(tmp_path, text)
    assert (problems, table["reopened"].to_pylist()) == ([], [None, 1])
    assert [moment is not None for moment in table["reopened_at"].to_pylist()] == [False, True]


def test_what_says_that_a_ticket_was_reopened_goes_before_the_day_of_it(tmp_path):
    text = (
        "Ticket ID,Created,Reopen count,Reopened At\n"
        "1,2025-06-02,3,2025-06-05\n2,2025-06-02,,2025-06-05\n3,2025-06-02,0,\n"
        "4,2025-06-02,0,2025-06-01\n"
    )
    table, problems = loaded(tmp_path, text)
    assert table["reopened"].to_pylist() == [3, 1, 0]
    assert problems == [(5, "before-creation", "reopened_at")]


def zeros(*, known=(), **columns):
    made = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    return Ticket.settle(made, {"first_response_duration": "FRT"}, dict.fromkeys(known, "0"))


def test_a_duration_of_0_beside_no_stamp_is_none():
    found = zeros(
        first_response_duration=["0", "0", "90"], first_response_at=["2025-06-03", None, None]
    )
    assert found.columns["first_response_duration"].to_pylist() == ["0", None, "90"]
    assert found.assumed == ("'FRT' is 0 in 1 row without first_response_at: it is taken as blank",)


def test_a_duration_of_0_beside_blanks_is_0_and_said():
    found = zeros(first_response_duration=["0", None, "90"])
    assert found.columns["first_response_duration"].to_pylist() == ["0", None, "90"]
    assert "taken as at once" in found.assumed[0]


@pytest.mark.parametrize("column", ["first_response_duration", "resolution_duration"])
def test_a_duration_of_0_that_nothing_explains_is_asked_about(column):
    with pytest.raises(UnsettledError, match="it was at once, or not at all") as caught:
        zeros(**{column: ["0", "90"]})
    assert '"0" = ""' in caught.value.hint
    assert zeros(known=[column], **{column: ["0", "90"]}).assumed == ()
    assert zeros(**{column: ["10", "90"]}).assumed == ()
