"""Dates and time: what comes, and what must happen."""

from __future__ import annotations

import json
import os
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from good_rows import FIRST_BAD, customers
from retention_cli.values.periods import Period

pytestmark = pytest.mark.sweep


def starts(*days):
    """One customer for each start date, under no other column of dates."""
    rows = "".join(f"k{n},{day}\n" for n, day in enumerate(days))
    return {"customers.csv": f"customer_id,start_date\n{rows}"}


def rejected(read, cell, said):
    """Below forty good rows, one with this start date is rejected."""
    found = read({"customers.csv": customers(f"x,{cell},,Small")})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert f"customers.csv row {FIRST_BAD}: start_date '{cell}' {said}" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["bad-date"], ["x", cell, "", "Small"])
    assert found.figures["retention_rate"]["parts"]["CS"] == 40


def test_73_one_order_that_fits_all_rows_is_taken(read):
    found = read(starts("03/04/2024", "25/12/2024"), period="2024-04")
    assert (found.code, found.counts()) == (0, (2, 0, 0))
    assert found.figures["customers_acquired"]["value"] == 1
    found = read(starts("03/04/2024", "12/25/2024"), period="2024-03")
    assert found.figures["customers_acquired"]["value"] == 1


def test_73_a_cell_that_fits_no_order_is_rejected(read):
    rejected(read, "31/31/2024", "is not a date that can be read")


def test_73_two_orders_that_fit_are_asked_about(read):
    found = read(starts("03/04/2024", "04/05/2024"))
    assert (found.code, found.files) == (3, {})
    assert "start_date: '03/04/2024' may be 2024-04-03 or 2024-03-04" in found.err
    assert "--date-order dmy or --date-order mdy" in found.err


def test_73_a_column_that_proves_both_orders_is_asked_about_and_then_rejects_the_others(read):
    data = starts("12/25/2023", *["25/12/2023"] * 39)
    found = read(data)
    assert (found.code, found.files) == (3, {})
    assert "'25/12/2023' has its day first, '12/25/2023' its month" in found.err
    told = read(data, "--date-order", "dmy")
    assert (told.code, told.counts(), told.raw(2)) == (0, (39, 1, 0), ["k0", "12/25/2023"])


def test_74_points_put_the_day_first(read):
    found = read(starts("03.04.2024", "13.02.2024"), period="2024-04")
    assert (found.code, found.counts()) == (0, (2, 0, 0))
    assert found.figures["customers_acquired"]["value"] == 1


@pytest.mark.parametrize("cell", ["01/02/69", "01.02.24", "1-2-24", "01-Feb-24"])
def test_75_a_year_of_two_digits_is_rejected(read, cell):
    rejected(read, cell, "has a year of two digits: it may be of another century")


@pytest.mark.parametrize("cell", ["2026-02-29", "2026-11-31", "31.11.2026", "2026-13-01"])
def test_76_a_day_that_no_calendar_has_is_rejected(read, cell):
    rejected(read, cell, "is not a da")


@pytest.mark.parametrize("cell", ["5", "may", "yesterday", "1.234", "2024", "Q1 2024", "2024-W05"])
def test_77_nothing_but_a_listed_form_becomes_a_date(read, cell):
    rejected(read, cell, "is not a date that can be read")


@pytest.mark.parametrize("cell", ["45292", "45292.5"])
def test_58b_the_serial_number_of_a_day_is_rejected_and_recognised(read, cell):
    found = read({"customers.csv": customers(f"x,{cell},,Small")})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert f"row 42: start_date '{cell}' looks like an Excel date (2024-01-01)" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["excel-date"], ["x", cell, "", "Small"])


def test_78_an_end_in_9999_is_as_open_as_none(read):
    rows = ("a,2024-01-01,{},Small", "b,2024-01-01,2025-06-10,Small", "c,2025-06-02,{},Small")
    found = [
        read({"customers.csv": customers(*(row.format(end) for row in rows))})
        for end in ("9999-12-31", "")
    ]
    assert [one.code for one in found] == [0, 0]
    assert found[0].figures == found[1].figures
    assert "Problems" not in found[0].err


def test_78_a_start_in_1900_is_a_warning(read):
    found = read({"customers.csv": customers("a,1900-01-01,,Small", "b,1899-12-30,,Small")})
    assert (found.code, found.counts()) == (0, (42, 0, 0))
    assert "customers: 2 rows have start_date far from the rest, most often 1899-12-30" in found.err
    assert "most likely a blank of the system that wrote it" in found.err


