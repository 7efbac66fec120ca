from __future__ import annotations

import json
from pathlib import Path

import pytest

from retention_cli.mapping.header_zones import zone_in

TICKET = "1,2025-06-03 10:00,2025-06-03 12:00"


def computed(retention, first, second, *args, row=TICKET):
    Path("tickets.csv").write_text(f"Ticket ID,{first},{second}\n{row}\n", "utf-8")
    ran = retention("compute", ".", "--period", "2025-06", "--format", "json", *args)
    if ran.code:
        return ran.code, ran.err
    told = json.loads(ran.out)
    (figure,) = (one for one in told["figures"] if one["kpi"] == "first_response_time")
    return figure["value"], " ".join(told["data"]["assumed"])


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        *(("Created (UTC)", "UTC"), ("created_at_utc", "UTC"), ("Created At GMT", "UTC")),
        *(("createdAtUTC", "UTC"), ("Created [CET]", "CET"), ("Created EST", "EST")),
        *(("Created (GMT+02:00)", "UTC+02:00"), ("Created (+00:00)", "UTC")),
        *(("Created (Europe/Berlin)", "Europe/Berlin"), ("Erstellt (MEZ)", "MEZ")),
        *(("Created at", None), ("Latest", None), ("Erledigt ist", None), ("Request", None)),
        *(("created_est", None), ("Closed/Open", None), ("Budget", None), ("Date", None)),
    ],
)
def test_a_zone_stands_at_the_end_of_a_header(header, zone):
    assert zone_in(header) == zone


@pytest.mark.parametrize(
    ("first", "second"),
    [("(UTC)", "(CET)"), ("UTC+2", "UTC"), ("(GMT)", "(EST)")],
)
def test_times_of_two_zones_are_refused(retention, first, second):
    code, said = computed(retention, f"Created At {first}", f"First Response At {second}")
    assert code == 3
    assert "different zones" in said


def test_one_zone_under_two_names_is_one(retention):
    assert computed(retention, "Created At (UTC)", "First Response At GMT") == (7200, "")


def test_a_zone_of_one_header_alone_is_taken_for_all_and_said(retention):
    value, said = computed(retention, "Created At UTC", "First Response At")
    assert value == 7200
    assert "'Created At UTC' names a zone, and 'First Response At' none" in said


def test_times_of_utc_are_read_as_such_in_a_zone(retention):
    row = "1,2025-05-31 22:30,2025-05-31 23:30"
    headers = ("Created At (UTC)", "First Response At (UTC)")
    value, said = computed(retention, *headers, "--tz", "Europe/Berlin", row=row)
    assert value == 3600
    assert "are of UTC" in said
    assert "without an offset" not in said


def test_offsets_in_cells_go_before_headers(retention):
    row = "1,2025-06-03T10:00+00:00,2025-06-03T12:00+01:00"
    assert computed(retention, "Created At (UTC)", "First Response At (CET)", row=row)[0] == 3600
