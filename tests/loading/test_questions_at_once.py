"""What is asked about columns and what is asked about their cells is one round of questions."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Mapped, Settings
from retention_cli.sources.locating import Located

DOUBTFUL = "\na@x.de,05/06/2024,\nb@x.de,02/06/2024,05/06/2025\n"


def asked(folder, text, mapped=(), **settings):
    (folder / "customers.csv").write_text(text, "utf-8")
    file = Located(folder / "customers.csv", mapped=mapped)
    with pytest.raises(DataRefusedError) as refused:
        list(read_parts(file, Settings(**settings)))
    return [one.message for one in (refused.value, *refused.value.also)]


def test_the_order_of_dates_is_asked_beside_a_column_that_lacks(folder):
    missing, start, end = asked(folder, "Email,Start,End" + DOUBTFUL)
    assert "whether customer_id is 'Email'" in missing
    assert "'02/06/2024' may be 2024-06-02 or 2024-02-06" in start
    assert "'05/06/2025' may be" in end


def test_it_is_asked_of_columns_that_are_proposed_too(folder):
    _, start, end = asked(folder, "Member,Joined,Expires" + DOUBTFUL)
    assert "start_date ('Joined')" in start
    assert "end_date ('Expires')" in end


def test_it_is_not_asked_where_it_is_told(folder):
    (missing,) = asked(folder, "Email,Start,End" + DOUBTFUL, date_order="dmy")
    assert "whether customer_id is 'Email'" in missing
    mapped = (Mapped("customers", "customer_id", "Email"),)
    assert len(asked(folder, "Email,Start,End" + DOUBTFUL, mapped)) == 2