def test_79_a_date_in_the_future_is_a_warning_and_changes_no_figure_before_it(read):
    later = "z,2025-08-01,,Small"  # the list is no old one
    ahead = ("x,2099-01-01,,Small", "y,2098-01-01,,Small")
    plain = read({"customers.csv": customers(later)})
    found = read({"customers.csv": customers(later, *ahead)})
    assert (found.code, found.counts()) == (0, (43, 0, 0))
    assert "customers: 2 rows have start_date after 20" in found.err
    assert "up to 2099-01-01" in found.err
    assert found.figures == plain.figures


def test_79_an_end_in_the_future_is_a_contract_and_no_warning(read):
    rows = customers("x,2024-01-01,2099-01-01,Small").replace("2025-07-15", "2098-12-31")
    found = read({"customers.csv": rows})
    assert (found.code, "Problems" in found.err) == (0, False)


def test_80_an_end_before_its_start_is_rejected(read):
    row = "x,2024-02-01,2024-01-01,Small"
    found = read({"customers.csv": customers(row)})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert "row 42: end_date 2024-01-01 is before start_date 2024-02-01" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["end-before-start"], row.split(","))


def tickets(*rows, header="ticket_id,created_at,first_response_at,resolved_at"):
    """Forty tickets that were answered within the hour, then some rows."""
    good = (f"{n},2025-06-01 10:00,2025-06-01 11:00,2025-06-01 12:00" for n in range(40))
    return {"tickets.csv": "\n".join([header, *good, *rows]) + "\n"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            "x,2025-06-02 10:00,2025-06-02 09:00,",
            "first_response_at 2025-06-02 09:00:00 is before created_at 2025-06-02 10:00:00",
            id="answered before",
        ),
        pytest.param(
            "x,2025-06-02 10:00,,2025-06-01 10:00",
            "resolved_at 2025-06-01 10:00:00 is before created_at 2025-06-02 10:00:00",
            id="closed before opened",
        ),
    ],
)
def test_80_what_came_before_the_creation_is_rejected(read, row, said):
    found = read(tickets(row))
    assert (found.code, found.counts("tickets.csv")) == (0, (40, 1, 0))
    assert f"tickets.csv row 42: {said}" in found.err
    assert (found.codes(), found.raw(42)) == (["before-creation"], row.split(","))
    assert found.figures["first_response_time"]["value"] == 3600


def test_80_a_negative_duration_is_rejected(read):
    rows = "".join(f"{n},2025-06-01 10:00,5\n" for n in range(40))
    header = "ticket_id,created_at,first_response_minutes\n"
    found = read({"tickets.csv": f"{header}{rows}x,2025-06-01 10:00,-5\n"})
    assert (found.code, found.counts("tickets.csv")) == (0, (40, 1, 0))
    assert "'-5' is not a duration that can be read" in found.err
    assert found.figures["first_response_time"]["value"] == 300


def test_81_spells_that_touch_are_joined_and_others_are_not(read):
    touching = ("y,2024-01-01,2024-03-01,", "y,2024-03-01,,")
    apart = ("z,2024-01-01,2025-06-05,", "z,2025-06-20,,")
    same = "x,2024-02-01,2024-02-01,"
    found = read({"customers.csv": customers(*touching, *apart, same)})
    assert (found.code, found.counts()) == (0, (45, 0, 0))
    assert "1 row continues an earlier row of the same customer" in found.err
    assert found.figures["retention_rate"]["parts"] == {"CS": 42, "CE": 42, "CN": 0}


def test_81_spells_that_overlap_are_both_rejected(read):
    rows = ("z,2024-01-01,2024-05-01,", "z,2024-03-01,,")
    found = read({"customers.csv": customers(*rows)})
    assert (found.code, found.counts()) == (0, (40, 2, 0))
    assert "row 42: overlaps with another row of the same customer" in found.err
    assert found.codes() == ["overlapping-spells"] * 2
    assert [found.raw(42), found.raw(43)] == [row.split(",") for row in rows]


MIXED = tickets("x,2025-06-01T10:00:00Z,2025-06-01 13:00,2025-06-01T14:00:00+02:00")


def test_82_times_with_and_without_an_offset_are_read_in_the_zone_that_is_told(read):
    found = read(MIXED, "--tz", "Europe/Berlin")
    assert (found.code, found.counts("tickets.csv")) == (0, (41, 0, 0))
    assert "tickets.csv: times without an offset are taken as those of Europe/Berlin" in found.err
    assert found.figures["first_response_time"]["value"] == 3600


