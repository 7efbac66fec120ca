from __future__ import annotations

import pytest

from retention_cli.records.unread import why_no_duration, why_unread


@pytest.mark.parametrize(
    "text",
    ["1/2/69", "01.02.24", "1-Feb-24", "24-02-01", "01/02/24 10:00", "5-Mär-26", "5. März 26"],
)
def test_a_year_of_two_digits_is_called_one(text):
    assert "two digits" in why_unread(text, "date")


@pytest.mark.parametrize("text", ["5", "19999", "80000", "1/2/1969", "", "1.2-24", "Q1 2024"])
def test_what_has_no_name_is_only_unread(text):
    assert why_unread(text, "time") == "is not a time that can be read"


@pytest.mark.parametrize(
    "text", ["1780000000", "1780000000000", "1780000000.5", "1780000000123.25"]
)
def test_a_count_since_1970_is_named_with_the_moment_that_it_may_be(text):
    assert why_unread(text, "time") == (
        "may be a count since 1970 (2026-05-28 20:26:40 UTC): export it as a time"
    )


@pytest.mark.parametrize("text", ["499999999", "4102444800", "17800000001", "1780000000000000"])
def test_other_long_numbers_are_no_moments(text):
    assert why_unread(text, "date") == "is not a date that can be read"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2025-06-03 09:00 CEST", "CEST"),
        ("03/06/2025 9:00 PM EST", "EST"),
        ("2025-06-03T09:00:00.123 (PDT)", "PDT"),
        ("2025-06-03 09:00 Europe/Berlin", "Europe/Berlin"),
        ("2025-06-03 09:00:00[America/Argentina/Salta]", "America/Argentina/Salta"),
    ],
)
def test_a_zone_by_its_name_is_named(text, zone):
    assert why_unread(text, "time").startswith(f"ends with the zone '{zone}', which is not one")


@pytest.mark.parametrize("text", ["9:00 PM", "31/02/2025 09:00 AM", "2025-06-03 CEST", "at 9:00 x"])
def test_other_letters_behind_a_time_are_no_zone(text):
    assert why_unread(text, "time") == "is not a time that can be read"


def test_only_a_time_of_a_zone_is_said_to_be_skipped():
    assert "skip" in why_unread("?2026-03-29T02:30:00", "time")
    assert why_unread("?", "time") == "is not a time that can be read"


def test_a_stamp_among_durations_is_called_one():
    assert why_no_duration("2025-06-03 10:00:00").startswith("is a time stamp, not a duration")
    assert why_no_duration("3/6/25").startswith("is a time stamp, not a duration")
    assert why_no_duration("?90") == "is not a duration that can be read"


@pytest.mark.parametrize("text", ["pending", "noch offen", "À venir"])
def test_a_word_may_stand_for_a_blank(text):
    assert f"write '{text}' = '' under [export.values]" in why_unread(text, "time")
