from __future__ import annotations

import pytest

from retention_cli.records.unread import why_unread


@pytest.mark.parametrize("text", ["1/2/69", "01.02.24", "1-Feb-24", "24-02-01", "01/02/24 10:00"])
def test_a_year_of_two_digits_is_called_one(text):
    assert "two digits" in why_unread(text, "date")


@pytest.mark.parametrize("text", ["5", "19999", "80000", "1/2/1969", "may", "", "1.2-24"])
def test_what_has_no_name_is_only_unread(text):
    assert why_unread(text, "time") == "is not a time that can be read"
