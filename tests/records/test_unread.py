from __future__ import annotations

import pytest

from retention_cli.records.unread import why_unread


@pytest.mark.parametrize(
    "text",
    ["1/2/69", "01.02.24", "1-Feb-24", "24-02-01", "01/02/24 10:00", "5-Mär-26", "5. März 26"],
)
def test_a_year_of_two_digits_is_called_one(text):
    assert "two digits" in why_unread(text, "date")


@pytest.mark.parametrize("text", ["5", "19999", "80000", "1/2/1969", "may", "", "1.2-24"])
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