def test_82_offsets_that_differ_are_warned_about_where_no_zone_is_told(read):
    found = read(MIXED)
    assert (found.code, found.counts("tickets.csv")) == (0, (41, 0, 0))
    assert "its times are written with the offsets +02:00, Z and with none" in found.err
    assert "--tz Europe/Berlin" in found.err


def test_83_a_time_that_the_clocks_skip_is_rejected(read):
    row = "x,2026-03-29 02:30,2026-03-29 04:00,"
    found = read(tickets(row), "--tz", "Europe/Berlin")
    assert (found.code, found.counts("tickets.csv")) == (0, (40, 1, 0))
    assert "created_at '2026-03-29 02:30' is a time that the clocks of its zone skip" in found.err
    assert (found.codes(), found.raw(42)) == (["bad-date"], row.split(","))


def test_83_of_a_time_that_comes_twice_the_first_is_taken_with_a_warning(read):
    row = "x,2026-10-25 02:30,2026-10-25 04:00,"
    found = read(tickets(row), "--tz", "Europe/Berlin", "--as-of", "2026-12-31", period="2026-10")
    assert (found.code, found.counts("tickets.csv")) == (0, (41, 0, 0))
    assert (
        "1 time occurs twice in Europe/Berlin, when its clocks go back: the first is" in found.err
    )
    assert found.figures["first_response_time"]["value"] == 2.5 * 3600


def test_84_an_anniversary_of_a_leap_day_and_of_a_months_end_is_the_last_day_there(read):
    days = ["2024-02-29", "2025-01-31", "2025-04-01"]  # the last: no period is past the data
    rows = "".join(f"{n},c{n},{day},10.00\n" for n, day in enumerate(days))
    data = {
        "invoices.csv": f"invoice_id,customer_id,invoice_date,amount\n{rows}",
        "retention.toml": 'activity_window = "1 month"\n',
    }
    for day, active in (
        ("2024-03-29", 1),
        ("2024-03-30", 0),
        ("2025-02-28", 1),
        ("2025-03-01", 0),
    ):
        figure = read(data, period=f"{day}..{day}").figures["retention_rate"]
        assert figure["parts"]["CS"] == active, day


@settings(max_examples=60, deadline=None)
@given(day=st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_84_the_month_before_any_day_ends_where_that_days_month_starts(day):
    before = Period.month_before(day)
    ends = {day.replace(day=1), (day + timedelta(days=1)).replace(day=1)}
    assert before.end in ends
    assert before.start == (before.end - timedelta(days=1)).replace(day=1)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change its zone")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_85_no_figure_moves_with_the_clock_or_the_zone_of_the_machine(retention, folder, zone):
    files = {"customers.csv": customers("x,2025-06-30,,"), **tickets("y,2025-06-30 23:59,,")}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    asked = ("compute", ".", "--period", "2025-06", "--as-of", "2025-07-15", "--format", "json")
    here = retention(*asked)
    earlier = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        there = retention(*asked)
    finally:
        os.environ.pop("TZ") if earlier is None else os.environ.update(TZ=earlier)
        time.tzset()
    assert here.code == 0
    assert json.loads(here.out) == json.loads(there.out)


@pytest.mark.parametrize("today", ["2025-07-01", "2026-02-28", "2099-12-31"])
def test_85_without_an_option_the_clock_only_says_what_is_past(read, monkeypatch, today):
    data = {"customers.csv": customers("x,2025-06-30,2025-07-01,")}
    before = read(data, period=None)
    monkeypatch.setattr("retention_cli.runs.options.today", lambda: date.fromisoformat(today))
    found = read(data, period=None)
    assert found.code == 0
    assert found.figures == before.figures
    assert "the period is 2025-06: the last full month before the latest date" in found.err


def test_85_the_day_that_last_counts_from_can_be_told_and_is_said(read):
    found = read({"customers.csv": customers()}, "--as-of", "2025-03-15", period="last-month")
    assert found.code == 0
    assert found.figures["retention_rate"]["period"] == "2025-02"


def test_times_of_which_only_the_last_block_of_a_file_has_offsets(read, monkeypatch):
    monkeypatch.setattr("retention_cli.reading.delimited.blocks.BLOCK_BYTES", 500)
    stamps = [("09:00:00", "10:30:00")] * 30 + [("09:00:00+02:00", "12:30:00+02:00")] * 10
    rows = "".join(
        f"T{number},2025-06-03T{created},2025-06-03T{resolved}\n"
        for number, (created, resolved) in enumerate(stamps)
    )
    found = read({"tickets.csv": f"ticket_id,created_at,resolved_at\n{rows}"})
    assert found.figures["resolution_time"]["value"] == (30 * 5_400 + 10 * 12_600) / 40
